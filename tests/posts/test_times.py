"""Topics that close and open by the clock, slow boards, and wiki posts, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum import wiring
from forum.boards.models import Board
from forum.core import clock as clocks
from forum.core.db import db
from forum.core.errors import Invalid, Refused, TooSoon
from forum.permissions import HOUSE
from forum.posts import actions
from forum.posts.actions import timing
from forum.posts.actions.timing import Timer
from forum.posts.check import drifts
from forum.posts.drafts import EditDraft, ReplyDraft
from forum.posts.models import Post, Topic
from forum.posts.queries import post_for_update, topic_for_update
from tests import cast
from tests.conftest import MONDAY_MORNING
from tests.machines.databases import writing
from tests.posts.people import enter, press, read, send

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def scene(session, clock):
    mod, ada = cast.moderator(session, "mod"), cast.member(session, "ada")
    topic = cast.topic(session, cast.board(session), ada)
    return cast.actor(session, mod), ada, topic


def notes(session, topic):
    rows = session.query(Post.action).filter(Post.topic_id == topic.id, Post.action != "").order_by(Post.number)
    return [action for (action,) in rows]


def test_a_topic_closes_at_its_hour_and_opens_again_each_once(session, scene, clock):
    mod, _ada, topic = scene
    now = clocks.now()
    actions.set_timer(session, mod, topic, Timer(closes_at=now + HOUR, opens_at=now + DAY))
    assert actions.turn_due_topics(session, HOUSE) == 0
    clock.shift(HOUR)
    for _ in range(2):
        actions.turn_due_topics(session, HOUSE)
    assert topic.locked_at is not None
    clock.shift(DAY)
    for _ in range(2):
        actions.turn_due_topics(session, HOUSE)
    assert topic.locked_at is None
    assert notes(session, topic) == ["timed.locked", "timed.unlocked"]
    assert (topic.closes_at, topic.opens_at) == (None, None)
    assert list(drifts(session)) == []


def test_silence_is_counted_from_the_last_post(session, scene, clock):
    mod, ada, topic = scene
    actions.set_timer(session, mod, topic, Timer(silent_days=3))
    clock.shift(2 * DAY)
    cast.reply(session, topic, ada)
    clock.shift(2 * DAY)
    actions.turn_due_topics(session, HOUSE)
    assert topic.locked_at is None
    clock.shift(DAY)
    actions.turn_due_topics(session, HOUSE)
    assert topic.locked_at is not None


@pytest.mark.parametrize(
    "timer",
    [
        Timer(silent_days=0),
        Timer(silent_days=9999),
        Timer(opens_at=MONDAY_MORNING + DAY),
        Timer(closes_at=MONDAY_MORNING - HOUR),
        Timer(closes_at=MONDAY_MORNING + DAY, opens_at=MONDAY_MORNING + HOUR),
        Timer(closes_at=MONDAY_MORNING + DAY, silent_days=3),
    ],
)
def test_times_that_make_no_sense_are_refused(session, scene, timer):
    mod, ada, topic = scene
    with pytest.raises(Invalid):
        actions.set_timer(session, mod, topic, timer)
    with pytest.raises(Refused):
        actions.set_timer(session, cast.actor(session, ada), topic, Timer(silent_days=3))


def test_locking_by_hand_takes_the_times_away(session, scene):
    mod, _ada, topic = scene
    actions.set_timer(session, mod, topic, Timer(silent_days=3))
    actions.lock(session, mod, topic)
    assert (topic.closes_at, topic.silent_days) == (None, None)
    actions.set_timer(session, mod, topic, Timer(opens_at=clocks.now() + DAY))
    actions.unlock(session, mod, topic)
    assert topic.opens_at is None


def test_a_worker_that_dies_leaves_the_topic_open_and_the_next_one_closes_it(app, clock, monkeypatch):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session), cast.member(session, "ada"))
        topic.closes_at, topic_id = clocks.now() + HOUR, topic.id
    clock.shift(2 * HOUR)
    with app.app_context():
        with monkeypatch.context() as patched:
            patched.setattr(timing, "emit", lambda *_: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                wiring.JOBS["turn_due_topics"]()
        for locked, times in ((False, 0), (True, 2)):
            for _ in range(times):
                wiring.JOBS["turn_due_topics"]()
            topic = db.session().get(Topic, topic_id)
            assert (topic.locked_at is not None) == locked
            assert notes(db.session(), topic) == ["timed.locked"] * locked
            db.session.remove()


def test_a_moderator_sets_the_times_and_readers_are_told(app, client):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session), cast.member(session, "ada"))
        place, address = f"/t/{topic.id}-{topic.slug}", f"/t/{topic.id}/timer"
    enter(app, client, "mod", cast.moderator)
    assert address in read(client, place)
    assert send(client, address, address, silent_days="x").status_code == 422
    assert send(client, address, address, silent_days="30").status_code == 303
    assert "This topic closes 30 days after its last post." in read(client, place)
    assert 'value="30"' in read(client, address)
    enter(app, client, "bo")
    assert "30 days after its last post" in read(client, place)
    assert send(client, place, address, silent_days="30").status_code == 403


def test_a_slow_board_lets_everybody_wait_but_those_who_look_after_it(session, clock):
    board = cast.board(session, slow_minutes=10)
    ada, rena, mod = cast.member(session, "ada"), cast.staff(session, "rena"), cast.moderator(session, "mod")
    topic, elsewhere = cast.topic(session, board, ada), cast.topic(session, cast.board(session), ada)

    def replies(person, to, words):
        draft = ReplyDraft(cast.words(words), confirmed=frozenset({"old", "row"}))
        actions.reply(session, cast.actor(session, person), to, draft)

    for person in (ada, rena, mod):
        clock.shift(timedelta(minutes=1))
        replies(person, topic, f"One of {person.name}")
    clock.shift(timedelta(minutes=1))
    replies(mod, topic, "Two of mod")
    replies(ada, elsewhere, "Elsewhere")
    for person in (ada, rena):
        clock.shift(timedelta(seconds=30))
        with pytest.raises(TooSoon) as refusal:
            replies(person, topic, f"Two of {person.name}")
        assert 300 < refusal.value.seconds < 600
    clock.shift(timedelta(minutes=9))
    replies(ada, topic, "Two of ada")


def test_a_wiki_is_edited_by_everybody_who_may_reply_and_shows_who_did(app, client):
    with writing(app) as session:
        ada, bo = cast.member(session, "ada"), cast.member(session, "bo", display_name="Bo Brandt")
        topic = cast.topic(session, cast.board(session), ada)
        place = f"/t/{topic.id}-{topic.slug}"
        post_id = session.query(Post.id).filter_by(topic_id=topic.id).scalar()
        reference = cast.topic(session, cast.board(session, kind="reference"), ada)
        assert session.query(Post).filter_by(topic_id=reference.id).one().is_wiki
        bo_id = bo.id
    enter(app, client, "bo")
    assert send(client, place, f"/p/{post_id}/wiki").status_code == 403
    enter(app, client, "ada")
    press(client, place, f"/p/{post_id}/wiki")
    with writing(app) as session:
        actor = cast.actor(session, session.get(cast.Account, bo_id))
        post = post_for_update(session, actor, post_id)
        actions.edit_post(session, actor, post, EditDraft(cast.words("Kept up by many."), post.revision_count))
    assert "Wiki, last edited by Bo Brandt" in read(client, place)
    press(client, place, f"/p/{post_id}/end-wiki")
    with writing(app) as session:
        actor = cast.actor(session, session.get(cast.Account, bo_id))
        with pytest.raises(Refused):
            actions.edit_post(session, actor, post_for_update(session, actor, post_id), EditDraft(cast.words("No."), 1))
        assert topic_for_update(session, actor, post.topic_id)
        assert session.query(Board).count() == 2
