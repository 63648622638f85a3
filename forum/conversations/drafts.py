"""What people hand to the verbs: words already rendered, before any transaction was opened."""

from __future__ import annotations

from dataclasses import dataclass

from forum.posts.drafts import Written


@dataclass(frozen=True)
class MessageDraft:
    """A message. `seen`: the number of the last message its writer saw; `once` makes pressing twice send once."""

    body: Written
    once: str = ""
    seen: int = 0
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StartDraft:
    """A conversation as somebody begins it: `names` of people, or the group at `group_slug`."""

    message: MessageDraft
    names: tuple[str, ...] = ()
    group_slug: str = ""
    title: str = ""
