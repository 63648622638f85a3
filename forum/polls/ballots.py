"""The thinking of polls: what a ballot must look like, what a vote changes, who sees which number. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from forum.core.errors import Invalid, InvalidFields
from forum.core.lines import one_line
from forum.core.moments import typed_moment
from forum.core.words import gettext as _
from forum.core.words import ngettext

FEWEST, MOST_OPTIONS, LONGEST = 2, 20, 200
LONGEST_RUN = timedelta(days=365)
EDIT_FREELY_FOR = timedelta(minutes=5)
NOW, VOTED, CLOSED = "now", "voted", "closed"
RESULTS = (NOW, VOTED, CLOSED)
ONE, SEVERAL = "one", "several"


@dataclass(frozen=True)
class Ballot:
    """A poll as its author wants it. `most`: how many options one may choose."""

    question: str
    options: tuple[str, ...]
    most: int = 1
    results: str = NOW
    is_anonymous: bool = True
    closes_at: datetime | None = None

    def kept(self) -> dict[str, Any]:
        """As plain values, which `ballot_of` reads again."""
        closes_at = self.closes_at.isoformat() if self.closes_at else None
        return {**vars(self), "options": list(self.options), "closes_at": closes_at}


def ballot_of(kept: Mapping[str, Any]) -> Ballot:
    """The ballot of plain values."""
    closes_at = kept["closes_at"]
    given = {**kept, "options": tuple(kept["options"])}
    return Ballot(**{**given, "closes_at": datetime.fromisoformat(closes_at) if closes_at else None})


def typed(kept: Mapping[str, Any], zone: str) -> dict[str, str]:
    """The plain values of a ballot as somebody in the zone would fill in the form."""
    ballot = ballot_of(kept)
    free = ballot.most in (1, len(ballot.options))
    return {
        "question": ballot.question,
        "options": "\n".join(ballot.options),
        "choose": ONE if ballot.most == 1 else SEVERAL,
        "most": "" if free else str(ballot.most),
        "results": ballot.results,
        "secrecy": "anonymous" if ballot.is_anonymous else "public",
        "closes": typed_moment(ballot.closes_at, zone),
    }


def said(kept: Mapping[str, Any]) -> dict[str, str]:
    """What others read of the plain values of a ballot, by the fields of its form."""
    return {"question": str(kept["question"]), "options": "\n".join(kept["options"])}


def options_of(lines: str) -> tuple[str, ...]:
    """One option a line, white space put in order, empty lines left out."""
    return tuple(clean for line in lines.splitlines() if (clean := one_line(line)))


def checked(ballot: Ballot, now: datetime) -> Ballot:
    """The ballot, if it can be voted on; else InvalidFields, by field."""
    wrong: dict[str, str] = {}
    question = one_line(ballot.question)
    if not question:
        wrong["question"] = _("A poll needs a question.")
    elif len(question) > LONGEST:
        wrong["question"] = _("A question has at most %(n)s characters.", n=LONGEST)
    if sentence := _wrong_options(ballot.options):
        wrong["options"] = sentence
    elif not 1 <= ballot.most <= len(ballot.options):
        wrong["most"] = _("Choose a number from 1 to the number of options.")
    if ballot.results not in RESULTS:
        wrong["results"] = _("Choose when the results are shown.")
    if ballot.closes_at is not None and not now < ballot.closes_at <= now + LONGEST_RUN:
        wrong["closes"] = _("A poll closes in the future, within a year from now.")
    if wrong:
        raise InvalidFields(wrong)
    return Ballot(question, ballot.options, ballot.most, ballot.results, ballot.is_anonymous, ballot.closes_at)


def _wrong_options(options: Sequence[str]) -> str:
    if not FEWEST <= len(options) <= MOST_OPTIONS:
        return _("Write %(least)s to %(most)s options, one a line.", least=FEWEST, most=MOST_OPTIONS)
    if any(len(option) > LONGEST for option in options):
        return _("An option has at most %(n)s characters.", n=LONGEST)
    if len({option.casefold() for option in options}) < len(options):
        return _("Two options are the same.")
    return ""


def checked_vote(chosen: Iterable[int], offered: Iterable[int], most: int) -> frozenset[int]:
    """The options chosen, if they can be; raises Invalid."""
    wanted = frozenset(chosen)
    if not wanted:
        raise Invalid(_("Choose an option first."))
    if not wanted <= frozenset(offered):
        raise Invalid(_("The options changed meanwhile. Look at them once more, then vote."))
    if len(wanted) > most:
        raise Invalid(ngettext("Choose one option.", "Choose at most %(num)s options.", most))
    return wanted


def steps(before: frozenset[int], after: frozenset[int]) -> tuple[dict[int, int], int]:
    """What a changed vote adds: option id → ±1, and to the number of people who voted."""
    by_option = dict.fromkeys(after - before, 1) | dict.fromkeys(before - after, -1)
    return by_option, bool(after) - bool(before)


def is_open(closes_at: datetime | None, closed_at: datetime | None, now: datetime) -> bool:
    """Whether votes are taken: an hour that has struck counts, though the worker has not come by."""
    return closed_at is None and (closes_at is None or now < closes_at)


def shows_results(results: str, *, has_voted: bool, open_: bool) -> bool:
    """Whether somebody may see the numbers; the author is no exception."""
    return not open_ or results == NOW or (results == VOTED and has_voted)


def may_reword(created_at: datetime, voters: int, now: datetime) -> bool:
    """Whether question and options may still change: before the first vote, or within five minutes."""
    return voters == 0 or now - created_at <= EDIT_FREELY_FOR
