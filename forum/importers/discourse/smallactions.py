"""Small actions: the notes that a forum writes into a topic when somebody closes, pins or splits it."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What was done; the values are Discourse's own codes."""

    CLOSED = "closed.enabled"
    OPENED = "closed.disabled"
    CLOSED_BY_TIMER = "autoclosed.enabled"
    OPENED_BY_TIMER = "autoclosed.disabled"
    ARCHIVED = "archived.enabled"
    UNARCHIVED = "archived.disabled"
    PINNED = "pinned.enabled"
    UNPINNED = "pinned.disabled"
    PINNED_GLOBALLY = "pinned_globally.enabled"
    UNPINNED_GLOBALLY = "pinned_globally.disabled"
    LISTED = "visible.enabled"
    UNLISTED = "visible.disabled"
    BANNER_MADE = "banner.enabled"
    BANNER_REMOVED = "banner.disabled"
    SPLIT = "split_topic"
    MADE_PUBLIC = "public_topic"
    INVITED_USER = "invited_user"
    INVITED_GROUP = "invited_group"
    REMOVED_USER = "removed_user"
    REMOVED_GROUP = "removed_group"
    USER_LEFT = "user_left"
    AUTOBUMPED = "autobumped"
    FORWARDED = "forwarded"
    TAGS_CHANGED = "tags_changed"
    CATEGORY_CHANGED = "category_changed"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    REMARK = "moderator_remark"
    """No code of Discourse's: words that a moderator wrote as one, post type 2."""
    OTHER = "other"
    """A code that this list does not know; the post's own text says what it was."""


SENTENCES: dict[Action, str] = {
    Action.CLOSED: "closed this topic",
    Action.OPENED: "opened this topic again",
    Action.CLOSED_BY_TIMER: "closed this topic after a set time",
    Action.OPENED_BY_TIMER: "opened this topic again after a set time",
    Action.ARCHIVED: "archived this topic",
    Action.UNARCHIVED: "took this topic out of the archive",
    Action.PINNED: "pinned this topic",
    Action.UNPINNED: "unpinned this topic",
    Action.PINNED_GLOBALLY: "pinned this topic everywhere",
    Action.UNPINNED_GLOBALLY: "unpinned this topic everywhere",
    Action.LISTED: "listed this topic again",
    Action.UNLISTED: "took this topic out of the lists",
    Action.BANNER_MADE: "made this topic a banner",
    Action.BANNER_REMOVED: "removed this banner",
    Action.SPLIT: "moved posts to another topic",
    Action.MADE_PUBLIC: "made this topic public",
    Action.INVITED_USER: "invited somebody",
    Action.INVITED_GROUP: "invited a group",
    Action.REMOVED_USER: "removed somebody",
    Action.REMOVED_GROUP: "removed a group",
    Action.USER_LEFT: "left this conversation",
    Action.AUTOBUMPED: "brought this topic up again",
    Action.FORWARDED: "forwarded a mail",
    Action.TAGS_CHANGED: "changed the tags",
    Action.CATEGORY_CHANGED: "moved this topic to another board",
    Action.ASSIGNED: "assigned this topic",
    Action.UNASSIGNED: "took an assignment back",
    Action.REMARK: "said as moderator",
    Action.OTHER: "changed this topic",
}
"""What stands after the name of who did it; the post's own text, if any, follows."""


def action_of(code: str) -> Action | None:
    """The action that a code names; None without a code."""
    if not code:
        return None
    try:
        return Action(code)
    except ValueError:
        return Action.OTHER
