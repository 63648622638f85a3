"""The editor of conversations: drafts that no tab overwrites, and files for whoever may read the message."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest

from forum.conversations.models import Message
from forum.core import clock
from forum.core.markup import pool
from forum.drafts.models import Draft
from tests import cast
from tests.conversations.talk import start
from tests.conversations.test_pages import talk
from tests.machines.databases import reading, writing
from tests.posts.people import counted, enter, leave, person, press, send, token
from tests.uploads.files import PDF, picture

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def patient(uncounted, monkeypatch):
    monkeypatch.setattr(pool, "WALL_SECONDS", 30.0)  # a busy machine is not what this is about


def keep(client, page, place, **words):
    """As the editor's script does; the answer in JSON and its status."""
    data = {"csrf_token": token(client, page), "draft": "", **words}
    answer = client.post(f"/drafts/{place}", data=data, headers=JSON)
    return answer.status_code, answer.json


def later(app):
    with writing(app) as session:
        for row in session.query(Message):
            row.created_at = clock.now() - timedelta(minutes=20)


def attach(client, page, form, body, data=None, name="bow.png", **more):
    sent = {"csrf_token": token(client, page), "body": body, "attach": "1", "alt": "A bow", **more}
    return client.post(form, data={**sent, "file": (io.BytesIO(data or picture()), name)})


def test_a_message_that_is_begun_is_kept_and_two_tabs_overwrite_nothing(app, client):
    number = talk(app)
    address, place = f"/conversations/{number}", f"message/{number}"
    enter(app, client, "ada")
    status, first = keep(client, address, place, body="I have", tab="one", tick="1")
    assert status == 200
    assert "I have" in client.get(address).text
    keep(client, address, place, body="I have two", draft=first["stamp"], tab="two", tick="1")
    status, refused = keep(client, address, place, body="I had", draft=first["stamp"], tab="one", tick="2")
    assert (status, refused["body"]) == (409, "I have two")
    listed = client.get("/drafts").text
    assert "Reeds" in listed
    assert f"{address}#reply" in listed
    later(app)
    sent = client.submit(address, {"body": "I have two reeds."}, form="/send")
    assert sent.status_code == 303
    with reading(app) as session:
        assert session.query(Draft).count() == 0
    message = re.search(r"/messages/(\d+)/edit", client.get(sent.location).text)[1]
    keep(client, f"/messages/{message}/edit", f"reword/{message}", body="I have three reeds.")
    assert "I have three reeds." in client.get(f"/messages/{message}/edit").text
    assert f"/messages/{message}/edit" in client.get("/drafts").text
    assert client.submit(f"/messages/{message}/edit", {}, form="edit").status_code == 303
    assert "I have three reeds." in client.get(sent.location).text
    with reading(app) as session:
        assert session.query(Draft).count() == 0
    enter(app, client, "bo")
    assert "I have two" not in client.get("/drafts").text


@pytest.mark.databases("sqlite")
def test_a_letter_that_is_begun_belongs_to_the_person_to_whom_it_was_begun(app, client):
    with writing(app) as session:
        bo, _cleo = cast.member(session, "bo", display_name="Bo B."), cast.member(session, "cleo")
        circle = cast.group(session, "Tuners", written_to_by="members").id
        bo = bo.id
    me = enter(app, client, "ada")
    to_bo = "/conversations/new?to=bo"
    keep(client, to_bo, f"letter/{bo}", people="bo", title="Reamer", body="May I borrow it?")
    keep(client, "/conversations/new?group=tuners", f"togroup/{circle}", body="To all tuners")
    keep(client, "/conversations/moderators", f"moderators/{me}", body="To the moderators")
    assert "May I borrow it?" not in client.get("/conversations/new?to=cleo").text
    assert "May I borrow it?" not in client.get("/conversations/new").text
    assert "To all tuners" in client.get("/conversations/new?group=tuners").text
    assert "To the moderators" in client.get("/conversations/moderators").text
    drafts = client.get("/drafts").text
    assert all(text in drafts for text in (to_bo, "?group=tuners", "/conversations/moderators", "Reamer"))
    assert client.submit(to_bo, {}, form="start").status_code == 303  # the form is filled with all that was kept
    assert "Reamer" in client.get("/conversations").text
    later(app)
    assert client.submit("/conversations/moderators", {}, form="start").status_code == 303
    with reading(app) as session:
        assert [draft.place for draft in session.query(Draft)] == ["togroup"]


@pytest.mark.databases("sqlite")
def test_a_draft_does_not_tell_of_a_group_that_one_may_not_know_of(app, client):
    with writing(app) as session:
        hidden = cast.group(session, "Night shift", written_to_by="members", seen_by="group").id
        closed = cast.group(session, "Choir", written_to_by="group").id
    enter(app, client, "ada")
    for circle in (hidden, closed):
        sent = {"csrf_token": token(client), "body": "x", "draft": ""}
        answer = client.post(f"/drafts/togroup/{circle}", data=sent)
        assert "night-shift" not in (answer.location or "")
    drafts = client.get("/drafts").text
    assert "Night shift" not in drafts
    assert "Choir" not in drafts


@pytest.mark.databases("sqlite")
def test_what_was_begun_where_one_does_not_take_part_any_more_is_given_back_whole(app, client):
    number = talk(app)
    enter(app, client, "bo")
    keep(client, f"/conversations/{number}", f"message/{number}", body="Words " * 100)
    press(client, f"/conversations/{number}", f"/conversations/{number}/leave")
    listed = client.get("/drafts").text
    assert ("Words " * 100).strip() in listed
    assert "Reeds" not in listed
    assert keep(client, "/drafts", f"message/{number}", body="More")[0] == 409  # never published, never overwritten


def test_a_file_in_a_message_opens_for_its_readers_and_for_nobody_else(app, client):
    number = talk(app)
    address = f"/conversations/{number}"
    enter(app, client, "ada")
    attached = attach(client, address, f"{address}/send", "Look at this:")
    assert attached.status_code == 200
    body = re.search(r"Look at this:\r?\n\r?\n!\[A bow\]\((/files/\w+\.png)\)", attached.text)
    path = body[1]
    later(app)
    assert client.submit(address, {"body": f"See ![A bow]({path})"}, form="/send").status_code == 303
    assert f'src="{path}"' in client.get(address).text

    def opens(*names):
        found = []
        for name, make in (("ada", 0), ("bo", 0), ("cleo", 0), ("mod", cast.moderator), ("root", cast.administrator)):
            enter(app, client, name, make or cast.member)
            if client.get(path).status_code == 200:
                found.append(name)
        leave(client)
        assert client.get(path).status_code == 404
        assert found == list(names)

    opens("ada", "bo")
    # Whoever reads it may not open it to others: not in a post, not in another conversation.
    with writing(app) as session:
        cast.board(session, "talk")
    enter(app, client, "bo")
    later(app)
    told = {"title": "Somebody else’s bow", "body": f"Look at ![]({path})"}
    assert client.submit("/b/talk/new", told).status_code == 303
    to_cleo = {"body": f"Look at ![]({path})"}
    assert client.submit("/conversations/new?to=cleo", to_cleo, form="start").status_code == 303
    opens("ada", "bo")
    # A moderator opens it with the message that is reported, and so do the others of the office.
    enter(app, client, "bo")
    with reading(app) as session:
        message = session.query(Message).filter_by(conversation_id=number, number=2).one().id
    assert client.submit(f"/messages/{message}/report", {"reason": "Look."}, form="report").status_code == 303
    opens("ada", "bo", "mod", "root")
    enter(app, client, "bo")
    press(client, address, f"{address}/leave")
    opens("ada", "mod", "root")


@pytest.mark.databases("sqlite")
def test_without_javascript_every_editor_of_messages_adds_a_file_and_keeps_the_words(app, client):
    number = talk(app)
    with reading(app) as session:
        message = session.query(Message.id).scalar()
    enter(app, client, "ada")
    address = f"/conversations/{number}"
    for page, form in (
        (address, f"{address}/send"),
        (f"/messages/{message}/edit",) * 2,
        ("/conversations/new?to=bo", "/conversations/new"),
        ("/conversations/moderators",) * 2,
    ):
        answer = attach(client, page, form, "What I had written.", PDF, "plan.pdf", people="bo", title="About it")
        assert answer.status_code == 200, page
        assert re.search(r"What I had written\.\r?\n\r?\n\[A bow \(0\.1 KB\)\]\(/files/\w+\.pdf\)", answer.text), page
        refused = attach(client, page, form, "What I had written.", b"no", "b.exe", people="bo")
        assert refused.status_code == 422
        assert "What I had written." in refused.text
    leave(client)
    lost = send(client, "/sign-in", f"{address}/send", body="Words of somebody who was signed out in between.")
    assert lost.status_code == 401
    assert "Words of somebody who was signed out in between." in lost.text


@pytest.mark.databases("sqlite")
def test_a_page_of_a_conversation_asks_no_more_for_its_draft_than_one_question(app, client):
    number = talk(app, messages=30)
    enter(app, client, "ada")
    client.get(f"/conversations/{number}")
    with counted(app) as said:
        client.get(f"/conversations/{number}?page=1").close()
    assert len([each for each in said if each.lstrip().upper().startswith("SELECT")]) <= 12


def test_a_message_is_quoted_below_what_is_begun_and_its_link_finds_it_for_whoever_asks(app, client):
    number = talk(app, messages=25)
    address = f"/conversations/{number}"
    with reading(app) as session:
        first, last = (session.query(Message).filter_by(number=at).one().id for at in (1, 25))
    enter(app, client, "bo")
    assert f"{address}?page=2&amp;quote={last}#reply" in client.get(f"{address}?page=2").text
    asks = f"{address}?page=1&quote={first}"
    said = f"> [@ada](/messages/{first}):\n>\n> Hello bo.\n\n"
    assert client.held(asks, "body")["body"] == said
    keep(client, address, f"message/{number}", body="I had begun.")
    assert client.held(asks, "body")["body"] == f"I had begun.\n\n{said}"
    stamp = client.held(address, "body")["draft"]
    keep(client, address, f"message/{number}", body=f"I had begun.\n\n{said}Yes.", draft=stamp)
    assert client.held(asks, "body")["body"].count("Hello bo.") == 1, "loading the page again quotes nothing again"
    later(app)
    assert client.submit(asks, form="/send").status_code == 303
    shown = client.get(f"{address}?page=2").text
    assert '<p class="quote-by">' in shown
    assert client.get(f"/messages/{first}").location == f"{address}?page=1#message-1"
    enter(app, client, "mallory")
    assert client.get(f"/messages/{first}").status_code == 404
    foreign = f"/conversations/{talk_of(app, 'mallory')}?quote={first}"
    assert client.held(foreign, "body")["body"] == "", "nobody quotes what they may not read"


def talk_of(app, name):
    with writing(app) as session:
        cast.member(session, "vera")
        return start(session, person(session, name), "vera").id
