"""The table of what the search reads."""

from __future__ import annotations

from sqlalchemy import ForeignKey, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class PostText(Model):
    """What the search reads of a post that somebody wrote: its words as tokens (`core/folding.py`), nothing else.

    Written by `texts.py` alone. The database's own full-text index follows these rows by itself; see
    `core/db/dialect_search.py`.
    """

    __tablename__ = "post_texts"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    # The topic's title, with its opening post only.
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    # The title again, with replies: what they are about, though they do not say so. Weighs little.
    context: Mapped[str] = mapped_column(Text)
    # What there is beside words: the sum of `texts.Has`.
    has: Mapped[int] = mapped_column(SmallInteger)
    # Of `core/folding.py`; rows of an older one are written again. 0: not yet written.
    version: Mapped[int] = mapped_column(index=True)
