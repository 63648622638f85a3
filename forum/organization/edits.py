"""Which edits of the organization's posts the guard looks at as at a new post (`organization.md` §3.1). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forum.core.changes import changed_characters, without_shared_ends
from forum.organization.intents import Intent

SMALL = 100
"""So many changed characters need no second look."""

_LINK = re.compile(
    r"(?:https?://|mailto:|www\.)[^\s<>()\[\]\"']+"  # an address, bare or not
    r"|\]\(\s*<?[^\s)>]+"  # [words](address)
    r"|^ {0,3}\[[^\]]+\]:\s*\S+",  # [name]: address
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a post is for, and its source. As `before`, that which the guard saw last: else many small edits would
    make a large one that nobody looked at."""

    intent: Intent
    source: str


def needs_evaluation(before: Wording, after: Wording) -> bool:
    """Whether an edit is to be evaluated: another intent, more than 100 characters changed, or a link added.

    Characters are counted as for silent edits (`changed_characters`): what was removed or put in, the greater of the
    two, within the stretch that changed; a stretch of over 1,000 characters counts as more, whatever it kept. What is
    evaluated then is a new post: the counts that the guard is told leave the old one out.
    """
    return (
        before.intent is not after.intent
        or not _links(after.source) <= _links(before.source)
        or changed_characters(before.source, after.source, SMALL) > SMALL
    )


def only_removes(before: str, after: str) -> bool:
    """Whether an edit takes words away and puts in none, or a short remark in their place; and no link. This is what
    moderation does to a post."""
    if not _links(after) <= _links(before):
        return False
    left = iter(before.split())
    return all(word in left for word in after.split()) or len(without_shared_ends(before, after)[1]) <= SMALL


def _links(source: str) -> frozenset[str]:
    return frozenset(found.group().rstrip(".,;:!?").casefold() for found in _LINK.finditer(source))
