"""Reads of topics and posts. Rights are part of the SQL: see `visible.py`."""

from forum.posts.queries.activity import activity_of
from forum.posts.queries.board_list import BoardPage, board_page
from forum.posts.queries.finding import (
    moved_opening,
    opening_of,
    own_last_reply,
    post,
    post_for_update,
    removed,
    revisions,
    tag_slugs_of,
    topic,
    topic_for_update,
    topics_for_update,
    was_deleted,
)
from forum.posts.queries.held import (
    HeldView,
    Waiting,
    count_held_for,
    held_for,
    own_held,
    own_on,
    waiting_in,
    was_held,
)
from forum.posts.queries.ideas import IdeaStep, idea_steps, similar_ideas
from forum.posts.queries.inviting import Suggestion, own_invitation, suggestions
from forum.posts.queries.lists import (
    BoardSummary,
    Home,
    Latest,
    home,
    latest_page,
)
from forum.posts.queries.outcomes import Outcomes, keeper_name
from forum.posts.queries.people import Person, people
from forum.posts.queries.reading import first_unread
from forum.posts.queries.related import related_tags, topics_of_both
from forum.posts.queries.rows import Place, TopicRow
from forum.posts.queries.spots import Spot, spots, was_posted
from forum.posts.queries.standings import Questions, questions_page
from forum.posts.queries.tagged import TagPage, tag_counts, tag_page
from forum.posts.queries.topic_page import PostView, ReactionCount, TopicPage, post_view, topic_page
from forum.posts.queries.visible import readable

__all__ = [
    "BoardPage",
    "BoardSummary",
    "HeldView",
    "Home",
    "IdeaStep",
    "Latest",
    "Outcomes",
    "Person",
    "Place",
    "PostView",
    "Questions",
    "ReactionCount",
    "Spot",
    "Suggestion",
    "TagPage",
    "TopicPage",
    "TopicRow",
    "Waiting",
    "activity_of",
    "board_page",
    "count_held_for",
    "first_unread",
    "held_for",
    "home",
    "idea_steps",
    "keeper_name",
    "latest_page",
    "moved_opening",
    "opening_of",
    "own_held",
    "own_invitation",
    "own_last_reply",
    "own_on",
    "people",
    "post",
    "post_for_update",
    "post_view",
    "questions_page",
    "readable",
    "related_tags",
    "removed",
    "revisions",
    "similar_ideas",
    "spots",
    "suggestions",
    "tag_counts",
    "tag_page",
    "tag_slugs_of",
    "topic",
    "topic_for_update",
    "topic_page",
    "topics_for_update",
    "topics_of_both",
    "waiting_in",
    "was_deleted",
    "was_held",
    "was_posted",
]
