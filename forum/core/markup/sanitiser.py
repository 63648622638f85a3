"""The gate every post passes: bleach first, our own rules on its tokens, nh3 last.

bleach is no longer maintained (2026-06): nothing outside this file knows it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

import nh3
from bleach.sanitizer import Cleaner

from forum.core.markup import allowed
from forum.core.markup.finishing import Token, finished_tokens
from forum.core.markup.source import tidy
from forum.core.markup.values import Shown

_TAGS = allowed.TAGS | frozenset(allowed.RENAMED) | {"h1", "h2"}
_ROUNDS = 3
"""Once is nearly always enough. Once more when `&#2;` turned out to be a character that no page may hold, or when nh3
could not read an address that we could: what stands around them may now read differently."""
_WITHOUT_ADDRESS = re.compile(r'<a(?![^<>]* href=")[ >]')
_SCRIPTS = ("script", "style", "template", "noscript")


def sanitised(
    html: str,
    *,
    prefix: str = "",
    own: str = "",
    names: frozenset[str] = frozenset(),
    images: Mapping[str, Shown] | None = None,
) -> str:
    """`html` with nothing in it that a post may not hold. Sanitising the result again changes nothing."""
    known = {name.casefold(): name for name in names}

    def finish(source: Iterable[Token]) -> Iterator[Token]:
        return finished_tokens(source, prefix=prefix, own=own, names=known, images=images or {})

    clean = html
    for _ in range(_ROUNDS):
        last = _through_both(clean, finish, prefix)
        clean = tidy(last).strip()
        if clean == last.strip() and not _WITHOUT_ADDRESS.search(clean):
            break
    return clean


def _through_both(html: str, finish: Callable[[Iterable[Token]], Iterator[Token]], prefix: str) -> str:
    # A Cleaner is not thread-safe and costs 0.02 ms: one a call.
    first = Cleaner(
        tags=_TAGS,
        attributes=_may_stay,
        protocols={"http", "https", "mailto"},
        strip=True,
        strip_comments=True,
        filters=[cast("Any", finish)],
    ).clean(html)
    return nh3.clean(
        first,
        tags=set(allowed.TAGS),
        attributes={tag: set(names) for tag, names in allowed.ATTRIBUTES.items()},
        attribute_filter=lambda tag, name, value: allowed.attribute(tag, name, value, prefix),
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _may_stay(tag: str, name: str, value: str) -> bool:
    """What bleach lets through to our rules, which then decide by value."""
    return name in allowed.ATTRIBUTES.get(allowed.RENAMED.get(tag, tag), ())


def without_scripts(html: str) -> str:
    """Scripts and style sheets out with their content, which would else stay behind as text. One pass."""
    lower = html.lower()
    if len(lower) != len(html):  # a few letters grow when lowered; then positions differ
        return html
    for tag in _SCRIPTS:
        html, lower = _without(tag, html, lower)
    return html


def _without(tag: str, html: str, lower: str) -> tuple[str, str]:
    kept: list[tuple[int, int]] = []
    start = 0
    while (opened := lower.find("<" + tag, start)) >= 0:
        closed = lower.find("</" + tag, opened)
        after = lower.find(">", closed) if closed >= 0 else -1
        if after < 0:
            break
        kept.append((start, opened))
        start = after + 1
    kept.append((start, len(html)))
    return "".join(html[a:b] for a, b in kept), "".join(lower[a:b] for a, b in kept)
