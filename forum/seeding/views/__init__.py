"""The seeding calendar in the browser, for staff; and the page on which members say whether they take part."""

from flask import Blueprint

blueprint = Blueprint("seeding", __name__)

from forum.seeding.views import calendars, planning, showing, taking_part, tending  # noqa: E402

__all__ = ["blueprint", "calendars", "planning", "showing", "taking_part", "tending"]
