"""Automatic groups follow what happens to people."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts.events import AccountCreated, AddressChanged, GroupJoined, GroupLeft, PlaceholderClaimed
from forum.groups.automatic import settle
from forum.permissions import Group

_STANDINGS = {int(Group.STAFF), int(Group.MODERATORS)}


def follow_person(session: Session, event: AccountCreated | AddressChanged | PlaceholderClaimed) -> None:
    """Their address is another one now."""
    settle(session, account_id=event.account_id)


def follow_standing(session: Session, event: GroupJoined | GroupLeft) -> None:
    """They are staff or moderators now, or not any more."""
    if event.group_id in _STANDINGS:
        settle(session, account_id=event.account_id)
