"""The verbs of moderation: flag, claim, decide, propose and confirm, answer, take back."""

from forum.moderation.actions.answering import answer, remind_of_case
from forum.moderation.actions.claiming import claim, let_go
from forum.moderation.actions.deciding import confirm, decide, lapse, refuse, reverse, undo
from forum.moderation.actions.flagging import flag, take_flag_back
from forum.moderation.actions.reasons import keep_reason, throw_away_reason

__all__ = [
    "answer",
    "claim",
    "confirm",
    "decide",
    "flag",
    "keep_reason",
    "lapse",
    "let_go",
    "refuse",
    "remind_of_case",
    "reverse",
    "take_flag_back",
    "throw_away_reason",
    "undo",
]
