"""Rows as plain values and back, so that what is taken away can be given back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, tuple_
from sqlalchemy.orm import Session

from forum.core.db.base import UtcDateTime
from forum.core.db.dialect import upsert

Kept = dict[str, Any]


def take(session: Session, table: Table, which: ColumnElement[bool], limit: int) -> list[Kept]:
    """Delete up to `limit` rows, in the order of their keys; returns them as plain values."""
    keys = list(table.primary_key.columns)
    rows = session.execute(select(table).where(which).order_by(*keys).limit(limit)).mappings().all()
    if rows:
        gone = [tuple(row[key.name] for key in keys) for row in rows]
        session.execute(delete(table).where(tuple_(*keys).in_(gone)))
    return [_plain(row) for row in rows]


def give(session: Session, table: Table, kept: Iterable[Kept]) -> None:
    """Write such rows again; one whose key was taken meanwhile stays away."""
    rows = [_typed(table, row) for row in kept]
    if rows:
        upsert(session, table, rows, key=[column.name for column in table.primary_key.columns])


def columns_of(row: Any, names: Sequence[str]) -> Kept:
    """Some columns of one model as plain values."""
    return _plain({name: getattr(row, name) for name in names})


def set_columns(row: Any, kept: Kept) -> None:
    """And back into the model."""
    for name, value in _typed(row.__table__, kept).items():
        setattr(row, name, value)


def _plain(row: Any) -> Kept:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _typed(table: Table, kept: Kept) -> Kept:
    return {name: _value(table.c[name].type, value) for name, value in kept.items()}


def _value(kind: Any, value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(kind, UtcDateTime) and value is not None else value
