"""Which words that found nothing are worth keeping: plain ones, which say what people would like to read about.

Pure. Never what might be somebody's: an address, a number, a name that was asked for, a secret pasted by mistake. Nor
a line that was not wholly understood: an operator mistyped is no wish for something to read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from itertools import pairwise

from forum.search.operators import Asked

LONGEST = 60
MOST_WORDS = 5
LONGEST_WORD = 24
KEPT_FOR = timedelta(days=90)
MOST_KEPT = 500

# Letters of any script, joined at most by a hyphen or an apostrophe; the names of a few languages end in signs.
_PLAIN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*(?:\+\+|#)?")
_MARKS = re.compile(r"[\u0300-\u036f]")


def term_of(asked: Asked) -> str:
    """The words as they are kept, or "" where they are not to be."""
    words = [*asked.words, *(word for exact in asked.exact for word in exact.split())]
    if not 1 <= len(words) <= MOST_WORDS or asked.authors or "mine" in asked.places or asked.notes:
        return ""
    if not all(_is_plain(word) for word in words):
        return ""
    term = " ".join(unicodedata.normalize("NFC", word).casefold() for word in words)
    return term if len(term) <= LONGEST else ""


def _is_plain(word: str) -> bool:
    if len(word) > LONGEST_WORD or not _PLAIN.fullmatch(_MARKS.sub("", unicodedata.normalize("NFC", word))):
        return False
    changes = sum(one.islower() and other.isupper() for one, other in pairwise(word))
    return changes < 2  # "xKqRtZ" is no word
