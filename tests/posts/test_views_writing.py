"""Starting, replying and editing in pages: nothing that was typed is ever lost."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from forum.boards import kinds
from forum.core import clock
from forum.permissions import Group, Right
from forum.posts.models import Post, Topic
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, person, send, token, topic_of

LONG = "Something that took me half an hour to write, and that I would hate to lose."


@pytest.fixture
def board(app):
    with writing(app) as session:
        cast.tag(session, "gut")
        cast.tag(session, "official", is_reserved=True)
        return cast.board(session, "talk", guidance_html="<p>Be kind.</p>").slug


@pytest.fixture
def topic(app, board):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        from forum.boards.models import Board

        return cast.topic(session, session.query(Board).one(), ada, "About pegs").id


def latest(app):
    with reading(app) as session:
        return session.query(Post).order_by(Post.id.desc()).first()


# ── starting ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_starts_a_topic(app, client, board):
    enter(app, client, "bo")
    form = client.get("/b/talk/new").text
    assert "Be kind." in form
    answer = client.submit("/b/talk/new", {"title": "How do pegs stick?", "body": "They *do* #gut.", "tags": "gut"})
    assert answer.status_code == 303
    assert re.fullmatch(r"/t/\d+-how-do-pegs-stick", answer.location)
    text = client.get(answer.location).text
    assert "<em>do</em>" in text
    assert 'href="/tags/gut"' in text


NEXT_YEAR = (clock.now() + timedelta(days=365)).date().isoformat()
KINDS = {
    "question": {"tried": "Everything.", "wants_org": "y"},
    "discussion": {},
    "story": {"happened": "It broke.", "learned": "Wait."},
    "idea": {"gains": "All of us"},
    "event": {"starts_at": "2031-07-01T19:30", "time_zone": "Europe/Amsterdam", "place": "Leiden", "places": "12"},
    "announcement": {},
    "reference": {"review_on": NEXT_YEAR},
}


@pytest.mark.parametrize("kind", kinds.KEYS)
def test_a_topic_of_each_kind_keeps_what_its_form_asked(app, client, kind):
    with writing(app) as session:
        cast.board(session, "here", kind=kind, rights=cast.PUBLIC)
    enter(app, client, "bo")
    answer = client.submit("/b/here/new", {"title": "A good title", "body": "And a text.", **KINDS[kind]})
    assert answer.status_code == 303, answer.text
    text = html.unescape(client.get(answer.location).text)
    for key, typed in KINDS[kind].items():
        assert typed in text or key in {"wants_org", "starts_at", "time_zone", "review_on"}, key
    with reading(app) as session:
        made = session.query(Topic).one()
        assert made.wants_org == (kind == "question")
        assert (made.starts_at is not None) == (kind == "event")


def test_everything_that_is_to_be_mended_is_said_at_once_and_nothing_is_lost(app, client):
    with writing(app) as session:
        cast.board(session, "here", kind="event")
        cast.tag(session, "gut")
    enter(app, client, "bo")
    typed = {"title": "Hm", "body": LONG, "place": "My kitchen", "places": "some", "tags": "gut", "starts_at": "soon"}
    answer = client.submit("/b/here/new", {**typed, "time_zone": "Moon/Crater"})
    assert answer.status_code == 422
    text = html.unescape(answer.text)
    for sentence in (
        "A title needs at least 5 characters.",
        "Write date and time as",
        "There is no time zone of this name.",
        "Write a whole number",
    ):
        assert sentence in text
    for value in (LONG, 'value="Hm"', 'value="My kitchen"', 'value="some"', 'value="soon"', 'value="Moon/Crater"'):
        assert value in text
    assert re.search(r'<input checked[^>]*value="gut"', text)


def test_a_form_pressed_twice_makes_one_topic(app, client, board):
    enter(app, client, "bo")
    form = client.get("/b/talk/new").text
    once = re.search(r'name="once"[^>]*value="([^"]+)"', form)[1]
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)[1]
    typed = {"title": "Only one", "body": "Please.", "once": once, "csrf_token": csrf}
    first, second = (client.post("/b/talk/new", data=typed) for _ in range(2))
    assert first.location == second.location
    with reading(app) as session:
        assert session.query(Topic).count() == 1


def test_a_limit_in_time_gives_the_text_back(app, client, board):
    enter(app, client, "bo")
    assert client.submit("/b/talk/new", {"title": "The first one", "body": "Words."}).status_code == 303
    answer = client.submit("/b/talk/new", {"title": "The second one", "body": LONG})
    assert answer.status_code == 429
    assert "That was quick." in answer.text
    assert LONG in answer.text
    assert 'value="The second one"' in answer.text


def test_a_reserved_tag_is_not_offered_and_not_taken(app, client, board):
    enter(app, client, "bo")
    assert 'value="official"' not in client.get("/b/talk/new").text
    answer = client.submit("/b/talk/new", {"title": "With a tag", "body": LONG, "tags": "official"})
    assert answer.status_code == 422
    assert "is for staff" in html.unescape(answer.text)
    assert LONG in answer.text


def test_an_expired_form_comes_back_with_its_text_and_works_then(app, client, board):
    enter(app, client, "bo")
    answer = client.post("/b/talk/new", data={"title": "My title", "body": LONG, "csrf_token": "old"})
    assert answer.status_code == 400
    assert "press the button once more" in answer.text
    assert LONG in answer.text
    fresh = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)[1]
    again = client.post("/b/talk/new", data={"title": "My title", "body": LONG, "csrf_token": fresh})
    assert again.status_code == 303


def test_somebody_whose_session_ended_keeps_their_text(app, client, board):
    answer = client.post("/b/talk/new", data={"title": "My title", "body": LONG})
    assert answer.status_code == 401
    assert LONG in answer.text
    assert "Sign in, in a new tab" in answer.text


def test_a_guest_is_led_to_sign_in_and_back_where_members_do_not_start_topics(app, client):
    with writing(app) as session:
        cast.board(session, "talk", rights={Group.EVERYONE: [Right.SEE], Group.STAFF: [Right.START]})
    answer = client.get("/b/talk/new")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/b/talk/new"


def test_a_preview_is_the_servers_rendering_and_the_form_stays(app, client, board):
    enter(app, client, "bo")
    typed = {"title": "My title", "body": "Some **bold** words.", "preview": "1"}
    answer = send(client, "/b/talk/new", "/b/talk/new", **typed)
    assert answer.status_code == 200
    assert "Some <strong>bold</strong> words." in answer.text
    assert "Some **bold** words." in answer.text
    assert latest(app) is None
    pane = send(client, "/b/talk/new", "/preview", body="*well*", htmx=True)
    assert "<em>well</em>" in pane.text
    assert "<html" not in pane.text
    late = client.post("/preview", data={"body": "x", "csrf_token": "old"}, headers={"HX-Request": "true"})
    assert (late.status_code, late.headers["HX-Retarget"]) == (400, "#flashes")


# ── replying ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_replies_and_is_led_to_their_words(app, client, topic):
    enter(app, client, "bo")
    answer = client.submit(f"/t/{topic}", {"body": "Chalk."}, form="/reply")
    assert answer.status_code == 303
    assert answer.location.endswith("about-pegs#post-2")
    assert "Chalk." in client.get(answer.location).text


def test_a_reply_says_whom_it_answers(app, client, topic):
    enter(app, client, "bo")
    with reading(app) as session:
        opening = session.query(Post.id).filter_by(topic_id=topic).scalar()
    client.submit(f"/t/{topic}?reply_to={opening}", {"body": "Chalk."}, form="/reply")
    assert latest(app).reply_to_number == 1


def test_an_answered_post_that_went_away_does_not_take_the_reply_along(app, client, topic):
    enter(app, client, "bo")
    answer = client.submit(f"/t/{topic}", {"body": LONG, "reply_to": "9999"}, form="/reply")
    assert answer.status_code == 422
    assert "is not there any more" in answer.text
    assert LONG in answer.text


@pytest.mark.parametrize(
    ("typed", "sentence"), [("", "A post needs some words."), ("x" * 32_001, "at most 32,000 characters")]
)
def test_a_reply_that_will_not_do_comes_back(app, client, topic, typed, sentence):
    enter(app, client, "bo")
    answer = client.submit(f"/t/{topic}", {"body": typed}, form="/reply")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed in answer.text


def test_too_quick_a_reply_comes_back_and_says_when(app, client, topic):
    enter(app, client, "bo")
    client.submit(f"/t/{topic}", {"body": "Chalk."}, form="/reply")
    answer = client.submit(f"/t/{topic}", {"body": LONG}, form="/reply")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert LONG in answer.text


def test_an_old_topic_asks_first_and_posts_when_one_means_it(app, client, clock, topic):
    clock.shift(timedelta(days=200))
    enter(app, client, "bo")
    answer = client.submit(f"/t/{topic}", {"body": LONG}, form="/reply")
    assert answer.status_code == 409
    assert "more than 6 months old" in answer.text
    assert LONG in answer.text
    assert 'name="confirmed" value="old"' in answer.text
    meant = client.submit(f"/t/{topic}", {"body": LONG, "confirmed": "old"}, form="/reply")
    assert meant.status_code == 303


def test_a_locked_topic_gives_the_text_back(app, client, topic):
    enter(app, client, "bo")
    csrf = token(client, f"/t/{topic}")
    with writing(app) as session:
        from forum.core import clock as time

        topic_of(session, topic).locked_at = time.now()
    answer = client.post(f"/t/{topic}/reply", data={"body": LONG, "csrf_token": csrf})
    assert answer.status_code == 403
    assert LONG in answer.text


def test_a_topic_that_went_away_gives_the_text_back(app, client, topic):
    enter(app, client, "bo")
    csrf = token(client, f"/t/{topic}")
    with writing(app) as session:
        from forum.core import clock as time

        topic_of(session, topic).deleted_at = time.now()
    answer = client.post(f"/t/{topic}/reply", data={"body": LONG, "csrf_token": csrf})
    assert answer.status_code == 404
    assert LONG in answer.text
    assert f"{csrf}</textarea>" not in answer.text


def test_an_expired_reply_comes_back_on_its_page(app, client, topic):
    enter(app, client, "bo")
    answer = client.post(f"/t/{topic}/reply", data={"body": LONG, "csrf_token": "old"})
    assert answer.status_code == 400
    assert LONG in answer.text
    assert "About pegs" in answer.text


def test_htmx_gets_the_new_post_and_an_empty_editor(app, client, topic):
    enter(app, client, "bo")
    answer = send(client, f"/t/{topic}", f"/t/{topic}/reply", htmx=True, body="Chalk.", page="1", after="1")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="post-2"' in answer.text
    assert 'id="post-1"' not in answer.text
    assert "Your reply is posted." in answer.text
    assert re.search(r"<textarea[^>]*>\s*</textarea>", answer.text)
    assert answer.headers["HX-Replace-Url"].endswith("about-pegs#post-2")


def test_after_a_reply_to_somebody_the_editor_is_everybodys_again(app, client, topic):
    enter(app, client, "bo")
    given = {"body": "Chalk.", "page": "1", "after": "1", "reply_to": str(opening(app, topic))}
    answer = send(client, f"/t/{topic}", f"/t/{topic}/reply", htmx=True, **given)
    assert latest(app).reply_to_number == 1
    assert re.search(r'name="reply_to"[^>]*value=""', answer.text)
    assert "You reply to ada" not in answer.text


def test_htmx_gets_a_refusal_where_the_editor_stands(app, client, topic):
    enter(app, client, "bo")
    answer = send(client, f"/t/{topic}", f"/t/{topic}/reply", htmx=True, body=".", page="1")
    assert answer.status_code == 422
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#reply", "outerHTML")
    assert 'id="post-1"' not in answer.text
    assert "A post needs some words." in answer.text


def test_htmx_is_led_on_when_the_reply_stands_on_another_page(app, client, topic):
    with writing(app) as session:
        for _ in range(19):
            cast.reply(session, topic_of(session, topic), person(session, "ada"))
    enter(app, client, "bo")
    answer = send(client, f"/t/{topic}", f"/t/{topic}/reply", htmx=True, body="Chalk.", page="1", after="20")
    assert answer.headers["HX-Redirect"].endswith("?page=2#post-21")


# ── the voice of staff ────────────────────────────────────────────────────────────────────────────────────────────────


def test_staff_say_what_for_and_in_which_role(app, client, topic):
    enter(app, client, "rena", cast.staff)
    form = client.get(f"/t/{topic}", follow_redirects=True).text
    assert "What this post is for" in form
    assert "Acme · Responder" in form
    refused = client.submit(f"/t/{topic}", {"body": LONG, "intent": ""}, form="/reply")
    assert refused.status_code == 422
    assert "Say what this post is for" in refused.text
    assert LONG in refused.text
    answer = client.submit(f"/t/{topic}", {"body": LONG, "intent": "connect", "speaking": "listener"}, form="/reply")
    assert answer.status_code == 303
    post = latest(app)
    assert (post.intent, post.capacity, post.role) == ("connect", "official", "listener")


def test_staff_may_speak_for_themselves(app, client, topic):
    enter(app, client, "rena", cast.staff)
    client.submit(f"/t/{topic}", {"body": LONG, "intent": "personal", "speaking": "personal"}, form="/reply")
    post = latest(app)
    assert (post.intent, post.capacity, post.role) == ("personal", "personal", "")


def test_members_cannot_lend_themselves_a_role(app, client, topic):
    enter(app, client, "bo")
    assert "What this post is for" not in client.get(f"/t/{topic}", follow_redirects=True).text
    client.submit(f"/t/{topic}", {"body": LONG}, form="/reply")
    answer = send(client, f"/t/{topic}", f"/t/{topic}/reply", body=f"{LONG} 2", intent="official", speaking="host")
    assert answer.status_code in {303, 429}
    assert (latest(app).intent, latest(app).role) == ("", "")


# ── editing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def opening(app, topic_id):
    with reading(app) as session:
        return session.query(Post.id).filter_by(topic_id=topic_id, number=1).scalar()


def test_an_author_edits_title_text_and_tags(app, client, topic):
    enter(app, client, "ada")
    post = opening(app, topic)
    answer = client.submit(f"/p/{post}/edit", {"title": "About better pegs", "body": "New words.", "tags": "gut"})
    assert answer.status_code == 303
    text = client.get(answer.location, follow_redirects=True).text
    assert "About better pegs" in text
    assert "New words." in text
    assert 'href="/tags/gut"' in text
    assert "edited" in text


def test_the_edit_form_shows_the_kinds_fields_as_they_were_typed(app, client):
    with writing(app) as session:
        cast.board(session, "here", kind="event")
    enter(app, client, "bo")
    where = client.submit("/b/here/new", {"title": "A good title", "body": "A text.", **KINDS["event"]}).location
    post = re.search(r'data-post-id="(\d+)"', client.get(where).text)[1]
    text = client.get(f"/p/{post}/edit").text
    for typed in KINDS["event"].values():
        assert f'value="{typed}"' in text
    assert client.submit(f"/p/{post}/edit", {"place": "Delft"}).status_code == 303
    with reading(app) as session:
        made = session.query(Topic).one()
        assert made.fields["place"] == "Delft"
        assert made.starts_at is not None


def test_two_who_edit_at_once_see_each_others_words(app, client, topic):
    post = opening(app, topic)
    enter(app, client, "mod", cast.moderator)
    csrf = token(client, f"/p/{post}/edit")
    typed = {"title": "About pegs", "base": "0", "csrf_token": csrf}
    assert client.post(f"/p/{post}/edit", data={**typed, "body": "The first who saved."}).status_code == 303
    late = client.post(f"/p/{post}/edit", data={**typed, "body": LONG})
    assert late.status_code == 409
    assert LONG in late.text
    assert "The first who saved." in late.text
    assert re.search(r'name="base"[^>]*value="1"', late.text)
    assert client.post(f"/p/{post}/edit", data={**typed, "base": "1", "body": LONG}).status_code == 303


def test_a_refused_edit_comes_back(app, client, topic):
    enter(app, client, "ada")
    post = opening(app, topic)
    answer = client.submit(f"/p/{post}/edit", {"title": "Hm", "body": LONG})
    assert answer.status_code == 422
    assert LONG in answer.text
    assert "A title needs at least 5 characters." in answer.text
    expired = client.post(f"/p/{post}/edit", data={"title": "About pegs", "body": LONG, "csrf_token": "old"})
    assert expired.status_code == 400
    assert LONG in expired.text


def test_only_who_may_edit_gets_the_form(app, client, topic):
    post = opening(app, topic)
    assert client.get(f"/p/{post}/edit").status_code == 303
    enter(app, client, "bo")
    assert client.get(f"/p/{post}/edit").status_code == 403
    refused = send(client, f"/t/{topic}", f"/p/{post}/edit", body=LONG, title="About pegs", base="0")
    assert refused.status_code == 403
    assert LONG in refused.text


def test_html_from_elsewhere_stays_html_and_says_so(app, client, topic):
    post = opening(app, topic)
    with writing(app) as session:
        row = session.get(Post, post)
        row.source, row.source_kind = "<p>Old <b>words</b></p>", "html"
    enter(app, client, "ada")
    assert "is written in HTML" in client.get(f"/p/{post}/edit").text
    client.submit(f"/p/{post}/edit", {"body": "<p>New <b>words</b></p>"})
    with reading(app) as session:
        row = session.get(Post, post)
        assert (row.source_kind, row.source) == ("html", "<p>New <b>words</b></p>")
        assert "<b>words</b>" in row.html


def test_htmx_edits_a_reply_in_its_place(app, client, topic):
    enter(app, client, "bo")
    client.submit(f"/t/{topic}", {"body": "Chalk."}, form="/reply")
    post = latest(app).id
    form = client.get(f"/p/{post}/edit", headers={"HX-Request": "true"}).text
    assert "<html" not in form
    assert "Chalk." in form
    answer = send(client, f"/p/{post}/edit", f"/p/{post}/edit", htmx=True, body="Better chalk.", base="0")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Better chalk." in answer.text
    assert 'id="post-2"' in answer.text


# ── earlier versions ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_earlier_versions_show_what_changed_in_words_too_and_can_come_back(app, client, topic):
    post = opening(app, topic)
    enter(app, client, "ada")
    with writing(app) as session:
        session.get(Post, post).source = "The peg is round."
    client.submit(
        f"/p/{post}/edit", {"title": "About better pegs", "body": "The peg is conical.", "reason": "I measured it"}
    )
    text = html.unescape(client.get(f"/p/{post}/history").text)
    assert "I measured it" in text
    assert re.search(r"<del><span[^>]*>removed: </span>round", text)
    assert re.search(r"<ins><span[^>]*>added: </span>conical", text)
    assert re.search(r"<ins><span[^>]*>added: </span>better", text)
    answer = client.submit(f"/p/{post}/history", {}, form="/restore")
    assert answer.status_code == 303
    with reading(app) as session:
        row = session.get(Post, post)
        assert (row.source, row.revision_count) == ("The peg is round.", 2)
    assert "About pegs" in client.get(answer.location, follow_redirects=True).text


def test_the_first_version_is_as_old_as_its_post_and_says_when_it_was_touched_up(app, client, clock, topic):
    post = opening(app, topic)
    enter(app, client, "ada")
    clock.shift(timedelta(minutes=2))
    client.submit(f"/p/{post}/edit", {"body": "The peg is conical."})
    with reading(app) as session:
        row = session.get(Post, post)
        written, touched = row.created_at.isoformat(), row.edited_at.isoformat()
    clock.shift(timedelta(hours=2))
    client.submit(f"/p/{post}/edit", {"body": "The peg is conical, and of boxwood."})
    first = client.get(f"/p/{post}/history").text.partition('id="version-1"')[2]
    assert re.search(
        rf'datetime="{re.escape(written)}".*touched up\s+<time datetime="{re.escape(touched)}"', first, re.DOTALL
    )


def test_others_read_earlier_versions_but_cannot_bring_them_back(app, client, topic):
    post = opening(app, topic)
    enter(app, client, "ada")
    client.submit(f"/p/{post}/edit", {"body": "The peg is conical."})
    client.submit(f"/p/{post}/edit", {"body": "The peg is conical. " * 20})
    enter(app, client, "bo")
    text = client.get(f"/p/{post}/history").text
    assert "Bring this version back" not in text
    assert send(client, f"/t/{topic}", f"/p/{post}/restore", number="1").status_code == 403
    assert client.get(f"/p/{post}/history?page=2").status_code == 404
