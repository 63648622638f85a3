"""Whatever moderators do with the tools and take back, in whatever order: everything adds up, and ends as it began."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, or_, select

from forum.bookmarks import actions as bookmarks
from forum.bookmarks.models import Bookmark
from forum.core.errors import ForumError
from forum.importers.queries import old_topics
from forum.notifications.models import Notice
from forum.posts import actions, check, queries
from forum.posts.models import Post, Topic
from forum.posts.reading_models import ReadGap, TopicRead
from forum.posts.tools import TOOLS
from forum.search.queries.linking import link_drifts, linking_posts
from tests import cast
from tests.machines.databases import undone
from tests.machines.proof import share
from tests.posts.people import topic_of
from tests.posts.test_splitting_and_merging import Scene, minutes

TOOL = (
    *("split", "split", "split into", "merge", "merge", "move", "lock", "unlock", "archive", "slow", "owner"),
    *("rename", "tag", "untag", "undo", "undo", "undo"),
)
LIFE = ("reply", "read", "read", "undo any")
NUMBER = st.integers(0, 11)


class Moderated(Scene):
    """The two topics, links between them, and one tool after another; each remembers how it is taken back."""

    def __init__(self, session, clock):
        super().__init__(session, clock)
        a5, a6 = self.posts["a5"], self.posts["a6"]
        body = f"See [there](/p/{a5}) and [here](/t/{self.b}) and [that](/p/{a6})."
        self.posts["b4"] = cast.reply(session, topic_of(session, self.b), self.cleo, body).id
        clock.shift(minutes(5))
        self.posts["a7"] = cast.reply(session, topic_of(session, self.a), self.cleo, body, reply_to_number=3).id
        clock.shift(minutes(5))
        cast.tag(session, "wood")
        self.people = [self.ada, self.bo, self.cleo]
        self.read(self.ada, self.b, 2)
        self.read(self.bo, self.a, 4)
        actions.follow_topic(session, cast.actor(session, self.bo), topic_of(session, self.a), "watching")
        bookmarks.keep(session, cast.actor(session, self.ada), queries.post(session, self.moderator, a5), "", None)
        self.done = []

    def use(self, name, x, y):
        self.clock.shift(minutes(1))  # what comes at one instant is in the order of the database
        tool, topic_id, told = self._told(name, x, y)
        try:
            with self.session.begin_nested():
                before = TOOLS[tool].do(self.session, self.moderator, self.topic(topic_id), told, "For order")
        except ForumError:
            return
        self.done.append((tool, topic_id, before))

    def _told(self, name, x, y):
        topics = self.session.scalars(select(Topic.id).where(Topic.merged_post_id.is_(None)).order_by(Topic.id)).all()
        topic_id, other = topics[x % len(topics)], topics[y % len(topics)]
        posts = select(Post.id).where(Post.topic_id == topic_id, Post.number > 1, Post.action == "")
        some = list(self.session.scalars(posts.order_by(Post.number)))[x % 3 :: 1 + y % 2]
        board = (self.board, self.other)[y % 2].id
        told = {
            "split": {"posts": some, "board": board, "title": f"Part {x}{y}", "tags": ["wood"]},
            "split into": {"posts": some, "into": other},
            "merge": {"into": other},
            "move": {"board": board},
            "slow": {"minutes": 1 + y},
            "owner": {"owner": self.people[y % 3].id},
            "rename": {"title": f"Another name {x}{y}"},
            "tag": {"tags": ["wood"]},
            "untag": {"tags": ["wax"]},
        }
        return name.split()[0], topic_id, told.get(name, {})

    def undo(self, which=-1):
        """Whether it could be."""
        tool, topic_id, before = self.done[which]
        try:
            with self.session.begin_nested():
                TOOLS[tool].undo(self.session, self.moderator, topic_id, before, "")
        except ForumError:
            return False
        self.done.pop(which)
        return True

    def live(self, name, x, y):
        self.clock.shift(minutes(1))
        topics = self.session.scalars(select(Topic.id).where(Topic.deleted_at.is_(None)).order_by(Topic.id)).all()
        if not topics:
            return
        topic, person = topic_of(self.session, topics[x % len(topics)]), self.people[y % 3]
        if name == "read":
            self.read(person, topic.id, 1 + x)
        elif topic.archived_at is None and topic.locked_at is None and not topic.slow_minutes:
            cast.reply(self.session, topic, person)

    def has_read(self):
        """Who has read which posts."""
        return {
            tuple(row)
            for row in self.session.execute(
                select(TopicRead.account_id, Post.id)
                .join(Post, Post.topic_id == TopicRead.topic_id)
                .outerjoin(ReadGap, (ReadGap.account_id == TopicRead.account_id) & (ReadGap.post_id == Post.id))
                .where(Post.action == "", Post.number <= TopicRead.last_number, ReadGap.post_id.is_(None))
            )
        }

    def check(self):
        session = self.session
        session.flush()
        session.expire_all()
        assert list(check.drifts(session)) == []
        astray = or_(Notice.topic_id != Post.topic_id, Notice.number != Post.number)
        assert session.scalars(select(Notice.id).join(Post, Post.id == Notice.post_id).where(astray)).all() == []
        folded = select(Notice.fold, Notice.topic_id).where(Notice.fold.like("topic:%"))
        assert all(fold == f"topic:{topic_id}" for fold, topic_id in session.execute(folded))
        kept = select(Bookmark.id).join(Post, Post.id == Bookmark.post_id).where(Bookmark.topic_id != Post.topic_id)
        assert session.scalars(kept).all() == []
        assert link_drifts(session, linking_posts(session, 0, 100), old_topics) == []
        openings = (
            select(Topic.id)
            .where(Topic.merged_post_id.is_(None))
            .except_(select(Post.topic_id).where(Post.number == 1, Post.action == ""))
        )
        assert session.scalars(openings).all() == []


@given(steps=st.lists(st.tuples(st.sampled_from(TOOL), NUMBER, NUMBER), min_size=2, max_size=9))
@settings(max_examples=share(60))
def test_whatever_is_done_with_the_tools_ends_as_it_began_when_all_is_taken_back(app, clock, steps):
    with undone(app) as session:
        scene = Moderated(session, clock)
        scene.check()
        before, read = scene.state(), scene.has_read()
        for name, x, y in steps:
            if name != "undo":
                scene.use(name, x, y)
            elif scene.done:
                assert scene.undo(), steps
            scene.check()
            assert scene.has_read() == read, steps
        while scene.done:
            assert scene.undo(), (steps, scene.done[-1])
        assert scene.state() == before, steps
        scene.check()


@given(steps=st.lists(st.tuples(st.sampled_from(TOOL + LIFE * 2), NUMBER, NUMBER), min_size=4, max_size=12))
@settings(max_examples=share(60))
def test_whatever_happens_in_between_everything_adds_up_and_no_word_is_lost(app, clock, steps):
    with undone(app) as session:
        scene = Moderated(session, clock)
        for name, x, y in steps:
            read, words = scene.has_read(), _words(session)
            if name.startswith("undo"):
                if scene.done:
                    scene.undo(x % len(scene.done) if name == "undo any" else -1)
            elif name in LIFE:
                scene.live(name, x, y)
            else:
                scene.use(name, x, y)
            scene.check()
            assert scene.has_read() >= read, steps
            assert _words(session) in (words, words + (name == "reply")), steps


def _words(session):
    return session.scalar(select(func.count()).select_from(Post).where(Post.action == ""))
