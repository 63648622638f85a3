"""In which voice staff write: the choices of the two fields above their text."""

from __future__ import annotations

from dataclasses import dataclass

from forum.core.words import gettext as _
from forum.organization import wording
from forum.organization.intents import Intent
from forum.organization.voices import OFFICIAL, PERSONAL, Voice
from forum.permissions import Actor, Role

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Voices:
    """What staff may choose: what a post is for, and as what they speak; each with words. `may_warn`: publish a notice
    of safety, security or law."""

    intents: Choices
    roles: Choices
    may_warn: bool = False


def voices_of(actor: Actor, board_id: int | None = None) -> Voices | None:
    """What the actor may choose on a board (or anywhere: the verb asks again); None for everybody who speaks for no
    organization now. Who is no announcer is not offered to announce."""
    belonging = actor.belonging
    if belonging is None:
        return None
    name, announces = belonging.organization, belonging.has(Role.ANNOUNCER, board_id)
    intents = [(key, words) for key, words in wording.intents().items() if key != Intent.ANNOUNCE or announces]
    roles = [(str(role), f"{name} · {wording.role(role)}") for role in Role if belonging.has(role, board_id)]
    yourself = (PERSONAL, _("Yourself: works at %(name)s", name=name))
    may_warn = announces or belonging.has(Role.HOST, board_id)
    return Voices([("", _("Choose one")), *intents], [*roles, yourself], may_warn)


def voice_as(intent: str, speaking: str) -> Voice:
    """What was chosen in the fields, as the verbs take it."""
    return Voice(intent, PERSONAL, "") if speaking == PERSONAL else Voice(intent, OFFICIAL, speaking)


def chosen(voice: Voice) -> str:
    """What the field says of a voice."""
    return PERSONAL if voice.capacity == PERSONAL else voice.role
