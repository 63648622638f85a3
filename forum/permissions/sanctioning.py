"""Predicates about sanctions: which right is away, and who may do what to whom. For the table in `rules.py`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from forum.core import clock
from forum.permissions.actors import RIGHTS, Actor

NOTE_WINDOW = timedelta(hours=1)


def keeps(right: str) -> Callable[[Actor, Any], bool]:
    """Whether this one of `RIGHTS` was not withdrawn."""
    assert right in RIGHTS

    def is_kept(actor: Actor, _subject: object) -> bool:
        return right not in actor.restraints

    return is_kept


def may_judge(actor: Actor, member: Any) -> bool:
    """Moderators judge members; whoever is a moderator or an administrator, administrators, be it that a moderator
    confirms it."""
    return actor.is_admin or not member.is_in_office or member.is_confirmed


def reads_notes(actor: Actor, _subject: object) -> bool:
    """A moderator who belongs to no partner: what is noted of members stays in the house."""
    return actor.is_moderator and (actor.belonging is None or actor.belonging.is_host)


def is_about_another(actor: Actor, note: Any) -> bool:
    return actor.account_id is None or bool(note.account_id != actor.account_id)


def within_note_window(_actor: Actor, note: Any) -> bool:
    return bool(clock.now() - note.created_at <= NOTE_WINDOW)
