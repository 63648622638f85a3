"""Holding a topic at the top."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import Optional

from forum.core.web.forms import Form


class PinForm(Form):
    """Where and for how long a topic is held at the top."""

    scope = SelectField(_l("Where"), choices=[("board", _l("On its board")), ("site", _l("On the whole site"))])
    days = IntegerField(_l("For how long"))
    # The id of a pinned topic that comes down for it.
    replaces = IntegerField(validators=[Optional()])
