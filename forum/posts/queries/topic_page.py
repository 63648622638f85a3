"""One page of a topic: everything its template needs, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Integer, case, func, literal, select, union
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.accounts.models import Account
from forum.boards.models import Tag
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.drafts.models import Draft
from forum.permissions import Act, Actor, allows
from forum.posts.addresses import numbers_on, page_of
from forum.posts.models import Post, Reaction, Topic, TopicTag
from forum.posts.queries import finding, reading, visible
from forum.posts.queries.ideas import IdeaStep, idea_steps
from forum.posts.queries.outcomes import NOTHING, Outcomes, outcomes_of


@dataclass(frozen=True)
class ReactionCount:
    """How many said it, and whether the reader did."""

    count: int
    is_mine: bool


@dataclass(frozen=True)
class PostView:
    """A post as the reader meets it. `state`: shown, deleted, hidden or note; `is_readable`: may its words be read."""

    post: Post
    state: str
    is_readable: bool
    reactions: Mapping[str, ReactionCount] = field(default_factory=dict)
    # Number and author of the post that this one answers; the author is None when it is not there any more.
    answers: tuple[int, Account | None] | None = None
    is_unread: bool = False
    is_accepted: bool = False
    is_answer: bool = False


@dataclass(frozen=True)
class TopicPage:
    """A page of a topic. `answer` stands under the question on the first page, with what became of it."""

    topic: Topic
    tags: Sequence[Tag]
    posts: Page[PostView]
    answer: PostView | None
    position: int | None
    # The reply that the reader has begun.
    draft: Draft | None = None
    outcomes: Outcomes = NOTHING
    # Ideas only: what it was merged into, if the reader may see that, and the changes of its state.
    duplicate_of: Topic | None = None
    steps: Sequence[IdeaStep] = ()
    # The reader keeps a post of this topic.
    has_bookmarks: bool = False
    # How closely the reader follows it; "": nobody and nothing has said.
    level: str = ""
    # Numbers before `position` that they have not read: these posts came from elsewhere.
    gaps: frozenset[int] = frozenset()

    @property
    def moves_on(self) -> bool:
        """Whether whoever reads this page has read more than before."""
        first, last = numbers_on(self.posts.number)
        further = self.position is None or self.position < self.last_number
        return further or any(first <= number <= last for number in self.gaps)

    @property
    def last_number(self) -> int:
        """The highest number on this page: how far its reader has come."""
        return min(numbers_on(self.posts.number)[1], self.topic.last_number)


def topic_page(session: Session, actor: Actor, topic_id: int, page: int = 1) -> TopicPage:
    """Page `page` (from 1) of a topic; raises NotFound for a topic or page that is not there for them."""
    topic, draft = finding.topic_with_draft(session, actor, topic_id)
    pages = page_of(topic.last_number)
    if not 1 <= page <= pages:
        raise NotFound
    posts, answer = _posts(session, actor, topic, page)
    tags = session.scalars(
        select(Tag).join(TopicTag, TopicTag.tag_id == Tag.id).where(TopicTag.topic_id == topic.id).order_by(Tag.slug)
    ).all()
    known = [*posts, *([answer] if answer is not None and answer not in posts else [])]
    reactions = reactions_for(session, actor, known)
    answered = _answered(session, topic, known)
    position, mark, has_bookmarks, level, gaps = reading.reader(session, actor, topic)
    # Posts after `position` and this instant are unread; None: never opened, or all of it is read.
    unread_since = mark if position is not None and topic.last_number > position else None

    def view(post: Post) -> PostView:
        is_unread = unread_since is not None and post.number > (position or 0) and post.created_at > unread_since
        was_left_out = post.number in gaps and post.created_at > mark
        return _view(actor, topic, post, reactions, answered, is_unread=is_unread or was_left_out)

    return TopicPage(
        topic=topic,
        tags=tags,
        posts=Page([view(post) for post in posts], page, pages),
        answer=view(answer) if answer is not None else None,
        position=position,
        draft=draft,
        outcomes=outcomes_of(session, actor, topic, posts[0] if posts and page == 1 else None, answer),
        duplicate_of=_duplicate_of(session, actor, topic),
        steps=idea_steps(session, topic) if topic.board.kind == "idea" and page == 1 else (),
        has_bookmarks=has_bookmarks,
        level=level,
        gaps=gaps,
    )


def _duplicate_of(session: Session, actor: Actor, topic: Topic) -> Topic | None:
    if topic.duplicate_of_id is None:
        return None
    return session.scalars(select(Topic).where(Topic.id == topic.duplicate_of_id, visible.topics(actor))).first()


def post_view(session: Session, actor: Actor, post: Post) -> PostView:
    """One post (with author, topic, board) as `topic_page` would show it, for the fragment that answers htmx."""
    reactions = reactions_for(session, actor, [post])
    answered = _answered(session, post.topic, [post])
    return _view(actor, post.topic, post, reactions, answered)


def _posts(session: Session, actor: Actor, topic: Topic, page: int) -> tuple[Sequence[Post], Post | None]:
    """The posts of the page, and on the first page of a question its answer, wherever it stands."""
    first, last = numbers_on(page)
    here = select(Post.id).where(Post.topic_id == topic.id, Post.number.between(first, last))
    answer_id = topic.answer_post_id if page == 1 and topic.board.kind == "question" else None
    wanted = here if answer_id is None else union(here, select(literal(answer_id, Integer)))
    found = session.scalars(
        select(Post)
        .join(Post.topic)
        .options(
            contains_eager(Post.topic), joinedload(Post.author), joinedload(Post.organization), joinedload(Post.editor)
        )
        .where(Post.id.in_(wanted), visible.placed(actor, clock.now()))
        .order_by(Post.number)
    ).all()
    answer = next((post for post in found if post.id == answer_id), None)
    return [post for post in found if post.number <= last], answer


def reactions_for(session: Session, actor: Actor, posts: Sequence[Post]) -> Mapping[int, Mapping[str, ReactionCount]]:
    """Post id → kind → count. Imported likes stand under "thanks", since nobody knows what they meant."""
    mine = func.max(case((Reaction.account_id == (actor.account_id or 0), 1), else_=0), type_=Integer)
    rows = session.execute(
        select(Reaction.post_id, Reaction.kind, func.count(), mine)
        .where(Reaction.post_id.in_([post.id for post in posts]))
        .group_by(Reaction.post_id, Reaction.kind)
    )
    counts: dict[int, dict[str, ReactionCount]] = defaultdict(dict)
    for post_id, kind, count, is_mine in rows:
        counts[post_id][kind] = ReactionCount(count, bool(is_mine))
    for post in posts:
        if post.imported_likes:
            given = counts[post.id].get("thanks", ReactionCount(0, False))
            counts[post.id]["thanks"] = ReactionCount(given.count + post.imported_likes, given.is_mine)
    return counts


def _answered(session: Session, topic: Topic, posts: Sequence[Post]) -> Mapping[int, Account | None]:
    """Number → author, of every post that one of `posts` answers."""
    here = {post.number: post.author for post in posts}
    elsewhere = {post.reply_to_number for post in posts if post.reply_to_number is not None} - set(here)
    if not elsewhere:
        return here
    found = session.execute(
        select(Post.number, Account)
        .outerjoin(Account, Account.id == Post.author_id)
        .where(Post.topic_id == topic.id, Post.number.in_(elsewhere))
    )
    return here | dict(found.all())


def _view(
    actor: Actor,
    topic: Topic,
    post: Post,
    reactions: Mapping[int, Mapping[str, ReactionCount]],
    answered: Mapping[int, Account | None],
    *,
    is_unread: bool = False,
) -> PostView:
    number = post.reply_to_number
    return PostView(
        post=post,
        state=_state(post),
        is_readable=allows(actor, Act.SEE_POST, post),
        reactions=reactions.get(post.id, {}),
        answers=(number, answered.get(number)) if number is not None else None,
        is_unread=is_unread,
        is_accepted=post.id == topic.accepted_post_id,
        is_answer=post.id == topic.answer_post_id and topic.board.kind == "question",
    )


def _state(post: Post) -> str:
    if post.deleted_at is not None:
        return "deleted"
    if post.hidden_at is not None:
        return "hidden"
    return "note" if post.is_note else "shown"
