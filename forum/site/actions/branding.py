"""The host's logo: setting it, taking it away, and undoing either from the log."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site.actions.noting import note_deed
from forum.site.drafts import LogoDraft
from forum.site.events import SiteDescribed
from forum.site.logos import VARIANTS, Brand
from forum.site.models import Deed, Site

ABOUT, DEED = "place", "branded"


def set_logo(session: Session, actor: Actor, site: Site, draft: LogoDraft) -> None:
    """Show these pictures; a variant without a new one stays as it is. The pictures are in the storage already."""
    require(actor, Act.ADMINISTER)
    session.refresh(site, with_for_update=True)
    brand = site.brand
    for variant, picture in draft.pictures.items():
        brand = brand.with_picture(variant, picture, draft.icon)
    if brand.light is None:
        raise Invalid(_("Choose a picture for light pages first: it is the one that everybody sees."), "light")
    _change(session, actor, site, Brand(brand.light, brand.dark, brand.icon, draft.beside))


def remove_logo(session: Session, actor: Actor, site: Site, variant: str) -> None:
    """Take a variant away; without the one for light pages there is no logo, and the house's mark is back."""
    require(actor, Act.ADMINISTER)
    session.refresh(site, with_for_update=True)
    if variant not in VARIANTS:
        raise Invalid(_("There is no such logo."))
    _change(session, actor, site, site.brand.without(variant))


def undo_logo(session: Session, actor: Actor, site: Site, deed: Deed) -> None:
    """The logo as it was before this line of the log; Conflict when it was changed once more since."""
    require(actor, Act.ADMINISTER)
    session.refresh(site, with_for_update=True)
    if (deed.about, deed.deed) != (ABOUT, DEED):
        raise Invalid(_("This cannot be undone from here."))
    if site.logo != deed.after:
        raise Conflict(_("It was changed once more since. Undo the later change first."))
    _change(session, actor, site, Brand.of(deed.before))


def _change(session: Session, actor: Actor, site: Site, brand: Brand) -> None:
    before, after = site.logo, brand.kept()
    if before == after:
        return
    site.logo = after
    session.flush()
    note_deed(session, actor, ABOUT, "logo", DEED, before=before, after=after)
    emit(session, SiteDescribed(actor.account_id))
