"""Settings: each with its sentence, its bounds and its default; changed a section at a time, set back one by one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.forms.place import SettingsForm, settings_form
from forum.admin.views.gate import DONE, change, differences, guard, press
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.site import actions, queries
from forum.site.drafts import settings_fingerprint
from forum.site.settings import TABLE, Section, Unit, number, of_section, said

blueprint = Blueprint("admin_settings", __name__, url_prefix="/admin/settings")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    return _page()


@blueprint.post("/<section>")
def save(section: str) -> Response:
    if section not in set(Section):
        raise NotFound
    form = settings_form(section)()
    changed = 0

    def verb(session: Session, values: Mapping[str, int]) -> None:
        nonlocal changed
        site = queries.site(session)
        changed = actions.change_settings(session, identity.actor(), site, section, values, form.seen.data or "")

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(ngettext("%(num)s setting changed.", "%(num)s settings changed.", changed), "success")
        return see_other(url_for("admin_settings.index", _anchor=section))
    return _page({section: form}, status)


@blueprint.post("/reset")
def reset() -> Response:
    key = request.form.get("key", "")
    if key not in TABLE:
        raise NotFound

    def verb(session: Session) -> str:
        actions.reset_setting(session, identity.actor(), queries.site(session), key)
        return _("“%(name)s” is as it came: %(value)s.", name=_(TABLE[key].name), value=said(key, TABLE[key].default))

    return press(verb, url_for("admin_settings.index", _anchor=TABLE[key].section))


def _page(forms: Mapping[str, SettingsForm] | None = None, status: int = 200) -> Response:
    kept = queries.settings(reading())
    stored = {section.value: _filled(section, kept) for section in Section if of_section(section)}
    changed: dict[str, list[tuple[str, str]]] = {}
    for section, form in (forms or {}).items():
        if status == 409:
            changed[section] = differences(form, stored[section])
            form.seen.data = stored[section].seen.data
    return render(
        "admin/settings.html",
        status=status,
        forms=stored | dict(forms or {}),
        changed=changed,
        titles=_titles(),
        of_section=of_section,
        kept=kept,
        said=said,
        Unit=Unit,
    )


def _filled(section: str, kept: Mapping[str, int]) -> SettingsForm:
    values = {setting.key: number(kept, setting.key) for setting in of_section(section)}
    return settings_form(section)(formdata=None, data=values | {"seen": settings_fingerprint(section, kept)})


def _titles() -> dict[str, str]:
    return {
        Section.WRITING: _("How long, how many"),
        Section.PACE: _("How fast"),
        Section.NEWCOMERS: _("Those who are new here"),
        Section.CHANGING: _("Changing one’s words and name"),
        Section.STANDING: _("Standing: how far members are known"),
        Section.ANSWERS: _("Questions and answers"),
        Section.FILES: _("Pictures and files"),
        Section.CONVERSATIONS: _("Conversations"),
        Section.SEARCH: _("Searching"),
        Section.JOINING: _("Joining and signing in"),
        Section.KEEPING: _("What is new, what is kept"),
    }
