"""The forms of seeds. What may stand in them is said by `organization/seeds.py` and the verbs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from forum.boards.models import Board
from forum.core.errors import Invalid
from forum.core.moments import typed_instant
from forum.core.web.forms import Form
from forum.core.words import gettext as _
from forum.organization.seeds import LONGEST_ASK, LONGEST_NOTE, Kind, State
from forum.organization.wording import seed_kinds
from forum.posts.forms import tags_in
from forum.posts.limits import LIMITS
from forum.seeding.drafts import SeedDraft

_MOMENT = {"type": "datetime-local"}
_NAMES = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "data-complete": "people"}


def _new_once() -> str:
    return secrets.token_urlsafe(12)


class SeedForm(Form):
    """A conversation to be begun. Its times are those of the board's clock."""

    board = SelectField(_l("Board"), validate_choice=False)
    kind = SelectField(_l("What sort"), validate_choice=False)
    title = StringField(_l("Title"), render_kw={"maxlength": LIMITS.title_max, "required": True, "autocomplete": "off"})
    source = TextAreaField(
        _l("What you bring"),
        description=_l("A story, a drawing, what you tried: something to start from. The question comes after it."),
        render_kw={"rows": 7, "maxlength": LIMITS.body_max, "class": "input"},
    )
    ask = StringField(
        _l("The question at the end"),
        description=_l("One that members can answer from what they do. It is the last thing they read."),
        render_kw={"maxlength": LONGEST_ASK, "required": True, "autocomplete": "off"},
    )
    planned_at = StringField(_l("Post it at"), description=_l("By the clock of the board."), render_kw=_MOMENT)
    starts_at = StringField(
        _l("It begins"),
        description=_l("Only for an event, on a board of events, or a time for asking anything."),
        render_kw=_MOMENT,
    )
    ends_at = StringField(_l("It ends"), render_kw=_MOMENT)
    place = StringField(
        _l("Place or link"),
        description=_l("Only for an event: an address one can find, or the link to the meeting."),
        render_kw={"maxlength": LONGEST_NOTE, "autocomplete": "off"},
    )
    tags = StringField(
        _l("Tags"),
        description=_l("With commas between them."),
        render_kw={"maxlength": 300, "autocomplete": "off", "data-complete": "tags"},
    )
    people = StringField(
        _l("Whom you would ask to take part"),
        description=_l("User names with commas between them. Two have to say yes before it is posted."),
        render_kw={"maxlength": 300, **_NAMES},
    )
    once = HiddenField(default=_new_once)
    version = HiddenField()

    def offer(self, boards: Sequence[Board]) -> None:
        """The boards to choose from, each with its time zone, and the types."""
        self.board.choices = [(board.slug, f"{board.name} ({board.time_zone})") for board in boards]
        self.kind.choices = list(seed_kinds().items())

    def draft(self, zone: str) -> SeedDraft:
        """What was typed, its times by the clocks of `zone`; raises Invalid."""
        if self.kind.data not in set(Kind):
            raise Invalid(_("Choose what sort it is."), "kind")
        planned_at = typed_instant(self.planned_at.data or "", zone, "planned_at")
        if planned_at is None:
            raise Invalid(_("Say when it is to be posted."), "planned_at")
        return SeedDraft(
            Kind(self.kind.data),
            self.title.data or "",
            self.source.data or "",
            self.ask.data or "",
            planned_at,
            typed_instant(self.starts_at.data or "", zone, "starts_at"),
            typed_instant(self.ends_at.data or "", zone, "ends_at"),
            tags_in((), self.tags.data or ""),
            (self.once.data or "")[:40],
            self.version.data or "",
            self.place.data or "",
        )

    def asked(self) -> dict[str, str | None]:
        """When it is to be, and which one was read: all that counts of whoever only moves it."""
        return {name: self[name].data for name in ("planned_at", "starts_at", "ends_at", "version")}

    def names(self) -> Sequence[str]:
        """Whom to ask."""
        typed = (name.strip().removeprefix("@") for name in (self.people.data or "").split(","))
        return [name for name in dict.fromkeys(typed) if name]


class LineForm(Form):
    """One line about a seed, which has its place on the page while that is in one state."""

    state = State.PLANNED

    @property
    def typed(self) -> str:
        return "".join(str(field.data or "") for field in self if field.name != "csrf_token")

    def has_place(self, state: str) -> bool:
        return state == self.state


class DropForm(LineForm):
    """Why it will not be posted."""

    reason = StringField(_l("Why it will not be posted"), render_kw={"maxlength": LONGEST_NOTE, "autocomplete": "off"})


class LearnForm(LineForm):
    """What was learned."""

    state = State.REVIEWED

    learned = StringField(
        _l("What we learned"), description=_l("In a sentence, for whoever plans the next one."),
        render_kw={"maxlength": LONGEST_NOTE, "autocomplete": "off"},
    )  # fmt: skip


class InviteForm(LineForm):
    """Whom to ask."""

    name = StringField(
        _l("Ask a member"),
        description=_l("A user name. Only who said that they may be asked, and not more than once a week."),
        render_kw={**_NAMES, "data-complete": "person"},
    )
