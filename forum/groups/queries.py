"""Reads of groups: what an actor may know of them is part of the SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from forum.accounts.models import Account, GroupMember, GroupRow
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.core.slugs import slug_of
from forum.core.words import gettext as _
from forum.groups.models import GroupRequest
from forum.permissions import Act, Actor, Group, allows
from forum.site import queries as sites
from forum.site.settings import number

PER_PAGE = 50
# They follow from being here, so they have neither a page nor an inbox.
IMPLIED = (int(Group.EVERYONE), int(Group.MEMBERS))


@dataclass(frozen=True)
class Standing:
    """A group as one person stands to it: what rules and pages ask."""

    group: GroupRow
    membership: GroupMember | None = None
    request: GroupRequest | None = None

    @property
    def id(self) -> int:
        return self.group.id

    @property
    def seen_by(self) -> str:
        return self.group.seen_by

    @property
    def members_seen_by(self) -> str:
        return self.group.members_seen_by

    @property
    def written_to_by(self) -> str:
        return self.group.written_to_by

    @property
    def joining(self) -> str:
        return self.group.joining

    @property
    def is_builtin(self) -> bool:
        return self.group.is_builtin

    @property
    def is_member(self) -> bool:
        return self.membership is not None

    @property
    def is_owner(self) -> bool:
        return self.membership is not None and self.membership.is_owner

    @property
    def is_automatic(self) -> bool:
        return self.membership is not None and self.membership.is_automatic

    @property
    def is_invited(self) -> bool:
        return self.request is not None and self.request.kind == "invited"

    @property
    def has_asked(self) -> bool:
        return self.request is not None and self.request.kind == "asked"


@dataclass(frozen=True)
class Member:
    """Somebody in a group."""

    account: Account
    is_owner: bool


def visible(actor: Actor) -> ColumnElement[bool]:
    """Groups that the actor may know of. Says the same as SEE_GROUP."""
    if actor.is_admin:
        return GroupRow.id.not_in(IMPLIED)
    return and_(
        GroupRow.id.not_in(IMPLIED),
        or_(_shown_to(actor, GroupRow.seen_by), _is_invited(actor)),
    )


def _shown_to(actor: Actor, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    audience = ["everyone", *(["members"] if Group.MEMBERS in actor.groups else [])]
    return or_(column.in_(audience), GroupRow.id.in_(sorted(actor.groups)))


def _is_invited(actor: Actor) -> ColumnElement[bool]:
    if actor.account_id is None:
        return false()
    theirs = aliased(GroupRequest)
    return exists().where(
        theirs.group_id == GroupRow.id,
        theirs.account_id == actor.account_id,
        theirs.kind == "invited",
        theirs.decided_at.is_(None),
    )


def seen_by(group_id: SQLColumnExpression[int], account_id: int | SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The same of any member, for statements that have no actor: whether they may know of the group of this id."""
    group, member, theirs = aliased(GroupRow), aliased(GroupMember), aliased(GroupRequest)
    shown = exists().where(group.id == group_id, group.seen_by.in_(("everyone", "members")))
    inside = exists().where(
        member.account_id == account_id,
        or_(member.group_id == group_id, member.group_id == int(Group.ADMINISTRATORS)),
    )
    invited = exists().where(
        theirs.group_id == group_id,
        theirs.account_id == account_id,
        theirs.kind == "invited",
        theirs.decided_at.is_(None),
    )
    return or_(shown.correlate_except(group), inside.correlate_except(member), invited.correlate_except(theirs))


# ── one group ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def standing(session: Session, actor: Actor, slug: str) -> Standing:
    """The group at this address as the actor stands to it; NotFound for who may not know of it."""
    row = session.execute(
        select(GroupRow, GroupMember, GroupRequest)
        .outerjoin(
            GroupMember, and_(GroupMember.group_id == GroupRow.id, GroupMember.account_id == (actor.account_id or 0))
        )
        .outerjoin(
            GroupRequest,
            and_(
                GroupRequest.group_id == GroupRow.id,
                GroupRequest.account_id == (actor.account_id or 0),
                GroupRequest.decided_at.is_(None),
            ),
        )
        .where(GroupRow.slug == slug, visible(actor))
    ).first()
    if row is None:
        raise NotFound(_("There is no group at this address."))
    return Standing(*row)


def is_visible(session: Session, actor: Actor, slug: str) -> bool:
    """Whether there is a group at this address that the actor may know of."""
    return session.scalar(select(GroupRow.id).where(GroupRow.slug == slug, visible(actor))) is not None


def members(session: Session, actor: Actor, of: Standing, page: int = 1) -> Page[Member]:
    """Who is in the group, owners first, then by name; nobody for who may not know. NotFound past the end."""
    if not allows(actor, Act.SEE_GROUP_MEMBERS, of):
        return Page([], 1, 1)
    pages = pages_for(of.group.member_count, PER_PAGE)
    if not 1 <= page <= pages:
        raise NotFound
    rows = session.execute(
        select(Account, GroupMember.is_owner)
        .join(GroupMember, GroupMember.account_id == Account.id)
        .where(GroupMember.group_id == of.id)
        .order_by(GroupMember.is_owner.desc(), Account.name_key)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return Page([Member(account, is_owner) for account, is_owner in rows], page, pages)


def owners(session: Session, group_id: int) -> Sequence[Account]:
    """Who decides for the group."""
    return session.scalars(
        select(Account)
        .join(GroupMember, GroupMember.account_id == Account.id)
        .where(GroupMember.group_id == group_id, GroupMember.is_owner)
        .order_by(Account.name_key)
        .limit(PER_PAGE)
    ).all()


def waiting(session: Session, actor: Actor, of: Standing) -> Sequence[GroupRequest]:
    """Open requests and invitations, the oldest first, for who decides; nothing for anybody else."""
    if not allows(actor, Act.MANAGE_GROUP, of):
        return []
    return session.scalars(
        select(GroupRequest)
        .options(joinedload(GroupRequest.account), joinedload(GroupRequest.by))
        .where(GroupRequest.group_id == of.id, GroupRequest.decided_at.is_(None))
        .order_by(GroupRequest.created_at, GroupRequest.id)
        .limit(2 * PER_PAGE)
    ).all()


def open_request(session: Session, of: Standing, request_id: int) -> GroupRequest:
    """One of the open requests of this group; NotFound when it is decided or another group's. Ask MANAGE_GROUP."""
    found = session.get(GroupRequest, request_id, options=[joinedload(GroupRequest.account)])
    if found is None or found.group_id != of.id or found.decided_at is not None:
        raise NotFound(_("Somebody has decided this already."))
    return found


# ── many groups ───────────────────────────────────────────────────────────────────────────────────────────────────────


def groups(session: Session, actor: Actor) -> Sequence[Standing]:
    """Every group that the actor may know of, their own first. A place has tens of them, not thousands."""
    rows = session.execute(
        select(GroupRow, GroupMember, GroupRequest)
        .outerjoin(
            GroupMember, and_(GroupMember.group_id == GroupRow.id, GroupMember.account_id == (actor.account_id or 0))
        )
        .outerjoin(
            GroupRequest,
            and_(
                GroupRequest.group_id == GroupRow.id,
                GroupRequest.account_id == (actor.account_id or 0),
                GroupRequest.decided_at.is_(None),
            ),
        )
        .where(visible(actor))
        .order_by(GroupMember.account_id.is_(None), GroupRow.name, GroupRow.id)
        .limit(300)
    )
    return [Standing(*row) for row in rows]


def mentionable(session: Session, actor: Actor, candidates: Iterable[str]) -> Mapping[str, GroupRow]:
    """Written name → group, for those that the actor may address with `@group`."""
    slugs = {name: slug_of(name, 40) for name in candidates}
    if not slugs or Group.MEMBERS not in actor.groups:
        return {}
    found = session.scalars(select(GroupRow).where(GroupRow.slug.in_(set(slugs.values())), _may_mention(actor)))
    by_slug = {group.slug: group for group in found}
    return {name: by_slug[slug] for name, slug in slugs.items() if slug in by_slug}


def mentionable_like(session: Session, actor: Actor, typed: str, limit: int) -> Sequence[GroupRow]:
    """Up to `limit` groups that the actor may address, whose address or name begins so. Those of more people than a
    mention reaches are left out."""
    if not typed or Group.MEMBERS not in actor.groups:
        return []
    begins = or_(
        GroupRow.slug.startswith(typed.lower(), autoescape=True),
        func.lower(GroupRow.name).startswith(typed.lower(), autoescape=True),
    )
    most = number(sites.settings(session), "group_call_size")
    return session.scalars(
        select(GroupRow)
        .where(begins, _may_mention(actor), GroupRow.member_count.between(1, most))
        .order_by(GroupRow.name, GroupRow.id)
        .limit(limit)
    ).all()


def _may_mention(actor: Actor) -> ColumnElement[bool]:
    among = and_(GroupRow.mentioned_by == "group", GroupRow.id.in_(sorted(actor.groups)))
    return and_(visible(actor), or_(GroupRow.mentioned_by == "members", among))


def member_ids(session: Session, group_id: int, limit: int) -> Sequence[int]:
    """Account ids of up to `limit` members: whom a mention of the group reaches."""
    return session.scalars(
        select(GroupMember.account_id)
        .where(GroupMember.group_id == group_id)
        .order_by(GroupMember.since, GroupMember.account_id)
        .limit(limit)
    ).all()
