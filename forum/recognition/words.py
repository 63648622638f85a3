"""What is said when somebody is thanked, and how often. Pure."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from forum.core.errors import Invalid
from forum.core.lines import many_lines, one_line
from forum.core.words import gettext as _
from forum.posts.limits import text_key

SHORTEST, LONGEST = 20, 500
LONGEST_NOTE = 500
SHORTEST_REASON, LONGEST_REASON = 15, 300
LONGEST_AWARD, SHORTEST_SENTENCE, LONGEST_SENTENCE = 60, 10, 200

FRESH = timedelta(days=7)
"""So long after it was written a post is recognized."""
REST = timedelta(days=28)
"""So long a member gets no other recognition; and over so long the mix is looked at."""
LATELY = timedelta(days=180)
SECOND_THOUGHTS = timedelta(hours=24)
"""So long whoever gave a recognition takes it back."""


def checked_words(text: str) -> str:
    """What it did for somebody; Invalid where that says too little or too much."""
    clean = many_lines(text)
    if len(clean) < SHORTEST:
        raise Invalid(_("Say what it did for somebody, in at least %(n)s characters.", n=SHORTEST), "words")
    return _not_longer(clean, LONGEST, "words")


def words_key(text: str) -> str:
    """The same for texts that people would call the same."""
    return sha256(text_key(text).encode("utf-8")).hexdigest()


def checked_note(text: str) -> str:
    """A private note; Invalid where there is none."""
    clean = many_lines(text)
    if not clean:
        raise Invalid(_("Write a line to them; without one, the reaction thanks as well."), "note")
    return _not_longer(clean, LONGEST_NOTE, "note")


def checked_reason(text: str) -> str:
    """Why a recognition is taken back."""
    line = one_line(text)
    if len(line) < SHORTEST_REASON:
        raise Invalid(_("Say why, in at least %(n)s characters.", n=SHORTEST_REASON), "reason")
    return _not_longer(line, LONGEST_REASON, "reason")


def checked_award(name: str, sentence: str) -> tuple[str, str]:
    """Name and sentence of an award."""
    name, sentence = one_line(name), one_line(sentence)
    if not name:
        raise Invalid(_("An award needs a name."), "name")
    if len(sentence) < SHORTEST_SENTENCE:
        raise Invalid(_("Say in a sentence for what it is given."), "sentence")
    return _not_longer(name, LONGEST_AWARD, "name"), _not_longer(sentence, LONGEST_SENTENCE, "sentence")


def _not_longer(text: str, most: int, field: str) -> str:
    if len(text) > most:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=most, len=len(text)), field)
    return text
