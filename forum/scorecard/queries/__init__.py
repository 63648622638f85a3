"""Reads of scorecards: what was kept, never counted anew. Of boards only those that the reader may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased, load_only

from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.core.words import gettext as _
from forum.permissions import Actor, Right
from forum.scorecard.differences import Compared, Difference, differences
from forum.scorecard.lines import Plain
from forum.scorecard.models import Scorecard, ScorecardPart
from forum.scorecard.reckoning import Part
from forum.scorecard.weeks import MOST_MISSED, WEEK

WHOLE = 0
WEEKS_PER_PAGE = 52


@dataclass(frozen=True, slots=True)
class Past:
    """What one part said in an earlier week (or in this one, the last)."""

    week: date
    lines: Mapping[str, Plain]


@dataclass(frozen=True)
class ScorecardPage:
    """A version of a week's scorecard as somebody reads it: all together, or of one board.

    `boards`: those that have a part of their own, (slug, name). `versions`: all of that week, the latest first.
    `trend`: up to 26 weeks until this one. `changed`: what a recomputation changed, on parts that the reader may see.
    """

    card: Scorecard
    part: ScorecardPart
    boards: Sequence[tuple[str, str]]
    versions: Sequence[Scorecard]
    trend: Sequence[Past]
    changed: Sequence[Difference]
    earlier: date | None
    later: date | None

    @property
    def is_latest_version(self) -> bool:
        return self.card.version == self.versions[0].version


def weeks_made(session: Session) -> Collection[date]:
    """The weeks that have a scorecard."""
    return set(session.scalars(select(Scorecard.week).where(Scorecard.version == 1)))


def scorecard(session: Session, week: date | None = None, version: int | None = None) -> Scorecard | None:
    """One version of a week's scorecard; without saying which, the latest of the latest week. None where it is not."""
    asked = select(Scorecard).order_by(Scorecard.week.desc(), Scorecard.version.desc()).limit(1)
    if week is not None:
        asked = asked.where(Scorecard.week == week)
    if version is not None:
        asked = asked.where(Scorecard.version == version)
    return session.scalars(asked).first()


def found_scorecard(session: Session, week: date | None, version: int | None) -> Scorecard:
    """The same; NotFound."""
    found = scorecard(session, week, version)
    if found is None:
        raise NotFound(_("There is no such scorecard."))
    return found


def parts(session: Session, actor: Actor, card: Scorecard) -> Sequence[ScorecardPart]:
    """All of it, the whole first, then boards by name."""
    return session.scalars(_parts(actor, card.id)).all()


def page(session: Session, actor: Actor, card: Scorecard, slug: str = "") -> ScorecardPage:
    """What its page shows; NotFound where it has no such board, or not for this reader."""
    heads = session.execute(
        _parts(actor, card.id).with_only_columns(ScorecardPart.board_id, ScorecardPart.slug, ScorecardPart.name)
    ).all()
    board_id = next((id_ for id_, called, _name in heads if called == slug), None)
    if board_id is None:
        raise NotFound(_("There is no such board on this scorecard."))
    versions = session.scalars(
        select(Scorecard).where(Scorecard.week == card.week).order_by(Scorecard.version.desc())
    ).all()
    weeks = sorted(weeks_made(session))
    return ScorecardPage(
        card,
        session.get_one(ScorecardPart, (card.id, board_id)),
        [(called, name) for _id, called, name in heads if called],
        versions,
        _trend(session, card, board_id),
        _changed(session, actor, card, versions),
        max((week for week in weeks if week < card.week), default=None),
        min((week for week in weeks if week > card.week), default=None),
    )


def _parts(actor: Actor, card_id: int) -> Select[ScorecardPart]:
    seen = or_(ScorecardPart.board_id == WHOLE, ScorecardPart.board_id.in_(actor.boards_with(Right.SEE)))
    order = (ScorecardPart.board_id != WHOLE, ScorecardPart.name, ScorecardPart.board_id)
    return select(ScorecardPart).where(ScorecardPart.scorecard_id == card_id, seen).order_by(*order)


def _trend(session: Session, card: Scorecard, board_id: int) -> Sequence[Past]:
    """The latest version of each week before; of its own week this version."""
    other = aliased(Scorecard)
    newest = select(func.max(other.version)).where(other.week == Scorecard.week).scalar_subquery()
    rows = session.execute(
        select(Scorecard.week, ScorecardPart.data)
        .join(ScorecardPart, ScorecardPart.scorecard_id == Scorecard.id)
        .where(ScorecardPart.board_id == board_id)
        .where(Scorecard.week > card.week - MOST_MISSED * WEEK)
        .where(or_(Scorecard.id == card.id, (Scorecard.week < card.week) & (Scorecard.version == newest)))
        .order_by(Scorecard.week)
    )
    return [Past(week, data["lines"]) for week, data in rows]


def _changed(session: Session, actor: Actor, card: Scorecard, versions: Sequence[Scorecard]) -> Sequence[Difference]:
    before = next((one for one in versions if one.version == card.version - 1), None)
    if before is None:
        return ()
    return differences(*(map(_compared, parts(session, actor, one)) for one in (before, card)))


def would_change(session: Session, card: Scorecard, anew: Sequence[Part]) -> Sequence[Difference]:
    """What another version of these parts would say otherwise, on any board."""
    kept = session.scalars(select(ScorecardPart).where(ScorecardPart.scorecard_id == card.id)).all()
    return differences(map(_compared, kept), [Compared(one.board_id, one.slug, one.name, one.data) for one in anew])


def _compared(part: ScorecardPart) -> Compared:
    return Compared(part.board_id, part.slug, part.name, part.data)


def weeks_page(session: Session, number: int = 1) -> Page[Scorecard]:
    """The latest version of every week, the latest week first; NotFound for no such page."""
    count = session.scalar(select(func.count(Scorecard.id)).where(Scorecard.version == 1)) or 0
    pages = pages_for(count, WEEKS_PER_PAGE)
    if not 1 <= number <= pages:
        raise NotFound
    other = aliased(Scorecard)
    newest = select(func.max(other.version)).where(other.week == Scorecard.week).scalar_subquery()
    rows = session.scalars(
        select(Scorecard)
        .options(load_only(Scorecard.week, Scorecard.version, Scorecard.made_at))
        .where(Scorecard.version == newest)
        .order_by(Scorecard.week.desc())
        .limit(WEEKS_PER_PAGE)
        .offset((number - 1) * WEEKS_PER_PAGE)
    ).all()
    return Page(rows, number, pages)
