"""Reads behind topics. Who may look there is part of each: see `visible`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, union
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.accounts import queries as accounts
from forum.accounts.models import Account, GroupMember, GroupRow
from forum.backstage.drafts import GROUP, PERSON, Assignee
from forum.backstage.models import Assignment, InternalNote
from forum.boards import queries as boards
from forum.boards.moderating import moderators_of
from forum.core import clock
from forum.organization.models import Affiliation, Organization, RoleGrant
from forum.organization.queries import in_force
from forum.permissions import Act, Actor, Group, Right, allows
from forum.permissions.predicates import is_unhindered
from forum.permissions.speaking import looks_behind
from forum.posts.models import Topic
from forum.posts.queries import visible as posts

# Whoever is in these reads behind every board that they see.
_EVERYWHERE = (int(Group.ADMINISTRATORS),)
_MOST_SHOWN = 200


class _Place(NamedTuple):
    board_id: int


def visible(actor: Actor) -> ColumnElement[bool]:
    """Topics behind which the actor may look, as SQL. Says the same as the row SEE_BACKSTAGE of the table."""
    if not is_unhindered(actor, None):
        return false()
    behind = [board_id for board_id in actor.boards_with(Right.SEE) if looks_behind(actor, _Place(board_id))]
    return and_(Topic.board_id.in_(behind), posts.topics(actor))


def readable(actor: Actor) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
    """Whether the actor may read the note that a column of some other table names: what uploads ask."""
    notes = select(InternalNote.id).join(InternalNote.topic)
    return lambda note_id: notes.where(InternalNote.id == note_id, visible(actor)).exists()


@dataclass(frozen=True)
class Behind:
    """What stands behind a topic, for its page. `log`: whose it was, the latest first; `choices`: whose it can be."""

    notes: Sequence[InternalNote]
    assignment: Assignment | None
    log: Sequence[Assignment]
    people: Sequence[Account] = ()
    groups: Sequence[GroupRow] = ()


def behind(session: Session, actor: Actor, topic: Topic) -> Behind | None:
    """For who may look there; None for everybody else. Seven questions."""
    if not allows(actor, Act.SEE_BACKSTAGE, topic):
        return None
    notes = session.scalars(
        select(InternalNote)
        .join(InternalNote.topic)
        .options(joinedload(InternalNote.author))
        .where(InternalNote.topic_id == topic.id, visible(actor))
        .order_by(InternalNote.id.desc())
        .limit(_MOST_SHOWN)
    ).all()
    log = session.scalars(
        _assignments(actor).where(Assignment.topic_id == topic.id).order_by(Assignment.id.desc()).limit(_MOST_SHOWN)
    ).all()
    people, groups = _choices(session, actor, topic)
    return Behind(notes[::-1], next((one for one in log if one.until is None), None), log, people, groups)


def assigned_to(session: Session, actor: Actor, now: datetime) -> Sequence[Assignment]:
    """Topics that are the actor's to see to, or their groups', with topic and board; the longest first. Those that they
    may not look behind any more are left out."""
    mine = or_(Assignment.account_id == (actor.account_id or 0), Assignment.group_id.in_(sorted(actor.groups)))
    return session.scalars(
        _assignments(actor)
        .join(Topic.board)
        .options(contains_eager(Assignment.topic).contains_eager(Topic.board))
        .where(mine, Assignment.since <= now, Assignment.until.is_(None), Topic.deleted_at.is_(None))
        .order_by(Assignment.since, Assignment.id)
    ).all()


def may_be_given_topics(actor: Actor) -> bool:
    """Whether there is a board behind which they look."""
    return is_unhindered(actor, None) and any(
        looks_behind(actor, _Place(board_id)) for board_id in actor.boards_with(Right.SEE)
    )


def assignment_of(session: Session, topic: Topic) -> Assignment | None:
    """Whose a topic is now. Asked by verbs that asked the table."""
    return session.scalars(
        select(Assignment).where(Assignment.topic_id == topic.id, Assignment.until.is_(None)).with_for_update()
    ).first()


def possible(session: Session, actor: Actor, topic: Topic) -> frozenset[Assignee]:
    """Whose it can be."""
    people, groups = _choices(session, actor, topic)
    return frozenset([Assignee(PERSON, one.id) for one in people] + [Assignee(GROUP, one.id) for one in groups])


def _assignments(actor: Actor) -> Select[Assignment]:
    return (
        select(Assignment)
        .join(Assignment.topic)
        .options(
            joinedload(Assignment.account),
            joinedload(Assignment.group),
            joinedload(Assignment.by),
            joinedload(Assignment.ended_by),
        )
        .where(visible(actor))
    )


def _choices(session: Session, actor: Actor, topic: Topic) -> tuple[Sequence[Account], Sequence[GroupRow]]:
    """Who looks behind this topic, and the groups all of whose people do."""
    readers = readers_of(session, topic)
    if not readers:
        return [], []
    people = session.scalars(select(Account).where(Account.id.in_(readers)).order_by(Account.name_key)).all()
    groups = session.scalars(
        select(GroupRow)
        .join(GroupMember, GroupMember.group_id == GroupRow.id)
        .where(GroupRow.id.not_in((Group.EVERYONE, Group.MEMBERS)))
        .group_by(GroupRow.id)
        .having(func.count() == func.sum(case((GroupMember.account_id.in_(readers), 1), else_=0)))
        .order_by(GroupRow.name, GroupRow.id)
    ).all()
    return people, groups


def readers_of(session: Session, topic: Topic, among: Collection[int] | None = None) -> frozenset[int]:
    """Account ids of those who look behind this topic; `among`: of these. The same as `visible`, asked of the topic."""
    now, belongs = clock.now(), in_force(clock.now())
    works = session.execute(
        select(RoleGrant.account_id, RoleGrant.board_ids)
        .join(
            Affiliation,
            and_(
                Affiliation.account_id == RoleGrant.account_id,
                Affiliation.organization_id == RoleGrant.organization_id,
            ),
        )
        .join(Organization, and_(Organization.id == Affiliation.organization_id, Organization.is_host))
        .where(
            *belongs,
            Affiliation.kind != "bot",
            RoleGrant.since <= now,
            or_(RoleGrant.until.is_(None), RoleGrant.until > now),
        )
    )
    staff = {row.account_id for row in works if not row.board_ids or topic.board_id in row.board_ids}
    everywhere = select(GroupMember.account_id).where(GroupMember.group_id.in_(_EVERYWHERE))
    office = session.scalars(union(moderators_of(topic.board_id), everywhere))
    known = staff | set(office)
    wanted = known if among is None else known & set(among)
    if not wanted:
        return frozenset()
    here = (accounts.is_here(now), accounts.is_public(), boards.seen_by(topic.board_id), Account.id.in_(sorted(wanted)))
    return frozenset(session.scalars(select(Account.id).where(*here)))


def group_people(session: Session, group_id: int) -> Iterable[int]:
    """Account ids of a group's people."""
    return session.scalars(select(GroupMember.account_id).where(GroupMember.group_id == group_id)).all()
