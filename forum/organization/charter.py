"""The charter: what an organization promises the community it hosts, and how it bounds itself (`organization.md` §4).

Pure values. What may stand in a charter is said in `refusals.py`, what two of them differ in and from when that counts
in `versions.py`, how it is kept in `charter_json.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from forum.organization.dials import DIALS
from forum.organization.hours import Hours
from forum.organization.stages import LIMITS, Limits, Stage
from forum.permissions import Role


class Question(StrEnum):
    """What a charter answers in public: do we …"""

    LEARN = "learn"
    RECOGNIZE = "recognize"
    IDEAS = "ideas"
    CHANNEL = "channel"
    CONTENT = "content"


class Stand(StrEnum):
    """How it answers."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, limited or no, with a sentence that says what that means here."""

    stand: Stand
    sentence: str


@dataclass(frozen=True, slots=True)
class Staffed:
    """Who is responsible for an active role, who steps in, and for how many hours a week. People are account ids."""

    primary: int
    backup: int
    hours: int


class Kind(StrEnum):
    """What can be promised."""

    NO_SILENCE = "no_silence"
    NEWCOMER_HELLO = "newcomer_hello"
    ORG_QUESTION = "org_question"
    IDEA_STATUS = "idea_status"
    IDEA_DECISION = "idea_decision"
    APPEAL = "appeal"


KEEPERS: Mapping[Kind, Role] = {
    Kind.NO_SILENCE: Role.RESPONDER,
    Kind.NEWCOMER_HELLO: Role.RESPONDER,
    Kind.ORG_QUESTION: Role.RESPONDER,
    Kind.IDEA_STATUS: Role.LISTENER,
    Kind.IDEA_DECISION: Role.LISTENER,
    Kind.APPEAL: Role.HOST,
}
"""The role whose people keep a promise: without anybody in it there is no such promise."""


class Clock(StrEnum):
    """Which hours count: those of our service, or all of them."""

    SERVICE = "service"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Commitment:
    """Within so many hours by that clock, in at least so many of a hundred cases."""

    hours: int
    clock: Clock = Clock.SERVICE
    percentage: int = 90


Changes = Mapping[Stage, Mapping[str, int]]
"""What is otherwise than the usual limits: stage → key of a dial → where it stands."""


@dataclass(frozen=True, kw_only=True)
class Charter:
    """All of it. `roles`: the active ones. `limits`: what is otherwise than `stages.LIMITS` on all boards; `boards`:
    what is otherwise than that on some, by their ids."""

    review_by: date
    answers: Mapping[Question, Answer] = field(default_factory=dict)
    roles: Mapping[Role, Staffed] = field(default_factory=dict)
    commitments: Mapping[Kind, Commitment] = field(default_factory=dict)
    service: Hours = field(default_factory=lambda: Hours(ZoneInfo("UTC")))
    will_not: tuple[str, ...] = ()
    limits: Changes = field(default_factory=dict)
    boards: Mapping[int, Changes] = field(default_factory=dict)

    def dial(self, key: str, stage: Stage, board_id: int | None = None) -> int:
        """Where a dial stands: as the board has it, else as all boards do, else as usual."""
        for said in (self.boards.get(board_id, {}) if board_id is not None else {}, self.limits):
            if key in said.get(stage, {}):
                return said[stage][key]
        return DIALS[key].read(LIMITS[stage])

    def limits_of(self, stage: Stage, board_id: int | None = None) -> Limits:
        """What holds on a board of that stage; without a board, what holds where none says otherwise."""
        return turned(LIMITS[stage], {key: self.dial(key, stage, board_id) for key in DIALS})


def turned(limits: Limits, values: Mapping[str, int]) -> Limits:
    """Limits with these dials turned."""
    for key, value in values.items():
        limits = DIALS[key].turn(limits, value)
    return limits


def only_changes(typed: Changes, usual: Mapping[Stage, Mapping[str, int]]) -> Changes:
    """What of it differs from what is usual; stages without anything left out."""
    differing = {
        stage: {key: value for key, value in dials.items() if value != usual[stage][key]}
        for stage, dials in typed.items()
    }
    return {stage: dials for stage, dials in differing.items() if dials}


USUAL: Mapping[Stage, Mapping[str, int]] = {
    stage: {key: dial.read(limits) for key, dial in DIALS.items()} for stage, limits in LIMITS.items()
}
"""Every dial as §3.2 sets it."""

DUTY: Mapping[Kind, Commitment] = {
    Kind.NO_SILENCE: Commitment(24, Clock.SERVICE, 90),
    Kind.NEWCOMER_HELLO: Commitment(24, Clock.WALL, 90),
}
"""Nobody waits in vain, charter or not: the hello time that the measures use, and two working days of twelve hours."""

UNWRITTEN = Charter(review_by=date.max, commitments=DUTY)
"""What holds where no charter was ever saved: the usual limits, and the duty."""

LONGEST_REVIEW = timedelta(days=400)
USUAL_REVIEW = timedelta(days=365)


def people_of(charters: Iterable[Charter]) -> frozenset[int]:
    """Everybody who is responsible for something in them."""
    staffed = (role for charter in charters for role in charter.roles.values())
    return frozenset(one for role in staffed for one in (role.primary, role.backup))
