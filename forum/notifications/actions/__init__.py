"""Writing notices, and what their recipients do with them."""

from forum.notifications.actions.choosing import choose_channels
from forum.notifications.actions.mailing import mail_next
from forum.notifications.actions.notifying import (
    ask_to_review,
    notify,
    notify_of_post,
    retell,
    ring_again,
    tell_sums,
    unsay,
    withdraw,
)
from forum.notifications.actions.seeing import (
    follow_posts,
    forget_read_before,
    mark_all_seen,
    mark_seen,
    see_ignored,
    see_topic,
    unmark,
)

__all__ = [
    "ask_to_review",
    "choose_channels",
    "follow_posts",
    "forget_read_before",
    "mail_next",
    "mark_all_seen",
    "mark_seen",
    "notify",
    "notify_of_post",
    "retell",
    "ring_again",
    "see_ignored",
    "see_topic",
    "tell_sums",
    "unmark",
    "unsay",
    "withdraw",
]
