"""Holding a topic at the top."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import Optional

from forum.core.web.forms import Form

PIN_DAYS = ("1", "3", "7", "14", "30")


class PinForm(Form):
    """Where and for how long a topic is held at the top."""

    scope = SelectField(_l("Where"), choices=[("board", _l("On its board")), ("site", _l("On the whole site"))])
    days = SelectField(_l("For how long"), choices=[(days, days) for days in PIN_DAYS], validate_choice=False)
    # The id of a pinned topic that comes down for it.
    replaces = IntegerField(validators=[Optional()])
