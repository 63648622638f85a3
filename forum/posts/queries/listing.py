"""What a list shows, as a plain value that an open page carries with it, and how many of its topics moved since."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from forum.boards.models import Board
from forum.permissions import Actor
from forum.posts.models import Post, Topic, TopicTag
from forum.posts.queries import standings
from forum.posts.queries.following import followed, unmuted
from forum.posts.reading_models import TopicRead

ALL, NEW, UNREAD = "all", "new", "unread"


class Listing(NamedTuple):
    """A list of topics. `boards`: of which (empty: of all that the reader may see); `tag`: under which, 0: any;
    `topics`: only these; `which`: everything but what is muted, or of that what is new or unread, "": muted ones too;
    `kind` and `show`: on boards of a kind, narrowed by how topics stand."""

    boards: tuple[int, ...] = ()
    tag: int = 0
    topics: tuple[int, ...] = ()
    which: str = ""
    kind: str = ""
    show: str = ""


def moved(listing: Listing, account_id: int, since: datetime) -> Select[int]:
    """Ids of the topics of the list in which somebody else was the last to write, after `since`: a walk along the index
    of latest activity, as long as what happened since."""
    rows = select(Topic.id).where(Topic.bumped_at > since, Topic.deleted_at.is_(None))
    rows = rows.where(Topic.board_id.in_(listing.boards))
    if listing.topics:
        rows = rows.where(Topic.id.in_(listing.topics))
    if listing.tag:
        rows = rows.where(exists().where(TopicTag.topic_id == Topic.id, TopicTag.tag_id == listing.tag))
    if listing.kind:
        rows = rows.where(Topic.board_id.in_(select(Board.id).where(Board.kind == listing.kind)))
        if (condition := standings.condition(listing.kind, listing.show)) is not None:
            rows = rows.where(condition)
    return rows.where(*_for(account_id, listing.which, since)) if account_id else rows


def _for(account_id: int, which: str, since: datetime) -> list[ColumnElement[bool]]:
    """What of it concerns a member."""
    reader = Actor(account_id=account_id)
    own = exists().where(Post.id == Topic.last_post_id, Post.author_id == account_id).correlate(Topic)
    mine = and_(TopicRead.topic_id == Topic.id, TopicRead.account_id == account_id)
    wanted: list[ColumnElement[bool]] = [~own]
    if which:
        wanted.append(unmuted(reader))
    if which == NEW:
        opened = exists().where(mine, TopicRead.last_number > 0).correlate(Topic)
        wanted += [Topic.created_at > since, ~opened]
    if which == UNREAD:
        behind = exists().where(mine, TopicRead.last_number.between(1, Topic.last_post_number - 1)).correlate(Topic)
        wanted.append(or_(behind, followed(reader)))
    return wanted
