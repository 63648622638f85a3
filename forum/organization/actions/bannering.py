"""The banner: one line at the head of every page, for a week at most, that each may put away."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization.drafts import BannerDraft
from forum.organization.events import BannerEnded, BannerPutAway, BannerRaised
from forum.organization.guard import pinning
from forum.organization.hours import Hours
from forum.organization.models import Organization
from forum.organization.notice_models import LONGEST_LINE, LONGEST_LINK, Banner
from forum.organization.overriding import HeldBack
from forum.organization.queries import incidents
from forum.organization.situation import BoardState, Pinned, Writer
from forum.organization.stages import BEGINNING, LIMITS
from forum.permissions import Act, Actor, Role, require
from forum.site import queries as sites
from forum.site.actions import note_deed
from forum.site.banners import BANNER, Line, with_line


def raise_banner(session: Session, actor: Actor, organization: Organization, draft: BannerDraft) -> Banner:
    """Put a line at the head of every page (`organization` locked). HeldBack where there is one, or for too long."""
    require(actor, Act.RAISE_BANNER, organization)
    now = clock.now()
    _check(draft, now)
    _pass_guard(session, actor, draft.until, now)
    row = Banner(
        organization_id=organization.id,
        source=draft.source,
        html=draft.html,
        link=draft.link,
        raised_at=now,
        raised_by_id=actor.account_id,
        until=draft.until,
    )
    session.add(row)
    session.flush()
    site = sites.site(session)
    site.banners = with_line(site.banners, BANNER, Line(BANNER, row.id, row.html, row.link, row.until))
    note_deed(session, actor, "organization", organization.id, "banner_raised", after={"note": row.source})
    emit(session, BannerRaised(row.id))
    return row


def end_banner(session: Session, actor: Actor, organization: Organization) -> None:
    """Take it down before its time (`organization` locked)."""
    require(actor, Act.RAISE_BANNER, organization)
    row = incidents.banner_up(session, clock.now())
    if row is None:
        raise Conflict(_("There is no banner."))
    row.ended_at = clock.now()
    site = sites.site(session)
    site.banners = with_line(site.banners, BANNER, None)
    note_deed(session, actor, "organization", organization.id, "banner_ended", after={"note": row.source})
    emit(session, BannerEnded(row.id))


def put_banner_away(session: Session, actor: Actor, account: Account, banner_id: int) -> None:
    """Not show it to this member any more; the next one is another."""
    require(actor, Act.PUT_BANNER_AWAY, account)
    banner = incidents.banner_up(session, clock.now())
    if banner is not None and banner.id == banner_id and account.banner_seen < banner_id:
        account.banner_seen = banner_id
        emit(session, BannerPutAway(account.id, banner_id))


def _check(draft: BannerDraft, now: datetime) -> None:
    if not draft.source or len(draft.source) > LONGEST_LINE:
        raise Invalid(_("Write one line, of at most %(n)s characters.", n=LONGEST_LINE), "words")
    if not draft.is_a_line:
        raise Invalid(_("Only words stand in a banner: no heading, list, table or picture."), "words")
    if len(draft.link) > LONGEST_LINK or (draft.link and not _leads_somewhere(draft.link)):
        raise Invalid(_("Write an address on this site, such as /t/12, or one that begins with https://."), "link")
    if draft.until <= now:
        raise Invalid(_("Choose for how long it stands there."), "days")


def _leads_somewhere(link: str) -> bool:
    on_site = link.startswith("/") and not link.startswith(("//", "/\\"))
    return link.isprintable() and " " not in link and (on_site or link.startswith("https://"))


def _pass_guard(session: Session, actor: Actor, until: datetime, now: datetime) -> None:
    """The same rules as for pins: who, how many, how long. They ask for no numbers of any board."""
    up = incidents.banner_up(session, now)
    everywhere = BoardState(
        BEGINNING,
        LIMITS[BEGINNING.stage],
        Hours(ZoneInfo(str(UTC))),
        now,
        banner_until=up.until if up is not None else None,
    )
    writer = Writer(is_organizations=True, is_announcer=actor.speaks_as(Role.ANNOUNCER))
    verdict = pinning(writer, everywhere, now, banner=Pinned(until))
    if verdict.level > 1:
        raise HeldBack(verdict)
