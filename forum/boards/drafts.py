"""What administrators hand to the verbs: Markdown already rendered, before any transaction was opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from forum.boards.models import Board, Tag
from forum.boards.presets import Rights
from forum.core.lines import many_lines
from forum.core.markup import render

LONGEST_GUIDANCE = 8000
LONGEST_ABOUT = 3000


@dataclass(frozen=True, slots=True)
class BoardDraft:
    """A board as somebody wants it. An empty `slug` follows from the name; below a `parent_id`, its section counts."""

    name: str
    section_id: int
    parent_id: int | None = None
    slug: str = ""
    description: str = ""
    kind: str = "discussion"
    guidance_source: str = ""
    guidance_html: str = ""
    peer_first: bool = True
    member_run: bool = False
    is_feedback: bool = False
    time_zone: str = "UTC"
    slow_minutes: int = 0
    holds_topics: bool = False
    holds_replies: bool = False
    tags_least: int = 0
    required_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagDraft:
    """A tag as somebody wants it."""

    name: str
    description: str = ""
    is_reserved: bool = False
    about_source: str = ""
    about_html: str = ""


def guidance(source: str) -> tuple[str, str]:
    """The guidance cleaned, and its HTML. Too long a text is left unrendered: the verb refuses it in words."""
    clean = many_lines(source)
    return clean, render(clean).html if clean and len(clean) <= LONGEST_GUIDANCE else ""


def about_tag(source: str) -> tuple[str, str]:
    """The same for what stands on a tag's page."""
    clean = many_lines(source)
    return clean, render(clean).html if clean and len(clean) <= LONGEST_ABOUT else ""


def board_draft(board: Board) -> BoardDraft:
    """The board as it is now."""
    return BoardDraft(
        name=board.name,
        section_id=board.section_id,
        parent_id=board.parent_id,
        slug=board.slug,
        description=board.description,
        kind=board.kind,
        guidance_source=board.guidance_source,
        guidance_html=board.guidance_html,
        peer_first=board.peer_first,
        member_run=board.member_run,
        is_feedback=board.is_feedback,
        time_zone=board.time_zone,
        slow_minutes=board.slow_minutes,
        holds_topics=board.holds_topics,
        holds_replies=board.holds_replies,
        tags_least=board.tags_least,
        required_fields=tuple(board.required_fields),
    )


def tag_draft(tag: Tag) -> TagDraft:
    """The tag as it is now."""
    return TagDraft(tag.name, tag.description, tag.is_reserved, tag.about_source, tag.about_html)


def fingerprint(draft: BoardDraft | TagDraft) -> str:
    """Tells whether something changed between showing a form and sending it."""
    return _digest(asdict(draft))


def rights_fingerprint(rights: Rights) -> str:
    """The same for a table of rights."""
    return _digest({str(group): sorted(found) for group, found in sorted(rights.items()) if found})


def _digest(values: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
