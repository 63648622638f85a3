"""The verbs of moderation: flag, claim, decide, propose and confirm, take back."""

from forum.moderation.actions.claiming import claim, let_go
from forum.moderation.actions.deciding import confirm, decide, lapse, refuse, reverse, undo
from forum.moderation.actions.flagging import flag, take_flag_back

__all__ = ["claim", "confirm", "decide", "flag", "lapse", "let_go", "refuse", "reverse", "take_flag_back", "undo"]
