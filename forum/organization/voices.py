"""How somebody of an organization speaks in a post: for what, in which capacity, and in which role. Pure.

Officially with the badge of a role that was given to them there, or personally; both are the organization's voice.
An automated account always speaks officially, with or without a role.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from forum.core.errors import Invalid, Refused
from forum.core.words import gettext as _
from forum.organization.intents import Intent
from forum.permissions import Belonging, Role

OFFICIAL, PERSONAL = "official", "personal"
ONLY_OFFICIAL = (Intent.OFFICIAL, Intent.ANNOUNCE)
"""What nobody says in their own name."""


@dataclass(frozen=True)
class Voice:
    """How staff speak in a post; empty for everybody else."""

    intent: str = ""
    capacity: str = ""
    role: str = ""


PLAIN = Voice()


def checked_voice(voice: Voice, belonging: Belonging | None, board_id: int) -> Voice:
    """The voice as it is kept. What a door without a choice leaves out becomes an answer in one's own name.

    Refused or Invalid (fields `intent`, `speaking`) where they may not speak so on that board.
    """
    if belonging is None:
        if voice != PLAIN:
            raise Refused(_("Only people of the organization can speak in a role."))
        return PLAIN
    if voice.intent and voice.intent not in set(Intent):
        raise Invalid(_("Say what this post is for, so that members can see it."), "intent")
    is_bot = belonging.kind == "bot"
    capacity = voice.capacity or (OFFICIAL if voice.role or is_bot else PERSONAL)
    spoken = replace(voice, intent=voice.intent or str(Intent.ANSWER), capacity=capacity)
    if spoken.capacity == PERSONAL:
        return _personally(spoken, is_bot)
    if spoken.role not in set(belonging.roles_on(board_id)) and (spoken.role or not is_bot):
        raise Invalid(_("Choose a role that was given to you for this board."), "speaking")
    if spoken.intent == Intent.ANNOUNCE and not belonging.has(Role.ANNOUNCER, board_id):
        raise Refused(_("Only an announcer of %(name)s may announce and pin.", name=belonging.organization))
    if spoken.intent == Intent.PERSONAL:
        raise Invalid(_("Whoever talks as anybody would speaks for themselves: choose yourself."), "speaking")
    return spoken


def _personally(spoken: Voice, is_bot: bool) -> Voice:
    if is_bot:
        raise Invalid(_("An automated account does not speak for itself."), "speaking")
    if spoken.intent in ONLY_OFFICIAL:
        raise Invalid(_("That is for the organization to say: choose a role, or another purpose."), "speaking")
    return replace(spoken, role="")
