"""Changing settings while the forum runs, setting them back, and undoing a change from the log."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from forum.core.errors import Conflict, Invalid, InvalidFields
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site import settings
from forum.site.actions.noting import note_deed
from forum.site.drafts import settings_fingerprint
from forum.site.events import SettingChanged
from forum.site.models import Deed, Site

ABOUT = "setting"


def change_settings(
    session: Session, actor: Actor, site: Site, section: str, values: Mapping[str, int], seen: str
) -> int:
    """Write the settings of a section; returns how many changed. `seen`: the fingerprint of what the form was filled
    with; Conflict when another administrator changed one of them meanwhile."""
    require(actor, Act.ADMINISTER)
    session.refresh(site, with_for_update=True)
    if settings_fingerprint(section, site.settings) != seen:
        raise Conflict(_("Somebody else changed these settings meanwhile. What you typed is still here."))
    allowed = {setting.key for setting in settings.of_section(section)}
    _check({**{key: settings.number(site.settings, key) for key in settings.TABLE}, **values})
    changed = [key for key in values if key in allowed and values[key] != settings.number(site.settings, key)]
    for key in changed:
        _set(session, actor, site, key, values[key])
    return len(changed)


def reset_setting(session: Session, actor: Actor, site: Site, key: str) -> None:
    """Back to the default."""
    require(actor, Act.ADMINISTER)
    session.refresh(site, with_for_update=True)
    if key not in settings.TABLE:
        raise Invalid(_("There is no such setting."))
    if key in site.settings:
        _set(session, actor, site, key, settings.TABLE[key].default)


def undo_setting(session: Session, actor: Actor, site: Site, deed: Deed) -> None:
    """As it was before this line of the log; Conflict when it was changed once more since."""
    require(actor, Act.ADMINISTER)
    session.refresh(site, with_for_update=True)
    if deed.about != ABOUT or deed.subject not in settings.TABLE:
        raise Invalid(_("This cannot be undone from here."))
    if settings.number(site.settings, deed.subject) != deed.after.get("value"):
        raise Conflict(_("It was changed once more since. Undo the later change first."))
    _set(session, actor, site, deed.subject, settings.read(deed.subject, str(deed.before.get("value"))))


def _check(values: Mapping[str, int]) -> None:
    if values["title_min"] > values["title_max"]:
        raise InvalidFields({"title_min": _("The shortest title must not be longer than the longest.")})


def _set(session: Session, actor: Actor, site: Site, key: str, value: int) -> None:
    before = settings.number(site.settings, key)
    kept = {name: number for name, number in site.settings.items() if name != key}
    site.settings = kept if value == settings.TABLE[key].default else {**kept, key: value}
    session.flush()
    note_deed(session, actor, ABOUT, key, "changed", before={"value": before}, after={"value": value})
    emit(session, SettingChanged(key, actor.account_id))
