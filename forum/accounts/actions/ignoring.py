"""Not hearing of somebody, for a while or for good; and from whom messages may come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from forum.accounts.events import IgnoringChanged, ProfileEdited
from forum.accounts.ignoring import may_be_ignored
from forum.accounts.models import MESSAGES_FROM, Account, IgnoredMember
from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require

MOST_IGNORED = 500
FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)
# Days to choose from; 0 is for good.
SPANS = (7, 30, 90, 0)


def ignore(session: Session, actor: Actor, account: Account, days: int) -> None:
    """Fold away what somebody writes, for so many days or (0) for good. Doing it again sets a new end."""
    require(actor, Act.IGNORE, account)
    if days not in SPANS:
        raise Invalid(_("Choose one of the list."), "days")
    if not may_be_ignored(session, account.id):
        raise Invalid(_("Moderators keep the place fair for everybody, so they cannot be ignored."))
    count = session.scalar(select(func.count()).where(IgnoredMember.account_id == actor.account_id)) or 0
    if count >= MOST_IGNORED:
        raise Invalid(_("You ignore %(n)s people already: that is as many as one can.", n=count))
    now = clock.now()
    row = {
        "account_id": actor.account_id,
        "ignored_id": account.id,
        "since": now,
        "until": now + timedelta(days=days) if days else None,
    }
    upsert(session, IgnoredMember.__table__, [row], key=["account_id", "ignored_id"], update=["since", "until"])  # type: ignore[arg-type]
    _note(session, actor)


def stop_ignoring(session: Session, actor: Actor, account: Account) -> None:
    """Hear of them again."""
    require(actor, Act.IGNORE, account)
    session.execute(
        delete(IgnoredMember)
        .where(IgnoredMember.account_id == actor.account_id, IgnoredMember.ignored_id == account.id)
        .execution_options(synchronize_session=False)
    )
    _note(session, actor)


def choose_senders(session: Session, actor: Actor, account: Account, who: str) -> None:
    """From whom conversations may come."""
    require(actor, Act.EDIT_ACCOUNT, account)
    if who not in MESSAGES_FROM:
        raise Invalid(_("Choose one of the list."), "messages_from")
    account.messages_from = who
    session.flush()
    emit(session, ProfileEdited(account.id))


def _note(session: Session, actor: Actor) -> None:
    """Keep on the account's own row until when it ignores anybody."""
    latest = session.scalar(
        select(func.max(func.coalesce(IgnoredMember.until, FOR_GOOD))).where(
            IgnoredMember.account_id == actor.account_id
        )
    )
    assert actor.account_id is not None
    session.get_one(Account, actor.account_id).ignores_until = latest
    session.flush()
    emit(session, IgnoringChanged(actor.account_id))
