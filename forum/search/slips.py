"""Words one slip of the finger away: a letter too few, too many, another one, or two that changed places. Pure.

All of them are made and the index is asked which there are: exact words are quick to find, on both databases alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from string import ascii_lowercase

from forum.core.folding import phrase, words
from forum.search.alike import EMPTY

SHORTEST = 4
LONGEST = 20
"""A slip in a shorter word makes too many others; a longer one is none that people type."""


def slips(word: str) -> frozenset[str]:
    """The tokens that somebody who typed `word` may have meant; none where it is no single word of Latin letters."""
    asked = phrase(word, exact=True)
    token = asked.tokens[0] if asked is not None and len(asked.tokens) == 1 else ""
    if not SHORTEST <= len(token) <= LONGEST or not (word.isalpha() and token.isalpha()):
        return frozenset()
    cuts = [(token[:place], token[place:]) for place in range(len(token) + 1)]
    fewer = {start + end[1:] for start, end in cuts if end}
    swapped = {start + end[1] + end[0] + end[2:] for start, end in cuts if len(end) > 1}
    other = {start + letter + end[1:] for start, end in cuts if end for letter in ascii_lowercase}
    more = {start + letter + end for start, end in cuts for letter in ascii_lowercase}
    return frozenset((fewer | swapped | other | more) - EMPTY - {token})


def likeliest(candidates: Set[str], texts: Iterable[tuple[int, str]]) -> str:
    """The candidate that stands in most topics, as it is written there, or "". `texts`: with the id of their topic."""
    topics: defaultdict[str, set[int]] = defaultdict(set)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for topic_id, text in texts:
        for word in words(text):
            token = word.tokens[0]
            if len(word.tokens) == 1 and token in candidates:
                topics[token].add(topic_id)
                spellings[token][text[word.start : word.end]] += 1
    if not topics:
        return ""
    best = min(topics, key=lambda token: (-len(topics[token]), token))
    written = spellings[best]
    return min(written, key=lambda spelling: (-written[spelling], not spelling.islower(), spelling))
