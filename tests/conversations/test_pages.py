"""Conversations and ignoring in a browser without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.accounts.models import Account
from forum.conversations.models import Conversation, Message, MessageReport
from forum.core import clock
from forum.moderation.models import Case
from forum.organization.voices import Voice
from tests import cast
from tests.conversations.talk import start
from tests.machines.databases import reading, writing
from tests.posts.people import counted, enter, press, read, send


def talk(app, messages=1):
    """A conversation of ada and bo; its id."""
    with writing(app) as session:
        ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
        about = start(session, ada, "bo", words="Hello bo.", title="Reeds")
        for number in range(2, messages + 1):
            session.add(
                Message(
                    conversation_id=about.id,
                    number=number,
                    author_id=(ada.id, bo.id)[number % 2],
                    created_at=clock.now() + timedelta(seconds=number),
                    source=f"Message {number}",
                    html=f"<p>Message {number}</p>",
                    plain=f"Message {number}",
                )
            )
        about.last_number = messages
        return about.id


def test_a_message_begins_at_a_profile_and_is_answered(app, client):
    with writing(app) as session:
        cast.member(session, "bo", display_name="Bo B.")
    enter(app, client, "ada")
    assert "/conversations/new?to=bo" in client.get("/u/bo").text
    words = {"body": "Do you **lend** it?", "title": "The reamer"}
    preview = client.submit("/conversations/new?to=bo", words | {"preview": "1"}, form="start")
    assert 'class="preview"' in preview.text
    assert "Do you **lend** it?" in preview.text
    refused = client.submit("/conversations/new?to=bo,nobody9", words, form="start")
    assert refused.status_code == 422
    assert "Do you **lend** it?" in refused.text
    answer = client.submit("/conversations/new?to=bo", words, form="start")
    address = answer.headers["Location"]
    enter(app, client, "bo")
    assert "New" in client.get("/").text
    assert "1 new" in client.get("/conversations").text
    page = read(client, address)
    assert "lend" in page
    assert "1 new" not in client.get("/conversations").text
    assert client.submit(address, {"body": ""}, form="/send").status_code == 422
    assert client.submit(address, {"body": "Gladly."}, form="/send").status_code == 303
    enter(app, client, "ada")
    assert "Gladly." in read(client, address)


def test_nobody_else_finds_the_conversation_anywhere(app, client):
    number = talk(app)
    with reading(app) as session:
        message = session.query(Message.id).scalar()
    addresses = (f"/conversations/{number}", f"/messages/{message}/edit", f"/messages/{message}/report")
    for name, make in (("cleo", cast.member), ("mod", cast.moderator), ("root", cast.administrator)):
        enter(app, client, name, make)
        for address in addresses:
            assert client.get(address).status_code == 404, (name, address)
        for verb in ("send", "invite", "leave", "mute", "archive"):
            assert send(client, "/conversations", f"/conversations/{number}/{verb}", body="Hi").status_code == 404
        for address in ("/conversations", "/conversations?with=bo", "/u/bo", "/u/ada", "/latest"):
            assert "Reeds" not in client.get(address).text, (name, address)
    client._cookies.clear()
    for address in (*addresses, "/conversations", "/moderation"):
        assert client.get(address).status_code in (302, 303, 404), address


def test_pages_cost_a_fixed_number_of_questions(app, client):
    number = talk(app, messages=50)
    with writing(app) as session:
        for count in range(30):
            about = start_again(session, count)
            assert about
    enter(app, client, "bo")
    for address in ("/conversations", f"/conversations/{number}", f"/conversations/{number}?page=1"):
        with counted(app) as said:
            answer = client.get(address)
            assert answer.status_code == 200
            _whole = answer.text
            asked = [one for one in said if not one.startswith(("PRAGMA", "BEGIN", "SET "))]
        answer.close()
        assert len(asked) <= 12, (address, len(asked))
    assert client.get(f"/conversations/{number}?page=4").status_code == 404


def start_again(session, count):
    bo = session.query(Account).filter_by(name="bo").one()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("forum.conversations.actions.writing.check_sending", lambda *_: None)
        patch.setattr("forum.conversations.actions.starting.check_starting", lambda *_: None)
        return start(session, cast.member(session), bo.name, words=f"Number {count}")


def test_a_report_reaches_the_moderators_page_and_shows_only_that(app, client):
    number = talk(app, messages=9)
    with reading(app) as session:
        wanted = session.query(Message.id).filter_by(conversation_id=number, number=5).scalar()
    enter(app, client, "ada")
    if "Report" not in client.get(f"/messages/{wanted}/report").text:
        enter(app, client, "bo")
    page = client.submit(f"/messages/{wanted}/report", {"reason": "Unkind."}, form="report", follow_redirects=True)
    assert "The moderators can read this message" in page.text
    enter(app, client, "mod", cast.moderator)
    assert "Unkind." in client.get("/moderation?kind=message").text
    with reading(app) as session:
        case = session.query(Case.id).filter_by(kind="message").scalar()
    evidence = client.get(f"/moderation/cases/{case}").text
    assert re.findall(r"<p>Message (\d+)</p>", evidence) == ["3", "4", "5", "6", "7"]
    assert "Reeds" not in evidence
    assert client.submit(f"/moderation/cases/{case}", {"answer": "dealt"}, form="answer").status_code == 303
    assert "Nothing waits here" in client.get("/moderation").text
    with reading(app) as session:
        assert session.query(MessageReport).one().closed_at is not None
    enter(app, client, "ada")
    assert client.get("/moderation").status_code == 403


def test_ignoring_folds_posts_away_but_not_the_organizations_voice(app, client):
    with writing(app) as session:
        ada, rena = cast.member(session, "ada"), cast.staff(session, "rena")
        topic = cast.topic(session, cast.board(session), ada, body="Ada's words")
        cast.reply(session, topic, rena, "Rena's words", voice=Voice("answer", "official", "responder"))
        cast.reply(session, topic, cast.member(session, "cleo"), "Cleo's words")
        address = f"/t/{topic.id}-{topic.slug}"
    enter(app, client, "bo")
    with counted(app) as said:
        client.get(address)
    assert sum("ignored_members" in one for one in said) == 1  # along with the session: no question of its own
    for name in ("ada", "rena"):
        client.submit(f"/u/{name}/ignore", {"days": "30"}, form="ignore")
    page = client.get(address).text
    assert page.count("A post by somebody you ignore") == 1
    assert "Ada&#39;s words" in page or "Ada&#x27;s words" in page or "Ada's words" in page
    listed = client.get("/settings/people").text
    assert listed.count("Stop ignoring") == 2
    press(client, "/settings/people", "/u/ada/ignore/end")
    assert "somebody you ignore" not in client.get(address).text
    assert client.submit("/settings/people", {"messages_from": "known"}, form="senders").status_code == 303
    enter(app, client, "ada")
    assert "ignore" not in client.get(address).text


def test_the_moderators_conversation_begins_on_either_side(app, client):
    enter(app, client, "mod", cast.moderator)
    with writing(app) as session:
        cast.member(session, "ada")
        cast.moderator(session, "max")
    assert "/conversations/moderators/ada" in client.get("/u/ada").text
    answer = client.submit("/conversations/moderators/ada", {"body": "Mind the tone."}, form="start")
    address = answer.headers["Location"]
    enter(app, client, "max")
    page = client.get("/conversations/moderators/ada", follow_redirects=True).text
    assert "mod wrote to ada for the moderators" in page
    enter(app, client, "ada")
    assert "Mind the tone." in client.get("/conversations/moderators", follow_redirects=True).text
    assert "for the moderators" not in client.get(address).text
    enter(app, client, "bo")
    assert client.get("/conversations/moderators/ada").status_code == 403
    assert client.get("/conversations/moderators").status_code == 200
    with reading(app) as session:
        assert session.query(Conversation).count() == 1
