"""What a decision can do, each with its exact opposite: one table. `do` gives what `undo` needs, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any

from sqlalchemy.orm import Session

from forum.core.words import mark
from forum.moderation.subjects import ACCOUNT, HELD, POST, TOPIC, Subject
from forum.permissions import Actor
from forum.posts import actions as posts
from forum.posts.actions.releasing import LONGEST_WHY
from forum.posts.powers import Ground

Params = Mapping[str, Any]
Before = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """`title`: on buttons and in the log; `told`: what whom it concerns is told; `upholds`: the flags were right."""

    title: str
    told: str
    on: frozenset[str]
    do: Callable[[Session, Actor, Subject, Params, Ground], Before]
    undo: Callable[[Session, Actor, Subject, Params, Before], None]
    upholds: bool = True


def _nothing(_session: Session, _actor: Actor, _subject: Subject, _params: Params, _ground: Ground) -> Before:
    return {}


def _nothing_back(_session: Session, _actor: Actor, _subject: Subject, _params: Params, _before: Before) -> None:
    return None


def _hide(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    """Where members' flags hid it, it stays so."""
    before = {"was_hidden": subject.row.hidden_at is not None}
    if not before["was_hidden"]:
        posts.hide_post(session, actor, subject.row, ground)
    return before


def _show(session: Session, actor: Actor, subject: Subject, _params: Params, before: Before) -> None:
    if not before.get("was_hidden") and subject.row.hidden_at is not None:
        posts.show_post(session, actor, subject.row)


def _remove(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    posts.remove_post(session, actor, subject.row, ground)
    return {}


def _restore(session: Session, actor: Actor, subject: Subject, _params: Params, _before: Before) -> None:
    posts.restore_post(session, actor, subject.row)


def _lock(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    topic = subject.row
    before = {
        "was_locked": topic.locked_at is not None,
        "closes_at": topic.closes_at.isoformat() if topic.closes_at is not None else None,
        "silent_days": topic.silent_days,
    }
    posts.lock(session, actor, topic, ground)
    return before


def _unlock(session: Session, actor: Actor, subject: Subject, _params: Params, before: Before) -> None:
    if not before["was_locked"]:
        posts.unlock(session, actor, subject.row, Ground("", shared=True))
        closes_at = before["closes_at"]
        subject.row.closes_at = datetime.fromisoformat(closes_at) if closes_at else None
        subject.row.silent_days = before["silent_days"]


def _archive(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    before = {"was_archived": subject.row.archived_at is not None}
    posts.archive(session, actor, subject.row, ground)
    return before


def _unarchive(session: Session, actor: Actor, subject: Subject, _params: Params, before: Before) -> None:
    if not before["was_archived"]:
        posts.unarchive(session, actor, subject.row, Ground("", shared=True))


def _release(session: Session, actor: Actor, subject: Subject, _params: Params, _ground: Ground) -> Before:
    posts.release(session, actor, subject.row)
    return {}


def _take_release_back(session: Session, actor: Actor, subject: Subject, _params: Params, _before: Before) -> None:
    posts.undo_release(session, actor, subject.row)


def _reject(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    posts.reject(session, actor, subject.row, shorten(ground.facts, LONGEST_WHY, placeholder=" …"))
    return {}


def _take_rejection_back(session: Session, actor: Actor, subject: Subject, _params: Params, _before: Before) -> None:
    posts.undo_rejection(session, actor, subject.row)


_A_POST, _A_TOPIC = frozenset({POST}), frozenset({TOPIC})
_HELD = frozenset({HELD})
KEEP = "keep"
HIDE = "hide"
OPERATIONS: Mapping[str, Operation] = {
    KEEP: Operation(
        mark("Leave it as it is"),
        mark("Nothing was changed."),
        frozenset({POST, TOPIC, ACCOUNT}),
        _nothing,
        _nothing_back,
        upholds=False,
    ),
    HIDE: Operation(mark("Hide it"), mark("What you wrote is hidden from the others."), _A_POST, _hide, _show),
    "remove": Operation(mark("Remove it"), mark("What you wrote was removed."), _A_POST, _remove, _restore),
    "lock": Operation(mark("End the replies"), mark("Your topic takes no more replies."), _A_TOPIC, _lock, _unlock),
    "archive": Operation(mark("Freeze the topic"), mark("Your topic stays as it is."), _A_TOPIC, _archive, _unarchive),
    "release": Operation(
        mark("Post it"), mark("What you wrote is posted."), _HELD, _release, _take_release_back, upholds=False
    ),
    "reject": Operation(
        mark("Do not post it"), mark("What you wrote was not posted."), _HELD, _reject, _take_rejection_back
    ),
}
