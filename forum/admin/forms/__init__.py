"""Forms of the administration. They read what was typed; the verbs say what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from forum.accounts.drafts import GroupDraft
from forum.boards import drafts as boards
from forum.boards.drafts import BoardDraft
from forum.boards.presets import Rights
from forum.core.lines import whole_number
from forum.groups.drafts import Rules
from forum.groups.drafts import rules as group_rules
from forum.permissions import Right


class SectionForm(FlaskForm):
    """The name of a section."""

    name = StringField(_l("Name of the section"))

    def draft(self) -> str:
        return self.name.data or ""


class PlaceForm(FlaskForm):
    """A place in a list, counted from 1."""

    place = IntegerField(_l("Place in the list"), [InputRequired(_l("Write a whole number."))], id="place-number")

    def draft(self) -> int:
        return int(self.place.data or 0)


class BoardForm(FlaskForm):
    """Everything about a board but its rights."""

    seen = HiddenField()
    name = StringField(_l("Name"))
    description = StringField(_l("In one line"), description=_l("Shown beside the name: what belongs here?"))
    kind = SelectField(
        _l("Kind"),
        description=_l("It decides what the form of a topic asks and how the list is ordered."),
        validate_choice=False,
    )
    place = SelectField(_l("Stands in"), validate_choice=False)
    slug = StringField(
        _l("Address"), description=_l("The last part of its link. Left empty it follows from the name; old ones stay.")
    )
    guidance = TextAreaField(
        _l("Guidance"), description=_l("Shown above the editor when somebody starts a topic. Markdown.")
    )
    peer_first = BooleanField(
        _l("Members answer first"),
        description=_l("People of the organization wait before they answer, so that members have their turn."),
    )
    member_run = BooleanField(
        _l("Run by members"), description=_l("The organization takes part as a guest and does not set the tone.")
    )
    is_feedback = BooleanField(
        _l("For what people think of the organization"),
        description=_l(
            "Moderators who belong to it decide nothing here alone: one from among the members confirms each decision."
        ),
    )
    time_zone = SelectField(
        _l("Time zone"),
        description=_l("In which a day of this board begins, and in which its events are planned."),
        validate_choice=False,
    )
    slow_minutes = StringField(
        _l("Slow mode, in minutes"),
        description=_l("How long a member waits between two replies here. Left empty: not at all."),
        render_kw={"inputmode": "numeric", "pattern": "[0-9]*", "maxlength": 4},
    )
    holds_topics = BooleanField(_l("New topics wait for a moderator"))
    holds_replies = BooleanField(_l("Replies wait for a moderator"))
    tags_least = StringField(
        _l("Tags that a topic needs"),
        description=_l("How many its author must choose. Left empty: none."),
        render_kw={"inputmode": "numeric", "pattern": "[0-9]*", "maxlength": 1},
    )
    required_fields = SelectMultipleField(
        _l("Must be answered"),
        description=_l("Fields of the form that nobody may leave empty here."),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    decision = SelectField(
        _l("Decision behind it"),
        description=_l(
            "Needed where members answer first no more, or where the board becomes one for announcements: both count "
            "7 days later, and everybody can read of it beside the charter."
        ),
        coerce=int,
        validate_choice=False,
        default=0,
    )
    preset = RadioField(_l("Who may read and write"), validate_choice=False)

    def draft(self) -> BoardDraft:
        """Renders the guidance: call it before a transaction."""
        source, html = boards.guidance(self.guidance.data or "")
        section_id, parent_id = read_place(self.place.data or "")
        return BoardDraft(
            name=self.name.data or "",
            section_id=section_id,
            parent_id=parent_id,
            slug=self.slug.data or "",
            description=self.description.data or "",
            kind=self.kind.data or "",
            guidance_source=source,
            guidance_html=html,
            peer_first=bool(self.peer_first.data),
            member_run=bool(self.member_run.data),
            is_feedback=bool(self.is_feedback.data),
            time_zone=self.time_zone.data or "",
            slow_minutes=whole_number(self.slow_minutes.data or ""),
            holds_topics=bool(self.holds_topics.data),
            holds_replies=bool(self.holds_replies.data),
            tags_least=whole_number(self.tags_least.data or ""),
            required_fields=tuple(self.required_fields.data or ()),
        )


def filled_board(draft: BoardDraft) -> dict[str, object]:
    """The values with which a board's form shows `draft`."""
    return {
        "seen": boards.fingerprint(draft),
        "name": draft.name,
        "description": draft.description,
        "kind": draft.kind,
        "place": f"b{draft.parent_id}" if draft.parent_id else f"s{draft.section_id}",
        "slug": draft.slug,
        "guidance": draft.guidance_source,
        "peer_first": draft.peer_first,
        "member_run": draft.member_run,
        "is_feedback": draft.is_feedback,
        "time_zone": draft.time_zone,
        "slow_minutes": str(draft.slow_minutes or ""),
        "holds_topics": draft.holds_topics,
        "holds_replies": draft.holds_replies,
        "tags_least": str(draft.tags_least or ""),
        "required_fields": list(draft.required_fields),
    }


def read_place(value: str) -> tuple[int, int | None]:
    """Section and board above from `s3` or `b12`; a section that does not exist where it is neither."""
    sort, number = value[:1], value[1:]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return 0, None
    return (int(number), None) if sort == "s" else (0, int(number)) if sort == "b" else (0, None)


class RightsForm(FlaskForm):
    """A table of boxes, each worth `group:right`."""

    seen = HiddenField()
    rights = SelectMultipleField(_l("Rights"), validate_choice=False)

    def draft(self) -> Rights:
        return read_rights(self.rights.data or [])


def read_rights(ticked: Sequence[str]) -> Rights:
    """The table from its ticked boxes; what is no right is left out."""
    found: dict[int, set[Right]] = {}
    for value in ticked:
        group, _colon, right = value.partition(":")
        if group.isascii() and group.isdigit() and len(group) < 10 and right in set(Right):
            found.setdefault(int(group), set()).add(Right(right))
    return {group: frozenset(rights) for group, rights in found.items()}


def ticked_rights(rights: Mapping[int, frozenset[Right]]) -> list[str]:
    """The boxes that stand for `rights`."""
    return [f"{int(group)}:{right.value}" for group, found in rights.items() for right in sorted(found)]


_AUDIENCES = [
    ("everyone", _l("Everybody, guests too")),
    ("members", _l("All members of this place")),
    ("group", _l("Its own members")),
]
_USERS = [
    ("nobody", _l("Nobody")),
    ("group", _l("Its own members")),
    ("members", _l("All members of this place")),
]


class GroupForm(FlaskForm):
    """A group of one's own making."""

    seen = HiddenField()
    name = StringField(_l("Name"))
    description = StringField(_l("In one line"), description=_l("Who is in it, and why?"))

    def draft(self) -> GroupDraft:
        return GroupDraft(self.name.data or "", self.description.data or "")


class GroupRulesForm(FlaskForm):
    """Who comes into a group, who sees it, who may address it."""

    joining = SelectField(
        _l("How one comes in"),
        choices=[
            ("open", _l("Open: whoever wants to")),
            ("request", _l("On request: its owners decide")),
            ("invitation", _l("By invitation of its owners")),
            ("automatic", _l("By itself: from one’s address or standing")),
        ],
    )
    auto_domains = StringField(
        _l("Mail domains"),
        description=_l("For groups that fill by themselves: whose confirmed address ends so, such as example.org."),
        render_kw={"maxlength": 1000, "autocomplete": "off", "spellcheck": "false"},
    )
    auto_role = SelectField(
        _l("Standing"),
        description=_l("For groups that fill by themselves."),
        choices=[
            ("", _l("None")),
            ("staff", _l("People of the organization")),
            ("moderators", _l("Moderators")),
            ("regulars", _l("Regulars")),
        ],
    )
    seen_by = SelectField(_l("Who sees the group"), choices=_AUDIENCES)
    members_seen_by = SelectField(_l("Who sees who is in it"), choices=_AUDIENCES)
    mentioned_by = SelectField(_l("Who may mention it (@name)"), choices=_USERS)
    written_to_by = SelectField(
        _l("Who may write to it"),
        description=_l("A conversation with the group is seen by all its members."),
        choices=_USERS,
    )

    def draft(self) -> Rules:
        return group_rules(
            self.joining.data or "invitation",
            self.seen_by.data or "",
            self.members_seen_by.data or "",
            self.mentioned_by.data or "",
            self.written_to_by.data or "",
            self.auto_domains.data or "",
            self.auto_role.data or "",
        )


class MemberForm(FlaskForm):
    """Somebody to put into a group."""

    name = StringField(_l("User name or e-mail address"), id="login")

    def draft(self) -> str:
        return (self.name.data or "").strip()
