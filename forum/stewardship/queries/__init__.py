"""Fetches what the measures count: what is *countable*, as it stood at an instant (`organization.md` §1).

That is what `posts/countable.py` says, on boards that every member may see. `uncounted` selects further posts to leave
out: those of archives that do not say who was staff.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from itertools import count, dropwhile, takewhile

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from forum.boards.models import Board
from forum.boards.reach import public
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.organization.counts import SPAN
from forum.organization.models import BoardSummary
from forum.organization.overriding import Reason
from forum.organization.queries.chartering import REMEMBERED, charter_history
from forum.organization.stages import BEGINNING, Position, Stage
from forum.organization.verdicts import RuleId
from forum.posts.countable import is_meant, meant, still_counts
from forum.posts.guard_models import Override
from forum.posts.models import Post, Topic
from forum.stewardship.facts import By, Facts, Gone, Month, PostFact, TopicFact, Urgent
from forum.stewardship.models import StageEvaluation
from forum.stewardship.monthly import Written

Uncounted = Select[int]
BATCH = 5000
URGENT, NOT_URGENT = "urgent", "not urgent"
"""What the notes say in a topic that somebody called urgent, and that is not any more."""


def public_boards(session: Session, slug: str = "") -> Sequence[int]:
    """The boards that every member may see, or the one of them with this slug; NotFound where there is none."""
    boards = select(Board.id).where(public())
    found = session.scalars(boards.where(Board.slug == slug) if slug else boards).all()
    if slug and not found:
        raise NotFound(_("There is no board “%(slug)s” that every member may see.", slug=slug))
    return found


def boards(session: Session) -> Sequence[int]:
    """All of them."""
    return session.scalars(select(Board.id).order_by(Board.id)).all()


def was_measured(session: Session, board_id: int) -> bool:
    """Whether the state of a board was ever compared with its posts."""
    return session.scalar(select(BoardSummary.measured_at).where(BoardSummary.board_id == board_id)) is not None


# ── stages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def position(session: Session, board_id: int, at: datetime | None = None) -> Position:
    """Where a board stands, or stood at an instant."""
    then = [StageEvaluation.at <= at] if at is not None else []
    row = session.scalars(
        select(StageEvaluation)
        .where(StageEvaluation.board_id == board_id, *then)
        .order_by(StageEvaluation.at.desc())
        .limit(1)
    ).first()
    if row is None:
        return BEGINNING
    promoted = session.get(StageEvaluation, (board_id, row.since)) if row.since is not None else None
    voice = Fraction(promoted.staff_posts, promoted.posts) if promoted is not None and promoted.posts else None
    return Position(Stage(row.stage), row.since, row.in_a_row, voice)


def months_to_evaluate(
    session: Session, board_id: int, now: datetime, uncounted: Uncounted | None = None
) -> Sequence[datetime]:
    """The firsts of months, 00:00 UTC, from the first that was not evaluated yet to the last before `now`."""
    began = session.scalar(
        select(func.min(Post.created_at))
        .join(Topic, Topic.id == Post.topic_id)
        .where(*_published([board_id], now, uncounted))
    )
    if began is None:
        return []
    known = set(session.scalars(select(StageEvaluation.at).where(StageEvaluation.board_id == board_id)))
    firsts = list(takewhile(lambda first: first <= now, _firsts_after(began)))
    return list(dropwhile(known.__contains__, firsts))


def _firsts_after(instant: datetime) -> Iterator[datetime]:
    month = instant.year * 12 + instant.month
    return (datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC) for month in count(month))


def _months(session: Session, boards: Sequence[int], at: datetime) -> Mapping[int, Sequence[Month]]:
    """Board id → its evaluations until an instant, the earliest first."""
    found: dict[int, list[Month]] = defaultdict(list)
    row = StageEvaluation
    rows = session.execute(
        select(row.board_id, row.at, row.stage, row.staff_first, row.first_replied)
        .where(row.board_id.in_(boards), row.at <= at)
        .order_by(row.at)
    )
    for board_id, month, stage, first, replied in rows:
        found[board_id].append(Month(month, Stage(stage), first, replied))
    return found


# ── facts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def facts(session: Session, boards: Sequence[int], at: datetime, uncounted: Uncounted | None = None) -> Facts:
    """Topics and posts since 56 days before `at`, as they stood then. Four questions, however large."""
    since, aside = at - 2 * SPAN, _Aside()
    posts = sorted(
        _posts(session, boards, since, at, uncounted, aside), key=lambda post: (post.at, post.topic_id, post.number)
    )
    return Facts(
        at,
        {topic.id: topic for topic in _topics(session, boards, since, at, uncounted, aside)},
        posts,
        _months(session, boards, at),
        aside.gone,
        charter_history(session, at, REMEMBERED),
        aside.housekeeping,
    )


@dataclass
class _Aside:
    """What counts for nothing and is known all the same: replies of peers that were taken away, what the organization
    wrote to moderate, and the notes that say when a topic was urgent."""

    gone: dict[int, list[Gone]] = field(default_factory=lambda: defaultdict(list))
    housekeeping: list[PostFact] = field(default_factory=list)
    notes: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))

    def urgent(self, topic: Topic, at: datetime) -> Sequence[Urgent]:
        """When a topic was urgent, as its notes tell; of an archive, which has none, as its row does."""
        found, begun = list[Urgent](), None
        for note in sorted(self.notes.get(topic.id, ()), key=lambda note: note.number):
            if note.action == URGENT:
                begun = begun or note
            elif begun is not None:
                found.append(Urgent(begun.created_at, note.created_at, begun.author_id))
                begun = None
        if begun is not None:
            found.append(Urgent(begun.created_at, by_id=begun.author_id))
        elif topic.urgent_at is not None and topic.urgent_at < at and not found:
            found.append(Urgent(topic.urgent_at, by_id=topic.urgent_by_id))
        return found


def written(
    session: Session, boards: Sequence[int], at: datetime, uncounted: Uncounted | None = None
) -> Iterator[Written]:
    """Every post before `at` that stands, hidden ones included, topic by topic; memory stays flat."""
    rows = session.execute(
        select(
            Post.topic_id,
            Topic.created_at,
            Topic.author_id,
            Post.number,
            Post.created_at,
            Post.author_id,
            Post.organization_id.is_not(None),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .where(*_published(boards, at, uncounted), Post.deleted_at.is_(None), Topic.deleted_at.is_(None))
        .order_by(Post.topic_id, Post.number)
        .execution_options(yield_per=BATCH)
    )
    return (Written(*row[:-1], bool(row[-1])) for row in rows)


def _published(
    boards: Sequence[int], at: datetime, uncounted: Uncounted | None, notes: Sequence[str] = ()
) -> list[ColumnElement[bool]]:
    """SQL: words that somebody wrote on these boards before an instant; with such notes of what happened."""
    where = [Topic.board_id.in_(boards), Post.action.in_(("", *notes)), Post.created_at < at]
    return where if uncounted is None else [*where, Post.id.not_in(uncounted)]


def _topics(
    session: Session, boards: Sequence[int], since: datetime, at: datetime, uncounted: Uncounted | None, aside: _Aside
) -> Iterator[TopicFact]:
    earlier = aliased(Post)
    before = exists().where(
        earlier.author_id == Topic.author_id, earlier.created_at < Topic.created_at, earlier.action == ""
    )
    answered_first = or_(Board.peer_first, func.coalesce(Board.peer_first_ends_at > Topic.created_at, false()))
    rows = session.execute(
        select(Topic, Post, answered_first, Board.time_zone, before)
        .join(Post, (Post.topic_id == Topic.id) & (Post.number == 1))
        .join(Board, Board.id == Topic.board_id)
        .where(*_published(boards, at, uncounted), meant(), Topic.created_at >= since)
    )
    for topic, opening, peer_first, zone, wrote_before in rows:
        if still_counts(topic, opening, at):
            yield TopicFact(
                topic.id,
                topic.author_id,
                topic.created_at,
                By(opening.affiliation_kind),
                peer_first=bool(peer_first),
                wants_organization=topic.wants_org,
                merged_away=topic.duplicate_of_id is not None,
                urgent=aside.urgent(topic, at),
                is_first=not wrote_before,
                board_id=topic.board_id,
                zone=zone,
                waived_at=topic.waived_at,
                taken_at=topic.taken_at,
            )


def _posts(
    session: Session,
    boards: Sequence[int],
    since: datetime,
    at: datetime,
    uncounted: Uncounted | None,
    aside: _Aside,
) -> Iterator[PostFact]:
    """What counts. Of the rest goes to `aside` what is known all the same."""
    answered, opening = aliased(Post), aliased(Post)
    with_reason = exists().where(
        Override.post_id == Post.id, or_(Override.rule == str(RuleId.PEER_FIRST), Override.reason == Reason.WRONG_INFO)
    )
    rows = session.execute(
        select(Post, Topic, answered, opening.affiliation_kind, and_(Post.affiliation_kind != "", with_reason))
        .join(Topic, Topic.id == Post.topic_id)
        .outerjoin(answered, (answered.topic_id == Post.topic_id) & (answered.number == Post.reply_to_number))
        .outerjoin(opening, (opening.topic_id == Post.topic_id) & (opening.number == 1))
        .where(*_published(boards, at, uncounted, notes=(URGENT, NOT_URGENT)), Post.created_at >= since)
    )
    for post, topic, replied_to, opened_as, is_overridden in rows:
        to: Post | None = replied_to  # joined from outside: nobody need be answered
        if post.action:
            aside.notes[topic.id].append(post)
        elif still_counts(topic, post, at):
            fact = PostFact(
                topic.id,
                post.number,
                post.author_id,
                post.created_at,
                By(post.affiliation_kind),
                post.intent,
                post.words,
                to.author_id if to is not None else topic.author_id,
                bool(to.affiliation_kind if to is not None else opened_as),
                bool(is_overridden),
            )
            if is_meant(post):
                yield fact
            else:
                aside.housekeeping.append(fact)
        elif not post.affiliation_kind and post.author_id != topic.author_id and (until := _gone_at(post)) is not None:
            aside.gone[topic.id].append(Gone(post.created_at, until))


def _gone_at(post: Post) -> datetime | None:
    """When a reply was taken away; None where nobody ever saw it, or its topic went."""
    ends = [end for end in (post.deleted_at, post.hidden_at) if end is not None and end > post.created_at]
    return min(ends, default=None)
