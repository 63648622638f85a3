"""The forms of statements and pledges. What may stand in them is said by `terms.py` and the verbs."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from forum.core.errors import Invalid
from forum.core.web.forms import Form
from forum.statements.terms import LONGEST, Terms, checked_pledge, typed_day

_DAY = {"type": "date"}
_A_NAME = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "data-complete": "person"}


class StatementForm(Form):
    """Who answers for an official post, and how long it holds."""

    owner = StringField(_l("Who answers for it"), description=_l("A user name."), render_kw=_A_NAME)
    valid_from = StringField(_l("It holds from"), render_kw=_DAY)
    review_on = StringField(
        _l("It is looked at again on"), description=_l("Whoever answers for it is asked then."), render_kw=_DAY
    )
    successor = StringField(
        _l("Superseded by"),
        description=_l("The link to the official post that says it now."),
        render_kw={"maxlength": 300},
    )

    def terms(self) -> Terms:
        """Both days; raises Invalid."""
        return Terms(
            typed_day(self.valid_from.data or "", "valid_from"), typed_day(self.review_on.data or "", "review_on")
        )


class PledgeForm(Form):
    """What the organization will do."""

    words = TextAreaField(
        _l("We will …"),
        description=_l("One thing, in a sentence, as members will read it."),
        render_kw={"rows": 2, "maxlength": LONGEST, "class": "input"},
    )
    due_on = StringField(_l("Until"), render_kw=_DAY)
    owner = StringField(_l("Who sees to it"), description=_l("A user name."), render_kw=_A_NAME)

    def day(self) -> date:
        """Until when; raises Invalid."""
        return typed_day(self.due_on.data or "", "due_on")

    def check(self, today: date) -> str:
        """The words in a line; what is said of them and the day; a day that is none is for `day` to refuse."""
        try:
            due_on = self.day()
        except Invalid:
            due_on = today
        return checked_pledge(self.words.data or "", due_on, today)


class WithdrawForm(Form):
    """Why it will not be done."""

    reason = TextAreaField(_l("Why it will not be done"), render_kw={"rows": 2, "maxlength": LONGEST, "class": "input"})
