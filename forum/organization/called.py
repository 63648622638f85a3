"""By which names an organization is known: as it is called, without what lawyers add and without its article, and as
people call it besides. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _

MOST, LONGEST = 20, 80
ARTICLES = frozenset("the der die das den le la les el los il lo".split())
LEGAL = frozenset(
    "& ab ag aps bv co corp corporation eg ev gbr ggmbh gmbh inc incorporated kft kg kgaa limited llc llp ltd mbh nv "
    "ohg oy oyj plc pty sa sarl sas se spa srl sro ug".split()
)
_LETTERS = re.compile(r"\w")


def names_of(name: str, also: Iterable[str] = ()) -> Sequence[str]:
    """Every name by which it is meant, the fullest first. A single word is never left over from an article: “The
    Forum” is not called “Forum”."""
    short = _without_form(name)
    bare = short[1:] if len(short) > 2 and short[0].casefold() in ARTICLES else short
    known = [name, " ".join(short), " ".join(bare), *also]
    return [one for one in dict.fromkeys(known) if is_telling(one)]


def is_telling(name: str) -> bool:
    """Whether it has enough letters that whoever writes it means somebody."""
    return len(_LETTERS.findall(name)) >= 2


def checked_names(typed: str) -> list[str]:
    """Other names as they were typed, one a line; raises Invalid."""
    names = list(dict.fromkeys(filter(None, map(one_line, typed.splitlines()))))
    if len(names) > MOST:
        raise Invalid(_("At most %(n)s names.", n=MOST), "also")
    for name in names:
        if len(name) > LONGEST or not is_telling(name):
            raise Invalid(_("A name has two letters at least and %(n)s characters at most.", n=LONGEST), "also")
    return names


def _without_form(name: str) -> list[str]:
    words = name.split()
    while len(words) > 1 and words[-1].casefold().replace(".", "").strip(",()") in LEGAL:
        words.pop()
    return [*words[:-1], words[-1].rstrip(",")] if words else []
