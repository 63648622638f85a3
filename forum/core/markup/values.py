"""What goes into the renderer and what comes out of it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)

RENDERER_VERSION = 3
"""Raised whenever a source would give other HTML or plain text: older posts are found by it and rendered again."""


class SourceKind(StrEnum):
    """What the author's source is written in."""

    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text ready to be shown and stored."""

    html: str
    plain: str
    """Readable text without markup, for excerpts and search."""
    words: int
    version: int
    """Of the renderer; 0 when it was stopped, so that a later `flask render` tries again."""
    bounded: bool
    """True when the renderer was stopped and the text is shown plainly."""


class Shown(NamedTuple):
    """A picture kept here: its address and its size in pixels, so that a page knows the room that it takes."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Job(Generic[K]):
    """One text to render; `key` is the caller's own and comes back with the result."""

    key: K
    source: str
    kind: SourceKind = SourceKind.MARKDOWN
    names: frozenset[str] = frozenset()
    """Account names that exist; only these become mentions."""
    tags: frozenset[str] = frozenset()
    """Tags that exist; only these become links."""
    own: str = ""
    """The forum's own base address; links to it are made site-relative."""
    images: Mapping[str, Shown] = field(default_factory=dict)
    """Address of an image in the source → the picture here that is shown for it."""
