"""Entries of the decision log: who decides, about what, and what an entry must say. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forum.core.errors import InvalidFields
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.organization import wording
from forum.organization.models import LONGEST_TITLE
from forum.permissions import Role

SHORTEST_TITLE, SHORTEST_TEXT, LONGEST_TEXT = 5, 20, 10_000

_ABOUT: Mapping[str, str] = {
    "limits": mark("Limits"),
    "promises": mark("Promises"),
    "stage": mark("The stage of a board"),
    "roles": mark("Roles"),
    "moderation": mark("Moderation"),
    "ideas": mark("Ideas"),
    "other": mark("Something else"),
}
_BODIES: Mapping[str, str] = {
    "administration": mark("The administration"),
    "moderators": mark("The moderators"),
    "members": mark("The members"),
}


@dataclass(frozen=True)
class DecisionDraft:
    """A decision as it is handed in, its text rendered."""

    title: str
    source: str
    html: str
    decided_on: date | None
    made_by: str
    about: str


def makers() -> Mapping[str, str]:
    """Who can have decided: roles and bodies, never a person."""
    return {str(role): wording.role(role) for role in Role} | {key: _(said) for key, said in _BODIES.items()}


def subjects() -> Mapping[str, str]:
    """What a decision can be about."""
    return {key: _(said) for key, said in _ABOUT.items()}


def maker(key: str) -> str:
    """Who decided, in words."""
    return makers().get(key, key)


def subject(key: str) -> str:
    """About what, in words."""
    return subjects().get(key, key)


def check_decision(draft: DecisionDraft, today: date) -> None:
    """InvalidFields, unless it says what was decided, when and by whom."""
    wrong = {}
    if not SHORTEST_TITLE <= len(one_line(draft.title)) <= LONGEST_TITLE:
        wrong["title"] = _("From %(least)s to %(most)s characters.", least=SHORTEST_TITLE, most=LONGEST_TITLE)
    if not SHORTEST_TEXT <= len(draft.source) <= LONGEST_TEXT:
        wrong["text"] = _("From %(least)s to %(most)s characters.", least=SHORTEST_TEXT, most=LONGEST_TEXT)
    if draft.decided_on is None or draft.decided_on > today:
        wrong["decided_on"] = _("Say on which day it was decided: today or earlier.")
    if draft.made_by not in makers():
        wrong["made_by"] = _("Say who decided.")
    if draft.about not in _ABOUT:
        wrong["about"] = _("Say what it is about.")
    if wrong:
        raise InvalidFields(wrong)
