"""The folder that all worker processes of one test run share, and what was started in it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

KEEPER = Path(__file__).with_name("keeper.py")
FAREWELL_SECONDS = 8
PREFIX = "forum-tests-"
STALE_SECONDS = 120


class Run:
    """A shared folder with locks. The process that opened it owns it; workers join by its path."""

    def __init__(self, path: Path, alive: IO[str] | None = None) -> None:
        self.path = path
        self._alive = alive

    @classmethod
    def open(cls) -> Run:
        _sweep()
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        path.chmod(0o711)  # a server that may not run as root must get through to its own folder
        alive = (path / "alive").open("w")
        fcntl.lockf(alive, fcntl.LOCK_EX)
        return cls(path, alive)

    def close(self) -> None:
        """End every server of this run and remove the folder. Only the owner does."""
        if self._alive is None:
            return
        keepers = [int(file.read_text()) for file in self.path.glob("*.pid")]
        self._alive.close()
        until = time.monotonic() + FAREWELL_SECONDS
        while time.monotonic() < until and any(map(_runs, keepers)):
            time.sleep(0.02)
        shutil.rmtree(self.path, ignore_errors=True)

    @contextlib.contextmanager
    def lock(self, name: str) -> Iterator[None]:
        with (self.path / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def once(self, name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What `make` answered in the first process that asked; the others wait for it and read it."""
        kept = self.path / f"{name}.json"
        with self.lock(name):
            if not kept.exists():
                draft = kept.with_suffix(".draft")
                draft.write_text(json.dumps(make()))
                draft.replace(kept)
            answer: dict[str, Any] = json.loads(kept.read_text())
        return answer

    def folder(self, name: str, owner: pwd.struct_passwd | None = None) -> Path:
        """A fresh private folder for one server or one worker."""
        path = self.path / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(mode=0o700)
        if owner:
            os.chown(path, owner.pw_uid, owner.pw_gid)
        return path

    def keep(self, name: str, folder: Path, command: Sequence[str], user: str = "") -> Callable[[], int | None]:
        """Start a server that lives as long as the run; answers a way to ask whether it ended already."""
        log = (self.path / f"{name}.log").open("ab")
        with log:
            keeper = subprocess.Popen(
                [sys.executable, str(KEEPER), str(self.path / "alive"), str(folder), user, *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.path,
                start_new_session=True,  # Ctrl-C is for the run; the keeper hears of it by the lock
            )
        (self.path / f"{name}.pid").write_text(str(keeper.pid))
        return keeper.poll

    def log(self, name: str) -> str:
        """The last lines that a server wrote."""
        path = self.path / f"{name}.log"
        return path.read_text(errors="replace")[-2000:] if path.exists() else ""


def free_port() -> int:
    """A TCP port on this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _sweep() -> None:
    """Remove what earlier runs of ours left that were killed before they started any server."""
    for alive in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/alive"):
        with contextlib.suppress(OSError):  # held by a living run, of somebody else, or just gone
            if time.time() - alive.stat().st_mtime > STALE_SECONDS:
                with alive.open("a") as file:
                    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(alive.parent)


def _runs(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # one that we started ourselves stays a zombie until asked after
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
