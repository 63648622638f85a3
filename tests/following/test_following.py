"""Who hears of a reply, and what the lists leave out: levels on topics, boards and tags."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.boards.queries import tag_by_slug
from forum.core.errors import Invalid
from forum.following import actions as following
from forum.following import queries as follows
from forum.following.models import BoardFollow
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts import queries
from forum.posts.queries import attention, post_for_update
from forum.posts.reading_models import TopicRead
from tests import cast
from tests.machines.databases import writing
from tests.notifications.people import heard, reply
from tests.posts.people import enter, send


@pytest.fixture
def people(session):
    return {name: cast.member(session, name) for name in ("ada", "bo", "cy", "di")}


@pytest.fixture
def board(session):
    cast.tag(session, "gut")
    return cast.board(session, "ask", kind="question")


def follow(session, person, topic, level):
    posts.follow_topic(session, cast.actor(session, person), topic, level)


def level(session, person, topic):
    return session.get(TopicRead, (person.id, topic.id)).level


def test_who_starts_watches_who_replies_tracks_and_neither_undoes_a_choice(session, people, board):
    topic = cast.topic(session, board, people["ada"])
    assert level(session, people["ada"], topic) == "watching"
    reply(session, topic, people["bo"], "Yes.")
    assert level(session, people["bo"], topic) == "tracking"
    assert heard(session, people["ada"]) == ["watching"]
    follow(session, people["ada"], topic, "normal")
    follow(session, people["bo"], topic, "muted")
    for name in ("ada", "bo"):
        reply(session, topic, people[name], f"Again {name}.")
    assert level(session, people["ada"], topic) == "normal"
    assert level(session, people["bo"], topic) == "muted"


def test_who_backs_a_topic_tracks_it_and_taking_it_back_or_a_choice_changes_nothing(session, people, board):
    idea = cast.topic(session, cast.board(session, "wishes", kind="idea"), people["ada"])
    question = cast.topic(session, board, people["ada"])
    follow(session, people["cy"], question, "normal")
    for name, topic, backs, takes_back in (
        ("bo", idea, posts.vote, posts.unvote),
        ("bo", question, posts.have_too, posts.have_no_more),
        ("cy", question, posts.have_too, posts.have_no_more),
    ):
        actor = cast.actor(session, people[name])
        for verb in (backs, takes_back):
            verb(session, actor, queries.topic_for_update(session, actor, topic.id))
            assert level(session, people[name], topic) == ("tracking" if name == "bo" else "normal")
    assert level(session, people["ada"], idea) == "watching", "an idea's author is for it, and watches"


def test_five_minutes_of_reading_make_one_track(session, people, board):
    topic = cast.topic(session, board, people["ada"])
    actor = cast.actor(session, people["cy"])
    posts.spend_reading(session, actor, topic, 200)
    assert level(session, people["cy"], topic) == ""
    posts.spend_reading(session, actor, topic, 10_000)
    assert level(session, people["cy"], topic) == "tracking"
    page = queries.topic_page(session, actor, topic.id)
    assert (page.level, page.position) == ("tracking", None)


def test_without_a_script_who_reads_on_after_five_minutes_tracks_and_who_comes_back_much_later_does_not(
    session, people, board, clock
):
    topic = cast.topic(session, board, people["ada"])
    for number in range(5):
        reply(session, topic, people["ada"], f"Thought {number}.")
    ways = {"bo": (4, ""), "cy": (6, "tracking"), "di": (31, "")}
    for name, (minutes, then) in ways.items():
        actor = cast.actor(session, people[name])
        posts.mark_read(session, actor, topic, 3)
        clock.shift(timedelta(minutes=minutes))
        posts.mark_read(session, actor, topic, 3)
        assert level(session, people[name], topic) == "", "the same page again says nothing"
        posts.mark_read(session, actor, topic, 6)
        assert level(session, people[name], topic) == then, name


def test_boards_and_tags_are_followed_for_all_for_first_posts_or_for_answers(session, people, board):
    actors = {name: cast.actor(session, person) for name, person in people.items()}
    following.follow_board(session, actors["bo"], board, "first_post")
    following.follow_board(session, actors["cy"], board, "answers")
    tag = tag_by_slug(session, "gut")
    following.follow_tag(session, actors["di"], tag, "watching")
    topic = cast.topic(session, board, people["ada"], tags=("gut",))
    assert [heard(session, people[name]) for name in ("bo", "cy", "di")] == [["first_post"], [], ["first_post"]]
    helper = cast.member(session, "helper")
    post = reply(session, topic, helper, "Try chalk.")
    assert [heard(session, people[name])[1:] for name in ("bo", "di")] == [[], ["watching"]]
    posts.accept_answer(session, actors["ada"], post_for_update(session, actors["ada"], post.id))
    assert heard(session, people["cy"]) == ["answer"]
    assert heard(session, people["di"])[1:] == ["answer"]
    assert heard(session, helper) == ["accepted"]


def test_a_topics_own_level_beats_its_boards(session, people, board):
    actors = {name: cast.actor(session, person) for name, person in people.items()}
    topic = cast.topic(session, board, people["ada"])
    following.follow_board(session, actors["bo"], board, "watching")
    follow(session, people["bo"], topic, "normal")
    following.follow_board(session, actors["cy"], board, "muted")
    follow(session, people["cy"], topic, "watching")
    following.follow_board(session, actors["di"], board, "muted")
    reply(session, topic, people["ada"], "So, @bo @cy @di?", "di")
    assert [heard(session, people[name]) for name in ("bo", "cy", "di")] == [[], ["watching"], []]


def test_what_is_muted_is_told_nowhere_and_listed_nowhere(session, people, board):
    talk = cast.board(session, "talk")
    topics = {
        "topic": cast.topic(session, talk, people["ada"], "A muted topic"),
        "board": cast.topic(session, board, people["ada"], "On a muted board"),
        "tag": cast.topic(session, talk, people["ada"], "Under a muted tag", tags=("gut",)),
        "rest": cast.topic(session, talk, people["ada"], "All the rest"),
    }
    actor = cast.actor(session, people["bo"])
    titles = lambda rows: {row.title for row in rows}  # noqa: E731
    assert len(titles(attention.new_page(session, actor).topics.items)) == 4
    posts.follow_topic(session, actor, topics["topic"], "muted")
    following.follow_board(session, actor, board, "muted")
    following.follow_tag(session, actor, tag_by_slug(session, "gut"), "muted")
    assert titles(attention.new_page(session, actor).topics.items) == {"All the rest"}
    assert titles(queries.latest_page(session, actor).latest.items) == {"All the rest"}
    assert queries.home(session, actor).waiting.topics == 1
    for topic in topics.values():
        posts.mark_read(session, actor, topic, 1)
        reply(session, topic, people["ada"], "More, @bo", "bo")
    assert heard(session, people["bo"]) == ["mention"]
    assert titles(attention.unread_page(session, actor).topics.items) == {"All the rest"}
    assert len(titles(queries.latest_page(session, cast.actor(session, people["cy"])).latest.items)) == 4


def test_rows_say_how_many_posts_are_new_exactly(session, people, board, clock):
    from datetime import timedelta

    eli, actor = cast.actor(session, cast.moderator(session)), cast.actor(session, people["bo"])
    topic = cast.topic(session, board, people["ada"])
    replies = [reply(session, topic, people["ada"], f"Number {number}.") for number in range(4)]

    def rows(who=actor):
        session.flush()
        session.expire(topic, ["unread_count"])
        return [row.unread_count for row in queries.latest_page(session, who).latest.items]

    assert rows() == rows(cast.actor(session, None)) == [0], "never opened: it is new"
    posts.mark_read(session, actor, topic, 2)
    assert rows() == [3]
    posts.lock(session, eli, topic)
    posts.unlock(session, eli, topic)
    cast.remove(session, eli, replies[3])
    assert rows() == [2], "neither notes nor what is gone"
    clock.shift(timedelta(hours=1))
    posts.mark_all_read(session, actor, None)
    clock.shift(timedelta(hours=1))
    reply(session, topic, people["ada"], "After that.")
    assert rows() == [1]
    posts.mark_read(session, actor, topic, topic.last_number)
    assert rows() == [0]


def test_unread_has_no_age_where_one_follows_and_respects_the_marks(session, people, board, clock):
    from datetime import timedelta

    actor = cast.actor(session, people["bo"])
    kept = cast.topic(session, board, people["ada"], "Followed for long")
    seen = cast.topic(session, board, people["ada"], "Only opened")
    for topic in (kept, seen):
        posts.mark_read(session, actor, topic, 1)
        reply(session, topic, people["ada"], "More.")
    posts.follow_topic(session, actor, kept, "tracking")
    rows = lambda: [row.title for row in attention.unread_page(session, actor).topics.items]  # noqa: E731
    assert rows() == ["Only opened", "Followed for long"]
    clock.shift(timedelta(days=40))
    assert rows() == ["Followed for long"]
    assert queries.home(session, actor).waiting.topics == 1
    posts.mark_all_read(session, actor, board)
    session.flush()
    assert rows() == []
    posts.undo_mark_all_read(session, actor, board)
    session.flush()
    assert rows() == ["Followed for long"]


def test_a_boards_default_reaches_those_who_never_chose_and_is_taken_back(session, people, board):
    adele = cast.administrator(session, "adele")
    admin = cast.actor(session, adele)
    following.follow_board(session, cast.actor(session, people["bo"]), board, "tracking")
    cast.placeholder(session, "nobody")
    following.set_default(session, admin, board, "first_post")
    following.give_defaults(session, people["di"].id)
    page = follows.default_page(session, admin, board.id)
    assert (page.level, page.would_change, page.chose) == ("first_post", 3, 1)
    applied = following.apply_default(session, admin, board)
    assert applied.people == 3
    levels = lambda: {  # noqa: E731
        name: follows.board_level(session, cast.actor(session, person), board.id) for name, person in people.items()
    }
    session.expire_all()
    assert levels() == {"ada": "first_post", "bo": "tracking", "cy": "first_post", "di": "first_post"}
    with pytest.raises(Invalid):
        following.apply_default(session, admin, board)
    following.follow_board(session, cast.actor(session, people["cy"]), board, "first_post")
    following.undo_default(session, admin, follows.application_for_update(session, board.id, applied.id))
    session.flush()
    session.expire_all()
    assert levels() == {"ada": "normal", "bo": "tracking", "cy": "first_post", "di": "first_post"}
    assert [line.undone_by_id for line in follows.default_page(session, admin, board.id).log] == [adele.id]
    with pytest.raises(Invalid):
        following.undo_default(session, admin, follows.application_for_update(session, board.id, applied.id))
    assert session.query(BoardFollow).filter_by(by_hand=False).count() == 1


def test_fifty_followers_hear_of_one_reply_each_once(session, people, board):
    topic = cast.topic(session, board, people["ada"])
    crowd = [cast.member(session) for _ in range(50)]
    for person in crowd:
        following.follow_board(session, cast.actor(session, person), board, "watching")
        posts.follow_topic(session, cast.actor(session, person), topic, "watching")
    reply(session, topic, people["bo"], "Hello.")
    assert session.query(Notice).filter(Notice.kind == "watching").count() == 51


def test_levels_are_set_in_place_and_backing_sets_the_one_beside_it(app, client):
    with writing(app) as session:
        cast.tag(session, "gut")
        ideas, ada = cast.board(session, "wishes", kind="idea"), cast.member(session, "ada")
        topic = cast.topic(session, ideas, ada, tags=("gut",)).id
    enter(app, client, "bo")
    for address in (f"/t/{topic}/follow", "/b/wishes/follow", "/tags/gut/follow"):
        answer = send(client, f"/t/{topic}", address, htmx=True, level="normal")
        assert answer.status_code == 200, address
        assert '<details class="menu level"' in answer.text, address
        assert "<html" not in answer.text
    enter(app, client, "cy")
    answer = send(client, f"/t/{topic}", f"/t/{topic}/vote", htmx=True)
    assert "2 votes" in answer.text
    assert f'id="level-{topic}" hx-swap-oob="true"' in answer.text
    assert "Tracking" in answer.text.partition("</summary>")[0]
