"""What the measures say of a place: first of one whose figures are known exactly."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import count

import pytest
from sqlalchemy import select, update

from forum.core.errors import NotFound
from forum.organization.charter_json import to_json
from forum.organization.models import CharterVersion
from forum.organization.stages import Stage
from forum.posts.guard_models import Override
from forum.posts.models import Post, Topic
from forum.stewardship import queries
from forum.stewardship.measures import MEASURES, measured
from forum.stewardship.models import StageEvaluation
from tests import cast
from tests.organization import charters
from tests.posts.people import counted
from tests.stewardship.f1 import NOW, at, practice

EXACT = {
    "share_of_voice": (7, 21),
    "word_share": (700, 2100),
    "staff_first_rate": (1, 3),
    "peer_answer_rate": (3, 4),
    "staff_started": (2, 8),
    "peer_first_breaches": (1, 3),
    "peer_first_overrides": (0, 3),
    "hub_share": (7, 13),
    "reciprocity": (4, 13),
    "top_share": (5, 14),
}


@pytest.fixture
def board(session):
    return practice(session)


def by_name(session, board, now=NOW, **given):
    found = measured(queries.facts(session, [board.id], now, **given))
    return {one.measure.name: one for one in found}


def test_the_known_board_has_the_known_figures(session, board):
    found = by_name(session, board)
    assert {name: (found[name].figure.k, found[name].figure.n) for name in EXACT} == EXACT
    assert found["absence_factor"].figure.value == 2
    assert round(float(found["gini"].figure.value), 4) == 0.3095
    assert round(float(found["herfindahl"].figure.value), 4) == 0.2245
    assert found["first_human_reply"].figure.value == 60
    assert found["naive_first_reply"].figure.value == 60


def test_before_the_last_topic_the_median_over_the_answered_alone_flatters(session, board):
    found = by_name(session, board, at("03-27 20:00"))
    assert found["first_human_reply"].figure.value == 60
    assert found["naive_first_reply"].figure.value == 40


def test_what_too_few_did_is_counted_and_not_published(session, board):
    found = by_name(session, board)
    assert found["staff_first_rate"].published is None  # of 3, and 10 are needed
    assert found["share_of_voice"].published == Fraction(1, 3)


def test_of_an_empty_place_nothing_is_said(session):
    empty = cast.board(session, "empty")
    assert {name: one.published for name, one in by_name(session, empty).items()} == dict.fromkeys(
        measure.name for measure in MEASURES
    )


def test_measures_have_names_of_their_own(session):
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


@pytest.mark.parametrize(
    ("how", "counted_still"),
    (
        ({"deleted_at": at("03-27 21:30"), "deleted_by_id": "author"}, False),
        ({"deleted_at": at("03-28 21:30"), "deleted_by_id": "author"}, True),
        ({"deleted_at": at("03-28 21:30"), "deleted_by_id": None}, False),
        ({"hidden_at": at("03-28 21:30")}, False),
        ({"intent": "moderate"}, False),
        ({"action": "locked"}, False),
    ),
    ids=("a second thought", "deleted later", "removed", "hidden", "housekeeping", "a note"),
)
def test_what_was_taken_back_or_removed_does_not_count(session, board, how, counted_still):
    last = (
        session.query(Post).join(Topic, Topic.id == Post.topic_id).filter(Topic.title == "T8", Post.number == 2).one()
    )
    values = how | ({"deleted_by_id": last.author_id} if how.get("deleted_by_id") == "author" else {})
    session.execute(update(Post).where(Post.id == last.id).values(**values))
    session.expire_all()
    assert by_name(session, board)["share_of_voice"].figure.n == 20 + counted_still
    assert by_name(session, board, at("03-27 21:15"))["share_of_voice"].figure.n == (
        20 if {"intent", "action"} & how.keys() else 21
    )


def test_a_removed_topic_takes_its_posts_along(session, board):
    session.execute(update(Topic).where(Topic.title == "T1").values(deleted_at=at("03-20 09:00")))
    session.expire_all()
    assert by_name(session, board)["share_of_voice"].figure.n == 17


def test_a_hired_member_keeps_the_voice_they_had(session, board):
    """A8: what counts is what somebody was when they wrote."""
    p1 = session.query(Post).filter_by(number=1).order_by(Post.id).first().author_id
    before = by_name(session, board)["share_of_voice"].figure
    cast.join(session, session.get(cast.Account, p1), cast.Group.STAFF)
    assert by_name(session, board)["share_of_voice"].figure == before


def test_posts_of_archives_without_affiliation_are_left_out(session, board):
    first = select(Post.id).where(Post.author_id == session.query(Post).order_by(Post.id).first().author_id)
    assert by_name(session, board, uncounted=first)["share_of_voice"].figure.n == 16


def test_boards_that_members_do_not_see_are_not_measured(session, board):
    cast.board(session, "desk", rights=cast.STAFF_ONLY)
    assert queries.public_boards(session) == [board.id]
    with pytest.raises(NotFound, match="desk"):
        queries.public_boards(session, "desk")


def test_facts_cost_four_questions(app, board, session):
    with counted(app) as said:
        by_name(session, board)
    assert len([one for one in said if one.startswith("SELECT")]) == 4


def test_a_newcomer_who_comes_back_is_counted_once_the_28_days_have_passed(session, board):
    later = by_name(session, board, NOW + timedelta(days=28))
    figures = {name.removeprefix("newcomer_return_"): one.figure for name, one in later.items() if "return" in name}
    # P1 (T1) and P5 (T6) heard from the staff first, P6 (T8) from a peer; whoever replied somewhere before is not new.
    assert (figures["after_staff"].k, figures["after_staff"].n) == (1, 2)
    assert (figures["after_peer"].k, figures["after_peer"].n) == (0, 1)
    assert (figures["unanswered"].k, figures["unanswered"].n) == (0, 0)


# ── the first word ────────────────────────────────────────────────────────────────────────────────────────────────────


def breaches(session, board):
    session.flush()
    session.expire_all()
    found = by_name(session, board)
    return found["peer_first_breaches"].figure.k, found["peer_first_overrides"].figure.k


def of(session, title, number=1):
    found = session.query(Post).join(Topic, Topic.id == Post.topic_id).filter(Topic.title == title)
    return found.filter(Post.number == number).one()


def topic(session, title):
    return session.query(Topic).filter_by(title=title).one()


def test_who_would_be_glad_of_our_answer_gives_the_first_word_away(session, board):
    topic(session, "T1").waived_at = at("03-03 09:10")
    assert breaches(session, board) == (0, 0)
    topic(session, "T1").waived_at = at("03-03 09:30")  # too late for what we wrote at 09:20
    assert breaches(session, board) == (1, 0)


def test_what_is_urgent_waits_for_nobody(session, board):
    topic(session, "T1").urgent_at = at("03-03 09:05")
    assert breaches(session, board) == (0, 0)
    assert by_name(session, board)["peer_answer_rate"].figure.n == 3


def test_calling_an_old_topic_urgent_takes_nothing_from_what_had_happened(session, board):
    before = {name: (one.figure.k, one.figure.n) for name, one in by_name(session, board).items()}
    topic(session, "T1").urgent_at = at("03-20 09:00")
    topic(session, "T3").urgent_at = at("03-20 09:00")  # nobody had replied, and the members' time was over
    after = by_name(session, board)
    for name in ("staff_first_rate", "peer_answer_rate"):
        assert (after[name].figure.k, after[name].figure.n) == before[name]
    topic(session, "T3").urgent_at = at("03-10 08:05")
    assert by_name(session, board)["peer_answer_rate"].figure.n == before["peer_answer_rate"][1] - 1


def note(session, title, when, action, by=None):
    row = topic(session, title)
    number = session.query(Post).filter_by(topic_id=row.id).count() + 1
    session.add(
        Post(
            topic_id=row.id, number=number, author_id=by, created_at=at(when), action=action, source="", html="",
            plain="",
        )
    )  # fmt: skip


def test_what_is_called_urgent_afterwards_was_a_breach_and_what_is_called_calm_afterwards_was_none(session, board):
    """We wrote in T1 at 09:20."""
    topic(session, "T1").urgent_at = at("03-03 09:40")
    note(session, "T1", "03-03 09:40", "urgent")
    assert breaches(session, board) == (1, 0)
    assert by_name(session, board)["peer_first_breaches"].figure.n == 3
    note(session, "T1", "03-03 10:00", "not urgent")
    topic(session, "T1").urgent_at = None
    assert breaches(session, board) == (1, 0)
    session.query(Post).filter_by(action="urgent").update({"created_at": at("03-03 09:10")})
    assert breaches(session, board) == (0, 0)
    assert by_name(session, board)["peer_first_breaches"].figure.n == 2
    session.query(Post).filter_by(action="urgent").update({"author_id": of(session, "T1", 2).author_id})
    assert breaches(session, board) == (1, 0)  # who replied had called it so themselves


def test_what_moderates_is_counted_by_itself_and_nowhere_else(session, board):
    of(session, "T2", 3).intent = "moderate"
    session.flush()
    session.expire_all()
    found = by_name(session, board)
    assert (found["housekeeping"].figure.k, found["housekeeping"].figure.n) == (1, 7)
    assert (found["share_of_voice"].figure.k, found["share_of_voice"].figure.n) == (6, 20)
    of(session, "T2", 3).created_at = NOW - timedelta(days=29)
    session.flush()
    session.expire_all()
    assert by_name(session, board)["housekeeping"].figure.k == 0


@pytest.mark.parametrize(
    ("rule", "reason", "apart"), (("G1", "revival", True), ("G2", "wrong_info", True), ("G2", "revival", False))
)
def test_what_was_posted_with_a_reason_is_counted_apart(session, board, rule, reason, apart):
    post = of(session, "T1", 2)
    session.add(Override(rule=rule, board_id=board.id, post_id=post.id, at=post.created_at, reason=reason))
    assert breaches(session, board) == ((0, 1) if apart else (1, 0))


def test_a_members_reply_that_was_removed_as_spam_later_makes_no_breach(session, board):
    """T6: a member answered at 15:00 and we did the next morning."""
    reply = of(session, "T6", 3)
    of(session, "T6", 4).created_at = at("03-14 15:30")  # within the hour, had nobody answered
    of(session, "T6", 1).created_at = topic(session, "T6").created_at = at("03-14 14:50")
    reply.hidden_at = at("03-14 16:00")
    assert breaches(session, board) == (1, 0)
    reply.hidden_at = at("03-14 15:10")  # gone before we wrote
    assert breaches(session, board) == (2, 0)


def established(session, board, month="03-01 00:00", **found):
    session.add(
        StageEvaluation(
            board_id=board.id, at=at(month), staff_posts=1, posts=9, peers=3, answered=1, matured=2, absence_factor=2,
            stage="establishment", in_a_row=0, **found,
        )
    )  # fmt: skip


def test_a_window_is_as_long_as_the_board_and_its_charter_had_it_then(session, board):
    """T2 was asked on a Wednesday at 10:00; suppose nobody answered before we did at 21:00."""
    of(session, "T2", 2).hidden_at = of(session, "T2", 2).created_at
    of(session, "T2", 3).created_at = at("03-05 21:00")
    assert breaches(session, board) == (1, 0)  # four hours at the beginning
    established(session, board)
    assert breaches(session, board) == (2, 0)  # twelve once it is established
    shorter = charters.turn("wall", 6, Stage.ESTABLISHMENT)
    number = count(1)

    def saved(when):
        version = {"number": next(number), "saved_at": at(when), "data": to_json(shorter), "note": ""}
        session.add(CharterVersion(organization_id=cast.host(session).id, **version))

    saved("03-04 10:00")
    assert breaches(session, board) == (2, 0)  # what is looser holds seven days later
    session.query(CharterVersion).one().saved_at = at("02-20 10:00")
    assert breaches(session, board) == (1, 0)


def test_who_answered_first_too_often_had_to_wait_longer(session, board):
    of(session, "T2", 2).hidden_at = of(session, "T2", 2).created_at
    of(session, "T2", 3).created_at = at("03-06 03:30")  # 17 hours and a half
    established(session, board, staff_first=4, first_replied=10)
    assert breaches(session, board) == (1, 0)
    session.query(StageEvaluation).one().staff_first = 5  # of ten, and four are allowed
    assert breaches(session, board) == (2, 0)
