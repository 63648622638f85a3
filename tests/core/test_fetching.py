"""Getting something from an address that a stranger wrote."""

from __future__ import annotations

import http.server
import threading
import time
from contextlib import contextmanager

import pytest

from forum.core import fetching
from forum.core.fetching import NotFetched, fetch, is_public, public_address

INNER = """127.0.0.1 127.8.9.1 0.0.0.0 10.0.0.1 172.16.3.4 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1
255.255.255.255 ::1 :: fe80::1 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1
2002:7f00:1:: 192.0.2.1
198.18.0.1 240.0.0.1 fe80::1%eth0""".split()


@pytest.mark.parametrize("address", INNER)
def test_addresses_of_a_machine_or_its_network_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111"])
def test_addresses_of_the_open_internet_are(address):
    assert is_public(address)


def test_a_name_with_one_inner_address_among_others_leads_nowhere(monkeypatch):
    def both(_host, port, **_more):
        return [(2, 1, 6, "", (ip, port)) for ip in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", both)
    with pytest.raises(NotFetched, match="open internet"):
        public_address("two-faced.example", 80)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/a.png",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://ada:secret@example.org/",
        "http://example.org:22/",
        "http://[bad/",
        "//example.org/a.png",
        "http:///a.png",
    ],
)
def test_what_is_no_public_web_address_is_not_asked(address):
    with pytest.raises(NotFetched):
        fetch(address, max_bytes=100, seconds=2)


@contextmanager
def server(answers):
    """A web server on this machine; path → (status, headers, body or a function that writes it)."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            body(self.wfile) if callable(body) else self.wfile.write(body)

        def log_message(self, *_args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield running.server_address[1]
        running.shutdown()


@contextmanager
def as_the_internet(monkeypatch, answers):
    """The far end of the network, on this machine: `http://127.0.0.1/…` is public here."""
    with server(answers) as port, monkeypatch.context() as patch:
        patch.setattr(fetching, "_PORTS", {"http": port})
        patch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
        yield


def drip(out):
    for _ in range(100):
        out.write(b"x")
        out.flush()
        time.sleep(0.1)


def test_size_time_and_redirects_are_bounded(monkeypatch):
    answers = {
        "/a": (200, {}, b"words"),
        "/there": (302, {"Location": "/a"}, b""),
        "/round": (302, {"Location": "/round"}, b""),
        "/inside": (302, {"Location": "http://10.0.0.1/a"}, b""),
        "/file": (302, {"Location": "file:///etc/passwd"}, b""),
        "/long": (200, {}, b"x" * 3000),
        "/says-long": (200, {"Content-Length": "99999999"}, b"x"),
        "/slow": (200, {}, drip),
        "/gone": (404, {}, b"no"),
    }
    with as_the_internet(monkeypatch, answers):
        assert fetch("http://127.0.0.1/a", max_bytes=100, seconds=5) == b"words"
        assert fetch("http://127.0.0.1/there", max_bytes=100, seconds=5) == b"words"
        for path, why in (
            ("round", "redirects"),
            ("inside", "open internet"),
            ("file", "not an address"),
            ("long", "too large"),
            ("says-long", "too large"),
            ("gone", "404"),
        ):
            with pytest.raises(NotFetched, match=why):
                fetch(f"http://127.0.0.1/{path}", max_bytes=1000, seconds=5)
        began = time.monotonic()
        with pytest.raises(NotFetched):
            fetch("http://127.0.0.1/slow", max_bytes=1000, seconds=0.5)
        assert time.monotonic() - began < 3
