"""Posts moved to another topic, topics made one, and all of it taken back: words, readers, notices, answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.boards.models import Board
from forum.bookmarks import actions as bookmarks
from forum.bookmarks.models import Bookmark
from forum.core.errors import Invalid, Refused, TooSoon
from forum.notifications.models import Notice
from forum.posts import actions, check, queries
from forum.posts.actions import NewTopic
from forum.posts.models import Post, Topic
from forum.posts.reading_models import ReadGap, TopicRead
from tests import cast
from tests.posts.people import topic_of


@pytest.fixture
def scene(session, clock):
    """A topic of six posts on one board and one of three beside it, a reader of each, and a moderator."""
    return Scene(session, clock)


class Scene:
    """Two topics, written in turn: a1, b1, a2, a3, b2, a4, a5, b3, a6."""

    def __init__(self, session, clock):
        self.session, self.clock = session, clock
        self.ada, self.bo, self.cleo = (cast.member(session, name) for name in ("ada", "bo", "cleo"))
        self.eli = cast.moderator(session, "eli")
        section = cast.section(session).id
        self.board = cast.board(session, "talk", kind="question", section_id=section)
        self.other = cast.board(session, "lounge", kind="discussion", section_id=section)
        cast.tag(session, "wax")
        self.posts = {}
        self.a = self._begin("a1", self.board, self.ada, "Reeds and wax")
        self.b = self._begin("b1", self.board, self.bo, "About wax")
        for name in ("a2", "a3", "b2", "a4", "a5", "b3", "a6"):
            clock.shift(minutes(5))
            topic = self.a if name[0] == "a" else self.b
            author = self.bo if int(name[1]) % 2 else self.ada
            self.posts[name] = cast.reply(session, topic_of(session, topic), author, f"Words {name}").id
        clock.shift(minutes(5))

    def _begin(self, name, board, author, title):
        topic = cast.topic(self.session, board, author, title, tags=("wax",))
        self.posts[name] = self.session.scalar(select(Post.id).where(Post.topic_id == topic.id))
        self.clock.shift(minutes(5))
        return topic.id

    @property
    def moderator(self):
        return cast.actor(self.session, self.eli)

    def topic(self, topic_id):
        self.session.expire_all()
        return queries.topic_for_update(self.session, self.moderator, topic_id)

    def read(self, person, topic_id, number):
        actions.mark_read(self.session, cast.actor(self.session, person), topic_of(self.session, topic_id), number)

    def order(self, topic_id):
        """The names of its posts, in order."""
        names = {post_id: name for name, post_id in self.posts.items()}
        asked = select(Post.id).where(Post.topic_id == topic_id, Post.action == "").order_by(Post.number)
        return [names[post_id] for post_id in self.session.scalars(asked)]

    def unread(self, person, topic_id):
        """The names of the posts of a topic that somebody has not read."""
        names = {post_id: name for name, post_id in self.posts.items()}
        self.session.expire_all()
        page = queries.topic_page(self.session, cast.actor(self.session, person), topic_id)
        return [names[view.post.id] for view in page.posts.items if view.is_unread and not view.post.is_note]

    def split(self, *names, into=None, title="Only wax"):
        self.session.expire_all()
        if into is None:
            topic, there = self.topic(self.a), NewTopic(title, self.session.get_one(Board, self.board.id), ("wax",))
        else:
            topic, there = queries.topics_for_update(self.session, self.moderator, self.a, into)
        chosen = [self.posts[name] for name in names]
        return actions.split_topic(self.session, self.moderator, topic, chosen, there, "It is another matter")

    def merge(self, source=None, target=None):
        self.session.expire_all()
        pair = queries.topics_for_update(self.session, self.moderator, source or self.a, target or self.b)
        return actions.merge_topic(self.session, self.moderator, *pair, "The same")

    def state(self):
        """All that a split or a merge touches, but notes."""
        self.session.expire_all()
        words = select(Post.id, Post.topic_id, Post.number, Post.reply_to_number, Post.chosen_at).where(
            Post.action == ""
        )
        tables = (
            words.order_by(Post.id),
            select(
                *(TopicRead.account_id, TopicRead.topic_id, TopicRead.last_number, TopicRead.level),
                *(TopicRead.level_by_hand, TopicRead.has_bookmarks),
            ).order_by(TopicRead.account_id, TopicRead.topic_id),
            select(ReadGap.account_id, ReadGap.post_id).order_by(ReadGap.account_id, ReadGap.post_id),
            select(Notice.id, Notice.topic_id, Notice.number, Notice.fold, Notice.read_at).order_by(Notice.id),
            select(Bookmark.post_id, Bookmark.topic_id).order_by(Bookmark.id),
            select(Topic.id, Topic.title, Topic.board_id, Topic.author_id, Topic.accepted_post_id, Topic.deleted_at)
            .where(Topic.merged_post_id.is_(None))
            .order_by(Topic.id),
        )
        return [[tuple(row) for row in self.session.execute(table)] for table in tables]


def minutes(many):
    return timedelta(minutes=many)


def agrees(scene):
    scene.session.flush()
    scene.session.expire_all()
    return list(check.drifts(scene.session)) == []


def test_chosen_posts_become_a_topic_of_whoever_wrote_the_first_and_come_back(scene):
    scene.read(scene.cleo, scene.a, 4)
    before = scene.state()
    done = scene.split("a3", "a5", "a6")
    new = scene.session.get_one(Topic, done["target"])
    assert (scene.order(scene.a), scene.order(new.id)) == (["a1", "a2", "a4"], ["a3", "a5", "a6"])
    assert (new.author_id, new.title, new.post_count) == (scene.bo.id, "Only wax", 3)
    assert scene.unread(scene.cleo, new.id) == ["a5", "a6"]
    assert scene.unread(scene.cleo, scene.a) == []
    assert agrees(scene)
    actions.undo_split(scene.session, scene.moderator, done)
    assert scene.state() == before
    assert agrees(scene)


def test_two_topics_are_read_in_the_order_of_time_and_what_was_unread_stays_so(scene):
    scene.read(scene.cleo, scene.a, 6)
    dora = cast.member(scene.session, "dora")
    scene.read(dora, scene.b, 2)
    before = scene.state()
    done = scene.merge()
    assert scene.order(scene.b) == ["b1", "a1", "a2", "a3", "b2", "a4", "a5", "b3", "a6"]
    assert scene.unread(scene.cleo, scene.b) == ["b1", "b2", "b3"]
    assert scene.unread(dora, scene.b) == ["a1", "a2", "a3", "a4", "a5", "b3", "a6"]
    assert queries.first_unread(scene.session, cast.actor(scene.session, dora), scene.topic(scene.b)) == 2
    assert agrees(scene)
    actions.undo_merge_topic(scene.session, scene.moderator, done)
    assert scene.state() == before
    assert agrees(scene)


def test_what_comes_meanwhile_stays_or_comes_along_and_is_never_lost(scene):
    split = scene.split("a4", "a5")
    scene.posts["new"] = cast.reply(scene.session, topic_of(scene.session, split["target"]), scene.ada, "Meanwhile").id
    actions.undo_split(scene.session, scene.moderator, split)
    assert scene.order(scene.a) == ["a1", "a2", "a3", "a4", "a5", "a6", "new"]
    merged = scene.merge()
    scene.posts["late"] = cast.reply(scene.session, topic_of(scene.session, scene.b), scene.ada, "Later still").id
    actions.undo_merge_topic(scene.session, scene.moderator, merged)
    assert scene.order(scene.a) == ["a1", "a2", "a3", "a4", "a5", "a6", "new"]
    assert scene.order(scene.b) == ["b1", "b2", "b3", "late"]
    assert agrees(scene)


def test_who_answers_whom_the_answer_the_bookmarks_and_the_notices_go_along(scene):
    session, ada = scene.session, cast.actor(scene.session, scene.ada)
    topic = topic_of(session, scene.a)
    scene.posts["to a3"] = cast.reply(session, topic, scene.cleo, "To a3", reply_to_number=3).id
    session.expire_all()
    actions.accept_answer(
        session, scene.moderator, queries.post_for_update(session, scene.moderator, scene.posts["a3"])
    )
    session.expire_all()
    bookmarks.keep(session, ada, queries.post(session, ada, scene.posts["a3"]), "", None)
    before = scene.state()
    done = scene.split("a3", "to a3")
    new = done["target"]
    assert session.get_one(Post, scene.posts["to a3"]).reply_to_number == 1
    assert session.scalar(select(Bookmark.topic_id)) == new
    assert session.get_one(Topic, scene.a).accepted_post_id is None
    notice = session.scalars(select(Notice).where(Notice.post_id == scene.posts["to a3"])).first()
    assert (notice.topic_id, notice.number) == (new, 2)
    assert agrees(scene)
    actions.undo_split(session, scene.moderator, done)
    assert scene.state() == before


def test_posts_go_into_another_topic_and_back_to_their_numbers(scene):
    before = scene.state()
    done = scene.split("a3", "a4", into=scene.b)
    assert scene.order(scene.b) == ["b1", "a3", "b2", "a4", "b3"]
    actions.undo_split(scene.session, scene.moderator, done)
    assert scene.state() == before
    assert agrees(scene)


def test_followers_follow_on_and_of_two_levels_the_chosen_one_stays(scene):
    cleo = cast.actor(scene.session, scene.cleo)
    actions.follow_topic(scene.session, cleo, topic_of(scene.session, scene.a), "watching")
    actions.follow_topic(scene.session, cleo, topic_of(scene.session, scene.b), "normal")
    new = scene.split("a5", "a6")["target"]
    level = scene.session.get_one(TopicRead, (scene.cleo.id, new)).level
    assert level == "watching"
    scene.merge()
    row = scene.session.get_one(TopicRead, (scene.cleo.id, scene.b), populate_existing=True)
    assert (row.level, row.level_by_hand) == ("watching", True)


def test_too_late_is_said_in_words(scene):
    done = scene.split("a3", "a5")
    scene.session.expire_all()
    pair = queries.topics_for_update(scene.session, scene.moderator, done["target"], scene.b)
    second = actions.split_topic(scene.session, scene.moderator, pair[0], [scene.posts["a5"]], pair[1])
    with pytest.raises(Invalid, match="moved on"):
        actions.undo_split(scene.session, scene.moderator, done)
    actions.undo_split(scene.session, scene.moderator, second)
    actions.undo_split(scene.session, scene.moderator, done)
    assert agrees(scene)


def test_only_who_looks_after_both_boards_may(scene):
    rosa = cast.actor(scene.session, cast.member(scene.session, "rosa", trust="regular"))
    pair = queries.topics_for_update(scene.session, scene.moderator, scene.a, scene.b)
    with pytest.raises(Refused):
        actions.merge_topic(scene.session, rosa, *pair)
    with pytest.raises(Refused):
        actions.split_topic(scene.session, rosa, pair[0], [scene.posts["a3"]], pair[1])
    with pytest.raises(Invalid, match="first post stays"):
        actions.split_topic(scene.session, scene.moderator, pair[0], [scene.posts["a1"]], pair[1])


def test_a_slow_topic_lets_each_wait_and_another_owner_accepts_the_answer(scene):
    slow = actions.slow_down(scene.session, scene.moderator, scene.topic(scene.a), 30, "It gets heated")
    with pytest.raises(TooSoon, match="every 30 minutes"):
        cast.reply(scene.session, topic_of(scene.session, scene.a), scene.ada, "At once")
    actions.undo_slow_down(scene.session, scene.moderator, scene.topic(scene.a), slow)
    before = scene.state()
    done = actions.change_owner(scene.session, scene.moderator, scene.topic(scene.a), scene.cleo)
    cleo = cast.actor(scene.session, scene.cleo)
    actions.accept_answer(scene.session, cleo, queries.post_for_update(scene.session, cleo, scene.posts["a3"]))
    scene.session.expire_all()
    actions.withdraw_answer(scene.session, cleo, queries.post_for_update(scene.session, cleo, scene.posts["a3"]))
    assert agrees(scene)
    actions.undo_change_owner(scene.session, scene.moderator, scene.topic(scene.a), done)
    assert scene.state()[-1] == before[-1]
    assert agrees(scene)
