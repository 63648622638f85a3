"""What can be flagged and decided on: a post (a topic is its opening post), an account, words that wait to be posted.
Locked, as verbs need it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, contains_eager

from forum.accounts.models import Account
from forum.core.errors import NotFound
from forum.holds.models import HeldPost
from forum.moderation.models import Ruling
from forum.moderation.spam_rules import SPAM
from forum.posts.actions.concerning import concerns_host, held_concerns_host, profile_names_host
from forum.posts.models import Post, Topic
from forum.posts.queries.finding import any_post_for_update

POST, TOPIC, ACCOUNT, MESSAGE = "post", "topic", "account", "message"
HELD, SUGGESTION, REPORT = "held", "suggestion", "report"


@dataclass(frozen=True)
class Subject:
    """`author_id`: whom it is about; `board_id`: None where it is on no board; `row`: locked, as its verbs want it."""

    kind: str
    id: int
    author_id: int | None
    row: Any
    board_id: int | None = None
    concerns_host: bool = False
    is_feedback: bool = False


def _post(session: Session, id_: int) -> Subject | None:
    row = any_post_for_update(session, id_)
    if row is None or row.is_note:
        return None
    board = row.topic.board
    return Subject(POST, id_, row.author_id, row, board.id, row.concerns_host, board.is_feedback)


def _topic(session: Session, id_: int) -> Subject | None:
    row = session.scalars(
        select(Topic)
        .join(Topic.board)
        .options(contains_eager(Topic.board))
        .where(Topic.id == id_)
        .with_for_update(of=Topic)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return None
    return Subject(TOPIC, id_, row.author_id, row, row.board_id, row.concerns_host, row.board.is_feedback)


def _account(session: Session, id_: int) -> Subject | None:
    # Removing it as spam, and giving that back, locks the topics that it wrote in: before it, as every verb does.
    removed = exists().where(Ruling.subject_kind == ACCOUNT, Ruling.subject_id == id_, Ruling.act == SPAM)
    theirs = select(Post.topic_id).where(Post.author_id == id_, removed)
    session.execute(select(Topic.id).where(Topic.id.in_(theirs)).order_by(Topic.id).with_for_update())
    row = session.scalars(select(Account).where(Account.id == id_).with_for_update()).first()
    if row is None:
        return None
    concerns = concerns_host(session, id_) or profile_names_host(session, row)
    return Subject(ACCOUNT, id_, id_, row, None, concerns)


def _held(session: Session, id_: int) -> Subject | None:
    topic_id = session.scalar(select(HeldPost.topic_id).where(HeldPost.id == id_))
    session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update())
    row = session.scalars(
        select(HeldPost)
        .join(HeldPost.board)
        .options(contains_eager(HeldPost.board))
        .where(HeldPost.id == id_)
        .with_for_update(of=HeldPost)
        .execution_options(populate_existing=True)
    ).first()
    return held_subject(session, row) if row is not None else None


def held_subject(session: Session, row: HeldPost) -> Subject:
    """Words that wait, with board."""
    concerns = held_concerns_host(session, row)
    return Subject(HELD, row.id, row.author_id, row, row.board_id, concerns, row.board.is_feedback)


LOADERS: Mapping[str, Callable[[Session, int], Subject | None]] = {
    POST: _post,
    TOPIC: _topic,
    ACCOUNT: _account,
    HELD: _held,
}


def load(session: Session, kind: str, id_: int) -> Subject:
    """The subject, locked until the transaction ends; NotFound where there is none."""
    loader = LOADERS.get(kind)
    found = loader(session, id_) if loader else None
    if found is None:
        raise NotFound
    return found
