"""Processes that belong together: the worker is started again when it dies, and nobody outlives the one who began."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from forum.core.settings import Settings

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
LOOK_SECONDS = 0.5
LONGEST_PAUSE = 60.0
LIVED_WELL = 60.0
"""A worker that lived this long, in seconds, is started again at once; one that did not waits, longer each time."""


def end_with(parent: int, end: Callable[[], None], *, at_last: float = 30.0) -> None:
    """When process `parent` is not our parent any more: `end()`, and, `at_last` seconds later, the hard way."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        end()
        time.sleep(at_last)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def interrupt() -> None:
    """Ask this process to end as Ctrl-C or a service manager would."""
    os.kill(os.getpid(), signal.SIGTERM)


class Beside:
    """A `flask worker` in a process of its own, for as long as the server lives."""

    def __init__(self, settings: Settings) -> None:
        self._command = [sys.executable, "-m", "flask", "--app", str(ROOT / "app.py"), "worker"]
        self._environ = {**os.environ, "FORUM_DATA_DIR": str(settings.data_dir)}
        self._stop = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Start it, and again whenever it ends, until `end` is called."""
        pause = 1.0
        while not self._stop.is_set():
            born = time.monotonic()
            status = self._run()
            if self._stop.is_set():
                return
            pause = 1.0 if time.monotonic() - born > LIVED_WELL else min(LONGEST_PAUSE, pause * 2)
            log.error("the worker ended with status %s; it starts again in %.0f s", status, pause)
            self._stop.wait(pause)

    def _run(self) -> int:
        command = [*self._command, "--parent", str(os.getpid())]
        # In a group of its own: Ctrl-C is for the server, which then ends the worker.
        with subprocess.Popen(  # noqa: S603 (our own command)
            command, env=self._environ, stdin=subprocess.DEVNULL, process_group=0
        ) as process:
            self._process = process
            if self._stop.is_set():
                process.terminate()
            return process.wait()

    def end(self, patience: float = 10.0) -> None:
        """End it: gently, and after `patience` seconds not so. What it was doing is done again later."""
        self._stop.set()
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
