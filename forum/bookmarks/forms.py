"""The form of a bookmark."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from forum.bookmarks import reminders
from forum.bookmarks.models import Bookmark
from forum.core import clock
from forum.core.moments import typed_moment
from forum.core.web.forms import Form
from forum.core.web.times import reader_zone


class BookmarkForm(Form):
    """A note and a reminder. Times are the reader's."""

    note = StringField(_l("Note"), description=_l("Why you keep it; only you see it."), render_kw={"maxlength": 300})
    when = RadioField(
        _l("Remind me"),
        choices=[
            (reminders.NEVER, _l("not at all")),
            (reminders.TOMORROW, _l("tomorrow morning")),
            (reminders.NEXT_WEEK, _l("on Monday morning")),
            (reminders.AT, _l("at a time of my own")),
        ],
        default=reminders.NEVER,
        validate_choice=False,
    )
    at = StringField(_l("When"), render_kw={"type": "datetime-local"})

    def remind_at(self) -> datetime | None:
        """When to remind; raises Invalid."""
        return reminders.remind_at(self.when.data or "", self.at.data or "", reader_zone(), clock.now())

    def fill(self, bookmark: Bookmark | None) -> None:
        """Show the bookmark as it stands."""
        if bookmark is not None:
            self.note.data = bookmark.note
            coming = bookmark.remind_at if not bookmark.is_due else None
            self.when.data = reminders.AT if coming else reminders.NEVER
            self.at.data = typed_moment(coming, reader_zone())
