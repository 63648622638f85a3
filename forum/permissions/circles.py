"""Predicates about groups and private conversations, for the table in `rules.py`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from forum.core import clock
from forum.permissions.actors import Actor

MESSAGE_WINDOW = timedelta(hours=24)

# ── groups ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def group_takes_letters(actor: Actor, group: Any) -> bool:
    """Who may begin a conversation with the group."""
    return group.written_to_by == "members" or (group.written_to_by == "group" and group.id in actor.groups)


# ── conversations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def takes_part(_actor: Actor, seen: Any) -> bool:
    """Has a seat by name, and has not left it."""
    return bool(seen.takes_part)


def in_its_group(actor: Actor, seen: Any) -> bool:
    return seen.kind == "group" and seen.group_id is not None and seen.group_id in actor.groups


def is_private(_actor: Actor, seen: Any) -> bool:
    return bool(seen.kind == "private")


def is_for_moderators(_actor: Actor, seen: Any) -> bool:
    return bool(seen.kind == "moderators")


def is_not_for_moderators(_actor: Actor, seen: Any) -> bool:
    return not is_for_moderators(_actor, seen)


def is_moderator(actor: Actor, _subject: object) -> bool:
    return actor.is_moderator


def within_message_window(_actor: Actor, message: Any) -> bool:
    return bool(clock.now() - message.created_at <= MESSAGE_WINDOW)


def made_it(actor: Actor, invitation: Any) -> bool:
    return actor.account_id is not None and bool(invitation.by_id == actor.account_id)


def is_somebody_else(actor: Actor, account: Any) -> bool:
    return bool(account.id != actor.account_id)
