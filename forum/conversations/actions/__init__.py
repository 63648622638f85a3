"""The verbs of conversations: begin, write, bring in and go, read and put away, report."""

from forum.conversations.actions.reporting import close_report, reopen_report, report_message
from forum.conversations.actions.seating import archive, invite, leave, mark_read, mute
from forum.conversations.actions.starting import start, write_to_member, write_to_moderators
from forum.conversations.actions.writing import edit_message, send

__all__ = [
    "archive",
    "close_report",
    "edit_message",
    "invite",
    "leave",
    "mark_read",
    "mute",
    "reopen_report",
    "report_message",
    "send",
    "start",
    "write_to_member",
    "write_to_moderators",
]
