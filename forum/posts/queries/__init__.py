"""Reads of topics and posts. Rights are part of the SQL: see `visible.py`."""

from forum.posts.queries.activity import activity_of
from forum.posts.queries.finding import post, post_for_update, revisions, topic, topic_for_update
from forum.posts.queries.lists import (
    BoardSummary,
    TopicRow,
    board_summaries,
    board_topics,
    latest_topics,
    pinned_topics,
    tagged_topics,
    upcoming_topics,
)
from forum.posts.queries.reading import first_unread, read_marks
from forum.posts.queries.topic_page import PostView, ReactionCount, TopicPage, post_view, topic_page

__all__ = [
    "BoardSummary",
    "PostView",
    "ReactionCount",
    "TopicPage",
    "TopicRow",
    "activity_of",
    "board_summaries",
    "board_topics",
    "first_unread",
    "latest_topics",
    "pinned_topics",
    "post",
    "post_for_update",
    "post_view",
    "read_marks",
    "revisions",
    "tagged_topics",
    "topic",
    "topic_for_update",
    "topic_page",
    "upcoming_topics",
]
