"""The texts of the demo community as its tests read them: people, boards, topics and every single post."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Table = dict[str, Any]

COMMUNITY = Path(__file__).resolve().parents[2] / "forum" / "demo" / "community"


def load(name: str) -> Table:
    return tomllib.loads((COMMUNITY / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Written:
    """One post of the demo: where it stands, when it was written (hours before now) and its table."""

    board: Table
    topic: Table
    number: int
    hours_ago: float
    table: Table

    @property
    def by(self) -> str:
        return str(self.table["by"])

    @property
    def reactions(self) -> dict[str, list[str]]:
        return dict(self.table.get("reactions", {}))

    @property
    def body(self) -> str:
        return str(self.table["body"])

    def __str__(self) -> str:
        return f"{self.topic['key']}/{self.number}"


PEOPLE: dict[str, Table] = {person["name"]: person for person in load("people.toml")["person"]}
STAFF = {name for name, person in PEOPLE.items() if person["role"] in {"staff", "administrator"}}
BOARDS: list[Table] = load("boards.toml")["board"]
TAGS: list[Table] = load("boards.toml")["tag"]
TOPICS: list[tuple[Table, Table]] = [
    (board, topic) for board in BOARDS for topic in load(f"topics-{board['slug']}.toml")["topic"]
]


def posts_of(board: Table, topic: Table) -> Iterator[Written]:
    yield Written(board, topic, 1, topic["hours_ago"], topic)
    for number, reply in enumerate(topic.get("reply", []), start=2):
        yield Written(board, topic, number, topic["hours_ago"] - reply["after_hours"], reply)


POSTS = [post for board, topic in TOPICS for post in posts_of(board, topic)]
BY_PLACE = {str(post): post for post in POSTS}
QUESTIONS = [topic for board, topic in TOPICS if board["kind"] == "question"]
