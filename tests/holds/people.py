"""What the tests of holding share: a place with a moderator and somebody new, and their verbs."""

from __future__ import annotations

from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.core import clock
from forum.core.markup import RENDERER_VERSION, Rendered
from forum.holds.models import HeldPost, WatchedWord
from forum.posts import actions
from forum.posts.drafts import ReplyDraft, TopicDraft, Written
from forum.posts.models import Topic
from forum.posts.queries import held as queries
from tests import cast

_number = count(1)


def linked(text="Look here", host="shop.example"):
    """Words with a link to elsewhere, as the renderer gives them."""
    html = f'<p>{text} <a href="https://{host}/x" rel="nofollow ugc noopener">there</a></p>'
    source = f"{text} [there](https://{host}/x)"
    return Written(source, Rendered(html, f"{text} there", 3, RENDERER_VERSION, bounded=False))


def start(session, board, by, body=None, title="", **given):
    draft = TopicDraft(
        title or f"A topic, number {next(_number)}", body or cast.words(f"Words {next(_number)}"), **given
    )
    with cast.unhurried():
        return actions.start_topic(session, cast.actor(session, by), board, draft)


def answer(session, topic, by, body=None, **given):
    draft = ReplyDraft(body or cast.words(f"Words {next(_number)}"), confirmed=frozenset({"old", "row"}), **given)
    with cast.unhurried():
        return actions.reply(session, cast.actor(session, by), living(session, topic), draft)


def living(session, topic):
    rows = select(Topic).options(joinedload(Topic.board)).where(Topic.id == topic.id)
    return session.scalars(rows.execution_options(populate_existing=True)).one()


def watch(session, pattern, action="hold", **given):
    session.add(WatchedWord(pattern=pattern, action=action, added_at=clock.now(), **given))
    session.flush()


def decide(session, verb, by, row, *more):
    """A verb of moderators, as `by`."""
    who = cast.actor(session, by)
    return verb(session, who, queries.to_decide(session, who, row.id, lock=True), *more)


def held(session):
    return session.query(HeldPost).order_by(HeldPost.id).all()
