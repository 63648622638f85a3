"""The forms of what one helps with and of being away."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectMultipleField, StringField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.core.web.forms import Form
from forum.people.actions import LONGEST_SENTENCE


class HelpForm(Form):
    """What one helps with."""

    tags = SelectMultipleField(
        _l("What you help with"),
        description=_l("Up to five tags. Others find you by them when they look for somebody to ask."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )


class AwayForm(Form):
    """When one is away."""

    first_day = DateField(_l("From"), validators=[Optional()], render_kw={"class": "input"})
    last_day = DateField(_l("Until"), validators=[Optional()], render_kw={"class": "input"})
    sentence = StringField(
        _l("A sentence about it"), render_kw={"class": "input", "maxlength": LONGEST_SENTENCE, "autocomplete": "off"}
    )
    backup = StringField(
        _l("Who stands in"),
        description=_l("The user name of somebody else of the staff."),
        render_kw={"class": "input", "maxlength": 40, "autocomplete": "off", "autocapitalize": "none"},
    )
