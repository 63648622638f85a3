"""Reads of the shields: whether a block stands in the way, the lists of moderators, from where members came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.shields import networks
from forum.shields.models import DOMAIN, RANGE, Block, SeenAddress
from forum.shields.refusals import Blocked

MOST = 500
MOST_SEEN = 50


def living(now: datetime) -> ColumnElement[bool]:
    """SQL over blocks: it still keeps somebody out."""
    return (Block.lifted_at.is_(None)) & (Block.until > now)


def check_domain(session: Session, email: str, field: str = "email") -> None:
    """Raise Blocked where the domain of a mail address, or one above it, is shut out."""
    at = (Block.kind == DOMAIN, Block.value.in_(networks.domains_above(email)))
    block = session.scalars(select(Block).where(*at, living(clock.now())).order_by(Block.id).limit(1)).first()
    if block is not None:
        sentence = _("Addresses of %(domain)s cannot be used here. Please take another one.", domain=block.value)
        raise Blocked(sentence, block.id, field)


def check_range(session: Session, address: str) -> None:
    """Raise Blocked where a network address lies in a range that is shut out."""
    ranges = select(Block).where(Block.kind == RANGE, living(clock.now())).order_by(Block.id)
    block = next((one for one in session.scalars(ranges) if networks.is_in(address, one.value)), None)
    if block is not None:
        sentence = _("From where you are nobody can join or write as a guest for now, because of abuse from there.")
        raise Blocked(sentence, block.id)


def blocked_by(session: Session, kind: str, value: str) -> str | None:
    """What blocks this now: itself, the domain above it, or the range of addresses that it lies in."""
    values = session.scalars(select(Block.value).where(Block.kind == kind, living(clock.now()))).all()
    if value in values:
        return value
    lies_in = networks.lies_in if kind == RANGE else networks.is_below
    return next((one for one in values if lies_in(value, one)), None)


def blocks(session: Session, actor: Actor) -> Sequence[Block]:
    """Those that hold, the latest first; then those that ended lately."""
    require(actor, Act.KEEP_SHIELDS)
    return session.scalars(select(Block).order_by(living(clock.now()).desc(), Block.id.desc()).limit(MOST)).all()


def block_for_update(session: Session, actor: Actor, block_id: int) -> Block:
    """One of them, locked; or NotFound."""
    require(actor, Act.KEEP_SHIELDS)
    block = session.get(Block, block_id, with_for_update=True, populate_existing=True)
    if block is None:
        raise NotFound(_("There is no such block."))
    return block


def last_network(session: Session, account_id: int) -> str:
    """The neighbourhood from which a member was last seen; empty where none is known."""
    seen = last_address(session, account_id)
    return seen if "/" in seen or not seen else networks.masked(seen)


@dataclass(frozen=True)
class Sighting:
    """From where a member came. `others`: account ids of those seen at the very same address; `neighbours`: how many
    more were seen in its neighbourhood."""

    row: SeenAddress
    others: Sequence[int]
    neighbours: int


def sightings(session: Session, actor: Actor, account_id: int) -> Sequence[Sighting]:
    """Where a member was seen, the latest first. Looking is logged: ask by `actions.look_at_addresses`."""
    require(actor, Act.KEEP_SHIELDS)
    rows = session.scalars(
        select(SeenAddress)
        .where(SeenAddress.account_id == account_id)
        .order_by(SeenAddress.last_at.desc(), SeenAddress.id.desc())
        .limit(MOST_SEEN)
    ).all()
    return [_sighting(session, row) for row in rows]


def _sighting(session: Session, row: SeenAddress) -> Sighting:
    another = SeenAddress.account_id != row.account_id
    same = SeenAddress.address == row.address if row.address else false()
    here = select(SeenAddress.account_id).where(another, same)
    others = session.scalars(here.distinct().order_by(SeenAddress.account_id).limit(MOST_SEEN)).all()
    around = select(func.count(SeenAddress.account_id.distinct())).where(another, SeenAddress.network == row.network)
    near = session.scalar(around.where(SeenAddress.account_id.not_in(others))) or 0
    return Sighting(row, others, near)


def last_address(session: Session, account_id: int) -> str:
    """The latest address of a member that is not masked yet, or their neighbourhood; empty where none is known."""
    row = session.scalars(
        select(SeenAddress)
        .where(SeenAddress.account_id == account_id, or_(SeenAddress.address != "", SeenAddress.network != ""))
        .order_by((SeenAddress.address != "").desc(), SeenAddress.last_at.desc())
        .limit(1)
    ).first()
    return (row.address or row.network) if row is not None else ""
