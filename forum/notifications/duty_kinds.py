"""The kinds of notices about being on duty and about what happens behind topics: for staff and moderators alone."""

from __future__ import annotations

from collections.abc import Sequence

from forum.core.words import mark
from forum.notifications.kind import DIRECT, Kind

ON_DUTY: Sequence[Kind] = (
    Kind(
        "shift",
        mark("you are put on the rota, or a shift of yours changes"),
        "calendar",
        mark("You are on the rota"),
        "organization.ShiftsGiven, ShiftChanged",
        channels=DIRECT,
    ),
    Kind(
        "shift_removed",
        mark("a shift of yours is taken off the rota"),
        "calendar",
        mark("This shift is not yours any more"),
        "organization.ShiftChanged, ShiftRemoved",
        channels=DIRECT,
    ),
    Kind(
        "shift_tomorrow",
        mark("you are on duty tomorrow"),
        "clock",
        mark("You are on duty tomorrow"),
        "the calendar",
        channels=DIRECT,
    ),
    Kind(
        "stand_in",
        mark("somebody waits, and half of the promised time is over while you are the backup"),
        "clock",
        mark("Half of the promised time is over and nobody has replied. You are the backup"),
        "the calendar",
        channels=DIRECT,
    ),
    Kind(
        "assigned",
        mark("a topic is given to you to see to"),
        "user",
        mark("%(actor)s gave you a topic to see to"),
        "backstage.TopicAssigned",
        channels=DIRECT,
    ),
    Kind(
        "assigned_group",
        mark("a topic is given to a group of yours to see to"),
        "users",
        mark("%(actor)s gave a group of yours a topic to see to"),
        "backstage.TopicAssigned",
    ),
    Kind(
        "internal_note",
        mark("somebody mentions you in an internal note"),
        "at-sign",
        mark("%(actor)s mentioned you in an internal note"),
        "backstage.NoteWritten",
        channels=DIRECT,
    ),
)
