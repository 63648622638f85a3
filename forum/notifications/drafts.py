"""What a notice is to say, as whoever announces it hands it over."""

from __future__ import annotations

from dataclasses import dataclass

from forum.core import clock
from forum.posts.models import Post, Topic


def today() -> str:
    """Part of an `about` of what somebody may do, undo and do again: each hears of it once a day."""
    return f"{clock.now():%Y%m%d}"


@dataclass(frozen=True, slots=True)
class News:
    """Something to hear about. `kind`: a key of `kinds.KINDS`; `about`: a key that names the one thing it is, of which
    each member hears once; `by`: the account that did it, and hears nothing.

    With a `topic` (or a `post`, its topic loaded), only those who may see its board hear of it, and the notice leads
    there; else `title` and `url` say what it is and where.
    """

    kind: str
    about: str
    by: int | None
    topic: Topic | None = None
    post: Post | None = None
    subject: str = ""
    title: str = ""
    url: str = ""
    reason: str = ""
    # Notices with the same one stand as one line; empty: each for itself.
    fold: str = ""
    people: int = 1
    # It is said to who is suspended, too.
    to_suspended: bool = False
