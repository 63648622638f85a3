"""The forms of conversations. What may stand in them is said by the drafts and verbs."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField

from forum.conversations.drafts import MessageDraft
from forum.conversations.limits import LIMITS
from forum.core.web.forms import Form
from forum.posts.drafts import Written
from forum.posts.limits import LIMITS as WRITING

NAME = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class MessageForm(Form):
    """Writing a message."""

    body = TextAreaField(_l("Your message"), render_kw={"rows": 6, "maxlength": WRITING.body_max, "required": True})
    once = HiddenField()
    seen = HiddenField()

    def begin(self, seen: int = 0) -> None:
        """Give the form its number, so that pressing twice sends once, and note what its writer has seen."""
        self.once.data = self.once.data or uuid4().hex
        if not self.seen.data:
            self.seen.data = str(seen)

    def draft(self, write: Callable[[str], Written], confirmed: tuple[str, ...] = ()) -> MessageDraft:
        """The rendered message, or `Invalid`."""
        return MessageDraft(
            body=write(self.body.data or ""),
            once=(self.once.data or "")[:40],
            seen=_number(self.seen.data),
            confirmed=frozenset(confirmed),
        )


class StartForm(MessageForm):
    """Beginning a conversation."""

    people = StringField(
        _l("To"),
        description=_l("User names, separated by commas."),
        render_kw=NAME | {"class": "input", "maxlength": 500, "required": True, "data-complete": "people"},
    )
    title = StringField(_l("What it is about"), render_kw={"class": "input", "maxlength": LIMITS.title_max})
    letter = HiddenField()

    def at(self) -> int:
        """Where its draft is kept: by the person to whom it was begun, or 0."""
        return _number(self.letter.data)


def _number(typed: str | None) -> int:
    typed = typed or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class InviteForm(Form):
    """Bringing somebody in."""

    name = StringField(_l("User name"), render_kw=NAME | {"class": "input", "maxlength": 40, "data-complete": "person"})
    whole = RadioField(
        _l("What they see"),
        choices=[("", _l("What is written from now on")), ("1", _l("Everything, from the beginning"))],
        default="",
    )


class ReportForm(Form):
    """Showing a message to the moderators."""

    reason = TextAreaField(
        _l("What is wrong with it"),
        render_kw={"rows": 4, "maxlength": LIMITS.reason_max, "class": "input", "required": True},
    )
