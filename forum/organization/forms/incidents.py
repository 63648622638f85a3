"""The forms of incidents and banners."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from forum.core import clock
from forum.core.lines import one_line
from forum.core.markup import render
from forum.core.web.forms import Form
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.organization.drafts import BannerDraft
from forum.organization.notice_models import LONGEST_LINE, LONGEST_LINK, LONGEST_REASON

HOURS = (1, 4, 12, 24, 48, 72)
DAYS = (1, 2, 3, 5, 7)


class IncidentForm(Form):
    """Why nobody waits, and for how long at most."""

    reason = StringField(
        _l("What is wrong"),
        description=_l("Everybody reads it, at the head of every page and for good. Name no person."),
        render_kw={"maxlength": LONGEST_REASON, "autocomplete": "off"},
    )
    hours = SelectField(_l("At most for"), validate_choice=False, default="4")

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, **given)
        self.hours.choices = [(str(n), ngettext("%(num)s hour", "%(num)s hours", n)) for n in HOURS]

    def wanted_hours(self) -> int:
        """What was chosen, 0 for nothing that is offered."""
        chosen = self.hours.data or ""
        return int(chosen) if chosen in {str(n) for n in HOURS} else 0


class BannerForm(Form):
    """A line, where it leads, and for how long."""

    words = StringField(
        _l("One line"),
        description=_l("Plain words; **bold**, *italic* and links work."),
        render_kw={"maxlength": LONGEST_LINE, "autocomplete": "off"},
    )
    link = StringField(
        _l("Where it leads"),
        description=_l("An address on this site, such as /t/12, or one that begins with https://."),
        render_kw={"maxlength": LONGEST_LINK, "autocomplete": "off", "spellcheck": "false"},
    )
    days = SelectField(_l("Stands there for"), validate_choice=False)

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, **given)
        days = [(str(n), ngettext("%(num)s day", "%(num)s days", n)) for n in DAYS]
        self.days.choices = [("", _("Choose one")), *days]

    def draft(self) -> BannerDraft:
        """Renders it: call this before a transaction. Too long a line is left unrendered: the verb refuses it."""
        source, days = one_line(self.words.data or ""), self.days.data or ""
        html = render(source).html if source and len(source) <= LONGEST_LINE else ""
        span = timedelta(days=int(days)) if days.isascii() and days.isdigit() and len(days) < 4 else timedelta()
        return BannerDraft(source, html, (self.link.data or "").strip(), clock.now() + span)
