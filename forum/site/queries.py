"""Reads of the one row about the place, and of the log."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site.models import SITE_ID, Deed, Site

LOG_PAGE = 50


def site(session: Session) -> Site:
    """The site row; the migrations make it. Read once a request, however often it is asked for."""
    row = session.get(Site, SITE_ID)
    assert row is not None, "the migrations make the site row"
    session.info["site"] = row  # the session alone would forget it as soon as nobody holds it
    return row


def settings(session: Session) -> Mapping[str, int]:
    """What differs from the defaults; for `forum.site.settings`."""
    return site(session).settings


def log(session: Session, actor: Actor, about: str = "", subject: str = "", page: int = 1) -> Page[Deed]:
    """What administrators did, the latest first; of one sort, or about one thing, or all of it."""
    require(actor, Act.ADMINISTER)
    asked = [Deed.about == about] if about else []
    asked += [Deed.subject == subject] if subject else []
    pages = pages_for(session.scalar(select(func.count(Deed.id)).where(*asked)) or 0, LOG_PAGE)
    number = min(max(1, page), pages)
    rows = select(Deed).where(*asked).order_by(Deed.id.desc()).limit(LOG_PAGE).offset((number - 1) * LOG_PAGE)
    return Page(session.scalars(rows).all(), number, pages)


def deed(session: Session, actor: Actor, deed_id: int) -> Deed:
    """One line of the log; NotFound where there is none."""
    require(actor, Act.ADMINISTER)
    found = session.get(Deed, deed_id)
    if found is None:
        raise NotFound(_("There is no such line in the log."))
    return found
