"""`python app.py`, really run."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from forum.serving.preparing import NotReady
from forum.serving.server import free_address
from tests.machines.proof import PROVE
from tests.machines.run import free_port

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(folder, **environ):
    """`python app.py` until the block ends; gives the process, its port and a way to ask it."""
    port = free_port()
    given = {"FORUM_ENV": "development", "FORUM_DATA_DIR": str(folder), "FORUM_PORT": str(port)} | environ
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FORUM_")} | given
    command = [sys.executable, str(ROOT / "app.py")]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder
    )
    try:
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def ask(port, path="/static/css/trellis.css"):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer


def wait(process, port, seconds=90):
    """Seconds until it answers."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        assert process.poll() is None, process.communicate()[0]
        try:
            ask(port)
            return time.monotonic() - begun
        except (OSError, HTTPException):
            time.sleep(0.05)
    raise AssertionError("it does not answer")


def end(process, sign=signal.SIGINT):
    process.send_signal(sign)
    return process.communicate(timeout=60)[0]


def children(pid):
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def test_the_first_start_shows_a_community_and_the_second_keeps_quiet(tmp_path):
    with running(tmp_path) as (process, port):
        wait(process, port)
        assert ask(port).status == 200
        assert ask(port, "/sign-in").status == 200
        first = end(process)
    assert process.returncode == 0
    assert "Traceback" not in first
    assert first.count(f"Trellis is at http://127.0.0.1:{port}") == 1
    passwords = re.findall(r"^  (?:member|staff|administrator) +\S+ +(\S+)$", first, re.MULTILINE)
    assert len(set(passwords)) == 3
    with running(tmp_path) as (process, port):
        seconds = wait(process, port)
        second = end(process)
    assert not PROVE or seconds < 3, f"the second start took {seconds:.1f} s"
    assert second.strip() == f"Trellis is at http://127.0.0.1:{port} (Ctrl-C ends it)"


def test_ctrl_c_is_heard_even_when_the_system_hands_it_to_another_thread():
    script = """if True:
        import signal, threading, time
        from forum.serving.server import Call
        call = Call()
        signal.signal(signal.SIGINT, lambda *_: call.set())
        other = threading.Thread(target=time.sleep, args=(60,), daemon=True)
        other.start()
        threading.Timer(0.5, signal.pthread_kill, args=(other.ident, signal.SIGINT)).start()
        call.wait()
    """
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=50)


def test_when_it_is_killed_nobody_stays_behind(tmp_path):
    with running(tmp_path) as (process, port):
        wait(process, port)
        until = time.monotonic() + 60
        while len(children(process.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        beside = children(process.pid)
        assert len(beside) == 2, "a server process and the worker"
        process.kill()
        process.wait()
    until = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in beside) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [pid for pid in beside if Path(f"/proc/{pid}").exists()]
    free_address("127.0.0.1", port)


def refusal(folder, **environ):
    with running(folder, **environ) as (process, _port):
        said = process.communicate(timeout=60)[0]
    assert process.returncode == 2
    assert "Traceback" not in said
    return said.strip()


def test_a_mistyped_setting_stops_the_start_and_names_the_nearest(tmp_path):
    said = refusal(tmp_path, FORUM_SMPT_URL="smtp://localhost")
    assert said == "There is no setting FORUM_SMPT_URL. Did you mean FORUM_SMTP_URL?"


def test_a_port_that_is_taken_is_said_so_before_anything_is_done(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = refusal(tmp_path, FORUM_PORT=str(other.getsockname()[1]))
    assert "is taken" in said
    assert "FORUM_PORT=" in said
    assert list(tmp_path.iterdir()) == []


def test_production_refuses_an_empty_folder_in_one_sentence(tmp_path):
    said = refusal(tmp_path, FORUM_ENV="production", FORUM_BASE_URL="https://forum.example.org")
    assert "flask --app app db upgrade" in said


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("no.such.host.invalid", 8123, "FORUM_HOST"),
        ("127.0.0.1", 70000, "FORUM_PORT"),
        ("192.0.2.7", 8123, "FORUM_HOST"),
    ],
)
def test_an_address_that_is_none_is_said_so(host, port, sentence):
    with pytest.raises(NotReady, match=sentence):
        free_address(host, port)
