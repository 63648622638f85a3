"""What a post would say with a suggestion taken over, be it changed since. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from forum.posts.weaving import weave


@dataclass(frozen=True)
class Words:
    """What a post says; title and tags only of an opening one, or where a suggestion is about them."""

    source: str
    title: str | None = None
    tags: tuple[str, ...] | None = None

    @property
    def fingerprint(self) -> str:
        """Stands in a form for what its author saw."""
        return blake2b(f"{self.title}\0{self.source}".encode(), digest_size=8).hexdigest()


def words(source: str, title: str | None, tags: Sequence[str] | None) -> Words:
    """As they are kept."""
    return Words(source, title, None if tags is None else tuple(tags))


def fit(base: Words, suggested: Words, present: Words) -> Words | None:
    """The suggestion, written over `base`, in what the post says now; None where both changed the same. Title and tags
    are None where the suggestion leaves them alone."""
    source = weave(base.source, suggested.source, present.source)
    if source is None:
        return None
    title = None
    if suggested.title is not None and suggested.title != base.title:
        if present.title not in (base.title, suggested.title):
            return None
        title = suggested.title
    return Words(source.rstrip(), title, _tags(base.tags, suggested.tags, present.tags))


def _tags(
    base: tuple[str, ...] | None, suggested: tuple[str, ...] | None, present: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """What was added and taken away, done to those that are there now."""
    if suggested is None or set(suggested) == set(base or ()):
        return None
    gone, new = set(base or ()) - set(suggested), [tag for tag in suggested if tag not in (base or ())]
    kept = [tag for tag in present or () if tag not in gone]
    return tuple(dict.fromkeys([*kept, *new]))


def says_the_same(one: Words, other: Words) -> bool:
    """Whether nothing would change."""
    tags = other.tags is None or set(one.tags or ()) == set(other.tags)
    return one.source == other.source and (other.title is None or one.title == other.title) and tags
