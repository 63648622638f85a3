"""What a scorecard is reckoned from, as it stood at an instant: a fixed number of questions, and a few for each board.

Two things have no history and are counted as they stand now, however far back the instant is: whether a pin was taken
down early, and by which other statement an official one was superseded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.boards.reach import public
from forum.conversations.models import MessageReport
from forum.organization.counts import SPAN
from forum.organization.models import CharterVersion, Decision, Organization
from forum.posts.guard_models import Override
from forum.posts.models import Post, Topic
from forum.scorecard import lines
from forum.scorecard.elsewhere import elsewhere
from forum.scorecard.limits import bounded
from forum.scorecard.lines import Plain
from forum.scorecard.reckoning import Kept, OfBoard, Part, is_shown, parts
from forum.statements.models import Statement
from forum.statements.queries import pledge_counts
from forum.stewardship import queries as stewardship
from forum.stewardship.facts import Facts
from forum.stewardship.queries import Uncounted


def reckoned(session: Session, at: datetime, uncounted: Uncounted | None) -> Sequence[Part]:
    """All parts of the scorecard as of an instant, over the boards that every member may see. Writes nothing."""
    rows = session.scalars(select(Board).where(public()).order_by(Board.name, Board.id)).all()
    ids = [board.id for board in rows]
    everything = stewardship.facts(session, ids, at, uncounted)
    alone = _by_board(everything, _boards_of_topics(session, ids, at), ids)
    kept, charter = _kept(session, ids, at), everything.charter.at(at)
    found = []
    for board in rows:
        if board.created_at >= at and not alone[board.id].posts:
            continue  # it was not there yet
        position = stewardship.position(session, board.id, at)
        found.append(
            OfBoard(
                board.id,
                board.slug,
                board.name,
                board.kind == "announcement",
                position,
                bounded(position, charter.limits(position.stage, board.id), at),
                alone[board.id],
                kept[board.id],
                list(elsewhere(session, at, board.id, uncounted)) if is_shown(alone[board.id]) else (),
            )
        )
    whole = [*_reports(session, at), *elsewhere(session, at, None, uncounted)]
    return parts(everything, found, whole, _changes(session, at))


# ── a board at a time ─────────────────────────────────────────────────────────────────────────────────────────────────


def _boards_of_topics(session: Session, ids: Sequence[int], at: datetime) -> Mapping[int, int]:
    """Topic → board, of all topics in which something was written within the facts' 56 days."""
    written = select(Post.topic_id).where(Post.created_at >= at - 2 * SPAN, Post.created_at < at)
    rows = session.execute(select(Topic.id, Topic.board_id).where(Topic.board_id.in_(ids), Topic.id.in_(written)))
    return {row[0]: row[1] for row in rows}


def _by_board(everything: Facts, boards: Mapping[int, int], ids: Sequence[int]) -> Mapping[int, Facts]:
    """The same facts, each board's apart."""
    topics: dict[int, dict[int, Any]] = defaultdict(dict)
    posts: dict[int, list[Any]] = defaultdict(list)
    kept: dict[int, list[Any]] = defaultdict(list)
    for topic in everything.topics.values():
        topics[boards[topic.id]][topic.id] = topic
    for post in everything.posts:
        posts[boards[post.topic_id]].append(post)
    for post in everything.housekeeping:
        kept[boards[post.topic_id]].append(post)
    return {id_: replace(everything, topics=topics[id_], posts=posts[id_], housekeeping=kept[id_]) for id_ in ids}


# ── what is kept in other rows ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Window:
    """The 28 days before an instant, on some boards."""

    ids: Sequence[int]
    at: datetime

    def holds(self, moment: Any) -> Any:
        """SQL: within them."""
        return and_(moment >= self.at - SPAN, moment < self.at)

    def was_there(self, gone_at: Any) -> Any:
        """SQL: not taken away yet at the instant."""
        return or_(gone_at.is_(None), gone_at >= self.at)

    def counted(self, session: Session, *where: Any) -> Mapping[int, int]:
        """Board → how many of its posts are so."""
        return _numbers(
            session,
            select(Topic.board_id, func.count())
            .select_from(Post)
            .join(Topic, Topic.id == Post.topic_id)
            .where(Topic.board_id.in_(self.ids), *where)
            .group_by(Topic.board_id),
        )


def _numbers(session: Session, asked: Select[int, int]) -> Mapping[int, int]:
    return {row[0]: row[1] for row in session.execute(asked)}


def _kept(session: Session, ids: Sequence[int], at: datetime) -> Mapping[int, Kept]:
    within, today = _Window(ids, at), at.date()
    overrides, overridden = _overridden(session, within)
    words = Post.action == ""
    others = or_(Post.deleted_by_id.is_(None), Post.author_id.is_(None), Post.deleted_by_id != Post.author_id)
    removed = within.counted(session, words, within.holds(Post.deleted_at), others)
    held = within.counted(session, words, within.holds(Post.hidden_at))
    urgent = within.counted(session, Post.action == "urgent", within.holds(Post.created_at))
    official = _official(session, within)
    overdue = _official(session, within, Statement.review_on <= today)
    pins = _numbers(
        session,
        select(Topic.board_id, func.count())
        .where(Topic.board_id.in_(ids), Topic.pinned_as != "", within.was_there(Topic.deleted_at))
        .where(Topic.pinned_at < at, Topic.pinned_until > at)
        .group_by(Topic.board_id),
    )
    return {
        id_: Kept(
            dict(overrides.get(id_, {})),
            overridden.get(id_, 0),
            pledge_counts(session, [id_], (at - SPAN).date(), at),
            official.get(id_, 0),
            overdue.get(id_, 0),
            urgent.get(id_, 0),
            pins.get(id_, 0),
            removed.get(id_, 0),
            held.get(id_, 0),
        )
        for id_ in ids
    }


def _overridden(
    session: Session, within: _Window
) -> tuple[Mapping[int, Mapping[tuple[str, str], int]], Mapping[int, int]]:
    """Board → (rule, reason) → so many; board → in so many posts. One counts where it was posted, wherever its topic is
    now, and when the post is gone."""
    counts: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    posts: dict[int, set[int]] = defaultdict(set)
    rows = session.execute(
        select(Override.board_id, Override.rule, Override.reason, Override.post_id, Override.id).where(
            Override.board_id.in_(within.ids), within.holds(Override.at)
        )
    )
    for board_id, rule, reason, post_id, id_ in rows:
        counts[board_id][rule, reason] += 1
        posts[board_id].add(post_id or -id_)
    return counts, {board_id: len(found) for board_id, found in posts.items()}


def _official(session: Session, within: _Window, *where: Any) -> Mapping[int, int]:
    """Board → how many official answers are in force."""
    return _numbers(
        session,
        select(Topic.board_id, func.count())
        .select_from(Statement)
        .join(Post, Post.id == Statement.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(
            Topic.board_id.in_(within.ids), *map(within.was_there, (Topic.deleted_at, Post.deleted_at, Post.hidden_at))
        )
        .where(Statement.superseded_by_id.is_(None), Post.created_at < within.at, *where)
        .group_by(Topic.board_id),
    )


# ── what concerns no single board ─────────────────────────────────────────────────────────────────────────────────────


def _reports(session: Session, at: datetime) -> Sequence[lines.Line]:
    """Private messages that were shown to the moderators, and how many of those were seen to."""
    within = _Window((), at)
    reported = session.scalar(select(func.count(MessageReport.id)).where(within.holds(MessageReport.created_at)))
    closed = session.scalar(select(func.count(MessageReport.id)).where(within.holds(MessageReport.closed_at)))
    return [lines.count("reports_made", reported or 0), lines.count("reports_closed", closed or 0)]


def _changes(session: Session, at: datetime) -> Plain:
    """Versions of the host's charter and decisions of the period: numbers and days, nobody's words."""
    within = _Window((), at)
    versions = session.execute(
        select(CharterVersion.number, CharterVersion.saved_at, Decision.number)
        .join(Organization, Organization.id == CharterVersion.organization_id)
        .outerjoin(Decision, Decision.id == CharterVersion.decision_id)
        .where(Organization.is_host, within.holds(CharterVersion.saved_at))
        .order_by(CharterVersion.number)
    )
    decisions = session.execute(
        select(Decision.number, Decision.entered_at, Decision.about)
        .join(Organization, Organization.id == Decision.organization_id)
        .where(Organization.is_host, within.holds(Decision.entered_at))
        .order_by(Decision.number)
    )
    return {
        "charter": [
            {"version": number, "saved_on": saved_at.date().isoformat(), "decision": decision}
            for number, saved_at, decision in versions
        ],
        "decisions": [
            {"number": number, "entered_on": entered_at.date().isoformat(), "about": about}
            for number, entered_at, about in decisions
        ],
    }
