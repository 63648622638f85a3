"""Telling programs from people without asking people anything: a field that nobody sees, and how long a form was open.

Whoever takes the words of guests builds on `Trapped`, or asks `check` of a form that is plain HTML
(`templates/macros/trap.html`).
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from forum.core.errors import Invalid
from forum.core.web import haste
from forum.core.web.forms import Form
from forum.core.words import gettext as _

# Nobody reads, decides and types in less; programs do.
LEAST_SECONDS = 2

FIELD, STARTED = "website", "started"


def started() -> str:
    """What a form carries that is shown now for the first time: when that was, signed."""
    return haste.stamp()


def started_or_sent() -> str:
    """The same for a form of plain HTML: one that comes back keeps its first time."""
    sent = request.form.get(STARTED, "")
    return sent if seconds_open(sent) is not None else started()


def seconds_open(kept: str) -> float | None:
    """How long ago a form was first shown; None for what we did not write."""
    begun = haste.read(kept)
    return begun.seconds if begun is not None else None


def check(sent: Mapping[str, str]) -> None:
    """Raise Invalid, in words, for what only a program sends."""
    if sent.get(FIELD):
        raise Invalid(_("Please leave the last field empty: it is a trap for programs."), FIELD)
    seconds = seconds_open(sent.get(STARTED, ""))
    if seconds is None or seconds < LEAST_SECONDS:
        raise Invalid(_("That was as quick as a program. If you are a person, just press the button again."))


class Trapped(Form):
    """A form for people who have not signed in."""

    website = StringField(_l("Leave this empty"), render_kw={"autocomplete": "off", "tabindex": "-1"})
    started = HiddenField()

    def begin(self) -> None:
        """Note when the form was first shown; a form that comes back keeps its first time."""
        if seconds_open(self.started.data or "") is None:
            self.started.data = started()

    def check_person(self) -> None:
        """Raise Invalid, in words, for what only a program sends."""
        check({FIELD: self.website.data or "", STARTED: self.started.data or ""})


def register(app: Flask) -> None:
    """Templates write the trap by themselves."""
    app.add_template_global(started_or_sent, "form_started")
