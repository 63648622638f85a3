"""How heated a topic is, or the chain of answers in it that a reply goes on with; for whoever writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, ScalarSelect, and_, case, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from forum.permissions import Actor
from forum.posts.heat import FROM, Heat
from forum.posts.models import Post, Topic

NONE: ColumnElement[int] = literal_column("0", Integer)
"""Said as it is, not as a parameter: so the index of reported posts is found."""

# The whole of a topic is asked along with it (`finding.topic`): no page has a question more.


def flags_of(topic_id: Any) -> ScalarSelect[int]:
    """SQL: reports on the posts of a topic."""
    post = aliased(Post)
    return _of_flagged(post, func.sum(post.flag_count), topic_id)


def own_flagged(actor: Actor, topic_id: Any) -> ScalarSelect[int]:
    """SQL: posts of the actor among those."""
    post = aliased(Post)
    return _of_flagged(post, func.sum(_is_own(actor, post)), topic_id)


def last_reply_at(actor: Actor, topic_id: Any) -> ColumnElement[Any]:
    """SQL: when the actor last replied there, where that matters."""
    post = aliased(Post)
    mine = (post.topic_id == topic_id, post.author_id == actor.account_id, post.number > 1, post.action == "")
    return case((flags_of(topic_id) >= FROM, select(func.max(post.created_at)).where(*mine).scalar_subquery()))


def heat_of(topic: Topic) -> Heat:
    """That of a topic which was found with it."""
    return Heat(topic.flags_here or 0, topic.own_flagged or 0, topic.own_reply_at)


def heat_on_page(actor: Actor, topic: Topic, posts: Sequence[Post], answered: Post | None) -> Heat:
    """The same for a reply to `answered`, so far as its chain stands on the page (`posts`): asks nothing."""
    if answered is None:
        return heat_of(topic)
    here = {post.number: post for post in posts}
    chain, number = {1}, answered.number
    while number in here and number not in chain:
        chain.add(number)
        number = here[number].reply_to_number or 1
    flagged = [post for post in (*posts, answered) if post.number in chain and post.flag_count]
    known = {post.id: post for post in flagged}.values()
    own = sum(post.author_id == actor.account_id for post in known)
    return Heat(sum(post.flag_count for post in known), own, topic.own_reply_at)


def heat_for_reply(session: Session, actor: Actor, topic: Topic, answered: int | None) -> Heat:
    """How heated it is where a reply shall stand: of one that answers a post, in the chain above it and the opening
    post; of one that answers the topic, in all of it. One question."""
    here = [Post.topic_id == topic.id, Post.flag_count > NONE]
    if answered is not None:
        here.append(or_(Post.number == 1, Post.number.in_(_chain(topic.id, answered))))
    asked = select(
        func.coalesce(func.sum(Post.flag_count), 0),
        func.coalesce(func.sum(_is_own(actor, Post)), 0),
        last_reply_at(actor, topic.id),
    )
    flags, own, last_at = session.execute(asked.where(*here)).one()
    return Heat(int(flags), int(own), last_at)


def _chain(topic_id: int, answered: int) -> Any:
    """SQL: the numbers of the post that is answered, of the one that it answers, and so on up."""
    first = select(Post.number, Post.reply_to_number).where(Post.topic_id == topic_id, Post.number == answered)
    chain = first.cte("chain", recursive=True)
    above = aliased(Post)
    up = select(above.number, above.reply_to_number).join(
        chain, and_(above.topic_id == topic_id, above.number == chain.c.reply_to_number)
    )
    return select(chain.union(up).c.number)


def _is_own(actor: Actor, post: Any) -> ColumnElement[int]:
    return case((post.author_id == (actor.account_id or 0), 1), else_=0)


def _of_flagged(post: Any, what: ColumnElement[Any], topic_id: Any) -> ScalarSelect[int]:
    return select(func.coalesce(what, 0)).where(post.topic_id == topic_id, post.flag_count > NONE).scalar_subquery()
