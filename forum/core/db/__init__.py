"""The database: models' base, sessions that read unless told to write, and the one module that knows the product.

`reading()` gives the request's session. It reads; both databases refuse a write. `transaction()` ends that read
and opens one write transaction, committed when its block ends and rolled back when it raises. Nobody else commits.
"""

from forum.core.db.base import Base, Model, UtcDateTime, db
from forum.core.db.transactions import reading, transaction

__all__ = ["Base", "Model", "UtcDateTime", "db", "reading", "transaction"]
