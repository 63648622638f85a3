"""The verbs of boards. Each asks first, announces last, and leaves committing to whoever called."""

from forum.boards.actions.boards import archive_board, create_board, delete_board, edit_board, place_board, reopen_board
from forum.boards.actions.rights import set_rights
from forum.boards.actions.sections import create_section, delete_section, place_section, rename_section
from forum.boards.actions.tags import add_synonym, create_tag, delete_tag, edit_tag, remove_synonym

__all__ = [
    "add_synonym",
    "archive_board",
    "create_board",
    "create_section",
    "create_tag",
    "delete_board",
    "delete_section",
    "delete_tag",
    "edit_board",
    "edit_tag",
    "place_board",
    "place_section",
    "remove_synonym",
    "rename_section",
    "reopen_board",
    "set_rights",
]
