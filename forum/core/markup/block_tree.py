"""The blocks of a Markdown text while it is read line by line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise


class Kind(Enum):
    """What a block is. The first five hold other blocks, the rest hold lines."""

    DOCUMENT = "document"
    QUOTE = "quote"
    SPOILER = "spoiler"
    ITEM = "item"
    FOOTNOTE = "footnote"
    LIST = "list"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    INDENTED = "indented"
    FENCE = "fence"
    TABLE = "table"
    RULE = "rule"


CONTAINERS = frozenset({Kind.DOCUMENT, Kind.QUOTE, Kind.SPOILER, Kind.ITEM, Kind.FOOTNOTE})


@dataclass(slots=True)
class Block:
    """A block and where it stands. Line numbers count from 0."""

    kind: Kind
    first_line: int
    last_line: int
    """The last line with something on it."""
    children: list["Block"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    marker: str = ""
    """A list's bullet or delimiter, a fence's run, a footnote's label."""
    info: str = ""
    """A fence's language; a list's first number."""
    level: int = 0
    """A heading's level; the column a list item's content begins at; a fence's indent."""

    @property
    def loose(self) -> bool:
        """For a list: its items, or blocks directly in them, stand apart by blank lines."""
        return _apart(self.children) or any(_apart(item.children) for item in self.children)

    def footnotes(self) -> Iterator["Block"]:
        """Every footnote below, in the order of definition."""
        for child in self.children:
            if child.kind is Kind.FOOTNOTE:
                yield child
            yield from child.footnotes()


def _apart(blocks: list[Block]) -> bool:
    return any(later.first_line > earlier.last_line + 1 for earlier, later in pairwise(blocks))


@dataclass(slots=True)
class Line:
    """What is left of a line after the containers it stands in took their part."""

    number: int
    rest: str

    @property
    def blank(self) -> bool:
        """Nothing left but space."""
        return not self.rest or self.rest.isspace()

    @property
    def indent(self) -> int:
        """Leading spaces (tabs have become spaces before)."""
        return len(self.rest) - len(self.rest.lstrip(" "))

    @property
    def text(self) -> str:
        """Without leading spaces."""
        return self.rest.lstrip(" ")

    def drop(self, count: int) -> None:
        """Take `count` characters from the front."""
        self.rest = self.rest[count:]
