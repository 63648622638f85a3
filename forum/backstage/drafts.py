"""What staff hand to the verbs behind a topic."""

from __future__ import annotations

from dataclasses import dataclass

from forum.posts.drafts import Written

PERSON, GROUP = "person", "group"


@dataclass(frozen=True)
class NoteDraft:
    """A note, rendered, and a token against pressing twice."""

    body: Written
    once: str = ""


@dataclass(frozen=True, slots=True)
class Assignee:
    """Somebody, or a group: `kind` with the id of an account or a group."""

    kind: str
    id: int

    @classmethod
    def read(cls, typed: str) -> Assignee | None:
        """From "person:3" or "group:7"; None where it is neither."""
        kind, _colon, number = typed.partition(":")
        is_one = kind in (PERSON, GROUP) and number.isascii() and number.isdigit() and len(number) < 10
        return cls(kind, int(number)) if is_one else None
