"""The two servers that are compared: the forum as `python app.py` serves it, and a bare Flask on the same server."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from json import dumps, loads
from pathlib import Path

from bench.load import Outcome, Plan
from tests.machines.run import free_port

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
FAREWELL_SECONDS = 20


class Broken(Exception):
    """Something that is measured did not start or broke; the text says what it said."""


@dataclass(frozen=True)
class Shape:
    """How a server is run: processes, threads in each."""

    workers: int
    threads: int


def own_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with no other setting of the forum than `environ`."""
    return {name: text for name, text in os.environ.items() if not name.startswith("FORUM_")} | dict(environ)


@dataclass(frozen=True)
class Server:
    """A running server: its port, and the process that all of its processes come from."""

    port: int
    process: int


@contextmanager
def forum(environ: Mapping[str, str], shape: Shape, log: Path) -> Iterator[Server]:
    """The forum, its background worker beside it."""
    port = free_port()
    served = {"FORUM_PORT": str(port), "FORUM_WORKERS": str(shape.workers), "FORUM_THREADS": str(shape.threads)}
    with _running([sys.executable, "app.py"], own_environ({**environ, **served}), log) as process:
        _wait(port, "/static/icons/favicon.svg", log)
        yield Server(port, process)


@contextmanager
def bare(shape: Shape, log: Path) -> Iterator[Server]:
    """A bare Flask application."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", str(port), str(shape.workers), str(shape.threads)]
    with _running(command, own_environ({}), log) as process:
        _wait(port, "/1", log)
        yield Server(port, process)


@contextmanager
def _running(command: list[str], environ: Mapping[str, str], log: Path) -> Iterator[int]:
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, path: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        time.sleep(0.1)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            continue
        finally:
            connection.close()
    raise Broken(f"The server did not answer. The last it said:\n{log.read_text(errors='replace')[-2000:]}")


def load(plan: Plan) -> Outcome:
    """Carry the plan out in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        cwd=ROOT,
        input=dumps(asdict(plan)),
        capture_output=True,
        text=True,
        timeout=plan.seconds + 120,
        check=False,
    )
    if done.returncode != 0:
        raise Broken(f"The load generator broke:\n{done.stderr[-2000:]}")
    return Outcome(**loads(done.stdout))
