"""Getting something from an address that a stranger wrote: only from the open internet, little of it, and not for long.

A name is resolved once, every address that it has must be public, and the connection goes to that very address: a name
that leads elsewhere a moment later leads nowhere. Each redirect is looked at in the same way. No cookie, no referrer.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from urllib.parse import urljoin, urlsplit

MOST_REDIRECTS = 4
_PORTS = {"http": 80, "https": 443}
_CHUNK = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotFetched(Exception):
    """Nothing came; the text says why, for the log."""


def fetch(address: str, *, max_bytes: int, seconds: float, accept: str = "*/*") -> bytes:
    """What is found at an http(s) address; raises NotFetched. `seconds`: for everything together, redirects too."""
    deadline = time.monotonic() + seconds
    for _turn in range(MOST_REDIRECTS + 1):
        onward, data = _once(address, max_bytes, deadline, accept)
        if data is not None:
            return data
        address = urljoin(address, onward)
    raise NotFetched("too many redirects")


def _once(address: str, max_bytes: int, deadline: float, accept: str) -> tuple[str, bytes | None]:
    """Where a redirect leads, or what came."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        raise NotFetched("not an address") from None
    if scheme not in _PORTS or not host or port not in (None, _PORTS[scheme]) or parts.username or parts.password:
        raise NotFetched("not an address that is fetched from")
    connection = _Pinned(host, scheme == "https", deadline)
    path = parts.path or "/"
    try:
        connection.request(
            "GET",
            f"{path}?{parts.query}" if parts.query else path,
            headers={"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "Trellis"},
        )
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308):
            return response.getheader("Location") or "", None
        if response.status != 200:
            raise NotFetched(f"answered {response.status}")
        return "", _body(response, connection, max_bytes)
    except NotFetched:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotFetched(type(error).__name__) from error
    finally:
        connection.close()


def _body(response: http.client.HTTPResponse, connection: _Pinned, max_bytes: int) -> bytes:
    if (response.length or 0) > max_bytes:
        raise NotFetched("too large")
    parts: list[bytes] = []
    size = 0
    while True:
        connection.hurry()
        part = response.read1(_CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            raise NotFetched("too large")


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, whatever its name leads to by then."""

    def __init__(self, host: str, is_secure: bool, deadline: float) -> None:
        super().__init__(host, _PORTS["https" if is_secure else "http"])
        self._is_secure = is_secure
        self._deadline = deadline

    def connect(self) -> None:
        """To the first public address of the host."""
        address = public_address(self.host, self.port)
        self.sock = socket.create_connection((address, self.port), timeout=self._left())
        if self._is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def hurry(self) -> None:
        """Wait no longer than the time that is left."""
        left = self._left()
        if self.sock is not None:
            self.sock.settimeout(left)

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise NotFetched("too slow")
        return left


def public_address(host: str, port: int) -> str:
    """The address of a host, if it and all its others are of the open internet; raises NotFetched."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched("no such host") from None
    addresses = [str(sockaddr[0]) for _family, _kind, _proto, _name, sockaddr in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise NotFetched("not on the open internet")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is of the open internet, also where it wraps another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64 or (inner is not None and not is_public(str(inner))):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
