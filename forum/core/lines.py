"""What people type into fields, as they meant it."""

from __future__ import annotations

import re
import unicodedata

_KEPT = "\n\t"
# Marks and switches of direction, soft hyphens, spaces without width: they turn or part a name and do not show. The
# joiners U+200C and U+200D stay: several scripts and family emoji need them.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def one_line(text: str) -> str:
    """Without what cannot be seen or turns the direction of what follows, runs of white space as one space, nothing at
    the ends; composed (NFC)."""
    return " ".join(_seen(_UNSEEN.sub("", text)).split())


def many_lines(text: str) -> str:
    """Line breaks as `\\n`, without control characters and white space at the ends; composed (NFC)."""
    return _seen(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def whole_number(text: str) -> int:
    """The number that was typed, 0 where nothing was; -1, which no rule lets pass, where it is none."""
    clean = text.strip()
    return (int(clean) if clean.isascii() and clean.isdigit() and len(clean) < 6 else -1) if clean else 0


def _seen(text: str) -> str:
    # Lone surrogates (Cs) no database takes.
    kept = (c for c in text if c in _KEPT or c.isspace() or unicodedata.category(c) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", "".join(kept))
