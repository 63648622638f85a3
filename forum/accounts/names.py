"""User names: what one may be called, and when two names are too alike.

Pure: plain strings in, plain strings or `Invalid` out. The tables stand in data/, read once.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from forum.core.errors import Invalid
from forum.core.words import gettext as _

SHORTEST = 3
LONGEST = 20

_DATA = Path(__file__).parent / "data"
_JOINERS = "-_"
_MOST_MARKS = 4
_PLACEHOLDER = "member"
# Scripts that people write together in one word. Latin stands beside the East Asian ones as in "Mariko東京".
_TOGETHER = (
    frozenset({"Latn", "Hani", "Hira", "Kana"}),
    frozenset({"Latn", "Hani", "Hang"}),
    frozenset({"Latn", "Hani", "Bopo"}),
)


def fold(name: str) -> str:
    """The key that no two names may share: case, look-alikes and `-`/`_` make no difference.

    The skeleton of UTS #39 over the case-folded name, coarser in one point: `1`, `I`, `i`, `l` are one, and `0`, `o`.
    """
    shown = "".join(c for c in _compatible(name) if unicodedata.category(c) != "Cf")
    # Once for letters that are alike with their marks (å, ȧ), once for letters and marks by themselves.
    whole = unicodedata.normalize("NFD", _likened(unicodedata.normalize("NFC", shown)))
    return unicodedata.normalize("NFD", _likened(whole)).replace("_", "-")


def check(name: str) -> str:
    """The name as it will be stored (NFC), or `Invalid` with the rule it breaks."""
    name = unicodedata.normalize("NFC", name)
    problem = _misfit(name)
    if problem is None and is_reserved(name):
        problem = _("“%(name)s” is kept for the forum itself. Choose another name.", name=name)
    if problem is not None:
        raise Invalid(problem, "name")
    return name


def mixes_scripts(text: str) -> bool:
    """Whether letters of alphabets stand in it that nobody writes together."""
    return not _writable({_scripts(c) for c in text if _is_of_a_script(c)})


def is_reserved(name: str) -> bool:
    """Whether the name, or something that looks like it, is a role or a place of the forum."""
    return _bare(name) in _reserved()


def from_foreign(name: str, taken: Callable[[str], bool]) -> str:
    """What somebody from another forum is called here. An acceptable, free name stays as it is.

    The one rule: `.` and whatever else has no place in a name becomes `-`; runs of joiners become one, joiners at the
    ends go; digits alone stand behind `member-`; 20 characters remain; then comes `-2`, `-3`, … if that is short,
    reserved or taken. `taken` compares by `fold`.
    """
    name = unicodedata.normalize("NFC", name)
    base = name if _misfit(name) is None else _mended(name)
    if _misfit(base) is None and not is_reserved(base) and not taken(base):
        return base
    base = next(b for b in _bases(base) if _misfit(_numbered(b, 2)) is None)
    number = 2
    while is_reserved(candidate := _numbered(base, number)) or taken(candidate):
        number += 1
    return candidate


# ── the rules, in the order in which a person would want to hear of them ──────────────────────────────────────────────


def _misfit(name: str) -> str | None:
    """The sentence of the first rule that an NFC name breaks, reservation aside; None: it fits."""
    for rule in (_wrong_length, _wrong_character, _wrong_joiner, _wrong_start, _wrong_mix, _disguise):
        if sentence := rule(name):
            return sentence
    return None


def _wrong_length(name: str) -> str | None:
    if not name:
        return _("Choose a user name.")
    if len(name) < SHORTEST:
        return _("A user name has at least %(n)s characters.", n=SHORTEST)
    if len(name) > LONGEST:
        return _("A user name has at most %(n)s characters; this one has %(len)s.", n=LONGEST, len=len(name))
    return None


def _wrong_character(name: str) -> str | None:
    for c in name:
        if c in _JOINERS or _scripts(c):
            continue
        if c.isspace():
            return _("A user name has no spaces. Use “-” or “_” between words.")
        plain = unicodedata.normalize("NFKC", c)
        if plain != c and all(_scripts(p) for p in plain):
            return _("“%(char)s” is a special form of “%(plain)s”. Write it plainly.", char=c, plain=plain)
        if not c.isprintable():
            return _("There is an invisible character in this user name. Type it anew.")
        return _("A user name is made of letters, digits, “-” and “_”; “%(char)s” cannot stand in it.", char=c)
    return None


def _wrong_joiner(name: str) -> str | None:
    if name[0] in _JOINERS or name[-1] in _JOINERS:
        return _("A user name begins and ends with a letter or a digit, not with “-” or “_”.")
    if re.search(r"[-_]{2}", name):
        return _("Two of “-” and “_” in a row are too easily misread. Use one.")
    return None


def _wrong_start(name: str) -> str | None:
    """No letter at all, or marks (vowel signs, points) that stand on nothing."""
    if not any(unicodedata.category(c)[0] == "L" for c in name):
        return _("A user name has at least one letter.")
    marks = _MOST_MARKS
    for c in name:
        marks = marks + 1 if _is_mark(c) else 0 if unicodedata.category(c)[0] == "L" else _MOST_MARKS
        if marks > _MOST_MARKS:
            return _("The mark “%(char)s” needs a letter to stand on, with few other marks.", char="\u25cc" + c)
    return None


def _wrong_mix(name: str) -> str | None:
    if not mixes_scripts(name):
        return None
    return _("This user name mixes alphabets, which makes it easy to mistake for another. Use one alphabet.")


def _disguise(name: str) -> str | None:
    """Every letter could be read as a Latin one, and `fold` cannot tell (it goes by the small letters)."""
    capitals, shapes = _capitals(), _lookalikes()
    if not any(c in capitals for c in name):
        return None
    read = (capitals.get(c) or shapes.get(_compatible(c), c) for c in name)
    if not all(shape.isascii() for shape in read):
        return None
    return _("“%(name)s” reads like a name in Latin letters. Write it in small letters or change one.", name=name)


# ── mending foreign names ─────────────────────────────────────────────────────────────────────────────────────────────


def _mended(name: str) -> str:
    """Out-of-rule characters to `-`, one script, no stray joiners or marks, at most 20 characters."""
    name = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name))
    keep = _main_scripts(name)
    fitting = "".join(_standing(c if c in _JOINERS or _scripts(c) & keep else "-" for c in name))
    joined = re.sub(r"[-_]+", lambda run: run[0][0], fitting).strip(_JOINERS)
    if joined and not any(unicodedata.category(c)[0] == "L" for c in joined):
        joined = f"{_PLACEHOLDER}-{joined}"
    return joined[:LONGEST].rstrip(_JOINERS)


def _main_scripts(name: str) -> frozenset[str]:
    """The scripts to keep: those written together with the one most letters are in (the first, if equal)."""
    votes = Counter(script for c in name if _is_of_a_script(c) for script in sorted(_scripts(c)))
    together = frozenset[str]()
    for script, _votes in votes.most_common():
        if not together or any(together | {script} <= group for group in _TOGETHER):
            together |= {script}
    return together | {"09"}


def _standing(characters: Iterator[str]) -> Iterator[str]:
    """Without the marks that stand on nothing or are too many."""
    marks = _MOST_MARKS
    for c in characters:
        marks = marks + 1 if _is_mark(c) else 0 if unicodedata.category(c)[0] == "L" else _MOST_MARKS
        if marks <= _MOST_MARKS or not _is_mark(c):
            yield c


def _bases(base: str) -> tuple[str, ...]:
    """What to put a number behind, best first: the last always fits."""
    return base, base.lower(), _PLACEHOLDER


def _numbered(base: str, number: int) -> str:
    suffix = f"-{number}"
    return base[: LONGEST - len(suffix)].rstrip(_JOINERS) + suffix


# ── characters ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _compatible(text: str) -> str:
    """NFKC and case folding, until neither changes anything (each can undo the other)."""
    while (after := unicodedata.normalize("NFKC", text).casefold()) != text:
        text = after
    return text


def _likened(text: str) -> str:
    alike = _lookalikes()
    return "".join(alike.get(c, c) for c in text)


def _bare(name: str) -> str:
    return fold(name).replace("-", "")


def _is_mark(c: str) -> bool:
    return unicodedata.category(c)[0] == "M"


def _is_of_a_script(c: str) -> bool:
    return bool(_scripts(c)) and not (c.isascii() and c.isdigit())


def _writable(scripts: set[frozenset[str]]) -> bool:
    """Whether one script, or a group that is written together, covers every character."""
    if not scripts or frozenset.intersection(*scripts):
        return True
    return any(all(one & group for one in scripts) for group in _TOGETHER)


def _scripts(c: str) -> frozenset[str]:
    """The scripts a character is used in; empty: it cannot stand in a name."""
    starts, ranges = _letters()
    last, scripts = ranges[max(bisect_right(starts, ord(c)) - 1, 0)]
    return scripts if starts[0] <= ord(c) <= last else frozenset()


@cache
def _letters() -> tuple[list[int], list[tuple[int, frozenset[str]]]]:
    rows: list[tuple[int, int, frozenset[str]]] = []
    for scripts, *ranges in _table("letters.txt"):
        for span in ranges:
            first, _dash, last = span.partition("-")
            rows.append((int(first, 16), int(last or first, 16), frozenset(scripts.split("+"))))
    rows.sort(key=lambda row: row[0])
    return [first for first, _last, _scripts in rows], [(last, scripts) for _first, last, scripts in rows]


@cache
def _lookalikes() -> dict[str, str]:
    return dict(_pairs("lookalikes.txt"))


@cache
def _capitals() -> dict[str, str]:
    return dict(_pairs("capitals.txt"))


@cache
def _reserved() -> frozenset[str]:
    return frozenset(_bare(name) for row in _table("reserved.txt") for name in row)


def _pairs(file: str) -> Iterator[tuple[str, str]]:
    for prototype, *characters in _table(file):
        for c in characters:
            yield chr(int(c, 16)), "".join(chr(int(p, 16)) for p in prototype.split("+"))


def _table(file: str) -> Iterator[list[str]]:
    """The words of each line; `#` begins a comment line."""
    for line in (_DATA / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()
