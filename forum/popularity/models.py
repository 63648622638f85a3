"""The table of scores: one row a topic and span, where anybody took part at all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class TopicScore(Model):
    """How much a topic was talked about, when it was last looked at. The board stands here for its own lists."""

    __tablename__ = "topic_scores"
    __table_args__ = (
        Index("ix_topic_scores_span_score", "span", "score", "topic_id"),
        Index("ix_topic_scores_span_board_id_score", "span", "board_id", "score", "topic_id"),
        CheckConstraint("span in ('hot', 'day', 'week', 'month', 'year')", name="span"),
    )

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    span: Mapped[str] = mapped_column(String(5), primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), index=True)
    score: Mapped[float] = mapped_column(Float)
    scored_at: Mapped[datetime]
