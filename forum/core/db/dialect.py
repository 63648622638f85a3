"""The only module that names a database product. Everything else speaks SQLAlchemy.

SQLite: write-ahead log, foreign keys, a busy timeout, writes that take their lock at once (`BEGIN IMMEDIATE`, so two
writers queue instead of failing halfway), reads under `query_only`. PostgreSQL: `BEGIN READ ONLY` for reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.functions import FunctionElement

from forum.core.db.base import UtcDateTime

WRITING = "forum_writing"
BUSY_TIMEOUT_MS = 15_000


def engine_options(url: str) -> dict[str, Any]:
    """Options for `create_engine` that suit the product behind `url`."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 24, "connect_args": {"timeout": 15}}
    return {"pool_size": 8, "max_overflow": 24, "pool_pre_ping": True}


def prepare(engine: Engine) -> None:
    """Give every connection of `engine` the pragmas and the begin that this forum relies on. Call once."""
    if is_sqlite(engine):
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "begin", _postgresql_begin)


def is_sqlite(bind: Engine | Connection | Session) -> bool:
    """Whether SQLite is behind `bind`."""
    engine = bind.get_bind() if isinstance(bind, Session) else bind
    return engine.dialect.name == "sqlite"


def _sqlite_connect(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin by itself: it would do so too late, and never for reads.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "cache_size=-32000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    writing = bool(connection.get_execution_options().get(WRITING))
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql_begin(connection: Connection) -> None:
    writing = bool(connection.get_execution_options().get(WRITING))
    driver: Any = connection.connection.dbapi_connection
    driver.read_only = not writing


def insert_for(session: Session, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the session."""
    return sqlite.insert(table) if is_sqlite(session) else postgresql.insert(table)


def upsert(
    session: Session,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Iterable[str],
    update: Iterable[str] = (),
) -> None:
    """Insert rows; where `key` exists already, set the columns of `update` from the new row (none: leave it be)."""
    if not rows:
        return
    insert = insert_for(session, table)
    columns = {name: insert.excluded[name] for name in update}
    statement: Insert = (
        insert.on_conflict_do_update(index_elements=list(key), set_=columns)
        if columns
        else insert.on_conflict_do_nothing(index_elements=list(key))
    )
    session.execute(statement, list(rows))


class day_of(FunctionElement[datetime]):  # noqa: N801  (read as a function of SQL)
    """SQL: the first instant of the day, in UTC, of a moment."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(day_of, "sqlite")
def _day_on_sqlite(element: day_of, compiler: Any, **given: Any) -> str:
    return f"(substr({compiler.process(element.clauses, **given)}, 1, 10) || ' 00:00:00.000000')"


@compiles(day_of, "postgresql")
def _day_on_postgresql(element: day_of, compiler: Any, **given: Any) -> str:
    return f"date_trunc('day', {compiler.process(element.clauses, **given)}, 'UTC')"


def claimable(session: Session) -> dict[str, Any]:
    """Arguments for `with_for_update` when claiming job rows: skip what another worker holds (PostgreSQL)."""
    return {} if is_sqlite(session) else {"skip_locked": True}


def optimise(session: Session) -> None:
    """Refresh the planner's figures after a large change."""
    session.execute(text("PRAGMA optimize" if is_sqlite(session) else "ANALYZE"))


def max_batch(session: Session) -> int:
    """Rows a bulk statement may carry."""
    return 500 if is_sqlite(session) else 1000


def keep_for_good(connection: Connection, table: str) -> None:
    """For migrations: from now on the database itself refuses to change or delete a row of `table`."""
    if is_sqlite(connection):
        for deed in ("UPDATE", "DELETE"):
            refuse = f"SELECT RAISE(ABORT, 'Rows of {table} are kept as they are.')"
            connection.execute(text(f"CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table} BEGIN {refuse}; END"))
        return
    connection.execute(
        text(
            f"CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'Rows of {table} are kept as they are.'; END $$"
        )
    )
    connection.execute(
        text(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_kept()"
        )
    )


def drop_kept(connection: Connection, table: str) -> None:
    """The way back, with the table itself."""
    connection.execute(text(f"DROP TABLE {table}"))
    if not is_sqlite(connection):
        connection.execute(text(f"DROP FUNCTION {table}_kept()"))


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """For migrations: SQLite rebuilds tables, which must not cascade. Checked again before they are switched on."""
    if not is_sqlite(connection):
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"The migration left broken references: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
