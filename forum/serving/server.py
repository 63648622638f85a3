"""The production server (granian): `settings.workers` processes, `settings.threads` threads in each.

On Linux its processes fork from this one, which has imported everything already: a second start answers in the time
of one import. The worker is a fresh process, begun when the server answers, so that it does not delay that.
"""

from __future__ import annotations

import errno
import http.client
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click
from flask import Flask

from forum.core import markup
from forum.core.settings import Settings
from forum.serving.preparing import NotReady, prepare, told_in_words
from forum.serving.processes import Beside, end_with, interrupt

INTERRUPTED = 130
FAREWELL_SECONDS = 10
"""How long requests may take to end after Ctrl-C."""
LOOK_SECONDS = 0.2
"""How long a signal that another thread was handed may wait."""
PROBE = "/static/icons/favicon.svg"


def main(create: Callable[[Settings], Flask]) -> int:
    """Prepare, serve until Ctrl-C or SIGTERM; returns the status to exit with."""
    with told_in_words():
        try:
            settings = Settings.from_environ(os.environ)
            address = free_address(settings.host, settings.port)
            prepare(create(settings))
        except KeyboardInterrupt:
            return INTERRUPTED
    serve(settings, address)
    return 0


def serve(settings: Settings, address: str) -> None:
    """Answer on `address` until told to end, the worker beside it."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
    beside = Beside(settings)
    server = Server(
        "app:app",
        address=address,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=FAREWELL_SECONDS,
    )
    server.main_loop_interrupt = Call()
    server.on_startup(lambda: _begin(settings, address, beside))
    try:
        server.serve(target_loader=_application, wrap_loader=False)
    finally:
        beside.end()


class Call(threading.Event):
    """What the server's main thread waits for until it is told to end.

    The system may hand Ctrl-C to another thread: to the one beside, when it takes signals again after it has started a
    process. Python keeps it for the main thread, which a plain Event lets sleep on for ever. And the handler calls
    `set` in the middle of `wait`: there must be no lock to wait for."""

    def __init__(self) -> None:
        self._came = False

    def set(self) -> None:
        self._came = True

    def clear(self) -> None:
        self._came = False

    def is_set(self) -> bool:
        return self._came

    def wait(self, timeout: float | None = None) -> bool:
        until = None if timeout is None else time.monotonic() + timeout
        while not self._came and (until is None or time.monotonic() < until):
            time.sleep(LOOK_SECONDS)
        return self._came


def _application() -> Any:
    """What each of the server's processes answers with."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        end_with(parent.pid, interrupt)
    markup.warm()
    return import_module("app").app


def _begin(settings: Settings, address: str, beside: Beside) -> None:
    def run() -> None:
        _wait_until_answered(address, settings.port)
        click.echo(f"Trellis is at {settings.base_url} (Ctrl-C ends it)")
        beside.keep()

    threading.Thread(target=run, name="beside", daemon=True).start()


def _wait_until_answered(address: str, port: int) -> None:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    while True:
        time.sleep(0.05)
        try:
            connection = http.client.HTTPConnection(here, port, timeout=5)
            connection.request("GET", PROBE)
            connection.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            continue


def free_address(host: str, port: int) -> str:
    """The numeric address of `host`; raises NotReady when nobody can listen on its `port`."""
    if not 0 < port < 65536:
        raise NotReady(f"FORUM_PORT must lie between 1 and 65535; it is {port}.")
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise NotReady(f"FORUM_HOST is {host!r}, which is no address of this machine.") from None
    except OSError as error:
        raise NotReady(_unusable(error, host, port)) from None
    return str(address[0])


def _unusable(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken, perhaps by another Trellis. "
            f"End what listens there, or choose another port: FORUM_PORT={port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Only the system may listen on port {port}. Choose one above 1023 and put a proxy in front."
    return f"FORUM_HOST is {host!r}, on which one cannot listen here: {error.strerror}."
