"""Reads of notices: the bell, the centre, the channels, what a topic's page makes seen."""

from forum.notifications.queries.centre import ALL, UNREAD, Centre, Line, centre, own, own_line
from forum.notifications.queries.channels import MatrixPart, MatrixRow, matrix, offered
from forum.notifications.queries.ringing import News, Watched, bell, has_unread_in, news
from forum.notifications.queries.standing_in import Unmet, unmet_halves
from forum.notifications.queries.sums import reactions_between

__all__ = [
    "ALL",
    "UNREAD",
    "Centre",
    "Line",
    "MatrixPart",
    "MatrixRow",
    "News",
    "Unmet",
    "Watched",
    "bell",
    "centre",
    "has_unread_in",
    "matrix",
    "news",
    "offered",
    "own",
    "own_line",
    "reactions_between",
    "unmet_halves",
]
