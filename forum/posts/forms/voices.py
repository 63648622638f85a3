"""In which voice staff write: the choices of the two fields above their text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from forum.core.words import gettext as _
from forum.organization import wording
from forum.organization.intents import Intent, purposes
from forum.organization.voices import OFFICIAL, ONLY_OFFICIAL, PERSONAL, Voice, may_warn, moderates
from forum.permissions import Actor, Role
from forum.posts.actions.purposes import is_asked
from forum.posts.models import Post

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Voices:
    """What staff may choose: what a post is for, and as what they speak; each with words. `may_warn`: publish a notice
    of safety, security or law."""

    intents: Choices
    roles: Choices
    may_warn: bool = False


def voices_of(actor: Actor, board_id: int, *, begins: bool = False) -> Voices | None:
    """What the actor may choose on a board, for a reply or for a topic that they begin; None for everybody who speaks
    for no organization now. What they may not say there is not offered; the verb asks again."""
    belonging = actor.belonging
    if belonging is None:
        return None
    name, announces = belonging.organization, belonging.has(Role.ANNOUNCER, board_id)
    fitting = set(purposes(begins=begins, moderates=moderates(actor, board_id)))
    if not announces:
        fitting.discard(Intent.ANNOUNCE)
    if not belonging.has(Role.SEEDER, board_id):
        fitting.discard(Intent.SEED)
    intents = _said(fitting)
    roles = [(str(role), f"{name} · {wording.role(role)}") for role in Role if belonging.has(role, board_id)]
    yourself = (PERSONAL, _("Yourself: works at %(name)s", name=name))
    return Voices([("", _("Choose one")), *intents], [*roles, yourself], may_warn(belonging))


def purposes_of_edit(actor: Actor, post: Post) -> Choices:
    """What a post may be for now that is edited; none where that is not asked again."""
    if not is_asked(actor, post):
        return ()
    stays = post.intent == Intent.MODERATE and moderates(actor, post.board_id)  # nothing else becomes moderation
    fitting = set(purposes(begins=post.is_opening, moderates=stays))
    return _said(fitting - (set(ONLY_OFFICIAL) if post.capacity == PERSONAL else {Intent.PERSONAL}))


def _said(intents: Collection[Intent]) -> Choices:
    """Purposes with words, in the order in which they are offered."""
    return [(key, words) for key, words in wording.intents().items() if key in intents]


def voice_as(intent: str, speaking: str) -> Voice:
    """What was chosen in the fields, as the verbs take it."""
    return Voice(intent, PERSONAL, "") if speaking == PERSONAL else Voice(intent, OFFICIAL, speaking)


def chosen(voice: Voice) -> str:
    """What the field says of a voice."""
    return PERSONAL if voice.capacity == PERSONAL else voice.role
