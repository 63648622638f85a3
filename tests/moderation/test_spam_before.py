"""Accounts removed before removals were decisions have one, too: their owners can object."""

from __future__ import annotations

from datetime import UTC, datetime

from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, Table, text

from forum.app import create_app
from forum.core.db import db
from forum.core.db.dialect import WRITING
from forum.core.settings import Settings


def test_a_removal_of_before_becomes_a_decision_and_goes_back_to_what_it_was(blank_environ):
    app = create_app(Settings.from_environ(blank_environ))
    with app.app_context():
        upgrade(revision="0058")
        with db.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            _account(connection)
            for number, state in enumerate(("done", "undone"), start=1):
                connection.execute(
                    text(
                        "INSERT INTO spam_removals (id, account_id, by_id, reason, at, state, total, done, before, "
                        "undone_at, undone_because) VALUES (:id, 1, NULL, 'It sells.', '2026-03-01 09:00:00', "
                        ":state, 0, 0, '{}', NULL, :because)"
                    ),
                    {"id": number, "state": state, "because": "It was none" if state == "undone" else ""},
                )
        upgrade()
        with db.engine.connect() as connection:
            asked = text(
                "SELECT r.state, r.facts, r.undone_why, r.act FROM rulings r "
                "JOIN spam_removals s ON s.ruling_id = r.id ORDER BY s.id"
            )
            assert [tuple(row) for row in connection.execute(asked)] == [
                ("in_force", "It sells.", "", "spam"),
                ("undone", "It sells.", "It was none", "spam"),
            ]
        downgrade(revision="0058")
        with db.engine.connect() as connection:
            kept = connection.execute(text("SELECT reason, undone_because FROM spam_removals ORDER BY id")).all()
            assert [tuple(row) for row in kept] == [("It sells.", ""), ("It sells.", "It was none")]
            assert connection.execute(text("SELECT count(*) FROM rulings")).scalar_one() == 0
        db.engine.dispose()


def _account(connection) -> None:
    """With whatever the table wants."""
    table = Table("accounts", MetaData(), autoload_with=connection)
    given = {"id": 1, "name": "spam", "name_key": "spam", "trust": "newcomer", "theme": "system"}
    for column in table.columns:
        if not column.nullable and column.server_default is None and column.name not in given:
            kind = column.type.python_type
            given[column.name] = [] if kind in (dict, list, object) else _empty(kind)
    connection.execute(table.insert().values(**given))


def _empty(kind):
    return datetime(2026, 3, 1, tzinfo=UTC) if kind is datetime else kind()
