"""The kinds of notices about roles and what the guard held back: for people of the organization alone."""

from __future__ import annotations

from collections.abc import Sequence

from forum.core.words import mark
from forum.notifications.kind import DIRECT, Kind

DOORS: Sequence[Kind] = (
    Kind(
        "role_given",
        mark("you are given a role in which you speak for the organization"),
        "landmark",
        mark("You speak for the organization in a new role. What it is for, on which boards, and how we write"),
        "organization.RoleGranted",
        channels=DIRECT,
    ),
    Kind(
        "role_ended",
        mark("a role in which you spoke for the organization ends"),
        "landmark",
        mark("A role of yours has ended. What you wrote in it keeps its badge"),
        "organization.RoleEnded",
        channels=DIRECT,
    ),
    Kind(
        "stand_by_posted",
        mark("a reply of yours that stood by was posted"),
        "clock",
        mark("Your reply that stood by is posted"),
        "organization.StandBySettled",
    ),
    Kind(
        "stand_by_answered",
        mark("a member answered where a reply of yours stood by"),
        "hand-heart",
        mark("A member answered, so your reply need not be posted. Thank them?"),
        "organization.StandBySettled",
    ),
    Kind(
        "stand_by_over",
        mark("a reply of yours stands by no more"),
        "clock",
        mark("Your reply stands by no more. Its text is kept"),
        "organization.StandBySettled",
    ),
    Kind(
        "leave_asked",
        mark("a colleague asks you as a Host for leave to post"),
        "landmark",
        mark("%(actor)s asks you for leave to post"),
        "organization.HostAsked",
        channels=DIRECT,
    ),
    Kind(
        "leave_given",
        mark("a Host gives you leave to post"),
        "circle-check",
        mark("%(actor)s gives you leave to post. It lasts a day"),
        "organization.HostAnswered",
        channels=DIRECT,
    ),
    Kind(
        "leave_declined",
        mark("a Host asks you to wait"),
        "clock",
        mark("%(actor)s asks you to wait. Your text is kept"),
        "organization.HostAnswered",
        channels=DIRECT,
    ),
)
