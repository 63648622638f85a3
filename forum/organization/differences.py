"""What two charters differ in, in words, with what it means for members: tighter, looser, or neither. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from forum.core.words import gettext as _
from forum.organization import charter_words as words
from forum.organization import wording
from forum.organization.charter import Charter, Kind, Question
from forum.organization.dials import DIALS
from forum.organization.hours import Hours
from forum.organization.stages import Stage
from forum.organization.versions import boards_of, covers, is_weaker
from forum.permissions import Role


class Way(StrEnum):
    """What a change means: whatever is looser waits."""

    TIGHTER = "tighter"
    LOOSER = "looser"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Change:
    """A difference, in words."""

    text: str
    way: Way = Way.OTHER


def diff(before: Charter, after: Charter, called: Mapping[int, str]) -> list[Change]:
    """All differences, in the order of the charter. `called`: the names of the boards that the reader may see."""
    return [
        *_answers(before, after),
        *_roles(before, after),
        *_promises(before, after),
        *_hours(before.service, after.service),
        *_will_not(before, after),
        *_limits(before, after, called),
        *_review(before, after),
    ]


def loosened(before: Charter, after: Charter, called: Mapping[int, str] | None = None) -> list[Change]:
    """What waits for 7 days, and names a decision."""
    return [change for change in diff(before, after, called or {}) if change.way is Way.LOOSER]


def _answers(before: Charter, after: Charter) -> Iterator[Change]:
    for question in Question:
        was, now = before.answers.get(question), after.answers.get(question)
        if now is None or was == now:
            continue
        asked = words.question(question)
        if was is not None and was.stand == now.stand:
            yield Change(_("%(asked)s The sentence says: %(sentence)s", asked=asked, sentence=now.sentence))
        else:
            stand = words.stand(now.stand)
            yield Change(_("%(asked)s %(stand)s: %(sentence)s", asked=asked, stand=stand, sentence=now.sentence))


def _roles(before: Charter, after: Charter) -> Iterator[Change]:
    for role in Role:
        was, now, name = before.roles.get(role), after.roles.get(role), wording.role(role)
        if was == now:
            continue
        if now is None:
            yield Change(_("%(role)s: the role is not active any more.", role=name))
        elif was is None:
            yield Change(_("%(role)s: the role is active, with %(n)s hours a week.", role=name, n=now.hours))
        else:
            if was.hours != now.hours:
                hours = {"after": now.hours, "before": was.hours}
                yield Change(_("%(role)s: %(after)s hours a week instead of %(before)s.", role=name, **hours))
            if was.primary != now.primary:
                yield Change(_("%(role)s: somebody else is responsible.", role=name))
            if was.backup != now.backup:
                yield Change(_("%(role)s: somebody else steps in.", role=name))


def _promises(before: Charter, after: Charter) -> Iterator[Change]:
    for kind in Kind:
        was, now, name = before.commitments.get(kind), after.commitments.get(kind), words.kind(kind)
        if was == now:
            continue
        way = Way.LOOSER if is_weaker(was, now) else Way.TIGHTER
        if now is None:
            yield Change(_("%(promise)s: promised no more.", promise=name), way)
        elif was is None:
            yield Change(_("%(promise)s, promised now: %(within)s.", promise=name, within=words.within(now)), way)
        else:
            after_, before_ = words.within(now), words.within(was)
            said = _("%(promise)s: %(after)s instead of %(before)s.", promise=name, after=after_, before=before_)
            yield Change(said, way)


def _hours(before: Hours, after: Hours) -> Iterator[Change]:
    if (before.zone, before.week) != (after.zone, after.week):
        if not covers(after, before):
            yield Change(_("There are hours at which we are not there any more."), Way.LOOSER)
        if not covers(before, after):
            yield Change(_("There are hours at which we are there now."), Way.TIGHTER)
        if before.zone != after.zone:
            yield Change(
                _("Our hours are those of %(after)s instead of %(before)s.", after=after.zone, before=before.zone)
            )
    if before.holidays != after.holidays:
        yield Change(_("Other days are holidays."))


def _will_not(before: Charter, after: Charter) -> Iterator[Change]:
    for sentence in after.will_not:
        if sentence not in before.will_not:
            yield Change(_("We will not, new: %(sentence)s", sentence=sentence))
    for sentence in before.will_not:
        if sentence not in after.will_not:
            yield Change(_("We said that we will not, and say it no more: %(sentence)s", sentence=sentence))


def _limits(before: Charter, after: Charter, called: Mapping[int, str]) -> Iterator[Change]:
    for board_id in boards_of(before, after):
        for stage in Stage:
            for key, dial in DIALS.items():
                if board_id is not None and not _says(board_id, stage, key, before, after):
                    continue  # follows all boards, which stand above
                was, now = (charter.dial(key, stage, board_id) for charter in (before, after))
                if was != now:
                    where = words.stage(stage)
                    if board_id is not None:
                        where = _("%(board)s, %(stage)s", board=called.get(board_id) or _("another board"), stage=where)
                    yield Change(
                        _(
                            "%(what)s (%(where)s): %(after)s instead of %(before)s.",
                            what=words.dial(key),
                            where=where,
                            after=dial.said(now),
                            before=dial.said(was),
                        ),
                        Way.LOOSER if dial.is_looser(was, now) else Way.TIGHTER,
                    )


def _says(board_id: int, stage: Stage, key: str, *charters: Charter) -> bool:
    return any(key in charter.boards.get(board_id, {}).get(stage, {}) for charter in charters)


def _review(before: Charter, after: Charter) -> Iterator[Change]:
    if before.review_by != after.review_by:
        yield Change(_("It is looked at again by %(day)s at the latest.", day=after.review_by))
