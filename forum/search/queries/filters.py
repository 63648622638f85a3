"""The operators of an asked line as SQL over posts and their topics. Rights come first, and always."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.permissions import Actor
from forum.posts.models import Post, Topic, TopicTag
from forum.posts.queries import attention, following, ignoring, visible
from forum.posts.queries.reading import habits_of
from forum.posts.tallies import shown
from forum.posts.text_models import PostText
from forum.posts.texts import Has
from forum.search.operators import Asked
from forum.search.queries.named import Named

_HAS = {"image": Has.IMAGE, "code": Has.CODE, "link": Has.LINK}


def readable(actor: Actor) -> ColumnElement[bool]:
    """Posts (joined with Topic) that anybody who sees the board may find: nothing deleted or hidden, no notes."""
    return and_(visible.listed(actor), shown())


def conditions(session: Session, actor: Actor, asked: Asked, named: Named) -> list[ColumnElement[bool]]:
    """What a post (joined with Topic) must be to be found."""
    wanted = [readable(actor), *_of_post(actor, asked, named), *_of_topic(asked, named)]
    if named.authors is None:  # who is asked for by name is found
        wanted.append(ignoring.posts(actor))
    if "unread" in asked.places:
        wanted.append(_unread(session, actor))
    if "watching" in asked.places:
        wanted.append(false() if actor.is_guest else and_(following.followed(actor), following.unmuted(actor)))
    if not asked.phrases and not _asks_of_posts(asked):
        wanted.append(Post.number == 1)  # topics are asked for: each is found by its opening
    return wanted


def _asks_of_posts(asked: Asked) -> bool:
    of_posts = (asked.authors, asked.has, asked.intents, asked.by, asked.after, asked.before, asked.topic)
    return any(of_posts) or "mine" in asked.places


def _of_post(actor: Actor, asked: Asked, named: Named) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if named.authors is not None:
        wanted.append(Post.author_id.in_(named.authors))
    if "mine" in asked.places:
        wanted.append(Post.author_id == actor.account_id if actor.account_id is not None else false())
    if asked.intents:
        wanted.append(Post.intent.in_(asked.intents))
    if asked.by:
        wanted.append(Post.affiliation_kind != "" if asked.by == "staff" else Post.affiliation_kind == "")
    if asked.after is not None:
        wanted.append(Post.created_at >= _begin_of(asked.after, actor))
    if asked.before is not None:
        wanted.append(Post.created_at < _begin_of(asked.before, actor))
    if asked.has:
        bits = int(sum(_HAS[thing] for thing in asked.has))
        with_them = PostText.has.bitwise_and(bits) == bits
        wanted.append(exists(select(PostText.post_id).where(PostText.post_id == Post.id, with_them)))
    return wanted


def _of_topic(asked: Asked, named: Named) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if named.boards is not None:
        wanted.append(Topic.board_id.in_(named.boards))
    if named.tags is not None:
        wanted += [
            Topic.id.in_(select(TopicTag.topic_id).where(TopicTag.tag_id == tag_id)) for tag_id in named.tags
        ] or [false()]
    if asked.topic is not None:
        wanted.append(Topic.id == asked.topic)
    wanted += [_state(state) for state in asked.states]
    return wanted


def _state(state: str) -> ColumnElement[bool]:
    if state == "open":
        return and_(Topic.locked_at.is_(None), Topic.archived_at.is_(None))
    if state in {"solved", "unsolved"}:
        asking = select(Board.id).where(Board.kind == "question")
        stands = Topic.solved_at.is_not(None) if state == "solved" else Topic.solved_at.is_(None)
        return and_(stands, Topic.board_id.in_(asking))
    return Topic.post_count <= 1


def _unread(session: Session, actor: Actor) -> ColumnElement[bool]:
    """The topics of the list of unread ones."""
    if actor.is_guest:
        return false()
    return Topic.id.in_(attention.unread_ids(actor, habits_of(session, actor)))


def _begin_of(day: date, actor: Actor) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(actor.time_zone or "UTC"))
