"""One table, used three ways: every kind of actor meets every state of a post, and rule and SQL agree."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts import actions as accounts
from forum.core import clock
from forum.core.errors import Refused, SignInNeeded
from forum.permissions import Act, Group, Right, allows, require
from forum.permissions.rules import RULES
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from tests import cast

BOARDS = {
    "public": cast.PUBLIC,
    "staff only": cast.STAFF_ONLY,
    "members only": {Group.MEMBERS: [Right.SEE, Right.REPLY], Group.MODERATORS: [Right.MODERATE]},
}
OF_POSTS = (
    Act.EDIT_POST,
    Act.DELETE_POST,
    Act.UNDELETE_POST,
    Act.REACT,
    Act.ACCEPT_ANSWER,
    Act.RESTORE_REVISION,
    Act.ATTACH_POLL,
    Act.BOOKMARK,
    Act.MAKE_WIKI,
    Act.EDIT_POLL,
    Act.CLOSE_POLL,
    Act.VOTE,
)
OF_TOPICS = (Act.ATTEND, Act.REPLY, Act.RETITLE, Act.LOCK_TOPIC, Act.ARCHIVE_TOPIC, Act.PIN_TOPIC)


@pytest.fixture
def everyone(session):
    """Every kind of actor; None is a guest."""
    return {
        "guest": None,
        "member": cast.member(session, "mia"),
        "newcomer": cast.newcomer(session, "nils"),
        "unconfirmed": cast.unconfirmed(session, "ulla"),
        "suspended": cast.suspended(session, "sven"),
        "author": cast.member(session, "anna"),
        "moderator": cast.moderator(session, "momo"),
        "staff": cast.staff(session, "stella"),
        "administrator": cast.administrator(session, "adele"),
    }


@pytest.fixture
def scenes(session, everyone):
    """A post in every state, on every kind of board: (board, state of post, state of topic) → post."""
    author = everyone["author"]
    now = clock.now()
    post_states = {
        "shown": {},
        "deleted today": {"deleted_at": now, "deleted_by_id": author.id},
        "deleted long ago": {"deleted_at": now - timedelta(days=9), "deleted_by_id": everyone["moderator"].id},
        "hidden": {"hidden_at": now},
        "note": {"action": "locked"},
        "wiki": {"is_wiki": True},
        "old": {"created_at": now - timedelta(days=400)},
    }
    topic_states = {
        "living": {},
        "locked": {"locked_at": now},
        "archived": {"archived_at": now},
        "deleted": {"deleted_at": now},
    }
    boards = {name: cast.board(session, kind="question", rights=rights) for name, rights in BOARDS.items()}
    made = {}
    for (board_name, board), (post_name, of_post), (topic_name, of_topic) in itertools.product(
        boards.items(), post_states.items(), topic_states.items()
    ):
        topic = Topic(
            board_id=board.id,
            author_id=author.id,
            title="A title",
            slug="a-title",
            **({"created_at": now, "bumped_at": now, "last_post_at": now, "last_number": 1} | of_topic),
        )
        session.add(topic)
        session.flush()
        words = {"source": "x", "html": "x"}
        values = words | {"topic_id": topic.id, "number": 1, "author_id": author.id, "created_at": now}
        post = Post(**(values | of_post))
        session.add(post)
        session.flush()
        topic.board, post.topic = board, topic
        made[board_name, post_name, topic_name] = post
    return made


def test_what_a_person_may_see_is_the_same_in_sql_and_in_the_table(session, everyone, scenes):
    for kind, person in everyone.items():
        actor = cast.actor(session, person)
        posts = set(session.scalars(select(Post.id).join(Post.topic).where(visible.posts(actor))))
        topics = set(session.scalars(select(Topic.id).where(visible.topics(actor))))
        for scene, post in scenes.items():
            assert (post.id in posts) == allows(actor, Act.SEE_POST, post), (kind, scene)
            assert (post.topic_id in topics) == allows(actor, Act.SEE_TOPIC, post.topic), (kind, scene)


def test_require_refuses_exactly_what_the_table_does_not_allow(session, everyone, scenes):
    for person in everyone.values():
        actor = cast.actor(session, person)
        for post in scenes.values():
            for act in OF_POSTS:
                if allows(actor, act, post):
                    require(actor, act, post)
                else:
                    with pytest.raises(SignInNeeded if actor.is_guest else Refused):
                        require(actor, act, post)


def test_nobody_changes_what_they_cannot_see(session, everyone, scenes):
    for kind, person in everyone.items():
        actor = cast.actor(session, person)
        for scene, post in scenes.items():
            if not actor.may(Right.SEE, post.board_id):
                assert not any(allows(actor, act, post) for act in OF_POSTS), (kind, scene)


@pytest.mark.parametrize("kind", ["guest", "unconfirmed", "suspended"])
def test_who_is_not_in_good_standing_changes_nothing(session, everyone, scenes, kind):
    actor = cast.actor(session, everyone[kind])
    for scene, post in scenes.items():
        for act in OF_POSTS:
            if act is Act.BOOKMARK and kind != "guest":
                continue  # kept for oneself; nobody else sees it
            assert not allows(actor, act, post), (act, scene)
        for act in OF_TOPICS:
            assert not allows(actor, act, post.topic), (act, scene)


def test_who_is_suspended_keeps_account_and_pages_but_not_the_pen_of_their_profile(session, everyone):
    sven = everyone["suspended"]
    actor = cast.actor(session, sven)
    assert not allows(actor, Act.EDIT_PROFILE, sven)
    assert allows(actor, Act.EDIT_ACCOUNT, sven)
    with pytest.raises(Refused, match="suspended"):
        accounts.rename(session, actor, sven, "somebody-else")
    assert allows(cast.actor(session, everyone["unconfirmed"]), Act.EDIT_PROFILE, everyone["unconfirmed"])


def test_every_act_has_a_row_in_the_table():
    assert set(RULES) == set(Act)


def test_a_member_is_told_why_they_may_not(session, everyone, scenes):
    post = scenes["public", "shown", "living"]
    for kind, words in (("guest", "Sign in"), ("unconfirmed", "Confirm"), ("suspended", "suspended")):
        with pytest.raises(Refused, match=words):
            require(cast.actor(session, everyone[kind]), Act.REACT, post)


def test_an_author_edits_for_thirty_days_and_a_newcomer_for_one(session):
    board = cast.board(session)
    for person, days, may in (
        (cast.member(session), 29, True),
        (cast.member(session), 31, False),
        (cast.newcomer(session), 0, True),
        (cast.newcomer(session), 2, False),
    ):
        topic = cast.topic(session, board, person)
        post = session.get_one(Post, topic.last_post_id, options=[joinedload(Post.topic).joinedload(Topic.board)])
        post.created_at = clock.now() - timedelta(days=days)
        assert allows(cast.actor(session, person), Act.EDIT_POST, post) is may


def test_a_moderator_replies_in_a_locked_topic_but_not_in_an_archived_one(session, everyone, scenes):
    actor = cast.actor(session, everyone["moderator"])
    assert allows(actor, Act.REPLY, scenes["public", "shown", "locked"].topic)
    assert not allows(actor, Act.REPLY, scenes["public", "shown", "archived"].topic)
    assert not allows(cast.actor(session, everyone["member"]), Act.REPLY, scenes["public", "shown", "locked"].topic)
