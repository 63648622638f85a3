"""Reads of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.permissions import Act, Actor, require
from forum.posts import queries as posts
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from forum.reporting.models import IllegalReport

MOST = 200


def subject_at(session: Session, actor: Actor, kind: str, key: int | str, number: int = 0) -> tuple[str, int, str]:
    """What stands at an address of ours, as far as the actor may see it: its kind, its id, and its shortest address. Of
    a topic, with the `number` of a post: that post. NotFound for anything else."""
    if kind == "account":
        person = accounts.profile_of(session, str(key))
        return "account", person.id, f"/u/{person.name}"
    if kind == "post":
        post_id = session.scalar(select(Post.id).join(Post.topic).where(Post.id == int(key), _there(actor)))
        if post_id is None:
            raise NotFound
        return "post", post_id, f"/p/{post_id}"
    topic = posts.topic(session, actor, int(key))
    if number > 1:
        found = select(Post.id).join(Post.topic).where(Post.topic_id == topic.id, Post.number == number)
        post_id = session.scalar(found.where(_there(actor)))
        if post_id is not None:
            return "post", post_id, f"/p/{post_id}"
    return "topic", topic.id, f"/t/{topic.id}-{topic.slug}"


def _there(actor: Actor) -> ColumnElement[bool]:
    """SQL: what the actor may read, and what is folded away where they read: it can still be against the law."""
    return or_(visible.posts(actor), and_(visible.topics(actor), Post.deleted_at.is_(None)))


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report is about, as far as it matters who may judge it."""

    author_id: int | None
    concerns_host: bool = False
    is_feedback: bool = False
    is_gone: bool = False


def reported(session: Session, report: IllegalReport) -> Reported | None:
    """Whose it is, and whether it is by or about the host; None where it is not there any more."""
    if report.subject_kind == "account":
        return Reported(report.subject_id)
    if report.subject_kind == "topic":
        asked = select(Topic.author_id, Topic.concerns_host, Board.is_feedback, Topic.deleted_at).where(
            Topic.id == report.subject_id
        )
    else:
        asked = (
            select(Post.author_id, Post.concerns_host, Board.is_feedback, Post.deleted_at)
            .join(Topic, Topic.id == Post.topic_id)
            .where(Post.id == report.subject_id)
        )
    row = session.execute(asked.join(Board, Board.id == Topic.board_id)).first()
    return Reported(row[0], row[1], row[2], row[3] is not None) if row is not None else None


def state(session: Session, report_id: int) -> IllegalReport:
    """A report for whoever has the link from its mail. The link is checked by the caller."""
    report = session.get(IllegalReport, report_id)
    if report is None:
        raise NotFound
    return report


def reports(session: Session, actor: Actor, *, decided: bool) -> Sequence[IllegalReport]:
    """Those that wait, the longest first; or those that were decided, the latest first."""
    require(actor, Act.ANSWER_ILLEGAL)
    waits = IllegalReport.decided_at.is_(None)
    wanted = select(IllegalReport).limit(MOST)
    if decided:
        wanted = wanted.where(~waits).order_by(IllegalReport.decided_at.desc())
    else:
        wanted = wanted.where(waits).order_by(IllegalReport.id)
    return session.scalars(wanted).all()


def report(session: Session, actor: Actor, report_id: int, *, lock: bool = False) -> IllegalReport:
    """One of them, or NotFound."""
    require(actor, Act.ANSWER_ILLEGAL)
    found = session.get(IllegalReport, report_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound
    return found
