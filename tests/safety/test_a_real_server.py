"""The forum as `python app.py` serves it, and those who would rather it did not."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.machines.run import free_port

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
MEGABYTE = 2**20


@dataclass
class Served:
    """The server's process, its port and whether it still answers."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def send(self, *parts: bytes, wait: float = 10.0, pause: float = 0.0) -> tuple[int, bytes]:
        """Status and body of what comes back for raw bytes; status 0 where the connection was only closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            try:
                for part in parts:
                    connection.sendall(part)
                    time.sleep(pause)
            except OSError:  # refused while we were still sending: what it said may be there to read
                pass
            received = b""
            try:
                while len(received) < MEGABYTE and (piece := connection.recv(65_536)):
                    received += piece
                    if _is_whole(received):
                        break
            except OSError:
                pass
        status = re.match(rb"HTTP/1\.[01] (\d{3})", received)
        return int(status[1]) if status else 0, received

    def ask(self, path: str = "/sign-in", **headers: str) -> tuple[int, bytes]:
        told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return self.send(f"GET {path} HTTP/1.1\r\nHost: forum\r\n{told}Connection: close\r\n\r\n".encode())

    def memory(self) -> int:
        """Bytes that the server's processes hold, together."""
        return sum(_resident(number) for number in _family(self.process.pid))


def _is_whole(received: bytes) -> bool:
    head, separator, body = received.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    return bool(separator and length and len(body) >= int(length[1]))


def _family(number: int) -> list[int]:
    children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return [number, *(one for child in children for one in _family(int(child)))]


def _resident(number: int) -> int:
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return 0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`python app.py`, with an empty community."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    environ |= {"FORUM_ENV": "test", "FORUM_DATA_DIR": str(folder / "data"), "FORUM_PORT": str(port)}
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environ, stdout=out, stderr=out)
    running = Served(process, port, log)
    try:
        _wait(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait(running: Served) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        assert running.process.poll() is None, running.log.read_text()
        assert time.monotonic() < until, running.log.read_text()
        try:
            if running.ask()[0] == 200:
                return
        except OSError:
            time.sleep(0.1)


@pytest.fixture(autouse=True)
def goes_on(served: Served) -> Iterator[None]:
    """After every test the same processes answer, and none of them said that it had an accident."""
    before, said = _family(served.process.pid), len(served.log.read_bytes())
    yield
    assert served.ask()[0] == 200
    assert set(_family(served.process.pid)) >= set(before)
    assert b"accident" not in served.log.read_bytes()[said:]


def post(path: str, body: bytes = b"", *headers: str) -> bytes:
    told = "".join(f"{header}\r\n" for header in headers)
    return f"POST {path} HTTP/1.1\r\nHost: forum\r\nConnection: close\r\n{told}\r\n".encode() + body


FORM = "Content-Type: application/x-www-form-urlencoded"
PARTS = "Content-Type: multipart/form-data; boundary=xx"


def test_a_gigabyte_that_is_announced_is_refused_unread(served: Served) -> None:
    before = served.memory()
    for kind in (FORM, PARTS, "Content-Type: application/json"):
        status, answer = served.send(post("/sign-in", b"x" * 1000, f"Content-Length: {2**30}", kind))
        assert status == 413, answer[:300]
        assert b"<h1" in answer
    assert served.memory() - before < 20 * MEGABYTE


def test_a_body_that_never_says_how_long_it_is_is_cut_off(served: Served) -> None:
    """Two hundred megabytes in chunks: refused before they are all here, and not kept in memory."""
    before = served.memory()
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    status, _answer = served.send(
        post("/sign-in", b"", "Transfer-Encoding: chunked", FORM), *[piece] * 3200, b"0\r\n\r\n"
    )
    assert status in {0, 400, 411, 413}
    assert served.memory() - before < 60 * MEGABYTE


def test_a_body_shorter_than_it_said_keeps_nobody_waiting(served: Served) -> None:
    """The sender hangs up; everybody else is served meanwhile."""
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", served.port), timeout=5) as connection:
            connection.sendall(post("/sign-in", b"login=a", "Content-Length: 5000", FORM))
    assert served.ask()[0] == 200


def test_whoever_sends_a_letter_a_second_does_no_lasting_harm(served: Served) -> None:
    """More slow senders than there are threads can hold readers up, which is why a buffering proxy stands in front on
    the open internet (docs/operating.md); once they are gone, everybody is answered."""
    slow = []
    for _ in range(12):
        connection = socket.create_connection(("127.0.0.1", served.port), timeout=5)
        connection.sendall(post("/sign-in", b"l", "Content-Length: 5000", FORM))
        slow.append(connection)
    for connection in slow:
        connection.close()
    until = time.monotonic() + 30
    while served.ask()[0] != 200:
        assert time.monotonic() < until


def test_two_requests_in_one_are_one_or_none(served: Served) -> None:
    """Request smuggling: length and chunks together, twice a length, spaces before a colon."""
    inner = b"GET /settings HTTP/1.1\r\nHost: forum\r\n\r\n"
    for headers in (
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
        ("Content-Length: 4", "Content-Length: 60"),
        ("Content-Length : 4",),
        ("Transfer-Encoding: chunked, identity",),
        ("Content-Length: -1",),
        ("Content-Length: 4\n",),
        ("Content-Length: abc",),
    ):
        status, answer = served.send(post("/sign-in", b"0\r\n\r\n" + inner, *headers, FORM))
        assert status < 500, headers
        assert answer.count(b"HTTP/1.1 ") <= 1, headers


BROKEN = [
    b"",
    b"--xx",
    b"--xx--",
    b"--xx\r\n\r\n",
    b"--xx\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--xx--",
    b'--xx\r\nContent-Disposition: form-data; name="login"\r\n\r\nno end',
    b'--xx\r\nContent-Disposition: form-data; name="login"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--xx--',
    b'--xx\r\nContent-Disposition: form-data; name="login"\r\nContent-Type: a/b; charset=nonsense\r\n\r\nx\r\n--xx--',
    b'--xx\r\nContent-Disposition: form-data; name="' + b"n" * 9000 + b'"\r\n\r\nx\r\n--xx--',
    b"--xx\r\n" + b"X-Header: y\r\n" * 3000 + b"\r\nx\r\n--xx--",
    b'--xx\r\nContent-Disposition: form-data; name="login"; filename="\xff\xfe\x00"\r\n\r\nx\r\n--xx--',
    b"\r\n" * 20_000,
    bytes(range(256)) * 40,
]


def test_a_form_in_parts_that_do_not_fit_together_is_refused_in_words(served: Served) -> None:
    for body in BROKEN:
        for headers in ((PARTS,), ("Content-Type: multipart/form-data",), (FORM,)):
            status, answer = served.send(post("/sign-in", body, f"Content-Length: {len(body)}", *headers))
            assert status in {400, 413, 422, 429}, (status, body[:60], headers)
            assert b"<h1" in answer


def test_a_form_of_ten_thousand_parts_is_refused(served: Served) -> None:
    part = b'--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
    body = part * 10_000 + b"--xx--"
    assert served.send(post("/sign-in", body, f"Content-Length: {len(body)}", PARTS))[0] == 413
    pairs = b"&".join(b"a%d=b" % number for number in range(60_000))
    began = time.monotonic()
    assert served.send(post("/sign-in", pairs, f"Content-Length: {len(pairs)}", FORM))[0] in {400, 413}
    assert time.monotonic() - began < 5


def test_headers_without_end_are_refused(served: Served) -> None:
    flood = b"GET / HTTP/1.1\r\nHost: forum\r\n" + b"X-Flood: " + b"y" * 500 + b"\r\n"
    assert served.send(flood, *[b"X-Flood: " + b"y" * 900 + b"\r\n"] * 5000, b"\r\n")[0] in {0, 400, 413, 431}
    assert served.ask(Cookie="trellis=" + "x" * 7000)[0] == 200
    assert served.ask("/" + "a" * 5000)[0] == 404
    assert served.ask("/?" + "a=b&" * 1500)[0] < 500


def test_what_is_no_request_is_no_accident(served: Served) -> None:
    for said in (
        b"\r\n\r\n",
        b"HELLO\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: evil.example:abc\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\nConnection: close\r\n\r\n",
        b"GET /%zz%00%ff HTTP/1.1\r\nHost: forum\r\nConnection: close\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: forum\r\nConnection: close\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: forum\r\nConnection: close\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"NONSENSE / HTTP/1.1\r\nHost: forum\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: forum\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: forum\r\nRange: bytes=0-,-1,9999999999999-\r\nConnection: close\r\n\r\n",
        b"GET /static/css/trellis.css HTTP/1.1\r\nHost: forum\r\nRange: bytes="
        + b"0-0," * 900
        + b"\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: forum\r\nAccept-Language: " + b"en;q=0.1," * 700 + b"\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: forum\r\nIf-Modified-Since: now\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n",
    ):
        status, answer = served.send(said, wait=3)
        assert status < 500 or status == 501, (said[:60], answer[:200])
        assert b"Traceback" not in answer


def test_no_file_beside_the_static_ones_is_given_out(served: Served) -> None:
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/static//etc/passwd",
        "/static/css/../../forum/app.py",
        "/static/..%5capp.py",
        "/static/.%00./app.py",
        "/app.py",
        "/.git/config",
        "/instance/forum.sqlite3",
    ):
        status, answer = served.ask(path)
        assert status in {308, 400, 404}, path
        assert b"create_app" not in answer
        assert b"root:" not in answer
