"""Reads of standing: the facts of many at once, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from forum.accounts import queries as accounts
from forum.accounts.models import Account, GroupMember
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Group, Trust, require
from forum.posts.models import Post, Revision, Topic
from forum.posts.reading_models import TopicRead
from forum.posts.tallies import shown
from forum.site import queries as sites
from forum.standing.levels import WINDOW, Bars, Condition, Facts, Record, bars_from, for_members, for_regulars, rights
from forum.standing.models import DayHere, StandingRow
from forum.suggestions.models import ACCEPTED, DECLINED, Suggestion


@dataclass(frozen=True)
class StandingPage:
    """A member's standing as they see it. `is_outside`: staff, for whom there is no ladder."""

    account: Account
    level: Trust
    is_outside: bool
    row: StandingRow | None
    to_member: Sequence[Condition]
    to_regular: Sequence[Condition]
    rights: Sequence[Condition]
    bars: Bars


def standing_page(session: Session, actor: Actor, name: str, now: datetime) -> StandingPage:
    """One's own standing, or for moderators anybody's; NotFound where there is nobody."""
    account = accounts.by_name(session, name)
    if account is None or account.is_placeholder:
        raise NotFound(_("There is nobody here by this name."))
    require(actor, Act.SEE_STANDING, account)
    bars = bars_from(sites.settings(session))
    facts = facts_of(session, [account.id], now, bars.trust_kept_after)[account.id]
    return StandingPage(
        account=account,
        level=Trust(account.trust),
        is_outside=account.id in outside(session, [account.id]),
        row=session.get(StandingRow, account.id),
        to_member=for_members(facts, bars),
        to_regular=for_regulars(facts, bars),
        rights=rights(facts, bars),
        bars=bars,
    )


def outside(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of the accounts that stand outside every ladder: staff and administrators."""
    staff = GroupMember.group_id.in_([int(Group.STAFF), int(Group.ADMINISTRATORS)])
    return set(session.scalars(select(GroupMember.account_id).where(staff, GroupMember.account_id.in_(ids))))


def held(session: Session, ids: Sequence[int]) -> set[int]:
    """Those whom a moderator holds at a level."""
    asked = select(StandingRow.account_id).where(StandingRow.account_id.in_(ids), StandingRow.held_level != "")
    return set(session.scalars(asked))


def to_reckon(session: Session, after: int, now: datetime, size: int) -> Sequence[Account]:
    """The next members whose standing may have changed: who were here within the window, and the regulars."""
    return session.scalars(
        select(Account)
        .where(
            Account.id > after,
            Account.confirmed_at.is_not(None),
            Account.placeholder_since.is_(None),
            Account.deactivated_at.is_(None),
            or_(Account.last_seen_at > now - WINDOW, Account.trust == Trust.REGULAR),
        )
        .order_by(Account.id)
        .limit(size)
    ).all()


def facts_of(session: Session, ids: Sequence[int], now: datetime, kept_after: timedelta) -> Mapping[int, Facts]:
    """Account id → facts. Ten queries, however many accounts."""
    read = _counted(session, TopicRead.account_id, ids)
    seconds = {
        row[0]: row[1]
        for row in session.execute(
            select(StandingRow.account_id, StandingRow.reading_seconds).where(StandingRow.account_id.in_(ids))
        )
    }
    days = _counted(session, DayHere.account_id, ids, DayHere.day > (now - WINDOW).date())
    kept = _kept(session, ids, now - kept_after)
    answered = _answered(session, ids)
    good = dict(session.execute(select(Account.id, Account.post_count).where(Account.id.in_(ids))).all())
    bad, lately = _taken_away(session, ids, now)
    edits = _edits(session, ids)
    return {
        one: Facts(
            topics_read=read.get(one, 0),
            reading=timedelta(seconds=seconds.get(one, 0)),
            has_kept_post=one in kept,
            days_here=days.get(one, 0),
            topics_answered=answered.get(one, 0),
            taken_away=lately.get(one, 0),
            posting=Record(good.get(one, 0), bad.get(one, 0)),
            editing=edits.get(one, Record()),
        )
        for one in ids
    }


def _counted(session: Session, column: Any, ids: Sequence[int], *where: ColumnElement[bool]) -> dict[int, int]:
    rows = session.execute(select(column, func.count()).where(column.in_(ids), *where).group_by(column))
    return {row[0]: row[1] for row in rows}


def _kept(session: Session, ids: Sequence[int], before: datetime) -> set[int]:
    old = select(Post.author_id).where(Post.author_id.in_(ids), Post.created_at <= before, shown()).distinct()
    return {author for author in session.scalars(old) if author is not None}


def _answered(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Topics of others in which somebody replied."""
    others = or_(Topic.author_id.is_(None), Topic.author_id != Post.author_id)
    rows = session.execute(
        select(Post.author_id, func.count(Post.topic_id.distinct()))
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.author_id.in_(ids), Post.number > 1, shown(), Topic.deleted_at.is_(None), others)
        .group_by(Post.author_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def _taken_away(session: Session, ids: Sequence[int], now: datetime) -> tuple[dict[int, int], dict[int, int]]:
    """Own posts that somebody else deleted or hid: ever, and written within the window."""
    by_others = and_(Post.deleted_at.is_not(None), Post.deleted_by_id != Post.author_id)
    gone = [Post.action == "", or_(by_others, Post.hidden_at.is_not(None))]
    ever = _counted(session, Post.author_id, ids, *gone)
    return ever, _counted(session, Post.author_id, ids, *gone, Post.created_at > now - WINDOW)


def _edits(session: Session, ids: Sequence[int]) -> dict[int, Record]:
    """Wordings that somebody gave to posts of others: bad where the next wording was again the one before. What they
    suggested is judged by what was decided about it."""
    direct = (Post.edited_by_id != Post.author_id, ~_was_suggested(Post.id, Post.edited_by_id, Post.source))
    stands = _counted(session, Post.edited_by_id, ids, *direct)
    before, after = aliased(Revision), aliased(Revision)
    later = func.coalesce(after.source, Post.source)
    undone = and_(before.source == later, Revision.source != later)
    rows = session.execute(
        select(Revision.author_id, undone)
        .join(Post, Post.id == Revision.post_id)
        .join(before, and_(before.post_id == Revision.post_id, before.number == Revision.number - 1))
        .outerjoin(after, and_(after.post_id == Revision.post_id, after.number == Revision.number + 1))
        .where(Revision.author_id.in_(ids), Revision.author_id != Post.author_id)
        .where(~_was_suggested(Revision.post_id, Revision.author_id, Revision.source))
    )
    good, bad = dict.fromkeys(ids, 0) | dict(stands), dict.fromkeys(ids, 0)
    for author, was_undone in rows:
        tally = bad if was_undone else good
        tally[author or 0] = tally.get(author or 0, 0) + 1
    for tally, state in ((good, ACCEPTED), (bad, DECLINED)):
        for one, number in _counted(session, Suggestion.author_id, ids, Suggestion.state == state).items():
            tally[one] += number
    return {one: Record(good[one], bad[one]) for one in ids}


def _was_suggested(post_id: Any, author_id: Any, source: Any) -> ColumnElement[bool]:
    """SQL: whether a wording of a post came of a suggestion, taken over."""
    same = (Suggestion.post_id == post_id, Suggestion.author_id == author_id, Suggestion.source == source)
    return exists().where(*same).correlate_except(Suggestion)
