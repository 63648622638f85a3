"""Counting reading, reckoning standings, and holding somebody at a level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Trust, require
from forum.posts.actions.concerning import check_powers_over
from forum.site import queries as sites
from forum.site.actions import note_deed
from forum.standing import queries
from forum.standing.events import StandingChanged, StandingHeld
from forum.standing.levels import LONGEST_STRETCH, WINDOW, bars_from, level
from forum.standing.models import DayHere, StandingRow

LONGEST_REASON = 300


def count_reading(session: Session, account_id: int, now: datetime) -> None:
    """Somebody came to something that they had not read: the stretch since the last time was reading, up to a limit.
    A newcomer who has come far enough is a member at once."""
    account = session.get(Account, account_id)
    if account is None:
        return
    row = _row(session, account_id)
    if row.last_read_at is not None and now > row.last_read_at:
        row.reading_seconds += int(min(now - row.last_read_at, LONGEST_STRETCH).total_seconds())
    row.last_read_at = now
    day = {"account_id": account_id, "day": now.date()}
    upsert(session, DayHere.__table__, [day], key=["account_id", "day"])  # type: ignore[arg-type]
    session.flush()
    bars = bars_from(sites.settings(session))
    if account.trust == Trust.NEWCOMER and row.reading_seconds >= bars.trust_reading.total_seconds():
        reckon(session, [account], now)


def reckon(session: Session, accounts: Sequence[Account], now: datetime) -> None:
    """Set each where behaviour puts them; who is held stays, and staff stand outside. Safe to repeat."""
    ids = [account.id for account in accounts]
    bars = bars_from(sites.settings(session))
    facts = queries.facts_of(session, ids, now, bars.trust_kept_after)
    beyond = queries.outside(session, ids) | queries.held(session, ids)
    for account in accounts:
        if account.id not in beyond:
            _set(session, account, level(facts[account.id], bars, Trust(account.trust)))


def forget_days(session: Session, now: datetime) -> None:
    """Drop the days that no level asks for any more."""
    session.execute(delete(DayHere).where(DayHere.day <= (now - WINDOW).date()))


def hold_standing(session: Session, actor: Actor, account: Account, chosen: str, reason: str) -> None:
    """Keep a member at a level, whatever they do, until somebody lets go. They read the reason."""
    require(actor, Act.HOLD_STANDING, account)
    check_powers_over(session, actor, account.id)
    reason = one_line(reason)
    if chosen not in set(Trust):
        raise Invalid(_("Choose one of the list."), "level")
    if not reason:
        raise Invalid(_("Say why: the member reads it."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_REASON, len=len(reason)), "reason")
    row = _row(session, account.id)
    before = row.held_level
    row.held_level, row.held_reason = chosen, reason
    row.held_by_id, row.held_at = actor.account_id, clock.now()
    _set(session, account, Trust(chosen))
    after = {"level": chosen, "reason": reason, "name": account.name}
    note_deed(session, actor, "person", account.id, "held", before={"level": before}, after=after)
    emit(session, StandingHeld(account.id, chosen, actor.account_id))


def release_standing(session: Session, actor: Actor, account: Account) -> None:
    """Let behaviour decide again, from now on."""
    require(actor, Act.HOLD_STANDING, account)
    check_powers_over(session, actor, account.id)
    row = _row(session, account.id)
    if not row.held_level:
        raise Invalid(_("Nobody holds this member at a level."))
    before = row.held_level
    row.held_level, row.held_reason, row.held_by_id, row.held_at = "", "", None, None
    session.flush()
    reckon(session, [account], clock.now())
    note_deed(session, actor, "person", account.id, "released", before={"level": before}, after={"name": account.name})
    emit(session, StandingHeld(account.id, "", actor.account_id))


def _row(session: Session, account_id: int) -> StandingRow:
    row = session.get(StandingRow, account_id, with_for_update=True)
    if row is not None:
        return row
    values = {"account_id": account_id, "reading_seconds": 0, "held_level": "", "held_reason": ""}
    upsert(session, StandingRow.__table__, [values], key=["account_id"])  # type: ignore[arg-type]
    return session.get_one(StandingRow, account_id, with_for_update=True)


def _set(session: Session, account: Account, to: Trust) -> None:
    before = account.trust
    if before != to:
        account.trust = str(to)
        session.flush()
        emit(session, StandingChanged(account.id, before, str(to)))
