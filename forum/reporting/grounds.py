"""Against which law, and how a report can end: two tables. And what a report must say. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forum.core.errors import InvalidFields
from forum.core.lines import many_lines, one_line
from forum.core.words import gettext as _
from forum.core.words import mark

# Of the links by which senders look up their reports.
PURPOSE = "illegal report"
CHILD_ABUSE = "child_abuse"
GROUNDS: Mapping[str, str] = {
    CHILD_ABUSE: mark("Sexual abuse of children"),
    "terror": mark("Terrorism, or a call to violence"),
    "hate": mark("Hatred or insult that is against the law"),
    "threat": mark("A threat, or stalking"),
    "fraud": mark("Fraud, or forbidden goods"),
    "privacy": mark("My privacy, or somebody else’s"),
    "copyright": mark("Copyright, or another right of mine"),
    "other": mark("Something else"),
}

# What becomes of a report, as whoever sent it reads it.
DECISIONS: Mapping[str, str] = {
    "removed": mark("It was taken away."),
    "limited": mark("It was changed, or is not shown to everybody any more."),
    "kept": mark("It stays as it is."),
}

SHORTEST, LONGEST, LONGEST_ANSWER, LONGEST_NAME = 20, 4000, 4000, 80


@dataclass(frozen=True)
class Draft:
    """What somebody says who reports something: found at `path`, it is the `subject_kind` with `subject_id`."""

    subject_kind: str
    subject_id: int
    path: str
    ground: str
    reason: str
    name: str
    email: str
    good_faith: bool
    locale: str = ""


def checked(draft: Draft) -> Draft:
    """The report, if it says what it must; else InvalidFields, by field. Name and address (which has been checked) may
    be left out where children were abused: nobody need name themselves for that."""
    wrong: dict[str, str] = {}
    reason, name = many_lines(draft.reason), one_line(draft.name)
    if draft.ground not in GROUNDS:
        wrong["ground"] = _("Choose one of the list.")
    if len(reason) < SHORTEST:
        wrong["reason"] = _("Say in a sentence or two why it is against the law.")
    elif len(reason) > LONGEST:
        wrong["reason"] = _("At most %(n)s characters; these are %(len)s.", n=LONGEST, len=len(reason))
    if len(name) > LONGEST_NAME:
        wrong["name"] = _("At most %(n)s characters; these are %(len)s.", n=LONGEST_NAME, len=len(name))
    if draft.ground != CHILD_ABUSE:
        if not name:
            wrong["name"] = _("Write your name: the law asks for it, but where children were abused.")
        if not draft.email:
            wrong["email"] = _("Write your mail address, so that you hear what becomes of it.")
    if not draft.good_faith:
        wrong["good_faith"] = _("Please confirm this: a report rests on it.")
    if wrong:
        raise InvalidFields(wrong)
    return Draft(
        draft.subject_kind, draft.subject_id, draft.path, draft.ground, reason, name, draft.email, True, draft.locale
    )
