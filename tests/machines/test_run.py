"""A test run leaves nothing behind, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.machines.run import Run

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys, time
from tests.machines.run import Run
run = Run.open()
folder = run.folder("sleeper")
run.keep("sleeper", folder, [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)"])
while not run.log("sleeper"):
    time.sleep(0.01)
print(run.path, run.log("sleeper"), flush=True)
time.sleep(600)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_servers_end_with_a_run_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True, cwd=ROOT) as victim:
        assert victim.stdout is not None
        path, pid = victim.stdout.readline().split()
        assert alive(int(pid))
        victim.send_signal(signal.SIGKILL)
    assert wait_until(lambda: not alive(int(pid)))
    assert wait_until(lambda: not Path(path).exists())


def test_a_run_that_closes_ends_its_servers_and_removes_its_folder():
    # In a process of its own: the lock that servers wait for belongs to a process, and ours holds one already.
    script = SCRIPT.removesuffix("time.sleep(600)\n") + "run.close()"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True, timeout=60
    )
    path, pid = done.stdout.split()
    assert not alive(int(pid))
    assert not Path(path).exists()


def test_workers_start_a_thing_once_and_share_it(tmp_path):
    started = []
    for _worker in range(3):
        answer = Run(tmp_path).once("server", lambda: started.append(1) or {"url": "here"})
        assert answer == {"url": "here"}
    assert started == [1]
