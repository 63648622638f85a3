"""The database goes by the index, for rare words and for those that stand everywhere; never through all posts."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from forum.core.db.dialect import is_sqlite, optimise
from forum.search.operators import parse
from forum.search.queries import finding, meant, search, similar
from tests import cast
from tests.machines.databases import undone
from tests.search.places import archive


def planned(session, ask):
    """How statements of `ask` that know the index are answered. PostgreSQL is told not to read small tables whole."""
    said = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        said.append((statement, parameters))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    if not is_sqlite(session):
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("SET LOCAL enable_indexscan = off"))
    explain = "EXPLAIN QUERY PLAN " if is_sqlite(session) else "EXPLAIN "
    by_index = [one for one in said if "post_index" in one[0] or "indexed" in one[0]]
    assert by_index
    return "\n".join(
        str(row) for one, with_ in by_index for row in session.connection().exec_driver_sql(explain + one, with_)
    )


@pytest.mark.parametrize("candidates", [3_000, 1], ids=["rare", "common"])
@pytest.mark.parametrize(
    "line", ["gut", "gut in:title", '"gut gute"', "東京 board:open order:newest", "gut status:open"]
)
def test_words_are_found_by_the_index(app, monkeypatch, line, candidates):
    monkeypatch.setattr(finding, "CANDIDATES", candidates)
    with undone(app) as session:
        archive(session, topics=8)
        actor = cast.actor(session, None)
        plan = planned(session, lambda: search(session, actor, parse(line)))
        assert ("post_index VIRTUAL TABLE" if is_sqlite(session) else "ix_post_texts_") in plan
        assert "SCAN posts" not in plan
        assert "SCAN topics" not in plan


def test_similar_titles_are_found_by_the_index(app):
    with undone(app) as session:
        archive(session, topics=300)
        optimise(session)
        actor = cast.actor(session, None)
        plan = planned(session, lambda: similar(session, actor, "1e5"))
        assert ("post_index VIRTUAL TABLE" if is_sqlite(session) else "ix_post_texts_title") in plan
        assert "SCAN posts" not in plan


def test_what_was_meant_is_found_by_the_index(app):
    with undone(app) as session:
        archive(session, topics=300)
        optimise(session)
        actor = cast.actor(session, None)
        plan = planned(session, lambda: meant(session, actor, parse("varnihsing")))
        assert ("post_index VIRTUAL TABLE" if is_sqlite(session) else "ix_post_texts_") in plan
        assert "SCAN posts" not in plan
        assert "SCAN topics" not in plan
