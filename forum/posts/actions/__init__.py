"""The verbs of topics and posts, one file a family. The listing is the feature list."""

from forum.posts.actions.answering import accept_answer, withdraw_answer
from forum.posts.actions.deleting import delete_post, undelete_post
from forum.posts.actions.editing import edit_post, restore_revision
from forum.posts.actions.reacting import react, unreact
from forum.posts.actions.reading import mark_all_read, mark_read, undo_mark_all_read
from forum.posts.actions.replying import reply
from forum.posts.actions.starting import start_topic
from forum.posts.actions.stewarding import archive, lock, pin, unarchive, unlock, unpin

__all__ = [
    "accept_answer",
    "archive",
    "delete_post",
    "edit_post",
    "lock",
    "mark_all_read",
    "mark_read",
    "pin",
    "react",
    "reply",
    "restore_revision",
    "start_topic",
    "unarchive",
    "undelete_post",
    "undo_mark_all_read",
    "unlock",
    "unpin",
    "unreact",
    "withdraw_answer",
]
