"""What people hand to the verbs: words already rendered, before any transaction was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from forum.core.folding import searchable
from forum.core.markup import (
    Rendered,
    Shown,
    SourceKind,
    image_candidates,
    mention_candidates,
    render,
    tag_candidates,
)
from forum.holds.rules import Typing
from forum.organization.overriding import NO_GROUNDS, Grounds
from forum.organization.voices import PLAIN, Voice
from forum.posts.companions import Along
from forum.posts.limits import checked_body


@dataclass(frozen=True)
class Written:
    """A source and what it renders to."""

    source: str
    rendered: Rendered
    kind: SourceKind = SourceKind.MARKDOWN
    # Where watched words were blackened or replaced: what was written.
    as_written: str = ""

    @cached_property
    def searchable(self) -> str:
        """What the search reads of it."""
        return searchable(self.rendered.plain)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How words came. `typing`: how fast, where a form can say so; `mail_failed`: by mail that did not prove where it
    came from; `is_cleared`: a moderator, or the clock for what was judged before, lets them through."""

    typing: Typing | None = None
    mail_failed: bool = False
    is_cleared: bool = False


IN_PERSON, CLEARED = Arrival(), Arrival(is_cleared=True)


@dataclass(frozen=True)
class TopicDraft:
    """A topic as its author wants it. `once` makes pressing twice post once."""

    title: str
    body: Written
    tags: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    starts_at: datetime | None = None
    wants_org: bool = False
    ends_at: datetime | None = None
    voice: Voice = PLAIN
    once: str = ""
    # What comes along, by the key of its companion.
    along: Along = field(default_factory=dict)
    grounds: Grounds = NO_GROUNDS
    # The questions of `limits.AskFirst` that its author has answered.
    confirmed: frozenset[str] = frozenset()
    arrival: Arrival = IN_PERSON


@dataclass(frozen=True)
class ReplyDraft:
    """A reply. `confirmed`: the questions of `limits.AskFirst` that its author has answered; `waited_since`: since when
    it stood by for members."""

    body: Written
    reply_to_number: int | None = None
    voice: Voice = PLAIN
    once: str = ""
    confirmed: frozenset[str] = frozenset()
    along: Along = field(default_factory=dict)
    grounds: Grounds = NO_GROUNDS
    waited_since: datetime | None = None
    arrival: Arrival = IN_PERSON


@dataclass(frozen=True)
class EditDraft:
    """A new wording. `base`: the revision count that its author saw; None for title and the rest: unchanged."""

    body: Written
    base: int
    reason: str = ""
    title: str | None = None
    tags: tuple[str, ...] | None = None
    fields: Mapping[str, Any] | None = None
    starts_at: datetime | None = None
    wants_org: bool = False
    ends_at: datetime | None = None
    along: Along = field(default_factory=dict)
    grounds: Grounds = NO_GROUNDS
    # What it is for now, where staff add to a post that was soft.
    purpose: str = ""


Known = Callable[[frozenset[str]], frozenset[str]]
Pictures = Callable[[frozenset[str]], Mapping[str, Shown]]


def _no_pictures(_addresses: frozenset[str]) -> Mapping[str, Shown]:
    return {}


def write(
    source: str,
    *,
    names: Known,
    tags: Known,
    images: Pictures = _no_pictures,
    own: str = "",
    kind: SourceKind = SourceKind.MARKDOWN,
    as_written: str = "",
) -> Written:
    """Check and render a person's words. `names`, `tags` and `images` say which of the candidates exist; `own` is the
    forum's base address; `as_written`: what watched words were changed in. Raises Invalid; never takes over two
    seconds."""
    clean = checked_body(source)
    rendered = render(
        clean,
        kind,
        names=names(mention_candidates(clean)),
        tags=tags(tag_candidates(clean)),
        own=own,
        images=images(image_candidates(clean)),
    )
    written = Written(clean, rendered, kind, as_written)
    _ready = written.searchable  # now, not when others wait for the transaction
    return written
