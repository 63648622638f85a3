"""Keeps one server alive exactly as long as the test run: `python keeper.py ALIVE FOLDER USER COMMAND…`.

The run holds a lock on the file ALIVE. The kernel lets go of it when the run ends, even by SIGKILL; then the keeper
ends the server and removes the run's folder. No polling, nothing left behind.
"""

from __future__ import annotations

import fcntl
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

GRACE_SECONDS = 5
_ended = threading.Event()


def main(alive: str, folder: str, user: str, *command: str) -> int:
    drop = {"user": user, "group": Path(folder).stat().st_gid, "extra_groups": []} if user else {}
    server = subprocess.Popen(command, start_new_session=True, **drop)  # type: ignore[call-overload]
    threading.Thread(target=_end_with, args=(server, alive), daemon=True).start()
    code: int = server.wait()
    shutil.rmtree(folder, ignore_errors=True)
    if _ended.is_set():
        shutil.rmtree(Path(alive).parent, ignore_errors=True)
    return code


def _end_with(server: subprocess.Popen[bytes], alive: str) -> None:
    with Path(alive).open("a") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
    _ended.set()
    server.send_signal(signal.SIGINT)
    try:
        server.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
