"""The verbs of the shields. Those without an actor are parts of verbs that have asked already."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid, TooSoon
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.shields import networks, queries
from forum.shields.events import AddressesSeen, BlockSet, SignUpRushBegan
from forum.shields.models import DOMAIN, RANGE, Block, SeenAddress, SignUpRush, SignUpTry
from forum.site import queries as sites
from forum.site.actions import note_deed
from forum.site.settings import number

LONGEST_REASON = 300
LONGEST_DAYS = 730
MASKED_AFTER, GONE_AFTER = timedelta(days=30), timedelta(days=90)
HOUR = timedelta(hours=1)
BATCH = 500
MANY_MEMBERS = 5


# ── blocks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def set_block(
    session: Session, actor: Actor, kind: str, value: str, reason: str, days: int, own: str, *, members: int = 0
) -> Block:
    """Shut a mail domain or a range of network addresses out for some days. `own`: from where the actor asks;
    `members`: so many have such mail addresses, and nobody has said yet that it is meant."""
    require(actor, Act.KEEP_SHIELDS)
    if kind not in (DOMAIN, RANGE):
        raise Invalid(_("Choose one of the list."), "kind")
    clean = networks.checked_domain(value) if kind == DOMAIN else networks.checked_range(value, own)
    reason = one_line(reason)
    if not reason:
        raise Invalid(_("Say why: it stands in the log."), "reason")
    if len(reason) > LONGEST_REASON:
        words = {"n": LONGEST_REASON, "len": len(reason)}
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", **words), "reason")
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(_("A block lasts between 1 day and 2 years."), "days")
    now = clock.now()
    if (wider := queries.blocked_by(session, kind, clean)) is not None:
        if wider == clean:
            raise Invalid(_("This is blocked already."), "value")
        raise Invalid(_("This is blocked already, with %(wider)s.", wider=wider), "value")
    if members > MANY_MEMBERS:
        raise Invalid(_("%(n)s members have such mail addresses. Confirm it if you mean it.", n=members), "sure")
    until = now + timedelta(days=days)
    block = Block(kind=kind, value=clean, reason=reason, by_id=actor.account_id, since=now, until=until)
    session.add(block)
    session.flush()
    note_deed(session, actor, "block", block.id, "blocked", after={"called": _lasting(block), "reason": reason})
    emit(session, BlockSet(block.id))
    return block


def lift_block(session: Session, actor: Actor, block: Block) -> None:
    """End a block (locked) before its time; harmless where it has ended."""
    require(actor, Act.KEEP_SHIELDS)
    if block.lifted_at is not None or block.until <= clock.now():
        return
    block.lifted_at = clock.now()
    session.flush()
    note_deed(session, actor, "block", block.id, "unblocked", after={"called": _lasting(block)})
    emit(session, BlockSet(block.id))


def _lasting(block: Block) -> str:
    """What the log, which stays, says of a block: no address of one household outlives its time there."""
    if block.kind == DOMAIN:
        return block.value
    address, _slash, prefix = block.value.partition("/")
    found = networks.plain(address)
    assert found is not None, "checked when it was set"
    return block.value if int(prefix) <= networks.MASK[found.version] else networks.masked(address)


def count_hit(session: Session, block_id: int) -> None:
    """It kept somebody out."""
    session.execute(update(Block).where(Block.id == block_id).values(hits=Block.hits + 1, hit_at=clock.now()))


# ── signing up ────────────────────────────────────────────────────────────────────────────────────────────────────────


def try_sign_up(session: Session, address: str) -> bool:
    """Count that somebody asks for an account. TooSoon where too many did so from there; True where so many did all
    over the place that who comes now waits for a yes. Counts alike whoever has the mail address, so tells nothing."""
    kept, now = sites.settings(session), clock.now()
    lately = select(func.count(SignUpTry.id)).where(SignUpTry.at > now - HOUR)
    here, around = networks.said(address), networks.masked(address)
    for column, value, key in (
        (SignUpTry.address, here, "sign_ups_address"),
        (SignUpTry.network, around, "sign_ups_network"),
    ):
        if value and (session.scalar(lately.where(column == value)) or 0) >= number(kept, key):
            first = select(func.min(SignUpTry.at)).where(SignUpTry.at > now - HOUR, column == value)
            again = (session.scalar(first) or now) + HOUR - now
            raise TooSoon(
                _("Many accounts were asked for from where you are. Please try again in an hour."),
                int(again.total_seconds()) + 1,
            )
    is_rush = (session.scalar(lately) or 0) >= number(kept, "sign_ups_hour")
    session.add(SignUpTry(at=now, address=here, network=around))
    session.flush()
    if is_rush:
        _rush(session, now)
    return is_rush


def _rush(session: Session, now: datetime) -> None:
    """Tell it once, as long as it goes on."""
    rush = session.scalars(select(SignUpRush).where(SignUpRush.last_at > now - HOUR).limit(1)).first()
    if rush is not None:
        rush.last_at = now
        return
    rush = SignUpRush(began_at=now, last_at=now)
    session.add(rush)
    session.flush()
    emit(session, SignUpRushBegan(rush.id))


# ── from where members came ───────────────────────────────────────────────────────────────────────────────────────────


def remember_address(session: Session, account_id: int, doing: str, address: str) -> None:
    """A member came from there just now."""
    here, now = networks.said(address), clock.now()
    if not here:
        return
    known = (SeenAddress.account_id == account_id, SeenAddress.doing == doing, SeenAddress.address == here)
    row = session.scalars(select(SeenAddress).where(*known)).first()
    if row is not None:
        row.last_at = now
        return
    around = networks.masked(here)
    seen = {"doing": doing, "address": here, "network": around, "first_at": now, "last_at": now}
    session.add(SeenAddress(account_id=account_id, **seen))
    session.flush()


def look_at_addresses(session: Session, actor: Actor, account_id: int, name: str) -> None:
    """A moderator looks at from where a member came: each look stands in the log."""
    require(actor, Act.KEEP_SHIELDS)
    note_deed(session, actor, "person", account_id, "addresses_seen", after={"name": name})
    emit(session, AddressesSeen(account_id, actor.account_id))


# ── forgetting ────────────────────────────────────────────────────────────────────────────────────────────────────────


def forget_old(session: Session, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Mask addresses of more than 30 days ago, forget those of more than 90, tries of more than an hour, and blocks and
    rushes that ended more than 90 days ago. Says how many addresses were masked: fewer than `limit` means all."""
    require(actor, Act.KEEP_TIME)
    session.execute(delete(SignUpTry).where(SignUpTry.at <= now - HOUR))
    session.execute(delete(SignUpRush).where(SignUpRush.last_at <= now - GONE_AFTER))
    session.execute(delete(Block).where(func.coalesce(Block.lifted_at, Block.until) <= now - GONE_AFTER))
    session.execute(delete(SeenAddress).where(SeenAddress.last_at <= now - GONE_AFTER))
    due = select(SeenAddress).where(SeenAddress.address != "", SeenAddress.last_at <= now - MASKED_AFTER)
    rows = session.scalars(due.order_by(SeenAddress.id).limit(limit)).all()
    for row in rows:
        _mask(session, row)
    return len(rows)


def _mask(session: Session, row: SeenAddress) -> None:
    """Only its neighbourhood is known from now on; two of one neighbourhood become one."""
    same = (SeenAddress.account_id == row.account_id, SeenAddress.doing == row.doing)
    there = (*same, SeenAddress.network == row.network, SeenAddress.address == "")
    masked = session.scalars(select(SeenAddress).where(*there)).first()
    if masked is None:
        row.address = ""
    else:
        masked.first_at, masked.last_at = min(masked.first_at, row.first_at), max(masked.last_at, row.last_at)
        session.delete(row)
    session.flush()
