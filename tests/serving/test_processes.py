"""Nobody outlives the one who began: the worker is started again when it dies, and ends when its parent does."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from forum.core.settings import Settings
from forum.serving.processes import Beside

ROOT = Path(__file__).resolve().parents[2]


def soon(true, seconds=30.0):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def beside(tmp_path, script):
    """A worker that notes its number in a file instead of working."""
    keeper = Beside(Settings(data_dir=tmp_path))
    keeper._command = [sys.executable, "-c", script, str(tmp_path / "born")]
    thread = threading.Thread(target=keeper.keep)
    thread.start()
    return keeper, thread


BORN = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')\n"


def born(tmp_path):
    path = tmp_path / "born"
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_a_worker_that_dies_is_started_again_and_said_so(tmp_path, caplog):
    caplog.set_level(logging.ERROR)
    keeper, thread = beside(tmp_path, BORN + "import time; time.sleep(60)")
    assert soon(lambda: len(born(tmp_path)) == 1)
    os.kill(born(tmp_path)[0], 9)
    assert soon(lambda: len(born(tmp_path)) == 2)
    assert "the worker ended with status -9" in caplog.text
    keeper.end()
    thread.join(10)
    assert not thread.is_alive()
    assert all(not runs(pid) for pid in born(tmp_path))


def test_one_that_does_not_want_to_end_is_ended(tmp_path):
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + BORN + "time.sleep(60)"
    keeper, thread = beside(tmp_path, stubborn)
    assert soon(lambda: born(tmp_path) != [])
    keeper.end(patience=0.3)
    thread.join(10)
    assert not runs(born(tmp_path)[0])


PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", sys.argv[1], str(os.getpid())])
print(child.pid, flush=True)
time.sleep(60)
"""
CHILD = """
import sys, threading, time
sys.path.insert(0, {root!r})
from forum.serving import processes
stop = threading.Event()
processes.end_with(int(sys.argv[1]), stop.set, at_last={at_last})
{then}
"""


def orphan(then, at_last=30.0):
    """The number of a child whose parent was killed."""
    child = CHILD.format(root=str(ROOT), then=then, at_last=at_last)
    with subprocess.Popen([sys.executable, "-c", PARENT, child], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    return pid


def test_a_child_whose_parent_was_killed_ends_its_work():
    pid = orphan("stop.wait(60)")
    assert soon(lambda: not runs(pid), 60)


def test_a_child_that_cannot_be_ended_gently_ends_all_the_same():
    pid = orphan("time.sleep(60)", at_last=0.2)
    assert soon(lambda: not runs(pid), 60)


def runs(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
