"""Who waits for the organization, and how it kept what it promised."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from forum.core import clock as clocks
from forum.organization.charter import Clock, Commitment, Kind
from forum.organization.charter_json import to_json
from forum.organization.models import Affiliation, CharterVersion, RoleGrant
from forum.organization.queries.chartering import REMEMBERED, charter_history
from forum.organization.voices import Voice
from forum.permissions import Role
from forum.posts import actions
from forum.posts.models import Post, Topic
from forum.posts.queries.situation import topic_facts
from forum.stewardship.queries.commitments import attained, open_duties
from tests import cast
from tests.organization import charters
from tests.posts.doors import living
from tests.posts.people import counted

ANSWER, HELLO = Voice("answer", "official", "responder"), Voice("welcome", "official", "responder")
OFFICIAL = Voice("official", "official", "responder")
DAY_AND_NIGHT = {Kind.NO_SILENCE: Commitment(24, Clock.WALL), Kind.NEWCOMER_HELLO: Commitment(24, Clock.WALL)}


def hours(n):
    return timedelta(hours=n)


def question(session, by=None, board=None, **given):
    """What somebody asks who has been here for long."""
    who = by or cast.member(session)
    before = cast.topic(session, cast.board(session), who)
    before.created_at -= timedelta(days=300)
    session.query(Post).filter_by(topic_id=before.id).one().created_at = before.created_at
    session.flush()
    return cast.topic(session, board or cast.board(session, kind="question"), who, **given)


def machine(session):
    """An automated account of the house."""
    bot = cast.staff(session)
    session.query(Affiliation).filter_by(account_id=bot.id).one().kind = "bot"
    session.flush()
    return bot


def promise(session, commitments=DAY_AND_NIGHT, number=1, ago=timedelta(days=100), **said):
    """A charter that was saved so long ago."""
    charter = charters.but(commitments=commitments, **({"roles": {}} | said))
    session.add(
        CharterVersion(
            organization_id=cast.host(session).id, number=number, data=to_json(charter), saved_at=clocks.now() - ago,
            note="",
        )
    )  # fmt: skip
    session.flush()


def due(session, **given):
    return [(str(duty.kind), duty.topic_id) for duty in open_duties(session, clocks.now(), **given)]


def kept(session, kind="no_silence", **given):
    found = attained(session, clocks.now(), **given)[kind]
    return found.kept, found.missed, found.pending


# ── how it was kept ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_of_six_who_asked_two_were_heard_in_time_two_not_and_two_may_still_be(session, clock):
    """(age, reply) with a target of 24 hours: (30,2) (30,25) (30,–) (10,–) (10,1) (24,–)."""
    promise(session)
    pia = cast.member(session)
    now = clocks.now()
    for age, answered in ((30, 2), (30, 25), (30, None), (10, None), (10, 1), (24, None)):
        clock.move_to(now - hours(age))
        topic = question(session)
        if answered is not None:
            clock.move_to(now - hours(age - answered))
            cast.reply(session, topic, pia)
    clock.move_to(now)
    found = attained(session, now)["no_silence"]
    assert (found.kept, found.missed, found.pending) == (2, 2, 2)
    assert (found.share, found.settled) == (None, 4)
    assert (found.target, found.clock, found.percentage) == (24, Clock.WALL, 90)
    clock.shift(hours(1))  # now the one who asked a day ago waits too long
    assert attained(session, clocks.now())["no_silence"].share == Fraction(2, 5)


@pytest.mark.parametrize(
    ("who", "voice", "counts"),
    (
        (cast.member, Voice(), True),
        (cast.staff, HELLO, True),
        (cast.staff, Voice("moderate", "official", "host"), False),
        (machine, ANSWER, False),
    ),
    ids=("a member", "a hello", "housekeeping", "a machine"),
)
def test_any_human_being_ends_the_silence(session, clock, who, voice, counts):
    promise(session)
    topic = question(session)
    cast.reply(session, topic, who(session), voice=voice)
    clock.shift(hours(25))
    assert kept(session) == ((1, 0, 0) if counts else (0, 1, 0))


def test_an_asker_who_adds_something_has_no_reply_yet(session, clock):
    promise(session)
    ann = cast.member(session)
    cast.reply(session, question(session, ann), ann)
    clock.shift(hours(25))
    assert kept(session) == (0, 1, 0)


@pytest.mark.parametrize(
    ("deleted_after", "by_its_author", "counts"),
    ((timedelta(minutes=30), True, False), (hours(2), True, True), (hours(2), False, False)),
    ids=("a second thought", "later", "by a moderator"),
)
def test_a_reply_that_is_gone(session, clock, deleted_after, by_its_author, counts):
    promise(session)
    pia, topic = cast.member(session), question(session)
    post = cast.reply(session, topic, pia)
    clock.shift(deleted_after)
    if by_its_author:
        actions.delete_post(session, cast.actor(session, pia), in_place(session, post))
    else:
        cast.remove(session, cast.moderator(session), post)
    clock.shift(hours(25))
    assert kept(session) == ((1, 0, 0) if counts else (0, 1, 0))
    assert due(session) == ([] if counts else [("no_silence", topic.id)])


def in_place(session, post):
    """A post with topic and board, as verbs want it."""
    wanted = select(Post).join(Post.topic).join(Topic.board).where(Post.id == post.id)
    return session.scalars(wanted.options(contains_eager(Post.topic).contains_eager(Topic.board))).one()


def test_what_was_closed_or_removed_before_it_was_due_is_nobodys_fault(session, clock):
    promise(session)
    closed, late, removed, merged = (question(session) for _ in range(4))
    clock.shift(hours(20))
    closed.locked_at, removed.deleted_at, merged.duplicate_of_id = clocks.now(), clocks.now(), late.id
    clock.shift(hours(20))
    late.locked_at = clocks.now()
    session.flush()
    assert kept(session) == (0, 1, 0)
    assert due(session) == []


def test_what_was_due_more_than_28_days_ago_is_history(session, clock):
    promise(session)
    question(session)
    clock.shift(timedelta(days=28, hours=23))
    assert kept(session) == (0, 1, 0)
    clock.shift(hours(2))
    assert kept(session) == (0, 0, 0)


def test_service_hours_stand_still_at_the_weekend(session, clock):
    """Monday to Friday, nine to five: eight hours after Friday noon are Monday noon."""
    promise(session, {Kind.NO_SILENCE: Commitment(8, Clock.SERVICE)})
    clock.shift(timedelta(days=4, hours=3))
    question(session)
    clock.shift(timedelta(days=3))
    assert kept(session) == (0, 0, 1)
    clock.shift(timedelta(minutes=1))
    assert kept(session) == (0, 1, 0)


def test_whoever_asks_us_hears_from_us(session, clock):
    promise(session, {**DAY_AND_NIGHT, Kind.ORG_QUESTION: Commitment(48, Clock.WALL)})
    pia, sid, topic = cast.member(session), cast.staff(session), question(session, wants_org=True)
    cast.reply(session, topic, pia)
    cast.reply(session, topic, sid, voice=HELLO)
    clock.shift(hours(10))
    assert (kept(session), kept(session, "org_question")) == ((1, 0, 0), (0, 0, 1))
    assert due(session) == [("org_question", topic.id)]
    cast.reply(session, topic, sid, voice=OFFICIAL)
    assert kept(session, "org_question") == (1, 0, 0)
    assert due(session) == []


def test_an_idea_hears_how_far_it_is_and_is_decided(session, clock):
    promise(session, {Kind.IDEA_STATUS: Commitment(24, Clock.WALL), Kind.IDEA_DECISION: Commitment(72, Clock.WALL)})
    idea = question(session, board=cast.board(session, kind="idea"))
    lena = cast.actor(session, cast.staff(session))
    clock.shift(hours(12))
    assert due(session) == [("idea_status", idea.id)]
    actions.change_state(session, lena, living(session, idea), "discussion", cast.words("We look into it."))
    assert (kept(session, "idea_status"), kept(session, "idea_decision")) == ((1, 0, 0), (0, 0, 1))
    assert due(session) == []
    clock.shift(hours(61))
    assert due(session) == [("idea_decision", idea.id)]
    actions.change_state(session, lena, living(session, idea), "declined", cast.words("It would not hold."))
    assert (kept(session, "idea_decision"), due(session)) == ((0, 1, 0), [])


def test_what_was_promised_when_somebody_asked_is_what_counts(session, clock):
    promise(session)
    question(session)
    clock.shift(hours(1))
    promise(session, {Kind.NO_SILENCE: Commitment(8, Clock.WALL)}, number=2, ago=hours(0))
    question(session)
    clock.shift(hours(9))
    assert kept(session) == (0, 1, 1)
    assert attained(session, clocks.now())["no_silence"].target == 8


def test_a_promise_that_was_dropped_is_still_answered_for(session, clock):
    promise(session, {**DAY_AND_NIGHT, Kind.ORG_QUESTION: Commitment(24, Clock.WALL)})
    question(session, wants_org=True)
    promise(session, number=2, ago=hours(0))
    clock.shift(timedelta(days=8))
    assert kept(session, "org_question") == (0, 1, 0)


def test_where_nobody_is_in_the_role_the_promise_is_suspended_and_never_kept(session, clock):
    who = charters.Staffed(1, 2, 6)
    appeals = {**DAY_AND_NIGHT, Kind.APPEAL: Commitment(24)}
    promise(session, appeals, roles={Role.RESPONDER: who, Role.HOST: who})
    sid, pia = cast.staff(session, roles=[Role.RESPONDER, Role.HOST]), cast.member(session)
    for _ in range(6):
        cast.reply(session, question(session), pia)
    assert attained(session, clocks.now())["no_silence"].share == 1
    grant = session.query(RoleGrant).filter_by(account_id=sid.id, role="responder").one()
    left = grant.until = clocks.now()
    session.flush()
    clock.shift(hours(1))
    found = attained(session, clocks.now())
    assert (found["no_silence"].suspended_since, found["no_silence"].share) == (left, None)
    assert (found["appeal"].settled, found["appeal"].suspended_since) == (0, None)


def test_boards_that_members_do_not_see_are_left_out_unless_they_are_asked_for(session, clock):
    promise(session)
    private = cast.board(session, rights={cast.Group.MODERATORS: [cast.Right.SEE, cast.Right.START]})
    topic = question(session, cast.moderator(session), private)
    clock.shift(hours(25))
    assert (kept(session), kept(session, board_id=private.id)) == ((0, 0, 0), (0, 1, 0))
    assert (due(session), due(session, boards=[private.id])) == ([], [("no_silence", topic.id)])


def test_archives_that_do_not_say_who_was_staff_are_left_out(session, clock):
    promise(session)
    archive = question(session)
    clock.shift(hours(25))
    imported = select(Post.id).where(Post.topic_id == archive.id)
    assert kept(session, uncounted=imported) == (0, 0, 0)


# ── who waits ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_due_first_stands_first_and_what_is_late_before_it(session, clock):
    promise(session, {**DAY_AND_NIGHT, Kind.ORG_QUESTION: Commitment(40, Clock.WALL)})
    late = question(session)
    clock.shift(hours(10))
    official = question(session, wants_org=True)
    new = cast.topic(session, cast.board(session, kind="question"), cast.newcomer(session))
    clock.shift(hours(14.5))
    early = question(session)
    found = open_duties(session, clocks.now())
    assert [(duty.topic_id, duty.kind.value) for duty in found] == [
        (late.id, "no_silence"),
        (new.id, "newcomer_hello"),
        (official.id, "org_question"),
    ]
    assert [duty.is_late for duty in found] == [True, False, False]
    assert [duty.is_newcomers for duty in found] == [False, True, False]
    assert found[1].due_at == new.created_at + hours(24)
    assert early.id not in [duty.topic_id for duty in found]


def test_whoever_asks_us_without_a_promise_waits_behind_those_to_whom_something_was_promised(session, clock):
    promise(session)
    asked, silent = question(session, wants_org=True), question(session)
    cast.reply(session, asked, cast.member(session))
    clock.shift(hours(23))
    assert due(session) == [("no_silence", silent.id), ("org_question", asked.id)]
    assert [duty.due_at is None for duty in open_duties(session, clocks.now())] == [False, True]
    assert "org_question" not in attained(session, clocks.now())


def test_the_guard_and_the_queue_say_the_same(session, clock):
    """At every hour of two days: whoever stands in the queue for want of a reply is a duty for the guard."""
    promise(session, {**DAY_AND_NIGHT, Kind.NO_SILENCE: Commitment(8, Clock.SERVICE)})
    topics = [question(session), cast.topic(session, cast.board(session), cast.newcomer(session))]
    sid = cast.actor(session, cast.staff(session))
    for _ in range(48):
        now = clocks.now()
        history = charter_history(session, now, REMEMBERED)
        waiting = {duty.topic_id for duty in open_duties(session, now)}
        guarded = {topic.id for topic in topics if topic_facts(session, topic, sid, history, now).is_due}
        assert waiting == guarded
        clock.shift(hours(1))


def test_it_asks_as_much_of_the_database_for_many_as_for_one(app, session, clock):
    promise(session)
    board, ann = cast.board(session, kind="question"), cast.member(session)

    def asked():
        with counted(app) as questions:
            open_duties(session, clocks.now())
            attained(session, clocks.now())
        return len(questions)

    cast.topic(session, board, ann)
    clock.shift(hours(20))
    few = asked()
    for _ in range(12):
        cast.reply(session, cast.topic(session, board, ann), cast.member(session))
        cast.topic(session, board, ann)
    assert asked() == few
