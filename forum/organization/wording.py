"""Words for what organizations carry as codes: roles and purposes of posts. Tables, said when shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.organization.verdicts import percent

_INTENTS: Mapping[str, str] = {
    "welcome": mark("Welcome somebody"),
    "clarify": mark("Ask what is meant"),
    "connect": mark("Bring people together"),
    "thank": mark("Thank"),
    "moderate": mark("Moderate"),
    "answer": mark("Answer"),
    "official": mark("Say what only the organization can say"),
    "correct": mark("Correct something wrong or dangerous"),
    "seed": mark("Begin a conversation"),
    "announce": mark("Announce"),
    "personal": mark("Talk as anybody would"),
}
# What a reader sees of it beside the badge. Whoever talks as anybody would says so in the badge already.
_PURPOSES: Mapping[str, str] = {
    "welcome": mark("a welcome"),
    "clarify": mark("a question back"),
    "connect": mark("bringing people together"),
    "thank": mark("thanks"),
    "moderate": mark("moderation"),
    "answer": mark("an answer"),
    "official": mark("the organization’s word"),
    "correct": mark("a correction"),
    "seed": mark("a beginning"),
    "announce": mark("an announcement"),
}
_REASONS: Mapping[str, str] = {
    "safety": mark("Somebody could come to harm"),
    "wrong_info": mark("What stands here is wrong, and people act on it"),
    "incident": mark("Something is broken right now"),
    "legal": mark("The law asks for it"),
    "asked_by_member": mark("A member asked us to"),
    "no_peer_available": mark("No member can know this"),
    "revival": mark("To wake up a board that has fallen asleep"),
    "other": mark("Another reason"),
}
# What a rule is called where it was passed over.
_RULES: Mapping[str, str] = {
    "G1": mark("members first"),
    "G2": mark("our share of the conversation"),
    "G3": mark("who answers first"),
    "G4": mark("one voice in a topic"),
    "G5": mark("topics of our own"),
    "G6": mark("announcements"),
    "G6-role": mark("who announces"),
    "G6-again": mark("one notice a day"),
    "G7": mark("pins"),
    "G8": mark("thanks"),
    "danger": mark("wrong information corrected"),
}
_NOTICES: Mapping[str, str] = {
    "safety": mark("Safety notice"),
    "security": mark("Security notice"),
    "legal": mark("Notice about the law"),
}
_ROLES: Mapping[str, tuple[str, str]] = {
    "responder": (mark("Responder"), mark("answers after members had their turn")),
    "recognizer": (mark("Recognizer"), mark("thanks, and sees what members do for each other")),
    "seeder": (mark("Seeder"), mark("begins conversations that members can carry")),
    "listener": (mark("Listener"), mark("takes care of ideas, and of what is asked of the organization")),
    "announcer": (mark("Announcer"), mark("the only role that announces and pins")),
    "host": (mark("Host"), mark("keeps the place fair and looks after the other roles")),
}

_SEED_KINDS: Mapping[str, str] = {
    "question": mark("A question"),
    "resource": mark("Something useful"),
    "story": mark("A story"),
    "event": mark("An event"),
    "ama": mark("A time for asking anything"),
}
_OUTCOMES: Mapping[str, str] = {
    "success": mark("Members carried it on"),
    "partly": mark("Members replied, but not to each other"),
    "failed": mark("No member replied"),
}
_SEED_PARTS: Mapping[str, str] = {
    "title": mark("the title"),
    "source": mark("the text"),
    "ask": mark("the question"),
    "kind": mark("the sort"),
    "planned_at": mark("the time"),
}


def seed_changes(names: str) -> str:
    """What of a conversation that is to begin was changed, from their names with spaces between."""
    return ", ".join(_(_SEED_PARTS[name]) for name in names.split() if name in _SEED_PARTS)


def seed_kinds() -> Mapping[str, str]:
    """What sort of conversation is begun on purpose → words."""
    return {kind: _(words) for kind, words in _SEED_KINDS.items()}


def seed_kind(key: str) -> str:
    """The words for one of them."""
    return _(_SEED_KINDS[key]) if key in _SEED_KINDS else key


def outcome(key: str) -> str:
    """What became of it after a week."""
    return _(_OUTCOMES[key]) if key in _OUTCOMES else ""


def intents() -> Mapping[str, str]:
    """Intent → words, soft ones first."""
    return {intent: _(words) for intent, words in _INTENTS.items()}


def purpose(intent: str) -> str:
    """What a post is for, as a reader sees it; empty where the badge says enough."""
    return _(_PURPOSES[intent]) if intent in _PURPOSES else ""


def reasons() -> Mapping[str, str]:
    """Why something was posted all the same → words."""
    return {reason: _(words) for reason, words in _REASONS.items()}


def reason(key: str) -> str:
    """The words for one of them."""
    return _(_REASONS[key]) if key in _REASONS else key


def notices() -> Mapping[str, str]:
    """Kinds of notices that go beside every budget → words."""
    return {kind: _(words) for kind, words in _NOTICES.items()}


def notice(key: str) -> str:
    """The label of one of them."""
    return _(_NOTICES[key]) if key in _NOTICES else ""


def rule(key: str) -> str:
    """What a rule of the guard is about."""
    return _(_RULES[key]) if key in _RULES else key


def share(kept: str) -> int | Decimal:
    """A share as it is kept (`overriding.py`), in per cent."""
    return percent(Fraction(kept))


def role(key: str) -> str:
    """The word on a role's badge; one that is not known any more stands for itself."""
    return _(_ROLES[key][0]) if key in _ROLES else key.capitalize()


def task(key: str) -> str:
    """What people do in a role."""
    return _(_ROLES[key][1]) if key in _ROLES else ""
