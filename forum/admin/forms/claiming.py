"""Forms about whose an account is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField


class MergeForm(FlaskForm):
    """Two accounts of one person. `into`: the name of the one that stays."""

    into = StringField(_l("User name of the account that stays"))
    confirmed = StringField(_l("Type the name of the account that goes"))


class InviteForm(FlaskForm):
    """Whose an imported author's account is."""

    email = StringField(_l("E-mail address"))
