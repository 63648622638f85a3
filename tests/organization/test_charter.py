"""What a charter is, and when which of its versions is in force."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.errors import Invalid
from forum.organization.charter import UNWRITTEN, Answer, Charter, Clock, Commitment, Kind, Question, Staffed, Stand
from forum.organization.charter_json import from_json, to_json
from forum.organization.dials import DIALS
from forum.organization.differences import Way, diff, loosened
from forum.organization.hours import Hours
from forum.organization.refusals import needed, validated
from forum.organization.stages import LIMITS, Stage
from forum.organization.versions import NOTICE, REFERENCE, History, Version, covers, in_force, is_looser, is_weaker
from forum.permissions import Role
from tests.machines.proof import share
from tests.organization.charters import (
    ANN,
    AROUND,
    BEN,
    CLEO,
    GOOD,
    NOON,
    PEER,
    TODAY,
    but,
    changes,
    charters,
    commitments,
    every_dial,
    histories,
    turn,
)

MINUTE = timedelta(minutes=1)
FEW = settings(max_examples=share(300))


def fields(charter, **around):
    return {problem.field for problem in validated(charter, replace(AROUND, before=charter, **around))}


# ── kept, and read back ───────────────────────────────────────────────────────────────────────────────────────────────


@FEW
@given(charters)
def test_a_charter_comes_back_from_json_as_it_was(charter):
    assert from_json(json.loads(json.dumps(to_json(charter)))) == charter


@pytest.mark.parametrize(
    ("path", "value", "said"),
    (
        (("ceiling",), 1, "“ceiling” is not known"),
        (("limits",), {"youth": {}}, "“youth” is not known"),
        (("limits",), {"maturity": {"noise": 3}}, "limits.maturity: “noise” is not known"),
        (("limits",), {"maturity": {"voice": "15"}}, "limits.maturity.voice"),
        (("limits",), {"maturity": {"voice": True}}, "limits.maturity.voice"),
        (("boards",), {"practice": {}}, "boards"),
        (("boards",), {"07": {}}, "boards"),
        (("roles", "responder"), {"primary": 1, "backup": 2}, "“hours” is missing"),
        (("roles", "responder"), [1, 2, 3], "roles.responder"),
        (("commitments", "no_silence", "clock"), "sun", "commitments.no_silence.clock"),
        (("answers", "learn", "stand"), 1, "answers.learn.stand"),
        (("answers", "learn", "sentence"), None, "answers.learn.sentence"),
        (("service", "zone"), "Mars/Olympus", "no such time zone"),
        (("service", "week", "0"), ["09:00"], "service.week.0"),
        (("service", "week", "0"), ["9", "17"], "service.week.0"),
        (("service", "week", "0"), ["aa:00", "17:00"], "service.week.0"),
        (("service", "holidays"), ["2026-02-30"], "service.holidays"),
        (("will_not",), "We sell nothing.", "will_not"),
        (("review_by",), "20261201", "review_by"),
    ),
)
def test_json_that_is_no_charter_is_refused_in_words_that_name_the_place(path, value, said):
    data = json.loads(json.dumps(to_json(GOOD)))
    *way, last = path
    part = data
    for step in way:
        part = part[step]
    part[last] = value
    with pytest.raises(Invalid, match=said):
        from_json(data)


def test_json_without_a_part_is_refused():
    data = to_json(GOOD)
    del data["will_not"]
    with pytest.raises(Invalid, match="“will_not” is missing"):
        from_json(data)
    with pytest.raises(Invalid, match="charter"):
        from_json([])


# ── limits ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_charter_that_says_nothing_has_the_usual_limits():
    for stage in Stage:
        assert UNWRITTEN.limits_of(stage) == LIMITS[stage]
        assert GOOD.limits_of(stage, 7) == LIMITS[stage]


@pytest.mark.parametrize("key", DIALS)
def test_every_dial_is_read_where_it_was_turned(key):
    dial = DIALS[key]
    for value in (dial.least, dial.most):
        limits = dial.turn(LIMITS[Stage.ESTABLISHMENT], value)
        assert dial.read(limits) == value
        assert dial.said(value)
    assert dial.is_looser(*((dial.most, dial.least) if dial.more_is_tighter else (dial.least, dial.most)))


def test_a_share_of_everything_or_nothing_is_only_reported():
    limits = turn("staff_first", 100).limits_of(Stage.MATURITY)
    assert limits.staff_first is None
    assert turn("peer_answers", 0).limits_of(Stage.MATURITY).peer_answers is None
    assert DIALS["staff_first"].said(100) == "only reported"


@FEW
@given(charters, changes)
def test_a_board_whose_own_limits_are_taken_away_has_what_all_boards_have(charter, own):
    with_own = replace(charter, boards={**charter.boards, 5: own})
    without = replace(with_own, boards={key: one for key, one in with_own.boards.items() if key != 5})
    for key, stage, board in every_dial(5):
        assert without.dial(key, stage, 5) == without.dial(key, stage)
        assert with_own.dial(key, stage, board) == (
            own.get(stage, {}).get(key, without.dial(key, stage)) if board == 5 else without.dial(key, stage)
        )


# ── versions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@FEW
@given(histories())
def test_tightening_never_waits(versions):
    for last, version in enumerate(versions, start=1):
        now = in_force(versions[:last], version.saved_at)
        for key, stage, board in every_dial(*version.charter.boards):
            assert not DIALS[key].is_looser(version.charter.dial(key, stage, board), now.dial(key, stage, board))
        for kind, promise in version.charter.commitments.items():
            held = now.commitments[kind]
            assert held == promise or is_weaker(held, promise)


@FEW
@given(histories())
def test_loosening_always_takes_seven_days(versions):
    last = versions[-1]
    before = in_force(versions[:-1], last.saved_at)
    almost = in_force(versions, last.saved_at + NOTICE - MINUTE)
    at_last = in_force(versions, last.saved_at + NOTICE)
    former = versions[-2].charter if len(versions) > 1 else UNWRITTEN
    for key, stage, board in every_dial(1, 2):
        assert not DIALS[key].is_looser(former.dial(key, stage, board), almost.dial(key, stage, board))
        assert at_last.dial(key, stage, board) == last.charter.dial(key, stage, board)
        comes = almost.dial_comes(key, stage, board)
        assert (comes is None) == (almost.dial(key, stage, board) == last.charter.dial(key, stage, board))
        assert comes is None or comes <= last.saved_at + NOTICE
    assert before.at == last.saved_at
    assert at_last.commitments == last.charter.commitments
    assert at_last.service == last.charter.service
    assert not at_last.is_waiting
    assert at_last.service_comes() is None
    assert [kind for kind in Kind if at_last.promise_comes(kind)] == []
    assert almost.is_waiting == is_looser([former], last.charter)


@FEW
@given(histories(), st.lists(st.integers(0, 60 * 24 * 60), min_size=1, max_size=5))
def test_what_held_at_many_instants_is_what_held_at_each(versions, instants):
    """Whoever asks for all of them at once is told the same, at the instants of saving and seven days later, too."""
    history = History(versions, NOON, versions[0].saved_at)
    turns = [one.saved_at + notice for one in versions for notice in (timedelta(), NOTICE)]
    for at in (*turns, *(NOON + timedelta(minutes=minutes) for minutes in instants)):
        alone = in_force(versions, at)
        assert history.at(at).commitments == alone.commitments
        assert history.at(at).service == alone.service
        assert history.at(at).limits(Stage.MATURITY, 1) == alone.limits(Stage.MATURITY, 1)


@FEW
@given(histories(), st.integers(0, 60 * 24 * 60))
def test_what_is_long_gone_changes_nothing(versions, minutes):
    """The guard reads the versions since the last that is 7 days old, and gets what all of them would give."""
    now = NOON + minutes * MINUTE
    known = [one for one in versions if one.saved_at <= now]
    old = [one for one in known if one.saved_at <= now - NOTICE]
    few = in_force(old[-1:] + [one for one in known if one not in old], now)
    assert replace(few, since=None) == replace(in_force(versions, now), since=None)


def test_a_limit_loosened_and_taken_back_within_the_week_was_never_loose():
    versions = [
        Version(1, NOON, GOOD),
        Version(2, NOON + timedelta(days=20), turn("wall", 4)),
        Version(3, NOON + timedelta(days=24), GOOD),
    ]
    for days in range(40):
        assert in_force(versions, NOON + timedelta(days=days)).dial("wall", Stage.MATURITY) == 24


def test_another_save_does_not_make_what_was_announced_wait_longer():
    versions = [
        Version(1, NOON, GOOD),
        Version(2, NOON + timedelta(days=20), turn("announcements", 4)),
        Version(3, NOON + timedelta(days=25), but(turn("announcements", 4), will_not=("No advertising.",))),
    ]
    assert in_force(versions, NOON + timedelta(days=27) - MINUTE).dial("announcements", Stage.MATURITY) == 2
    assert in_force(versions, NOON + timedelta(days=27)).dial("announcements", Stage.MATURITY) == 4


def test_before_a_charter_the_usual_limits_and_the_duty_hold():
    now = in_force([], NOON)
    assert (now.number, now.saved_at, now.shadow_until) == (0, None, None)
    assert now.limits(Stage.ESTABLISHMENT, 3) == LIMITS[Stage.ESTABLISHMENT]
    assert set(now.commitments) == {Kind.NO_SILENCE, Kind.NEWCOMER_HELLO}
    assert not now.is_overdue(TODAY)
    assert not comes_too_soon(UNWRITTEN)


def comes_too_soon(charter):
    promise = charter.commitments[Kind.NO_SILENCE]
    return needed(charter, {7: "UTC"}, Stage, promise.clock) > promise.hours


def test_only_a_first_charter_advises_for_two_weeks():
    versions = [Version(1, NOON, GOOD), Version(2, NOON + timedelta(days=30), GOOD)]
    assert in_force(versions, NOON + timedelta(days=31)).shadow_until == NOON + timedelta(days=14)


def test_a_charter_is_overdue_from_the_day_after_its_review():
    now = in_force([Version(1, NOON, GOOD)], NOON)
    assert not now.is_overdue(GOOD.review_by)
    assert now.is_overdue(GOOD.review_by + timedelta(days=1))


def test_hours_that_end_sooner_are_kept_for_a_week_and_holidays_count_at_once():
    week = {day: (time(10), time(12)) for day in range(5)}
    shorter = but(service=Hours(GOOD.service.zone, week, frozenset({date(2026, 5, 1)})))
    versions = [Version(1, NOON, GOOD), Version(2, NOON + timedelta(days=30), shorter)]
    soon = in_force(versions, NOON + timedelta(days=31)).service
    assert (soon.week, soon.holidays) == (GOOD.service.week, shorter.service.holidays)
    assert in_force(versions, NOON + timedelta(days=37)).service == shorter.service
    assert not covers(shorter.service, GOOD.service)
    assert covers(GOOD.service, shorter.service)


# ── what they differ in ───────────────────────────────────────────────────────────────────────────────────────────────


@FEW
@given(charters, charters)
def test_what_is_looser_is_said_and_waits(before, after):
    assert bool(loosened(before, after)) == is_looser([before], after)
    assert diff(before, before, {}) == []


def test_differences_are_said_in_words():
    after = but(
        turn("voice", 30, board_id=7),
        roles={Role.RESPONDER: Staffed(ANN, CLEO, 4), Role.RECOGNIZER: Staffed(BEN, ANN, 1)},
        commitments={Kind.NO_SILENCE: Commitment(40, Clock.SERVICE, 80), Kind.ORG_QUESTION: Commitment(48)},
        answers={**GOOD.answers, Question.IDEAS: Answer(Stand.YES, "Please.")},
        will_not=("We do not advertise.",),
        limits={Stage.MATURITY: {"announcements": 1}},
        review_by=date(2027, 1, 15),
    )
    said = {change.text: change.way for change in diff(GOOD, after, {7: "Practice"})}
    assert said["Our share of the posts (Practice, Mature): 30 % instead of 15 %."] is Way.LOOSER
    assert said["Announcements in 28 days (Mature): 1 instead of 2."] is Way.TIGHTER
    within = "within 40 service hours, in at least 80 of 100 cases"
    assert said[f"No silence: {within} instead of within 24 service hours, in at least 90 of 100 cases."] is Way.LOOSER
    assert said["A hello for newcomers: promised no more."] is Way.LOOSER
    asked = "Questions to us, promised now: within 48 service hours, in at least 90 of 100 cases."
    assert said[asked] is Way.TIGHTER
    assert said["Responder: 4 hours a week instead of 6."] is Way.OTHER
    assert "Responder: somebody else steps in." in said
    assert "Recognizer: the role is active, with 1 hours a week." in said
    assert "Host: the role is not active any more." in said
    assert "Do we ask for ideas? Yes: Please." in said
    assert "We will not, new: We do not advertise." in said
    assert "We said that we will not, and say it no more: We sell nothing here." in said
    assert "It is looked at again by 15 January 2027 at the latest." in said
    assert "another board" in " ".join(change.text for change in diff(GOOD, after, {}))


@pytest.mark.parametrize(
    ("before", "after", "weaker"),
    (
        (Commitment(24), Commitment(24, Clock.WALL), False),
        (Commitment(24, Clock.WALL), Commitment(24), True),
        (Commitment(24), Commitment(25), True),
        (Commitment(24), Commitment(12, percentage=80), True),
        (Commitment(24), None, True),
        (None, Commitment(24), False),
        (None, None, False),
    ),
)
def test_a_promise_is_weaker_where_it_says_less_in_any_respect(before, after, weaker):
    assert is_weaker(before, after) is weaker


# ── what is refused ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_good_charter_may_be_saved():
    assert validated(GOOD, AROUND) == []


@FEW
@given(changes, changes, commitments)
def test_a_saved_charter_passes_its_own_validation(everywhere, there, promises):
    """Whatever was let through once is let through again, as long as nothing around it changes."""
    charter = but(limits=everywhere, boards={7: there} if there else {}, commitments=promises)
    around = replace(AROUND, decisions=frozenset({1}), decision=1)
    wrong = {problem.field for problem in validated(charter, around)}
    assert wrong <= {"no_silence_hours"}
    assert {problem.field for problem in validated(charter, replace(around, before=charter, decision=None))} == wrong
    assert validated(GOOD, replace(AROUND, before=GOOD)) == []


def test_promising_four_hours_while_members_have_a_day_is_refused():
    """A14."""
    promise = {Kind.NO_SILENCE: Commitment(4)}
    (problem,) = validated(but(commitments=promise), replace(AROUND, before=but(commitments=promise)))
    assert problem.field == "no_silence_hours"
    assert "first word" in problem.sentence


@pytest.mark.parametrize("clock", Clock)
def test_the_fewest_hours_are_said_and_suffice_at_any_hour_of_the_week(clock):
    least = needed(GOOD, AROUND.zones, Stage, clock)
    assert fields(but(commitments={Kind.NO_SILENCE: Commitment(least, clock)})) == set()
    few = but(commitments={Kind.NO_SILENCE: Commitment(least - 1, clock)})
    (problem,) = validated(few, replace(AROUND, before=few))
    assert "At least" in problem.sentence
    assert needed(few, {}, [Stage.INCEPTION], Clock.WALL) < needed(few, {}, [Stage.MATURITY], Clock.WALL)
    assert REFERENCE.weekday() == 0


def test_a_board_with_a_longer_first_word_needs_a_longer_promise():
    calm = turn("wall", 96, board_id=8)
    around = replace(AROUND, before=calm, names={7: "Workbench", 8: "Parlour"})
    (problem,) = validated(calm, around)
    assert problem.field == "no_silence_hours"
    assert problem.sentence.endswith("have of their own: Parlour.")
    assert fields(but(calm, commitments={Kind.NO_SILENCE: Commitment(48)})) == set()


@pytest.mark.parametrize(
    ("charter", "field"),
    (
        (but(roles={**GOOD.roles, Role.SEEDER: Staffed(ANN, ANN, 1)}), "seeder_backup"),
        (but(roles={**GOOD.roles, Role.SEEDER: Staffed(0, ANN, 1)}), "seeder_primary"),
        (but(roles={**GOOD.roles, Role.SEEDER: Staffed(ANN, 0, 1)}), "seeder_backup"),
        (but(roles={**GOOD.roles, Role.SEEDER: Staffed(ANN, PEER, 1)}), "seeder_backup"),
        (but(roles={**GOOD.roles, Role.HOST: Staffed(PEER, ANN, 1)}), "host_primary"),
        (but(roles={**GOOD.roles, Role.SEEDER: Staffed(ANN, BEN, 0)}), "seeder_hours"),
        (but(roles={**GOOD.roles, Role.HOST: Staffed(CLEO, ANN, 1)}), "announcer_primary"),
        (but(roles={}), "no_silence_kept"),
        (but(commitments={Kind.IDEA_DECISION: Commitment(0)}), "idea_decision_hours"),
        (but(commitments={Kind.APPEAL: Commitment(24, Clock.WALL, 49)}), "appeal_percentage"),
        (but(commitments={Kind.APPEAL: Commitment(24, Clock.WALL, 101)}), "appeal_percentage"),
        (but(answers={}), "learn_stand"),
        (but(answers={**GOOD.answers, Question.LEARN: Answer(Stand.YES, "")}), "learn_sentence"),
        (but(answers={**GOOD.answers, Question.LEARN: Answer(Stand.YES, "x" * 301)}), "learn_sentence"),
        (but(service=Hours(GOOD.service.zone, {})), "day0_from"),
        (but(service=Hours(GOOD.service.zone, {2: (time(17), time(9))})), "day2_to"),
        (but(will_not=("x" * 301,)), "will_not"),
        (but(will_not=("x",) * 21), "will_not"),
        (turn("pin_days", 31), "maturity_pin_days"),
        (turn("pins", 3), "maturity_pins"),
        (turn("voice", 0, board_id=7), "board7_maturity_voice"),
        (turn("voice", 20, board_id=70), "boards"),
        (but(review_by=TODAY), "review_by"),
        (but(review_by=TODAY + timedelta(days=401)), "review_by"),
    ),
)
def test_what_is_refused_is_said_beside_its_field(charter, field):
    assert field in fields(charter)


def test_the_last_day_of_a_review_and_the_longest_pin_are_within():
    assert fields(but(turn("pin_days", 30), review_by=TODAY + timedelta(days=400))) == set()


def test_loosening_names_a_decision_and_tightening_needs_none():
    loose = turn("announcements", 3)
    (problem,) = validated(loose, AROUND)
    assert problem.field == "decision"
    assert validated(loose, replace(AROUND, decisions=frozenset({4}), decision=4)) == []
    (unknown,) = validated(loose, replace(AROUND, decisions=frozenset({4}), decision=5))
    assert "no decision of this number" in unknown.sentence
    assert validated(turn("announcements", 1), AROUND) == []


def test_the_charter_of_nobody_has_no_people_and_every_charter_is_a_value():
    assert isinstance(hash(GOOD.answers[Question.LEARN]), int)
    assert Charter(review_by=TODAY) != GOOD
    assert {BEN, CLEO} < AROUND.people
