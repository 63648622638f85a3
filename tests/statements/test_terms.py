"""What may be stated and pledged, and how it stands on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import Invalid
from forum.statements.terms import (
    FARTHEST,
    PledgeState,
    Terms,
    checked_pledge,
    checked_reason,
    checked_terms,
    first_terms,
    pledge_state,
    typed_day,
)

TODAY = date(2026, 3, 31)
DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("due", "kept", "withdrawn", "state"),
    (
        (TODAY, None, False, PledgeState.OPEN),
        (TODAY - DAY, None, False, PledgeState.LATE),
        (TODAY, TODAY, False, PledgeState.KEPT),
        (TODAY - DAY, TODAY, False, PledgeState.KEPT_LATE),
        (TODAY - DAY, None, True, PledgeState.WITHDRAWN),
    ),
)
def test_a_pledge_is_open_on_its_day_and_late_on_the_next(due, kept, withdrawn, state):
    assert pledge_state(due, kept, withdrawn=withdrawn, today=TODAY) is state


@given(due=DAYS, kept=DAYS, today=DAYS)
def test_what_was_kept_stays_so_whatever_day_it_is(due, kept, today):
    state = pledge_state(due, kept, withdrawn=False, today=today)
    assert state is (PledgeState.KEPT if kept <= due else PledgeState.KEPT_LATE)


def test_a_statement_is_looked_at_again_in_a_year_unless_somebody_says_otherwise():
    terms = first_terms(TODAY)
    assert (terms.valid_from, terms.review_on) == (TODAY, date(2027, 3, 31))
    assert checked_terms(terms, terms, date(2030, 1, 1)) == terms, "what stood there may stay, however old"


@pytest.mark.parametrize("review_on", (TODAY, TODAY - DAY, TODAY + FARTHEST + DAY))
def test_a_day_of_review_is_to_come_and_not_very_far(review_on):
    with pytest.raises(Invalid) as refused:
        checked_terms(Terms(TODAY, review_on), first_terms(TODAY), TODAY)
    assert refused.value.field == "review_on"


def test_it_holds_from_a_day_near_enough_to_be_meant():
    with pytest.raises(Invalid) as refused:
        checked_terms(Terms(date(1, 1, 1), TODAY + DAY), first_terms(TODAY), TODAY)
    assert refused.value.field == "valid_from"


@pytest.mark.parametrize(
    ("words", "due", "field"),
    (
        ("soon", TODAY, "words"),
        ("x" * 301, TODAY, "words"),
        ("Repair the stove, see https://acme.example/stove.", TODAY, "words"),
        ("[Repair the stove](/t/3), all of it.", TODAY, "words"),
        ("Repair the stove.", TODAY - DAY, "due_on"),
        ("Repair the stove.", TODAY + FARTHEST + DAY, "due_on"),
    ),
)
def test_a_pledge_says_what_and_until_a_day_to_come(words, due, field):
    with pytest.raises(Invalid) as refused:
        checked_pledge(words, due, TODAY)
    assert refused.value.field == field


def test_a_pledge_is_one_line():
    assert checked_pledge("  Repair\nthe   stove. ", TODAY, TODAY) == "Repair the stove."


@pytest.mark.parametrize("reason", ("", "no money", "x" * 301))
def test_who_withdraws_says_why(reason):
    with pytest.raises(Invalid):
        checked_reason(reason)


@pytest.mark.parametrize("typed", ("", "tomorrow", "2026-02-30", "31.03.2026"))
def test_a_day_that_is_none_is_refused_at_its_field(typed):
    with pytest.raises(Invalid) as refused:
        typed_day(typed, "due_on")
    assert refused.value.field == "due_on"
