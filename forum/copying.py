"""Images that posts show from elsewhere, copied here: from then on they are shown, not linked, and need nobody else.

In batches of posts. What was copied, or why not, is written down for each address, and a post is rendered again when
one of its images is here: it can be killed and begun again at any time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from urllib.parse import unquote, urlsplit

from forum import rerendering
from forum.core import clock, images
from forum.core.db import reading, transaction
from forum.core.errors import Invalid
from forum.core.fetching import NotFetched, fetch
from forum.core.web.running import storage
from forum.permissions import HOUSE
from forum.posts.actions.rerendering import Stale, posts_with_images_elsewhere
from forum.uploads import actions, queries
from forum.uploads.kinds import Brought, tidy_name
from forum.uploads.models import FetchedImage

BATCH = 50
AT_ONCE = 4
SECONDS = 20.0
MOST_ATTEMPTS = 3
AGAIN_AFTER = timedelta(hours=12)

_LINK = re.compile(r'<a ([^<>]*\bclass="image-elsewhere"[^<>]*)>')
_HREF = re.compile(r'\bhref="([^"]+)"')


@dataclass
class Outcome:
    """How many images came, how many did not, and how many posts show one more."""

    copied: int = 0
    failed: int = 0
    posts: int = 0


def copy_images(*, own: str, told: Callable[[int], object] = lambda _posts: None) -> Outcome:
    """Copy what can be copied; `told` hears of how many posts more it has seen to. Opens transactions."""
    outcome = Outcome()
    for batch in _batches():
        wanted = {post.id: images_elsewhere(post.html) for post in batch}
        addresses = sorted(frozenset[str]().union(*wanted.values()))
        here = _copied(addresses, outcome)
        again = [post for post in batch if wanted[post.id] & here]
        if again:
            outcome.posts += rerendering.render_posts(again, own=own)
        told(len(batch))
    return outcome


def images_elsewhere(html: str) -> frozenset[str]:
    """The addresses of images that a rendered text links to."""
    links = (_HREF.search(attributes) for attributes in _LINK.findall(html))
    return frozenset(unescape(link[1]) for link in links if link)


def _batches() -> Iterator[list[Stale]]:
    after = 0
    while batch := posts_with_images_elsewhere(reading(), after=after, limit=BATCH):
        after = batch[-1].id
        yield batch


def _copied(addresses: Sequence[str], outcome: Outcome) -> frozenset[str]:
    """Those of the addresses whose image is here, after trying the ones whose turn it is."""
    tries = queries.tries(reading(), addresses)
    here = {address for address, row in tries.items() if row.upload_id is not None}
    due = [address for address in addresses if address not in here and _is_due(tries.get(address))]
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="images") as threads:
        for address, result in zip(due, threads.map(_brought, due), strict=True):
            if isinstance(result, str):
                with transaction() as session:
                    actions.not_fetched(session, HOUSE, address, result)
                outcome.failed += 1
                continue
            key = storage().put("uploads", result.data, result.ending)
            with transaction() as session:
                actions.fetched(session, HOUSE, address, result, key)
            here.add(address)
            outcome.copied += 1
    return frozenset(here)


def _is_due(row: FetchedImage | None) -> bool:
    return row is None or (row.attempts < MOST_ATTEMPTS and row.tried_at < clock.now() - AGAIN_AFTER)


def _brought(address: str) -> Brought | str:
    """The picture at an address, written anew; or why there is none."""
    try:
        data = fetch(address, max_bytes=images.MAX_BYTES, seconds=SECONDS, accept="image/*")
        picture = images.read_picture(data)
    except NotFetched as error:
        return str(error)
    except Invalid as error:
        return error.sentence
    name = tidy_name(unquote(urlsplit(address).path))
    return Brought(picture.data, "image", picture.extension, picture.media_type, name, picture.width, picture.height)
