"""What a post of the organization is for, as its writer says (`organization.md` §1). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Intent(StrEnum):
    """The purposes, in the order in which they are offered."""

    WELCOME = "welcome"
    CLARIFY = "clarify"
    CONNECT = "connect"
    THANK = "thank"
    MODERATE = "moderate"
    ANSWER = "answer"
    OFFICIAL = "official"
    CORRECT = "correct"
    SEED = "seed"
    ANNOUNCE = "announce"
    PERSONAL = "personal"


SOFT = (Intent.WELCOME, Intent.CLARIFY, Intent.CONNECT, Intent.THANK, Intent.MODERATE)
"""They take nobody's turn. `moderate` is housekeeping besides: it is reported, and counts nowhere."""

RESTRAINED = (Intent.ANSWER, Intent.CORRECT, Intent.PERSONAL)
"""They wait for members (G1)."""

BEGINNING = (Intent.SEED, Intent.ANNOUNCE)
"""Only topics are begun for these."""


def purposes(*, begins: bool, moderates: bool = False) -> Sequence[Intent]:
    """For what a topic may be begun, or a reply be written. `moderates`: by whoever looks after that board."""
    if begins:
        return [intent for intent in Intent if intent not in SOFT]
    return [intent for intent in Intent if intent not in BEGINNING and (moderates or intent is not Intent.MODERATE)]


def intent_of(kept: str) -> Intent:
    """What a door without a choice of purposes (API, mail, bot, scheduler) leaves empty is an answer."""
    return Intent(kept) if kept else Intent.ANSWER
