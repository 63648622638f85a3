"""Letting everything that names one row name another, when two turn out to be the same: two accounts, two tags.

Which columns those are is read off the tables themselves, so that a capability that comes later is not forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, delete, exists, func, select, update
from sqlalchemy.orm import Session


def references(to: Table) -> Iterator[Column[Any]]:
    """Every column of any table that names a row of `to` by its id, in the order of the tables' names."""
    for table in sorted(to.metadata.tables.values(), key=lambda one: one.name):
        for column in table.columns:
            if any(key.column.table is to and key.column.name == "id" for key in column.foreign_keys):
                yield column


def count(session: Session, column: Column[Any], row_id: int) -> int:
    """How many rows name it there."""
    return session.scalar(select(func.count()).select_from(column.table).where(column == row_id)) or 0


def move(session: Session, column: Column[Any], old: int, new: int) -> None:
    """Let each row that names `old` in `column` name `new`. Where that row would be there twice, one goes; and so does
    one that would name the same row on both sides (somebody who ignores themselves)."""
    table = column.table
    for key in _keys(table, column):
        session.execute(delete(table).where(column == old, _is_there(table, column, key, new)))
    for other in _sides(table, column):
        session.execute(delete(table).where(column == old, other.in_([old, new])))
    session.execute(update(table).where(column == old).values({column.name: new}))


def move_all(session: Session, to: Table, old: int, new: int, *, besides: Collection[str] = ()) -> None:
    """The same for every column that names rows of `to`, but those of the tables in `besides`."""
    for column in references(to):
        if column.table.name not in besides:
            move(session, column, old, new)


def _keys(table: Table, column: Column[Any]) -> Iterator[list[Column[Any]]]:
    """What may not be there twice: each set of columns beside `column` that is unique together with it."""
    unique: list[Iterable[Column[Any]]] = [table.primary_key.columns]
    unique += [index.columns for index in table.indexes if index.unique]
    unique += [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    for columns in unique:
        if any(one is column for one in columns):
            yield [one for one in columns if one is not column]


def _is_there(table: Table, column: Column[Any], key: list[Column[Any]], new: int) -> ColumnElement[bool]:
    twin = table.alias("twin")
    same = [twin.c[one.name] == one for one in key]
    return exists(select(1).select_from(twin).where(twin.c[column.name] == new, *same))


def _sides(table: Table, column: Column[Any]) -> Iterator[Column[Any]]:
    """Other columns of the primary key that name rows of the same table as `column` does."""
    target = next(iter(column.foreign_keys)).column.table
    if not column.primary_key:
        return
    for other in table.primary_key.columns:
        if other is not column and any(key.column.table is target for key in other.foreign_keys):
            yield other
