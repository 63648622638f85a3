"""A suggestion as its author hands it over."""

from __future__ import annotations

from dataclasses import dataclass

from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.posts.drafts import Written

SHORTEST, LONGEST = 5, 140
LONGEST_ANSWER = 300


@dataclass(frozen=True)
class SuggestionDraft:
    """`seen`: the fingerprint of what the post said when it was begun. Title and tags: of opening posts."""

    body: Written
    reason: str
    seen: str
    title: str | None = None
    tags: tuple[str, ...] | None = None


def checked_reason(typed: str) -> str:
    """Why it would be better so, in a line."""
    line = one_line(typed)
    if not SHORTEST <= len(line) <= LONGEST:
        said = {"least": SHORTEST, "most": LONGEST}
        raise Invalid(_("Say why, in %(least)s to %(most)s characters: whoever decides reads it.", **said), "reason")
    return line


def checked_answer(typed: str) -> str:
    """What is said to whoever suggested it; may be empty."""
    line = one_line(typed)
    if len(line) > LONGEST_ANSWER:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_ANSWER, len=len(line)), "answer")
    return line
