"""What may be done at once in an emergency, before a peer looks: once, and not against what a peer has said."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from forum.core.errors import Conflict, Invalid
from forum.core.words import gettext as _
from forum.moderation.models import Ruling
from forum.moderation.subjects import POST, TOPIC, Subject
from forum.posts.models import Post


def check_emergency(session: Session, subject: Subject) -> None:
    """Conflict while one runs: a second does not extend it. Invalid after one that no peer agreed to, or after a peer
    said no, be it to an objection: from then on it is proposed."""
    about = _about_it(session, subject)
    running = and_(Ruling.state == "in_force", Ruling.review_by.is_not(None))
    if session.scalar(select(Ruling.id).where(about, running).limit(1)) is not None:
        raise Conflict(
            _("Something was done to this in an emergency already, and a peer moderator looks at it. Propose the rest.")
        )
    if session.scalar(select(Ruling.id).where(about, _was_in_vain()).limit(1)) is not None:
        raise Invalid(
            _(
                "An emergency about this is over already, or a peer moderator said no to it. Leave this empty, and a "
                "peer moderator decides what you propose."
            ),
            "emergency",
        )


def _was_in_vain() -> ColumnElement[bool]:
    """SQL over Ruling: done at once and over without a peer's yes, or a peer said no; not what was given up."""
    given_up = func.coalesce(Ruling.undone_by_id, 0) == func.coalesce(Ruling.by_id, 0)
    by_peer = and_(Ruling.undone_how.in_(("refused", "appeal")), ~given_up)
    return or_(by_peer, and_(Ruling.emergency != "", Ruling.state == "undone", Ruling.confirmed_at.is_(None)))


def _about_it(session: Session, subject: Subject) -> ColumnElement[bool]:
    """SQL over Ruling: about the same thing. A topic is its opening post."""
    same = [and_(Ruling.subject_kind == subject.kind, Ruling.subject_id == subject.id)]
    if subject.kind == POST and subject.row.is_opening:
        same.append(and_(Ruling.subject_kind == TOPIC, Ruling.subject_id == subject.row.topic_id))
    if subject.kind == TOPIC:
        opening = select(Post.id).where(Post.topic_id == subject.id, Post.number == 1).scalar_subquery()
        same.append(and_(Ruling.subject_kind == POST, Ruling.subject_id == opening))
    return or_(*same)
