"""What happens to sections, boards and tags, told to whoever listens. `by_id`: the account that did it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SectionCreated:
    """A heading for boards is there."""

    section_id: int
    by_id: int | None


@dataclass(frozen=True)
class SectionRenamed:
    """A heading reads differently."""

    section_id: int
    by_id: int | None


@dataclass(frozen=True)
class SectionPlaced:
    """A heading stands elsewhere among the headings."""

    section_id: int
    by_id: int | None


@dataclass(frozen=True)
class SectionDeleted:
    """An empty heading is gone."""

    section_id: int
    by_id: int | None


@dataclass(frozen=True)
class BoardCreated:
    """A board is there, with its rights."""

    board_id: int
    by_id: int | None


@dataclass(frozen=True)
class BoardEdited:
    """A board is described, addressed or placed differently."""

    board_id: int
    by_id: int | None


@dataclass(frozen=True)
class BoardPlaced:
    """A board stands elsewhere among its neighbours."""

    board_id: int
    by_id: int | None


@dataclass(frozen=True)
class BoardArchived:
    """A board, with its sub-boards, is closed and kept."""

    board_id: int
    by_id: int | None


@dataclass(frozen=True)
class BoardReopened:
    """An archived board is open again."""

    board_id: int
    by_id: int | None


@dataclass(frozen=True)
class BoardRightsSet:
    """Groups may do other things on a board than before."""

    board_id: int
    by_id: int | None


@dataclass(frozen=True)
class BoardDeleted:
    """A board that never held a topic is gone."""

    board_id: int
    by_id: int | None


@dataclass(frozen=True)
class TagCreated:
    """A tag is there."""

    tag_id: int
    by_id: int | None


@dataclass(frozen=True)
class TagEdited:
    """A tag is named or described differently, or became reserved or free."""

    tag_id: int
    by_id: int | None


@dataclass(frozen=True)
class TagDeleted:
    """A tag is gone from all topics."""

    tag_id: int
    by_id: int | None


@dataclass(frozen=True)
class TagsMerged:
    """One tag stands now where two stood; `deed_id`: the line of the log that can take it back."""

    tag_id: int
    deed_id: int
    by_id: int | None


@dataclass(frozen=True)
class TagsParted:
    """A merge was taken back: `tag_id` is there again beside `from_id`."""

    tag_id: int
    from_id: int
    by_id: int | None
