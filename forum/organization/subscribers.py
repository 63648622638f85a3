"""Whoever is put into the group *staff* belongs to the host, and what they write from then on is its voice."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts.events import GroupJoined, GroupLeft
from forum.organization import actions, queries
from forum.permissions import Group


def begin_with_group(session: Session, event: GroupJoined) -> None:
    """Before the host has a name nothing is recorded; naming it makes up for that."""
    host = queries.host(session)
    if event.group_id == Group.STAFF and host is not None:
        actions.begin_affiliation(session, event.account_id, host)


def end_with_group(session: Session, event: GroupLeft) -> None:
    """Their old posts keep their badge."""
    host = queries.host(session)
    if event.group_id == Group.STAFF and host is not None:
        actions.end_affiliation(session, event.account_id, host)
