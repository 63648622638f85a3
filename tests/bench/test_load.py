"""The load generator counts what a server answered, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.load import Plan, Run, is_whole, quantiles

HEAD = b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: %d\r\n\r\n"


@given(st.binary(max_size=300), st.data())
def test_an_answer_is_whole_with_its_last_byte_and_not_before(body, data):
    answer = HEAD % len(body) + body
    assert is_whole(bytearray(answer))
    cut = data.draw(st.integers(0, len(answer) - 1))
    assert not is_whole(bytearray(answer[:cut]))


def test_an_answer_in_chunks_is_whole_with_its_last_chunk():
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    assert is_whole(bytearray(answer))
    assert not is_whole(bytearray(answer[:-7]))


@given(st.lists(st.integers(0, 1000), max_size=50))
def test_half_took_no_longer_than_the_95th(took):
    p50, p95 = quantiles(took)
    assert p50 <= p95 <= max(took, default=0)


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    paths: list[str]

    def do_GET(self) -> None:
        self.paths.append(self.path)
        if self.path == "/rude":
            self.close_connection = True
            return
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Length", "50000")
        if self.path == "/last":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"x" * 50_000)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A port that answers, and the paths it was asked for."""
    paths: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"paths": paths}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server.server_port, paths
    server.shutdown()
    server.server_close()


def ask(path: str) -> str:
    return f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n"


def test_each_of_a_few_requests_is_sent_once(asked):
    port, paths = asked
    plan = Plan(port, 2, 20, [ask(f"/{n}") for n in range(7)], again=False, warming=0)
    outcome = Run(plan).outcome()
    assert sorted(paths) == [f"/{n}" for n in range(7)]
    assert (outcome.answers, outcome.sent, outcome.others) == (7, 7, {})
    assert outcome.seconds < 20


def test_an_answer_that_was_not_wanted_is_told_and_not_counted(asked):
    port, _paths = asked
    outcome = Run(Plan(port, 1, 20, [ask("/missing"), ask("/")], again=False, warming=0)).outcome()
    assert (outcome.answers, outcome.others) == (1, {"404": 1})


def test_a_server_that_hangs_up_is_asked_again_on_a_new_connection(asked):
    port, paths = asked
    wanted = ["/last", "/", "/rude", "/", "/last", "/rude", "/"]
    outcome = Run(Plan(port, 1, 20, [ask(path) for path in wanted], again=False, warming=0)).outcome()
    assert paths == wanted
    assert (outcome.answers, outcome.others) == (5, {"hung up": 2})


def test_asking_goes_on_until_the_time_is_up_and_every_answer_is_waited_for(asked):
    port, paths = asked
    outcome = Run(Plan(port, 3, 0.3, [ask("/")], warming=0.1)).outcome()
    assert outcome.sent == len(paths) > outcome.answers > 3
    assert outcome.seconds == pytest.approx(0.3, abs=0.05)
    assert 0 < outcome.p50 <= outcome.p95
