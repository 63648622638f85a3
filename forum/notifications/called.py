"""Whom a wording of a post calls, in whose name, and how many people that may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts import queries as accounts
from forum.accounts.models import Account, FormerName
from forum.core import clock
from forum.groups import queries as groups
from forum.notifications.kinds import KINDS
from forum.notifications.models import GroupCall, Notice
from forum.permissions import Actor, Group, Trust
from forum.posts.calls import calls
from forum.posts.models import Post
from forum.site import queries as sites
from forum.site.settings import duration, number

DAY = timedelta(days=1)
# What calls people one by one. Of these a post may call so many different people a day, in all its wordings.
COUNTED = ("mention", "quote", "link")
MOST_OF_A_NEWCOMER = 5


def called(session: Session, post: Post, by: int | None) -> dict[int, str]:
    """Account id → the strongest reason for which this wording, which is `by`'s, concerns them."""
    found = calls(post.html)
    reasons: list[tuple[str, Iterable[int]]] = []
    if found.linked:
        reasons.append(("link", _authors(session, found.linked)))
    if found.quoted:
        reasons.append(("quote", _authors(session, found.quoted)))
    if post.reply_to_number is not None:
        reasons.append(("reply", _author_of_number(session, post)))
    if found.names:
        reasons.append(("mention", _mentioned(session, found.names)))
        reasons.append(("group_mention", _in_mentioned_groups(session, by, found.names)))
    reached: dict[int, str] = {}
    for kind, people in sorted(reasons, key=lambda reason: KINDS[reason[0]].strength):
        reached.update(dict.fromkeys(people, kind))
    return _within_reach(session, post, by, reached)


def _within_reach(session: Session, post: Post, by: int | None, reached: dict[int, str]) -> dict[int, str]:
    """Without those beyond what one post may call, the weakest reasons first. The words stand; no bell rings."""
    if not any(kind in COUNTED for kind in reached.values()):
        return reached
    told = _told_today(session, post) if post.edited_at is not None else set()
    room = _most(session, by) - len(told)
    kept: dict[int, str] = {}
    for account_id, kind in sorted(reached.items(), key=lambda one: -KINDS[one[1]].strength):
        if kind in COUNTED and account_id not in told:
            room -= 1
            if room < 0:
                continue
        kept[account_id] = kind
    return kept


def _told_today(session: Session, post: Post) -> set[int]:
    told = select(Notice.recipient_id).where(
        Notice.about == f"post:{post.id}", Notice.kind.in_(COUNTED), Notice.created_at > clock.now() - DAY
    )
    return set(session.scalars(told))


def _most(session: Session, by: int | None) -> int:
    most = number(sites.settings(session), "mentions_max")
    writer = session.get(Account, by) if by is not None else None
    is_new = writer is not None and writer.trust == Trust.NEWCOMER and not _is_staff(session, writer)
    return min(most, MOST_OF_A_NEWCOMER) if is_new else most


def _is_staff(session: Session, writer: Account) -> bool:
    return bool({Group.STAFF, Group.ADMINISTRATORS} & accounts.groups_of(session, writer))


def _authors(session: Session, post_ids: Iterable[int]) -> list[int]:
    authors = select(Post.author_id).where(Post.id.in_(sorted(post_ids)), Post.author_id.is_not(None))
    return [author for author in session.scalars(authors) if author is not None]


def _author_of_number(session: Session, post: Post) -> list[int]:
    answered = select(Post.author_id).where(Post.topic_id == post.topic_id, Post.number == post.reply_to_number)
    return [author for author in session.scalars(answered) if author is not None]


def _mentioned(session: Session, written: Iterable[str]) -> list[int]:
    """Ids of the accounts called so, or once called so."""
    keys = sorted({names.fold(name) for name in written})
    now = select(Account.id).where(Account.name_key.in_(keys))
    once = select(FormerName.account_id).where(FormerName.name_key.in_(keys))
    return list(session.scalars(now.union(once)))


def _in_mentioned_groups(session: Session, by: int | None, written: Iterable[str]) -> list[int]:
    """Who is in the groups called so: of those that are not too large, and that `by` may call and has not called
    lately."""
    writer = session.get(Account, by) if by is not None else None
    if writer is None or writer.waiting_since is not None:
        return []
    actor = Actor(account_id=writer.id, groups=accounts.groups_of(session, writer))
    most, members = number(sites.settings(session), "group_call_size"), list[int]()
    for group in {group.id: group for group in groups.mentionable(session, actor, written).values()}.values():
        if group.member_count <= most and _may_call(session, group.id, writer.id):
            members.extend(groups.member_ids(session, group.id, most))
    return members


def _may_call(session: Session, group_id: int, account_id: int) -> bool:
    """Whether the account has not called this group lately; from now on it has."""
    now, pause = clock.now(), duration(sites.settings(session), "group_call_pause")
    before = session.get(GroupCall, (group_id, account_id))
    if before is not None and before.called_at > now - pause:
        return False
    if before is None:
        session.add(GroupCall(group_id=group_id, account_id=account_id, called_at=now))
    else:
        before.called_at = now
    return True
