"""Which topics a rendered text links to.

Pure. The renderer has made links into this forum relative, so whatever begins otherwise leads elsewhere.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST = 50
_LINK = re.compile(r'<a [^>]*?href="/(?P<kind>[tp])/(?P<id>\d{1,10})(?=[-/?#"])')


class Linked(NamedTuple):
    """Ids of what is linked to, topics and posts."""

    topics: frozenset[int]
    posts: frozenset[int]


def linked(html: str) -> Linked:
    """The first so many links of a text into this forum."""
    found = [(link["kind"], int(link["id"])) for link, _ in zip(_LINK.finditer(html), range(MOST), strict=False)]
    known = [(kind, number) for kind, number in found if number < 2**31]
    return Linked(
        frozenset(number for kind, number in known if kind == "t"),
        frozenset(number for kind, number in known if kind == "p"),
    )
