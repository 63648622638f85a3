"""Conversations that the organization begins on purpose, on both databases: planned, consented to, posted, reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from forum import wiring
from forum.core import clock as clocks
from forum.core.db import db
from forum.core.errors import Conflict, Invalid, NotFound, Refused
from forum.notifications.models import Notice
from forum.organization.intents import Intent
from forum.organization.models import BoardSummary, RoleGrant
from forum.organization.overriding import NO_GROUNDS, HeldBack
from forum.organization.seeds import Kind
from forum.organization.stages import Stage
from forum.organization.voices import Voice
from forum.permissions import HOUSE, Role
from forum.posts import actions as posts
from forum.posts import queries as topics
from forum.posts.actions.guarding import as_reply, judge
from forum.posts.guard_models import StandBy
from forum.posts.models import Post, Topic
from forum.search.models import SearchMiss
from forum.seeding import actions, queries
from forum.seeding.actions import posting
from forum.seeding.drafts import SeedDraft
from forum.seeding.models import Seed, SeedInvitation, SetAside
from forum.seeding.queries import agenda, calendars, suggesting
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing
from tests.posts.doors import established

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASK = "How do you keep your reeds dry in winter?"


def draft(at=2 * DAY, kind=Kind.QUESTION, ask=ASK, **given):
    return SeedDraft(kind, "Reeds in winter", "Mine rust.", ask, clocks.now() + at, **given)


def planned(session, sue, board, *yes, **given):
    """A seed of sue's, to which these said yes."""
    row = actions.plan(session, cast.actor(session, sue), board, draft(**given))
    for person in yes:
        actions.invite(session, cast.actor(session, sue), row, person)
        say(session, row, person, "yes")
    return row


def say(session, row, person, answer):
    seed, mine = queries.asked_of(session, cast.actor(session, person), row.id, lock=True)
    actions.answer(session, cast.actor(session, person), seed, mine, answer)


def willing(session, *names):
    return [cast.member(session, name, may_be_asked=True) for name in names]


def post(session, row, by):
    with cast.unhurried():
        return actions.post(session, cast.actor(session, by), row, cast.words(row.words), by_hand=True)


def run(app, job="post_due_seeds"):
    with app.app_context():
        wiring.JOBS[job]()
        db.session.remove()


def told(session, person):
    return [notice.kind for notice in session.query(Notice).filter_by(recipient_id=person.id).order_by(Notice.id)]


@pytest.fixture
def place(session, clock):
    board = cast.board(session, "practice", name="Practice", time_zone="Europe/Berlin")
    return board, cast.staff(session, "sue")


# ── planning ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_a_seeder_of_the_board_plans_there(session, place):
    board, sue = place
    other = cast.staff(session, "rob", roles=[Role.RESPONDER])
    for person in (other, cast.member(session), cast.administrator(session)):
        with pytest.raises(Refused):
            actions.plan(session, cast.actor(session, person), board, draft())
    row = actions.plan(session, cast.actor(session, sue), board, draft(once="form"))
    assert actions.plan(session, cast.actor(session, sue), board, draft(once="form")).id == row.id
    assert (row.state, row.owner_id, row.words) == ("planned", sue.id, f"Mine rust.\n\n{ASK}")


def test_what_asks_nothing_stands_too_near_or_is_one_too_many_is_refused(session, place):
    board, sue = place
    elsewhere = cast.board(session)
    actor = cast.actor(session, sue)
    with pytest.raises(Invalid, match="End with a question"):
        actions.plan(session, actor, board, draft(ask="We hope that you like it."))
    with established():
        first = actions.plan(session, actor, board, draft(2 * DAY))
        with pytest.raises(Invalid, match="within 48 hours"):
            actions.plan(session, actor, board, draft(3 * DAY))
        actions.plan(session, actor, board, draft(4 * DAY))
        with pytest.raises(Invalid, match="more than 2 in 7 days"):
            actions.plan(session, actor, board, draft(8 * DAY))
        actions.plan(session, actor, elsewhere, draft(2 * DAY))  # elsewhere it is near nothing
        actions.change(session, actor, first, draft(1 * DAY))  # it does not stand in its own way
    with established(Stage.MATURITY), pytest.raises(Invalid, match="more than 1 in 14 days"):
        actions.plan(session, actor, board, draft(17 * DAY))
    actions.plan(session, actor, board, draft(17 * DAY))


def test_one_that_is_dropped_makes_room_and_keeps_its_reason(session, place):
    board, sue = place
    ada, bo = willing(session, "ada", "bo")
    row = planned(session, sue, board, ada, bo)
    actor = cast.actor(session, sue)
    with pytest.raises(Invalid, match="Say why"):
        actions.drop(session, actor, row, "no")
    actions.drop(session, actor, row, "Nobody asks for it in spring.")
    assert (row.state, row.reason) == ("dropped", "Nobody asks for it in spring.")
    assert told(session, ada) == ["seed_asked", "seed_off"]
    actions.plan(session, actor, board, draft())
    for verb in (lambda: actions.drop(session, actor, row, "Once more, please."), lambda: post(session, row, sue)):
        with pytest.raises(Conflict):
            verb()


# ── who takes part ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_is_asked_once_a_week_whatever_for(session, place, clock):
    board, sue = place
    (ada,) = willing(session, "ada")
    pia = cast.member(session, "pia")
    question = cast.topic(session, cast.board(session, kind="question"), pia)
    with session.begin_nested():
        locked = topics.topic_for_update(session, cast.actor(session, pia), question.id)
        posts.ask_to_answer(session, cast.actor(session, pia), locked, ada)
    row, actor = planned(session, sue, board, at=20 * DAY), cast.actor(session, sue)
    with pytest.raises(Invalid, match="a short while ago"):
        actions.invite(session, actor, row, ada)
    clock.shift(7 * DAY + HOUR)
    actions.invite(session, actor, row, ada)
    other = cast.topic(session, cast.board(session, kind="question"), pia)
    locked = topics.topic_for_update(session, cast.actor(session, pia), other.id)
    with pytest.raises(Invalid, match="a short while ago"):
        posts.ask_to_answer(session, cast.actor(session, pia), locked, ada)
    with pytest.raises(Invalid, match="asked this already"):
        actions.invite(session, actor, row, ada)


def test_only_members_who_said_that_they_may_be_asked_are(session, place):
    board, sue = place
    row, actor = planned(session, sue, board), cast.actor(session, sue)
    for person in (cast.member(session), cast.suspended(session, may_be_asked=True)):
        with pytest.raises(Invalid, match="has not said"):
            actions.invite(session, actor, row, person)
    with pytest.raises(Invalid, match="for members"):
        actions.invite(session, actor, row, cast.staff(session, may_be_asked=True))


def test_their_owner_hears_when_two_said_yes_and_a_yes_can_be_taken_back(session, place):
    board, sue = place
    ada, bo = willing(session, "ada", "bo")
    row = planned(session, sue, board, ada)
    with pytest.raises(Conflict, match="Two members"):
        post(session, row, sue)
    assert told(session, sue) == []
    actions.invite(session, cast.actor(session, sue), row, bo)
    say(session, row, bo, "yes")
    assert told(session, sue) == ["seed_ready"]
    say(session, row, ada, "no")
    with pytest.raises(Conflict, match="1 has"):
        post(session, row, sue)
    with pytest.raises(NotFound):
        queries.asked_of(session, cast.actor(session, cast.member(session)), row.id)


@pytest.mark.parametrize(
    ("more", "what"), [({"title": "Reeds"}, "title"), ({"source": "Ours."}, "source"), ({"ask": ASK[1:]}, "ask")]
)
def test_other_words_ask_whoever_said_yes_again_and_use_up_no_invitation(session, place, clock, more, what):
    board, sue = place
    ada, bo, cy = willing(session, "ada", "bo", "cy")
    row, actor = planned(session, sue, board, ada, bo), cast.actor(session, sue)
    actions.invite(session, actor, row, cy)
    say(session, row, cy, "no")
    asked_at = ada.asked_at
    clock.shift(HOUR)
    actions.change(session, actor, row, replace(draft(2 * DAY - HOUR), **more))
    answers = {one.account.name: (one.answer, one.changed) for one in queries.invited(session, row.id)}
    assert answers == {"ada": ("", what), "bo": ("", what), "cy": ("no", "")}
    assert (told(session, ada), told(session, cy)) == (["seed_asked", "seed_reworded"], ["seed_asked"])
    assert ada.asked_at == asked_at
    with pytest.raises(Conflict, match="nobody has yet"):
        post(session, row, sue)
    for person in (ada, bo):
        say(session, row, person, "yes")
    actions.change(session, actor, row, replace(draft(3 * DAY), **more))  # another time alone asks nobody again
    assert told(session, ada)[-1] == "seed_moved"
    assert post(session, row, sue).number == 1


def test_a_host_moves_and_drops_what_is_not_theirs_and_leaves_its_words_alone(session, place):
    board, sue = place
    row = planned(session, sue, board)
    host = cast.actor(session, cast.staff(session, roles=[Role.HOST]))
    with pytest.raises(Refused, match="Only its owner"), session.begin_nested():
        actions.change(session, host, row, draft(ask=ASK[1:]))
    row = queries.one(session, row.id)
    assert row.ask == ASK
    actions.change(session, host, row, draft(3 * DAY))
    assert row.planned_at == clocks.now() + 3 * DAY
    actions.drop(session, host, row, "Nobody asks for it in spring.")


# ── posting ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_at_its_time_it_is_posted_once_as_its_owner_marked_and_those_who_said_yes_are_told(app, clock):
    with writing(app) as session:
        board, sue = cast.board(session, "practice"), cast.staff(session, "sue")
        row = planned(session, sue, board, *willing(session, "ada", "bo"))
        seed_id, sue_id = row.id, sue.id
    run(app)
    clock.shift(2 * DAY)
    for _ in range(2):
        run(app)
    with reading(app) as session:
        topic = session.query(Topic).one()
        opening = session.query(Post).one()
        assert (topic.is_seed, topic.author_id, topic.title) == (True, sue_id, "Reeds in winter")
        assert (opening.intent, opening.role, opening.capacity) == ("seed", "seeder", "official")
        assert opening.source.endswith(ASK)
        seed = session.get(Seed, seed_id)
        assert (seed.state, seed.topic_id, seed.posted_at) == ("posted", topic.id, clocks.now())
        ada = session.query(cast.Account).filter_by(name="ada").one()
        assert told(session, ada) == ["seed_asked", "seed_there"]


def test_a_worker_that_is_cut_off_leaves_nothing_and_two_at_once_post_it_once(app, clock, monkeypatch):
    with writing(app) as session:
        board, sue = cast.board(session, "practice"), cast.staff(session, "sue")
        planned(session, sue, board, *willing(session, "ada", "bo"))
    clock.shift(2 * DAY)

    def cut_off(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(posting, "emit", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(app)
    with reading(app) as session:
        assert (session.query(Topic).count(), session.query(Seed).one().state) == (0, "planned")
    at_once(*[partial(run, app)] * 2)
    with reading(app) as session:
        assert (session.query(Topic).count(), session.query(Seed).one().state) == (1, "posted")


def test_one_without_two_members_stays_planned_and_its_owner_is_told_once(app, clock):
    with writing(app) as session:
        board, sue = cast.board(session, "practice"), cast.staff(session, "sue")
        seed_id = planned(session, sue, board, *willing(session, "ada")).id
    clock.shift(2 * DAY)
    for _ in range(2):
        run(app)
    with writing(app) as session:
        row, sue = queries.one(session, seed_id), session.query(cast.Account).filter_by(name="sue").one()
        assert row.state == "planned"
        assert "Two members" in row.held_because
        assert told(session, sue) == ["seed_held"]
        with pytest.raises(Invalid, match="in the future"):
            actions.change(session, cast.actor(session, sue), row, draft(-2 * DAY))
        actions.change(session, cast.actor(session, sue), row, draft(DAY))
        assert row.held_at is None
        bo = willing(session, "bo")[0]
        actions.invite(session, cast.actor(session, sue), row, bo)
        say(session, row, bo, "yes")
    clock.shift(DAY)
    run(app)
    with reading(app) as session:
        assert session.query(Topic).one().is_seed


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"our_topics": 6, "topics": 19}, "we have begun 35 % of the topics here, of at most 30 %"),
        ({"seeds": 2}, "at most 2 in 7 days"),
    ],
)
def test_what_the_guard_holds_back_at_its_time_stays_planned_with_the_numbers(app, clock, said, why):
    with writing(app) as session:
        board, sue = cast.board(session, "practice"), cast.staff(session, "sue")
        seed_id = planned(session, sue, board, *willing(session, "ada", "bo")).id
    clock.shift(2 * DAY)
    with established(**said):
        run(app)
    with reading(app) as session:
        row = session.get(Seed, seed_id)
        assert (row.state, session.query(Topic).count()) == ("planned", 0)
        assert why in row.held_because


def test_one_whose_owner_is_no_seeder_any_more_is_not_posted_and_a_host_drops_it(app, clock):
    with writing(app) as session:
        board, sue = cast.board(session, "practice"), cast.staff(session, "sue")
        cast.staff(session, "hal", roles=[Role.HOST])
        seed_id = planned(session, sue, board, *willing(session, "ada", "bo")).id
        session.query(RoleGrant).filter_by(account_id=sue.id, role=Role.SEEDER).update({"until": clocks.now()})
    clock.shift(2 * DAY)
    run(app)
    with writing(app) as session:
        row = queries.one(session, seed_id)
        hal = cast.actor(session, session.query(cast.Account).filter_by(name="hal").one())
        assert (row.state, row.held_at) == ("planned", clocks.now())
        with pytest.raises(Refused):
            actions.post(session, hal, row, cast.words(row.words), by_hand=True)
        actions.drop(session, hal, row, "She is at another desk now.")
        assert row.state == "dropped"


def test_a_member_who_waits_beyond_the_promise_goes_first(session, place, clock):
    board, sue = place
    ada, bo = willing(session, "ada", "bo")
    cast.topic(session, board, ada)
    row = planned(session, sue, board, ada, bo, at=9 * DAY)
    clock.shift(8 * DAY)
    with established(), pytest.raises(HeldBack, match="Answer first"):
        post(session, row, sue)
    assert row.state == "planned"


def test_its_owner_is_silent_for_a_day_but_for_questions_back_and_thanks(session, place, clock):
    board, sue = place
    ada, bo = willing(session, "ada", "bo")
    rob = cast.staff(session, "rob")
    topic = post(session, planned(session, sue, board, ada, bo), sue).topic
    cast.reply(session, topic, ada)
    said = {}
    with established():
        for intent in (Intent.CLARIFY, Intent.THANK, Intent.ANSWER):
            voice = Voice(str(intent), "official", "responder")
            said[intent] = type(cast.try_to_reply(session, topic, sue, voice=voice))
        other = cast.try_to_reply(session, topic, rob, voice=Voice("clarify", "official", "responder"))
    assert said == {Intent.CLARIFY: Post, Intent.THANK: Post, Intent.ANSWER: StandBy}
    assert isinstance(other, Post)
    held = session.query(StandBy).one()
    assert held.until == topic.created_at + DAY


def test_in_inception_the_first_thing_said_to_its_owner_is_to_leave_it_to_members(session, place):
    board, sue = place
    topic = post(session, planned(session, sue, board, *willing(session, "ada", "bo")), sue).topic
    actor = cast.actor(session, sue)
    verdict = judge(session, actor, as_reply(topic, Voice("answer")), NO_GROUNDS, "", clocks.now())
    assert verdict.level == 1
    assert "You began this for members to carry on" in verdict.text


def test_in_a_time_for_asking_anything_its_owner_answers_freely(session, place, clock):
    board, sue = place
    ada, bo = willing(session, "ada", "bo")
    begins = clocks.now() + 2 * DAY + HOUR
    slot = {"kind": Kind.AMA, "starts_at": begins, "ends_at": begins + 2 * HOUR}
    topic = post(session, planned(session, sue, board, ada, bo, **slot), sue).topic
    assert (topic.slot_from, topic.slot_until) == (begins, begins + 2 * HOUR)
    cast.reply(session, topic, ada)
    answer = {"voice": Voice("answer", "official", "responder")}
    with established():
        clock.shift(2 * DAY + 2 * HOUR)
        topic.created_at = clocks.now() - HOUR
        assert isinstance(cast.try_to_reply(session, topic, sue, **answer), Post)
        clock.shift(HOUR + timedelta(minutes=1))
        assert isinstance(cast.try_to_reply(session, topic, sue, **answer), StandBy)


def test_an_event_stands_on_a_board_of_events_with_its_time_and_place(session, place):
    board, sue = place
    events = cast.board(session, "meet", kind="event", time_zone="Europe/Berlin")
    actor, begins = cast.actor(session, sue), clocks.now() + 9 * DAY
    slot = {"kind": Kind.EVENT, "starts_at": begins, "ends_at": begins + HOUR}
    for where, more, sentence in (
        (board, slot | {"place": "Hall 2"}, "stands on a board of events"),
        (events, {"kind": Kind.STORY}, "everything has a time and a place"),
        (events, slot, "Say where it is"),
    ):
        with pytest.raises(Invalid, match=sentence):
            actions.plan(session, actor, where, draft(**more))
    row = planned(session, sue, events, *willing(session, "ada", "bo"), **slot, place="Hall 2")
    topic = post(session, row, sue).topic
    assert (topic.starts_at, topic.ends_at) == (begins, begins + HOUR)
    assert topic.fields == {"time_zone": "Europe/Berlin", "place": "Hall 2"}


# ── reviewing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def begun(session, sue, board):
    """A seed that is posted, as if by two who said yes."""
    actor = cast.actor(session, sue)
    row = actions.plan(session, actor, board, draft())
    topic = cast.topic(session, board, sue, voice=Voice("seed", "official", "seeder"))
    row.state, row.topic_id, row.posted_at = "posted", topic.id, clocks.now()
    session.flush()
    return row, topic


def test_after_a_week_it_is_reviewed_by_what_members_made_of_it(app, clock):
    with writing(app) as session:
        board, sue = cast.board(session, "practice"), cast.staff(session, "sue")
        ada, bo = willing(session, "ada", "bo")
        row, topic = begun(session, sue, board)
        cast.reply(session, topic, ada)
        cast.reply(session, topic, bo, reply_to_number=2)
        cast.reply(session, topic, sue, voice=Voice("thank", "official", "recognizer"), reply_to_number=3)
        seed_id = row.id
    clock.shift(7 * DAY - HOUR)
    run(app, "review_seeds")
    with reading(app) as session:
        assert session.get(Seed, seed_id).state == "posted"
    clock.shift(HOUR)
    for _ in range(2):
        run(app, "review_seeds")
    with writing(app) as session:
        row, sue = queries.one(session, seed_id), session.query(cast.Account).filter_by(name="sue").one()
        assert (row.state, row.outcome, row.peers, row.between_peers) == ("reviewed", "success", 2, 1)
        assert told(session, sue)[-1] == "seed_reviewed"
        actions.learn(session, cast.actor(session, sue), row, " Winter   works. ")
        assert row.learned == "Winter works."


def test_two_failures_of_a_type_propose_dropping_it_on_that_board(session, place, clock):
    board, sue = place
    for turn in range(2):
        row, _topic = begun(session, sue, board)
        clock.shift(20 * DAY)
        actions.review(session, HOUSE, row)
        assert row.outcome == "failed"
        assert bool(queries.failing(session)) == (turn == 1)
    assert queries.failing(session) == {(board.id, "question")}
    with pytest.raises(Refused):
        actions.review(session, cast.actor(session, sue), row)


# ── suggestions and the calendar ──────────────────────────────────────────────────────────────────────────────────────


def test_what_was_looked_for_in_vain_and_not_answered_is_suggested_until_set_aside(session, place, clock):
    _board, sue = place
    session.add(SearchMiss(term="reed rust", count=3, last_at=clocks.now()))
    questions = cast.board(session, "questions", kind="question")
    topic = cast.topic(session, questions, cast.member(session), "Which wax?")
    answered = cast.topic(session, questions, cast.member(session))
    cast.reply(session, answered, cast.member(session))
    clock.shift(8 * DAY)
    actor = cast.actor(session, sue)
    found = suggesting.suggestions(session, actor)
    assert [one.key for one in found] == ["term:reed rust", f"topic:{topic.id}"]
    assert found[0].why == "Looked for 3 times, in vain."
    for one in found:
        actions.set_aside(session, actor, one.key)
    assert suggesting.suggestions(session, actor) == []
    actions.set_aside(session, actor, found[0].key)
    with pytest.raises(Refused):
        suggesting.suggestions(session, cast.actor(session, cast.member(session)))


def test_only_seeders_and_hosts_set_aside_and_only_what_is_suggested(session, place):
    _board, sue = place
    session.add(SearchMiss(term="reed rust", count=3, last_at=clocks.now()))
    session.add_all([SetAside(key=key, at=clocks.now()) for key in ("topic:soon", f"topic:{10**30}", "topic:²")])
    for role in (Role.SEEDER, Role.HOST):
        for key in ("topic:nonsense", "topic:99999999999999999999", "term:unheard", "other", "term:" + "x" * 200, ""):
            with pytest.raises(Conflict, match="not suggested"):
                actions.set_aside(session, cast.actor(session, cast.staff(session, roles=[role])), key)
    with pytest.raises(Refused):
        actions.set_aside(session, cast.actor(session, cast.staff(session, roles=[Role.RESPONDER])), "term:reed rust")
    assert [one.key for one in suggesting.suggestions(session, cast.actor(session, sue))] == ["term:reed rust"]


def test_a_board_where_members_answered_too_little_twice_is_named(session, place):
    board, sue = place
    for slug, rates in (("quiet", [[1, 10], [2, 10]]), ("once", [[9, 10], [2, 10]]), ("few", [[0, 4], [0, 4]])):
        found = board if slug == "quiet" else cast.board(session, slug)
        kept = {"counted_from": clocks.now(), "stage": "establishment", "peer_answers": rates}
        session.add(BoardSummary(board_id=found.id, **kept))
    session.flush()
    assert [one.id for one in suggesting.quiet_boards(session, cast.actor(session, sue))] == [board.id]


def test_a_time_for_asking_anything_stands_in_calendars_at_its_time(session, place):
    board, sue = place
    begins = clocks.now() + 3 * DAY
    planned(session, sue, board, kind=Kind.AMA, starts_at=begins, ends_at=begins + 2 * HOUR)
    planned(session, sue, cast.board(session))
    asking, plain = calendars.entries(session, cast.actor(session, sue), "", "here")
    assert (asking.starts_at, asking.ends_at) == (begins, begins + 2 * HOUR)
    assert plain.starts_at == clocks.now() + 2 * DAY


def test_the_agenda_goes_by_the_week_of_the_boards_clock(session, place, clock):
    board, sue = place
    planned(session, sue, board, at=timedelta(days=6, hours=14, minutes=30))  # Sunday 23:30 UTC: Monday in Berlin
    lines = agenda.page(session, cast.actor(session, sue), "planned", 1).items
    (week,) = agenda.weeks(lines)
    assert (str(week.monday), lines[0].missing) == ("2026-03-09", 2)
    assert session.query(SeedInvitation).count() == 0
