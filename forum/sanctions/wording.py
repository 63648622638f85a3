"""Sanctions in words: to the member, and about them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from forum.accounts.sanction_models import Sanction
from forum.core.words import gettext as _
from forum.core.words import mark, ngettext
from forum.permissions import Kind
from forum.sanctions.steps import STEPS
from forum.site.rules import DETECTED

# What it is: kind and right → to the member, and about them.
_WHAT: Mapping[tuple[str, str], tuple[str, str]] = {
    (Kind.WARNING, ""): (mark("A warning"), mark("Warning, to be read before writing on")),
    (Kind.WITHDRAWN, "start"): (mark("You begin no topics"), mark("Begins no topics")),
    (Kind.WITHDRAWN, "reply"): (mark("You do not reply"), mark("Does not reply")),
    (Kind.WITHDRAWN, "flag"): (mark("You report nothing"), mark("Reports nothing")),
    (Kind.WITHDRAWN, "upload"): (mark("You bring no pictures or files"), mark("Brings no pictures or files")),
    (Kind.WITHDRAWN, "message"): (
        mark("You write no private messages, except to the moderators"),
        mark("Writes no private messages, except to moderators"),
    ),
    (Kind.WITHDRAWN, "invite"): (mark("You invite nobody"), mark("Invites nobody")),
    (Kind.READ_ONLY, ""): (mark("You read only"), mark("Reads only; others are not told")),
    (Kind.SUSPENSION, ""): (mark("Your account is suspended"), mark("Suspended; the profile says so")),
}
_ROLES = {
    "moderator": mark("a moderator"),
    "administrator": mark("an administrator"),
    "house": mark("a rule of this place"),
    "import": mark("the place that the account comes from"),
}


def to_member(kind: str, right: str) -> str:
    """What it means, said to whom it concerns."""
    return _(_WHAT[kind, right][0])


def about_member(kind: str, right: str) -> str:
    """What it means, said to moderators."""
    return _(_WHAT[kind, right][1]) if (kind, right) in _WHAT else kind


def choices() -> list[tuple[str, str]]:
    """What can be done, mildest first, as a form offers it: kind, or kind and right."""
    return [(f"{kind}:{right}" if right else kind, about_member(kind, right)) for kind, right in _WHAT]


def steps() -> list[tuple[str, str]]:
    """For how long, as a form offers it."""
    return [
        (str(days), ngettext("%(num)s day", "%(num)s days", days)) if days else ("open", _("Until somebody lifts it"))
        for days in STEPS
    ]


def found(row: Sanction) -> str:
    """How it was found; "" where nobody knows any more."""
    return _(DETECTED[row.detected]) if row.detected in DETECTED else ""


def decided_by(row: Sanction) -> str:
    """In which role it was decided."""
    return _(_ROLES.get(row.role, _ROLES["moderator"]))
