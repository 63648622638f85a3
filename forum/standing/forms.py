"""Holding a member at a level."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from forum.core.web.forms import Form
from forum.core.words import gettext as _
from forum.permissions import Trust


class HoldForm(Form):
    """The level, and why."""

    level = SelectField(_l("Level"), validate_choice=False)
    reason = StringField(_l("Why"), description=_l("The member reads it, and so do administrators in the log."))

    def offer(self) -> HoldForm:
        """The levels to choose from."""
        self.level.choices = [
            (Trust.NEWCOMER, _("New here")),
            (Trust.MEMBER, _("Member")),
            (Trust.REGULAR, _("Regular")),
        ]
        return self
