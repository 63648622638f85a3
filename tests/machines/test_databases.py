"""Each test meets the community as the migrations left it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import MetaData, Table, create_engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from forum.core.settings import Settings
from tests.machines.databases import LEAK, reading, undone, writing


def counts(session) -> dict[str, int]:
    names = inspect(session.connection()).get_table_names()
    return {name: session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}


def test_what_a_test_removed_is_there_for_the_next(app, database):
    with reading(app) as session:
        before = counts(session)
    with writing(app) as session:
        session.execute(text("DELETE FROM alembic_version"))
    with reading(app) as session:
        assert counts(session) != before
    database.restore()
    with reading(app) as session:
        assert counts(session) == before


def test_what_a_test_wrote_is_gone_for_the_next(app, database):
    with writing(app) as session:
        session.execute(text("INSERT INTO alembic_version VALUES ('of another test')"))
        session.execute(text("UPDATE alembic_version SET version_num = version_num || '!'"))
    database.restore()
    with reading(app) as session:
        assert session.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
        assert "!" not in session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()


def test_files_of_a_test_are_gone_for_the_next(app, database):
    folder = Path(app.extensions["settings"].data_dir)
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "picture.png").write_bytes(b"-")
    (folder / "note.txt").write_text("-")
    database.restore()
    assert {path.name.split("-")[0] for path in folder.iterdir()} <= {"forum.sqlite3"}


def test_of_a_session_nothing_stays(app, database):
    with undone(app) as session:
        session.execute(text("DELETE FROM alembic_version"))
    with reading(app) as session:
        assert session.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1


def test_a_read_cannot_write(app):
    with reading(app) as session, pytest.raises(DBAPIError):
        session.execute(text("DELETE FROM alembic_version"))


@pytest.mark.databases("postgresql")
def test_a_test_that_leaves_a_transaction_open_is_named(app, database):
    engine = create_engine(Settings.from_environ(database.environ).sqlalchemy_url)
    with engine.connect() as left_open:
        table = Table("alembic_version", MetaData(), autoload_with=left_open)
        left_open.execute(table.delete())
        with pytest.raises(AssertionError, match=LEAK[:40]):
            database.restore()
        left_open.invalidate()  # the server has ended it
    engine.dispose()
    with reading(app) as session:
        assert session.execute(select(func.count()).select_from(table)).scalar_one() == 1


def test_a_blank_database_has_no_table(blank_environ):
    engine = create_engine(Settings.from_environ(blank_environ).sqlalchemy_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
