"""A watched word as an administrator wants it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.holds.words import LONGEST, Action, Watched, checked_pattern


@dataclass(frozen=True, slots=True)
class WordDraft:
    """What is asked of it. `board_id` None: everywhere."""

    pattern: str
    action: str = "hold"
    board_id: int | None = None
    in_links: bool = False
    instead: str = ""


def checked_word(draft: WordDraft) -> Watched:
    """As the matcher takes it; raises Invalid."""
    pattern = checked_pattern(draft.pattern)
    if draft.action not in set(Action):
        raise Invalid(_("Choose what it does."), "action")
    action, instead = Action(draft.action), one_line(draft.instead)[:LONGEST]
    if action is Action.TAG and not instead:
        raise Invalid(_("Say which tag it puts on the topic."), "instead")
    if action is Action.REPLACE and not instead:
        raise Invalid(_("Say by what it is replaced."), "instead")
    keeps = action in (Action.TAG, Action.REPLACE)
    return Watched(pattern, action, draft.board_id, draft.in_links, instead if keeps else "")
