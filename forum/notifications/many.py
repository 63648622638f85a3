"""Several notices as one line: how many there are, in words."""

from __future__ import annotations

from forum.core.words import ngettext


def new_replies(count: int) -> str:
    """Posts in one topic."""
    return ngettext("%(num)s new reply", "%(num)s new replies", count)


def new_messages(count: int) -> str:
    """Messages in one conversation."""
    return ngettext("%(num)s new message", "%(num)s new messages", count)


def ask_to_join(count: int) -> str:
    """Who waits to be let in."""
    return ngettext("%(num)s person asks to join", "%(num)s people ask to join", count)


def reacted(count: int) -> str:
    """Reactions to one post."""
    return ngettext("%(num)s person reacted to your post", "%(num)s people reacted to your post", count)


def cases_wait(count: int) -> str:
    """What waits in the queue for long."""
    return ngettext(
        "%(num)s thing has waited in the queue for a day", "%(num)s things have waited in the queue for a day", count
    )
