"""Twenty at once, and nobody is forgotten; and nobody hears of what they may not see, whatever the rights."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import hypothesis.strategies as st
from hypothesis import given, settings

from forum import identity
from forum.boards.models import BoardRight
from forum.core.db import db, transaction
from forum.following import actions as following
from forum.notifications import subscribers
from forum.notifications.models import Notice
from forum.permissions import Group, Right
from forum.posts import actions as posts
from forum.posts import queries
from forum.posts.drafts import ReplyDraft
from forum.posts.events import ReplyPosted
from forum.posts.models import Post, Topic
from forum.posts.queries import attention
from forum.posts.reading_models import TopicRead
from tests import cast
from tests.machines.databases import undone, writing
from tests.notifications.people import said
from tests.posts.people import topic_of

CROWD = 20


def unread_in(session, person, topic_id):
    """1 where there are posts after the member's position, counted from the posts themselves."""
    read = session.get_one(TopicRead, (person, topic_id))
    after = session.query(Post).filter(Post.topic_id == topic_id, Post.number > read.last_number, Post.action == "")
    return int(bool(read.last_number and after.count()))


def waiting(session, person):
    """How many topics the list of unread ones shows, and how many are new or unread on the boards' page."""
    actor = identity.actor_for(session, session.get_one(cast.Account, person))
    unread, new = attention.unread_page(session, actor).topics.items, attention.new_page(session, actor).topics.items
    both = {row.topic.id for row in (*unread, *new)}
    return len(unread), len(both), queries.home(session, actor).waiting.topics


def test_twenty_reply_and_read_at_once_and_no_notice_is_lost(app):
    with writing(app) as session:
        board = cast.board(session, "talk")
        topics = [cast.topic(session, board, cast.member(session, f"opener{n}"), f"Topic {n}").id for n in range(2)]
        watcher = cast.member(session, "watcher").id
        crowd = [cast.member(session, f"member{n}").id for n in range(CROWD)]
        for person in (watcher, *crowd):
            actor = identity.actor_for(session, session.get_one(cast.Account, person))
            for topic in topics:
                posts.follow_topic(session, actor, topic_of(session, topic), "watching")

    def takes_part(number):
        """Replies in one topic and reads the other, as two requests, and looks at the lists as a third."""
        with app.app_context():
            for topic_id, writes in ((topics[number % 2], True), (topics[1 - number % 2], False)):
                with transaction() as session:
                    actor = identity.actor_for(session, session.get_one(cast.Account, crowd[number]))
                    topic = queries.topic_for_update(session, actor, topic_id)
                    if writes:
                        draft = ReplyDraft(said(f"I am number {number}."), confirmed=frozenset({"row", "old"}))
                        posts.reply(session, actor, topic, draft)
                    else:
                        posts.mark_read(session, actor, topic, topic.last_number)
            with transaction() as session:
                seen.append(waiting(session, crowd[number]))
            db.session.remove()

    seen = []
    with cast.unhurried(), ThreadPoolExecutor(8) as pool:
        list(pool.map(takes_part, range(CROWD)))
    assert len(seen) == CROWD, "everybody could look meanwhile"

    with writing(app) as session:
        heard = session.query(Notice.post_id).filter_by(recipient_id=watcher, read_at=None).all()
        written = session.query(Post.id).filter(Post.number > 1).all()
        assert sorted(heard) == sorted(written)
        assert len(written) == CROWD
        for topic in session.query(Topic):
            assert topic.post_count == topic.last_number == CROWD // 2 + 1
        for number, person in enumerate(crowd):
            own = session.get_one(TopicRead, (person, topics[number % 2]))
            unread = session.query(Notice).filter_by(recipient_id=person, topic_id=own.topic_id, read_at=None)
            assert unread.filter(Notice.number <= own.last_number).count() == 0
            after = session.query(Post).filter(Post.topic_id == own.topic_id, Post.number > own.last_number)
            assert unread.count() == after.count()
            unread = sum(unread_in(session, person, topic) for topic in topics)
            assert waiting(session, person) == (unread, unread, unread)
        assert waiting(session, watcher) == (2, 2, 2), "followed and never opened: unread, and new as well"


RIGHTS = st.dictionaries(
    st.sampled_from((Group.EVERYONE, Group.MEMBERS, Group.STAFF, Group.MODERATORS)),
    st.lists(st.sampled_from(list(Right)), unique=True),
)


@settings(max_examples=25)
@given(of_board=RIGHTS, of_parent=st.none() | RIGHTS)
def test_nobody_hears_of_a_board_that_they_may_not_see(app, of_board, of_parent):
    with undone(app) as session:
        crowd = [make(session) for make in (cast.member, cast.staff, cast.moderator, cast.newcomer, cast.suspended)]
        author = cast.member(session)
        place = cast.section(session).id
        parent = None if of_parent is None else cast.board(session, rights=of_parent, section_id=place)
        below = {} if parent is None else {"parent_id": parent.id}
        open_to_all = {Group.MEMBERS: [Right.SEE, Right.START, Right.REPLY]}
        board = cast.board(session, rights=open_to_all, section_id=place)
        topic = cast.topic(session, board, author)
        for person in crowd:
            following.follow_board(session, cast.actor(session, person), board, "watching")

        session.query(BoardRight).filter_by(board_id=board.id).delete()
        for group, rights in of_board.items():
            session.add_all(BoardRight(board_id=board.id, group_id=int(group), right=str(right)) for right in rights)
        board.parent_id = below.get("parent_id")
        session.flush()
        words = {"source": "x", "html": "<p>x</p>", "created_at": topic.created_at}
        post = Post(topic_id=topic.id, topic=topic, number=2, author_id=author.id, **words)
        session.add(post)
        session.flush()
        subscribers.tell_of_reply(session, ReplyPosted(post.id))
        heard = {row.recipient_id for row in session.query(Notice)}
        may = {
            p.id
            for p in crowd
            if cast.actor(session, p).may(Right.SEE, board.id) and not cast.actor(session, p).is_suspended
        }
        assert heard == may
