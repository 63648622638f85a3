"""The verbs of watched words; whose words wait, and what becomes of them, is said in `posts/actions`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.holds.drafts import WordDraft, checked_word
from forum.holds.events import WatchedWordsChanged
from forum.holds.models import HeldPost, NewLink, WatchedWord
from forum.holds.naming import naming
from forum.holds.queries import LATELY
from forum.holds.words import MOST, Action, Watched, fold
from forum.permissions import Act, Actor, require
from forum.site.actions.noting import note_change, note_deed

KEPT = 90
"""Days for which closed rows are kept."""


def add_word(session: Session, actor: Actor, draft: WordDraft) -> WatchedWord:
    """Watch for a word from now on."""
    require(actor, Act.ADMINISTER)
    watched = wanted_word(session, actor, draft)
    if (session.scalar(select(func.count()).select_from(WatchedWord)) or 0) >= MOST:
        raise Invalid(_("There is room for %(n)s words. Take some away first.", n=MOST), "pattern")
    _check_new(session, watched)
    row = WatchedWord(
        pattern=watched.pattern,
        action=str(watched.action),
        board_id=watched.board_id,
        in_links=watched.in_links,
        instead=watched.instead,
        added_by_id=actor.account_id,
        added_at=clock.now(),
    )
    session.add(row)
    session.flush()
    note_deed(session, actor, "word", row.id, "created", after=_said(session, watched))
    emit(session, WatchedWordsChanged(actor.account_id))
    return row


def change_word(session: Session, actor: Actor, row: WatchedWord, draft: WordDraft) -> None:
    """Let a watched word be another, do something else, or be watched for elsewhere."""
    require(actor, Act.ADMINISTER)
    _check_alone(session, actor, row.watched())
    watched, before = wanted_word(session, actor, draft), _said(session, row.watched())
    _check_new(session, watched, besides=row.id)
    row.pattern, row.action, row.board_id = watched.pattern, str(watched.action), watched.board_id
    row.in_links, row.instead = watched.in_links, watched.instead
    session.flush()
    note_change(session, actor, "word", row.id, str(before["called"]), before=before, after=_said(session, watched))
    emit(session, WatchedWordsChanged(actor.account_id))


def wanted_word(session: Session, actor: Actor, draft: WordDraft) -> Watched:
    """A word as the matcher takes it; raises Invalid, also for a tag that is not there, and for one that would touch
    what is about the host, of one of its people."""
    require(actor, Act.ADMINISTER)
    watched = checked_word(draft)
    _check_alone(session, actor, watched)
    if watched.action is Action.TAG and not boards.known_tags(session, {watched.instead}):
        raise Invalid(_("There is no tag “%(tag)s”.", tag=watched.instead), "instead")
    return watched


def _check_new(session: Session, watched: Watched, besides: int = 0) -> None:
    there = session.scalars(select(WatchedWord).where(WatchedWord.action == watched.action, WatchedWord.id != besides))
    if any(fold(row.pattern) == fold(watched.pattern) and row.board_id == watched.board_id for row in there):
        raise Invalid(_("That word does this already."), "pattern")


def _check_alone(session: Session, actor: Actor, watched: Watched) -> None:
    """The organization neither blackens nor stops alone what is said of it."""
    belonging = actor.belonging
    if actor.is_house or belonging is None or not belonging.is_host:
        return
    known = naming(session)
    board = session.get(Board, watched.board_id) if watched.board_id is not None else None
    if (board is not None and board.is_feedback) or (known is not None and known.is_hit_by(watched)):
        raise Invalid(
            _(
                "This would touch what people say of %(name)s: its name, one of its people, or a board for what people "
                "think of it. An administrator who does not belong to it can watch for it.",
                name=belonging.organization,
            ),
            "pattern",
        )


def remove_word(session: Session, actor: Actor, row: WatchedWord) -> None:
    """Watch for it no more."""
    require(actor, Act.ADMINISTER)
    note_deed(session, actor, "word", row.id, "deleted", before=_said(session, row.watched()))
    session.delete(row)
    emit(session, WatchedWordsChanged(actor.account_id))


def note_links(session: Session, account_id: int, hosts: Sequence[str], now: datetime) -> None:
    """Remember what somebody who is new linked to."""
    rows = [{"host": host, "account_id": account_id, "at": now} for host in hosts]
    if rows:
        upsert(session, NewLink.__table__, rows, key=["host", "account_id"], update=["at"])  # type: ignore[arg-type]


def forget_decided(session: Session, actor: Actor, kept: timedelta, now: datetime) -> None:
    """Closed rows that are older than `kept`, and what newcomers linked to before lately. For the worker."""
    require(actor, Act.KEEP_TIME)
    old = HeldPost.closed_at.is_not(None), HeldPost.closed_at < now - kept
    session.execute(delete(HeldPost).where(*old).execution_options(synchronize_session=False))
    passed = NewLink.at < now - LATELY
    session.execute(delete(NewLink).where(passed).execution_options(synchronize_session=False))


def _said(session: Session, watched: Watched) -> dict[str, object]:
    board = session.get(Board, watched.board_id) if watched.board_id is not None else None
    return {
        "called": watched.pattern,
        "does": str(watched.action),
        "board": board.name if board is not None else "",
        "in_links": watched.in_links,
        "instead": watched.instead,
    }
