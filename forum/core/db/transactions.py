"""One transaction a request or job.

A session reads unless `transaction()` opened it for writing: then it holds SQLite's write lock from its first
statement (immediate) or a PostgreSQL read-write transaction. Parse, render and hash passwords before, not inside:
every other writer waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy.orm import Session, scoped_session

from forum.core.db.base import db
from forum.core.db.dialect import WRITING

_KEY = "forum_in_transaction"


@contextmanager
def transaction() -> Iterator[Session]:
    """`with transaction() as session:` commits at the end of the block, rolls back when it raises.

    Ends the read that went before, so what was fetched outside must be fetched again inside. Not reentrant.
    """
    session = current(db.session)
    if session.info.get(_KEY):
        raise RuntimeError("A transaction is open already: a verb never opens one of its own.")
    session.expunge_all()  # before the rollback, which would empty what was read so far of its columns
    session.rollback()
    session.info[_KEY] = True
    try:
        session.connection(execution_options={WRITING: True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_KEY, None)


def reading() -> Session:
    """The session of this request or command; it cannot write."""
    return current(db.session)


def current(sessions: scoped_session[FlaskSession]) -> Session:
    """The plain session behind the scoped one."""
    return sessions()
