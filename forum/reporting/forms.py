"""The forms of reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, StringField, TextAreaField

from forum.accounts import addresses
from forum.core.errors import Invalid, InvalidFields
from forum.core.web.forms import Form
from forum.core.web.traps import Trapped
from forum.core.words import gettext as _
from forum.reporting import grounds


class ReportForm(Trapped):
    """What is against the law, why, and who says so."""

    about = StringField(
        _l("Where it is"),
        description=_l("The address of the post, topic or profile, as your browser shows it."),
        render_kw={"maxlength": 500, "autocapitalize": "none", "spellcheck": "false"},
    )
    ground = RadioField(_l("What it is"), choices=[(key, _l(words)) for key, words in grounds.GROUNDS.items()])
    reason = TextAreaField(
        _l("Why it is against the law"),
        description=_l("What it says or shows, and which right or law it breaks, as well as you can tell."),
        render_kw={"rows": 6, "maxlength": grounds.LONGEST},
    )
    name = StringField(_l("Your name"), render_kw={"maxlength": grounds.LONGEST_NAME, "autocomplete": "name"})
    email = EmailField(
        _l("Your e-mail address"),
        description=_l("We write to it at once, and when it is decided. Shown to nobody but moderators."),
        render_kw={"maxlength": addresses.LONGEST, "autocomplete": "email"},
    )
    good_faith = BooleanField(_l("I believe in good faith that what I say here is accurate and complete."))

    def draft(self, found: tuple[str, int, str] | None, locale: str) -> grounds.Draft:
        """The checked report about what was `found` at the address; InvalidFields with all that is wrong."""
        wrong: dict[str, str] = {}
        email = ""
        if self.email.data and self.email.data.strip():
            try:
                email = addresses.check(self.email.data)
            except Invalid as error:
                wrong["email"] = error.sentence
        kind, id_, path = found or ("", 0, "")
        typed = (self.ground.data or "", self.reason.data or "", self.name.data or "")
        draft = grounds.Draft(kind, id_, path, *typed, email, bool(self.good_faith.data), locale)
        try:
            draft = grounds.checked(draft)
        except InvalidFields as error:
            wrong = error.fields | wrong
        if found is None:
            wrong["about"] = _("This leads to nothing here that you can see. Copy the address of the page.")
        if wrong:
            raise InvalidFields(wrong)
        return draft


class AnswerForm(Form):
    """What became of it, and why."""

    decision = RadioField(_l("What was done"), choices=[(key, _l(words)) for key, words in grounds.DECISIONS.items()])
    words = TextAreaField(
        _l("Why"),
        description=_l("Whoever reported it reads this: which rule or law, and what they can do about the decision."),
        render_kw={"rows": 6, "maxlength": grounds.LONGEST_ANSWER},
    )
