"""Reads of topics and posts. Rights are part of the SQL: see `visible.py`."""

from forum.posts.queries.activity import activity_of
from forum.posts.queries.finding import post, post_for_update, revisions, tag_slugs_of, topic, topic_for_update
from forum.posts.queries.lists import (
    BoardPage,
    BoardSummary,
    Home,
    Latest,
    TagPage,
    board_page,
    home,
    latest_page,
    tag_counts,
    tag_page,
)
from forum.posts.queries.people import Person, people
from forum.posts.queries.reading import first_unread, read_marks
from forum.posts.queries.rows import Place, TopicRow
from forum.posts.queries.spots import Spot, spots, was_posted
from forum.posts.queries.topic_page import PostView, ReactionCount, TopicPage, post_view, topic_page
from forum.posts.queries.visible import readable

__all__ = [
    "BoardPage",
    "BoardSummary",
    "Home",
    "Latest",
    "Person",
    "Place",
    "PostView",
    "ReactionCount",
    "Spot",
    "TagPage",
    "TopicPage",
    "TopicRow",
    "activity_of",
    "board_page",
    "first_unread",
    "home",
    "latest_page",
    "people",
    "post",
    "post_for_update",
    "post_view",
    "read_marks",
    "readable",
    "revisions",
    "spots",
    "tag_counts",
    "tag_page",
    "tag_slugs_of",
    "topic",
    "topic_for_update",
    "topic_page",
    "was_posted",
]
