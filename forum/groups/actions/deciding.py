"""What the owners of a group do: decide, invite, hand on, put out."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts.actions.membership import enter_group, is_here, leave_group
from forum.accounts.models import Account, GroupMember
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.groups.actions.coming import write_request
from forum.groups.drafts import words
from forum.groups.events import InvitedToGroup, MembershipDecided, OwnerChanged
from forum.groups.models import GroupRequest
from forum.groups.queries import Standing
from forum.permissions import Act, Actor, require
from forum.site.actions import note_deed


def decide(session: Session, actor: Actor, of: Standing, request: GroupRequest, *, yes: bool, reason: str) -> None:
    """Let somebody in who asked, or say no; a no has a reason. An invitation is taken back by a no."""
    require(actor, Act.MANAGE_GROUP, of)
    if request.kind == "invited":
        request.decision, request.decided_at, request.decided_by_id = "withdrawn", clock.now(), actor.account_id
        session.flush()
        return
    needed = "" if yes else _("Say why, in a sentence: who asked will read it.")
    request.reason = words(reason, "reason", needed=needed)
    request.decision, request.decided_at, request.decided_by_id = "yes" if yes else "no", clock.now(), actor.account_id
    _note(session, actor, of, "added" if yes else "refused", request.account_id)
    if yes:
        if not is_here(request.account):
            raise Invalid(_("“%(name)s” is nobody’s account at present.", name=request.account.name))
        enter_group(session, of.id, request.account_id)
    session.flush()
    emit(session, MembershipDecided(request.id, of.id, request.account_id))


def invite(session: Session, actor: Actor, of: Standing, account: Account, said: str = "") -> GroupRequest | None:
    """Ask somebody to come in; who had asked to is let in at once, and None is returned."""
    require(actor, Act.MANAGE_GROUP, of)
    if not is_here(account):
        raise Invalid(_("“%(name)s” is nobody’s account at present.", name=account.name), "name")
    if session.get(GroupMember, (of.id, account.id)) is not None:
        raise Invalid(_("“%(name)s” is in this group already.", name=account.name), "name")
    waiting = (
        session.query(GroupRequest)
        .filter_by(group_id=of.id, account_id=account.id, decided_at=None)
        .with_for_update()
        .first()
    )
    if waiting is not None and waiting.kind == "invited":
        raise Invalid(_("“%(name)s” has been invited and has not answered yet.", name=account.name), "name")
    if waiting is not None:
        waiting.account = account
        decide(session, actor, of, waiting, yes=True, reason=said)
        return None
    request = GroupRequest(
        group_id=of.id,
        account_id=account.id,
        by_id=actor.account_id,
        kind="invited",
        words=words(said, "words"),
        created_at=clock.now(),
    )
    write_request(session, request)
    _note(session, actor, of, "invited", account.id)
    emit(session, InvitedToGroup(request.id, of.id, account.id))
    return request


def make_owner(session: Session, actor: Actor, of: Standing, account: Account, *, owner: bool) -> None:
    """Let a member look after the group, or not any more."""
    require(actor, Act.MANAGE_GROUP, of)
    membership = _membership(session, of, account)
    if membership.is_owner != owner:
        membership.is_owner = owner
        session.flush()
        _note(session, actor, of, "owner_made" if owner else "owner_unmade", account.id)
        emit(session, OwnerChanged(of.id, account.id))


def put_out(session: Session, actor: Actor, of: Standing, account: Account) -> None:
    """Take a member out; who came by the group's own rule would come again and stays."""
    require(actor, Act.MANAGE_GROUP, of)
    if _membership(session, of, account).is_automatic:
        raise Invalid(_("“%(name)s” is in this group by its own rule, not by anybody’s hand.", name=account.name))
    leave_group(session, of.id, account.id)
    _note(session, actor, of, "removed", account.id)


def _note(session: Session, actor: Actor, of: Standing, deed: str, account_id: int) -> None:
    """Administrators who decide for others stand in the log; owners only among themselves."""
    if actor.is_admin:
        name = session.get_one(Account, account_id).name
        note_deed(session, actor, "group", of.id, deed, after={"called": of.group.name, "person": name})


def _membership(session: Session, of: Standing, account: Account) -> GroupMember:
    found = session.get(GroupMember, (of.id, account.id), with_for_update=True)
    if found is None:
        raise Invalid(_("“%(name)s” is not in this group (any more).", name=account.name))
    return found
