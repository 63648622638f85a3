"""Whoever judges the host as a peer is not quietly taken out of those who may."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts.events import GroupLeft
from forum.caretakers import queries
from forum.caretakers.actions import note_peer_gone
from forum.permissions import Actor


def note_taken_out(session: Session, event: GroupLeft) -> None:
    """By an administrator, of a group that moderates."""
    if event.by_id is not None and queries.moderates(session, event.group_id):
        note_peer_gone(session, Actor(event.by_id), event.account_id)
