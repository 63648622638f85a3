"""The verbs of the place: describing it, its logo, changing its settings, and keeping the log of all that."""

from forum.site.actions.branding import remove_logo, set_logo, undo_logo
from forum.site.actions.describing import describe_site
from forum.site.actions.noting import note_change, note_deed
from forum.site.actions.setting import change_settings, reset_setting, undo_setting

__all__ = [
    "change_settings",
    "describe_site",
    "note_change",
    "note_deed",
    "remove_logo",
    "reset_setting",
    "set_logo",
    "undo_logo",
    "undo_setting",
]
