"""A member reads all that applies to them on one page, and nobody else learns of it; no warning costs them a text."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.core import clock as clocks
from forum.posts.models import Post, Topic
from tests import cast
from tests.accounts.people import mails
from tests.machines.databases import reading, writing
from tests.posts.people import enter

FACTS = "You called Bo a fool in “Looms”. Argue about the loom."


@pytest.fixture
def topic(app):
    with writing(app) as session:
        board = cast.board(session, "talk")
        cast.moderator(session, "mo")
        cast.member(session, "ada")
        return cast.topic(session, board, cast.member(session, "bo"), "Looms").id


def decide(app, client, **given):
    """What the moderator does on ada's page."""
    enter(app, client, "mo")
    fields = {"what": "suspension", "duration": "1", "rule": "unkind", "facts": FACTS, "detected": "flags"}
    return client.submit("/u/ada/moderation", fields | given, form="sanction")


def hidden(answer, action):
    """Where the form of an answer leads, and what it holds."""
    form = re.search(rf'<form[^>]*action="([^"]*{action}[^"]*)".*?</form>', answer.text, re.DOTALL)
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[0])
    text = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", form[0], re.DOTALL)
    body = {"body": unescape(text[1])} if text else {}
    return unescape(form[1]), {unescape(name): unescape(value) for name, value in fields} | body


def test_a_suspended_member_reads_what_why_until_when_and_how_to_appeal(app, client, topic, clock):
    assert decide(app, client).status_code == 303
    (mail,) = mails(app)
    for words in ("suspended", FACTS, "Unkind", "3 March 2026", "Members told the moderators", "a person"):
        assert words in mail.text
    assert re.search(r"say so here until .* September 2026.*\n\nhttp\S*/decisions/\d+\n", mail.text)
    enter(app, client, "ada")
    page = client.get("/u/ada/moderation").text
    for words in (
        "Your account is suspended",
        "You called Bo a fool",
        "Unkind",
        "Members told the moderators",
        "a moderator",
    ):
        assert words in page
    assert "/u/mo" not in page
    assert 'href="/conversations/moderators"' in page
    assert "decided something that concerns you" in client.get("/notices").text
    reply = client.get(f"/t/{topic}", follow_redirects=True).text
    assert "suspended until" in reply
    assert 'href="/u/ada/moderation"' in reply
    assert 'name="body"' not in reply
    assert 'href="/u/ada/moderation"' in client.get("/standing").text
    clock.shift(timedelta(days=1))
    assert 'name="body"' in client.get(f"/t/{topic}", follow_redirects=True).text
    assert "Nothing holds you back" in client.get("/u/ada/moderation").text


def test_a_warning_is_shown_at_the_next_attempt_and_the_text_comes_back(app, client, topic):
    enter(app, client, "ada")
    held = client.held(f"/t/{topic}", "body")  # the page was open before the warning came
    decide(app, client, what="warning")
    enter(app, client, "ada")
    answer = client.post(f"/t/{topic}/reply", data=held | {"body": "Short, & <kept>."})
    assert answer.status_code == 403
    assert "You called Bo a fool" in answer.text
    target, fields = hidden(answer, "/moderation/warnings")
    assert fields["body"] == "Short, & <kept>."
    led_on = client.post(target, data=fields)
    assert (led_on.status_code, led_on.location) == (307, f"/t/{topic}/reply")
    again = client.post(led_on.location, data=fields)  # as a browser does by itself
    assert again.status_code == 200
    (editor,) = re.findall(r'<textarea[^>]*name="body".*?</textarea>', again.text, re.DOTALL)
    assert "Short, &amp; &lt;kept&gt;." in editor
    with reading(app) as session:
        assert session.query(Post).count() == 1  # it stands before them, and is not posted yet
        assert session.query(Sanction).one().acknowledged_at is not None
    assert client.post(f"/t/{topic}/reply", data=held | {"body": "Short, & <kept>."}).status_code == 303


def test_a_warning_stays_out_of_the_way_of_a_script_that_keeps_the_editor(app, client, topic):
    enter(app, client, "ada")
    held = client.held(f"/t/{topic}", "body")
    decide(app, client, what="warning")
    enter(app, client, "ada")
    answer = client.post(f"/t/{topic}/reply", data=held | {"body": "Kept in the page."}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (403, "#flashes")
    assert "I have read it" in answer.text
    assert "Kept in the page." not in answer.text
    target, fields = hidden(answer, "/moderation/warnings")
    answer = client.post(target, data=fields, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (200, "#flashes")
    assert "press the button again" in answer.text
    assert client.post(f"/t/{topic}/reply", data=held | {"body": "Kept in the page."}).status_code == 303


TITLE, SHORT = "Pegs slip", "Short, & <kept>."
FORMS = {
    "reply": ("/t/{topic}", {"body": SHORT}, "/t/{topic}/reply"),
    "start": ("/b/talk/new", {"title": TITLE, "body": SHORT}, "/b/talk/new"),
    "edit": ("/p/{own}/edit", {"body": SHORT}, "/p/{own}/edit"),
    "message": (
        "/conversations/new?to=bo",
        {"people": "bo", "title": TITLE, "body": SHORT},
        "/conversations/new",
    ),
    "flag": ("/p/{other}/flag", {"rule": "unkind", "words": SHORT}, "/p/{other}/flag"),
}


@pytest.mark.parametrize("name", FORMS)
def test_whatever_holds_somebody_back_gives_their_words_back_however_short(app, client, topic, name):
    with writing(app) as session:
        ada = session.query(Account).filter_by(name="ada").one()
        theirs = session.get_one(Topic, topic, options=[joinedload(Topic.board)])
        ids = {"topic": topic, "own": cast.reply(session, theirs, ada).id, "ada": ada.id}
        ids["other"] = session.scalars(select(Post.id).where(Post.topic_id == topic, Post.number == 1)).one()
    page, typed, target = FORMS[name]
    enter(app, client, "ada")
    held = client.held(page.format(**ids), next(iter(typed))) | typed
    kinds = [("read_only", ""), ("suspension", "")]
    kinds += [("withdrawn", name)] if name != "edit" else []
    for kind, right in kinds:
        with writing(app) as session:
            until, ada = clocks.now() + timedelta(days=1), session.get_one(Account, ids["ada"])
            row = cast.sanction(session, ada, kind, right=right, until=until).id
        answer = client.post(target.format(**ids), data=held)
        assert answer.status_code == 403, kind
        for words in ("What you wrote is safe", "Short, &amp; &lt;kept&gt;.", typed.get("title", "")):
            assert words in answer.text, (kind, words)
        with writing(app) as session:
            session.delete(session.get_one(Sanction, row))


def test_one_is_led_to_the_warning_from_a_form_and_back_to_it(app, client, topic):
    decide(app, client, what="warning")
    enter(app, client, "ada")
    assert "wrote you a warning" in client.get("/").text
    answer = client.get("/b/talk/new")
    assert (answer.status_code, answer.location) == (303, "/moderation/warning?next=/b/talk/new")
    target, fields = hidden(client.get(answer.location), "/moderation/warnings")
    assert client.post(target, data=fields).location == "/b/talk/new"
    assert client.get("/b/talk/new").status_code == 200
    assert "No warning waits" in client.get("/moderation/warning").text


def test_a_withdrawn_right_says_until_when_and_comes_back_by_itself(app, client, topic, clock):
    enter(app, client, "ada")
    held = client.held(f"/t/{topic}", "body") | {"body": "Written while the decision fell, forty letters long."}
    decide(app, client, what="withdrawn:reply")
    enter(app, client, "ada")
    answer = client.post(f"/t/{topic}/reply", data=held)
    assert answer.status_code == 403
    for words in ("do not reply until", "Unkind", "/moderation/own", "forty letters long"):
        assert words in answer.text
    assert client.get("/b/talk/new").status_code == 200
    clock.shift(timedelta(days=1))
    assert client.post(f"/t/{topic}/reply", data=held).status_code == 303


def test_what_lacks_something_comes_back_with_what_was_typed(app, client, topic):
    answer = decide(app, client, rule="")
    assert answer.status_code == 422
    assert "Choose the rule" in answer.text
    assert "You called Bo a fool" in answer.text


def test_a_moderator_ends_it_takes_it_back_and_leaves_a_note(app, client, topic):
    decide(app, client)
    with reading(app) as session:
        number = session.query(Sanction).one().id
    answer = client.submit("/u/ada/moderation", {"reason": ""}, form="/lift")
    assert (answer.status_code, "Say why" in answer.text) == (422, True)
    client.submit("/u/ada/moderation", {"reason": "You explained it."}, form="/lift")
    assert "ended early" in client.get("/u/ada/moderation").text
    answer = client.submit("/u/ada/moderation", {"why": " "}, form=f"/{number}/revoke")
    assert (answer.status_code, "Say why" in answer.text) == (422, True)
    client.submit("/u/ada/moderation", {"why": "It was another Ada."}, form=f"/{number}/revoke")
    assert [mail.cause for mail in mails(app)] == ["sanction", "sanction_ended", "sanction_ended"]
    assert "You explained it." in mails(app)[1].text
    for words in ("as if it had never been", "It was another Ada."):
        assert words in mails(app)[2].text
    client.submit("/u/ada/moderation", {"words": "Was angry about wool."}, form="/notes")
    assert "Was angry about wool." in client.get("/u/ada/moderation").text
    enter(app, client, "ada")
    page = client.get("/u/ada/moderation").text
    assert "Was angry" not in page
    assert "What is over" not in page
    enter(app, client, "mo")
    client.submit("/u/ada/moderation", form="/delete")
    assert "Was angry" not in client.get("/u/ada/moderation").text


def test_nobody_else_learns_of_a_sanction_but_that_somebody_is_suspended(app, client, topic):
    with writing(app) as session:
        ada = session.query(cast.Account).filter_by(name="ada").one()
        posts = session.query(cast.Topic).options(joinedload(cast.Topic.board))
        cast.reply(session, posts.filter_by(id=topic).one(), ada)
        until = clocks.now() + timedelta(days=3)
        for kind, right in (("warning", ""), ("withdrawn", "reply"), ("read_only", "")):
            cast.sanction(session, ada, kind, right=right, until=until if kind != "warning" else None, facts=FACTS)
        number = cast.sanction(session, ada, "warning", facts=FACTS).id
        cast.member(session, "cy")
        cast.staff(session, "sid")
    pages = ["/", "/u/ada", f"/t/{topic}", "/b/talk", "/search?q=ada", "/latest"]

    def seen():
        texts = [client.get(page, follow_redirects=True).text for page in pages]
        return "\n".join(re.sub(r'(csrf[^>]*|once"[^>]*|name="live"[^>]*)value="[^"]*"', "", text) for text in texts)

    for reader in (None, "cy", "sid", "bo"):
        if reader:
            enter(app, client, reader)
        for closed in ("/u/ada/moderation", "/u/nobody/moderation"):
            assert client.get(closed).status_code == 404
        page = seen().casefold()
        for words in ("called bo a fool", "warning", "withdrawn", "only read", "reads only", "suspended"):
            assert words not in page, (reader, words)
        if reader:
            fields = {"csrf_token": client.held("/settings", "display_name")["csrf_token"]}
            for verb in ("lift", "revoke"):
                assert client.post(f"/moderation/sanctions/{number}/{verb}", data=fields).status_code == 404
            assert client.post(f"/moderation/warnings/{number}/read", data=fields).status_code == 404
            assert client.post("/u/ada/moderation", data=fields).status_code == 404
    with writing(app) as session:
        cast.suspend(session, session.query(cast.Account).filter_by(name="ada").one())
    assert "Suspended: reading" in client.get("/u/ada").text
    assert "called Bo" not in client.get("/u/ada").text
