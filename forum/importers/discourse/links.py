"""Addresses of the old forum: which of them lead somewhere here, and how they are written then."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from urllib.parse import quote, unquote, urlsplit

_TOPIC = re.compile(r"/t/(?:([^/]+)/)?([0-9]{1,9})(?:/([0-9]{1,9}))?(?:/(?:unread|last|summary))?/?")
_USER = re.compile(r"/(?:u|users)/([^/]+)(?:/.*)?")
_POST = re.compile(r"/p/(?:old/)?([0-9]{1,9})(?:/[0-9]{1,9})?/?")
_BOARD = re.compile(r"/c/(?:[^/]+/)*?([^/]+)/([0-9]{1,9})(?:/(?:l/.*|none|all))?/?")


def renamed(name: str, names: Mapping[str, str]) -> str:
    """The name that `name` has here. `names`: old to new, old ones casefolded; absent means unchanged."""
    return names.get(name.casefold(), name)


def here(address: str, hosts: Collection[str], names: Mapping[str, str]) -> str | None:
    """The site-relative address of an old topic, post, member or board; None for anything else.

    A post by its id alone stands at `/p/old/<id>` here: `/p/<id>` are our own."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.netloc and parts.netloc.lower() not in hosts:
        return None
    if not parts.netloc and (parts.scheme or not parts.path.startswith("/")):
        return None
    if found := _TOPIC.fullmatch(parts.path):
        slug, topic, number = found.groups()
        if slug and slug.isdecimal() and number is None:  # /t/12/3 has no slug: 12 is the topic
            slug, topic, number = None, slug, topic
        return f"/t/{slug or '-'}/{topic}" + (f"/{number}" if number else "")
    if found := _USER.fullmatch(parts.path):
        return f"/u/{quote(renamed(unquote(found[1]), names), safe='')}"
    if found := _POST.fullmatch(parts.path):
        return f"/p/old/{found[1]}"
    if found := _BOARD.fullmatch(parts.path):
        return f"/c/{found[1]}/{found[2]}"
    return None


def absolute(address: str, hosts: Collection[str]) -> str:
    """An address that still works away from its own site: `//host/…` and `/uploads/…` get what they lack. Empty where
    nobody knows the site: here it would lead to something else."""
    address = address.strip()
    if address.startswith("//"):
        return "https:" + address
    if not address.startswith("/"):
        return address
    first = next(iter(hosts), "")
    return f"https://{first}{address}" if first else ""


def to_post(topic: int, number: int) -> str:
    """The old forum's address of a post, without a slug; it redirects here."""
    return f"/t/-/{topic}/{number}"
