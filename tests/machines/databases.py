"""A migrated, empty community on either database, and as good as new before each test.

Both are made by the migrations once a run, as a template, and copied for each worker process. Between tests SQLite
gets its file again (2 ms); PostgreSQL is put back by a function that touches only what changed (3 ms).
"""

from __future__ import annotations

import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from forum.app import create_app
from forum.core.db import db, transaction
from forum.core.db import reading as request_session
from forum.core.settings import Settings
from tests.machines import pristine
from tests.machines.run import Run

LEAK = "The test left a database transaction open: end it (leave its `with` block) before the test ends."

LEAKS = (
    "SELECT pid, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND xact_start IS NOT NULL AND backend_type = 'client backend'"
)


class Database(ABC):
    """One worker's community on one database product."""

    kind: str

    def __init__(self, run: Run, worker: str, base_url: str) -> None:
        self.run, self.worker = run, worker
        self.data = run.folder(f"{worker}-{self.kind}")
        self.environ = {
            "FORUM_ENV": "test",
            "FORUM_SECRET_KEY": "not a secret: these are the tests, and nothing here is worth signing",
            "FORUM_BASE_URL": base_url,
            "FORUM_DATA_DIR": str(self.data),
        }
        self._app: Flask | None = None

    @property
    def app(self) -> Flask:
        """One app a worker: building it costs more than a test does."""
        if self._app is None:
            self._app = self.build()
        return self._app

    def build(self, **environ: str) -> Flask:
        """Another app on the same community, with other settings: `build(FORUM_SMTP_URL=…)`."""
        return create_app(Settings.from_environ({**self.environ, **environ}))

    def restore(self) -> None:
        """Undo everything that a test did: rows, uploaded files, counted limits."""
        if self._app is not None:
            for limiter in self._app.extensions.get("limiter", ()):
                limiter.reset()
        self._restore_rows()
        keep = Path(make_url(Settings.from_environ(self.environ).sqlalchemy_url).database or "").name
        for path in self.data.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif not path.name.startswith(keep):
                path.unlink()

    @abstractmethod
    def _restore_rows(self) -> None: ...

    @abstractmethod
    def blank(self, name: str) -> dict[str, str]:
        """The environment of another database without any table, for tests of migrations."""

    def close(self) -> None:
        if self._app is not None:
            dispose(self._app)


class SqliteDatabase(Database):
    kind = "sqlite"

    def __init__(self, run: Run, worker: str, base_url: str) -> None:
        super().__init__(run, worker, base_url)
        self.file = Path(make_url(Settings.from_environ(self.environ).sqlalchemy_url).database or "")
        self.template = Path(run.once("template-sqlite", self._make_template)["file"])
        self._restore_rows()

    def _make_template(self) -> dict[str, Any]:
        migrate(self.build())
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        template = self.run.path / "template.sqlite3"
        shutil.copyfile(self.file, template)
        return {"file": str(template)}

    def _restore_rows(self) -> None:
        if self._app is not None:
            dispose(self._app)
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.file.with_name(self.file.name + suffix).unlink()
        shutil.copyfile(self.template, self.file)

    def blank(self, name: str) -> dict[str, str]:
        return {**self.environ, "FORUM_DATA_DIR": str(self.run.folder(f"{self.worker}-{name}"))}


class PostgresqlDatabase(Database):
    kind = "postgresql"

    def __init__(self, run: Run, worker: str, base_url: str, server: str) -> None:
        super().__init__(run, worker, base_url)
        self.server = server
        run.once("template-postgresql", self._make_template)
        self.environ["FORUM_DATABASE_URL"] = f"{server}/forum_{worker}"
        with run.lock("createdb"), self._command() as connection:
            connection.execute(f"CREATE DATABASE forum_{worker} TEMPLATE forum_template")
        self._restorer = psycopg.connect(f"{server}/forum_{worker}", autocommit=True)
        self._restorer.execute("SET lock_timeout = '3s'")

    @contextmanager
    def _command(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            yield connection

    def _make_template(self) -> dict[str, Any]:
        with self._command() as connection:
            connection.execute("CREATE DATABASE forum_template TEMPLATE template0")
        migrate(self.build(FORUM_DATABASE_URL=f"{self.server}/forum_template"))
        with psycopg.connect(f"{self.server}/forum_template") as connection:
            pristine.remember(connection)
        return {"name": "forum_template"}

    def _restore_rows(self) -> None:
        leaks = self._restorer.execute(LEAKS).fetchall()
        for process, _query in leaks:
            self._restorer.execute("SELECT pg_terminate_backend(%s, 2000)", (process,))
        self._restorer.execute("SELECT pristine.restore()")
        if leaks:
            raise AssertionError(f"{LEAK} The last it asked: {leaks[0][1]}")

    def blank(self, name: str) -> dict[str, str]:
        database = f"{self.worker}_{name}"
        with self._command() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {database} TEMPLATE template0")
        folder = self.run.folder(f"{self.worker}-{self.kind}-{name}")
        return {**self.environ, "FORUM_DATABASE_URL": f"{self.server}/{database}", "FORUM_DATA_DIR": str(folder)}

    def close(self) -> None:
        super().close()
        self._restorer.close()


def migrate(app: Flask) -> None:
    """`flask --app app db upgrade`, in this process."""
    with app.app_context():
        upgrade()
    dispose(app)


def dispose(app: Flask) -> None:
    """Close the connections that `app` keeps."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@contextmanager
def writing(app: Flask) -> Iterator[Session]:
    """`with writing(app) as session:` arrange something; committed at the end of the block."""
    with app.app_context(), transaction() as session:
        yield session


@contextmanager
def reading(app: Flask) -> Iterator[Session]:
    """`with reading(app) as session:` look at what is there; cannot write."""
    with app.app_context():
        yield request_session()


class _Undo(Exception):
    """Ends the transaction of `undone` without a commit."""


@contextmanager
def undone(app: Flask) -> Iterator[Session]:
    """A session that writes and of which nothing stays."""
    with suppress(_Undo), writing(app) as session:
        yield session
        raise _Undo
