"""The verbs of seeds, one file a family."""

from forum.seeding.actions.calendars import end_calendar, open_calendar
from forum.seeding.actions.inviting import answer, invite
from forum.seeding.actions.planning import WORDS, change, drop, plan
from forum.seeding.actions.posting import hold, post
from forum.seeding.actions.reviewing import learn, review
from forum.seeding.actions.suggesting import set_aside

__all__ = [
    "WORDS",
    "answer",
    "change",
    "drop",
    "end_calendar",
    "hold",
    "invite",
    "learn",
    "open_calendar",
    "plan",
    "post",
    "review",
    "set_aside",
]
