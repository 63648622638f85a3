"""What a decision can do, each with its exact opposite: one table. `do` gives what `undo` needs, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import shorten
from typing import Any, Protocol

from sqlalchemy.orm import Session

from forum.accounts import actions as accounts
from forum.accounts.sanction_models import Sanction
from forum.core.errors import Refused
from forum.core.words import mark
from forum.moderation import spam_queries
from forum.moderation.spam import actions as spammers
from forum.moderation.spam_rules import SPAM, UNDO_FOR
from forum.moderation.subjects import ACCOUNT, HELD, POST, TOPIC, Subject
from forum.permissions import Act, Actor, require
from forum.posts import actions as posts
from forum.posts.actions.concerning import check_powers_over
from forum.posts.actions.releasing import LONGEST_WHY
from forum.posts.powers import SHARED, Ground
from forum.sanctions import actions as sanctions
from forum.sanctions import queries as members
from forum.sanctions.drafts import SanctionDraft, checked

Params = Mapping[str, Any]
Before = dict[str, Any]


class Asked(Protocol):
    """What is to be done, as far as operations ask."""

    @property
    def rule(self) -> str: ...
    @property
    def facts(self) -> str: ...
    @property
    def params(self) -> Params: ...


@dataclass(frozen=True)
class Operation:
    """`title`: on buttons and in the log; `told`: what whom it concerns is told; `upholds`: the flags were right.
    `check`: refuses what it could not do, before it is kept; `stands_apart`: has a form of its own; `tells_itself`: has
    a verb that tells whom it concerns; `simply`: for so long it is taken back without an objection (None: always). What
    `undo` gives, `do` finds as `params["again"]` should the undoing be undone."""

    title: str
    told: str
    on: frozenset[str]
    do: Callable[[Session, Actor, Subject, Params, Ground], Before]
    undo: Callable[[Session, Actor, Subject, Params, Before], Before | None]
    upholds: bool = True
    check: Callable[[Session, Actor, Subject, Asked], None] | None = None
    stands_apart: bool = False
    tells_itself: bool = False
    simply: timedelta | None = None


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
        posts.show_post(session, actor, subject.row, SHARED)


def _remove(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    posts.remove_post(session, actor, subject.row, ground)
    return {}


def _restore(session: Session, actor: Actor, subject: Subject, _params: Params, _before: Before) -> None:
    posts.restore_post(session, actor, subject.row, SHARED)


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
        posts.unlock(session, actor, subject.row, SHARED)
        closes_at = before["closes_at"]
        subject.row.closes_at = datetime.fromisoformat(closes_at) if closes_at else None
        subject.row.silent_days = before["silent_days"]


def _archive(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    before = {"was_archived": subject.row.archived_at is not None}
    posts.archive(session, actor, subject.row, ground)
    return before


def _unarchive(session: Session, actor: Actor, subject: Subject, _params: Params, before: Before) -> None:
    if not before["was_archived"]:
        posts.unarchive(session, actor, subject.row, SHARED)


def _release(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    posts.release(session, actor, subject.row, ground)
    return {}


def _take_release_back(session: Session, actor: Actor, subject: Subject, _params: Params, _before: Before) -> None:
    posts.undo_release(session, actor, subject.row, SHARED)


def _reject(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    posts.reject(session, actor, subject.row, shorten(ground.facts, LONGEST_WHY, placeholder=" …"), ground)
    return {}


def _take_rejection_back(session: Session, actor: Actor, subject: Subject, _params: Params, _before: Before) -> None:
    posts.undo_rejection(session, actor, subject.row, SHARED)


def _check_member(session: Session, actor: Actor, subject: Subject, _asked: Asked) -> None:
    require(actor, Act.SANCTION, members.member(session, subject.row))


def _check_sanction(session: Session, actor: Actor, subject: Subject, asked: Asked) -> None:
    _check_member(session, actor, subject, asked)
    checked(_sanction_of(asked.params, asked.rule, asked.facts))


def _sanction(session: Session, actor: Actor, subject: Subject, params: Params, ground: Ground) -> Before:
    if kept := params.get("again", {}).get("sanction"):
        row = sanctions.impose_again(session, actor, subject.row, kept, ground)
    else:
        row = sanctions.impose(session, actor, subject.row, _sanction_of(params, ground.rule, ground.facts), ground)
    return {"sanction": row.id, "until": row.until.isoformat() if row.until is not None else None}


def _take_sanction_back(session: Session, actor: Actor, subject: Subject, _params: Params, before: Before) -> Before:
    row = session.get(Sanction, before["sanction"], with_for_update=True)
    if row is None or row.account_id != subject.id:
        return {}
    return {"sanction": sanctions.revoke(session, actor, row, SHARED)}


def _sanction_of(params: Params, rule: str, facts: str) -> SanctionDraft:
    return SanctionDraft(params["kind"], rule, facts, params["duration"], params["right"], params["detected"])


def _clear(session: Session, actor: Actor, subject: Subject, _params: Params, ground: Ground) -> Before:
    check_powers_over(session, actor, subject.id, ground)
    return {"profile": accounts.empty_profile(session, actor, subject.row)}


def _refill(session: Session, actor: Actor, subject: Subject, _params: Params, before: Before) -> None:
    accounts.refill_profile(session, actor, subject.row, before["profile"])


def _check_spam(session: Session, actor: Actor, subject: Subject, _asked: Asked) -> None:
    require(actor, Act.REMOVE_SPAMMER, subject.row)
    if sentence := spam_queries.refusal(session, subject.row):
        raise Refused(sentence)


def _remove_spam(session: Session, actor: Actor, subject: Subject, params: Params, ground: Ground) -> Before:
    return {"removal": spammers.take(session, actor, subject.row, params, ground).id}


def _give_back(session: Session, actor: Actor, subject: Subject, _params: Params, before: Before) -> None:
    spammers.give(session, actor, subject.row, before["removal"])


class Done(Protocol):
    """What was decided, as far as taking it back asks."""

    @property
    def act(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def confirmed_at(self) -> datetime | None: ...


def is_simply_undone(decision: Done, now: datetime) -> bool:
    """Whether it is still taken back without an objection."""
    within = OPERATIONS[decision.act].simply
    return within is None or now - (decision.confirmed_at or decision.at) <= within


_A_POST, _A_TOPIC = frozenset({POST}), frozenset({TOPIC})
_HELD = frozenset({HELD})
KEEP = "keep"
HIDE = "hide"
SANCTION = "sanction"
CLEAR = "clear"
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
    "archive": Operation(
        mark("Freeze the topic"),
        mark("Your topic is kept as it is: no replies, no edits."),
        _A_TOPIC,
        _archive,
        _unarchive,
    ),
    "release": Operation(
        mark("Post it"), mark("What you wrote is posted."), _HELD, _release, _take_release_back, upholds=False
    ),
    "reject": Operation(
        mark("Do not post it"), mark("What you wrote was not posted."), _HELD, _reject, _take_rejection_back
    ),
    SANCTION: Operation(
        mark("A sanction"),
        mark("The moderators decided something of your account."),
        frozenset({ACCOUNT}),
        _sanction,
        _take_sanction_back,
        check=_check_sanction,
        stands_apart=True,
        tells_itself=True,
    ),
    CLEAR: Operation(
        mark("Empty the profile"),
        mark("What your profile said was taken away."),
        frozenset({ACCOUNT}),
        _clear,
        _refill,
        check=_check_member,
    ),
    SPAM: Operation(
        mark("Remove as spam"),
        mark("Everything of your account was removed as spam, and it is suspended."),
        frozenset({ACCOUNT}),
        _remove_spam,
        _give_back,
        check=_check_spam,
        stands_apart=True,
        simply=UNDO_FOR,
    ),
}
