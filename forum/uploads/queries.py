"""Reads of uploads. Who may see one is part of the SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from forum.core.errors import NotFound
from forum.core.markup import Shown
from forum.permissions import Actor
from forum.uploads.addresses import path, tokens_in
from forum.uploads.models import FetchedImage, Upload, UploadUse

# Place → SQL: whether the actor may read what stands there, by the column with its id.
Readable = Mapping[str, Callable[[ColumnElement[int]], ColumnElement[bool]]]


def visible(actor: Actor, readable: Readable) -> ColumnElement[bool]:
    """SQL: one's own uploads, and those that words use which the actor may read."""
    mine = and_(Upload.owner_id == actor.account_id, Upload.owner_id.is_not(None))
    return or_(mine, *(_used_in(place, may_read) for place, may_read in readable.items()))


def _used_in(place: str, may_read: Callable[[ColumnElement[int]], ColumnElement[bool]]) -> ColumnElement[bool]:
    place_id: Any = UploadUse.place_id
    return exists().where(UploadUse.upload_id == Upload.id, UploadUse.place == place, may_read(place_id))


def usable(actor: Actor, readable: Readable) -> ColumnElement[bool]:
    """SQL: uploads that the actor's words may show: what they see, and what the house copied from the open web."""
    return or_(visible(actor, readable), Upload.owner_id.is_(None))


def upload(session: Session, actor: Actor, token: str, readable: Readable) -> Upload:
    """The upload; raises NotFound for those who may not see it."""
    found = session.scalars(select(Upload).where(Upload.token == token, visible(actor, readable))).first()
    if found is None:
        raise NotFound
    return found


def brought_since(session: Session, actor: Actor, since: datetime) -> tuple[int, int]:
    """How many files the actor brought since then, and their bytes together."""
    count, size = session.execute(
        select(func.count(), func.coalesce(func.sum(Upload.size), 0)).where(
            Upload.owner_id == actor.account_id, Upload.created_at > since
        )
    ).one()
    return count, int(size)


def shown(session: Session, addresses: Iterable[str]) -> Mapping[str, Shown]:
    """Address as a text has it → the picture here that stands for it. For the renderer."""
    wanted = frozenset(addresses)
    own = {token for address in wanted for token in tokens_in(address)}
    found: dict[str, Shown] = {}
    if own:
        rows = session.scalars(select(Upload).where(Upload.token.in_(own), Upload.kind == "image"))
        found |= {path(row): _shown(row) for row in rows}
    abroad = {address_hash(address): address for address in wanted if address.startswith(("http:", "https:"))}
    if abroad:
        copied = session.execute(
            select(FetchedImage.address_hash, Upload)
            .join(Upload, Upload.id == FetchedImage.upload_id)
            .where(FetchedImage.address_hash.in_(abroad))
        )
        found |= {abroad[hashed]: _shown(row) for hashed, row in copied}
    return found


def _shown(row: Upload) -> Shown:
    return Shown(path(row), row.width, row.height)


def address_hash(address: str) -> str:
    """What an address from elsewhere is looked up by."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def unused(since: datetime) -> Select[int, str]:
    """Id and key of uploads that no words use and nobody touched since then. What the house copied stays."""
    return (
        select(Upload.id, Upload.key)
        .where(
            Upload.touched_at < since,
            Upload.owner_id.is_not(None),
            ~exists().where(UploadUse.upload_id == Upload.id),
        )
        .order_by(Upload.id)
    )


def tries(session: Session, addresses: Iterable[str]) -> Mapping[str, FetchedImage]:
    """Address → how copying it went, for those that were tried."""
    hashes = {address_hash(address): address for address in addresses}
    rows = session.scalars(select(FetchedImage).where(FetchedImage.address_hash.in_(hashes)))
    return {hashes[row.address_hash]: row for row in rows}
