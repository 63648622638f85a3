"""What a conversation that the organization begins on purpose must be, and what became of it (`organization.md` §5).
Pure; instants are UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.core.words import ngettext

LEAST_CONSENTS = 2
"""So many members said that they will take part, before it is posted."""
APART = timedelta(hours=48)
"""No other one on the board is nearer."""
SILENCE = timedelta(hours=24)
"""For so long whoever began it leaves it to members."""
REVIEWED_AFTER = timedelta(days=7)
LONGEST_SLOT = timedelta(hours=72)
"""Of an hour for asking anything, which may go over several days."""
SHORTEST_ASK, LONGEST_ASK, LONGEST_NOTE = 15, 300, 300

# Question marks of the scripts: Latin, full width, Arabic, Greek, Armenian, Ethiopic, Vai, and doubled ones.
_MARKS = "?？؟\u037e՞፧꘏⁇⁈‽"
_CLOSING = " \"'”’“»«)]｣」』）]›‹*_"


class Kind(StrEnum):
    """What sort of beginning it is, in the order in which they are offered."""

    QUESTION = "question"
    RESOURCE = "resource"
    STORY = "story"
    EVENT = "event"
    AMA = "ama"


class State(StrEnum):
    """How far it is."""

    PLANNED = "planned"
    POSTED = "posted"
    REVIEWED = "reviewed"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """What a week made of it."""

    SUCCESS = "success"
    PARTLY = "partly"
    FAILED = "failed"


def asks(words: str) -> bool:
    """Whether the words end in a question, by the punctuation of their language: quotes and brackets may close it, and
    Greek writes its question mark as a semicolon."""
    end = words.rstrip(_CLOSING)[-1:]
    is_greek = any("\u0370" <= sign <= "\u03ff" for sign in words)
    return bool(end) and (end in _MARKS or (is_greek and end == ";"))


def checked_ask(words: str) -> str:
    """The question in a line; Invalid where members could not answer it from what they do."""
    line = one_line(words)
    if not asks(line):
        raise Invalid(
            _("End with a question that members can answer from what they do, such as “How do you …?”"), "ask"
        )
    if len(line) < SHORTEST_ASK:
        said = {"n": SHORTEST_ASK, "len": len(line)}
        raise Invalid(_("Ask in at least %(n)s characters; these are %(len)s.", **said), "ask")
    if len(line) > LONGEST_ASK:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_ASK, len=len(line)), "ask")
    return line


# ── when ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def too_near(at: datetime, others: Iterable[datetime]) -> datetime | None:
    """The nearest other one of the board, where it is less than 48 hours away."""
    near = [other for other in others if abs(other - at) < APART]
    return min(near, key=lambda other: abs(other - at), default=None)


def too_many(at: datetime, others: Iterable[datetime], most: int, span: timedelta) -> bool:
    """Whether with this one more than `most` would fall into some `span` of time."""
    times = sorted([*others, at])
    rows = (times[start : start + most + 1] for start in range(len(times) - most))
    return any(row[0] <= at <= row[-1] and row[-1] - row[0] < span for row in rows)


def check_time(at: datetime, others: Sequence[datetime], most: int, span: timedelta, now: datetime) -> None:
    """Invalid (field `planned_at`) unless it lies ahead, within a year, away from `others` of the board, and within how
    many there may be."""
    if not now < at <= now + timedelta(days=366):
        raise Invalid(_("Choose a time in the future, within a year."), "planned_at")
    if too_near(at, others) is not None:
        raise Invalid(
            _("There is another one on this board within 48 hours of that time. Choose a time further away."),
            "planned_at",
        )
    if too_many(at, others, most, span):
        said = {"days": span.days}
        raise Invalid(
            ngettext(
                "With this one there would be more than %(num)s in %(days)s days on this board.",
                "With this one there would be more than %(num)s in %(days)s days on this board.",
                most,
                **said,
            ),
            "planned_at",
        )


def check_board(kind: Kind, board_kind: str, place: str) -> None:
    """Invalid (fields `kind`, `place`) unless an event stands on a board of events, which take nothing else, and says
    where it is."""
    if kind is Kind.EVENT and board_kind != "event":
        raise Invalid(_("An event stands on a board of events, where it has its time. Choose another sort."), "kind")
    if board_kind == "event" and kind is not Kind.EVENT:
        raise Invalid(_("On a board of events everything has a time and a place: choose “An event”."), "kind")
    if kind is Kind.EVENT and not place:
        raise Invalid(_("Say where it is: an address one can find, or the link to the meeting."), "place")
    if len(place) > LONGEST_NOTE:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_NOTE, len=len(place)), "place")


def check_slot(kind: Kind, starts_at: datetime | None, ends_at: datetime | None, planned_at: datetime) -> None:
    """Invalid (fields `starts_at`, `ends_at`) unless an event has a beginning, and an hour for asking anything both
    ends, not before it is posted."""
    if kind not in (Kind.AMA, Kind.EVENT):
        return
    if starts_at is None or starts_at < planned_at:
        raise Invalid(_("Say when it begins: not before it is posted."), "starts_at")
    if kind is Kind.AMA and ends_at is None:
        raise Invalid(_("Say until when members may ask anything."), "ends_at")
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid(_("It ends after it has begun."), "ends_at")
    if kind is Kind.AMA and ends_at is not None and ends_at - starts_at > LONGEST_SLOT:
        raise Invalid(_("At most %(n)s hours.", n=LONGEST_SLOT // timedelta(hours=1)), "ends_at")


# ── what became of it ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply to it: whose it is and whom it answers, by account, and whether each is a peer."""

    author_id: int | None
    is_peer: bool
    answers_id: int | None = None
    answers_peer: bool = False

    @property
    def is_between_peers(self) -> bool:
        return self.is_peer and self.answers_peer and self.author_id != self.answers_id


@dataclass(frozen=True, slots=True)
class Review:
    """How many peers replied, how many replies went from peer to peer, and what that means."""

    peers: int
    between_peers: int

    @property
    def outcome(self) -> Outcome:
        if not self.peers:
            return Outcome.FAILED
        return Outcome.SUCCESS if self.peers >= 2 and self.between_peers else Outcome.PARTLY


def review(replies: Iterable[Heard]) -> Review:
    """What a week of replies comes to."""
    heard = [reply for reply in replies if reply.is_peer]
    return Review(len({reply.author_id for reply in heard}), sum(reply.is_between_peers for reply in heard))


def proposes_dropping(outcomes: Sequence[Outcome]) -> bool:
    """Whether the last two of a type on a board, the latest last, both failed."""
    last = outcomes[-2:]
    return len(last) == 2 and all(outcome is Outcome.FAILED for outcome in last)
