"""The forum on a real socket, served by threads of the test's own process, so that tests can arrange beside it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

QUIET_SECONDS = 30


class Live:
    """Holds a port from the start of the run (the app must know its address); serves from the first test that asks."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.app: Flask | None = None
        self._open = 0
        self._changed = threading.Condition()
        self._stop: Callable[[], None] | None = None

    def serve(self, app: Flask) -> None:
        """Answer with `app` from now on, until the test ends."""
        self.app = app
        if self._stop is not None:
            return
        self._socket.listen(128)
        server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=_Silent, fd=self._socket.fileno())
        server.daemon_threads = True  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self._stop = server.shutdown

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self.app is None:  # a browser that goes away: what it still asks must not meet the next test's community
            start_response("503 Service Unavailable", [])
            return []
        return self.app(environ, start_response)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Inside, a request is being answered."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._open += change
            self._changed.notify_all()

    def settle(self) -> None:
        """Wait until no request is being answered, and answer no more: the next test must not meet the tail of this."""
        until = time.monotonic() + QUIET_SECONDS
        with self._changed:
            if not self._changed.wait_for(lambda: self._open == 0, until - time.monotonic()):
                raise AssertionError(f"A request was still being answered {QUIET_SECONDS} s after the test.")
            self.app = None

    def close(self) -> None:
        if self._stop is not None:
            self._stop()
        self._socket.close()


class _Silent(WSGIRequestHandler):
    def run_wsgi(self) -> None:
        """Counted here, since a browser that goes away in the middle keeps an answer from ever being closed."""
        live = cast("Live", self.server.app)
        with live.answering():
            super().run_wsgi()

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 werkzeug's name
        """Errors reach the test through the answer; a line for each request would drown them."""
