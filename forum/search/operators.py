"""What people ask for: words, "phrases", -without, and operators such as `board:` and `@name`.

Pure. `parse` understands a line, `written` writes one that means the same, so that the form of filters and the line
say one thing. What is no operator after all stays text, an operator with a word that it does not take is left out; both
are said in words, with what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from forum.core.folding import Phrase, phrase
from forum.core.words import gettext as _
from forum.search.misread import Note, meant, operator_of, spelled

LONGEST = 300
MOST_WORDS = 12
MOST_NAMED = 10

PLACES = ("title", "mine", "watching", "unread")
STATES = ("open", "solved", "unsolved", "noreplies")
HOLDINGS = ("image", "code", "link")
INTENTS = (
    *("welcome", "clarify", "connect", "thank", "moderate"),
    *("answer", "official", "correct", "seed", "announce", "personal"),
)
SIDES = ("staff", "peers")
RELEVANCE, NEWEST, OLDEST, ACTIVITY, REPLIES = "relevance", "newest", "oldest", "activity", "replies"
ORDERS = (RELEVANCE, NEWEST, OLDEST, ACTIVITY, REPLIES)


@dataclass(frozen=True)
class Asked:
    """A line, understood. Several of a field: every place, state, holding and tag must hold; one of the authors,
    boards and intents. `notes`: what was not understood, and why."""

    words: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    by: str = ""
    topic: int | None = None
    after: date | None = None
    before: date | None = None
    order: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What must be there, as the index is asked."""
        return _phrases((word, False) for word in self.words) + _phrases((word, True) for word in self.exact)

    @property
    def without_phrases(self) -> tuple[Phrase, ...]:
        """What must not be there."""
        return _phrases((word, True) for word in self.without)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for: an order and what to leave out are no question."""
        asked = (field.name for field in fields(self) if field.name not in {"notes", "order", "without"})
        return not any(getattr(self, name) for name in asked)

    @property
    def text(self) -> str:
        """The words alone, as people typed them."""
        return " ".join((*self.words, *(f'"{exact}"' for exact in self.exact)))


_PART = re.compile(r'(?P<name>[A-Za-z]+):"(?P<quoted>[^"]*)"|(?P<no>-?)"(?P<exact>[^"]*)"?|(?P<bare>[^\s"]+)')
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_CHOICES: Mapping[str, tuple[str, Sequence[str]]] = {
    "in": ("places", PLACES),
    "status": ("states", STATES),
    "has": ("has", HOLDINGS),
    "intent": ("intents", INTENTS),
}
_ONE_OF: Mapping[str, Sequence[str]] = {"by": SIDES, "order": ORDERS}
_NAMED: Mapping[str, str] = {"board": "boards", "tag": "tags"}
_DATED = ("after", "before")
# What people call the same elsewhere.
_ALSO: Mapping[tuple[str, str], str] = {
    ("order", "latest"): NEWEST,
    ("order", "new"): NEWEST,
    ("order", "recent"): NEWEST,
    ("order", "old"): OLDEST,
    ("order", "active"): ACTIVITY,
    ("order", "best"): RELEVANCE,
}
_TAKES: Mapping[str, Sequence[str]] = {
    **{key: choices for key, (_field, choices) in _CHOICES.items()},
    **_ONE_OF,
    "order": (*ORDERS, *(word for key, word in _ALSO if key == "order")),
    **dict.fromkeys((*_NAMED, *_DATED, "topic"), ()),
}


def parse(line: str) -> Asked:
    """Understand what somebody typed. Never refuses: what makes no sense stays text or is left out, with a note."""
    line = line.replace("\0", " ")[:LONGEST]
    reading = _Reading(line)
    for found in _PART.finditer(line):
        reading.part(found)
    return reading.asked()


def written(asked: Asked) -> str:
    """The line that means the same."""
    parts = [
        *asked.words,
        *(f'"{exact}"' for exact in asked.exact),
        *(f'-"{word}"' if " " in word else f"-{word}" for word in asked.without),
        *(f"@{name}" for name in asked.authors),
        *(spelled("board", board) for board in asked.boards),
        *(spelled("tag", tag) for tag in asked.tags),
        *(f"in:{place}" for place in asked.places),
        *(f"status:{state}" for state in asked.states),
        *(f"has:{thing}" for thing in asked.has),
        *(f"intent:{intent}" for intent in asked.intents),
        *([f"by:{asked.by}"] if asked.by else []),
        *([f"topic:{asked.topic}"] if asked.topic else []),
        *([f"after:{asked.after.isoformat()}"] if asked.after else []),
        *([f"before:{asked.before.isoformat()}"] if asked.before else []),
        *([f"order:{asked.order}"] if asked.order else []),
    ]
    return " ".join(parts)


def dated(text: str) -> date | None:
    """The first day of a year, month or day as people write it; None where it is no date."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def _phrases(texts: Iterable[tuple[str, bool]]) -> tuple[Phrase, ...]:
    found = (phrase(text, exact=exact) for text, exact in texts)
    return tuple(dict.fromkeys(one for one in found if one is not None))


class _Reading:
    """A line while it is read."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._at = (0, 0)
        self._lists: dict[str, list[str]] = {}
        self._single: dict[str, Any] = {}
        self._notes: list[Note] = []

    def asked(self) -> Asked:
        lists: dict[str, Any] = {name: tuple(dict.fromkeys(values)) for name, values in self._lists.items()}
        return Asked(**self._single, **lists, notes=tuple(dict.fromkeys(self._notes)))

    def part(self, found: re.Match[str]) -> None:
        self._at = found.span()
        if found["name"] is not None:
            self._operator(found["name"], found["quoted"])
        elif found["exact"] is not None:
            self._text("without" if found["no"] else "exact", found["exact"])
        else:
            self._bare(found["bare"])

    def _bare(self, part: str) -> None:
        name, colon, value = part.partition(":")
        if colon and value and name.isascii() and name.isalpha() and not value.startswith("//"):
            self._operator(name, value)
        elif part.startswith("@") and len(part) > 1:
            self._name("authors", part[1:])
        elif part.startswith("-") and len(part) > 1:
            self._text("without", part[1:])
        else:
            self._text("words", part)

    def _operator(self, name: str, value: str) -> None:
        value = value.strip().lstrip("#")
        key = operator_of(name.lower(), is_date=dated(value) is not None)
        if key in _CHOICES:
            self._choose(key, value)
        elif key in _ONE_OF:
            self._choose_one(key, value)
        elif key in _NAMED:
            self._name(_NAMED[key], value)
        elif key in _DATED:
            self._date(key, value)
        elif key == "topic":
            self._topic(value)
        elif key == "@":
            self._name("authors", value.lstrip("@"))
        elif key == "title" and value:
            self._choose("in", key)
            self._text("exact", value) if " " in value else self._plain(value)
        else:
            words = _("There is no “%(name)s:”, so it is searched as words.", name=name)
            self._note(words, meant(key, value, _TAKES))
            self._plain(f"{name} {value}")

    def _text(self, where: str, text: str) -> None:
        for word in [text.strip()] if where != "words" else text.split():
            if phrase(word) is None:
                continue
            if sum(map(len, (self._lists.get(name, ()) for name in ("words", "exact", "without")))) >= MOST_WORDS:
                self._note(_("Only the first %(n)s words are looked for.", n=MOST_WORDS))
                return
            self._lists.setdefault(where, []).append(word)

    def _choose(self, key: str, value: str) -> None:
        field, choices = _CHOICES[key]
        chosen = [_known(key, one) for one in value.split("|") if one]
        if chosen and all(one in choices for one in chosen):
            self._lists.setdefault(field, []).extend(chosen)
        else:
            self._left_out(key, value, choices)

    def _choose_one(self, key: str, value: str) -> None:
        chosen = _known(key, value)
        if chosen in _ONE_OF[key]:
            self._single[key] = chosen
        else:
            self._left_out(key, value, _ONE_OF[key])

    def _date(self, key: str, value: str) -> None:
        day = dated(value)
        if day is None:
            self._note(
                _(
                    "“%(name)s:” takes a year, a month or a day, such as 2025, 2025-06 or 2025-06-30. It is left out.",
                    name=key,
                )
            )
        else:
            self._single[key] = day

    def _topic(self, value: str) -> None:
        if value.isascii() and value.isdigit() and len(value) < 10 and int(value) > 0:
            self._single["topic"] = int(value)
        else:
            self._note(_("“topic:” takes the number in a topic’s address. It is left out."))

    def _name(self, field: str, value: str) -> None:
        named = self._lists.setdefault(field, [])
        if value and len(named) < MOST_NAMED:
            named.append(value)

    def _left_out(self, key: str, value: str, choices: Sequence[str]) -> None:
        known = ", ".join(choices)
        words = _("“%(name)s:” takes one of these: %(choices)s. It is left out.", name=key, choices=known)
        somebody = spelled("@", value.lstrip("@")) if key == "by" else ""
        self._note(words, meant(key, value.lower(), _TAKES) or somebody)

    def _note(self, sentence: str, instead: str = "") -> None:
        start, end = self._at
        line = self._line[:start] + instead + self._line[end:] if instead else ""
        self._notes.append(Note(sentence, instead, line))

    def _plain(self, value: str) -> None:
        """What was no operator, without the signs that would make it one when it is read again."""
        for word in value.replace(":", " ").split():
            self._text("words", word.lstrip("@-"))


def _known(key: str, value: str) -> str:
    return _ALSO.get((key, value.lower()), value.lower())
