"""When a topic is to be published: a part of the form that starts one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.moments import typed_instant, typed_moment
from forum.core.web.forms import Form
from forum.core.web.times import reader_zone
from forum.core.words import gettext as _

PREFIX = "later-"


class LaterForm(Form):
    """A time of the reader's; empty: now."""

    publish_at = StringField(_l("Publish at"), render_kw={"type": "datetime-local"})

    def __init__(self, **given: Any) -> None:
        super().__init__(prefix=PREFIX, **given)

    def is_asked(self) -> bool:
        """Whether a time was typed."""
        return bool((self.publish_at.data or "").strip())

    def answered(self) -> Mapping[str, Any] | None:
        """The instant as a plain value; None: now. Raises Invalid at the field's full name."""
        instant = typed_instant(self.publish_at.data or "", reader_zone(), PREFIX + "publish_at")
        if instant is None:
            return None
        if instant <= clock.now():
            raise Invalid(_("Choose a time in the future, or none."), PREFIX + "publish_at")
        return {"publish_at": instant.isoformat()}

    def refill(self, answered: Mapping[str, Any]) -> None:
        """Show what was answered."""
        self.publish_at.data = typed_moment(datetime.fromisoformat(answered["publish_at"]), reader_zone())
