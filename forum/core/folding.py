"""Words as the search knows them: one spelling for all that people type alike, the same on both databases.

Pure. `searchable` gives what is stored and indexed: tokens of `a`–`z` and `0`–`9` that begin with a letter, between
spaces. So neither database has anything to interpret: no case, accent, symbol, script or locale, and the same
question finds the same posts on both. Letters outside ASCII are written as their number (`u6771`), which keeps
beginnings of words beginnings; scripts without spaces become overlapping pairs, so that 東京 is found in 東京タワー.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

VERSION = 1
"""Raised whenever the same text would give other tokens, so that older rows can be found and written again."""

MOST_TOKENS = 16_000  # PostgreSQL knows 16,383 places in a text
MOST_CHARACTERS = 500_000  # and a megabyte of words
LONGEST_TOKEN = 200
SHORTEST_BEGINNING = 3
"""Words of so many letters are also found as the beginning of longer ones."""

# What NFKD leaves whole, as people without such a key type it.
_ALIKE = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]+")
# Written without spaces: Han, Kana, Thai, Lao, Myanmar, Khmer.
_RUN = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECE = re.compile(f"(?P<run>[{_RUN}]+)|(?P<word>[^{_RUN}]+)")
_ASCII_WORD = re.compile(r"(?<![a-z0-9.])\.net(?![a-z0-9])|[a-z0-9]+(?:\+\+|#(?![a-z0-9]))?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its place in it, and the tokens that it becomes."""

    start: int
    end: int
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow each other; `beginning`: the last one may go on."""

    tokens: tuple[str, ...]
    beginning: bool = False


def searchable(text: str) -> str:
    """The text as tokens between spaces, as long as both databases take it."""
    tokens = _tokens(text)[:MOST_TOKENS]
    joined = " ".join(tokens)
    return joined if len(joined) <= MOST_CHARACTERS else joined[:MOST_CHARACTERS].rpartition(" ")[0]


def words(text: str) -> Iterator[Word]:
    """The words of a text in order, with their places."""
    for found in _word().finditer(text):
        if tokens := _folded(found[0]):
            yield Word(found.start(), found.end(), tokens)


def phrase(text: str, *, exact: bool = False) -> Phrase | None:
    """What to look for when somebody types `text`; None where it holds no word. `exact`: whole words only."""
    found = list(words(text))
    tokens = tuple(token for word in found for token in word.tokens)
    if not tokens:
        return None
    last = found[-1].tokens
    if _is_lone(last[-1]):
        if len(last) > 1 and not _is_lone(last[-2]):
            return Phrase(tokens[:-1])  # the pair before it says as much
        return Phrase(tokens, beginning=True)  # one sign, which pairs begin with
    return Phrase(tokens, beginning=not exact and _letters(last[-1]) >= SHORTEST_BEGINNING)


def _tokens(text: str) -> list[str]:
    if text.isascii():  # most texts, at a fraction of the time
        found = _ASCII_WORD.findall(text.lower())
        return [word[:LONGEST_TOKEN] if word.isalpha() else _spelled(word) for word in found]
    return [token for found in _word().findall(text) for token in _folded(found)]


@cache
def _word() -> re.Pattern[str]:
    """A word: letters and digits of any script with the marks that belong to them; c++, c# and .net whole."""
    marks = "".join(chr(n) for n in range(0x300, 0x10000) if unicodedata.category(chr(n)) in {"Mn", "Mc"})
    letter = rf"(?:[^\W_]|[{marks}\u00ad\u200b-\u200d\u2060])"
    return re.compile(rf"(?<![\w.])\.[nN][eE][tT](?!\w)|{letter}+(?:\+\+|#(?!\w))?")


@lru_cache(maxsize=50_000)
def _folded(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (_spelled(word.lower()),)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold()).translate(_ALIKE)
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", plain))
    tokens: list[str] = []
    for found in _word().finditer(plain):
        for piece in _PIECE.finditer(found[0]):
            tokens += _pairs(piece["run"]) if piece["run"] else [_spelled(piece["word"])]
    return tuple(tokens)


def _pairs(run: str) -> list[str]:
    """Overlapping pairs and the last sign alone: whatever stands in the run begins a token."""
    return [_spelled(run[place : place + 2]) for place in range(len(run))]


def _spelled(word: str) -> str:
    """A folded word in `a`–`z` and `0`–`9`. Numbers get a letter: PostgreSQL would read 1e5 and 0x1f its own way."""
    if word.endswith("++"):
        word = word[:-2] + "plusplus"
    elif word.endswith("#"):
        word = word[:-1] + "sharp"
    elif word[0] == ".":
        word = "dot" + word[1:]
    if not word.isascii():
        word = "".join(character if character.isascii() else _number(character) for character in word)
    return ("n" + word if word[0].isdigit() else word)[:LONGEST_TOKEN]


def _number(character: str) -> str:
    code = ord(character)
    return f"u{code:04x}" if code <= 0xFFFF else f"v{code:06x}"


_LONE = re.compile("u[0-9a-f]{4}|v[0-9a-f]{6}")
_HANGUL = re.compile("u(?:a[c-f]|[bc][0-9a-f]|d[0-7])[0-9a-f]{2}")
_RUNS = re.compile(f"[{_RUN}]")


def _is_lone(token: str) -> bool:
    """Whether a token is one sign of a script without spaces."""
    return bool(_LONE.fullmatch(token)) and bool(_RUNS.fullmatch(chr(min(int(token[1:], 16), sys.maxunicode))))


def _letters(token: str) -> int:
    """How many letters people typed for a token; a syllable of Hangul holds two or three."""
    return len(_LONE.sub("x", _HANGUL.sub("xx", token)))
