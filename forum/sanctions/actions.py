"""Imposing a sanction and taking it back, ending it early, saying that one read a warning; noting something of a
member. Ends come by the clock: no verb is needed for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.actions.membership import is_here
from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.accounts.sanctioned import in_force
from forum.core import clock
from forum.core.db.keeping import Kept, columns_of, set_columns
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.lines import many_lines, one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Kind, require
from forum.posts.actions.concerning import check_powers_over
from forum.posts.powers import ALONE, Ground
from forum.sanctions import queries
from forum.sanctions.drafts import LONGEST_NOTE, LONGEST_REASON, SanctionDraft, checked
from forum.sanctions.events import (
    MemberNoted,
    SanctionImposed,
    SanctionLifted,
    SanctionOver,
    SanctionRevoked,
    WarningRead,
)
from forum.sanctions.models import MemberNote
from forum.site.actions import note_deed


def impose(session: Session, actor: Actor, account: Account, draft: SanctionDraft, ground: Ground = ALONE) -> Sanction:
    """Warn a member, withdraw a right, let them read only, or suspend them. `revoke` is its exact opposite. All of
    these raise PeerNeeded where whoever is no peer would judge who belongs to the host, wrote about it lately, or
    moderates as a peer."""
    require(actor, Act.SANCTION, queries.member(session, account, is_confirmed=ground.shared))
    check_powers_over(session, actor, account.id, ground)
    draft, now = checked(draft), clock.now()
    if not is_here(account):
        raise Invalid(_("“%(name)s” is nobody’s account at present.", name=account.name))
    session.get_one(Account, account.id, with_for_update=True)  # two moderators at once: one after the other
    _refuse_second(session, account, draft)
    row = Sanction(
        account_id=account.id,
        kind=draft.kind,
        right=draft.right,
        rule=draft.rule,
        facts=draft.facts,
        detected=draft.detected,
        automated=draft.automated,
        since=now,
        until=now + timedelta(days=draft.days) if draft.days is not None else None,
        by_id=actor.account_id,
        role=_role(actor),
        ruling_id=ground.ruling_id,
    )
    session.add(row)
    session.flush()
    note_deed(session, actor, "person", account.id, "sanctioned", after=_what(row, account))
    emit(session, SanctionImposed(row.id))
    return row


def revoke(session: Session, actor: Actor, row: Sanction, ground: Ground = ALONE) -> Kept:
    """Take a sanction back as if it had never been: it counts for nothing and stands nowhere but in the log. Where a
    decision imposed it, that is what is taken back, and this its part of it. Returns what `impose_again` needs."""
    account = session.get_one(Account, row.account_id)
    require(actor, Act.SANCTION, queries.member(session, account))
    check_powers_over(session, actor, account.id, ground)
    said = _what(row, account) | {"role": _role(actor), "ruling": row.ruling_id}
    note_deed(session, actor, "person", account.id, "sanction_revoked", after=said)
    gone = SanctionRevoked(row.id, row.account_id, row.kind, row.right, actor.account_id, row.ruling_id)
    kept = columns_of(row, [column.name for column in Sanction.__table__.columns])
    session.delete(row)
    session.flush()
    emit(session, gone)
    return kept


def impose_again(session: Session, actor: Actor, account: Account, kept: Kept, ground: Ground = ALONE) -> Sanction:
    """The exact opposite of `revoke`: it holds for the time that would be left, and what was read or ended stays so."""
    require(actor, Act.SANCTION, queries.member(session, account, is_confirmed=ground.shared))
    check_powers_over(session, actor, account.id, ground)
    row = Sanction()
    set_columns(row, kept)
    holds = queries.is_in_force(row, clock.now())
    if holds:
        _refuse_second(session, account, row)
    session.add(row)
    session.flush()
    note_deed(session, actor, "person", account.id, "sanctioned", after=_what(row, account))
    if holds:
        emit(session, SanctionImposed(row.id))
    return row


def lift(session: Session, actor: Actor, row: Sanction, reason: str) -> None:
    """End a sanction before its time; that it was stays in the record."""
    account = session.get_one(Account, row.account_id)
    require(actor, Act.SANCTION, queries.member(session, account))
    check_powers_over(session, actor, account.id)
    reason = one_line(reason)
    if not reason:
        raise Invalid(_("Say why: the member reads it."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_REASON, len=len(reason)), "reason")
    if not queries.is_in_force(row, clock.now()):
        raise Conflict(_("This has ended already."))
    row.lifted_at, row.lifted_by_id, row.lift_reason = clock.now(), actor.account_id, reason
    session.flush()
    note_deed(session, actor, "person", account.id, "sanction_lifted", after=_what(row, account))
    emit(session, SanctionLifted(row.id))


def hold_again(session: Session, actor: Actor, row: Sanction) -> None:
    """The exact opposite of `lift`: it holds until its time is over, and they are told so again."""
    account = session.get_one(Account, row.account_id)
    require(actor, Act.SANCTION, queries.member(session, account))
    check_powers_over(session, actor, account.id)
    if row.lifted_at is None:
        raise Conflict(_("This holds already."))
    row.lifted_at = row.lifted_by_id = None
    row.lift_reason = ""
    session.flush()
    note_deed(session, actor, "person", account.id, "sanctioned", after=_what(row, account))
    emit(session, SanctionImposed(row.id))


def acknowledge(session: Session, actor: Actor, row: Sanction) -> None:
    """Say that one has read a warning of one's own. Saying it twice changes nothing."""
    require(actor, Act.ACKNOWLEDGE, row)
    if row.kind != Kind.WARNING or row.acknowledged_at is not None:
        return
    row.acknowledged_at = clock.now()
    session.flush()
    emit(session, WarningRead(row.id))


def tell_over(session: Session, actor: Actor) -> None:
    """Tell the members of sanctions that ended by the clock. Safe to repeat."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    for row in queries.due(session, now):
        row.over_at = now
        session.flush()
        emit(session, SanctionOver(row.id))


def write_note(session: Session, actor: Actor, account: Account, words: str) -> MemberNote:
    """Note something of a member for the other moderators."""
    require(actor, Act.SEE_NOTES, queries.member(session, account))
    words = many_lines(words)
    if not words:
        raise Invalid(_("A note needs some words."), "words")
    if len(words) > LONGEST_NOTE:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_NOTE, len=len(words)), "words")
    row = MemberNote(account_id=account.id, author_id=actor.account_id, created_at=clock.now(), words=words)
    session.add(row)
    session.flush()
    emit(session, MemberNoted(account.id, actor.account_id))
    return row


def delete_note(session: Session, actor: Actor, row: MemberNote) -> None:
    """Throw a note away: its writer within the hour, administrators always. The log says that there was one."""
    require(actor, Act.DELETE_NOTE, row)
    account = session.get_one(Account, row.account_id)
    session.delete(row)
    session.flush()
    note_deed(session, actor, "person", account.id, "note_deleted", after={"name": account.name})
    emit(session, MemberNoted(account.id, actor.account_id))


def _refuse_second(session: Session, account: Account, draft: SanctionDraft | Sanction) -> None:
    """The same thing is held back once: whoever wants it longer ends the one that stands. Warnings may be several."""
    if draft.kind == Kind.WARNING:
        return
    same = (Sanction.account_id == account.id, Sanction.kind == draft.kind, Sanction.right == draft.right)
    stands = session.scalars(select(Sanction).where(*same, in_force(clock.now()))).first()
    if stands is not None:
        raise Conflict(_("This stands already. End it first if it should last longer or shorter."))


def _role(actor: Actor) -> str:
    if actor.is_house:
        return "house"
    return "administrator" if actor.is_admin else "moderator"


def _what(row: Sanction, account: Account) -> dict[str, Any]:
    """What the log keeps of it."""
    return {"name": account.name, "kind": row.kind, "right": row.right, "rule": row.rule}
