"""Somebody writes no more until a moderator has looked: by itself, after flags of three members or a watched word."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.actions.membership import is_here
from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.accounts.sanctioned import in_force
from forum.core import clock
from forum.core.words import gettext as _
from forum.moderation.actions.opening import open_case
from forum.moderation.cases import Kind
from forum.moderation.models import Case, Flag
from forum.moderation.subjects import HELD, POST, Subject
from forum.permissions import HOUSE, Act, Actor, require
from forum.permissions import Kind as Sort
from forum.sanctions import actions as sanctions
from forum.sanctions import queries as members
from forum.sanctions.drafts import SanctionDraft
from forum.site.rules import Rule

DAYS = "7"
"""After which it ends, should nobody look."""
# Not read only: what flags hid, its author may still mend.
RIGHTS = ("start", "reply")


def flag_words(session: Session, actor: Actor, subject: Subject, why: str, held: str = "") -> None:
    """Watched words (`why`) stand in `subject` (locked), or it was edited so that it would have waited (`held`):
    moderators look at it, though nobody flagged it."""
    require(actor, Act.FLAG, subject)
    now = clock.now()
    case = open_case(session, Kind.FLAGGED, subject, now)
    said = [_("Watched words: %(words)s", words=why)] if why else []
    said += [_("Edited. A new post would have waited: %(reasons)s", reasons=held)] if held else []
    words = " · ".join(said)
    same = (Flag.case_id == case.id, Flag.by_id.is_(None), Flag.verdict == "", Flag.words == words)
    if session.scalar(select(Flag.id).where(*same).limit(1)) is not None:
        return
    session.add(
        Flag(
            case_id=case.id,
            subject_kind=subject.kind,
            subject_id=subject.id,
            at=now,
            rule=str(Rule.OTHER),
            words=words,
            weight=0.0,
        )
    )
    case.version += 1
    if subject.kind == POST:
        subject.row.flag_count += 1
    session.flush()


def silence(session: Session, actor: Actor, account: Account, rule: str, facts: str, detected: str) -> None:
    """They begin no topics and answer nothing until a moderator has looked, a week at most. For the house."""
    require(actor, Act.SANCTION, member := members.member(session, account))
    if member.is_in_office or not is_here(account):
        return
    there = {row.right for row in _silences(session, account.id)}
    for right in RIGHTS:
        if right not in there:
            draft = SanctionDraft(Sort.WITHDRAWN, rule, facts, DAYS, right, detected, automated=True)
            sanctions.impose(session, actor, account, draft)


def end_silence(session: Session, subject: Subject, case: Case | None) -> list[int]:
    """A moderator has looked, and all is well, unless something else of the same author still waits: what
    `silence_again` needs."""
    if subject.author_id is None or (subject.kind != HELD and _waits(session, subject.author_id, case)):
        return []
    ended = _silences(session, subject.author_id)
    for row in ended:
        sanctions.lift(session, HOUSE, row, _("A moderator looked at it, and all is well."))
    return [row.id for row in ended]


def silence_again(session: Session, ids: list[int]) -> None:
    """The opposite of `end_silence`."""
    for row in session.scalars(select(Sanction).where(Sanction.id.in_(ids)).order_by(Sanction.id)).all():
        if row.lifted_at is not None:
            sanctions.hold_again(session, HOUSE, row)


def _silences(session: Session, account_id: int) -> list[Sanction]:
    mine = (Sanction.account_id == account_id, Sanction.kind == Sort.WITHDRAWN, Sanction.role == "house")
    asked = select(Sanction).where(*mine, Sanction.automated, Sanction.right.in_(RIGHTS), in_force(clock.now()))
    return list(session.scalars(asked.order_by(Sanction.id)))


def _waits(session: Session, account_id: int, but: Case | None) -> bool:
    mine = (Case.account_id == account_id, Case.kind == str(Kind.FLAGGED), Case.closed_at.is_(None))
    counted = select(func.count()).where(*mine, Case.id != (but.id if but is not None else 0))
    return bool(session.scalar(counted))
