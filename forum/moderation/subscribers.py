"""What opens and closes cases elsewhere: who asks to join, messages shown to the moderators, words that wait, other
wordings, reports, topics that move."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from forum.accounts.events import SignUpAnswered, SignUpDeclined, SignUpReopened, SignUpWaiting
from forum.conversations.events import MessageReported, ReportClosed, ReportReopened
from forum.conversations.models import Message, MessageReport
from forum.core import clock
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.holds.events import (
    FlagAsked,
    HeldForReview,
    HeldRejected,
    HeldReleased,
    HeldReworded,
    HeldWithdrawn,
    ProfileFlagAsked,
    RejectionUndone,
    ReleaseUndone,
    SilenceAsked,
)
from forum.holds.models import HeldPost
from forum.moderation import actions, subjects
from forum.moderation.actions import silencing
from forum.moderation.actions.opening import close_case, open_again, open_case
from forum.moderation.cases import Kind
from forum.moderation.events import CaseClosed
from forum.moderation.models import Case
from forum.moderation.subjects import ACCOUNT, MESSAGE, POST, REPORT, SUGGESTION, TOPIC, Subject
from forum.permissions import HOUSE
from forum.posts.actions.concerning import held_concerns_host, is_of_host
from forum.posts.events import PostEdited, TopicMoved
from forum.posts.models import Post, Topic
from forum.reporting.events import IllegalContentReported, IllegalReportAnswered, IllegalReportReopened
from forum.reporting.models import IllegalReport
from forum.reporting.queries import reported
from forum.site.rules import Rule
from forum.suggestions.events import (
    EditSuggested,
    SuggestionAccepted,
    SuggestionDeclined,
    SuggestionReopened,
    SuggestionWithdrawn,
)
from forum.suggestions.models import Suggestion


def open_sign_up(session: Session, event: SignUpWaiting | SignUpReopened) -> None:
    """Somebody asks to join, or waits again."""
    put = open_again if isinstance(event, SignUpReopened) else open_case
    put(session, Kind.SIGN_UP, Subject(ACCOUNT, event.account_id, event.account_id, None), clock.now())


def close_sign_up(session: Session, event: SignUpAnswered) -> None:
    """They were told yes or no."""
    case = _open_case(session, Kind.SIGN_UP, event.account_id)
    if case is not None:
        outcome = case.outcome or ("decided" if event.verdict == "approved" else "refused")
        close_case(session, case, outcome, case.closed_by_id, clock.now())
        emit(session, CaseClosed(case.id))


def forget_sign_up(session: Session, event: SignUpDeclined) -> None:
    """They will not be in: nothing of them is kept here either."""
    session.execute(update(Case).where(Case.account_id == event.account_id).values(account_id=None))


def open_report(session: Session, event: MessageReported | ReportReopened) -> None:
    """A member shows a message, or it is looked at again; one case, however many show it."""
    shown = select(MessageReport.message_id).where(MessageReport.id == event.report_id).scalar_subquery()
    message = session.scalars(select(Message).where(Message.id == shown).with_for_update()).one()
    put = open_again if isinstance(event, ReportReopened) else open_case
    by_host = is_of_host(session, message.author_id)
    case = put(
        session, Kind.MESSAGE, Subject(MESSAGE, message.id, message.author_id, message, None, by_host), clock.now()
    )
    case.version += 1
    session.flush()


def close_report(session: Session, event: ReportClosed) -> None:
    """The last report of a message is dealt with."""
    message_id = session.scalar(select(MessageReport.message_id).where(MessageReport.id == event.report_id))
    waiting = select(MessageReport.id).where(MessageReport.message_id == message_id, MessageReport.closed_at.is_(None))
    case = _open_case(session, Kind.MESSAGE, message_id)
    if case is not None and session.scalar(waiting.limit(1)) is None:
        close_case(session, case, case.outcome or "decided", case.closed_by_id, clock.now())
        emit(session, CaseClosed(case.id))


def follow_topic(session: Session, event: TopicMoved) -> None:
    """What waits goes to those who look after the board on which its topic stands now."""
    board_id = select(Topic.board_id).where(Topic.id == event.topic_id).scalar_subquery()
    posts = select(Post.id).where(Post.topic_id == event.topic_id)
    for kind, ids in ((POST, posts), (TOPIC, [event.topic_id])):
        session.execute(
            update(Case)
            .where(Case.closed_at.is_(None), Case.subject_kind == kind, Case.subject_id.in_(ids))
            .values(board_id=board_id, version=Case.version + 1)
            .execution_options(synchronize_session=False)
        )


def _open_case(session: Session, kind: Kind, subject_id: int | None) -> Case | None:
    return session.scalars(
        select(Case)
        .where(Case.kind == str(kind), Case.subject_id == subject_id, Case.closed_at.is_(None))
        .with_for_update()
    ).first()


# ── words that wait, other wordings, reports: each case follows what its own verbs do ─────────────────────────────────


def open_held(session: Session, event: HeldForReview | ReleaseUndone | RejectionUndone) -> None:
    """Words wait for a moderator, or wait again."""
    row = session.scalars(
        select(HeldPost).options(joinedload(HeldPost.board)).where(HeldPost.id == event.held_id)
    ).one()
    subject = subjects.held_subject(session, row)
    (open_case if isinstance(event, HeldForReview) else open_again)(session, Kind.HELD, subject, clock.now())


def reword_held(session: Session, event: HeldReworded) -> None:
    """Whoever decides on what was said before is told."""
    case = _open_case(session, Kind.HELD, event.held_id)
    if case is not None:
        row = session.get_one(HeldPost, event.held_id)
        case.concerns_host = case.concerns_host or held_concerns_host(session, row)
        case.version += 1


def close_held(session: Session, event: HeldReleased | HeldRejected | HeldWithdrawn) -> None:
    """They were decided on, or their author took them back."""
    outcome = {HeldReleased: "kept", HeldRejected: "decided"}.get(type(event), "withdrawn")
    _close(session, Kind.HELD, event.held_id, outcome, getattr(event, "by_id", None) or None)


def flag_words(session: Session, event: FlagAsked) -> None:
    """Watched words stand in a post, or came into it by an edit, as something else did that waits in a new one."""
    silencing.flag_words(session, HOUSE, subjects.load(session, POST, event.post_id), event.why, event.held)


def flag_profile(session: Session, event: ProfileFlagAsked) -> None:
    """Watched words stand in a profile."""
    silencing.flag_words(session, HOUSE, subjects.load(session, ACCOUNT, event.account_id), event.why)


def silence(session: Session, event: SilenceAsked) -> None:
    """Watched words after which somebody should write nothing until a moderator has looked."""
    subject = subjects.load(session, ACCOUNT, event.account_id)
    facts = _("You wrote words after which a moderator looks first.")
    silencing.silence(session, HOUSE, subject.row, str(Rule.OTHER), facts, "rules")
    silencing.flag_words(session, HOUSE, subject, event.why)


def open_suggestion(session: Session, event: EditSuggested | SuggestionReopened) -> None:
    """Another wording waits; of official words for that organization alone, and not here."""
    row = session.get_one(Suggestion, event.suggestion_id)
    post = session.scalars(
        select(Post).options(joinedload(Post.topic).joinedload(Topic.board)).where(Post.id == row.post_id)
    ).one()
    if post.capacity == "official":
        return
    board = post.topic.board
    subject = Subject(SUGGESTION, row.id, row.author_id, row, board.id, post.concerns_host, board.is_feedback)
    if isinstance(event, SuggestionReopened):
        open_again(session, Kind.SUGGESTION, subject, clock.now())
    else:
        open_case(session, Kind.SUGGESTION, subject, clock.now()).version += 1


def close_suggestion(session: Session, event: SuggestionAccepted | SuggestionDeclined | SuggestionWithdrawn) -> None:
    """It was decided, by whomever, or taken back."""
    outcome = {SuggestionAccepted: "decided", SuggestionDeclined: "kept"}.get(type(event), "withdrawn")
    _close(session, Kind.SUGGESTION, event.suggestion_id, outcome, getattr(event, "by_id", None))


def open_notice(session: Session, event: IllegalContentReported | IllegalReportReopened) -> None:
    """Somebody says that something is against the law: for moderators of the whole place, but not whom it is about."""
    row = session.get_one(IllegalReport, event.report_id)
    about = reported(session, row)
    author_id = about.author_id if about is not None else None
    concerns = about is not None and (about.concerns_host or about.is_feedback)
    subject = Subject(REPORT, row.id, author_id, row, None, concerns)
    (open_again if isinstance(event, IllegalReportReopened) else open_case)(session, Kind.NOTICE, subject, clock.now())


def close_notice(session: Session, event: IllegalReportAnswered) -> None:
    """It is answered."""
    row = session.get_one(IllegalReport, event.report_id)
    _close(session, Kind.NOTICE, row.id, "kept" if row.decision == "kept" else "decided", row.decided_by_id)


def _close(session: Session, kind: Kind, subject_id: int, outcome: str, by_id: int | None) -> None:
    case = _open_case(session, kind, subject_id)
    if case is not None:
        close_case(session, case, case.outcome or outcome, case.closed_by_id or by_id, clock.now())


def mend(session: Session, event: PostEdited) -> None:
    """Its author changed what members' flags had hidden."""
    hidden = select(Post.id).where(
        Post.id == event.post_id, Post.hidden_at.is_not(None), Post.author_id == event.editor_id
    )
    if session.scalar(hidden) is not None:
        session.flush()
        actions.mend(session, HOUSE, subjects.load(session, POST, event.post_id))
