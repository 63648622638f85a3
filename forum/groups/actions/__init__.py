"""The verbs of groups: coming and going, deciding, and what a group's rules are."""

from forum.groups.actions.coming import answer_invitation, ask, join, leave, withdraw
from forum.groups.actions.deciding import decide, invite, make_owner, put_out
from forum.groups.actions.ruling import set_rules

__all__ = [
    "answer_invitation",
    "ask",
    "decide",
    "invite",
    "join",
    "leave",
    "make_owner",
    "put_out",
    "set_rules",
    "withdraw",
]
