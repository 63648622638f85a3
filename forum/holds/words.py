"""Watched words in a text: whole words and phrases, in any case, with or without accents. Pure.

No pattern is an expression: it is words, where a `*` stands for any letters. Text and patterns are folded alike; each
word of the text is looked up once, so a thousand watched words cost hardly more than ten. A word that mixes alphabets
is read as what it looks like; words of one alphabet are what they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from forum.accounts import names
from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _


class Action(StrEnum):
    """What a watched word does."""

    BLOCK = "block"
    HOLD = "hold"
    FLAG = "flag"
    CENSOR = "censor"
    REPLACE = "replace"
    TAG = "tag"
    SILENCE = "silence"
    WARN = "warn"


CHANGING = (Action.CENSOR, Action.REPLACE)
LONGEST = 80
MOST = 1000
BLACK = "■"
MOST_STARS = 2
LONGEST_WORD = 200
"""What is longer is no word that a `*` could stand in: an address, or noise."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A word that is watched for. `board_id` None: everywhere; `in_links`: also in addresses; `instead`: what replaces
    it, or the slug of the tag."""

    pattern: str
    action: Action
    board_id: int | None = None
    in_links: bool = False
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in the text it stands."""

    watched: Watched
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The folded words of a pattern, and what must stand between two of them; None: anything short."""

    watched: Watched
    words: tuple[re.Pattern[str] | str, ...]
    gaps: tuple[str | None, ...]


_MIXED = "\0"
"""Before what a word of several alphabets looks like: no other word is taken for it."""
_WORD = re.compile(r"\w+")
_PART = re.compile(r"[\w*]+")
_GAP = re.compile(r"(?!.*\n\s*\n)[^\w.!?]{1,4}", re.DOTALL)
_ADDRESS = re.compile(
    r"\]\([^)\s]*[^)]*\)|<(?:https?:|mailto:)[^>\s]*>|https?://[^\s<>\"]+|\bwww\.[^\s<>\"]+", re.IGNORECASE
)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*(?:\n.*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)|\Z)", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)", re.DOTALL)


class _Letters(dict[int, str]):
    """Character → how it is folded: small, without accents and what nobody sees; found once each."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code).casefold())
        kept = "".join(sign for sign in plain if unicodedata.category(sign) not in {"Mn", "Me", "Cf"})
        self[code] = kept
        return kept


_letters = _Letters()


def fold(text: str) -> str:
    """The text as words are compared in it."""
    return text.lower() if text.isascii() else text.translate(_letters)


def checked_pattern(pattern: str) -> str:
    """With white space in order; raises Invalid where it could hit everything or nothing."""
    clean = one_line(pattern)
    if len(clean) > LONGEST:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST, len=len(clean)), "pattern")
    parts = _PART.findall(fold(clean))
    if not parts or any(len(part.replace("*", "")) < (2 if "*" in part else 1) for part in parts):
        raise Invalid(_("A word needs letters or digits, at least two beside a “*”."), "pattern")
    if any(part.count("*") > MOST_STARS for part in parts):
        raise Invalid(_("At most two “*” in a word."), "pattern")
    return clean


class Matcher:
    """What finds a list of watched words."""

    def __init__(self, watched: Sequence[Watched]) -> None:
        self._first: dict[str, list[_Phrase]] = defaultdict(list)
        self._open: list[_Phrase] = []  # those whose first word has a `*`
        self._alike: dict[str, str] = {}  # what a word looks like → the word
        for one in watched:
            phrase = _phrase(one)
            self._alike |= {names.fold(word): word for word in phrase.words if isinstance(word, str)}
            first = phrase.words[0]
            self._open.append(phrase) if isinstance(first, re.Pattern) else self._first[first].append(phrase)
        parts = (phrase.words[0].pattern for phrase in self._open if isinstance(phrase.words[0], re.Pattern))
        self._may_begin = re.compile("|".join(dict.fromkeys(parts)) or "(?!)")
        self.is_empty = not watched

    def hits(self, text: str, board_id: int | None = None) -> list[Hit]:
        """The watched words in a text on a board, in order. What stands in code is left out."""
        return sorted(self._hits(text, board_id), key=lambda hit: (hit.start, -hit.end)) if not self.is_empty else []

    def _hits(self, text: str, board_id: int | None) -> Iterator[Hit]:
        bare = without_code(text)
        folded, places = _placed(bare)
        words = [(self._read(found[0]), found.start(), found.end()) for found in _WORD.finditer(folded)]
        addresses: list[tuple[int, int]] | None = None
        starts: dict[str, list[_Phrase]] = {}
        for number, (word, start, _end) in enumerate(words):
            if word not in starts:
                starts[word] = self._beginning(word)
            for phrase in starts[word]:
                if phrase.watched.board_id not in (None, board_id):
                    continue
                last = _last(phrase, words, number, folded)
                if last is None:
                    continue
                hit = Hit(phrase.watched, *_span(places, start, words[last][2], len(text)))
                if not phrase.watched.in_links:
                    if addresses is None:
                        addresses = [found.span() for found in _ADDRESS.finditer(bare)]
                    if any(begin < hit.end and hit.start < end for begin, end in addresses):
                        continue
                yield hit

    def _read(self, word: str) -> str:
        """The word, or what it was made to look like."""
        if word.isascii() or len(word) > LONGEST_WORD or not names.mixes_scripts(word):
            return word
        alike = names.fold(word)
        return self._alike.get(alike, _MIXED + alike)

    def _beginning(self, word: str) -> list[_Phrase]:
        phrases = self._first.get(word, [])
        if len(word) <= LONGEST_WORD and self._may_begin.fullmatch(word):
            phrases = phrases + [phrase for phrase in self._open if _is(phrase.words[0], word)]
        return phrases


@lru_cache(maxsize=8)
def matcher(watched: tuple[Watched, ...]) -> Matcher:
    """The matcher of a list, made once as long as the list is the same."""
    return Matcher(watched)


def changed(text: str, hits: Sequence[Hit]) -> str:
    """The text with censored words blackened, letter by letter, and replaced ones replaced; nothing else changes."""
    parts, done = [], 0
    for hit in hits:
        if hit.watched.action not in CHANGING or hit.start < done:
            continue
        found = text[hit.start : hit.end]
        is_censored = hit.watched.action is Action.CENSOR
        parts += [text[done : hit.start], re.sub(r"\S", BLACK, found) if is_censored else hit.watched.instead]
        done = hit.end
    return "".join([*parts, text[done:]])


def without_code(text: str) -> str:
    """The text with code blanked out, each character at its place."""
    if "`" not in text and "~~~" not in text and "\t" not in text and "    " not in text:
        return text
    for code in (_FENCE, _INDENTED, _SPAN):
        text = code.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def _phrase(watched: Watched) -> _Phrase:
    folded = fold(watched.pattern)
    parts = list(_PART.finditer(folded))
    words = [_word(part[0]) for part in parts]
    between = [folded[one.end() : two.start()] for one, two in pairwise(parts)]
    return _Phrase(watched, tuple(words), tuple(None if gap.isspace() else gap for gap in between))


def _word(part: str) -> re.Pattern[str] | str:
    if "*" not in part:
        return part
    pieces = re.split(r"\*+", part)
    plain, alike = (r"\w*".join(map(re.escape, some)) for some in (pieces, [names.fold(piece) for piece in pieces]))
    return re.compile(f"{plain}|{_MIXED}{alike}")


def _is(expected: re.Pattern[str] | str, word: str) -> bool:
    if isinstance(expected, str):
        return expected == word
    return len(word) <= LONGEST_WORD and expected.fullmatch(word) is not None


def _last(phrase: _Phrase, words: Sequence[tuple[str, int, int]], number: int, folded: str) -> int | None:
    """The number of the phrase's last word where it begins at word `number`; None where it goes on otherwise."""
    for step, expected in enumerate(phrase.words[1:], start=1):
        at = number + step
        if at >= len(words) or not _is(expected, words[at][0]):
            return None
        between, gap = folded[words[at - 1][2] : words[at][1]], phrase.gaps[step - 1]
        if between != gap if gap is not None else not _GAP.fullmatch(between):
            return None
    return number + len(phrase.words) - 1


def _placed(text: str) -> tuple[str, Sequence[int] | None]:
    """The folded text, and the place in `text` of each of its characters; None where the places are the same."""
    folded = fold(text)
    if text.isascii() or (len(folded) == len(text) and all(len(_letters[ord(sign)]) == 1 for sign in set(text))):
        return folded, None
    return folded, [place for place, sign in enumerate(text) for _one in _letters[ord(sign)]]


def _span(places: Sequence[int] | None, start: int, end: int, length: int) -> tuple[int, int]:
    """The place in the text, with the marks that follow the last letter."""
    if places is None:
        return start, end
    return places[start], places[end] if end < len(places) else length
