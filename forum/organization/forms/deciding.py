"""Entering a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from forum.core import clock
from forum.core.markup import render
from forum.core.web.forms import Form
from forum.organization.deciding import LONGEST_TEXT, DecisionDraft, makers, subjects
from forum.organization.models import LONGEST_TITLE


class DecisionForm(Form):
    """What was decided, when, by whom in which role, about what, and why."""

    title = StringField(_l("What was decided"), render_kw={"maxlength": LONGEST_TITLE, "autocomplete": "off"})
    text = TextAreaField(
        _l("Why, and what it means"),
        description=_l("Plain words; Markdown works. Name roles, not people: everybody can read it, for good."),
        render_kw={"rows": 8, "maxlength": LONGEST_TEXT, "class": "input"},
    )
    decided_on = StringField(_l("Decided on"), render_kw={"type": "date"})
    made_by = SelectField(_l("Decided by"), validate_choice=False)
    about = SelectField(_l("About"), validate_choice=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.made_by.choices = list(makers().items())
        self.about.choices = list(subjects().items())
        if self.decided_on.data is None:
            self.decided_on.data = clock.now().date().isoformat()

    def draft(self) -> DecisionDraft:
        """Renders it: call this before a transaction. Too long a text is left unrendered: the verb refuses it."""
        source = (self.text.data or "").replace("\r\n", "\n").strip()
        return DecisionDraft(
            title=self.title.data or "",
            source=source,
            html=render(source).html if source and len(source) <= LONGEST_TEXT else "",
            decided_on=_day(self.decided_on.data or ""),
            made_by=self.made_by.data or "",
            about=self.about.data or "",
        )


class AnswerForm(Form):
    """What follows from what waits for a decision."""

    text = TextAreaField(
        _l("What you decide, and why"),
        description=_l("It is entered in the log as a decision, for everybody to read and for good."),
        render_kw={"rows": 4, "maxlength": LONGEST_TEXT, "class": "input"},
    )

    def text_and_html(self) -> tuple[str, str]:
        """As `DecisionForm.draft` has them: call this before a transaction."""
        source = (self.text.data or "").replace("\r\n", "\n").strip()
        return source, render(source).html if source and len(source) <= LONGEST_TEXT else ""


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
