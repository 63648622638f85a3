"""The forms of groups. What may stand in them is said by the drafts and verbs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from forum.core.web.forms import Form
from forum.groups.drafts import LONGEST_WORDS


class AskForm(Form):
    """Asking to be let in."""

    words = TextAreaField(
        _l("A few words to those who decide"), render_kw={"rows": 3, "maxlength": LONGEST_WORDS, "class": "input"}
    )


class InviteForm(Form):
    """Asking somebody to come in."""

    name = StringField(
        _l("User name"),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "maxlength": 40},
    )
