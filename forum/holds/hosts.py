"""Which other places a rendered text links to. Pure."""

from __future__ import annotations

import re

_LINK = re.compile(
    r'<a (?=[^>]*\brel="nofollow)(?![^>]*image-elsewhere)[^>]*\bhref="([a-z]+):(?://([^/"?#:]*))?', re.IGNORECASE
)
_PICTURES = re.compile(r'<img |class="image-elsewhere"')

# Where so many people link that it means nothing.
WELL_KNOWN = frozenset(
    """
    wikipedia.org wikimedia.org wiktionary.org youtube.com youtu.be vimeo.com archive.org github.com gitlab.com
    codeberg.org stackoverflow.com stackexchange.com openstreetmap.org mozilla.org python.org w3.org
    arxiv.org doi.org zenodo.org europa.eu bund.de deutsche-digitale-bibliothek.de dnb.de
    """.split()
)
LONGEST_HOST = 120


def links(html: str) -> int:
    """How many links leave the place for somewhere that not everybody knows; mail addresses count."""
    return sum(not _is_known(_plain(host)) for _scheme, host in _LINK.findall(html))


def pictures(html: str) -> int:
    """How many pictures it shows, or would."""
    return len(_PICTURES.findall(html))


def hosts(html: str) -> list[str]:
    """The hosts that it links to, but for those that everybody knows."""
    found = (_plain(host) for _scheme, host in _LINK.findall(html) if host)
    return [host for host in dict.fromkeys(found) if not _is_known(host)]


def _plain(host: str) -> str:
    return host.casefold().removeprefix("www.")[:LONGEST_HOST]


def _is_known(host: str) -> bool:
    parts = host.split(".")
    return any(".".join(parts[start:]) in WELL_KNOWN for start in range(len(parts)))
