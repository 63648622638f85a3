"""Who watches: SQL that gives account ids with the strength of their reason, and who has muted a topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.ignoring import OFFICE, ignores
from forum.accounts.models import Account, GroupMember
from forum.boards import queries as boards
from forum.boards.moderating import moderators_of
from forum.core import clock
from forum.following.levels import Level
from forum.following.models import BoardFollow, TagFollow
from forum.notifications.kind import MAIL
from forum.notifications.kinds import KINDS
from forum.notifications.models import ChannelChoice
from forum.posts.models import Topic, TopicTag
from forum.posts.outcome_models import Backing
from forum.posts.reading_models import TopicRead

# Account ids with the strength of their reason.
Audience = Select[int, int]


def of_opening(topic: Topic, kind: str = "first_post") -> Audience:
    """Whoever watches the board or a tag, be it for first posts only."""
    return _places(topic, kind, (Level.WATCHING, Level.FIRST_POST))


def of_warning(topic: Topic) -> Audience:
    """Whoever reads the board of a notice of safety, security or law."""
    return select(Account.id, _strength("warning")).where(boards.seen_by(topic.board_id))


def of_announcement(board_id: int, by: int | None, now: datetime, *, kind: str) -> Select[int]:
    """Who gets an announcement by mail: whoever watches the board, be it for first posts only, and wants such mail. Of
    a notice of safety, security or law, whoever reads the board."""
    levels = (Level.WATCHING, Level.FIRST_POST)
    follows = exists().where(
        BoardFollow.account_id == Account.id, BoardFollow.board_id == board_id, BoardFollow.level.in_(levels)
    )
    off = exists().where(
        ChannelChoice.account_id == Account.id,
        ChannelChoice.kind == kind,
        ChannelChoice.channel == MAIL,
        ChannelChoice.is_on.is_(False),
    )
    return select(Account.id).where(
        accounts.is_here(now),
        Account.confirmed_at.is_not(None),
        Account.email.is_not(None),
        Account.id.is_distinct_from(by),
        ~ignores(by, now),
        boards.seen_by(board_id),
        follows.correlate_except(BoardFollow) if kind == "announcement" else true(),
        ~off.correlate_except(ChannelChoice),
    )


def of_reply(topic: Topic) -> Audience:
    """Whoever watches the topic, its board or a tag of it."""
    own = _own_level(topic, "watching", (Level.WATCHING,))
    return select(union_all(own, _places(topic, "watching", (Level.WATCHING,))).subquery())


def of_outcome(topic: Topic, kind: str, by: int | None = None) -> Audience:
    """Whom it concerns what becomes of a topic: those who watch or track it, those who are for it or have the same
    question, and those who watch its board or a tag of it, be it for answers only. `by`: who did it, and knows."""
    own = _own_level(topic, kind, (Level.WATCHING, Level.TRACKING))
    backers = select(Backing.account_id, _strength(kind)).where(Backing.topic_id == topic.id)
    places = _places(topic, kind, (Level.WATCHING, Level.ANSWERS))
    all_ = union_all(own, backers, places).subquery()
    return select(all_).where(all_.c[0] != (by or 0))


def of_review(session: Session, topic: Topic) -> Select[int]:
    """Who keeps a reference page correct; where nobody is named, or who is named is gone or does not read the board
    any more, those who moderate it; and where nobody does, the moderators of the place."""
    reads = select(Account.id).where(
        accounts.is_here(clock.now()), accounts.is_public(), boards.seen_by(topic.board_id), unmuted(topic)
    )
    of_board = moderators_of(topic.board_id)
    of_place = select(GroupMember.account_id).where(GroupMember.group_id.in_(OFFICE))
    asked = (reads.where(Account.id == topic.keeper_id), reads.where(Account.id.in_(of_board)))
    return next((whom for whom in asked if session.scalar(whom.limit(1)) is not None), of_place)


def unmuted(topic: Topic) -> ColumnElement[bool]:
    """SQL over accounts: those that have not muted the topic, by itself or by its board or tags. Its own level wins."""
    return and_(~_own(topic, Level.MUTED), or_(_chosen(topic), and_(~_board_muted(topic), ~_tag_muted(topic))))


def _own_level(topic: Topic, kind: str, levels: Sequence[Level]) -> Audience:
    return select(TopicRead.account_id, _strength(kind)).where(
        TopicRead.topic_id == topic.id, TopicRead.level.in_(levels)
    )


def _places(topic: Topic, kind: str, levels: Sequence[Level]) -> Audience:
    """Followers of its board and tags, but for those who chose by hand to follow this topic less."""
    boards = select(BoardFollow.account_id.label("id"), _strength(kind).label("strength")).where(
        BoardFollow.board_id == topic.board_id, BoardFollow.level.in_(levels)
    )
    tags = (
        select(TagFollow.account_id, _strength(kind))
        .join(TopicTag, TopicTag.tag_id == TagFollow.tag_id)
        .where(TopicTag.topic_id == topic.id, TagFollow.level.in_(levels))
    )
    both = union_all(boards, tags).subquery()
    less = exists().where(
        TopicRead.account_id == both.c.id,
        TopicRead.topic_id == topic.id,
        TopicRead.level_by_hand,
        TopicRead.level.in_((Level.NORMAL, Level.TRACKING)),
    )
    return select(both).where(~less)


def _strength(kind: str) -> ColumnElement[int]:
    return literal(KINDS[kind].strength, Integer)


def _own(topic: Topic, *levels: Level) -> ColumnElement[bool]:
    mine = (TopicRead.account_id == Account.id, TopicRead.topic_id == topic.id, TopicRead.level.in_(levels))
    return exists().where(*mine).correlate_except(TopicRead)


def _chosen(topic: Topic) -> ColumnElement[bool]:
    return _own(topic, Level.WATCHING, Level.TRACKING, Level.NORMAL)


def _board_muted(topic: Topic) -> ColumnElement[bool]:
    mine = (BoardFollow.account_id == Account.id, BoardFollow.board_id == topic.board_id)
    return exists().where(*mine, BoardFollow.level == Level.MUTED).correlate_except(BoardFollow)


def _tag_muted(topic: Topic) -> ColumnElement[bool]:
    mine = (TagFollow.account_id == Account.id, TagFollow.level == Level.MUTED)
    of_it = (TopicTag.topic_id == topic.id, TopicTag.tag_id == TagFollow.tag_id)
    return exists().where(*mine, *of_it).correlate_except(TagFollow, TopicTag)
