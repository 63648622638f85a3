"""The kinds of notices about words that wait for a moderator: for their author alone."""

from __future__ import annotations

from collections.abc import Sequence

from forum.core.words import mark
from forum.notifications.kind import DIRECT, Kind

HELD: Sequence[Kind] = (
    Kind(
        "held_waits",
        mark("a topic of yours waits for a moderator when its time has come"),
        "clock",
        mark("Your topic waits: a moderator reads it first"),
        "scheduling.ScheduledTopicHeld",
        channels=DIRECT,
    ),
    Kind(
        "held_released",
        mark("words of yours that waited for a moderator are posted"),
        "circle-check",
        mark("What you wrote has been read by a moderator and is posted"),
        "holds.HeldReleased",
        channels=DIRECT,
    ),
    Kind(
        "held_rejected",
        mark("words of yours that waited for a moderator are not posted"),
        "info",
        mark("What you wrote is not posted. Your text is kept, with why"),
        "holds.HeldRejected",
        channels=DIRECT,
    ),
    Kind(
        "held_again",
        mark("words of yours wait for a moderator again, since a decision was taken back"),
        "clock",
        mark("What was decided about what you wrote was taken back: it waits for a moderator again"),
        "holds.RejectionUndone, ReleaseUndone",
        channels=DIRECT,
    ),
)
