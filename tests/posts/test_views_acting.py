"""Reacting, accepting, taking away, and what moderators do: each one button."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.posts.models import Post, Topic
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import counted, enter, leave, person, press, send, topic_of


@pytest.fixture
def topic(app, clock):
    """A question by ada, answered by bo; its id."""
    with writing(app) as session:
        ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
        made = cast.topic(session, cast.board(session, "questions", kind="question"), ada, "About pegs")
        cast.reply(session, made, bo, "Chalk helps.")
        return made.id


def at(topic):
    return f"/t/{topic}"


def post_id(app, topic, number=2):
    with reading(app) as session:
        return session.query(Post.id).filter_by(topic_id=topic, number=number).scalar()


def topic_now(app, topic):
    with reading(app) as session:
        return session.get(Topic, topic)


# ── reactions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_says_thanks_and_takes_it_back(app, client, topic):
    enter(app, client, "cleo")
    post = post_id(app, topic)
    answer = press(client, at(topic), f"/p/{post}/react", kind="thanks")
    assert answer.status_code == 303
    assert answer.location.endswith("#post-2")
    text = client.get(answer.location).text
    assert re.search(r'aria-pressed="true"[^>]*>.*?Thanks</span> <span>1</span>', text, re.DOTALL)
    press(client, at(topic), f"/p/{post}/unreact", kind="thanks")
    text = client.get(at(topic), follow_redirects=True).text
    assert not re.search(r'class="reaction"[^>]*aria-pressed="true"', text)


def test_htmx_gets_the_line_of_reactions_only(app, client, topic):
    enter(app, client, "cleo")
    post = post_id(app, topic)
    answer = press(client, at(topic), f"/p/{post}/react", htmx=True, kind="helpful")
    assert answer.status_code == 200
    assert answer.text.strip().startswith('<footer class="post-foot">')
    assert f'id="helpful-{post}"' in answer.text
    assert "Chalk helps." not in answer.text


def test_guests_and_authors_see_reactions_as_words_not_buttons(app, client, topic):
    enter(app, client, "cleo")
    post = post_id(app, topic)
    press(client, at(topic), f"/p/{post}/react", kind="curious")
    enter(app, client, "bo")
    assert f'/p/{post}/react"' not in client.get(at(topic), follow_redirects=True).text
    leave(client)
    text = client.get(at(topic), follow_redirects=True).text
    assert "Curious" in text
    assert "formaction" not in text


def test_members_see_who_reacted_and_guests_only_how_many(app, client, topic):
    post = post_id(app, topic)
    for name, kind in (("cleo", "thanks"), ("dora", "thanks"), ("cleo", "curious")):
        enter(app, client, name)
        press(client, at(topic), f"/p/{post}/react", kind=kind)
    with writing(app) as session:
        session.get(Post, post).imported_likes = 3
    page = client.get(at(topic), follow_redirects=True).text
    assert f"/p/{post}/reactions" in page
    named = re.sub(r"<[^>]+>|\s+", " ", client.get(f"/p/{post}/reactions").text)
    assert re.search(r"Thanks\s+5 .*cleo.*dora.*3 more, not by name.*Curious\s+1 .*cleo", named)
    leave(client)
    assert f"/p/{post}/reactions" not in client.get(at(topic), follow_redirects=True).text
    assert "/sign-in" in client.get(f"/p/{post}/reactions").location


def test_a_reaction_that_is_none_is_refused_in_words(app, client, topic):
    enter(app, client, "cleo")
    answer = send(client, at(topic), f"/p/{post_id(app, topic)}/react", kind="sneeze")
    assert answer.status_code == 422
    assert "There is no such reaction." in answer.text


def test_a_refusal_to_htmx_leaves_the_page_as_it_is(app, client, topic):
    enter(app, client, "bo")
    answer = send(client, at(topic), f"/p/{post_id(app, topic)}/react", htmx=True, kind="thanks")
    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#flashes"
    assert "<html" not in answer.text


# ── answers ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_asker_accepts_an_answer_and_takes_the_choice_back(app, client, topic):
    enter(app, client, "ada")
    post = post_id(app, topic)
    press(client, at(topic), f"/p/{post}/accept")
    text = client.get(at(topic), follow_redirects=True).text
    assert '<section class="answer"' in text
    assert "Solved" in text
    press(client, at(topic), f"/p/{post}/withdraw-answer")
    text = client.get(at(topic), follow_redirects=True).text
    assert "Solved" not in text
    assert "The question is open again." in text


def test_htmx_gets_the_whole_topic_when_an_answer_is_accepted(app, client, topic):
    enter(app, client, "ada")
    answer = press(client, at(topic), f"/p/{post_id(app, topic)}/accept", htmx=True)
    assert "<html" not in answer.text
    assert "Solved" in answer.text
    assert "This is the answer now" in answer.text
    assert "<textarea" not in answer.text, "what is being written stays"


def test_others_cannot_accept(app, client, topic):
    enter(app, client, "cleo")
    post = post_id(app, topic)
    assert f"/p/{post}/accept" not in client.get(at(topic), follow_redirects=True).text
    assert send(client, at(topic), f"/p/{post}/accept").status_code == 403


# ── taking away ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_author_deletes_a_reply_and_brings_it_back(app, client, topic):
    enter(app, client, "bo")
    post = post_id(app, topic)
    press(client, at(topic), f"/p/{post}/delete")
    text = client.get(at(topic), follow_redirects=True).text
    assert "deleted a post" in text
    assert "Chalk helps." not in text
    press(client, at(topic), f"/p/{post}/undelete")
    assert "Chalk helps." in client.get(at(topic), follow_redirects=True).text


def test_a_moderator_says_why_and_readers_see_it(app, client, topic):
    enter(app, client, "mod", cast.moderator)
    said = {"act": "remove", "rule": "off_topic", "facts": "It is about chalk."}
    press(client, at(topic), f"/moderation/posts/{post_id(app, topic)}", **said)
    leave(client)
    text = client.get(at(topic), follow_redirects=True).text
    assert "A moderator removed a post of" in text
    assert "Beside the point" in text
    assert "Chalk helps." not in text


def test_an_opening_post_takes_its_topic_along_and_can_come_back(app, client):
    with writing(app) as session:
        made = cast.topic(session, cast.board(session, "talk"), cast.member(session, "ada"), "A slip").id
    enter(app, client, "ada")
    post = post_id(app, made, 1)
    answer = press(client, at(made), f"/p/{post}/delete")
    assert answer.location == "/b/talk"
    board = client.get("/b/talk").text
    assert "is deleted." in board
    assert f"/p/{post}/undelete" in board
    assert client.get(at(made), follow_redirects=True).status_code == 410
    send(client, "/", f"/p/{post}/undelete")
    assert client.get(at(made), follow_redirects=True).status_code == 200


def test_a_question_that_was_answered_stays(app, client, topic):
    enter(app, client, "ada")
    answer = send(client, at(topic), f"/p/{post_id(app, topic, 1)}/delete")
    assert answer.status_code == 422
    assert "People have replied" in answer.text


# ── moderators ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("verb", "state", "word", "back"),
    [("lock", "locked_at", "Locked", "unlock"), ("archive", "archived_at", "Archived", "unarchive")],
)
def test_a_moderator_ends_a_topic_and_opens_it_again(app, client, topic, verb, state, word, back):
    enter(app, client, "mod", cast.moderator)
    press(client, at(topic), f"/t/{topic}/{verb}")
    assert getattr(topic_now(app, topic), state) is not None
    assert word in client.get(at(topic), follow_redirects=True).text
    press(client, at(topic), f"/t/{topic}/{back}")
    assert getattr(topic_now(app, topic), state) is None


def test_a_pin_is_set_ends_by_itself_and_can_be_taken_off(app, client, topic, clock):
    with writing(app) as session:
        clock.shift(timedelta(minutes=1))
        cast.topic(session, topic_of(session, topic).board, person(session, "bo"), "A newer one")
    enter(app, client, "mod", cast.moderator)
    press(client, at(topic), f"/t/{topic}/pin", scope="board", days="7")
    text = client.get("/b/questions").text
    assert text.index("About pegs") < text.index("A newer one")
    clock.shift(timedelta(days=8))
    text = client.get("/b/questions").text
    assert text.index("A newer one") < text.index("About pegs")
    press(client, at(topic), f"/t/{topic}/pin", scope="site", days="3")
    press(client, at(topic), f"/t/{topic}/unpin")
    assert topic_now(app, topic).pinned_until is None


@pytest.mark.parametrize(("scope", "days"), [("board", "31"), ("board", "x"), ("moon", "7")])
def test_a_pin_that_cannot_be_is_refused(app, client, topic, scope, days):
    enter(app, client, "mod", cast.moderator)
    assert send(client, at(topic), f"/t/{topic}/pin", scope=scope, days=days).status_code == 422


@pytest.mark.parametrize("verb", ("lock", "unlock", "archive", "unarchive", "pin", "unpin"))
def test_members_cannot_moderate(app, client, topic, verb):
    enter(app, client, "cleo")
    assert "Moderate" not in client.get(at(topic), follow_redirects=True).text
    assert send(client, at(topic), f"/t/{topic}/{verb}", scope="board", days="7").status_code == 403


# ── forms that were open for too long ─────────────────────────────────────────────────────────────────────────────────


def test_a_button_of_an_old_page_leads_back_to_it_and_says_so(app, client, topic):
    enter(app, client, "cleo")
    with app.test_request_context():
        host = app.extensions["settings"].base_url
    answer = client.post(
        f"/p/{post_id(app, topic)}/react",
        data={"kind": "thanks", "csrf_token": "old"},
        headers={"Referer": f"{host}/t/{topic}-about-pegs?page=1"},
    )
    assert (answer.status_code, answer.location) == (303, f"/t/{topic}-about-pegs?page=1")
    assert "press the button once more" in client.get(answer.location).text
    elsewhere = client.post(
        f"/p/{post_id(app, topic)}/react", data={"csrf_token": "old"}, headers={"Referer": "https://evil.example/x"}
    )
    assert elsewhere.location == "/"


def test_no_get_changes_anything(app, client, topic):
    enter(app, client, "mod", cast.moderator)
    post = post_id(app, topic)
    for address in (f"/p/{post}/react", f"/p/{post}/delete", f"/t/{topic}/lock", "/read", "/preview"):
        assert client.get(address).status_code in {404, 405}, address
    with counted(app) as said:
        client.get(at(topic), follow_redirects=True)
    assert said
