"""Groups: making them, describing them, and who is in them by hand."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.accounts import queries
from forum.accounts.actions.membership import enter_group, is_here, leave_group
from forum.accounts.drafts import GroupDraft
from forum.accounts.events import GroupCreated, GroupDeleted, GroupEdited
from forum.accounts.models import Account, GroupMember, GroupRow
from forum.accounts.sanctioned import is_held_back
from forum.core import clock
from forum.core.errors import Conflict, Invalid, InvalidFields
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.slugs import slug_of
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Group, require
from forum.site.actions import note_change, note_deed

LONGEST_NAME = 40
LONGEST_DESCRIPTION = 300
# Who is in these follows from being here, or from having an account.
IMPLIED = frozenset({Group.EVERYONE, Group.MEMBERS})


def create_group(session: Session, actor: Actor, draft: GroupDraft) -> GroupRow:
    """A new group, empty and without rights."""
    require(actor, Act.ADMINISTER)
    group = GroupRow(is_builtin=False)
    _write(session, group, draft)
    session.add(group)
    _flush(session)
    note_deed(session, actor, "group", group.id, "created", after={"name": group.name})
    emit(session, GroupCreated(group.id))
    return group


def edit_group(session: Session, actor: Actor, group: GroupRow, draft: GroupDraft, seen: str) -> None:
    """Name or describe a group anew. `seen`: the fingerprint of what the form was filled with; else Conflict."""
    require(actor, Act.ADMINISTER)
    _refuse_builtin(group)
    session.refresh(group, with_for_update=True)
    before = GroupDraft(group.name, group.description)
    if fingerprint(before) != seen:
        raise Conflict(_("Somebody else changed this group while you were writing. Your words are still here."))
    _write(session, group, draft)
    _flush(session)
    after = {"name": group.name, "description": group.description}
    note_change(session, actor, "group", group.id, before.name, before=asdict(before), after=after)
    emit(session, GroupEdited(group.id))


def delete_group(session: Session, actor: Actor, group: GroupRow) -> None:
    """Take a group away, with the rights that it gave. Its people stay."""
    require(actor, Act.ADMINISTER)
    _refuse_builtin(group)
    session.delete(group)
    session.flush()
    note_deed(session, actor, "group", group.id, "deleted", before={"name": group.name})
    emit(session, GroupDeleted(group.id))


def add_to_group(session: Session, actor: Actor, group: GroupRow, account: Account) -> None:
    """Put somebody into a group."""
    require(actor, Act.ADMINISTER)
    if group.id in IMPLIED:
        raise Invalid(_("Everybody with an account is in this group already."), "name")
    if not is_here(account):
        raise Invalid(_("“%(name)s” is nobody’s account at present.", name=account.name), "name")
    if not enter_group(session, group.id, account.id):
        raise Invalid(_("“%(name)s” is in this group already.", name=account.name), "name")
    note_deed(session, actor, "group", group.id, "added", after={"called": group.name, "person": account.name})


def remove_from_group(session: Session, actor: Actor, group: GroupRow, account: Account) -> None:
    """Take somebody out of a group. Somebody must remain who can administer."""
    require(actor, Act.ADMINISTER)
    # Held until the end, so that two administrators cannot remove each other at once.
    session.execute(select(GroupRow.id).where(GroupRow.id == group.id).with_for_update())
    if group.id == Group.ADMINISTRATORS and not _others_who_administer(session, account):
        raise Invalid(_("“%(name)s” is the last administrator. Add another one first.", name=account.name))
    if not leave_group(session, group.id, account.id, actor.account_id):
        raise Invalid(_("“%(name)s” is not in this group (any more).", name=account.name))
    note_deed(session, actor, "group", group.id, "removed", after={"called": group.name, "person": account.name})


def fingerprint(draft: GroupDraft) -> str:
    """Tells whether a group changed between showing a form and sending it."""
    return hashlib.sha256(f"{draft.name}\0{draft.description}".encode()).hexdigest()[:16]


def _others_who_administer(session: Session, account: Account) -> int:
    count = session.scalar(
        select(func.count())
        .select_from(GroupMember)
        .join(Account, Account.id == GroupMember.account_id)
        .where(
            GroupMember.group_id == int(Group.ADMINISTRATORS),
            Account.id != account.id,
            Account.confirmed_at.is_not(None),
            Account.deactivated_at.is_(None),
            ~is_held_back(Account.id, clock.now()),
        )
    )
    return count or 0


def _refuse_builtin(group: GroupRow) -> None:
    if group.is_builtin:
        raise Invalid(_("“%(name)s” is part of the forum. It keeps its name and cannot be deleted.", name=group.name))


def _write(session: Session, group: GroupRow, draft: GroupDraft) -> None:
    name, description = one_line(draft.name), one_line(draft.description)
    slug = slug_of(name, LONGEST_NAME)
    wrong: dict[str, str] = {}
    if len(name) > LONGEST_NAME:
        wrong["name"] = _("At most %(n)s characters; these are %(len)s.", n=LONGEST_NAME, len=len(name))
    elif not slug:
        wrong["name"] = _("A group needs a name of letters or digits.")
    elif _is_taken(session, slug, group.id):
        wrong["name"] = _("A group or a person is called “%(name)s” already.", name=name)
    if len(description) > LONGEST_DESCRIPTION:
        wrong["description"] = _(
            "At most %(n)s characters; these are %(len)s.", n=LONGEST_DESCRIPTION, len=len(description)
        )
    if wrong:
        raise InvalidFields(wrong)
    group.slug, group.name, group.description = slug, name, description


def _is_taken(session: Session, slug: str, own_id: int | None) -> bool:
    """By another group, or by a person: a mention means one of them."""
    with session.no_autoflush:
        taken = select(GroupRow.id).where(GroupRow.slug == slug, GroupRow.id != (own_id or 0))
        return session.scalar(taken) is not None or queries.is_called(session, slug)


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just done the same. Nothing was saved; look again.")) from error
