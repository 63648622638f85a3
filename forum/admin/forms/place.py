"""Forms about the place itself: how it is described, its settings, its pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from forum.core.errors import Invalid, InvalidFields
from forum.core.web.running import storage
from forum.core.words import gettext as _
from forum.organization.called import checked_names
from forum.pages import drafts as pages
from forum.pages.drafts import PageDraft
from forum.pages.models import HousePage, PageVersion
from forum.site import drafts as sites
from forum.site.drafts import LogoDraft, SiteDraft
from forum.site.logos import VARIANTS
from forum.site.settings import TABLE, Unit, of_section, read

HOUSE_GREEN = "#2e6a4f"


class SiteForm(FlaskForm):
    """What the place is called and how it greets."""

    seen = HiddenField()
    name = StringField(_l("Name of this place"))
    tagline = StringField(_l("In one line"), description=_l("At the foot of every page, and in search engines."))
    welcome = TextAreaField(
        _l("Welcome"),
        description=_l("Two sentences for guests: whose place is this, what do its people practise? Markdown."),
    )
    own_accent = BooleanField(_l("A colour of our own"), description=_l("Unticked, links and buttons are leaf green."))
    accent = StringField(_l("Colour"), default=HOUSE_GREEN)

    def draft(self) -> SiteDraft:
        """Renders the welcome: call it before a transaction."""
        source, html = sites.welcome(self.welcome.data or "")
        accent = (self.accent.data or "") if self.own_accent.data else ""
        return SiteDraft(self.name.data or "", self.tagline.data or "", source, html, accent)


def filled_site(draft: SiteDraft) -> dict[str, object]:
    """The values with which the form shows `draft`."""
    return {
        "seen": sites.fingerprint(draft),
        "name": draft.name,
        "tagline": draft.tagline,
        "welcome": draft.welcome_source,
        "own_accent": bool(draft.accent),
        "accent": draft.accent or HOUSE_GREEN,
    }


_A_PICTURE = {"accept": "image/jpeg,image/png,image/webp"}


class LogoForm(FlaskForm):
    """The logo of the host, as pictures."""

    light = FileField(
        _l("For light pages"),
        id="logo-light",
        description=_l(
            "PNG, WebP or JPEG, at most 10 MB; best wide and see-through. It is written anew, without its hidden data."
        ),
        render_kw=_A_PICTURE,
    )
    dark = FileField(
        _l("For dark pages"),
        id="logo-dark",
        description=_l("Where there is none, the first stands there, too."),
        render_kw=_A_PICTURE,
    )
    beside = BooleanField(
        _l("Show the name of this place beside it"),
        id="logo-beside",
        description=_l("Untick it when the logo says the name itself."),
    )

    def draft(self) -> LogoDraft:
        """Writes the pictures anew and keeps them: call it before a transaction."""
        brought = {name: self[name].data.read() for name in VARIANTS if self[name].data}
        return sites.logo_draft(brought, bool(self.beside.data), storage())


class HostForm(FlaskForm):
    """The organization that hosts this community."""

    name = StringField(
        _l("The organization that hosts this place"),
        id="host-name",
        description=_l("Its people are recognizable by this name wherever they write."),
    )
    also = TextAreaField(
        _l("Also known as"),
        id="host-also",
        description=_l(
            "One name a line: products, brands, how people shorten it. What names it counts as about it, and its "
            "people do not decide that alone. Its name without “GmbH” or “Ltd” counts by itself."
        ),
        render_kw={"rows": 3, "class": "input"},
    )

    def draft(self) -> tuple[str, list[str]]:
        """Its name, and the others."""
        return self.name.data or "", checked_names(self.also.data or "")


class SettingsForm(FlaskForm):
    """The settings of a section, each a field by its key. Made by `settings_form`."""

    section = ""
    seen = HiddenField()

    def draft(self) -> dict[str, int]:
        """The values, or `InvalidFields` with a sentence for each that is none."""
        found: dict[str, int] = {}
        wrong: dict[str, str] = {}
        for setting in of_section(self.section):
            typed = self[setting.key].data
            try:
                found[setting.key] = read(
                    setting.key, str(int(typed)) if setting.unit is Unit.SWITCH else str(typed or "")
                )
            except Invalid as error:
                wrong[setting.key] = error.sentence
        if wrong:
            raise InvalidFields(wrong)
        return found


def settings_form(section: str) -> type[SettingsForm]:
    """The form for a section of the table."""
    fields: dict[str, object] = {"section": section}
    for setting in of_section(section):
        control = BooleanField if TABLE[setting.key].unit is Unit.SWITCH else StringField
        fields[setting.key] = control(_(setting.name), id=f"setting-{setting.key}")
    return type("SettingsForm", (SettingsForm,), fields)


class NewPageForm(FlaskForm):
    """The beginning of a page."""

    title = StringField(_l("Title"), id="new-title", description=_l("Its address follows from it."))
    text = TextAreaField(
        _l("Text"), id="new-text", description=_l("Markdown. It can be changed before anybody sees it.")
    )

    def draft(self) -> PageDraft:
        """Renders: call it before a transaction."""
        source, html = pages.text(self.text.data or "")
        return PageDraft(self.title.data or "", source, html)


class PageForm(FlaskForm):
    """A page about the place."""

    seen = HiddenField()
    title = StringField(_l("Title"))
    text = TextAreaField(_l("Text"), description=_l("Markdown."))
    summary = StringField(
        _l("What is different"), description=_l("In a sentence, for those who know the version before.")
    )
    in_footer = BooleanField(_l("Link it at the foot of every page"))
    ask_again = BooleanField(
        _l("Ask members to accept this version"),
        description=_l("Each is asked once, with what changed, before they write on. Reading stays open."),
    )

    def draft(self) -> PageDraft:
        """Renders: call it before a transaction."""
        source, html = pages.text(self.text.data or "")
        return PageDraft(
            title=self.title.data or "",
            source=source,
            html=html,
            summary=self.summary.data or "",
            ask_again=bool(self.ask_again.data),
            in_footer=bool(self.in_footer.data),
        )


def filled_page(page: HousePage | None, version: PageVersion | None, title: str) -> dict[str, object]:
    """The values with which the form shows a page: its draft, else what holds, else nothing but a title."""
    is_draft = version is not None and version.published_at is None
    return {
        "seen": pages.fingerprint(page, version),
        "title": version.title if version is not None else title,
        "text": version.source if version is not None else "",
        "summary": version.summary if version is not None and is_draft else "",
        "in_footer": page.in_footer if page is not None else True,
        "ask_again": bool(version is not None and is_draft and version.ask_again),
    }
