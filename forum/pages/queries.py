"""Reads of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.pages.models import HousePage, PageAcceptance, PageVersion
from forum.pages.purposes import ACCEPTED, PURPOSES, place
from forum.permissions import Act, Actor, require
from forum.posts.diff import Piece, condensed, diff


@dataclass(frozen=True)
class Reading:
    """A page with the version that is read, and how many versions were published."""

    page: HousePage
    version: PageVersion
    versions: int


@dataclass(frozen=True)
class Step:
    """A published version with what changed since the one before it."""

    version: PageVersion
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class ToAccept:
    """A page that a member has not accepted as it is now. `pieces`: what changed since they did (None: never)."""

    page: HousePage
    version: PageVersion
    since: datetime | None
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Listed:
    """A page as administrators list it: what holds, what waits, how many accepted what holds."""

    slug: str
    title: str
    sentence: str
    page: HousePage | None
    published: PageVersion | None
    draft: PageVersion | None
    accepted: int


def page(session: Session, slug: str) -> Reading:
    """The page as it holds now; NotFound where there is none."""
    row = session.execute(_published().where(HousePage.slug == slug)).first()
    if row is None:
        raise NotFound(_("There is no such page here."))
    found, version = row
    count = select(func.count(PageVersion.id)).where(
        PageVersion.page_id == found.id, PageVersion.published_at.is_not(None)
    )
    return Reading(found, version, session.scalar(count) or 0)


def history(session: Session, slug: str) -> tuple[HousePage, list[Step]]:
    """The published versions of a page that holds, the latest first, each with what it changed."""
    found = page(session, slug).page
    rows = session.scalars(
        select(PageVersion)
        .where(PageVersion.page_id == found.id, PageVersion.published_at.is_not(None))
        .order_by(PageVersion.number)
    ).all()
    before = ""
    steps = []
    for version in rows:
        steps.append(Step(version, changes(before, version.source)))
        before = version.source
    return found, steps[::-1]


def changes(old: str, new: str) -> list[Piece]:
    """What is different, with two unchanged lines around."""
    return condensed(diff(old, new))


def to_accept(session: Session, actor: Actor) -> list[ToAccept]:
    """The pages that the actor has not accepted as they are now, with what changed since they did."""
    asked = []
    for found, version in session.execute(_published().where(HousePage.slug.in_(ACCEPTED))):
        last = session.execute(
            select(PageVersion, PageAcceptance.accepted_at)
            .join(PageAcceptance, PageAcceptance.version_id == PageVersion.id)
            .where(PageVersion.page_id == found.id, PageAcceptance.account_id == actor.account_id)
            .order_by(PageVersion.number.desc())
            .limit(1)
        ).first()
        if last is None:
            asked.append(ToAccept(found, version, None, []))
        elif last[0].number < version.number:
            asked.append(ToAccept(found, version, last[1], changes(last[0].source, version.source)))
    return sorted(asked, key=lambda one: place(one.page.slug))


def accepted_by(session: Session, account_id: int) -> Sequence[tuple[HousePage, PageVersion, datetime]]:
    """What somebody accepted, the latest first. For their own eyes and for administrators."""
    rows = session.execute(
        select(HousePage, PageVersion, PageAcceptance.accepted_at)
        .join(PageVersion, PageVersion.page_id == HousePage.id)
        .join(PageAcceptance, PageAcceptance.version_id == PageVersion.id)
        .where(PageAcceptance.account_id == account_id)
        .order_by(PageAcceptance.accepted_at.desc(), PageVersion.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]


# ── for administrators ────────────────────────────────────────────────────────────────────────────────────────────────


def listed(session: Session, actor: Actor) -> list[Listed]:
    """Every page, those that every place has first, whether they were written or not. Three queries."""
    require(actor, Act.ADMINISTER)
    rows = {found.slug: found for found in session.scalars(select(HousePage))}
    latest: dict[int, dict[int, PageVersion]] = {}
    for version in session.scalars(select(PageVersion)):
        latest.setdefault(version.page_id, {})[version.number] = version
    counts = select(PageAcceptance.version_id, func.count()).group_by(PageAcceptance.version_id)
    accepted = {row[0]: row[1] for row in session.execute(counts)}
    return [_listed(slug, rows.get(slug), latest, accepted) for slug in sorted({*PURPOSES, *rows}, key=place)]


def for_editing(session: Session, actor: Actor, slug: str) -> tuple[HousePage | None, PageVersion | None]:
    """The page and its latest version, draft or not; None each where nobody wrote one. NotFound for an address that is
    neither a page nor one that every place has."""
    require(actor, Act.ADMINISTER)
    found = session.scalars(select(HousePage).where(HousePage.slug == slug)).first()
    if found is None:
        if slug not in PURPOSES:
            raise NotFound(_("There is no such page here."))
        return None, None
    return found, latest_version(session, found)


def latest_version(session: Session, found: HousePage) -> PageVersion | None:
    """The draft, else the version published last."""
    return session.scalars(
        select(PageVersion).where(PageVersion.page_id == found.id).order_by(PageVersion.number.desc()).limit(1)
    ).first()


def published_version(session: Session, found: HousePage) -> PageVersion | None:
    """The version that holds, if any."""
    return session.scalars(
        select(PageVersion).where(PageVersion.page_id == found.id, PageVersion.number == found.published_number)
    ).first()


def published(session: Session, slugs: Sequence[str] = ()) -> list[tuple[HousePage, PageVersion]]:
    """The pages that hold (of these, else all) with their versions, in their order."""
    asked = _published().where(HousePage.slug.in_(slugs)) if slugs else _published()
    return sorted(((row[0], row[1]) for row in session.execute(asked)), key=lambda pair: place(pair[0].slug))


def _published() -> Select[HousePage, PageVersion]:
    holds = and_(PageVersion.page_id == HousePage.id, PageVersion.number == HousePage.published_number)
    return select(HousePage, PageVersion).join(PageVersion, holds)


def _listed(
    slug: str, found: HousePage | None, latest: dict[int, dict[int, PageVersion]], accepted: dict[int, int]
) -> Listed:
    purpose = PURPOSES.get(slug)
    versions = latest.get(found.id, {}) if found is not None else {}
    holds = versions.get(found.published_number or 0) if found is not None else None
    last = versions[max(versions)] if versions else None
    return Listed(
        slug=slug,
        title=found.title if found is not None else _(purpose.title) if purpose else slug,
        sentence=_(purpose.sentence) if purpose else "",
        page=found,
        published=holds,
        draft=last if last is not None and last.published_at is None else None,
        accepted=accepted.get(holds.id, 0) if holds is not None else 0,
    )
