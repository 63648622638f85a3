"""The measure of all things here: a Flask application that does nothing but answer a prepared page of a given size.

`python -m bench.bare PORT WORKERS THREADS` serves it as `forum/serving/server.py` serves the forum.
"""

from __future__ import annotations

import multiprocessing
import sys
from functools import lru_cache

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

app = Flask("bare")


@lru_cache(maxsize=256)
def _page(size: int) -> str:
    return "x" * size


@app.get("/<int:size>")
def page(size: int) -> str:
    """`size` bytes."""
    return _page(size)


def main(port: int, workers: int, threads: int) -> None:
    """Serve until told to end."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
    server = Server(
        "bench.bare:app",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=lambda: app, wrap_loader=False)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
