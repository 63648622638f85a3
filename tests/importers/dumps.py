"""All rows of a database in a form that two databases can be compared by."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Row, Table, select
from sqlalchemy.orm import Session

from forum.core.db import Base

Dump = dict[str, list[dict[str, Any]]]

_POINTERS = {
    ("topics", "last_post_id"): "posts",
    ("topics", "accepted_post_id"): "posts",
    ("topics", "answer_post_id"): "posts",
    ("posts", "doubt_id"): "doubts",
    ("topics", "face_ids"): "accounts",
    ("boards", "last_topic_id"): "topics",
}
_ORIGINS = {"user": "accounts", "board": "boards", "topic": "topics", "post": "posts"}
# Nothing in an archive is as young as this: whatever is, happened while it was brought in.
_LATELY = datetime(2025, 1, 1, tzinfo=UTC)


def exact(session: Session) -> Dump:
    """Every row as it is."""
    return {table.name: [dict(row._mapping) for row in _rows(session, table)] for table in Base.metadata.sorted_tables}


def comparable(session: Session) -> Dump:
    """Rows with their place instead of their id (PostgreSQL leaves gaps behind an undone transaction), and without the
    instants of the import itself."""
    places = {
        table.name: {key: place for place, key in enumerate(session.scalars(select(table.c.id).order_by(table.c.id)))}
        for table in Base.metadata.sorted_tables
        if "id" in table.c
    }
    found: Dump = {}
    for table in Base.metadata.sorted_tables:
        rows = [_compared(table, row, places) for row in _rows(session, table)]
        found[table.name] = sorted(rows, key=repr)
    return found


def _rows(session: Session, table: Table) -> list[Row[Any]]:
    return list(session.execute(select(table).order_by(*table.primary_key.columns)).all())


def _compared(table: Table, row: Row[Any], places: dict[str, dict[int, int]]) -> dict[str, Any]:
    values = dict(row._mapping)
    compared = {}
    for column in table.columns:
        value = values[column.name]
        of = _ORIGINS[values["kind"]] if (table.name, column.name) == ("imported_items", "local_id") else _of(column)
        if (table.name, column.name) == ("deeds", "subject"):
            value = re.sub(r"\d+", "#", value)  # it names a row by its id
        elif isinstance(value, datetime) and value > _LATELY:
            value = "lately"
        elif of and isinstance(value, list):
            value = [places[of][one] for one in value]
        elif of and value is not None:
            value = places[of].get(value, value)
        compared[column.name] = value
    return compared


def _of(column: Column[Any]) -> str:
    """The table whose id stands in a column, if any."""
    if column.name == "id":
        return column.table.name
    for key in column.foreign_keys:
        return key.column.table.name
    return _POINTERS.get((column.table.name, column.name), "")
