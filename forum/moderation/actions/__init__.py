"""The verbs of moderation: flag, claim, decide, propose and confirm, answer, take back; mend, object, answer that."""

from forum.moderation.actions.answering import answer, remind_of_case, take_answer_back
from forum.moderation.actions.appealing import appeal, decide_appeal, undo_appeal, withdraw_appeal
from forum.moderation.actions.claiming import claim, let_go
from forum.moderation.actions.deciding import answer_anew, confirm, decide, lapse, refuse, reverse, undo
from forum.moderation.actions.flagging import flag, take_flag_back
from forum.moderation.actions.mending import mend
from forum.moderation.actions.reasons import keep_reason, throw_away_reason

__all__ = [
    "answer",
    "answer_anew",
    "appeal",
    "claim",
    "confirm",
    "decide",
    "decide_appeal",
    "flag",
    "keep_reason",
    "lapse",
    "let_go",
    "mend",
    "refuse",
    "remind_of_case",
    "reverse",
    "take_answer_back",
    "take_flag_back",
    "throw_away_reason",
    "undo",
    "undo_appeal",
    "withdraw_appeal",
]
