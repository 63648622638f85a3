"""What a post of the organization is for, as its writer says (`organization.md` §1). Pure."""

from __future__ import annotations

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


def intent_of(kept: str) -> Intent:
    """What a door without a choice of purposes (API, mail, bot, scheduler) leaves empty is an answer."""
    return Intent(kept) if kept else Intent.ANSWER
