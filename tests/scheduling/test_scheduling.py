"""Topics that wait for their time, on both databases: published once, as their author, or given back with a reason."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum import wiring
from forum.boards.models import BoardRight
from forum.core import clock as clocks
from forum.core.db import db
from forum.core.errors import Invalid, NotFound
from forum.core.moments import typed_moment
from forum.drafts import actions as drafts
from forum.drafts.models import Draft
from forum.drafts.sequence import Attempt
from forum.drafts.words import Words
from forum.notifications.models import Notice
from forum.organization.voices import Voice
from forum.permissions import Group, Right
from forum.polls.models import Poll
from forum.posts.drafts import TopicDraft
from forum.posts.models import Post, Topic
from forum.scheduling import actions, queries
from forum.scheduling.events import ScheduledTopicPublished, ScheduledTopicRefused
from forum.scheduling.models import ScheduledTopic
from forum.uploads.models import Upload, UploadUse
from tests import cast
from tests.machines.databases import reading, writing
from tests.polls.people import WHICH
from tests.posts.doors import established
from tests.posts.people import enter, read, send

HOUR = timedelta(hours=1)


def waits(session, board, by, title="Gut for winter", at=HOUR, **given):
    answered = {"publish_at": (clocks.now() + at).isoformat()}
    draft = TopicDraft(title, cast.words(f"Words of {title}."), **given)
    actions.schedule(session, cast.actor(session, by), board, draft, answered)
    return session.query(ScheduledTopic).order_by(ScheduledTopic.id.desc()).first()


def run(app):
    with app.app_context():
        wiring.JOBS["publish_due"]()
        db.session.remove()


@pytest.fixture
def said(monkeypatch):
    heard, real = [], actions.emit
    monkeypatch.setattr(actions, "emit", lambda session, event: (heard.append(event), real(session, event)))
    return heard


def test_a_topic_is_published_at_its_time_once_with_all_that_came_along(app, clock, said):
    with writing(app) as session:
        ada, board = cast.member(session, "ada"), cast.board(session, kind="question")
        cast.tag(session, "gut")
        along = {"poll": WHICH.kept(), "later": {}}
        waits(session, board, ada, tags=("gut",), fields={"tried": "Silk"}, along=along, wants_org=True)
        ada_id = ada.id
    run(app)
    with reading(app) as session:
        assert session.query(Topic).count() == 0
    clock.shift(HOUR)
    for _ in range(2):
        run(app)
    with reading(app) as session:
        (topic,) = session.query(Topic).all()
        assert (topic.title, topic.author_id, topic.fields) == ("Gut for winter", ada_id, {"tried": "Silk"})
        assert topic.created_at == clocks.now()
        assert session.query(Poll).one().question == "Which gut?"
        assert session.query(Post).one().has_poll
        assert session.query(ScheduledTopic).count() == 0
    assert [event.by_hand for event in said if isinstance(event, ScheduledTopicPublished)] == [False]


def test_a_picture_of_words_that_wait_is_not_forgotten(app, clock):
    token = "a" * 24
    with writing(app) as session:
        ada, board = cast.member(session, "ada"), cast.board(session)
        brought = {"kind": "image", "key": "ab/bow.png", "size": 9, "name": "bow.png", "media_type": "image/png"}
        now = clocks.now()
        session.add(Upload(token=token, owner_id=ada.id, created_at=now, touched_at=now, **brought))
        session.flush()
        draft = TopicDraft("A new bow", cast.words(f"See ![the bow](/files/{token}.png)"))
        answered = {"publish_at": (now + timedelta(days=20)).isoformat()}
        actions.schedule(session, cast.actor(session, ada), board, draft, answered)
    clock.shift(timedelta(days=19))
    with app.app_context():
        wiring.JOBS["forget_unused_uploads"]()
        db.session.remove()
    with reading(app) as session:
        assert [use.place for use in session.query(UploadUse)] == ["scheduled"]
    clock.shift(timedelta(days=2))
    run(app)
    with reading(app) as session:
        assert session.query(Topic).count() == 1
        assert [use.place for use in session.query(UploadUse)] == ["post"]


def test_what_is_refused_becomes_a_draft_with_all_that_came_along_and_its_author_hears_why(app, clock, client, said):
    with writing(app) as session:
        ada, board = (
            cast.member(session, "ada", time_zone="Europe/Berlin"),
            cast.board(session, "talk", kind="question"),
        )
        cast.tag(session, "gut")
        poll = {**WHICH.kept(), "closes_at": (clocks.now() + 3 * HOUR).isoformat()}
        along = {"poll": poll, "later": {}}
        waits(session, board, ada, tags=("gut",), fields={"tried": "Silk"}, along=along, wants_org=True)
        ada_id, board_id = ada.id, board.id
        session.query(BoardRight).filter_by(board_id=board.id, right=Right.START).delete()
    clock.shift(HOUR)
    for _ in range(2):
        run(app)
    told = [event for event in said if isinstance(event, ScheduledTopicRefused)]
    assert [(event.account_id, event.is_draft) for event in told] == [(ada_id, True)]
    with reading(app) as session:
        assert (session.query(Topic).count(), session.query(ScheduledTopic).count()) == (0, 0)
        notice = session.query(Notice).one()
        assert (notice.recipient_id, notice.url) == (ada_id, "/drafts")
        assert notice.title == "Gut for winter · You may not do this here."
    enter(app, client, "ada")
    assert "Gut for winter" in read(client, "/drafts")
    with writing(app) as session:
        session.add(BoardRight(board_id=board_id, group_id=Group.MEMBERS, right=Right.START))
    form = read(client, "/b/talk/new")
    for kept in ("Gut for winter", "Words of Gut for winter.", "Silk", "Which gut?", 'value="2026-03-02T13:00"'):
        assert kept in form, kept
    assert re.search(r'value="gut"[^>]*checked|checked[^>]*value="gut"', form)
    answer = client.submit("/b/talk/new", {"body": "Words of Gut for this winter."})
    assert answer.status_code == 303, answer.text
    with reading(app) as session:
        assert session.query(Topic).one().wants_org
        assert session.query(Poll).one().question == "Which gut?"
        assert session.query(Draft).count() == 0


@pytest.mark.databases("sqlite")
def test_what_is_refused_where_another_topic_was_begun_waits_with_the_reason(app, clock, said):
    with writing(app) as session:
        ada, board = cast.member(session, "ada"), cast.board(session)
        waits(session, board, ada)
        drafts.keep(session, cast.actor(session, ada), "topic", board.id, Words("Another", "Begun."), Attempt(""))
        ada_id = ada.id
        board.archived_at = clocks.now()
    clock.shift(HOUR)
    for _ in range(2):
        run(app)
    assert [event.is_draft for event in said if isinstance(event, ScheduledTopicRefused)] == [False]
    with reading(app) as session:
        (row,) = queries.scheduled(session, cast.actor(session, session.get(cast.Account, ada_id)))
        assert row.refusal
        assert row.source == "Words of Gut for winter."
        assert session.query(Draft).one().body == "Begun."
        assert session.query(Notice).one().url == "/scheduled"


def test_a_pause_between_two_topics_only_delays_the_second(app, clock):
    with writing(app) as session:
        ada, board = cast.member(session, "ada"), cast.board(session)
        for number in (1, 2):
            waits(session, board, ada, f"Number {number}")
    clock.shift(HOUR)
    run(app)
    with reading(app) as session:
        assert [topic.title for topic in session.query(Topic)] == ["Number 1"]
    clock.shift(timedelta(minutes=1))
    run(app)
    with reading(app) as session:
        assert session.query(Topic).count() == 2


def test_the_many_topics_of_one_do_not_hold_up_another(app, clock, monkeypatch):
    from forum.scheduling import jobs

    monkeypatch.setattr(jobs, "BATCH", 2)
    with writing(app) as session:
        ada, bo, board = cast.member(session, "ada"), cast.member(session, "bo"), cast.board(session)
        for number in range(4):
            waits(session, board, ada, f"Number {number}")
        waits(session, board, bo, "The other", at=HOUR * 1.01)
    clock.shift(HOUR * 2)
    run(app)
    with reading(app) as session:
        assert {topic.title for topic in session.query(Topic)} == {"Number 0", "The other"}


def test_a_closed_account_publishes_nothing_any_more(app, clock):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        waits(session, cast.board(session), ada)
        ada.deactivated_at = clocks.now()
    clock.shift(HOUR)
    run(app)
    with reading(app) as session:
        assert session.query(Topic).count() == 0


def test_a_worker_that_dies_in_the_middle_leaves_it_waiting(app, clock, monkeypatch):
    with writing(app) as session:
        waits(session, cast.board(session), cast.member(session, "ada"))
    clock.shift(HOUR)
    with monkeypatch.context() as patched:
        patched.setattr(actions, "emit", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            run(app)
    with app.app_context():
        db.session.remove()
    run(app)
    with reading(app) as session:
        assert (session.query(Topic).count(), session.query(ScheduledTopic).count()) == (1, 0)


def test_nobody_else_sees_or_touches_it_and_pressing_twice_keeps_one(session):
    ada, bo, board = cast.member(session, "ada"), cast.member(session, "bo"), cast.board(session)
    row = waits(session, board, ada, once="abc")
    assert waits(session, board, ada, once="abc") is row
    assert queries.scheduled(session, cast.actor(session, bo)) == []
    for person in (bo, cast.administrator(session), None):
        with pytest.raises(NotFound):
            queries.one(session, cast.actor(session, person), row.id)
    for at in (-HOUR, timedelta(days=999)):
        with pytest.raises(Invalid):
            waits(session, board, ada, at=at)


def test_a_member_schedules_edits_publishes_and_cancels(app, client):
    with writing(app) as session:
        cast.board(session, "talk")
    enter(app, client, "ada")
    at = typed_moment(clocks.now() + 2 * HOUR, "UTC")
    typed = {"title": "Gut for winter", "body": "Please wait.", "poll-question": "Which?", "poll-options": "A\nB"}
    answer = send(client, "/b/talk/new", "/b/talk/new", **typed, **{"later-publish_at": at})
    assert answer.headers["Location"] == "/scheduled"
    assert "Gut for winter" in read(client, "/scheduled")
    assert "Gut for winter" not in read(client, "/b/talk")
    form = read(client, "/scheduled/1/edit")
    for kept in ("Please wait.", "A\nB", f'value="{at}"'):
        assert kept in form
    changed = {**typed, "title": "Silk for winter", "later-publish_at": at}
    assert send(client, "/scheduled", "/scheduled/1/edit", **{**changed, "later-publish_at": "x"}).status_code == 422
    look = send(client, "/scheduled", "/scheduled/1/edit", **{**changed, "body": "Very **soft**", "preview": "1"})
    assert "<strong>soft</strong>" in look.text
    assert send(client, "/scheduled", "/scheduled/1/edit", **changed).status_code == 303
    place = send(client, "/scheduled", "/scheduled/1/publish").headers["Location"]
    assert "Silk for winter" in read(client, place)
    assert "Nothing is waiting" in read(client, "/scheduled")
    send(client, "/b/talk/new", "/b/talk/new", **changed)
    send(client, "/scheduled", "/scheduled/2/cancel")
    assert "Nothing is waiting" in read(client, "/scheduled")


def test_an_edit_that_was_interrupted_comes_back_and_goes_on_once_it_is_published(app, client, clock):
    enter(app, client, "ada")
    with writing(app) as session:
        row = waits(session, cast.board(session), session.query(cast.Account).filter_by(name="ada").one())
        number, title = row.id, row.title
    page = f"/scheduled/{number}/edit"
    form = {**client.held(page, "body"), "title": "Silk for winter", "body": "Words of silk."}
    for place in (f"/drafts/scheduled/{number}",) * 2:
        stamp = client.post(place, data=form, headers={"Accept": "application/json"}).json["stamp"]
        form |= {"draft": stamp, "body": form["body"] + " More."}
    held = client.held(page, "body")
    assert (held["title"], held["body"]) == ("Silk for winter", "Words of silk. More.")
    assert held["later-publish_at"] == form["later-publish_at"]
    assert page in client.get("/drafts").text
    stale = client.post(f"/drafts/scheduled/{number}", data={**form, "draft": "", "tab": ""})
    assert stale.status_code == 409, "a tab that has not seen it overwrites nothing"
    assert client.submit(page, {"body": "Words of silk, kept."}, form="").status_code == 303
    with reading(app) as session:
        assert session.get(ScheduledTopic, number).source == "Words of silk, kept."
        assert session.query(Draft).count() == 0
    again = {**client.held(page, "body"), "body": "Words of hemp."}
    client.post(f"/drafts/scheduled/{number}", data=again, headers={"Accept": "application/json"})
    clock.shift(HOUR)
    run(app)
    with reading(app) as session:
        edit = f"/p/{session.query(Post).one().id}/edit"
    assert client.held(edit, "body")["body"] == "Words of hemp."
    assert client.submit(edit, form="/edit").status_code == 303
    assert title not in read(client, edit.removesuffix("/edit"))


def test_a_form_that_was_scheduled_is_no_draft_when_its_words_arrive_late(app, client):
    enter(app, client, "ada")
    with writing(app) as session:
        board_id = cast.board(session, "talk").id
    later = typed_moment(clocks.now() + HOUR, "UTC")
    form = {**client.held("/b/talk/new", "body"), "title": "Later", "body": "Words.", "later-publish_at": later}
    assert client.post("/b/talk/new", data=form).location == "/scheduled"
    client.post(f"/drafts/topic/{board_id}", data=form, headers={"Accept": "application/json"})
    with reading(app) as session:
        assert session.query(Draft).count() == 0


def test_the_clock_is_no_door_past_the_guard(app, clock):
    """A topic of the organization that is one too many when its time comes goes back to its author's drafts."""
    with writing(app) as session:
        sid, board = cast.staff(session, "sid"), cast.board(session)
        waits(session, board, sid, voice=Voice("seed", "official", "seeder"))
    clock.shift(HOUR)
    with established(our_topics=8, topics=20):
        run(app)
    with reading(app) as session:
        assert session.query(Topic).count() == 0
        assert session.query(Draft).one().title == "Gut for winter"
        assert (
            "we have begun 42.9 % of the topics here" in session.query(Notice).filter_by(kind="unpublished").one().title
        )
