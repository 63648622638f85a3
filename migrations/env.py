"""Runs the one history of migrations, on SQLite and on PostgreSQL, all of them or none."""

from __future__ import annotations

from alembic import context
from flask import current_app

from forum.core.db import db
from forum.core.db.dialect import WRITING, without_foreign_keys


def run() -> None:
    """Migrate in one transaction: a step that breaks leaves the database as it was."""
    engine = db.engine
    with engine.connect().execution_options(**{WRITING: True}) as connection, without_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transactional_ddl=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
