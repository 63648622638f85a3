"""Small writes after the answer was sent, in a transaction of their own: read marks, last seen."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Flask, Response, current_app
from sqlalchemy.orm import Session

from forum.core.db import db, transaction

log = logging.getLogger(__name__)


def afterwards(response: Response, work: Callable[[Session], None]) -> Response:
    """Do `work(session)` when `response` has been sent. A failure is logged; the reader has their page."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with app.app_context():
            try:
                with transaction() as session:
                    work(session)
            except Exception:
                log.exception("work after the answer failed")
            finally:
                db.session.remove()

    response.call_on_close(run)
    return response
