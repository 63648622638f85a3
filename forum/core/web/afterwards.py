"""Small writes after the answer was sent, in a transaction of their own: read marks, last seen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum.core.db import db, reading, transaction

log = logging.getLogger(__name__)


R = TypeVar("R", bound=Response)


def afterwards(response: R, work: Callable[[Session], None], only_if: Callable[[Session], bool] | None = None) -> R:
    """Do `work(session)` when `response` has been sent, if `only_if(session)`, a read, says that there is any.

    A failure is logged; the reader has their page.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with app.app_context():
            try:
                if only_if is None or only_if(reading()):
                    with transaction() as session:
                        work(session)
            except Exception:
                log.exception("work after the answer failed")
            finally:
                db.session.remove()

    response.call_on_close(run)
    return response
