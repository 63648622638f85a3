"""Reads of watched words, of what newcomers link to, and of how long moderators take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.holds.models import HeldPost, NewLink, WatchedWord
from forum.holds.words import Action, Matcher, Watched, matcher
from forum.permissions import Act, Actor, require

LATELY = timedelta(hours=24)
MEASURED = 30
FEWEST = 5


def matcher_of(session: Session) -> Matcher:
    """What finds the watched words of the place, made once as long as they are the same."""
    rows = session.execute(
        select(
            WatchedWord.pattern, WatchedWord.action, WatchedWord.board_id, WatchedWord.in_links, WatchedWord.instead
        ).order_by(WatchedWord.id)
    )
    return matcher(
        tuple(Watched(row.pattern, Action(row.action), row.board_id, row.in_links, row.instead) for row in rows)
    )


def watched_words(session: Session, actor: Actor) -> Sequence[WatchedWord]:
    """All of them with board and who added them, by what they do and in alphabetical order."""
    require(actor, Act.ADMINISTER)
    rows = select(WatchedWord).options(joinedload(WatchedWord.board), joinedload(WatchedWord.added_by))
    return session.scalars(rows.order_by(WatchedWord.action, func.lower(WatchedWord.pattern), WatchedWord.id)).all()


def watched_word(session: Session, actor: Actor, word_id: int) -> WatchedWord:
    """One of them; NotFound where it is gone."""
    require(actor, Act.ADMINISTER)
    found = session.get(WatchedWord, word_id)
    if found is None:
        raise NotFound
    return found


def boards_to_watch(session: Session, actor: Actor) -> Sequence[tuple[int, str]]:
    """Id and name of the boards on which a word can be watched for alone."""
    require(actor, Act.ADMINISTER)
    rows = select(Board.id, Board.name).where(Board.archived_at.is_(None)).order_by(func.lower(Board.name), Board.id)
    return [(row.id, row.name) for row in session.execute(rows)]


def shared_hosts(session: Session, hosts: Sequence[str], account_id: int, fewest: int, now: datetime) -> list[str]:
    """Which of the hosts `fewest` newcomers, the account among them, have linked to lately."""
    if not hosts or not fewest:
        return []
    others = (
        select(NewLink.host)
        .where(NewLink.host.in_(hosts), NewLink.at > now - LATELY, NewLink.account_id != account_id)
        .group_by(NewLink.host)
        .having(func.count() >= fewest - 1)
    )
    return sorted(session.scalars(others))


@dataclass(frozen=True)
class UsualTime:
    """How long it took until the last ones were decided: the median, of how many."""

    time: timedelta
    count: int

    @property
    def is_measured(self) -> bool:
        """There are enough to say so."""
        return self.count >= FEWEST


def usual_time(session: Session) -> UsualTime:
    """Of the last ones that a moderator decided."""
    decided = (
        select(HeldPost.opened_at, HeldPost.closed_at)
        .where(HeldPost.state.in_(("released", "rejected")), HeldPost.closed_at.is_not(None))
        .order_by(HeldPost.closed_at.desc())
        .limit(MEASURED)
    )
    times = [(row.closed_at - row.opened_at).total_seconds() for row in session.execute(decided)]
    return UsualTime(timedelta(seconds=median(times)) if times else timedelta(), len(times))
