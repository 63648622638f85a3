"""The form by which a member is asked to look after a board."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from forum.caretakers.terms import LONGEST, TERMS
from forum.core.web.forms import Form, row_id
from forum.core.words import ngettext


class AppointForm(Form):
    """Who, for how long, and why them."""

    person = StringField(
        _l("User name"),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "maxlength": 254}
        | {"data-complete": "person"},
    )
    months = RadioField(_l("For how long"), coerce=row_id, validate_choice=False)
    reason = StringField(
        _l("Why them"),
        description=_l("A sentence or a link that shows why members can trust them with it. Everybody reads it."),
        render_kw={"maxlength": LONGEST},
    )

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, **given)
        self.months.choices = [(term, ngettext("%(num)s month", "%(num)s months", term)) for term in TERMS]
