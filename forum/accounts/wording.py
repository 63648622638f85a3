"""What a profile may say: lines without tricks, links that lead to the web. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _

MOST_LINKS = 5
LONGEST_URL = 300
LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Link:
    """A way out of a profile."""

    label: str
    url: str


def line(text: str, longest: int, field: str) -> str:
    """One line as it will be stored, or `Invalid` beside `field` when it is too long."""
    text = one_line(text)
    if len(text) > longest:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=longest, len=len(text)), field)
    return text


def links(pairs: Iterable[tuple[str, str]], field: str = "links") -> tuple[Link, ...]:
    """The links of a profile from labels and addresses; empty pairs are left out."""
    found = tuple(link(label, url, field) for label, url in pairs if label.strip() or url.strip())
    if len(found) > MOST_LINKS:
        raise Invalid(_("A profile has at most %(n)s links.", n=MOST_LINKS), field)
    return found


def link(label: str, url: str, field: str = "links") -> Link:
    """One link. `https://` may be left out; the label too, then the host stands for it."""
    label = line(label, LONGEST_LABEL, field)
    url = one_line(url).replace(" ", "%20")
    if not url:
        raise Invalid(_("“%(label)s” needs an address to lead to.", label=label), field)
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", url):
        url = f"https://{url}"
    host = _web_host(url)
    if not host:
        raise Invalid(_("“%(url)s” is not an address on the web. It looks like https://example.org.", url=url), field)
    if len(url) > LONGEST_URL:
        raise Invalid(_("An address has at most %(n)s characters.", n=LONGEST_URL), field)
    return Link(label or host.removeprefix("www.")[:LONGEST_LABEL], url)


def _web_host(url: str) -> str:
    """The host of an http(s) address that names one and no password; else nothing."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc or not parts.hostname:
        return ""
    host = parts.hostname
    return host if "." in host.strip(".") and not re.search(r"[\s<>\"'`\\]", url) else ""
