"""What is unread and new: lists, dots and counts say the same, on both databases."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

from sqlalchemy import update

from forum.boards.queries import board_by_slug
from forum.core import clock as time
from forum.following import actions as following
from forum.following.models import BoardFollow, TagFollow
from forum.posts import actions, queries
from forum.posts.actions.reading import position_for_update
from forum.posts.models import Topic, TopicTag
from forum.posts.queries import attention
from tests import cast

BOARD_LEVELS = ("normal", "tracking", "muted")
TAG_LEVELS = ("", "watching", "muted")
OWN = ("", "tracking", "normal", "muted")
AGES = (timedelta(hours=3), timedelta(days=12), timedelta(days=50))


def mixture(session):
    """Topics in every standing: of their board, tag, age, what was read of them and how closely they are followed."""
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    boards = {level: cast.board(session, level) for level in BOARD_LEVELS}
    reader = cast.actor(session, bo)
    now = time.now()
    tags = {level: cast.tag(session, f"tag-{level}") for level in TAG_LEVELS if level}
    for level, board in boards.items():
        following.follow_board(session, reader, board, level)
        for tag, own, age, position in product(TAG_LEVELS, OWN, AGES, (0, 1, 2)):
            made = Topic(
                board_id=board.id, author_id=ada.id, title=f"{tag} {own} {age.days} {position}", slug="x", fields={}
            )
            made.created_at = made.last_post_at = made.bumped_at = now - age
            made.last_post_number = made.last_number = made.post_count = 2
            session.add(made)
            session.flush()
            if tag:
                session.add(TopicTag(topic_id=made.id, tag_id=tags[tag].id))
            if position or own:
                row = position_for_update(session, reader.account_id, made.id, now)
                row.last_number, row.level = position, own
    for level, tag in tags.items():
        following.follow_tag(session, reader, tag, level)
    session.flush()
    session.execute(update(BoardFollow).values(since=now - timedelta(days=20)))
    session.execute(update(TagFollow).values(since=now - timedelta(days=60)))
    return reader


def listed(session, actor, page_of):
    found, number = set(), 1
    while True:
        page = page_of(session, actor, page=number).topics
        found |= {row.topic.id for row in page.items}
        if number >= page.pages:
            return found
        number += 1


def dots(session, actor):
    boards = {board: board_by_slug(session, actor, board) for board in BOARD_LEVELS}
    rows = [
        row for board in boards.values() for row in queries.board_page(session, actor, board, size=500).topics.items
    ]
    return {row.topic.id for row in rows if row.unread}, {row.topic.id for row in rows if row.is_new}


def test_lists_dots_and_counts_agree_whatever_one_follows_and_marked(session, clock):
    reader = mixture(session)
    board = board_by_slug(session, reader, "tracking")
    for step in (None, board, "everywhere"):
        if step is not None:
            clock.shift(timedelta(hours=1))
            actions.mark_all_read(session, reader, None if step == "everywhere" else step)
            session.flush()
        unread, new = listed(session, reader, attention.unread_page), listed(session, reader, attention.new_page)
        assert dots(session, reader) == (unread, new)
        waiting = queries.home(session, reader).waiting
        assert (waiting.unread, waiting.new, waiting.topics) == (len(unread), len(new), len(unread | new))
        assert bool(unread) is (step != "everywhere")
