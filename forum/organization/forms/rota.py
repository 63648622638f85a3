"""The forms of the rota and of saved replies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from forum.core.web.forms import Form, row_id
from forum.core.words import gettext as _
from forum.core.zones import time_zones
from forum.organization import wording
from forum.organization.drafts import ShiftDraft
from forum.organization.forms import boards_field
from forum.organization.saved_replies import LONGEST_NAME, LONGEST_SOURCE
from forum.permissions import Role

WHEN = "%Y-%m-%dT%H:%M"


class ShiftForm(Form):
    """A shift, in local time."""

    role = SelectField(_l("Role"), validate_choice=False)
    person = SelectField(_l("Who is on duty"), coerce=row_id, validate_choice=False)
    backup = SelectField(
        _l("Backup"),
        description=_l("On duty while the other is away; told when half of a promised time is over."),
        coerce=row_id,
        validate_choice=False,
    )
    since = DateTimeLocalField(_l("From"), format=[WHEN, "%Y-%m-%dT%H:%M:%S"], validators=[Optional()])
    until = DateTimeLocalField(_l("To"), format=[WHEN, "%Y-%m-%dT%H:%M:%S"], validators=[Optional()])
    zone = SelectField(_l("Time zone"), validate_choice=False)
    weeks = IntegerField(
        _l("For how many weeks"),
        description=_l("Every week at the same local time, summer and winter."),
        default=1,
        validators=[Optional()],
        render_kw={"min": 1, "max": 26, "type": "number"},
    )
    boards = boards_field()

    def __init__(self, *args: Any, people: Mapping[int, str], boards: Mapping[int, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.role.choices = [(str(role), wording.role(role)) for role in Role]
        self.person.choices = [(0, _("Choose one")), *people.items()]
        self.backup.choices = [(0, _("Nobody")), *people.items()]
        self.zone.choices = [(zone, zone.replace("_", " ")) for zone in time_zones()]
        self.boards.choices = list(boards.items())

    def draft(self, *, weeks: bool = True) -> ShiftDraft:
        """What was typed; `weeks`: whether it is asked for how many."""
        role = self.role.data or ""
        return ShiftDraft(
            role=Role(role) if role in set(Role) else None,
            person_id=self.person.data or 0,
            backup_id=self.backup.data or None,
            board_ids=tuple(self.boards.data or ()),
            since=self.since.data,
            until=self.until.data,
            zone=self.zone.data or "",
            weeks=(self.weeks.data or 0) if weeks else 1,
        )


class SavedReplyForm(Form):
    """A text that replies begin with."""

    whose = RadioField(_l("Whose it is"), default="own", validate_choice=False)
    name = StringField(_l("Name"), render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"})
    source = TextAreaField(_l("Text"), render_kw={"rows": 7, "maxlength": LONGEST_SOURCE, "class": "input"})

    def __init__(self, *args: Any, may_share: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        own = ("own", _("Mine alone"))
        self.whose.choices = [own, ("shared", _("The organization’s, for all its people"))] if may_share else [own]
