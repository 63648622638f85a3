"""What waits for those who may be signed in as: by the verbs that people use, and by what the topics announce.

What was written since they were last here is announced as it was then, so that notices are those of the forum itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Tag
from forum.bookmarks import actions as bookmarks
from forum.conversations import actions as conversations
from forum.conversations.drafts import MessageDraft, StartDraft
from forum.conversations.queries import finding
from forum.core.events import emit
from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.following import actions as following
from forum.groups import actions as groups
from forum.groups.queries import standing
from forum.notifications.models import Notice
from forum.permissions import HOUSE, Actor
from forum.posts.events import Reacted, ReplyPosted, TopicStarted
from forum.posts.models import Post, Reaction
from forum.posts.queries import post_for_update
from forum.search import actions as search

Who = Callable[[Session, Account], Actor]

# What is younger nobody has read, of those who may be signed in as; thanks for their own words are told for longer.
UNSEEN_FOR = timedelta(hours=24)
THANKED_FOR = timedelta(hours=48)


def leave_waiting(session: Session, prepared: Prepared, ground: Ground, topic_ids: Mapping[str, int], who: Who) -> None:
    """Write it all; `topic_ids` by the keys of the texts."""
    waiting = prepared.community.waiting

    def person(name: str) -> Account:
        return session.get_one(Account, ground.people[name])

    def actor(name: str) -> Actor:
        return who(session, person(name))

    for text in waiting.follow:
        following.follow_tag(session, actor(text["by"]), session.get_one(Tag, ground.tags[text["tag"]]), text["level"])
    _announce(session, ground, [ground.people[one.name] for one in prepared.community.people if one.demo_login])
    for text in waiting.bookmark:
        _bookmark(session, actor(text["by"]), topic_ids[text["topic"]], text, ground)
    bookmarks.remind_due(session, HOUSE, who)
    for text in waiting.conversation:
        _talk(session, actor, prepared, text)
    for text in waiting.request:
        asking = actor(text["by"])
        groups.ask(session, asking, standing(session, asking, text["group"]), text["words"])
    for text in waiting.invitation:
        owner = actor(text["by"])
        groups.invite(session, owner, standing(session, owner, text["group"]), person(text["whom"]), text["words"])
    for text in waiting.missed:
        for _time in range(text["times"]):
            search.remember_miss(session, HOUSE, text["words"])


def _bookmark(session: Session, actor: Actor, topic_id: int, text: Mapping[str, Any], ground: Ground) -> None:
    there = select(Post.id).where(Post.topic_id == topic_id, Post.number == text["number"])
    post = post_for_update(session, actor, session.scalars(there).one())
    bookmarks.keep(session, actor, post, text["note"], ground.ago(text["due_hours_ago"]))


def _talk(session: Session, actor: Callable[[str], Actor], prepared: Prepared, text: Mapping[str, Any]) -> None:
    title, messages = text["title"], text["words"]
    drafts = [MessageDraft(prepared.words["message", title, number]) for number in range(1, len(messages) + 1)]
    start = StartDraft(drafts[0], tuple(text["to"]), title=title)
    about = conversations.start(session, actor(messages[0]["by"]), start)
    for message, draft in zip(messages[1:], drafts[1:], strict=True):
        writer = actor(message["by"])
        conversations.send(session, writer, finding.conversation_for_update(session, writer, about.id), draft)


# ── what was written and thanked for ──────────────────────────────────────────────────────────────────────────────────


def _announce(session: Session, ground: Ground, own: Sequence[int]) -> None:
    """In the order in which it happened, which is the order of the bell. `own`: whose words are thanked for."""
    events = [*_written(session, ground.now - UNSEEN_FOR), *_thanked(session, ground.now - THANKED_FOR, own)]
    for _at, event in sorted(events, key=itemgetter(0)):
        emit(session, event)
    _date(session)


def _written(session: Session, since: datetime) -> Iterator[tuple[datetime, object]]:
    for post in session.scalars(select(Post).where(Post.created_at > since, Post.action == "")).all():
        yield post.created_at, TopicStarted(post.topic_id, post.id) if post.is_opening else ReplyPosted(post.id)


def _thanked(session: Session, since: datetime, own: Sequence[int]) -> Iterator[tuple[datetime, object]]:
    given = select(Reaction).join(Post, Post.id == Reaction.post_id)
    for thanks in session.scalars(given.where(Post.author_id.in_(own), Reaction.created_at > since)).all():
        yield thanks.created_at, Reacted(thanks.post_id, thanks.account_id, thanks.kind)


def _date(session: Session) -> None:
    """Each notice is as old as what it tells of."""
    written = select(Post.created_at).where(Post.id == Notice.post_id).correlate(Notice).scalar_subquery()
    thanked = select(func.min(Reaction.created_at)).where(Reaction.post_id == Notice.post_id).correlate(Notice)
    for about, at in (("post:%", written), ("reactions:%", thanked.scalar_subquery())):
        its = update(Notice).where(Notice.about.like(about)).values(created_at=at)
        session.execute(its.execution_options(synchronize_session=False))
