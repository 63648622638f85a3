"""Queries a page, counted in this process by SQLAlchemy's own events, and what the page weighs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event

from bench.cases import GUEST, READINGS, Reading
from bench.community import Community
from bench.visitors import GUEST as A_GUEST
from bench.visitors import Visitor
from forum.app import create_app
from forum.core.db import db
from forum.core.settings import Settings

VISITS = 2
"""The first finds things unread, the second does not; the dearer one counts."""


@dataclass(frozen=True)
class Counted:
    """A page as it was answered: status, queries until it was answered, bytes."""

    status: int
    queries: int
    size: int


def visitor_for(reading: Reading, community: Community) -> Visitor:
    """Who reads it."""
    return A_GUEST if reading.who == GUEST else community.member


def count(community: Community, readings: Sequence[Reading] = READINGS) -> dict[str, Counted]:
    """Every reading by its name."""
    app = create_app(Settings.from_environ(community.environ))
    with _asked(app) as asked:
        counted = {reading.name: _count(app, asked, reading, community) for reading in readings}
    with app.app_context():
        db.engine.dispose()
    return counted


def _count(app: Flask, asked: list[str], reading: Reading, community: Community) -> Counted:
    visitor = visitor_for(reading, community)
    client = app.test_client(use_cookies=False)
    visits = []
    for _ in range(VISITS):
        asked.clear()
        answer = client.get(reading.page.path(community.places), headers=visitor.headers)
        size = len(answer.get_data())
        visits.append(Counted(answer.status_code, len(asked), size))
        answer.close()  # what is written after the answer is not the page's
    return max(visits, key=lambda visit: (visit.status != 200, visit.queries))


@contextmanager
def _asked(app: Flask) -> Iterator[list[str]]:
    """The statements that reach the database, those that only open a transaction or set a pragma left out."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT")):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
