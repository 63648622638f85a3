"""A board is made looser only by a decision, and 7 days after it was said, as the charter is. Tighter it is at once.

Looser are two things: that members answer first no more, and that it is for announcements. That members run it binds
the organization to less, and neither frees it; a time zone moves the hours at which people are awake, makes none longer
or shorter for good, and belongs to where they live.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from forum.boards.drafts import BoardDraft
from forum.boards.models import Board
from forum.core.errors import InvalidFields
from forum.core.words import gettext as _

NOTICE = timedelta(days=7)
"""How long members know of something looser before it holds: as long as of the charter."""


def loosens(before: BoardDraft, wanted: BoardDraft) -> bool:
    """Whether members would have the first word no more, or the organization the floor."""
    return _ends_first_word(before, wanted) or _begins_announcing(before, wanted)


def checked_decision(before: BoardDraft, wanted: BoardDraft, decision: int | None) -> None:
    """InvalidFields where something would be looser and no decision is named."""
    if loosens(before, wanted) and decision is None:
        said = _("This lets the organization speak sooner: name the decision behind it. It counts 7 days later.")
        raise InvalidFields({"decision": said})


def date_changes(board: Board, before: BoardDraft, wanted: BoardDraft, decision: int | None, now: datetime) -> None:
    """Say on the board from when what is looser counts; what is tighter, or called back, counts now."""
    if _ends_first_word(before, wanted):
        board.peer_first_ends_at, board.loosened_by = now + NOTICE, decision
    elif wanted.peer_first:
        board.peer_first_ends_at = None
    if _begins_announcing(before, wanted):
        board.announces_from, board.loosened_by = now + NOTICE, decision
    elif wanted.kind != "announcement":
        board.announces_from = None
    if board.peer_first_ends_at is None and board.announces_from is None:
        board.loosened_by = None


def _ends_first_word(before: BoardDraft, wanted: BoardDraft) -> bool:
    return before.peer_first and not wanted.peer_first


def _begins_announcing(before: BoardDraft, wanted: BoardDraft) -> bool:
    return before.kind != "announcement" and wanted.kind == "announcement"
