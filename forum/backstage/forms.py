"""The forms behind a topic."""

from __future__ import annotations

import secrets

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from forum.core.web.forms import Form


def new_once() -> str:
    """A token against pressing twice."""
    return secrets.token_urlsafe(12)


class NoteForm(Form):
    """An internal note."""

    note = TextAreaField(_l("Internal note"), render_kw={"rows": 4, "class": "input"})
    once = HiddenField(default=new_once)
