"""What staff say and arrange behind a topic, and that nobody else ever meets it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from forum.backstage import actions, queries
from forum.backstage.drafts import Assignee, NoteDraft
from forum.backstage.models import Assignment, InternalNote
from forum.core import clock as time
from forum.core.errors import Conflict, Invalid, Refused
from forum.mail.models import OutboxMessage
from forum.notifications.models import Notice
from forum.organization.models import Affiliation, RoleGrant
from forum.permissions import Act, Role, allows
from forum.posts.models import Post, Topic
from forum.posts.written import written_by
from tests import cast
from tests.machines.databases import reading, writing
from tests.machines.visitor import Visitor
from tests.posts.people import enter, read, send, token, topic_of
from tests.uploads.files import picture

SECRET = "wombat"
INSIDE = ("sid", "mod", "adm")
OUTSIDE = ("mia", "new", "gone", "ended", "elsewhere", "robo", "shut", "pat", None)


@pytest.fixture
def place(app, clock):
    """A question on a board, with everybody who may look behind it, and everybody who may not."""
    with writing(app) as session:
        board, other = cast.board(session, "practice", kind="question"), cast.board(session, "other")
        mia = cast.member(session, "mia")
        topic = cast.topic(session, board, mia, title="How do pegs stick")
        cast.newcomer(session, "new")
        cast.staff(session, "sid", roles=[Role.RESPONDER])
        cast.moderator(session, "mod")
        cast.administrator(session, "adm")
        gone = cast.staff(session, "gone", roles=[Role.RESPONDER])
        session.query(Affiliation).filter_by(account_id=gone.id).update({"until": time.now()})
        ended = cast.staff(session, "ended", roles=[Role.RESPONDER])
        session.query(RoleGrant).filter_by(account_id=ended.id).update({"until": time.now()})
        elsewhere = cast.staff(session, "elsewhere", roles=[Role.RESPONDER])
        session.query(RoleGrant).filter_by(account_id=elsewhere.id).update({"board_ids": [other.id]})
        robo = cast.staff(session, "robo", roles=[Role.RESPONDER])
        session.query(Affiliation).filter_by(account_id=robo.id).update({"kind": "bot"})
        cast.staff(session, "pat", cast.partner(session), roles=[Role.RESPONDER, Role.HOST])
        cast.suspend(session, cast.staff(session, "shut", roles=[Role.RESPONDER]))
        return topic.id


def account(session, name):
    return session.query(cast.Account).filter_by(name=name).one()


def actor(session, name):
    return cast.actor(session, account(session, name) if name is not None else None)


def leave_note(app, topic_id, by="sid", source=f"A {SECRET} was here."):
    with writing(app) as session:
        who = actor(session, by)
        draft = NoteDraft(written_by(session, who, source, "https://forum.test"))
        return actions.write_note(session, who, topic_of(session, topic_id), draft).id


def give(app, topic_id, to, by="sid", kind="person"):
    with writing(app) as session:
        id_ = account(session, to).id if kind == "person" else to
        row = actions.assign(session, actor(session, by), topic_of(session, topic_id), Assignee(kind, id_))
        return row.id


def mine(app, name):
    with reading(app) as session:
        return [row.topic.title for row in queries.assigned_to(session, actor(session, name), time.now())]


# ── who looks there ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_the_query_and_the_list_of_readers_say_the_same_of_everybody(app, place):
    leave_note(app, place)
    with reading(app) as session:
        topic = topic_of(session, place)
        readers = queries.readers_of(session, topic)
        for name in (*INSIDE, *OUTSIDE):
            who, may = actor(session, name), name in INSIDE
            assert allows(who, Act.SEE_BACKSTAGE, topic) is may, name
            assert (session.query(Topic).filter(Topic.id == place, queries.visible(who)).count() == 1) is may, name
            assert (queries.behind(session, who, topic) is not None) is may, name
            assert (who.account_id in readers) is may, name


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("name", OUTSIDE)
def test_no_page_feed_list_or_search_tells_others_of_a_note_or_whose_a_topic_is(app, client, place, name):
    leave_note(app, place)
    give(app, place, "sid")
    if name is not None:
        enter(app, client, name)
    addresses = ["/", f"/t/{place}", "/b/practice", "/latest", "/notifications", "/u/sid", f"/search?q={SECRET}"]
    for address in addresses:
        shown = client.get(address, follow_redirects=True).text.replace(f"q={SECRET}", "").replace(f'"{SECRET}"', "")
        assert "Behind this topic" not in shown, address
        assert f"A {SECRET}" not in shown, address
        assert "sees to it" not in shown, address
    page = "/sign-in" if name is None else "/"
    for address, data in (
        (f"/t/{place}/note", {"note": "Mine now."}),
        (f"/t/{place}/assign", {"assignee": "person:1"}),
        (f"/t/{place}/assigned", {"end": "done"}),
    ):
        assert send(client, page, address, **data).status_code in (401, 403, 404), address
    with reading(app) as session:
        assert session.query(InternalNote).count() == 1
        assert session.query(Assignment).filter(Assignment.until.is_(None)).count() == 1


def test_verbs_refuse_whoever_does_not_work_there(app, place):
    for name in OUTSIDE:
        with pytest.raises(Refused):
            leave_note(app, place, by=name)
        with pytest.raises(Refused):
            give(app, place, "sid", by=name)


# ── notes ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_note_is_no_post_and_moves_nothing(app, place):
    with reading(app) as session:
        before = session.get(Topic, place)
        was = (before.post_count, before.last_number, before.bumped_at, before.staff_reply_count)
    leave_note(app, place)
    with reading(app) as session:
        after = session.get(Topic, place)
        assert (after.post_count, after.last_number, after.bumped_at, after.staff_reply_count) == was
        assert session.query(Post).count() == 1


def test_whom_a_note_mentions_hears_of_it_if_they_can_read_it(app, place):
    leave_note(app, place, source="@mod and @adm look, not @mia, @gone, @elsewhere or @robo.")
    with reading(app) as session:
        told = session.query(Notice).filter_by(kind="internal_note").all()
        names = {session.get(cast.Account, one.recipient_id).name for one in told}
        assert names == {"mod", "adm"}
        assert session.query(Notice).count() == 2
        assert session.query(OutboxMessage).count() == 0


def test_staff_leave_a_note_in_the_browser_and_find_it_folded_under_the_topic(app, client, place):
    enter(app, client, "sid")
    assert client.submit(f"/t/{place}", {"note": f"A **{SECRET}**."}).status_code == 303
    enter(app, client, "mod")
    shown = read(client, f"/t/{place}")
    assert f"<strong>{SECRET}</strong>" in shown
    assert "1 note" in shown
    assert '<details class="fold backstage" id="backstage" >' in shown


def test_pressing_twice_leaves_one_note(app, client, place):
    enter(app, client, "sid")
    held = client.held(f"/t/{place}", "note")
    for _ in range(2):
        assert client.post(f"/t/{place}/note", data=held | {"note": "Once."}).status_code == 303
    with reading(app) as session:
        assert session.query(InternalNote).count() == 1


def test_a_note_that_is_refused_comes_back_with_its_words(app, client, place):
    enter(app, client, "sid")
    empty = client.submit(f"/t/{place}", {"note": "   "})
    assert empty.status_code == 422
    long = client.submit(f"/t/{place}", {"note": "word " * 1_700})
    assert long.status_code == 422
    assert "word word" in long.text
    assert "at most 8,000 characters" in long.text


def test_what_stands_in_the_editor_can_become_a_note_instead(app, client, place):
    enter(app, client, "sid")
    data = {"csrf_token": token(client, f"/t/{place}"), "body": "Not for members.", "intent": "answer"}
    answer = client.post(f"/t/{place}/note", data=data, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == f"/t/{place}-how-do-pegs-stick"
    with reading(app) as session:
        assert session.query(InternalNote).one().source == "Not for members."
        assert session.query(Post).count() == 1
    refused = client.post(f"/t/{place}/note", data=data | {"body": ""}, headers={"HX-Request": "true"})
    assert refused.headers["HX-Retarget"] == "#backstage"


# ── whose it is ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_topic_is_one_persons_at_a_time_who_hears_of_it_and_the_log_keeps_it_all(app, place):
    give(app, place, "mod")
    assert mine(app, "mod") == ["How do pegs stick"]
    with pytest.raises(Conflict):
        give(app, place, "mod")
    give(app, place, "adm", by="mod")
    assert mine(app, "mod") == []
    assert mine(app, "adm") == ["How do pegs stick"]
    with writing(app) as session:
        actions.end_assignment(session, actor(session, "adm"), topic_of(session, place), is_done=True)
    assert mine(app, "adm") == []
    with reading(app) as session:
        log = queries.behind(session, actor(session, "sid"), topic_of(session, place)).log
        assert [(one.account.name, one.outcome) for one in log] == [("adm", "done"), ("mod", "handed_on")]
        told = session.query(Notice).filter_by(kind="assigned").order_by(Notice.id).all()
        assert [session.get(cast.Account, one.recipient_id).name for one in told] == ["mod", "adm"]


@pytest.mark.parametrize("name", [name for name in OUTSIDE if name is not None])
def test_it_is_given_to_nobody_who_could_not_look_behind_it(app, place, name):
    with pytest.raises(Invalid):
        give(app, place, name)


def test_it_can_be_a_groups_and_those_of_it_who_work_there_hear_of_it(app, place):
    with writing(app) as session:
        crew, choir = cast.group(session, "Crew"), cast.group(session, "Choir")
        for name in ("mod", "adm"):
            cast.join(session, account(session, name), crew.id)
        for name in ("mod", "mia"):  # not all of them can look behind it
            cast.join(session, account(session, name), choir.id)
        crew_id, choir_id = crew.id, choir.id
    with pytest.raises(Invalid):
        give(app, place, choir_id, kind="group")
    with pytest.raises(Invalid):
        give(app, place, 2, kind="group")
    give(app, place, crew_id, kind="group")
    assert mine(app, "mod") == ["How do pegs stick"]
    assert mine(app, "mia") == []
    with reading(app) as session:
        told = session.query(Notice).filter_by(kind="assigned_group").all()
        assert [session.get(cast.Account, one.recipient_id).name for one in told] == ["mod", "adm"]


def test_whoever_stops_working_there_has_nothing_to_see_to_any_more(app, place, clock):
    give(app, place, "sid", by="mod")
    clock.shift(timedelta(hours=1))
    with writing(app) as session:
        session.query(RoleGrant).filter_by(account_id=account(session, "sid").id).update({"until": time.now()})
    assert mine(app, "sid") == []


def test_it_is_assigned_handed_over_and_done_in_the_browser(app, client: Visitor, place):
    enter(app, client, "sid")
    with reading(app) as session:
        mod = account(session, "mod").id
    assert client.submit(f"/t/{place}", {"assignee": f"person:{mod}"}, form="/assign").status_code == 303
    assert "mod sees to it" in read(client, f"/t/{place}")
    held = client.held(f"/t/{place}", "assignee")
    assert client.post(f"/t/{place}/assign", data=held | {"assignee": "person:nobody"}).status_code == 303
    assert "Choose somebody who works on this board" in read(client, f"/t/{place}")
    assert client.submit(f"/t/{place}", {"end": "done"}, form="/assigned").status_code == 303
    assert "nobody’s in particular" in read(client, f"/t/{place}")
    assert "sid gave it to mod" in read(client, f"/t/{place}")


@pytest.mark.usefixtures("uncounted")
def test_a_picture_in_a_note_is_seen_by_those_who_read_the_note(app, client, place):
    enter(app, client, "sid")
    form = {"csrf_token": token(client), "file": (io.BytesIO(picture()), "bow.png"), "alt": "A bow"}
    brought = client.post("/files", data=form).json
    assert client.submit(f"/t/{place}", {"note": brought["markdown"]}).status_code == 303
    with reading(app) as session:
        assert brought["path"] in session.query(InternalNote).one().html
    for name, status in (("mod", 200), ("mia", 404), ("elsewhere", 404)):
        enter(app, client, name)
        assert client.get(brought["path"]).status_code == status, name
