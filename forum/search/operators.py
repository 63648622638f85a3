"""What people ask for: words, "phrases", -without, and operators such as `board:` and `@name`.

Pure. `parse` understands a line, `written` writes one that means the same, so that the form of filters and the line
say one thing. What is no operator after all stays text, and says why in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from forum.core.folding import Phrase, phrase
from forum.core.words import gettext as _
from forum.core.words import mark

LONGEST = 300
MOST_WORDS = 12
MOST_NAMED = 10
LARGEST_ID = 2**31 - 1

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
    boards and intents. `notes`: what was taken as text, and why."""

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
    notes: tuple[str, ...] = ()

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


@dataclass(frozen=True)
class Operator:
    """A row of the help: how it is written, and what it means."""

    example: str
    meaning: str


HELP: Sequence[Operator] = (
    Operator('"old varnish"', mark("these words, exactly so and in this order")),
    Operator("-plywood", mark("without this word")),
    Operator("@name", mark("written by this member")),
    Operator("board:workbench", mark("on this board, and the boards below it")),
    Operator("topic:123", mark("in the topic with this number in its address")),
    Operator("tag:gut", mark("in topics with this tag")),
    Operator("in:title", mark("in titles; also in:mine, in:watching, in:unread")),
    Operator("status:solved", mark("in such topics; also open, unsolved, noreplies")),
    Operator("after:2025 before:2025-06", mark("written in this time: a year, a month or a day")),
    Operator("has:image", mark("posts with a picture; also code, link")),
    Operator("by:staff", mark("by people of the organization; by:peers by everybody else")),
    Operator("intent:answer", mark("what staff meant to do: answer, welcome, clarify, official …")),
    Operator("order:newest", mark("in this order; also oldest, activity, replies, relevance")),
)

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


def parse(line: str) -> Asked:
    """Understand what somebody typed. Never refuses: what makes no sense stays text, with a note."""
    reading = _Reading()
    for found in _PART.finditer(line.replace("\0", " ")[:LONGEST]):
        if found["name"] is not None:
            reading.operator(found["name"], found["quoted"])
        elif found["exact"] is not None:
            reading.text("without" if found["no"] else "exact", found["exact"])
        else:
            reading.bare(found["bare"])
    return reading.asked()


def written(asked: Asked) -> str:
    """The line that means the same."""
    parts = [
        *asked.words,
        *(f'"{exact}"' for exact in asked.exact),
        *(f'-"{word}"' if " " in word else f"-{word}" for word in asked.without),
        *(f"@{name}" for name in asked.authors),
        *(_operator("board", board) for board in asked.boards),
        *(_operator("tag", tag) for tag in asked.tags),
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


def _operator(name: str, value: str) -> str:
    return f'{name}:"{value}"' if re.search(r"\s", value) else f"{name}:{value}"


def _phrases(texts: Iterable[tuple[str, bool]]) -> tuple[Phrase, ...]:
    found = (phrase(text, exact=exact) for text, exact in texts)
    return tuple(dict.fromkeys(one for one in found if one is not None))


class _Reading:
    """A line while it is read."""

    def __init__(self) -> None:
        self._lists: dict[str, list[str]] = {}
        self._single: dict[str, Any] = {}
        self._notes: list[str] = []

    def asked(self) -> Asked:
        lists: dict[str, Any] = {name: tuple(dict.fromkeys(values)) for name, values in self._lists.items()}
        return Asked(**self._single, **lists, notes=tuple(dict.fromkeys(self._notes)))

    def bare(self, part: str) -> None:
        name, colon, value = part.partition(":")
        if colon and value and name.isascii() and name.isalpha() and not value.startswith("//"):
            self.operator(name, value)
        elif part.startswith("@") and len(part) > 1:
            self._name("authors", part[1:])
        elif part.startswith("-") and len(part) > 1:
            self.text("without", part[1:])
        else:
            self.text("words", part)

    def operator(self, name: str, value: str) -> None:
        key, value = name.lower(), value.strip().lstrip("#")
        if key in _CHOICES:
            field, choices = _CHOICES[key]
            self._choose(field, key, value, choices)
        elif key in _ONE_OF:
            if value.lower() in _ONE_OF[key]:
                self._single[key] = value.lower()
            else:
                self._as_text(key, value, _ONE_OF[key])
        elif key in _NAMED and value:
            self._name(_NAMED[key], value)
        elif key in _DATED:
            self._date(key, value)
        elif key == "topic" and value.isascii() and value.isdigit() and 0 < int(value[:12]) <= LARGEST_ID:
            self._single[key] = int(value)
        else:
            self._notes.append(_("There is no “%(name)s:”, so it is searched as words.", name=name))
            self._plain(f"{name} {value}")

    def text(self, where: str, text: str) -> None:
        for word in [text.strip()] if where != "words" else text.split():
            if phrase(word) is None:
                continue
            if sum(map(len, (self._lists.get(name, ()) for name in ("words", "exact", "without")))) >= MOST_WORDS:
                self._notes.append(_("Only the first %(n)s words are looked for.", n=MOST_WORDS))
                return
            self._lists.setdefault(where, []).append(word)

    def _choose(self, field: str, key: str, value: str, choices: Sequence[str]) -> None:
        chosen = [one.lower() for one in value.split("|") if one]
        if chosen and all(one in choices for one in chosen):
            self._lists.setdefault(field, []).extend(chosen)
        else:
            self._as_text(key, value, choices)

    def _date(self, key: str, value: str) -> None:
        day = dated(value)
        if day is None:
            self._notes.append(
                _("“%(name)s:” takes a year, a month or a day, such as 2025, 2025-06 or 2025-06-30.", name=key)
            )
            self._plain(value)
        else:
            self._single[key] = day

    def _name(self, field: str, value: str) -> None:
        named = self._lists.setdefault(field, [])
        if len(named) < MOST_NAMED:
            named.append(value)

    def _as_text(self, key: str, value: str, choices: Sequence[str]) -> None:
        known = ", ".join(choices)
        self._notes.append(_("“%(name)s:” takes one of these: %(choices)s.", name=key, choices=known))
        self._plain(value)

    def _plain(self, value: str) -> None:
        """What was no operator, without the signs that would make it one when it is read again."""
        for word in value.replace(":", " ").split():
            self.text("words", word.lstrip("@-"))
