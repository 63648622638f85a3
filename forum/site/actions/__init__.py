"""The verbs of the place: describing it, changing its settings, and keeping the log of both."""

from forum.site.actions.describing import describe_site
from forum.site.actions.noting import note_deed
from forum.site.actions.setting import change_settings, reset_setting, undo_setting

__all__ = ["change_settings", "describe_site", "note_deed", "reset_setting", "undo_setting"]
