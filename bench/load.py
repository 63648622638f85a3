"""The load generator: `python -m bench.load`, a plan as JSON on its input, what happened as JSON on its output.

A process of its own, so that the server's work and its own share no interpreter; one thread over N kept-alive
connections, each asking again as soon as it was answered. Needs nothing beside the standard library.
"""

from __future__ import annotations

import json
import selectors
import socket
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle

PATIENCE_SECONDS = 20.0
"""How long answers may take that were asked for before the end."""


@dataclass(frozen=True)
class Plan:
    """Send `requests` (whole HTTP/1.1 requests) for `seconds`, after `warming` seconds that do not count.

    `again`: start over at their end; else stop there. `expected`: the status of an answer that counts.
    """

    port: int
    connections: int
    seconds: float
    requests: Sequence[str]
    again: bool = True
    expected: int = 200
    warming: float = 0.3


@dataclass(frozen=True)
class Outcome:
    """`answers` of the expected status in `seconds`, the milliseconds they took, and how often there were others.
    `sent`: requests used up, the uncounted ones too."""

    answers: int
    seconds: float
    p50: float
    p95: float
    sent: int
    others: dict[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


@dataclass
class Connection:
    """One kept-alive connection and the answer that it waits for."""

    port: int
    socket: socket.socket = field(init=False)
    asked_at: float = 0.0
    got: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self.got.clear()
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> int | None:
        """Take what has come; the status once the answer is whole, 0 when the server hung up."""
        try:
            piece = self.socket.recv(262_144)
        except ConnectionError:
            piece = b""
        if not piece:
            self._anew()
            return 0
        self.got += piece
        if not is_whole(self.got):
            return None
        if b"\r\nconnection: close" in head_of(self.got):
            self._anew()
        return int(self.got[9:12])

    def _anew(self) -> None:
        self.socket.close()
        self._open()


def head_of(got: bytearray) -> bytes:
    """The head of an answer in small letters, its blank line included; nothing while it is not all here."""
    ends = got.find(b"\r\n\r\n")
    return bytes(got[: ends + 4]).lower() if ends >= 0 else b""


def is_whole(got: bytearray) -> bool:
    """Whether these bytes are a whole answer, by its announced length or its last chunk."""
    head = head_of(got)
    if not head:
        return False
    _before, announced, rest = head.partition(b"\r\ncontent-length:")
    if announced:
        return len(got) >= len(head) + int(rest.split(b"\r\n", 1)[0])
    return got.endswith(b"\r\n0\r\n\r\n") if b"transfer-encoding: chunked" in head else True


class Run:
    """One plan being carried out."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        prepared = [request.encode("utf-8") for request in plan.requests]
        self.waiting: Iterator[bytes] = cycle(prepared) if plan.again else iter(prepared)
        self.took: list[float] = []
        self.others: Counter[str] = Counter()
        self.sent = self.under_way = 0

    def outcome(self) -> Outcome:
        """Carry it out."""
        with selectors.DefaultSelector() as selector:
            connections = [Connection(self.plan.port) for _ in range(self.plan.connections)]
            begun = time.perf_counter() + self.plan.warming
            ends = begun + self.plan.seconds
            for connection in connections:
                self._ask(selector, connection)
            while self.under_way:
                ready = selector.select(PATIENCE_SECONDS)
                if not ready:
                    self.others["no answer"] += self.under_way
                    break
                for key, _events in ready:
                    self._take(selector, key.data, begun, ends)
            seconds = max(min(time.perf_counter(), ends) - begun, 1e-9)
            for connection in connections:
                connection.socket.close()
        return self._summed(seconds)

    def _ask(self, selector: selectors.BaseSelector, connection: Connection) -> None:
        request = next(self.waiting, None)
        if request is None:
            return
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        self.sent += 1
        self.under_way += 1
        connection.ask(request)

    def _take(self, selector: selectors.BaseSelector, connection: Connection, begun: float, ends: float) -> None:
        waited_on = connection.socket
        status = connection.answer()
        if status is None:
            return
        now = time.perf_counter()
        selector.unregister(waited_on)
        self.under_way -= 1
        if status != self.plan.expected:
            self.others[str(status) if status else "hung up"] += 1
        elif begun <= now < ends:
            self.took.append(now - connection.asked_at)
        if now < ends:
            self._ask(selector, connection)

    def _summed(self, seconds: float) -> Outcome:
        p50, p95 = quantiles(self.took)
        return Outcome(len(self.took), seconds, p50 * 1000, p95 * 1000, self.sent, dict(self.others))


def quantiles(values: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th of a hundred; zeros where there is nothing to order."""
    if len(values) < 2:
        return (values[0], values[0]) if values else (0.0, 0.0)
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[94]


def main() -> None:
    """Read the plan, carry it out, say what happened."""
    json.dump(asdict(Run(Plan(**json.load(sys.stdin))).outcome()), sys.stdout)


if __name__ == "__main__":
    main()
