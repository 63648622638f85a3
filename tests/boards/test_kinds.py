"""What each kind of board asks, and how what was typed is read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forum.boards import kinds
from forum.boards.answers import Answers, parse_fields, typed_fields
from forum.boards.fields import Input
from forum.boards.kinds import Kind
from forum.core.errors import InvalidFields, NotFound
from forum.core.zones import time_zones

ALL = {kind.key: kind for kind in kinds.kinds()}
EVENT = {"starts_at": "2026-05-01T19:30", "time_zone": "Europe/Berlin", "place": "The barn", "places": "12"}


def test_there_are_seven_kinds_and_each_has_its_words():
    assert len(ALL) == 7
    for kind in ALL.values():
        assert all((kind.name, kind.summary, kind.start, kind.text_label, kind.empty))
    assert ALL["announcement"].staff_start
    assert [key for key, kind in ALL.items() if kind.peer_first] == ["question", "discussion"]


def test_an_unknown_kind_is_not_found():
    with pytest.raises(NotFound):
        kinds.kind("poem")


def test_an_event_begins_when_clocks_there_say_so():
    answers = parse_fields(ALL["event"], EVENT)
    assert answers.starts_at == datetime(2026, 5, 1, 17, 30, tzinfo=UTC)
    assert answers.fields == {"time_zone": "Europe/Berlin", "place": "The barn", "places": 12}
    assert typed_fields(ALL["event"], answers) == EVENT


def test_an_hour_that_the_clocks_jump_over_is_refused():
    with pytest.raises(InvalidFields) as refused:
        parse_fields(ALL["event"], EVENT | {"starts_at": "2026-03-29T02:30"})
    assert list(refused.value.fields) == ["starts_at"]


@pytest.mark.parametrize("places", ("0", "1000001", "000000000001" + "9" * 20, "9" * 5000, "²", "-3", "1e3"))
def test_a_number_that_is_none_or_too_large_is_refused_in_words(places):
    with pytest.raises(InvalidFields) as refused:
        parse_fields(ALL["event"], EVENT | {"places": places})
    assert list(refused.value.fields) == ["places"]


def test_every_field_that_must_be_mended_is_named_at_once():
    with pytest.raises(InvalidFields) as refused:
        parse_fields(ALL["event"], {"starts_at": "tomorrow", "time_zone": "Mars/Olympus", "places": "0"})
    assert set(refused.value.fields) == {"starts_at", "time_zone", "place", "places"}


@pytest.mark.parametrize(
    "typed", ("2026-05-01", "19:30", "2026-05-01T19:30+02:00", "0001-01-01T00:00", "9999-12-31T23:59")
)
def test_half_a_moment_is_refused(typed):
    with pytest.raises(InvalidFields):
        parse_fields(ALL["event"], EVENT | {"starts_at": typed})


def test_an_idea_says_who_would_gain():
    with pytest.raises(InvalidFields, match="needs an answer"):
        parse_fields(ALL["idea"], {"gains": "  "})
    assert parse_fields(ALL["idea"], {"gains": " beginners \n all of them"}).fields == {
        "gains": "beginners all of them"
    }


def test_a_question_may_want_the_organizations_answer():
    assert parse_fields(ALL["question"], {"wants_org": "y"}) == Answers({}, None, True)
    assert parse_fields(ALL["question"], {"tried": "Turned it off.\r\nAnd on."}).fields == {
        "tried": "Turned it off.\nAnd on."
    }


def test_a_field_of_another_kind_is_not_kept():
    assert parse_fields(ALL["discussion"], EVENT) == Answers({}, None, False)


TYPED = st.dictionaries(st.sampled_from([f.key for k in ALL.values() for f in k.fields]), st.text(max_size=40))


@example("idea", {"gains": "\x1b"})
@given(st.sampled_from(sorted(ALL)), TYPED)
def test_whatever_is_typed_is_kept_or_refused_in_words(key: str, typed: dict[str, str]):
    try:
        answers = parse_fields(ALL[key], typed)
    except InvalidFields as refused:
        assert all(refused.fields.values())  # noqa: PT017
        assert set(refused.fields) <= {field.key for field in ALL[key].fields}  # noqa: PT017
    else:
        assert parse_fields(ALL[key], typed_fields(ALL[key], answers)) == answers


def _good(kind: Kind) -> st.SearchStrategy[dict[str, str]]:
    by_input = {
        Input.LINE: st.text("abc é", min_size=1, max_size=100).filter(str.strip),
        Input.TEXT: st.text("abc \n", max_size=100),
        Input.TICK: st.sampled_from(("", "y")),
        Input.DATE: st.dates().map(str),
        Input.MOMENT: st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
            lambda m: m.strftime("%Y-%m-%dT%H:%M")
        ),
        Input.ZONE: st.sampled_from(sorted(time_zones())),
        Input.COUNT: st.integers(1, 1000).map(str),
        Input.PERSON: st.text("@ab ", max_size=80),
        Input.YES_NO: st.sampled_from(("", "yes", "no")),
    }
    asked = {field.key: by_input[field.input] for field in kind.fields if field.key != "ends_at"}
    return st.fixed_dictionaries(asked).flatmap(_ended)


def _ended(typed: dict[str, str]) -> st.SearchStrategy[dict[str, str]]:
    """Where something begins, it may end, some hours after."""
    if "starts_at" not in typed:
        return st.just(typed)
    begins = datetime.fromisoformat(typed["starts_at"])
    ends = st.integers(0, 99).map(lambda hours: (begins + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M"))
    return ends.map(lambda end: typed | {"ends_at": end if end > typed["starts_at"] else ""})


@given(st.data(), st.sampled_from(sorted(ALL)))
def test_what_is_stored_can_be_edited_again(data: st.DataObject, key: str):
    try:
        answers = parse_fields(ALL[key], data.draw(_good(ALL[key])))
    except InvalidFields as refused:
        assert set(refused.fields) <= {"starts_at", "ends_at"}  # noqa: PT017  the clocks jumped
    else:
        assert parse_fields(ALL[key], typed_fields(ALL[key], answers)) == answers
