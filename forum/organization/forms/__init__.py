"""The forms of organizations. What may stand in them is said by the verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, widgets

from forum.core.markup import render
from forum.core.web.forms import Form, row_id
from forum.core.words import gettext as _
from forum.organization import wording
from forum.organization.drafts import LONGEST_ABOUT, About
from forum.organization.evidence import LONGEST
from forum.organization.models import LONGEST_NAME, Organization
from forum.permissions import Role

_A_NAME = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "maxlength": 254}


def boards_field() -> Any:
    """On which boards somebody speaks or is on duty."""
    return SelectMultipleField(
        _l("Boards"),
        description=_l("None ticked: on all boards."),
        coerce=row_id,
        validate_choice=False,
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )


class GrantForm(Form):
    """Giving somebody a role."""

    person = StringField(_l("User name"), render_kw=_A_NAME | {"data-complete": "person"})
    role = RadioField(_l("Role"), validate_choice=False)
    boards = boards_field()
    evidence = StringField(
        _l("How one knows"),
        description=_l(
            "The domain of their mail, as in example.org, or a link to a page that names them. It is public."
        ),
        render_kw={"maxlength": LONGEST, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )

    def __init__(self, *args: Any, boards: Mapping[int, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.role.choices = [(str(role), wording.role(role)) for role in Role]
        self.boards.choices = list(boards.items())

    def wanted(self) -> Role | None:
        """The role that was chosen."""
        chosen = self.role.data or ""
        return Role(chosen) if chosen in set(Role) else None


class AffiliationForm(Form):
    """Saying that somebody works for a partner, or is an automated account."""

    name = StringField(_l("User name"), render_kw=_A_NAME | {"data-complete": "person"})
    organization = SelectField(_l("Organization"), coerce=row_id, validate_choice=False)
    kind = RadioField(_l("What they are there"), validate_choice=False)

    def __init__(self, *args: Any, organizations: Sequence[Organization], **given: Any) -> None:
        super().__init__(*args, **given)
        self.organization.choices = [(one.id, one.name) for one in organizations]
        self.kind.choices = [("staff", _("Works there")), ("bot", _("An automated account of it"))]


class PartnerForm(Form):
    """Another organization that takes part."""

    partner = StringField(_l("Name of the organization"), render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"})


class AboutForm(Form):
    """What an organization says of itself."""

    about = TextAreaField(
        _l("What it is, and why it takes part"), render_kw={"rows": 8, "maxlength": LONGEST_ABOUT, "class": "input"}
    )

    def draft(self) -> About:
        """Renders it: call this before a transaction. Too long a text is left unrendered: the verb refuses it."""
        source = (self.about.data or "").replace("\r\n", "\n").strip()
        return About(source, render(source).html if source and len(source) <= LONGEST_ABOUT else "")


class ListingForm(Form):
    """Whether one stands by name on the organization's page."""

    listed = BooleanField(_l("Show my name among the people of the organization"))
