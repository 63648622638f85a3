"""Why a charter is not saved: each reason in words, beside the field of the form that it is about
(`organization.md` §4, "Saving is refused unless …"). Pure.

Every stage is one that every board can reach: boards grow, new ones begin, and an entry in the decision log can put one
back. So promises are held against the first word of members at all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from forum.core.words import gettext as _
from forum.organization import charter_words as words
from forum.organization import wording
from forum.organization.charter import (
    KEEPERS,
    LONGEST_REVIEW,
    UNWRITTEN,
    Changes,
    Charter,
    Clock,
    Commitment,
    Kind,
    Question,
)
from forum.organization.dials import DIALS, HOUR
from forum.organization.hours import Hours
from forum.organization.stages import LIMITS, Stage
from forum.organization.versions import REFERENCE, WEEK, is_looser
from forum.organization.windows import Asked, window_end
from forum.permissions import Role

LONGEST_SENTENCE, MOST_SENTENCES = 300, 20
MOST_HOURS = 24 * 365
MOST_HOLIDAYS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and beside which field it stands."""

    field: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a charter is held against. `people`: who belongs to the organization, human beings; `moderators`: peers who
    keep the peace, too; `zones`, `names`: board id → its time zone, its name; `before`: the charter as it was saved
    last; `decisions`: the numbers in the log, `decision`: the one that is named."""

    today: date
    people: frozenset[int] = frozenset()
    moderators: frozenset[int] = frozenset()
    zones: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    before: Charter = UNWRITTEN
    decisions: frozenset[int] = frozenset()
    decision: int | None = None


def validated(charter: Charter, around: Surroundings) -> list[Problem]:
    """Everything that stands in the way of saving it; nothing where it may be saved."""
    dials = list(_dials(charter, around))
    return [
        *_answers(charter),
        *_roles(charter, around),
        *_promises(charter),
        *_hours(charter.service),
        *([] if dials else _silence(charter, around)),
        *_will_not(charter),
        *dials,
        *_review(charter, around),
        *_decision(charter, around),
    ]


def _answers(charter: Charter) -> Iterator[Problem]:
    for question in Question:
        answer = charter.answers.get(question)
        if answer is None:
            yield Problem(f"{question}_stand", _("Say yes, within limits, or no."))
        elif not answer.sentence:
            yield Problem(f"{question}_sentence", _("Say in a sentence what that means here."))
        elif len(answer.sentence) > LONGEST_SENTENCE:
            yield Problem(f"{question}_sentence", _too_long())


def _roles(charter: Charter, around: Surroundings) -> Iterator[Problem]:
    for role, staffed in charter.roles.items():
        may_stand_in = around.people | (around.moderators if role is Role.HOST else frozenset())
        if staffed.primary not in around.people:
            yield Problem(f"{role}_primary", _("Choose who is responsible, among the people of the organization."))
        if staffed.backup not in may_stand_in:
            yield Problem(f"{role}_backup", _("Choose who steps in when they are away."))
        elif staffed.backup == staffed.primary:
            yield Problem(f"{role}_backup", _("Somebody else has to step in: nobody is their own backup."))
        if staffed.hours <= 0 or staffed.hours > 7 * 24:
            yield Problem(f"{role}_hours", _("Say how many hours a week it gets: from 1 to %(most)s.", most=7 * 24))
    hosts, announcers = (charter.roles.get(role) for role in (Role.HOST, Role.ANNOUNCER))
    if hosts and announcers and {announcers.primary, announcers.backup} <= {hosts.primary, hosts.backup}:
        said = _("Somebody who is not a host has to announce, too: whoever judges is not the only one who announces.")
        yield Problem(f"{Role.ANNOUNCER}_primary", said)


def _promises(charter: Charter) -> Iterator[Problem]:
    for kind, promise in charter.commitments.items():
        keeper = KEEPERS[kind]
        if keeper not in charter.roles:
            said = _("Nobody would keep this: the role “%(role)s” is not active.", role=wording.role(keeper))
            yield Problem(f"{kind}_kept", said)
        if not 0 < promise.hours <= MOST_HOURS:
            yield Problem(f"{kind}_hours", _("From 1 to %(most)s hours.", most=MOST_HOURS))
        if not 50 <= promise.percentage <= 100:
            yield Problem(f"{kind}_percentage", _("From 50 to 100 of a hundred cases."))


def _hours(service: Hours) -> Iterator[Problem]:
    if not service.week:
        yield Problem("day0_from", _("Say when somebody is there: at least on one day."))
    for day, (begins, ends) in service.week.items():
        if ends <= begins:
            yield Problem(f"day{day}_to", _("This has to be later than the beginning."))
    if len(service.holidays) > MOST_HOLIDAYS:
        yield Problem("holidays", _("At most %(n)s days.", n=MOST_HOLIDAYS))


def _will_not(charter: Charter) -> Iterator[Problem]:
    if len(charter.will_not) > MOST_SENTENCES:
        yield Problem("will_not", _("At most %(n)s sentences: what is long is not read.", n=MOST_SENTENCES))
    if any(len(sentence) > LONGEST_SENTENCE for sentence in charter.will_not):
        yield Problem("will_not", _too_long())


def _dials(charter: Charter, around: Surroundings) -> Iterator[Problem]:
    yield from _in_range("", charter.limits)
    for board_id, changes in charter.boards.items():
        if board_id not in around.zones:
            yield Problem("boards", _("One of these boards is not there any more."))
        yield from _in_range(f"board{board_id}_", changes)


def _in_range(prefix: str, changes: Changes) -> Iterator[Problem]:
    for stage, dials in changes.items():
        for key, value in dials.items():
            dial = DIALS[key]
            if not dial.least <= value <= dial.most:
                said = _("From %(least)s to %(most)s.", least=dial.least, most=dial.most)
                yield Problem(f"{prefix}{stage}_{key}", said)


def _review(charter: Charter, around: Surroundings) -> Iterator[Problem]:
    if not around.today < charter.review_by <= around.today + LONGEST_REVIEW:
        said = _("A day to come, at most %(n)s days from now.", n=LONGEST_REVIEW.days)
        yield Problem("review_by", said)


def _decision(charter: Charter, around: Surroundings) -> Iterator[Problem]:
    if around.decision is not None and around.decision not in around.decisions:
        yield Problem("decision", _("There is no decision of this number."))
    elif around.decision is None and is_looser([around.before], charter):
        said = _(
            "Something would be looser than before: name the decision behind it. Whoever has none enters it first."
        )
        yield Problem("decision", said)


def _too_long() -> str:
    return _("That is too long: at most %(n)s characters.", n=LONGEST_SENTENCE)


# ── no silence, and the first word ────────────────────────────────────────────────────────────────────────────────────


def _silence(charter: Charter, around: Surroundings) -> Iterator[Problem]:
    promise = charter.commitments.get(Kind.NO_SILENCE)
    if promise is None or not charter.service.week:
        return
    least = needed(charter, around.zones, Stage, promise.clock)
    if promise.hours < least:
        first = (one for one in Stage if promise.hours < needed(charter, around.zones, [one], promise.clock))
        said = _(
            "At least %(n)s hours by this clock. On boards in the stage “%(stage)s” the first word of members can "
            "last longer than this promise leaves us, if a question comes at the wrong hour. Promise more hours, "
            "or shorten the first word.",
            n=least,
            stage=words.stage(next(first)),
        )
        alone = ", ".join(_alone_too_long(charter, around, promise))
        if alone:
            because = _("It is because of the limits that these boards have of their own: %(boards)s.", boards=alone)
            said = f"{said} {because}"
        yield Problem(f"{Kind.NO_SILENCE}_hours", said)


def _alone_too_long(charter: Charter, around: Surroundings, promise: Commitment) -> list[str]:
    """The names of boards whose own limits ask for more hours than are promised, where those of all others do not."""
    without = replace(charter, boards={})
    if needed(without, around.zones, Stage, promise.clock) > promise.hours:
        return []
    return [
        around.names.get(board_id, "")
        for board_id, changes in charter.boards.items()
        if board_id in around.zones
        and needed(
            replace(charter, boards={board_id: changes}), {board_id: around.zones[board_id]}, Stage, promise.clock
        )
        > promise.hours
    ]


def needed(charter: Charter, zones: Mapping[int, str], stages: Iterable[Stage], clock: Clock) -> int:
    """The fewest hours by that clock after which a promise falls due later than the first word of members ends, for a
    question asked at any hour of the reference week on any board of these stages, a newcomer’s first one included."""
    service = Hours(charter.service.zone, charter.service.week)
    longest = timedelta()
    for wall, awake, zone in _longest({window for stage in stages for window in _windows(charter, zones, stage)}):
        limits, hours = replace(LIMITS[Stage.MATURITY], wall=wall, awake=awake), Hours(ZoneInfo(zone))
        for hour in range(WEEK // HOUR):
            asked = REFERENCE + hour * HOUR
            end = window_end(Asked(asked), limits, hours)
            longest = max(longest, end - asked if clock is Clock.WALL else service.between(asked, end))
    return longest // HOUR + 1


_Window = tuple[timedelta, timedelta, str]
"""The hours of a first word, those of them awake, and the zone of the board."""


def _windows(charter: Charter, zones: Mapping[int, str], stage: Stage) -> set[_Window]:
    """The first words there are: on boards with limits of their own, on all others, on boards to come."""
    places = {(board_id if board_id in charter.boards else None, zone) for board_id, zone in zones.items()}
    return {
        (wall, awake, zone)
        for board_id, zone in places | {(None, charter.service.zone.key)}
        for of in [charter.limits_of(stage, board_id)]
        for wall, awake in ((of.wall, of.awake), (of.newcomer_wall, of.newcomer_awake))
    }


def _longest(windows: set[_Window]) -> list[_Window]:
    """Without those that always end sooner than another one does in the same zone."""
    return [
        one
        for one in windows
        if not any(
            one != other and one[2] == other[2] and one[0] <= other[0] and one[1] <= other[1] for other in windows
        )
    ]
