"""What cases are about, as a line of the queue says it: one question for all of a kind. To add a kind of subject, add
its line to the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account, WaitingSignUp
from forum.conversations.models import Message, MessageReport
from forum.core.words import gettext as _
from forum.holds.models import HeldPost
from forum.moderation.appeal_models import Appeal
from forum.moderation.models import Case, Ruling
from forum.moderation.queue_words import done
from forum.posts.models import Post, Topic
from forum.reporting.models import IllegalReport
from forum.suggestions.models import Suggestion


@dataclass(frozen=True, slots=True)
class Glance:
    """`title`: what it is; `words`: how it begins; `by`: whose it is."""

    title: str
    words: str = ""
    by: Account | None = None


def glances(session: Session, cases: Sequence[Case]) -> Mapping[int, Glance]:
    """Case id → what it is about; without what is not there any more."""
    kinds = {case.id: case.kind if case.kind in GLANCES else case.subject_kind for case in cases}
    about = glances_of(session, [(kinds[case.id], case.subject_id) for case in cases])
    places = {case.id: (kinds[case.id], case.subject_id) for case in cases}
    return {case_id: about[place] for case_id, place in places.items() if place in about}


def glances_of(session: Session, places: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Glance]:
    """Kind and id → what it is; without what is not there any more."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, id_ in places:
        by_kind[kind].append(id_)
    return {
        (kind, id_): glance
        for kind, ids in by_kind.items()
        if kind in GLANCES
        for id_, glance in GLANCES[kind](session, ids).items()
    }


def _posts(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    asked = select(Post).options(joinedload(Post.topic), joinedload(Post.author)).where(Post.id.in_(ids))
    return {post.id: Glance(post.topic.title, post.plain[:400], post.author) for post in session.scalars(asked)}


def _topics(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    asked = select(Topic).options(joinedload(Topic.author)).where(Topic.id.in_(ids))
    return {topic.id: Glance(topic.title, by=topic.author) for topic in session.scalars(asked)}


def _accounts(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    asked = select(Account).where(Account.id.in_(ids))
    return {
        one.id: Glance(_("The profile of %(name)s", name=one.shown_name), one.headline, one)
        for one in session.scalars(asked)
    }


def _sign_ups(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    asked = select(Account, WaitingSignUp.words).join(WaitingSignUp).where(Account.id.in_(ids))
    return {
        one.id: Glance(_("%(name)s asks to join", name=one.shown_name), words, one)
        for one, words in session.execute(asked)
    }


def _messages(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    """What was said to it when it was shown: the message itself stands on its page."""
    asked = (
        select(Message, MessageReport.reason)
        .join(MessageReport, MessageReport.message_id == Message.id)
        .options(joinedload(Message.author))
        .where(Message.id.in_(ids))
        .order_by(MessageReport.id.desc())
    )
    return {one.id: Glance(_message_of(one), reason, one.author) for one, reason in session.execute(asked)}


def _message_of(message: Message) -> str:
    return _("A message of %(name)s", name=message.author.shown_name if message.author else _("somebody who left"))


def _decisions(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    """With whom it concerns, where it is a member: of words, their page says whose."""
    asked = select(Ruling).options(joinedload(Ruling.by), joinedload(Ruling.account)).where(Ruling.id.in_(ids))
    return {one.id: Glance(_of_whom(one), one.facts, one.by) for one in session.scalars(asked)}


def _of_whom(ruling: Ruling) -> str:
    if ruling.subject_kind != "account" or ruling.account is None:
        return done(ruling)
    return _("%(name)s: %(what)s", name=ruling.account.shown_name, what=done(ruling))


def _held(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    asked = (
        select(HeldPost, Topic.title)
        .outerjoin(Topic, Topic.id == HeldPost.topic_id)
        .options(joinedload(HeldPost.author))
        .where(HeldPost.id.in_(ids))
    )
    return {
        row.id: Glance(row.title or _("Reply in %(topic)s", topic=title or ""), row.plain[:400], row.author)
        for row, title in session.execute(asked)
    }


def _suggestions(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    asked = (
        select(Suggestion, Topic.title)
        .join(Suggestion.post)
        .join(Post.topic)
        .options(joinedload(Suggestion.author))
        .where(Suggestion.id.in_(ids))
    )
    return {row.id: Glance(title, row.reason, row.author) for row, title in session.execute(asked)}


def _reports(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    asked = select(IllegalReport).where(IllegalReport.id.in_(ids))
    return {
        row.id: Glance(_("Report number %(number)s", number=row.id), row.reason[:400]) for row in session.scalars(asked)
    }


def _appeals(session: Session, ids: Sequence[int]) -> Mapping[int, Glance]:
    asked = select(Appeal).options(joinedload(Appeal.ruling), joinedload(Appeal.account)).where(Appeal.id.in_(ids))
    return {row.id: Glance(done(row.ruling), row.words[:400], row.account) for row in session.scalars(asked)}


# Kind of a case, else of its subject → its line.
GLANCES: Mapping[str, Callable[[Session, Sequence[int]], Mapping[int, Glance]]] = {
    "sign_up": _sign_ups,
    "post": _posts,
    "topic": _topics,
    "account": _accounts,
    "message": _messages,
    "decision": _decisions,
    "held": _held,
    "suggestion": _suggestions,
    "report": _reports,
    "appeal": _appeals,
}
