"""The kinds of notices about conversations that the organization begins on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from forum.core.words import mark
from forum.notifications.kind import DIRECT, Kind

SEEDS: Sequence[Kind] = (
    Kind(
        "seed_asked",
        mark("you are asked to take part in a conversation that is to begin"),
        "sprout",
        mark("%(actor)s asks whether you would take part in a conversation"),
        "seeding.AskedToTakePart",
        channels=DIRECT,
    ),
    Kind(
        "seed_there",
        mark("a conversation begins in which you said you would take part"),
        "sprout",
        mark("It is there: the conversation in which you said you would take part"),
        "seeding.SeedPosted",
        channels=DIRECT,
    ),
    Kind(
        "seed_moved",
        mark("a conversation in which you said you would take part begins at another time"),
        "calendar",
        mark("The conversation in which you said you would take part begins at another time"),
        "seeding.SeedMoved",
    ),
    Kind(
        "seed_reworded",
        mark("a conversation in which you said you would take part reads otherwise, and you are asked again"),
        "sprout",
        mark("The conversation in which you said you would take part reads otherwise now: would you still?"),
        "seeding.SeedReworded",
        channels=DIRECT,
    ),
    Kind(
        "seed_off",
        mark("a conversation in which you said you would take part is called off"),
        "calendar",
        mark("The conversation in which you said you would take part is called off"),
        "seeding.SeedDropped",
    ),
    Kind(
        "seed_ready",
        mark("two members say that they will take part in a conversation you planned"),
        "sprout",
        mark("Two members will take part in the conversation you planned"),
        "seeding.TakingPartAnswered",
    ),
    Kind(
        "seed_held",
        mark("a conversation that you planned could not be posted at its time"),
        "clock",
        mark("A conversation that you planned was not posted, and waits for you"),
        "seeding.SeedHeldBack",
        channels=DIRECT,
    ),
    Kind(
        "seed_reviewed",
        mark("a week has passed since you began a conversation"),
        "sprout",
        mark("A week has passed since you began this conversation: see what came of it"),
        "seeding.SeedReviewed",
    ),
)
