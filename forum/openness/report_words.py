"""The words of the quarterly report: tables, their columns and rows. Said when shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.moderation import queue_words as moderation
from forum.openness import wording
from forum.openness.figures import ALL, Figure
from forum.openness.quarters import Quarter
from forum.reporting.grounds import DECISIONS

# Key → what it is called, and what it counts.
_TABLES: Mapping[str, tuple[str, str]] = {
    "decisions": (
        mark("Decisions by rule"),
        mark("What moderators decided, and which rule they named. What was only proposed is further down."),
    ),
    "detection": (
        mark("How it was found"),
        mark("Of the same decisions: by what moderators came to them, and how many were made automatically."),
    ),
    "objections": (
        mark("Objections"),
        mark("Whoever is concerned by a decision can object. Somebody answers who took no part in it."),
    ),
    "reversals": (
        mark("Taken back"),
        mark("Decisions that were taken back in this quarter, whenever they were made: then everything is as before."),
    ),
    "times": (
        mark("How long it took"),
        mark("What waited and was decided in this quarter, and within how long half of it was."),
    ),
    "two_people": (
        mark("What takes two people"),
        mark("Moderators of the organization do not decide alone about what concerns it: a peer has to agree."),
    ),
    "sanctions": (
        mark("Warnings and withdrawn rights"),
        mark("What members were warned of, or may not do for a while. Those taken back as wrong are not counted."),
    ),
    "spam": (mark("Spam accounts"), mark("Removed with everything of theirs; for some days that can be undone.")),
    "notices": (
        mark("Reports of illegal content"),
        mark("Anybody can make one, also without an account. Answers are counted in the quarter in which they came."),
    ),
    "holds": (
        mark("Held before posting"),
        mark("What a rule held in this quarter until a moderator looked, and what became of it."),
    ),
}
_COLUMNS: Mapping[str, str] = {
    "count": mark("Number"),
    "automated": mark("Automatically"),
    "decided": mark("Decided"),
    "median_hours": mark("Half within"),
    "p90_hours": mark("Nine of ten within"),
    "target_hours": mark("Target"),
    "within_target": mark("Within the target"),
    "proposals": mark("Proposals"),
    "emergencies": mark("Emergencies"),
    "ended_early": mark("Ended early"),
    ALL: mark("All"),
}
_ROWS: Mapping[str, Mapping[str, str]] = {
    "objections": {
        "made": mark("Made"),
        "upheld": mark("Answered: the decision stays"),
        "reversed": mark("Answered: the decision was taken back"),
        "median_hours": mark("Half answered within"),
        "p90_hours": mark("Nine of ten answered within"),
    },
    "two_people": {
        "begun": mark("Begun"),
        "confirmed": mark("A peer agreed"),
        "refused": mark("A peer said no"),
        "lapsed": mark("No peer looked in time"),
        "withdrawn": mark("Taken back, or what it was about was gone"),
        "waits": mark("Waits for a peer"),
    },
    "spam": {"removed": mark("Removed"), "given_back": mark("Given back")},
    "notices": {
        "made": mark("Made"),
        **DECISIONS,
        "median_hours": mark("Half answered within"),
        "p90_hours": mark("Nine of ten answered within"),
    },
    "holds": {
        ALL: mark("All"),
        "released": mark("Posted"),
        "rejected": mark("Not posted"),
        "withdrawn": mark("Taken back by its author"),
        "held": mark("Still waits"),
    },
}
_NAMED: Mapping[str, Callable[[str], str]] = {
    "decisions": moderation.rule,
    "detection": moderation.detected,
    "reversals": wording.how,
    "times": moderation.kind,
    "sanctions": wording.sanction,
}


def title(key: str) -> str:
    """What a table is called."""
    return _(_TABLES[key][0])


def sentence(key: str) -> str:
    """What it counts."""
    return _(_TABLES[key][1])


def column(table: str, key: str) -> str:
    """The head of a column."""
    if table == "decisions" and key != ALL:
        return moderation.act(key)
    return _(_COLUMNS[key])


def row(table: str, key: str) -> str:
    """The head of a row."""
    if table in _ROWS:
        return _(_ROWS[table][key])
    return _("All") if key == ALL else sentence_case(_NAMED[table](key))


def sentence_case(said: str) -> str:
    """As a head begins."""
    return said[:1].upper() + said[1:]


def figure(row_key: str, column_key: str, value: Figure) -> str:
    """A number as it is read; hours with their unit."""
    if value is None:
        return "–"
    if row_key.endswith("_hours") or column_key.endswith("_hours"):
        return hours(float(value))
    return str(value)


def hours(value: float) -> str:
    """So many hours; from two days on in days."""
    if value >= 48:
        return _("%(n)s days", n=_short(value / 24))
    return _("%(n)s h", n=_short(value))


def span(value: timedelta) -> str:
    """The same of a span."""
    return hours(value.total_seconds() / 3600)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


_QUARTERS = (
    mark("January to March %(year)s"),
    mark("April to June %(year)s"),
    mark("July to September %(year)s"),
    mark("October to December %(year)s"),
)
_MONTHS = (
    *(mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July")),
    *(mark("August"), mark("September"), mark("October"), mark("November"), mark("December")),
)


def quarter(one: Quarter) -> str:
    """Its name."""
    return _(_QUARTERS[one.number - 1], year=str(one.year))


def spans(quarters: Sequence[Quarter]) -> Mapping[str, Mapping[str, str]]:
    """What can be asked for, by years: quarters and their months, the latest first: name in an address → words."""
    found: dict[str, dict[str, str]] = {}
    for one in quarters:
        said = found.setdefault(str(one.year), {})
        said[one.name] = quarter(one)
        for month in range(one.number * 3, one.number * 3 - 3, -1):
            said[f"{one.year}-{month:02}"] = f"{_(_MONTHS[month - 1])} {one.year}"
    return found
