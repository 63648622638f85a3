"""What administrators do to accounts: move them to another address, and close them. Nobody signs in as another."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts import addresses, queries
from forum.accounts.actions import secrets
from forum.accounts.actions.entering import end_all
from forum.accounts.actions.joining import settle
from forum.accounts.events import AccountDeactivated, AccountReactivated, AddressMoved
from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site.actions import note_deed

LONGEST_REASON = 300


def move_address(session: Session, actor: Actor, account: Account, email: str, reason: str) -> None:
    """Give an account another address (which has been through `addresses.check`), for somebody who cannot read the old
    one any more. Both addresses hear of it; every session and every mailed link of the account ends."""
    require(actor, Act.ADMINISTER)
    reason = _reason(reason)
    if account.is_placeholder or account.email is None:
        raise Invalid(_("Nobody has this account yet: send them the link to it instead."), "new_email")
    if addresses.key(email) == account.email_key:
        raise Invalid(_("This is the address already."), "new_email")
    known = queries.by_email(session, email)
    if known is not None:
        raise Invalid(
            _("Another account has this address: %(name)s. Merge the two instead.", name=known.name), "new_email"
        )
    former = account.email
    account.email, account.email_key = email, addresses.key(email)
    settle(session, account)
    end_all(session, account, besides=actor.session_id if account.id == actor.account_id else None)
    secrets.void(session, account)
    after = {"email": email, "name": account.name, "reason": reason}
    note_deed(session, actor, "person", account.id, "moved", before={"email": former}, after=after)
    emit(session, AddressMoved(account.id, former, actor.account_id))


def deactivate(session: Session, actor: Actor, account: Account, reason: str) -> None:
    """Close an account: nobody signs in with it, its profile is gone; what it wrote stays. Can be opened again."""
    require(actor, Act.ADMINISTER)
    reason = _reason(reason)
    if account.id == actor.account_id:
        raise Invalid(_("You cannot close the account that you are using."), "reason")
    if account.deactivated_at is not None:
        raise Invalid(_("This account is closed already."), "reason")
    account.deactivated_at = clock.now()
    end_all(session, account)
    secrets.void(session, account)
    session.flush()
    note_deed(session, actor, "person", account.id, "closed", after={"name": account.name, "reason": reason})
    emit(session, AccountDeactivated(account.id, actor.account_id))


def reactivate(session: Session, actor: Actor, account: Account) -> None:
    """Open a closed account again. One that was merged into another stays closed."""
    require(actor, Act.ADMINISTER)
    if account.deactivated_at is None:
        raise Invalid(_("This account is open."))
    if account.merged_into_id is not None:
        raise Invalid(_("This account was merged into another: there is nothing in it to open."))
    account.deactivated_at = None
    session.flush()
    note_deed(session, actor, "person", account.id, "reopened", after={"name": account.name})
    emit(session, AccountReactivated(account.id, actor.account_id))


def _reason(reason: str) -> str:
    clean = one_line(reason)
    if not clean:
        raise Invalid(_("Say why: it stands in the log."), "reason")
    if len(clean) > LONGEST_REASON:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_REASON, len=len(clean)), "reason")
    return clean
