"""One topic, one post: found, or not found, for this actor."""

from __future__ import annotations

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, with_expression
from sqlalchemy.sql.base import ExecutableOption

from forum.accounts.models import Account
from forum.boards.models import Board, Tag
from forum.core.errors import NotFound
from forum.drafts import queries as drafts
from forum.drafts.models import Draft
from forum.holds.models import HeldPost
from forum.permissions import Actor, Right
from forum.posts.models import Post, Revision, Topic, TopicTag
from forum.posts.outcome_models import Backing, Invitation
from forum.posts.queries import heat, visible


def _topics(actor: Actor) -> Select[Topic]:
    opening = aliased(Post)
    official = exists().where(opening.topic_id == Topic.id, opening.number == 1, opening.capacity == "official")
    return (
        select(Topic)
        .join(Topic.board)
        .options(
            contains_eager(Topic.board),
            joinedload(Topic.author),
            joinedload(Topic.board, Board.parent),
            with_expression(Topic.is_official, official),
        )
        .where(visible.topics(actor))
    )


def _of_reader(actor: Actor) -> tuple[ExecutableOption, ...]:
    """Whether the reader backs the topic, who asks them to answer it, who is on it, and whether words of theirs wait:
    asked along with the topic."""
    mine = HeldPost.topic_id == Topic.id, HeldPost.author_id == (actor.account_id or 0), HeldPost.state == "held"
    backed = exists().where(Backing.topic_id == Topic.id, Backing.account_id == (actor.account_id or 0))
    asked = (
        select(func.coalesce(func.nullif(Account.display_name, ""), Account.name))
        .join(Invitation, Invitation.by_id == Account.id)
        .where(
            Invitation.topic_id == Topic.id,
            Invitation.account_id == (actor.account_id or 0),
            Invitation.state == "open",
            Invitation.by_id.not_in(actor.ignored),
        )
        .correlate(Topic)
        .scalar_subquery()
    )
    name = func.coalesce(func.nullif(Account.display_name, ""), Account.name)
    taken = select(name).where(Account.id == Topic.taken_by_id).correlate(Topic).scalar_subquery()
    return (
        with_expression(Topic.is_backed, backed),
        with_expression(Topic.asked_by, asked),
        with_expression(Topic.taken_by_name, taken),
        with_expression(Topic.flags_here, heat.flags_of(Topic.id)),
        with_expression(Topic.own_flagged, heat.own_flagged(actor, Topic.id)),
        with_expression(Topic.own_reply_at, heat.last_reply_at(actor, Topic.id)),
        with_expression(Topic.has_held, exists().where(*mine)),
    )


def topic(session: Session, actor: Actor, topic_id: int) -> Topic:
    """The topic with board and author; raises NotFound for those who may not see it."""
    wanted = _topics(actor).where(Topic.id == topic_id).execution_options(populate_existing=True)
    found = session.scalars(wanted if actor.is_guest else wanted.options(*_of_reader(actor))).first()
    if found is None:
        raise NotFound
    return found


def topic_with_draft(session: Session, actor: Actor, topic_id: int) -> tuple[Topic, Draft | None]:
    """As `topic`, with the reply that the actor has begun there."""
    if actor.is_guest:
        return topic(session, actor, topic_id), None
    found = session.execute(
        _topics(actor)
        .add_columns(Draft)
        .outerjoin(Draft, drafts.at(actor, "reply", Topic.id))
        .options(*_of_reader(actor))
        .where(Topic.id == topic_id)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def was_deleted(session: Session, actor: Actor, topic_id: int) -> bool:
    """Whether there was such a topic on a board that the actor sees."""
    here = Topic.board_id.in_(actor.boards_with(Right.SEE))
    found = select(Topic.id).where(Topic.id == topic_id, here, Topic.deleted_at.is_not(None))
    return session.scalar(found) is not None


def opening_of(session: Session, actor: Actor, topic: Topic) -> Post | None:
    """The post that begins a topic, where the actor may see it."""
    return session.scalars(_posts(actor).where(Post.topic_id == topic.id, Post.number == 1)).first()


def removed(session: Session, actor: Actor, *, topic_id: int = 0, post_id: int = 0) -> Post | None:
    """What moderators took away by a rule, on a board that the actor sees: this post, or the opening one of a topic.
    Its words are nobody's to read; that it was removed, by which rule and when, is."""
    which = Post.id == post_id if post_id else and_(Post.topic_id == topic_id, Post.number == 1)
    here = Topic.board_id.in_(actor.boards_with(Right.SEE))
    loaded = contains_eager(Post.topic).contains_eager(Topic.board)
    asked = select(Post).join(Post.topic).join(Topic.board).options(loaded, joinedload(Post.author))
    return session.scalars(asked.where(which, here, Post.deleted_at.is_not(None), Post.removal_rule != "")).first()


def moved_opening(session: Session, actor: Actor, topic_id: int) -> Post | None:
    """The opening post of a topic that was merged away, wherever it stands now, for those who may read it."""
    here = Topic.board_id.in_(actor.boards_with(Right.SEE))
    post_id = session.scalar(select(Topic.merged_post_id).where(Topic.id == topic_id, here))
    return None if post_id is None else session.scalars(_posts(actor).where(Post.id == post_id)).first()


def topic_for_update(session: Session, actor: Actor, topic_id: int) -> Topic:
    """As `topic`, locked until the transaction ends."""
    found = session.scalars(
        _topics(actor).where(Topic.id == topic_id).with_for_update(of=Topic).execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound
    return found


def topics_for_update(session: Session, actor: Actor, *topic_ids: int) -> list[Topic]:
    """As `topic_for_update`, several in the order given; locked lower id first, so that nobody waits in a ring."""
    found = {topic_id: topic_for_update(session, actor, topic_id) for topic_id in sorted(set(topic_ids))}
    return [found[topic_id] for topic_id in topic_ids]


def _posts(actor: Actor) -> Select[Post]:
    return (
        select(Post)
        .join(Post.topic)
        .join(Topic.board)
        .options(
            contains_eager(Post.topic).contains_eager(Topic.board),
            joinedload(Post.author),
            joinedload(Post.editor),
            joinedload(Post.organization),
        )
        .where(visible.posts(actor))
    )


def post(session: Session, actor: Actor, post_id: int) -> Post:
    """The post with author, topic and board; raises NotFound for those who may not read it."""
    found = session.scalars(_posts(actor).where(Post.id == post_id)).first()
    if found is None:
        raise NotFound
    return found


def own_last_reply(session: Session, actor: Actor, topic_id: int) -> Post | None:
    """The last reply of the topic, if the actor wrote it and it can be written on."""
    written = and_(Post.action == "", Post.deleted_at.is_(None), Post.hidden_at.is_(None))
    last = select(func.max(Post.number)).where(Post.topic_id == topic_id, written).scalar_subquery()
    return session.scalars(
        _posts(actor).where(
            Post.topic_id == topic_id,
            Post.number == last,
            Post.number > 1,
            Post.author_id == (actor.account_id or 0),
            Post.source_kind == "markdown",
        )
    ).first()


def any_post_for_update(session: Session, post_id: int) -> Post | None:
    """A post whatever became of it, with topic and board, locked after its topic: the order that every verb keeps. For
    verbs that ask by themselves who may."""
    topic_id = session.scalar(select(Post.topic_id).where(Post.id == post_id))
    session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update())
    return session.scalars(
        select(Post)
        .join(Post.topic)
        .join(Topic.board)
        .options(contains_eager(Post.topic).contains_eager(Topic.board))
        .where(Post.id == post_id)
        .with_for_update(of=Post)
        .execution_options(populate_existing=True)
    ).first()


def post_for_update(session: Session, actor: Actor, post_id: int) -> Post:
    """As `post`, for verbs: its topic is locked first (the order that every verb keeps), and whoever deleted a post
    finds it too, to bring it back."""
    topic_id = session.scalar(select(Post.topic_id).where(Post.id == post_id))
    if topic_id is None:
        raise NotFound
    session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update())
    mine = and_(Topic.board_id.in_(actor.boards_with(Right.SEE)), Post.deleted_by_id == actor.account_id)
    readable = or_(visible.posts(actor), mine)
    found = session.scalars(
        select(Post)
        .join(Post.topic)
        .join(Topic.board)
        .options(contains_eager(Post.topic).contains_eager(Topic.board))
        .where(readable, Post.id == post_id)
        .with_for_update(of=Post)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound
    return found


def revisions(session: Session, post: Post, first: int = 1, last: int | None = None) -> list[Revision]:
    """Earlier wordings of a post, from number `first` to `last`, in this order. Ask SEE_REVISIONS before."""
    upto = () if last is None else (Revision.number <= last,)
    wanted = select(Revision).where(Revision.post_id == post.id, Revision.number >= first, *upto)
    return list(session.scalars(wanted.order_by(Revision.number)))


def tag_slugs_of(session: Session, topic: Topic) -> list[str]:
    """The tags of a topic."""
    return list(
        session.scalars(
            select(Tag.slug)
            .join(TopicTag, TopicTag.tag_id == Tag.id)
            .where(TopicTag.topic_id == topic.id)
            .order_by(Tag.slug)
        )
    )
