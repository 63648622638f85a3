"""The verbs of thanks and recognition."""

from forum.recognition.actions.awarding import add_award, retire_award
from forum.recognition.actions.consenting import answer, hide_all
from forum.recognition.actions.gathering import complete, gather, leave_out
from forum.recognition.actions.recognizing import is_early, may_take_back, recognize, take_back
from forum.recognition.actions.thanking import thank

__all__ = [
    "add_award",
    "answer",
    "complete",
    "gather",
    "hide_all",
    "is_early",
    "leave_out",
    "may_take_back",
    "recognize",
    "retire_award",
    "take_back",
    "thank",
]
