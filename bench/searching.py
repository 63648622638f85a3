"""How long a search takes where much was written: the query alone, without the page around it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from bench.community import Community
from bench.texts import RARE
from forum import identity
from forum.app import create_app
from forum.core.db import db, reading
from forum.core.db.dialect import is_sqlite
from forum.core.settings import Settings
from forum.permissions import Actor
from forum.search.operators import parse
from forum.search.queries import meant, search, similar

ROUNDS = 20
INDEXES = ("post_index", "ix_post_texts")

CASES: Sequence[tuple[str, str]] = (
    ("a rare word", RARE),
    ("two words of most posts", "reed bellows"),
    ("the same, newest first", "reed bellows order:newest"),
    ("a phrase", '"measured again"'),
    ("a rare word and operators", f"{RARE} board:bench-1 status:solved by:peers"),
    ("a common word and operators", "tuning board:bench-2 status:solved by:peers @person-40"),
    ("in titles", "reed in:title"),
    ("operators alone", "status:noreplies tag:tag-1 has:code"),
)


@dataclass(frozen=True)
class Searched:
    """A search, measured: milliseconds (`cpu`: of this process, all the work on SQLite), how many topics
    there are, and whether the plan goes by the index."""

    name: str
    topics: int
    p50: float
    p95: float
    cpu: float
    by_index: bool | None

    def line(self) -> str:
        """A row of the report."""
        plan = {True: "by the index", False: "NOT by the index", None: "no words"}[self.by_index]
        took = f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms, CPU {self.cpu:.1f} ms"
        return f"search, {self.name}: {took}, {self.topics} topics, {plan}"


def measure(community: Community) -> list[Searched]:
    """Every case as a guest would ask it, similar topics, and what a slip was meant to be."""
    app = create_app(Settings.from_environ(community.environ))
    with app.app_context():
        actor = identity.guest(reading())
        searched = [_measured(name, line, actor) for name, line in CASES]
        searched += [_similar(actor), _slip(actor)]
        db.engine.dispose()
    return searched


def _measured(name: str, line: str, actor: Actor) -> Searched:
    asked = parse(line)
    with _statements() as said:
        count = search(reading(), actor, asked).count
    plans = [_plan(statement, parameters) for statement, parameters in said if "hits" in statement]
    by_index = any(index in plan for plan in plans for index in INDEXES) if asked.phrases else None
    return Searched(name, count, *_times(lambda: search(reading(), actor, asked)), by_index)


def _similar(actor: Actor) -> Searched:
    title = "Which reed for slow bellows, and when"
    with _statements() as said:
        count = len(similar(reading(), actor, title))
    by_index = any(index in _plan(*one) for one in said for index in INDEXES)
    return Searched("similar topics", count, *_times(lambda: similar(reading(), actor, title)), by_index)


def _slip(actor: Actor) -> Searched:
    asked = parse("tunign")
    with _statements() as said:
        count = 1 if meant(reading(), actor, asked) else 0
    by_index = any(index in _plan(*one) for one in said for index in INDEXES)
    return Searched("what a slip was meant to be", count, *_times(lambda: meant(reading(), actor, asked)), by_index)


def _times(work: Any) -> tuple[float, float, float]:
    """Median and 95th percentile of the milliseconds on the wall, median of those of this process."""
    taken, worked = [], []
    for _ in range(ROUNDS):
        begun, cpu = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
        db.session.rollback()
        db.session.expunge_all()
    return statistics.median(taken), sorted(taken)[int(ROUNDS * 0.95) - 1], statistics.median(worked)


@contextmanager
def _statements() -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []

    def listen(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        said.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def _plan(statement: str, parameters: Any) -> str:
    if not statement.lstrip().startswith(("SELECT", "WITH")):
        return ""
    explain = "EXPLAIN QUERY PLAN " if is_sqlite(reading()) else "EXPLAIN "
    rows = reading().connection().exec_driver_sql(explain + statement, parameters)
    return "\n".join(" ".join(map(str, row)) for row in rows)
