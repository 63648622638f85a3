"""The figures of a quarter, each function one table. They name nobody, and whoever counts the rows gets the same.

What was done is counted in the quarter in which it was done; what was answered, in that in which it was answered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from forum.accounts.sanction_models import Sanction
from forum.core import clock
from forum.moderation.appeal_models import Appeal
from forum.moderation.cases import LINES, Kind
from forum.moderation.models import Case, Ruling
from forum.moderation.operations import OPERATIONS, SANCTION
from forum.moderation.queries.targets import Targets, targets
from forum.moderation.spam_models import UNDOING, UNDONE, SpamRemoval
from forum.moderation.spam_rules import SPAM
from forum.openness.lines import BROUGHT
from forum.openness.quarters import Quarter
from forum.organization.promises import Outcome
from forum.permissions import Kind as SanctionKind
from forum.posts.models import Post
from forum.reporting.grounds import DECISIONS
from forum.reporting.models import IllegalReport
from forum.site.rules import DETECTED, RULES

Figure = int | float | None
Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
ALL = "all"
# How a case of held words ended → what became of them.
_HELD = {"kept": "released", "decided": "rejected", "withdrawn": "withdrawn", "": "held"}
_LONGEST = timedelta(days=400)
HOW = ("undo", "appeal", "lapse", "refused", "kept", "mended")


@dataclass(frozen=True, slots=True)
class Table:
    """`rows`: key → figures, one for each of `columns`. None: nothing to say it of."""

    key: str
    columns: Sequence[str]
    rows: Mapping[str, Sequence[Figure]]

    @property
    def is_empty(self) -> bool:
        """Nothing to say: no figure, targets aside, is more than nought."""
        said = [name != "target_hours" for name in self.columns]
        return not any(v for values in self.rows.values() for v, counts in zip(values, said, strict=True) if counts)


def report(session: Session, quarter: Quarter) -> list[Table]:
    """All tables of a quarter, in their order."""
    return [table(session, quarter) for table in TABLES]


def decisions(session: Session, quarter: Quarter) -> Table:
    """What was decided: rule × act. Without what was only proposed, and sanctions and spam
    accounts, which have tables of their own."""
    asked = select(Ruling.rule, Ruling.act, func.count()).where(*_done(quarter)).group_by(Ruling.rule, Ruling.act)
    counts = {(rule, act): count for rule, act, count in session.execute(asked)}
    keys = [*(str(rule) for rule in RULES), ALL]
    acts = [ALL, *(act for act in OPERATIONS if act not in (SANCTION, SPAM))]

    def count(rule: str, act: str) -> int:
        return sum(n for (r, a), n in counts.items() if rule in (r, ALL) and act in (a, ALL))

    return Table("decisions", acts, {rule: [count(rule, act) for act in acts] for rule in keys})


def detection(session: Session, quarter: Quarter) -> Table:
    """How it was found, and how many of them were decided automatically."""
    asked = select(Ruling.detected, Ruling.automated, func.count()).where(*_done(quarter))
    counts: dict[str, list[Figure]] = {key: [0, 0] for key in ("flags", "rules", "own", "notice", "appeal", ALL)}
    assert set(counts) == {*DETECTED, ALL}
    for detected, automated, count in session.execute(asked.group_by(Ruling.detected, Ruling.automated)):
        for key in (detected, ALL):
            counts[key][0] = (counts[key][0] or 0) + count
            counts[key][1] = (counts[key][1] or 0) + (count if automated else 0)
    return Table("detection", ("count", "automated"), counts)


def objections(session: Session, quarter: Quarter) -> Table:
    """Made in the quarter; answered in it, how, and half and nine of ten of them within how many hours."""
    made = session.scalar(select(func.count()).select_from(Appeal).where(*_within(Appeal.at, quarter)))
    asked = select(Appeal.state, Appeal.at, Appeal.decided_at).where(
        Appeal.state.in_(("upheld", "reversed")), *_within(Appeal.decided_at, quarter)
    )
    answered = session.execute(asked).all()
    states = Counter(row[0] for row in answered)
    half, most = _hours((row[1], row[2]) for row in answered)
    rows: dict[str, Sequence[Figure]] = {
        "made": [made or 0],
        "upheld": [states["upheld"]],
        "reversed": [states["reversed"]],
        "median_hours": [half],
        "p90_hours": [most],
    }
    return Table("objections", ("count",), rows)


def reversals(session: Session, quarter: Quarter) -> Table:
    """What was done and then taken back in the quarter, whenever it was decided: how it came to that."""
    asked = select(Ruling.undone_how, func.count()).where(Ruling.state == "undone", *_within(Ruling.undone_at, quarter))
    return Table("reversals", ("count",), _rows(HOW, _counts(session, asked.group_by(Ruling.undone_how))))


def times(session: Session, quarter: Quarter) -> Table:
    """What waited and was decided in the quarter: how many, half and nine of ten of them within how many hours, the
    target, and how many within it. Without what was taken back before."""
    asked = select(Case.kind, Case.opened_at, Case.closed_at).where(
        *_within(Case.closed_at, quarter), Case.outcome != "withdrawn"
    )
    took: dict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for kind, opened_at, closed_at in session.execute(asked):
        took[kind].append((opened_at, closed_at))
    until = min(clock.now(), quarter.ends)
    held = targets(session, until, _LONGEST)
    return Table(
        "times",
        ("decided", "median_hours", "p90_hours", "target_hours", "within_target"),
        {str(kind): _times(kind, took[str(kind)], held, until) for kind in LINES},
    )


def _times(
    kind: Kind, took: Sequence[tuple[datetime, datetime | None]], held: Targets, until: datetime
) -> Sequence[Figure]:
    within = sum(held.promise(kind, begin, end).outcome(until) is Outcome.MET for begin, end in took)
    return [len(took), *_hours(took), held.promise(kind, until).target.total_seconds() / 3600, within]


def two_people(session: Session, quarter: Quarter) -> Table:
    """What somebody of the organization proposed in the quarter, or did at once in an emergency, about what concerns
    it; and what a peer moderator made of it."""
    kept = (Ruling.emergency, Ruling.state, Ruling.confirmed_at, Ruling.review_by, Ruling.by_id)
    asked = select(*kept, Ruling.undone_how, Ruling.undone_by_id)
    rows_of = session.execute(asked.where(Ruling.by_host, Ruling.concerns_host, *_within(Ruling.at, quarter)))
    became = Counter((bool(one.emergency), _became(one)) for one in rows_of)
    rows: dict[str, Sequence[Figure]] = {
        key: [became[False, key], became[True, key]] for key in ("confirmed", "refused", "lapsed", "withdrawn", "waits")
    }
    begun = [sum(int(row[0] or 0) for row in rows.values()), sum(int(row[1] or 0) for row in rows.values())]
    return Table("two_people", ("proposals", "emergencies"), {"begun": begun, **rows})


def _became(one: Any) -> str:
    """What became of what needs a peer; "": this did not."""
    if one.confirmed_at is not None:
        return "confirmed"
    if one.state == "proposed" or (one.state == "in_force" and one.review_by is not None):
        return "waits"
    if one.undone_how == "refused":
        return "withdrawn" if one.undone_by_id == one.by_id else "refused"
    if one.undone_how == "lapse":
        return "lapsed"
    return "withdrawn" if one.undone_how == "lapsed" or (one.emergency and one.state == "undone") else ""


def sanctions(session: Session, quarter: Quarter) -> Table:
    """What members were warned of or may not do for a while, imposed in the quarter; how many of these by a rule of
    this place, and how many were ended early since. Not those taken back as if they had never been."""
    asked = select(Sanction.kind, Sanction.automated, Sanction.lifted_at).where(
        Sanction.role != BROUGHT, *_within(Sanction.since, quarter)
    )
    rows: dict[str, list[int]] = {str(kind): [0, 0, 0] for kind in SanctionKind}
    for kind, automated, lifted_at in session.execute(asked):
        counted = (1, int(automated), int(lifted_at is not None))
        rows[kind] = [there + more for there, more in zip(rows[kind], counted, strict=True)]
    return Table("sanctions", ("count", "automated", "ended_early"), rows)


def spam(session: Session, quarter: Quarter) -> Table:
    """Spam accounts removed in the quarter with everything of theirs, and how many of them were given back."""
    asked = select(SpamRemoval.state, func.count()).where(*_within(SpamRemoval.at, quarter))
    states = _counts(session, asked.group_by(SpamRemoval.state))
    back = states.get(UNDOING, 0) + states.get(UNDONE, 0)
    return Table("spam", ("count",), {"removed": [sum(states.values())], "given_back": [back]})


def notices(session: Session, quarter: Quarter) -> Table:
    """Reports of illegal content: made in the quarter; answered in it, how, and within how many hours."""
    made = session.scalar(select(func.count()).select_from(IllegalReport).where(*_within(IllegalReport.at, quarter)))
    asked = select(IllegalReport.decision, IllegalReport.at, IllegalReport.decided_at).where(
        IllegalReport.decision != "", *_within(IllegalReport.decided_at, quarter)
    )
    answered = session.execute(asked).all()
    became = Counter(row[0] for row in answered)
    rows: dict[str, Sequence[Figure]] = {"made": [made or 0], **{key: [became[key]] for key in DECISIONS}}
    half, most = _hours((row[1], row[2]) for row in answered)
    rows |= {"median_hours": [half], "p90_hours": [most]}
    return Table("notices", ("count",), rows)


def holds(session: Session, quarter: Quarter) -> Table:
    """What was held in the quarter before others saw it, and what became of it. Counted by its cases, which stay."""
    asked = select(Case.outcome, func.count()).where(Case.kind == str(Kind.HELD), *_within(Case.opened_at, quarter))
    became = {_HELD.get(outcome, outcome): count for outcome, count in session.execute(asked.group_by(Case.outcome))}
    rows = _rows(_HELD.values(), became)
    return Table("holds", ("count",), {ALL: [sum(became.values())], **rows})


Tabled = Callable[[Session, Quarter], Table]
TABLES: Sequence[Tabled] = (
    *(decisions, detection, objections, reversals, times, two_people, sanctions, spam, notices, holds),
)


def first_moment(session: Session) -> datetime | None:
    """When moderators first did something, or something first waited for them."""
    here = select(func.min(Sanction.since)).where(Sanction.role != BROUGHT)
    noted = select(func.min(Post.created_at)).where(Post.office != "")
    others = (select(func.min(moment)) for moment in (Ruling.at, Case.opened_at, SpamRemoval.at, IllegalReport.at))
    asked = select(*(one.scalar_subquery() for one in (here, noted, *others)))
    return min((one for one in session.execute(asked).one() if one is not None), default=None)


def _done(quarter: Quarter) -> tuple[ColumnElement[bool], ...]:
    counts = Ruling.state.not_in(("proposed", "refused", "lapsed"))
    return (*_within(Ruling.at, quarter), counts, Ruling.act.not_in((SANCTION, SPAM)))


def _within(moment: Moment, quarter: Quarter) -> tuple[ColumnElement[bool], ...]:
    return moment >= quarter.begins, moment < quarter.ends


def _counts(session: Session, asked: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(asked)}


def _rows(keys: Iterable[str], counts: Mapping[str, int]) -> dict[str, Sequence[Figure]]:
    return {key: [counts.get(key, 0)] for key in keys}


def _hours(spans: Iterable[tuple[datetime, datetime | None]]) -> tuple[Figure, Figure]:
    """In how many hours half of it was done, and nine of ten (the nearest rank); None where nothing was."""
    hours = sorted((end - begin).total_seconds() / 3600 for begin, end in spans if end is not None)
    if not hours:
        return None, None
    return round(median(hours), 1), round(hours[ceil(len(hours) * 0.9) - 1], 1)
