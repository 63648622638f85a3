"""How somebody of an organization speaks in a post: for what, in which capacity, and in which role. Pure.

Officially with the badge of a role that was given to them there, or personally; both are the organization's voice.
An automated account always speaks officially, with or without a role.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from forum.core.errors import Invalid, Refused
from forum.core.words import gettext as _
from forum.organization.intents import BEGINNING, Intent, purposes
from forum.permissions import Actor, Belonging, Right, Role

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


def moderates(actor: Actor, board_id: int) -> bool:
    """Looks after a board: may say that a reply there is for moderation, which never waits and counts nowhere. A
    partner's Host looks after the partner's people, not after the board."""
    of_host = actor.belonging is not None and actor.belonging.is_host
    return actor.may(Right.MODERATE, board_id) or (of_host and actor.speaks_as(Role.HOST, board_id))


def checked_voice(voice: Voice, belonging: Belonging | None, board_id: int, *, begins: bool, moderates: bool) -> Voice:
    """The voice as it is kept. What a door without a choice leaves out becomes an answer in one's own name. `begins`: a
    topic; `moderates`: they look after the board.

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
    if spoken.intent == Intent.SEED and not belonging.has(Role.SEEDER, board_id):
        raise Refused(_("Only a Seeder of %(name)s begins conversations on purpose.", name=belonging.organization))
    if spoken.capacity == PERSONAL:
        if is_bot:
            raise Invalid(_("An automated account does not speak for itself."), "speaking")
        check_capacity(spoken.intent, PERSONAL)
        check_purpose(spoken.intent, begins=begins, moderates=moderates)
        return replace(spoken, role="")
    if spoken.role not in set(belonging.roles_on(board_id)) and (spoken.role or not is_bot):
        raise Invalid(_("Choose a role that was given to you for this board."), "speaking")
    if spoken.intent == Intent.ANNOUNCE and not belonging.has(Role.ANNOUNCER, board_id):
        raise Refused(_("Only an announcer of %(name)s may announce and pin.", name=belonging.organization))
    check_capacity(spoken.intent, OFFICIAL)
    check_purpose(spoken.intent, begins=begins, moderates=moderates)
    return spoken


def check_purpose(intent: str, *, begins: bool, moderates: bool) -> None:
    """Refused or Invalid (field `intent`) for a purpose that a new topic, or a reply, cannot have."""
    if not intent or intent in purposes(begins=begins, moderates=moderates):
        return
    if intent == Intent.MODERATE and not begins:
        raise Refused(_("Only who looks after this board can say that a reply is for moderation."))
    if intent in BEGINNING:
        raise Invalid(_("Only a new topic can be for that: choose another purpose."), "intent")
    raise Invalid(_("Only a reply can be for that: choose another purpose."), "intent")


def check_capacity(intent: str, capacity: str) -> None:
    """Invalid (field `speaking`) for a purpose that nobody has in that capacity."""
    if capacity == PERSONAL and intent in ONLY_OFFICIAL:
        raise Invalid(_("That is for the organization to say: choose a role, or another purpose."), "speaking")
    if capacity == OFFICIAL and intent == Intent.PERSONAL:
        raise Invalid(_("Whoever talks as anybody would speaks for themselves: choose yourself."), "speaking")


def may_warn(belonging: Belonging | None) -> bool:
    """Whether they publish notices of safety, security or law: people of the host, as an Announcer or Host of all
    boards, for such a notice goes to everybody."""
    if belonging is None or not belonging.is_host or belonging.kind == "bot":
        return False
    return belonging.has_everywhere(Role.ANNOUNCER) or belonging.has_everywhere(Role.HOST)
