"""Being in a group: the row, the count and the announcement. For the verbs that have asked whether it may be."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from forum.accounts.events import GroupJoined, GroupLeft
from forum.accounts.models import Account, GroupMember, GroupRow
from forum.core import clock
from forum.core.db.dialect import insert_for
from forum.core.events import emit


def enter_group(
    session: Session, group_id: int, account_id: int, *, is_owner: bool = False, is_automatic: bool = False
) -> bool:
    """Put somebody in; False when they are in already. Of two who do it at once, one does."""
    row = {
        "group_id": group_id,
        "account_id": account_id,
        "since": clock.now(),
        "is_owner": is_owner,
        "is_automatic": is_automatic,
    }
    insert = insert_for(session, GroupMember.__table__).values(row)  # type: ignore[arg-type]
    keys = insert.on_conflict_do_nothing(index_elements=["group_id", "account_id"]).returning(GroupMember.account_id)
    if session.scalar(keys) is None:
        return False
    _count(session, group_id, 1)
    emit(session, GroupJoined(group_id, account_id))
    return True


def leave_group(session: Session, group_id: int, account_id: int, by_id: int | None = None) -> bool:
    """Take somebody out; False when they are not in. `by_id`: which administrator does."""
    gone = session.execute(
        delete(GroupMember)
        .where(GroupMember.group_id == group_id, GroupMember.account_id == account_id)
        .returning(GroupMember.account_id)
        .execution_options(synchronize_session=False)
    ).first()
    if gone is None:
        return False
    found = session.identity_map.get(session.identity_key(GroupMember, (group_id, account_id)))
    if found is not None:
        session.expunge(found)
    _count(session, group_id, -1)
    emit(session, GroupLeft(group_id, account_id, by_id))
    return True


def is_here(account: Account) -> bool:
    """Whether somebody sits behind the account who could be in a group."""
    return not account.is_placeholder and account.confirmed_at is not None and account.deactivated_at is None


def _count(session: Session, group_id: int, change: int) -> None:
    session.execute(update(GroupRow).where(GroupRow.id == group_id).values(member_count=GroupRow.member_count + change))
