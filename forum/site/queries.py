"""Reads of the one row about the place."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.site.models import SITE_ID, Site


def site(session: Session) -> Site:
    """The site row; the migrations make it."""
    row = session.get(Site, SITE_ID)
    assert row is not None, "the migrations make the site row"
    return row
