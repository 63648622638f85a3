"""Forms about one person: address, closing, perks, merging, inviting."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField

from forum.statements.terms import typed_day


class MoveForm(FlaskForm):
    """Another address for an account."""

    new_email = StringField(_l("New e-mail address"))
    reason = StringField(_l("Why"), id="move-reason", description=_l("It stands in the log."))


class CloseForm(FlaskForm):
    """Closing an account."""

    reason = StringField(_l("Why"), id="close-reason", description=_l("It stands in the log."))


class PerksForm(FlaskForm):
    """What a member has from the organization."""

    words = StringField(_l("What they have"), description=_l("Such as: free courses. Everybody reads it."))
    since = StringField(_l("Since"), render_kw={"type": "date"})

    def day(self) -> date:
        """Since when; raises Invalid."""
        return typed_day(self.since.data or "", "since")


class MergeForm(FlaskForm):
    """Two accounts of one person. `into`: the name of the one that stays."""

    into = StringField(_l("User name of the account that stays"))
    confirmed = StringField(_l("Type the name of the account that goes"))


class InviteForm(FlaskForm):
    """Whose an imported author's account is."""

    email = StringField(_l("E-mail address"))
