"""Saying what this place is called, how it greets and which colour it has."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from forum.core.errors import Conflict, InvalidFields
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site import colours
from forum.site.actions.noting import note_deed
from forum.site.drafts import LONGEST_WELCOME, SiteDraft, fingerprint, site_draft
from forum.site.events import SiteDescribed
from forum.site.models import Site

LONGEST_NAME = 80
LONGEST_TAGLINE = 200


def describe_site(session: Session, actor: Actor, site: Site, draft: SiteDraft, seen: str) -> None:
    """Write the one row. `seen`: the fingerprint of what the form was filled with; Conflict when that has changed."""
    require(actor, Act.ADMINISTER)
    session.refresh(site, with_for_update=True)
    before = site_draft(site)
    if fingerprint(before) != seen:
        raise Conflict(_("Somebody else changed this while you were writing. Your words are still here."))
    draft = _checked(draft)
    site.name = draft.name
    site.tagline = draft.tagline
    site.welcome_source = draft.welcome_source
    site.welcome_html = draft.welcome_html
    site.accent = draft.accent
    site.accent_dark = colours.for_the_dark(draft.accent) if draft.accent else ""
    note_deed(session, actor, "place", "", "described", before=_said(before), after=_said(draft))
    emit(session, SiteDescribed(actor.account_id))


def _said(draft: SiteDraft) -> dict[str, str]:
    """What the log keeps of a description."""
    return {"name": draft.name, "tagline": draft.tagline, "welcome": draft.welcome_source, "accent": draft.accent}


def _checked(draft: SiteDraft) -> SiteDraft:
    name, tagline = one_line(draft.name), one_line(draft.tagline)
    wrong: dict[str, str] = {}
    if not name:
        wrong["name"] = _("A place needs a name.")
    for field, text, longest in (
        ("name", name, LONGEST_NAME),
        ("tagline", tagline, LONGEST_TAGLINE),
        ("welcome", draft.welcome_source, LONGEST_WELCOME),
    ):
        if len(text) > longest:
            wrong[field] = _("At most %(n)s characters; these are %(len)s.", n=longest, len=len(text))
    accent = colours.parse(draft.accent) if draft.accent.strip() else ""
    if accent is None:
        wrong["accent"] = _("Write the colour as # and six digits or letters from a to f, such as #2e6a4f.")
    elif accent and colours.passes_for_amber(colours.nearest_legible(accent)):
        wrong["accent"] = _(
            "%(colour)s is too near to amber, by which readers know when the organization speaks. "
            "Choose a colour that is clearly redder, greener or bluer.",
            colour=accent,
        )
    elif accent and colours.legibility(accent) < colours.ENOUGH:
        wrong["accent"] = _(
            "%(colour)s is too pale for small letters: its contrast is %(ratio)s, and %(enough)s is needed. "
            "The nearest shade that can be read is %(nearest)s.",
            colour=accent,
            ratio=round(colours.legibility(accent), 1),
            enough=colours.ENOUGH,
            nearest=colours.nearest_legible(accent),
        )
    if wrong:
        raise InvalidFields(wrong)
    return replace(draft, name=name, tagline=tagline, accent=accent or "")
