"""The texts of the demo community as typed values, in the words of the files. Times are relative to the seeding."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COMMUNITY = Path(__file__).parent / "community"


@dataclass(frozen=True, kw_only=True)
class House:
    """The host organization (`name`), and what the place says of itself."""

    place: str
    name: str
    tagline: str
    welcome: str
    about: str
    # The page of the house that names its people.
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody. `demo_login`: the words under which the password is printed; empty for those who cannot sign in."""

    name: str
    display_name: str
    headline: str
    location: str
    about: str
    role: str
    joined_days_ago: float
    pronouns: str = ""
    links: Sequence[Mapping[str, str]] = ()
    demo_login: str = ""
    # In which roles they speak for the house, and whether they stand by name on its page.
    speaks_as: Sequence[str] = ()
    listed: bool = True

    @property
    def is_staff(self) -> bool:
        return self.role in {"staff", "administrator"}


@dataclass(frozen=True, kw_only=True)
class BoardText:
    """A board in its section; `rights` names one of the usual arrangements, empty: what suits the kind."""

    slug: str
    name: str
    description: str
    kind: str
    section: str
    guidance: str
    parent: str = ""
    rights: str = ""
    is_feedback: bool = False
    tags: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class TagText:
    """A tag."""

    slug: str
    name: str
    description: str


@dataclass(frozen=True, kw_only=True)
class PostText:
    """One post. `hours_ago` counts from the seeding; `to` is the number it answers."""

    number: int
    by: str
    hours_ago: float
    body: str
    to: int | None = None
    accepted: bool = False
    intent: str = ""
    capacity: str = ""
    role: str = ""
    reactions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # Who of the staff confirmed it, and what a reader says is no longer true: by, hours_ago, sentence.
    confirmed_by: str = ""
    doubt: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TopicText:
    """A topic with its posts; `key` is how other texts refer to it."""

    board: str
    key: str
    title: str
    posts: Sequence[PostText]
    tags: Sequence[str] = ()
    pinned: bool = False
    locked: bool = False
    wants_org: bool = False
    # Who votes for the idea, and who has the same question.
    votes: Sequence[str] = ()
    # How far the idea is, one step after another: by, after_hours, state, reason.
    steps: Sequence[Mapping[str, Any]] = ()
    too: Sequence[str] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PageText:
    """A page about the place."""

    slug: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits for those who may be signed in as, in the words of `waiting.toml`."""

    conversation: Sequence[Mapping[str, Any]]
    bookmark: Sequence[Mapping[str, Any]]
    follow: Sequence[Mapping[str, Any]]
    invitation: Sequence[Mapping[str, Any]]
    request: Sequence[Mapping[str, Any]]
    missed: Sequence[Mapping[str, Any]]
    stand_by: Sequence[Mapping[str, Any]] = ()
    exception: Sequence[Mapping[str, Any]] = ()
    leave: Sequence[Mapping[str, Any]] = ()
    pledge: Sequence[Mapping[str, Any]] = ()
    seed: Sequence[Mapping[str, Any]] = ()
    begun: Sequence[Mapping[str, Any]] = ()
    shift: Sequence[Mapping[str, Any]] = ()
    note: Sequence[Mapping[str, Any]] = ()
    saved_reply: Sequence[Mapping[str, Any]] = ()
    recognition: Sequence[Mapping[str, Any]] = ()
    thank: Sequence[Mapping[str, Any]] = ()
    flag: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, kw_only=True)
class CharterText:
    """What the house promises, in the shape in which charters are kept, its versions and its decisions."""

    charter: Mapping[str, Any]
    version: Sequence[Mapping[str, Any]]
    decision: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Community:
    """Everything there is to seed; topics from the oldest to the newest."""

    house: House
    people: Sequence[Person]
    sections: Sequence[str]
    boards: Sequence[BoardText]
    tags: Sequence[TagText]
    topics: Sequence[TopicText]
    waiting: Waiting
    charter: CharterText
    pages: Sequence[PageText] = ()


def load(folder: Path = COMMUNITY) -> Community:
    """Read the files."""
    places = _read(folder, "boards")
    boards = [BoardText(**table) for table in places["board"]]
    topics = [_topic(board.slug, table) for board in boards for table in _read(folder, f"topics-{board.slug}")["topic"]]
    return Community(
        house=House(**_read(folder, "organization")),
        people=[Person(**table) for table in _read(folder, "people")["person"]],
        sections=[table["name"] for table in places["section"]],
        boards=boards,
        tags=[TagText(**table) for table in places["tag"]],
        waiting=Waiting(**_read(folder, "waiting")),
        charter=CharterText(**_read(folder, "charter")),
        pages=[PageText(**table) for table in _read(folder, "pages")["page"]],
        topics=sorted(topics, key=lambda topic: -topic.posts[0].hours_ago),
    )


def _read(folder: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


_OPENING = ("by", "hours_ago", "body", "intent", "capacity", "role", "reactions")


def _topic(board: str, table: Mapping[str, Any]) -> TopicText:
    rest = {key: value for key, value in table.items() if key not in (*_OPENING, "reply", "step")}
    return TopicText(board=board, posts=list(_posts(table)), steps=table.get("step", ()), **rest)


def _posts(table: Mapping[str, Any]) -> Iterator[PostText]:
    yield PostText(number=1, **{key: table[key] for key in _OPENING if key in table})
    for number, reply in enumerate(table.get("reply", ()), start=2):
        rest = {key: value for key, value in reply.items() if key != "after_hours"}
        yield PostText(number=number, hours_ago=table["hours_ago"] - reply["after_hours"], **rest)
