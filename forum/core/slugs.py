"""Words as part of an address."""

from __future__ import annotations

import re
import unicodedata


def slug_of(text: str, longest: int) -> str:
    """Lower-case letters and digits of any script joined by hyphens, at most `longest` characters; may be empty."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    # Once more: folding may have taken a composed letter apart, and one word must have one spelling.
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain))
    return words.strip("-")[:longest].strip("-")
