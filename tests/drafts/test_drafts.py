"""Drafts as members meet them: kept, found again, never overwritten, gone when posted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.core.errors import Invalid, NotFound
from forum.core.markup import pool
from forum.drafts import actions, jobs, queries
from forum.drafts.models import Draft, WaitingText
from forum.drafts.sequence import Attempt
from forum.drafts.words import Words, fields_of, words_of
from forum.posts.models import Post, Topic
from forum.uploads.models import UploadUse
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, leave, token
from tests.uploads.files import picture


@pytest.fixture(autouse=True)
def patient(uncounted, monkeypatch):
    monkeypatch.setattr(pool, "WALL_SECONDS", 30.0)  # a busy machine is not what this is about


@pytest.fixture
def place(app):
    """A topic of bo's; its id."""
    with writing(app) as session:
        board = cast.board(session, "talk")
        cast.board(session, "desk", rights=cast.STAFF_ONLY)
        cast.tag(session, "gut")
        return cast.topic(session, board, cast.member(session, "bo"), "How do pegs stick?").id


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else None


def keep(client, where, form, script=True):
    headers = {"Accept": "application/json"} if script else {}
    return client.post(f"/drafts/{where}", data={"csrf_token": token(client), **form}, headers=headers)


def kept(app):
    with reading(app) as session:
        return {(row.place, row.title, row.body) for row in session.query(Draft)}


def test_a_reply_begun_is_found_again_and_gone_when_posted(app, client, place):
    enter(app, client, "ada")
    first = keep(client, f"reply/{place}", {"body": "Chalk, and", "tab": "a", "tick": "1", "draft": ""}).json
    assert first["sentence"] == "Saved as a draft."
    again = keep(client, f"reply/{place}", {"body": "Chalk, and patience", "draft": first["stamp"]}).json
    assert again["stamp"] != first["stamp"]
    page = client.get(f"/t/{place}", follow_redirects=True).text
    assert "Chalk, and patience</textarea>" in page
    assert hidden(page, "draft") == again["stamp"]
    listed = client.get("/drafts").text
    assert "How do pegs stick?" in listed
    assert "Chalk, and patience" in listed
    answer = client.submit(f"/t/{place}", form="/reply")
    assert answer.status_code == 303
    assert kept(app) == set()
    assert "Chalk, and patience" in client.get(answer.location).text


def test_a_draft_of_a_topic_keeps_every_field_and_one_of_an_edit_its_base(app, client, place):
    enter(app, client, "bo")
    with reading(app) as session:
        board_id = session.get(Topic, place).board_id
        post_id = session.query(Post.id).filter_by(topic_id=place).scalar()
    edit = {"title": "How do pegs stick?", "body": "They slip in winter, mostly.", "base": "0", "draft": ""}
    assert keep(client, f"edit/{post_id}", edit).json["stamp"]
    assert "They slip in winter, mostly.</textarea>" in client.get(f"/p/{post_id}/edit").text
    assert client.submit(f"/p/{post_id}/edit", form="/edit").status_code == 303
    assert kept(app) == set()
    enter(app, client, "ada")
    page = client.get("/b/talk/new").text
    form = {"title": "Rosin in winter", "body": "It cracks.", "tags": "gut", "draft": "", "once": hidden(page, "once")}
    assert keep(client, f"topic/{board_id}", form, script=False).headers["Location"] == "/b/talk/new"
    page = client.get("/b/talk/new").text
    assert 'value="Rosin in winter"' in page
    assert re.search(r'checked[^>]*value="gut"|value="gut"[^>]*checked', page)
    assert client.submit("/b/talk/new", {"title": "Rosin in the cold"}).status_code == 303
    assert kept(app) == set()


def test_a_stale_tab_is_told_so_with_both_texts_and_overwrites_nothing(app, client, place):
    enter(app, client, "ada")
    first = keep(client, f"reply/{place}", {"body": "The first", "draft": ""}).json["stamp"]
    second = keep(client, f"reply/{place}", {"body": "The second", "draft": first}).json["stamp"]
    refused = keep(client, f"reply/{place}", {"body": "From the other tab", "draft": first})
    assert refused.status_code == 409
    assert refused.json["body"] == "The second"
    assert refused.json["stamp"] == second
    page = keep(client, f"reply/{place}", {"body": "From the other tab", "draft": first}, script=False)
    assert page.status_code == 409
    assert "From the other tab</textarea>" in page.text
    assert "The second</textarea>" in page.text
    assert hidden(page.text, "draft") == second
    assert kept(app) == {("reply", "", "The second")}
    # Posting from the stale tab leaves what it has not seen.
    form = {"csrf_token": token(client, f"/t/{place}"), "body": "From the other tab", "draft": first}
    assert client.post(f"/t/{place}/reply", data=form).status_code == 303
    assert kept(app) == {("reply", "", "The second")}


def test_a_draft_that_arrives_after_its_post_is_no_draft(app, client, place):
    enter(app, client, "ada")
    form = {"body": "Chalk helps.", "once": "abc", "tab": "t"}
    sent = {"csrf_token": token(client, f"/t/{place}"), **form}
    assert client.post(f"/t/{place}/reply", data=sent).status_code == 303
    assert keep(client, f"reply/{place}", {**form, "draft": "", "tick": "5"}).status_code == 200
    assert kept(app) == set()


def test_nobody_sees_or_touches_anothers_draft(app, client, place):
    enter(app, client, "ada")
    stamp = keep(client, f"reply/{place}", {"body": "Mine alone", "draft": ""}).json["stamp"]
    enter(app, client, "mallory")
    assert "Mine alone" not in client.get(f"/t/{place}", follow_redirects=True).text
    assert "Mine alone" not in client.get("/drafts").text
    form = {"csrf_token": token(client)}
    assert client.post(f"/drafts/{stamp.split('.')[0]}/discard", data=form).status_code == 404
    assert kept(app) == {("reply", "", "Mine alone")}
    enter(app, client, "ada")
    assert client.post(f"/drafts/{stamp.split('.')[0]}/discard", data={"csrf_token": token(client)}).status_code == 200
    assert kept(app) == set()


def test_who_throws_a_draft_away_may_bring_it_back(app, client, place):
    enter(app, client, "ada")
    at = f"/drafts/reply/{place}"
    stamp = keep(client, f"reply/{place}", {"body": "Or soap?", "reply_to": "1", "draft": ""}).json["stamp"]
    thrown = client.post(f"/drafts/{stamp.split('.')[0]}/discard", data={"csrf_token": token(client)}).text
    assert kept(app) == set()
    form = thrown[thrown.index(f'action="{at}"') :]
    assert ">Or soap?</textarea>" in form
    held = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert held["reply_to"] == "1"
    assert client.post(at, data={**held, "body": "Or soap?", "keep": "1"}).status_code == 303
    assert kept(app) == {("reply", "", "Or soap?")}


def test_a_place_one_may_not_see_any_more_gives_the_words_back_without_its_name(app, client, place):
    enter(app, client, "ada")
    keep(client, f"reply/{place}", {"body": "Worth keeping", "draft": ""})
    with writing(app) as session:
        from forum.boards.models import Board

        session.get(Topic, place).board_id = session.query(Board).filter_by(slug="desk").one().id
    page = client.get("/drafts").text
    assert "Worth keeping" in page
    assert "How do pegs stick?" not in page


def test_drafts_keep_their_pictures_and_are_forgotten_after_half_a_year(app, session, clock):
    ada = cast.member(session, "ada")
    actor = cast.actor(session, ada)
    from forum.uploads import actions as uploads
    from forum.uploads.addresses import path
    from forum.uploads.kinds import read_file

    upload = uploads.bring(session, actor, read_file(picture(), "a.png"), "uploads/a.png")
    actions.keep(session, actor, "reply", 1, Words(body=f"![]({path(upload)})"), Attempt(""))
    assert session.query(UploadUse).count() == 1
    for number in range(2, 201):
        actions.keep(session, actor, "reply", number, Words(body="words"), Attempt(""))
    with pytest.raises(Invalid, match="200 drafts"):
        actions.keep(session, actor, "reply", 201, Words(body="words"), Attempt(""))
    clock.shift(timedelta(days=179))
    from forum.permissions import HOUSE

    assert actions.forget_old(session, HOUSE, 300) == 0
    clock.shift(timedelta(days=2))
    assert actions.forget_old(session, HOUSE, 300) == 200
    assert session.query(UploadUse).count() == 0
    with pytest.raises(NotFound):
        queries.own(session, actor, 1)


def test_what_a_form_holds_comes_back_and_secrets_do_not():
    pairs = [("title", "T"), ("body", "B"), ("tags", "a"), ("tags", "b"), ("csrf_token", "x"), ("once", "y"), ("e", "")]
    assert sorted(fields_of(words_of(pairs))) == [("body", "B"), ("tags", "a"), ("tags", "b"), ("title", "T")]
    with pytest.raises(Invalid):
        words_of([("body", "x" * 40_001)])


# ── ask first, register later ─────────────────────────────────────────────────────────────────────


def sign_in_by_the_form(app, client):
    from forum.accounts.passwords import hash_password

    with writing(app) as session:
        cast.newcomer(session, "nova", password_hash=hash_password("a password of nova's"))
    return client.submit("/sign-in", {"login": "nova", "password": "a password of nova's"})


def test_a_guest_writes_first_and_posts_after_joining_with_one_press(app, client, place, unhurried):
    leave(client)
    notice = client.get(f"/t/{place}", follow_redirects=True).text
    assert "write now, and sign in afterwards" in notice
    page = f"/t/{place}?write=1"
    assert client.submit(page, {"body": "."}, form="/reply").status_code == 422
    answer = client.submit(page, {"body": "I **boil** mine."}, form="/reply")
    assert (answer.status_code, answer.location) == (303, "/waiting")
    waits = client.get("/waiting").text
    assert "<p>I <strong>boil</strong> mine.</p>" in waits
    assert "A reply in “How do pegs stick?”" in waits
    assert f'href="/t/{place}#reply"' in waits
    with reading(app) as session:
        assert session.query(Post).count() == 1
        assert session.query(WaitingText).count() == 1
    assert sign_in_by_the_form(app, client).location == "/waiting"
    back = client.get("/waiting").location
    assert back == f"/t/{place}#reply"
    assert "I **boil** mine.</textarea>" in client.get(back, follow_redirects=True).text
    with reading(app) as session:
        assert session.query(Post).count() == 1, "never posted by itself"
    assert client.submit(f"/t/{place}", form="/reply").status_code == 303
    with reading(app) as session:
        assert session.query(Post).count() == 2
        assert session.query(WaitingText).count() == 0


@pytest.mark.databases("sqlite")
def test_a_guests_topic_waits_a_week_and_becomes_a_draft_when_kept(app, client, place, clock, unhurried):
    leave(client)
    form = {"title": "Gut or nylon?", "body": "For a viol.", "tags": "gut"}
    assert client.get("/b/desk/new").status_code == 404
    assert client.submit("/b/talk/new", form).location == "/waiting"
    clock.shift(timedelta(days=6))
    sign_in_by_the_form(app, client)
    page = client.get("/b/talk/new").text
    assert 'value="Gut or nylon?"' in page
    clock.shift(timedelta(days=2))
    with app.app_context():
        jobs.forget_old_drafts()
    assert "For a viol." not in client.get("/b/talk/new").text


@pytest.mark.databases("sqlite")
def test_who_has_not_confirmed_their_address_sees_their_words_and_what_to_do(app, client, place, unhurried):
    leave(client)
    client.submit("/b/talk/new", {"title": "Gut or nylon?", "body": "For a *viol*."})
    enter(app, client, "nova", cast.unconfirmed)
    shown = client.get("/waiting").text
    assert "Confirm your e-mail address first" in shown
    assert "<em>viol</em>" in shown


@pytest.mark.databases("sqlite")
def test_where_members_may_not_write_guests_are_asked_to_sign_in_first(app, client, place):
    leave(client)
    with writing(app) as session:
        from forum.permissions import Group, Right

        cast.board(
            session, "news", kind="announcement", rights={Group.EVERYONE: [Right.SEE], Group.STAFF: [Right.START]}
        )
    assert client.get("/b/news/new").location.startswith("/sign-in")
    assert client.get("/b/talk/new").status_code == 200
