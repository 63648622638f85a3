"""One history of migrations that both databases run, with nothing left over."""

from __future__ import annotations

from importlib import import_module

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from forum.app import create_app
from forum.core.db import db
from forum.core.db.dialect_search import OWN_COLUMNS, OWN_INDEXES, OWN_TABLES
from forum.core.settings import Settings
from forum.permissions import Group
from tests.promises.test_verbs import modules


def no_index(_object, name, kind, _reflected, _compare_to):
    """The full-text index belongs to one product and follows its rows by itself: no model knows it."""
    own = {"table": OWN_TABLES, "column": OWN_COLUMNS, "index": OWN_INDEXES}
    return name not in own.get(kind, ())


def test_migrating_an_empty_database_gives_exactly_what_the_models_say(blank_environ):
    app = create_app(Settings.from_environ(blank_environ))
    with app.app_context():
        upgrade()
        for module in modules(r"\.models$"):
            import_module(module)
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": no_index})
            assert compare_metadata(context, db.metadata) == []
            groups = dict(connection.execute(text("select slug, id from groups")).all())
        db.engine.dispose()
    assert groups == {group.name.lower(): group.value for group in Group}


def test_migrating_twice_changes_nothing_and_all_the_way_back_leaves_nothing(blank_environ):
    app = create_app(Settings.from_environ(blank_environ))
    with app.app_context():
        upgrade()
        upgrade()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
        db.engine.dispose()
