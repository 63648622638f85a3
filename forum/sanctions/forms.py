"""Imposing and ending sanctions, and noting something of a member."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from forum.core.web.forms import Form
from forum.core.words import gettext as _
from forum.sanctions import wording
from forum.sanctions.drafts import SanctionDraft
from forum.sanctions.queries import Record
from forum.sanctions.steps import typed
from forum.site.rules import DETECTED, RULES


class SanctionForm(Form):
    """What to do, by which rule, why, how it was found, for how long."""

    what = SelectField(_l("What"), validate_choice=False)
    duration = SelectField(
        _l("For how long"), description=_l("A warning stands until it is read."), validate_choice=False
    )
    rule = SelectField(_l("By which rule"), validate_choice=False)
    facts = TextAreaField(
        _l("What happened"),
        description=_l("The member reads it as you write it: what they did, where, and what to do otherwise."),
    )
    detected = SelectField(_l("How it was found"), validate_choice=False)

    def offer(self, record: Record) -> SanctionForm:
        """What can be chosen; the step that comes next is chosen already."""
        self.what.choices = wording.choices()
        self.duration.choices = wording.steps()
        self.rule.choices = [("", _("Choose …")), *((str(key), _(rule.title)) for key, rule in RULES.items())]
        self.detected.choices = [(key, _(words)) for key, words in DETECTED.items()]
        if not self.is_submitted():
            self.duration.data = typed(record.next_days)
        return self

    def draft(self) -> SanctionDraft:
        kind, _colon, right = (self.what.data or "").partition(":")
        return SanctionDraft(
            kind=kind,
            right=right,
            rule=self.rule.data or "",
            facts=self.facts.data or "",
            duration=self.duration.data or "",
            detected=self.detected.data or "",
        )


class LiftForm(Form):
    """Why it ends early."""

    reason = StringField(_l("Why it ends early"), description=_l("The member reads it."))


class NoteForm(Form):
    """A note for the other moderators."""

    words = TextAreaField(_l("A note for the moderators"), description=_l("The member does not see it here."))
