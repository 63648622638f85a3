"""What the guard reads of a board: kept as people write, looked over each hour."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from forum.admin.actions import merge_accounts
from forum.boards import actions as boards
from forum.boards.drafts import BoardDraft, rights_fingerprint
from forum.boards.models import Board, BoardRight
from forum.boards.presets import preset_rights
from forum.boards.queries import rights_on
from forum.core import clock as clocks
from forum.core import events
from forum.core.db import transaction
from forum.importers.models import ImportedItem, ImportSource
from forum.importers.queries import posts_without_affiliation
from forum.organization.guard import evaluate, pinning
from forum.organization.intents import Intent
from forum.organization.models import Affiliation, BoardHour, BoardSummary, RoleGrant
from forum.organization.queries.state import board_state
from forum.organization.rules import projected, room
from forum.organization.situation import Pinned, Purpose, TopicFacts, Writer
from forum.organization.stages import Stage
from forum.organization.voices import Voice
from forum.organization.windows import Asked
from forum.permissions import HOUSE, Group, Right
from forum.posts import actions, queries
from forum.posts.actions.importing import ImportedPost, ImportedTopic, import_topics
from forum.posts.models import Post
from forum.stewardship import actions as stewardship
from forum.stewardship import check
from forum.stewardship.events import DriftFound
from forum.stewardship.jobs import evaluate_stages, measure_boards
from forum.stewardship.stages import Evaluation
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import counted
from tests.stewardship import f1

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWER = Voice("answer", "official", "responder")
SPOKEN = {
    "answer": ANSWER,
    "official": Voice("official", "official", "responder"),
    "welcome": Voice("welcome"),
    "seed": Voice("seed", "official", "seeder"),
    "announce": Voice("announce", "official", "announcer"),
    "": Voice(),
}


def state(session, board, now=None):
    return board_state(session, board, now or clocks.now())


def said(session, board, now=None):
    """Our posts of all, our topics of all."""
    found = state(session, board, now)
    return found.our_posts, found.posts, found.our_topics, found.topics


def off(session):
    return list(check.drifts(session, clocks.now(), posts_without_affiliation()))


def moderator(session):
    return cast.actor(session, cast.moderator(session))


# ── F1 ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def told_as_it_happened(session, clock):
    """F1 by the verbs, each at its time."""
    clock.move_to(f1.at("03-02 12:00"))
    board = cast.board(session, "practice", kind="question", peer_first=True)
    people = {name: cast.member(session, name) for name in ("p1", "p2", "p3", "p4", "p5", "p6")}
    people |= {name: cast.staff(session, name) for name in ("s1", "s2")}
    people["b1"] = bot = cast.member(session, "b1")
    belongs = {"account_id": bot.id, "organization_id": cast.host(session).id, "since": clocks.now() - DAY}
    session.add(Affiliation(kind="bot", **belongs))
    session.add(RoleGrant(role="announcer", evidence="acme.example", **belongs))
    session.flush()
    steps = sorted(
        (f1.at(when), name, number, who, intent)
        for name, posts in f1.STORY.items()
        for number, (who, when, intent, _to) in enumerate(posts, start=1)
    )
    topics = {}
    for at, name, number, who, intent in steps:
        clock.move_to(at)
        if number == 1:
            topics[name] = cast.topic(
                session, board, people[who], name * 3, wants_org=name == "T5", voice=SPOKEN[intent]
            )
        else:
            cast.reply(session, topics[name], people[who], voice=SPOKEN[intent])
    clock.move_to(f1.NOW)
    return board


def brought_as_rows(session, clock):
    clock.move_to(f1.NOW)
    board = f1.practice(session)
    stewardship.settle_boards(session, [board.id], clocks.now(), posts_without_affiliation())
    return board


@pytest.mark.parametrize("told", (told_as_it_happened, brought_as_rows))
def test_f1_is_seven_of_twenty_one_and_leaves_no_room(session, clock, told):
    """A1, A7: the bot counts."""
    board = told(session, clock)
    found = state(session, board)
    assert (found.our_posts, found.posts, found.our_topics, found.topics) == (7, 21, 2, 8)
    assert (found.announcements, found.seeds) == (1, 0), "the seed is older than its 7 days"
    assert room(Fraction(35, 100), found.posts, found.our_posts) == 0
    assert projected(found.our_posts, found.posts) == Fraction(8, 22)
    assert off(session) == []
    assert said(session, board, f1.at("03-31 09:59")) == (7, 21, 2, 8), "the hour it began in counts whole"
    assert said(session, board, f1.at("03-31 10:00")) == (6, 19, 2, 7)
    assert said(session, board, f1.NOW + 3 * DAY) == (6, 17, 2, 7), "the first topic is 28 days old"


# ── what counts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_its_author_takes_back_within_the_hour_does_not_count_and_later_does(session, clock):
    board, ada, dora = cast.board(session), cast.member(session, "ada"), cast.staff(session, "dora")
    topic = cast.topic(session, board, ada)
    soon, late = (cast.reply(session, topic, dora, voice=ANSWER) for _ in range(2))
    clock.shift(timedelta(minutes=59))
    by_dora = cast.actor(session, dora)
    actions.delete_post(session, by_dora, queries.post_for_update(session, by_dora, soon.id))
    assert said(session, board) == (1, 2, 0, 1)
    clock.shift(timedelta(minutes=1))
    actions.delete_post(session, by_dora, queries.post_for_update(session, by_dora, late.id))
    assert said(session, board) == (1, 2, 0, 1)
    actions.undelete_post(session, by_dora, queries.post_for_update(session, by_dora, soon.id))
    assert said(session, board) == (2, 3, 0, 1)
    assert off(session) == []


def test_what_a_moderator_removes_does_not_count_and_a_topic_takes_its_replies_along(session):
    board = cast.board(session)
    topic = cast.topic(session, board, cast.member(session))
    for _ in range(3):
        cast.reply(session, topic, cast.staff(session), voice=ANSWER)
    eli = moderator(session)
    opening, reply = (session.query(Post).filter_by(topic_id=topic.id, number=number).one() for number in (1, 2))
    cast.remove(session, eli, reply)
    assert said(session, board) == (2, 3, 0, 1)
    cast.remove(session, eli, opening)
    assert said(session, board) == (0, 0, 0, 0)
    cast.restore(session, eli, opening)
    assert said(session, board) == (2, 3, 0, 1)
    assert off(session) == []


def test_a_topic_counts_where_it_is_now(session, clock):
    section = cast.section(session).id
    here, there = (cast.board(session, section_id=section) for _ in range(2))
    topic = cast.topic(session, here, cast.staff(session), voice=SPOKEN["seed"])
    clock.shift(3 * HOUR)
    cast.reply(session, topic, cast.member(session))
    assert (said(session, here), said(session, there)) == ((1, 2, 1, 1), (0, 0, 0, 0))
    eli = moderator(session)
    actions.move_topic(session, eli, queries.topic_for_update(session, eli, topic.id), there, cast.words("Moved."))
    assert (said(session, here), said(session, there)) == ((0, 0, 0, 0), (1, 2, 1, 1))
    assert (state(session, here).seeds, state(session, there).seeds) == (0, 1)
    assert off(session) == []


def test_housekeeping_is_not_counted(session):
    board = cast.board(session)
    topic = cast.topic(session, board, cast.member(session))
    cast.reply(session, topic, cast.staff(session), voice=Voice("moderate"))
    assert said(session, board) == (0, 1, 0, 1)
    assert off(session) == []


def test_only_what_every_member_may_see_is_counted_and_opening_a_board_is_enough(session):
    board = cast.board(session, rights={Group.MODERATORS: [Right.SEE, Right.START, Right.REPLY]})
    cast.topic(session, board, cast.moderator(session))
    assert said(session, board) == (0, 0, 0, 0)
    seen = rights_fingerprint(rights_on(session, board.id))
    boards.set_rights(session, HOUSE, board, preset_rights("public"), seen)
    assert said(session, board) == (0, 1, 0, 1)
    above = cast.board(session, rights=cast.STAFF_ONLY, section_id=board.section_id)
    board.parent_id = above.id
    session.flush()
    assert said(session, board) == (0, 0, 0, 0), "nobody gets past the board above it"
    assert not state(session, board).is_staff_only
    assert state(session, above).is_staff_only
    session.add(BoardRight(board_id=above.id, group_id=int(Group.MODERATORS), right="see"))
    session.flush()
    assert not state(session, above).is_staff_only, "a moderator is one of the members"


@pytest.mark.parametrize("organization", (True, False))
def test_an_archive_counts_where_somebody_said_who_was_staff(session, organization):
    board, ada = cast.board(session), cast.member(session)
    at = clocks.now() - DAY
    posts = [ImportedPost(number, ada.id, at, cast.words("Brought.")) for number in (1, 2)]
    topic = ImportedTopic(board.id, ada.id, "Brought along", at, posts)
    placed = import_topics(session, HOUSE, [topic])[0]
    of = cast.host(session).id if organization else None
    source = ImportSource(forum="old", name="old", created_at=at, organization_id=of)
    session.add(source)
    session.flush()
    for foreign, local in placed.post_ids.items():
        session.add(ImportedItem(source_id=source.id, kind="post", foreign_id=foreign, local_id=local))
    session.flush()
    stewardship.settle_boards(session, [board.id], clocks.now(), posts_without_affiliation())
    assert said(session, board) == ((0, 2, 0, 1) if organization else (0, 0, 0, 0))
    eli = moderator(session)
    brought = session.get_one(Post, placed.post_ids[2])
    cast.remove(session, eli, brought)
    cast.restore(session, eli, brought)
    assert said(session, board) == ((0, 2, 0, 1) if organization else (0, 0, 0, 0))
    assert off(session) == []


def test_who_removed_a_post_and_who_wrote_it_may_turn_out_to_be_one(session, clock):
    board, one, two = cast.board(session), cast.member(session, "one"), cast.member(session, "two")
    topic = cast.topic(session, board, one)
    reply = cast.reply(session, topic, two)
    clock.shift(2 * HOUR)
    reply.deleted_at, reply.deleted_by_id = clocks.now(), one.id
    session.flush()
    stewardship.settle_boards(session, [board.id], clocks.now(), posts_without_affiliation())
    assert said(session, board) == (0, 1, 0, 1)
    merge_accounts(session, cast.actor(session, cast.administrator(session)), one, two, "one")
    assert said(session, board) == (0, 2, 0, 1)
    assert off(session) == []


def test_announcements_are_what_announces_and_whatever_the_organization_begins_where_it_announces(session):
    dora, talk, news = cast.staff(session), cast.board(session), cast.board(session, kind="announcement")
    announcing = Voice("announce", "official", "announcer")
    for board in (talk, news):
        cast.topic(session, board, dora, voice=announcing)
        cast.topic(session, board, dora, voice=ANSWER)
    assert (state(session, talk).announcements, state(session, news).announcements) == (1, 2)


# ── pins ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_pins_of_the_organization_count_as_long_as_they_are_up(session, clock):
    section = cast.section(session).id
    board, there = (cast.board(session, section_id=section) for _ in range(2))
    eli, dora = moderator(session), cast.actor(session, cast.join(session, cast.staff(session), Group.MODERATORS))
    topics = [cast.topic(session, board, cast.member(session)) for _ in range(4)]

    def press(verb, who, number, **given):
        verb(session, who, queries.topic_for_update(session, who, topics[number].id), **given)

    for number, (who, days) in enumerate(((dora, 3), (dora, 5), (eli, 5))):
        press(actions.pin, who, number, scope="board", until=clocks.now() + days * DAY)
    assert state(session, board).pins == 2, "what a peer pins is not ours"
    assert off(session) == []
    press(actions.unpin, dora, 1)
    assert state(session, board).pins == 1
    press(actions.pin, dora, 1, scope="board", until=clocks.now() + 5 * DAY)
    verdict = pinning(Writer(True), state(session, board), clocks.now(), pin=Pinned(clocks.now() + DAY))
    assert verdict.level == 3, "A10: the third is refused"
    clock.shift(4 * DAY)
    assert state(session, board).pins == 1, "a pin ends by itself"
    assert off(session) == []
    opening = session.query(Post).filter_by(topic_id=topics[1].id, number=1).one()
    cast.remove(session, eli, opening)
    assert state(session, board).pins == 0
    cast.restore(session, eli, opening)
    assert state(session, board).pins == 1
    actions.move_topic(session, eli, queries.topic_for_update(session, eli, topics[1].id), there, cast.words("Moved."))
    assert (state(session, board).pins, state(session, there).pins) == (0, 0), "it was pinned to that board"
    assert off(session) == []


# ── months, and hours ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_months_say_where_the_board_stands_and_who_answered_first(session, clock):
    board = cast.board(session)
    lively = Evaluation(clocks.now() - 60 * DAY, 60, 120, 15, 3, 8, 1, 4, 9)
    stewardship.keep_evaluations(session, board.id, [lively, replace(lively, at=clocks.now() - 30 * DAY)])
    found = state(session, board)
    assert (found.position.stage, found.position.voice_then) == (Stage.ESTABLISHMENT, Fraction(1, 2))
    assert found.staff_first is None, "too few to say"
    assert off(session) == []
    third = replace(lively, at=clocks.now(), staff_first=5, first_replied=10)
    stewardship.keep_evaluations(session, board.id, [third])
    found = state(session, board)
    assert (found.staff_first, found.answered_first_too_often) == (Fraction(1, 2), True)
    assert found.ceiling(clocks.now()) == Fraction(35, 100) + Fraction(15, 100) * Fraction(54, 84)
    summary = session.get_one(BoardSummary, board.id)
    assert (summary.staff_first, summary.peer_answers) == ([[4, 9], [5, 10]], [[3, 8], [3, 8]])
    assert off(session) == []


def test_the_evaluation_counts_who_answered_first(app, clock):
    clock.move_to(datetime.fromisoformat("2025-04-02T00:00Z"))
    with writing(app) as session:
        board = f1.practice(session).id
    with app.app_context():
        evaluate_stages()
    with reading(app) as session:
        assert session.get_one(BoardSummary, board).staff_first == [[1, 3]]


def test_a_new_board_is_measured_and_only_advised_for_a_fortnight(session, clock):
    draft = BoardDraft(name="New", slug="new", kind="discussion", section_id=cast.section(session).id)
    board = boards.create_board(session, HOUSE, draft, preset_rights("public"))
    assert session.get_one(BoardSummary, board.id).measured_at == clocks.now()
    assert state(session, board).in_shadow(clocks.now() + 13 * DAY)
    assert not state(session, board).in_shadow(clocks.now() + 14 * DAY)
    assert said(session, board) == (0, 0, 0, 0)


def test_the_hourly_look_moves_boards_along_and_says_when(app, clock):
    with writing(app) as session:
        board = cast.board(session)
        board_id = board.id
        cast.topic(session, board, cast.member(session))
        silent = cast.board(session).id
    clock.shift(29 * DAY)
    with app.app_context():
        measure_boards()
    with reading(app) as session:
        assert session.query(BoardHour).count() == 0
        for one in (board_id, silent):
            summary = session.get_one(BoardSummary, one)
            assert (summary.posts, summary.measured_at) == (0, clocks.now())


@pytest.fixture
def found_out(monkeypatch):
    """Boards of which it was announced that their state was off."""
    heard = []
    hears = (*events._table[DriftFound], lambda _session, event: heard.append(event.board_id))
    monkeypatch.setitem(events._table, DriftFound, hears)
    return heard


def test_the_hourly_look_tells_of_drift_and_mends_it(app, clock, caplog, found_out):
    with writing(app) as session:
        board = cast.board(session)
        board_id = board.id
        cast.topic(session, board, cast.member(session))
    with app.app_context():
        measure_boards()
    assert (found_out, caplog.text) == ([], "")
    with writing(app) as session:
        session.get_one(BoardSummary, board_id).posts = 7
        session.query(BoardHour).one().our_posts = 1
    with caplog.at_level(logging.WARNING), app.app_context():
        measure_boards()
    assert found_out == [board_id]
    assert f"board_states.counts of board {board_id} said Counts(posts=7" in caplog.text
    with reading(app) as session:
        assert said(session, session.get_one(Board, board_id)) == (0, 1, 0, 1)
        assert off(session) == []


def test_what_was_never_measured_is_filled_without_alarm(app, clock, caplog, found_out):
    """An older forum has posts, and no state of them yet."""
    clock.move_to(f1.NOW)
    with writing(app) as session:
        board_id = f1.practice(session).id
    with app.app_context():
        measure_boards()
    assert (found_out, caplog.text) == ([], "")
    with reading(app) as session:
        assert said(session, session.get_one(Board, board_id)) == (7, 21, 2, 8)


def test_check_says_what_is_off_in_the_state_of_a_board_and_mends_it(app):
    with writing(app) as session:
        board = cast.board(session)
        cast.topic(session, board, cast.member(session))
        session.get_one(BoardSummary, board.id).topics = 7
    type_ = app.test_cli_runner().invoke
    assert "board_states.counts of row" in type_(args=["check"]).output
    assert type_(args=["check", "--repair"]).exit_code == 0
    assert type_(args=["check"]).output == "Everything agrees.\n"


# ── when nobody measures ──────────────────────────────────────────────────────────────────────────────────────────────


def test_measures_dead_for_37_hours_hold_nobody_back_and_pins_are_capped_still(app, clock):
    """A12."""
    clock.move_to(f1.NOW)
    with writing(app) as session:
        board_id = f1.practice(session).id
        quiet = Evaluation(clocks.now() - 60 * DAY, 0, 120, 15, 3, 8, 1)
        stewardship.keep_evaluations(session, board_id, [quiet, replace(quiet, at=clocks.now() - 30 * DAY)])
    with app.app_context():
        measure_boards()

    def hardest(now):
        with reading(app) as session:
            found = state(session, session.get_one(Board, board_id), now)
            fresh = TopicFacts(Asked(now - HOUR), replies=9, our_replies=8, peer_authors=4)
            verdicts = [
                evaluate(Writer(True, is_announcer=True), about, found, Purpose(intent), "", now)
                for intent in Intent
                for about in (fresh, None)
            ]
            pin = pinning(Writer(True), replace(found, pins=2), now, pin=Pinned(now + DAY))
            return max(verdict.level for verdict in verdicts), pin.level, found.is_degraded(now)

    assert hardest(clocks.now() + 36 * HOUR) == (2, 3, False)
    assert hardest(clocks.now() + 37 * HOUR) == (1, 3, True)


# ── what it costs ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_state_is_two_questions_and_its_lock_another(app, clock):
    with writing(app) as session:
        board = cast.board(session)
        board_id = board.id
        cast.topic(session, board, cast.member(session))

    def asked(**given):
        with transaction() as session:
            board = session.get_one(Board, board_id)
            with counted(app) as statements:
                board_state(session, board, clocks.now(), **given)
        return len(statements)

    with app.app_context():
        assert (asked(), asked(lock=True)) == (2, 3), "the charter's included"
        clock.shift(HOUR)
        assert (asked(), asked(lock=True)) == (3, 4), "hours may have passed out of the 28 days"


def test_counting_a_post_asks_four_questions(app, clock):
    with writing(app) as session:
        board, ada = cast.board(session), cast.member(session)
        topic = cast.topic(session, board, ada)
        with counted(app) as statements:
            cast.reply(session, topic, ada)
    ours = [one for one in statements if "board_states" in one or "board_hours" in one]
    assert len(ours) == 4


def test_a_post_and_its_count_are_there_together_or_not_at_all(app):
    with writing(app) as session:
        board = cast.board(session)
        board_id, topic_id = board.id, cast.topic(session, board, cast.member(session, "ada")).id

    def the_power_fails():
        with writing(app) as session:
            ada = session.query(cast.Account).filter_by(name="ada").one()
            cast.reply(session, queries.topic_for_update(session, cast.actor(session, ada), topic_id), ada)
            assert said(session, session.get_one(Board, board_id)) == (0, 2, 0, 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        the_power_fails()
    with reading(app) as session:
        assert said(session, session.get_one(Board, board_id)) == (0, 1, 0, 1)
        assert session.query(Post).count() == 1
        assert off(session) == []
