"""What was taken away with a spam account, part by part: written down by whoever took it, and read to give it back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.db.keeping import Kept
from forum.moderation.spam_models import SpamPart

MOST = 200


def keep(session: Session, removal_id: int, kind: str, kept: list[Kept], most: int = MOST) -> None:
    """Write down what is needed to give it back, `most` rows a part."""
    for start in range(0, len(kept), most):
        session.add(SpamPart(removal_id=removal_id, kind=kind, kept=kept[start : start + most]))
    session.flush()


def of(session: Session, removal_id: int, kind: str) -> list[SpamPart]:
    """The parts of one kind, the last one first."""
    wanted = (SpamPart.removal_id == removal_id, SpamPart.kind == kind)
    return list(session.scalars(select(SpamPart).where(*wanted).order_by(SpamPart.id.desc())))
