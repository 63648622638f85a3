"""Full text, the other half of the module that names a database product: FTS5 on SQLite, tsvector on PostgreSQL.

Both index the columns of `post_texts`, which `posts/texts.py` alone writes: tokens of `a`–`z` and `0`–`9` between
spaces (`core/folding.py`). A trigger or a generated column follows the row, so the index cannot drift from it, and
since nothing is left to interpret, the same question finds the same rows on both.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    FromClause,
    Integer,
    and_,
    case,
    column,
    func,
    literal_column,
    table,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from forum.core.db.dialect import is_sqlite
from forum.core.folding import Phrase

# What only one product has: left out where models and database are compared.
OWN_TABLES = frozenset(f"post_index{part}" for part in ("", "_data", "_idx", "_docsize", "_config"))
OWN_COLUMNS = frozenset({"vector"})
OWN_INDEXES = frozenset({"ix_post_texts_vector", "ix_post_texts_title"})

_SQLITE = (
    """CREATE VIRTUAL TABLE post_index USING fts5(
        title, body, context, content='post_texts', content_rowid='post_id', tokenize='ascii', prefix='3')""",
    """CREATE TRIGGER post_texts_written AFTER INSERT ON post_texts BEGIN
        INSERT INTO post_index(rowid, title, body, context)
        VALUES (new.post_id, new.title, new.body, new.context);
    END""",
    """CREATE TRIGGER post_texts_gone AFTER DELETE ON post_texts BEGIN
        INSERT INTO post_index(post_index, rowid, title, body, context)
        VALUES ('delete', old.post_id, old.title, old.body, old.context);
    END""",
    """CREATE TRIGGER post_texts_changed AFTER UPDATE OF title, body, context ON post_texts BEGIN
        INSERT INTO post_index(post_index, rowid, title, body, context)
        VALUES ('delete', old.post_id, old.title, old.body, old.context);
        INSERT INTO post_index(rowid, title, body, context)
        VALUES (new.post_id, new.title, new.body, new.context);
    END""",
)
# A bare 0, which no text holds, between the columns: no phrase begins in one and ends in the next.
# Titles have an index of their own: they are few, and asking them must not look at every post that has the word.
_POSTGRESQL = (
    """ALTER TABLE post_texts ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title || ' 0'), 'A')
        || setweight(to_tsvector('simple', body || ' 0'), 'B')
        || setweight(to_tsvector('simple', context), 'D')) STORED""",
    "CREATE INDEX ix_post_texts_vector ON post_texts USING gin (vector)",
    "CREATE INDEX ix_post_texts_title ON post_texts USING gin (to_tsvector('simple', title)) WHERE title <> ''",
)


_SQLITE_STANDING = """
    SELECT value FROM json_each(:words)
    WHERE EXISTS (SELECT 1 FROM post_index WHERE post_index MATCH '"' || value || '"') ORDER BY value"""
# Counted, not asked whether there are any: for one row it would read all.
_POSTGRESQL_STANDING = """
    SELECT value FROM json_array_elements_text(CAST(:words AS json)) AS value
    WHERE (SELECT count(*) FROM post_texts AS indexed WHERE indexed.vector @@ CAST(value AS tsquery)) > 0
    ORDER BY value"""


@dataclass(frozen=True)
class Sought:
    """What to look for: all of `words` (`any_of`: one is enough), none of `without`; `in_title`: in titles only."""

    words: Sequence[Phrase]
    without: Sequence[Phrase] = ()
    in_title: bool = False
    any_of: bool = False


@dataclass(frozen=True)
class FullText:
    """The index as a query uses it: join `rows` by `post_id`, ask `matches`, order by `score` (more is better).
    `passes` says the same of a row at hand: for words that stand nearly everywhere, to walk from the latest row on."""

    rows: FromClause
    post_id: ColumnElement[int]
    matches: ColumnElement[bool]
    passes: ColumnElement[bool]
    score: ColumnElement[float]


def create_index(connection: Connection) -> None:
    """For the migration that made `post_texts`: the index and what keeps it."""
    for statement in _SQLITE if is_sqlite(connection) else _POSTGRESQL:
        connection.execute(sql(statement))


def drop_index(connection: Connection) -> None:
    """The way back: what is not gone with its table."""
    if is_sqlite(connection):
        connection.execute(sql("DROP TABLE post_index"))


def full_text(session: Session, sought: Sought) -> FullText:
    """The index, asked for `sought`, which holds at least one word."""
    return _fts5(sought) if is_sqlite(session) else _tsvector(sought)


def standing(session: Session, words: Sequence[str]) -> list[str]:
    """Those of many `words` (tokens) that stand in the index, in order: each is looked up by itself. Of hundreds in one
    question PostgreSQL thinks that they stand everywhere, and reads all rows."""
    asked = sql(_SQLITE_STANDING if is_sqlite(session) else _POSTGRESQL_STANDING)
    return list(session.scalars(asked, {"words": json.dumps(words)}))


def mend_index(session: Session) -> bool:
    """Compare the index with its rows and make it anew where it differs; whether it did. PostgreSQL's cannot."""
    if not is_sqlite(session):
        return False
    try:
        with session.begin_nested():
            session.execute(sql("INSERT INTO post_index(post_index, rank) VALUES ('integrity-check', 1)"))
    except DatabaseError:
        session.execute(sql("INSERT INTO post_index(post_index) VALUES ('rebuild')"))
        return True
    return False


# ── SQLite ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _fts5(sought: Sought) -> FullText:
    rows = table("post_index", column("rowid", Integer), column("post_index"))
    asked = (" OR " if sought.any_of else " AND ").join(map(_fts5_phrase, sought.words))
    if sought.without:
        asked = f"({asked}) NOT ({' OR '.join(map(_fts5_phrase, sought.without))})"
    if sought.in_title:
        asked = f"title : ({asked})"
    matches: ColumnElement[bool] = rows.c.post_index.op("MATCH", is_comparison=True)(asked)
    return FullText(rows, rows.c.rowid, matches, matches, literal_column("-bm25(post_index, 8.0, 1.0, 0.2)", Float))


def _fts5_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + ("*" if phrase.beginning else "")


# ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tsvector(sought: Sought) -> FullText:
    rows = table("post_texts", column("post_id", Integer), column("title"), column("vector")).alias("indexed")
    asked = (" | " if sought.any_of else " & ").join(map(_tsquery_phrase, sought.words))
    if sought.without:
        asked = f"({asked}) & !({' | '.join(map(_tsquery_phrase, sought.without))})"
    query = sql_cast(asked, TSQUERY)
    if sought.in_title:
        vector: ColumnElement[str] = literal_column("to_tsvector('simple', indexed.title)")
        matches = and_(rows.c.title != literal_column("''"), vector.op("@@", is_comparison=True)(query))
    else:
        vector = literal_column("indexed.vector")
        matches = vector.op("@@", is_comparison=True)(query)
    # PostgreSQL takes the beginning of a word for rare; a condition so hidden, for one that half of all rows meet.
    passes = case((matches, literal_column("true")), else_=literal_column("false"))
    score = func.ts_rank(literal_column("'{0.05,0.1,0.15,1.0}'::real[]"), vector, query, 1, type_=Float)
    return FullText(rows, rows.c.post_id, matches, passes, score)


def _tsquery_phrase(phrase: Phrase) -> str:
    return "(" + " <-> ".join(phrase.tokens) + (":*" if phrase.beginning else "") + ")"
