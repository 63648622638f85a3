"""Writing notices, and what their recipients do with them."""

from forum.notifications.actions.notifying import notify, notify_of_post, withdraw
from forum.notifications.actions.seeing import mark_all_seen, mark_seen, see_topic, unmark

__all__ = ["mark_all_seen", "mark_seen", "notify", "notify_of_post", "see_topic", "unmark", "withdraw"]
