"""In which voice staff write: the choices of the two fields above their text."""

from __future__ import annotations

from forum.core.words import gettext as _
from forum.organization import wording
from forum.organization.voices import OFFICIAL, PERSONAL, Voice
from forum.permissions import Actor, Role

Choices = list[tuple[str, str]]


def voices_of(actor: Actor, board_id: int | None = None) -> Choices | None:
    """As what the actor may speak on a board (or anywhere: the verb asks again), with words; None for everybody who
    speaks for no organization now."""
    belonging = actor.belonging
    if belonging is None:
        return None
    name = belonging.organization
    roles = [(str(role), f"{name} · {wording.role(role)}") for role in Role if belonging.has(role, board_id)]
    return [*roles, (PERSONAL, _("Yourself: works at %(name)s", name=name))]


def intents() -> Choices:
    """What a post may be for, nothing chosen yet."""
    return [("", _("Choose one")), *wording.intents().items()]


def voice_as(intent: str, speaking: str) -> Voice:
    """What was chosen in the fields, as the verbs take it."""
    return Voice(intent, PERSONAL, "") if speaking == PERSONAL else Voice(intent, OFFICIAL, speaking)


def chosen(voice: Voice) -> str:
    """What the field says of a voice."""
    return PERSONAL if voice.capacity == PERSONAL else voice.role
