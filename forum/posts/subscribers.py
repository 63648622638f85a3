"""What topics do when a setting changes that says how they stand."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.jobs.actions import enqueue
from forum.site.events import SettingChanged


def settle_anew(session: Session, event: SettingChanged) -> None:
    """Another number of peers confirms an answer: those that worked for somebody are looked at again, by the worker."""
    if event.key == "peers_needed":
        enqueue(session, "settle_confirmations", key="settle_confirmations")
