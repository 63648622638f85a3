"""Which topics a rendered text links to.

Pure. The renderer has made links into this forum relative, so whatever begins otherwise leads elsewhere. Our topics
stand at `/t/<id>-<slug>`, those of a forum that was brought in at `/t/<slug>/<id>` (see `importers/views.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

MOST = 50
SIGNS = ('href="/t/', 'href="/p/')
"""Texts without any of these link to nothing here."""
_LINK = re.compile(
    r'<a [^>]*?href="/(?:t/(?P<slug>[^/"?#]+)/(?P<old>\d{1,10})(?:/(?P<number>\d{1,10}))?/?(?=[?#"])'
    r'|t/(?P<topic>\d{1,10})(?=[-/?#"])|p/(?P<post>\d{1,10})(?=[/?#"]))'
)
_LARGEST = 2**31 - 1


class OldAddress(NamedTuple):
    """A topic as the forum called it that it came from."""

    slug: str
    number: int


class Linked(NamedTuple):
    """What is linked to: ids of topics and posts, and old addresses."""

    topics: frozenset[int]
    posts: frozenset[int]
    old: frozenset[OldAddress] = frozenset()


def may_link(html: str) -> bool:
    """Whether it is worth looking closer."""
    return any(sign in html for sign in SIGNS)


def linked(html: str) -> Linked:
    """The first so many links of a text into this forum."""
    if not may_link(html):
        return Linked(frozenset(), frozenset())
    found = [link for link, _ in zip(_LINK.finditer(html), range(MOST), strict=False)]
    return Linked(
        frozenset(_known(link["topic"] for link in found)),
        frozenset(_known(link["post"] for link in found)),
        frozenset(old for link in found if link["old"] and (old := _old(link)).number <= _LARGEST),
    )


def _known(numbers: Iterator[str | None]) -> Iterator[int]:
    return (int(number) for number in numbers if number is not None and int(number) <= _LARGEST)


def _old(link: re.Match[str]) -> OldAddress:
    slug = unquote(link["slug"])
    if slug.isascii() and slug.isdigit() and link["number"] is None:  # /t/12/3 has no slug: 12 is the topic
        return OldAddress("", int(slug[:11]))
    return OldAddress(slug, int(link["old"]))
