"""Replies of the organization that leave members the first word (`organization.md` §3.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import Conflict, Refused
from forum.notifications.models import Notice
from forum.organization.overriding import HeldBack
from forum.organization.voices import Voice
from forum.posts import actions, jobs
from forum.posts.guard_models import StandBy
from forum.posts.models import Post, Topic
from forum.posts.standbys import EVERY, LONGEST, Seen, State, next_look, turned
from tests import cast
from tests.machines.databases import reading, writing
from tests.organization.scenes import NOW
from tests.posts.doors import established, hours, living, posts_of, question

ANSWER = Voice("answer", "official", "responder")
SEEN = st.builds(
    Seen,
    now=st.just(NOW),
    kept_at=st.sampled_from([NOW, NOW - timedelta(hours=1), NOW - LONGEST, NOW - 2 * LONGEST]),
    level=st.integers(0, 3),
    is_over=st.booleans(),
    peer_replied=st.booleans(),
    author_is_staff=st.booleans(),
    is_released=st.booleans(),
    is_taken_back=st.booleans(),
)


# ── the table ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(SEEN)
def test_nothing_is_posted_that_the_guard_holds_or_a_member_made_needless(seen):
    if turned(State.HELD, seen) in (State.PUBLISHED, State.RELEASED):
        assert seen.level <= 1
        assert seen.author_is_staff
        assert True not in (seen.peer_replied, seen.is_over, seen.is_taken_back, seen.is_old)


@given(SEEN, st.sampled_from([state for state in State if state is not State.HELD]))
def test_what_is_settled_stays_as_it_is(seen, state):
    assert turned(state, seen) is state


@given(SEEN)
def test_nothing_waits_for_longer_than_a_week_and_what_waits_is_held_by_the_guard(seen):
    if turned(State.HELD, seen) is State.HELD:
        assert not seen.is_old
        assert seen.level >= 2


@given(SEEN)
def test_a_member_who_answered_always_comes_before_the_clock(seen):
    if seen.peer_replied and not (seen.is_over or seen.is_taken_back):
        assert turned(State.HELD, seen) is State.CANCELLED


def test_it_is_looked_at_every_hour_and_when_members_have_had_their_time():
    assert next_look(NOW, None) == NOW + EVERY
    assert next_look(NOW, NOW + timedelta(minutes=20)) == NOW + timedelta(minutes=20)
    assert next_look(NOW, NOW + timedelta(hours=9)) == NOW + EVERY
    assert next_look(NOW, NOW - EVERY) == NOW + EVERY


# ── A2, A3, A4 ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def asked(app, clock):
    """A question of twenty minutes ago, on a Monday morning; its author, a member of staff and a peer."""
    with writing(app) as session:
        ann, sid, pia = (cast.member(session, "ann"), cast.staff(session, "sid"), cast.member(session, "pia"))
        topic = question(session, ann)
        clock.shift(timedelta(minutes=20))
        return topic, ann, sid, pia


def state_of(app, row):
    with reading(app) as session:
        return session.get_one(StandBy, row.id).state


def kept(app, topic, sid, **given):
    with established(), writing(app) as session:
        row = cast.try_to_reply(session, living(session, topic), sid, voice=ANSWER, **given)
        assert isinstance(row, StandBy)
        return row


@pytest.fixture
def held(app, asked):
    return kept(app, asked[0], asked[2])


def test_an_answer_after_twenty_minutes_stands_by_and_nobody_sees_it(app, clock, asked, held):
    with reading(app) as session:
        topic = session.get_one(Topic, asked[0].id)
        assert [post.author_id for post in posts_of(session, topic)] == [asked[1].id]
        assert (topic.post_count, topic.staff_reply_count, topic.stand_by_id) == (1, 0, held.id)
    assert held.until == asked[0].created_at + hours(12)  # Monday 09:00 to 21:00


def test_a_member_answers_and_the_stand_by_is_not_needed(app, clock, asked, held):
    topic, _ann, sid, pia = asked
    with established(), writing(app) as session:
        answer = cast.reply(session, living(session, topic), pia)
    clock.shift(timedelta(days=2))
    with established(), app.app_context():
        jobs.turn_stand_bys()
    with reading(app) as session:
        row = session.get_one(StandBy, held.id)
        assert (row.state, row.post_id) == ("cancelled_by_peer", answer.id)
        assert row.source.startswith("An answer")  # nothing that was written is lost
        assert all(not post.affiliation_kind for post in posts_of(session, topic))
        assert session.query(Notice).filter_by(recipient_id=sid.id, kind="stand_by_answered").count() == 1


def test_without_a_member_it_is_posted_when_the_window_ends_with_its_label(app, clock, asked, held):
    topic, _ann, sid, _pia = asked
    with established(), app.app_context():
        clock.shift(hours(11))
        jobs.turn_stand_bys()
        assert state_of(app, held) == "held"
        clock.move_to(held.until)
        jobs.turn_stand_bys()
        jobs.turn_stand_bys()  # twice is once
    with reading(app) as session:
        opening, posted = posts_of(session, topic)
        row = session.get_one(StandBy, held.id)
        assert (row.state, row.post_id) == ("published", posted.id)
        assert (posted.waited_since, posted.created_at) == (held.created_at, held.until)
        assert (posted.intent, posted.role, posted.affiliation_kind) == ("answer", "responder", "staff")
        assert session.get_one(Topic, topic.id).stand_by_id is None
        assert session.query(Notice).filter_by(recipient_id=sid.id, kind="stand_by_posted").count() == 1
        assert opening.waited_since is None


def test_a_welcome_does_not_wait(app, asked):
    with established(), writing(app) as session:
        welcome = Voice("welcome", "official", "responder")
        assert isinstance(cast.try_to_reply(session, living(session, asked[0]), asked[2], voice=welcome), Post)


def test_members_never_wait_and_the_guard_asks_nothing_of_the_database_for_them(app, asked, monkeypatch):
    def alarm(*_args, **_kwargs):
        raise AssertionError

    monkeypatch.setattr("forum.organization.queries.state.board_state", alarm)
    monkeypatch.setattr("forum.posts.actions.guarding.topic_facts", alarm)
    with writing(app) as session:
        assert isinstance(cast.reply(session, living(session, asked[0]), asked[3]), Post)


# ── what else becomes of it ───────────────────────────────────────────────────────────────────────────────────────────


def test_who_asked_would_be_glad_of_it_now(app, clock, asked, held):
    topic, ann, *_ = asked
    with established(), writing(app) as session:
        actions.waive_turn(session, cast.actor(session, ann), living(session, topic))
    with established(), app.app_context():
        clock.shift(timedelta(minutes=1))
        jobs.turn_stand_bys()
    assert state_of(app, held) == "released_by_asker"
    with reading(app) as session:
        assert len(posts_of(session, topic)) == 2


def test_its_author_takes_it_back_and_nobody_else_may(app, asked, held):
    topic, _ann, sid, pia = asked
    with writing(app) as session:
        row = session.get_one(StandBy, held.id)
        row.topic = living(session, topic)
        with pytest.raises(Refused):
            actions.withdraw_stand_by(session, cast.actor(session, pia), row)
        actions.reword_stand_by(session, cast.actor(session, sid), row, cast.words("Better words."))
        actions.withdraw_stand_by(session, cast.actor(session, sid), row)
        assert (row.state, row.source, row.topic.stand_by_id) == ("withdrawn", "Better words.", None)
        with pytest.raises(Conflict):
            actions.withdraw_stand_by(session, cast.actor(session, sid), row)


def test_two_in_one_topic_the_first_wins_and_the_second_is_told(app, asked, held):
    with established(), writing(app) as session:
        topic = living(session, asked[0])
        for who in (cast.staff(session, "tom"), asked[2]):
            with pytest.raises(HeldBack, match="standing by here already"):
                cast.try_to_reply(session, topic, who, voice=ANSWER)


def test_pressing_twice_keeps_once(app, asked):
    with established(), writing(app) as session:
        topic = living(session, asked[0])
        one, two = (cast.try_to_reply(session, topic, asked[2], voice=ANSWER, once="same") for _ in range(2))
        assert one is two


@pytest.mark.parametrize("end", ["locked_at", "archived_at", "deleted_at", "solved_at"])
def test_a_topic_that_is_over_needs_no_answer(app, clock, asked, held, end):
    with writing(app) as session:
        setattr(session.get_one(Topic, asked[0].id), end, held.created_at)
    with established(), app.app_context():
        clock.shift(hours(1))
        jobs.turn_stand_bys()
    assert state_of(app, held) == "moot"


def test_who_left_the_organization_does_not_speak_for_it(app, clock, asked, held):
    with writing(app) as session:
        for affiliation in session.query(cast.Affiliation).filter_by(account_id=asked[2].id):
            affiliation.until = held.created_at
    with established(), app.app_context():
        clock.shift(hours(13))
        jobs.turn_stand_bys()
    assert state_of(app, held) == "expired"


def test_after_a_week_it_is_too_late(app, clock, asked):
    with established(our_posts=60), writing(app) as session:  # far above our share: no window end helps
        grounds = actions.guarding.Grounds(stands_by=True)
        topic = living(session, asked[0])
        row = cast.try_to_reply(session, topic, asked[2], voice=ANSWER, grounds=grounds)
    with established(our_posts=60), app.app_context():
        clock.shift(hours(29))  # before the silence is a duty
        jobs.turn_stand_bys()
        assert state_of(app, row) == "held"
        clock.shift(LONGEST)
        jobs.turn_stand_bys()
    assert state_of(app, row) == "expired"


def test_a_bots_reply_without_a_purpose_is_an_answer_and_stands_by(app, asked):
    with established(), writing(app) as session:
        bot = cast.member(session, "robo")
        host = cast.host(session)
        since = asked[0].created_at
        session.add(cast.Affiliation(account_id=bot.id, organization_id=host.id, kind="bot", since=since))
        session.flush()
        topic = living(session, asked[0])
        assert isinstance(cast.try_to_reply(session, topic, bot), StandBy)
