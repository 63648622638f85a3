"""What regulars may do for order: retitle, retag, move, close duplicates; and no longer when they are none."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forum.boards.models import Board
from forum.core.errors import Invalid, Refused, TooSoon
from forum.popularity.models import TopicScore
from forum.posts import actions, check
from forum.posts.models import Post, Revision, Topic, TopicTag
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, read, send, topic_of


@pytest.fixture
def place(app):
    """Three boards, two topics in the first, and a regular."""
    with writing(app) as session:
        section = cast.section(session).id
        talk = cast.board(session, "talk", kind="question", section_id=section)
        cast.board(session, "lounge", name="Lounge", section_id=section)
        cast.board(session, "ideas", kind="idea", section_id=section)
        cast.board(session, "inner", rights=cast.STAFF_ONLY, section_id=section)
        closed = {cast.Group.MEMBERS: [cast.Right.SEE, cast.Right.START]}
        cast.board(session, "members", rights=closed, section_id=section)
        cast.tag(session, "wax")
        cast.member(session, "rosa", trust="regular")
        mia = cast.member(session, "mia")
        first = cast.topic(session, talk, mia, "Which wax for the bridge")
        second = cast.topic(session, talk, mia, "Help!!")
        cast.reply(session, second, cast.member(session, "bo"))
        return first.id, second.id


def board(session, slug):
    return session.scalars(select(Board).where(Board.slug == slug)).one()


def person(session, name):
    return cast.actor(session, session.query(cast.Account).filter_by(name=name).one())


def notes(session, topic_id):
    asked = select(Post.action).where(Post.topic_id == topic_id, Post.action != "").order_by(Post.number)
    return list(session.scalars(asked))


def test_a_regular_retitles_moves_and_closes_and_everything_still_adds_up(app, place):
    first, second = place
    with writing(app) as session:
        rosa = person(session, "rosa")
        session.add(
            TopicScore(
                topic_id=second,
                span="hot",
                board_id=topic_of(session, second).board_id,
                score=1,
                scored_at=cast.clock.now(),
            )
        )
        topic = topic_of(session, second)
        actions.retitle(session, rosa, topic, "Which wax for a cello bridge?", ["wax"])
        actions.retitle(session, rosa, topic, "Which wax for a cello bridge?", ["wax"])  # is so already
        lounge = board(session, "lounge")
        actions.move_topic(session, rosa, topic, lounge, cast.words("It was in Talk."))
        other = topic_of(session, first)
        actions.close_duplicate(session, rosa, topic, other, cast.words("Go on there."))
        assert notes(session, second) == ["retitled", "moved", "duplicate"]
        assert session.scalars(select(Revision.title)).one() == "Help!!"
        assert session.scalars(select(TopicScore.board_id)).one() == lounge.id
    with reading(app) as session:
        assert list(check.drifts(session)) == []
        assert (board(session, "talk").topic_count, board(session, "lounge").topic_count) == (1, 1)
        assert board(session, "lounge").last_topic_id == second
        assert session.query(TopicTag).count() == 1
        moved = session.get(Topic, second)
        assert (moved.duplicate_of_id, bool(moved.locked_at)) == (first, True)
    with writing(app) as session:
        actions.reopen_duplicate(session, person(session, "rosa"), topic_of(session, second))
        topic = session.get(Topic, second)
        assert (topic.duplicate_of_id, topic.locked_at) == (None, None)


def test_titles_change_at_the_pace_of_any_edit_and_calendars_hear_of_it(app, place):
    first, _second = place
    with writing(app) as session:
        rosa, topic = person(session, "rosa"), topic_of(session, first)
        version = topic.fields_version
        actions.retitle(session, rosa, topic, "A clearer title", [])
        assert topic.fields_version == version + 1
        with pytest.raises(TooSoon):
            actions.retitle(session, rosa, topic, "A still clearer title", [])


def test_a_regular_moves_only_where_nobody_loses_sight_and_nothing_is_lost(app, place):
    first, second = place
    with writing(app) as session:
        rosa, told = person(session, "rosa"), cast.words("From Talk.")
        for slug, why in (("talk", "already"), ("ideas", "different things"), ("members", "Not the same people")):
            with pytest.raises(Invalid, match=why):
                actions.move_topic(session, rosa, topic_of(session, second), board(session, slug), told)
        with pytest.raises(Refused):
            actions.move_topic(session, rosa, topic_of(session, second), board(session, "inner"), told)
        for other, why in ((second, "its own duplicate"),):
            with pytest.raises(Invalid, match=why):
                actions.close_duplicate(session, rosa, topic_of(session, second), topic_of(session, other), told)
        actions.close_duplicate(session, rosa, topic_of(session, second), topic_of(session, first), told)
        with pytest.raises(Invalid, match="duplicate itself"):
            actions.close_duplicate(session, rosa, topic_of(session, first), topic_of(session, second), told)


def test_a_topic_ends_only_at_one_that_all_its_readers_may_read_so_that_no_private_title_is_named(app, place):
    first, _second = place
    with writing(app) as session:
        told = cast.words("On.")
        above = board(session, "members")
        below = cast.board(session, "below", parent_id=above.id, section_id=above.section_id)
        rosa = person(session, "rosa")
        for hidden in (above, below):
            other = cast.topic(session, hidden, cast.member(session), "The secret wax")
            with pytest.raises(Invalid, match="Not everybody who reads"):
                actions.close_duplicate(session, rosa, topic_of(session, first), topic_of(session, other.id), told)
        assert topic_of(session, first).duplicate_of_id is None


def test_nobody_of_the_staff_or_the_moderators_ends_a_topic_at_one_that_only_they_read(app, place):
    first, _second = place
    with writing(app) as session:
        all_rights = [cast.Right.SEE, cast.Right.START, cast.Right.MODERATE]
        rights = {cast.Group.STAFF: [cast.Right.SEE], cast.Group.MODERATORS: all_rights}
        desk = cast.board(session, "desk", kind="question", rights=rights, section_id=board(session, "talk").section_id)
        mod = cast.moderator(session, "mod")
        hidden = cast.topic(session, desk, mod, "Who sells bad wax").id
        for name in ("mod", cast.join(session, cast.staff(session, "rena"), cast.Group.MODERATORS).name):
            one, other = topic_of(session, first), topic_of(session, hidden)
            with pytest.raises(Invalid, match="Not everybody who reads"):
                actions.close_duplicate(session, person(session, name), one, other, cast.words("On."))
        actions.close_duplicate(session, person(session, "mod"), other, one, cast.words("On."))
        assert other.duplicate_of_id == first, "whoever reads the desk reads the talk"


ALL, MEMBERS, CIRCLE, OTHERS = "everyone", "members", "circle", "others"


@pytest.mark.parametrize(
    ("here", "there", "moves"),
    [
        ([(ALL,)], [(ALL, CIRCLE)], True),
        ([(ALL, MEMBERS)], [(ALL,)], True),
        ([(MEMBERS,)], [(MEMBERS, CIRCLE)], True),
        ([(CIRCLE, OTHERS)], [(OTHERS, CIRCLE)], True),
        ([(MEMBERS,)], [(ALL,)], False),
        ([(ALL,)], [(MEMBERS,)], False),
        ([(CIRCLE,)], [(CIRCLE, OTHERS)], False),
        ([(CIRCLE, OTHERS)], [(CIRCLE,)], False),
        ([(MEMBERS,)], [(MEMBERS,), (ALL,)], True),
        ([(CIRCLE,)], [(CIRCLE,), (ALL,)], True),
        ([(CIRCLE,)], [(ALL,), (CIRCLE,)], True),
        ([(MEMBERS,), (CIRCLE,)], [(CIRCLE,)], True),
        ([(ALL,)], [(ALL,), (MEMBERS,)], False),
        ([(ALL,), (CIRCLE,)], [(ALL,)], False),
        ([(CIRCLE,), (OTHERS,)], [(OTHERS,), (CIRCLE,)], True),
        ([(CIRCLE,), (OTHERS,)], [(CIRCLE,)], False),
    ],
    ids=str,
)
def test_a_regular_moves_a_topic_where_exactly_the_same_people_read(session, here, there, moves):
    """`here`, `there`: the groups that see a board, and those that see the one above it."""
    rosa = cast.member(session, "rosa", trust="regular")
    groups = {ALL: int(cast.Group.EVERYONE), MEMBERS: int(cast.Group.MEMBERS)}
    for name in (CIRCLE, OTHERS):
        groups[name] = cast.group(session, name).id
        cast.join(session, rosa, groups[name])
    section = cast.section(session).id

    def made(sights):
        parent = None
        for names in reversed(sights):
            rights = {groups[name]: [cast.Right.SEE, cast.Right.START] for name in names}
            parent = cast.board(session, rights=rights, section_id=section, parent_id=parent and parent.id)
        return parent

    topic, to = cast.topic(session, made(here), rosa), made(there)
    actor = cast.actor(session, rosa)
    if moves:
        actions.move_topic(session, actor, topic, to, cast.words("Over there."))
        assert topic.board_id == to.id
    else:
        with pytest.raises(Invalid, match="Not the same people"):
            actions.move_topic(session, actor, topic, to, cast.words("Over there."))


@pytest.mark.parametrize("name", ["bo", "mia"])
def test_members_may_not_and_neither_may_who_is_no_longer_a_regular(app, place, name):
    first, second = place
    with writing(app) as session:
        session.query(cast.Account).filter_by(name="rosa").one().trust = "member"
    with writing(app) as session:
        told = cast.words("x")
        for who in (person(session, name), person(session, "rosa")):
            one, two = topic_of(session, second), topic_of(session, first)
            with pytest.raises(Refused):
                actions.move_topic(session, who, one, board(session, "lounge"), told)
            with pytest.raises(Refused):
                actions.close_duplicate(session, who, one, two, told)
            if name == "bo":
                with pytest.raises(Refused):
                    actions.retitle(session, who, one, "Another title", [])


def test_the_page_offers_it_takes_it_and_gives_words_back(app, client, place):
    first, second = place
    enter(app, client, "bo")
    assert "/tidy" not in read(client, f"/t/{second}")
    assert client.get(f"/t/{second}/tidy").status_code == 403
    assert send(client, "/", f"/t/{second}/move", board="lounge").status_code == 403
    enter(app, client, "rosa")
    assert f"/t/{second}/tidy" in read(client, f"/t/{second}")
    answer = client.submit(f"/t/{second}/tidy", {"title": "No"}, form="retitle")
    assert answer.status_code == 422
    assert 'value="No"' in answer.text
    assert (
        client.submit(f"/t/{second}/tidy", {"title": "Which [wax]?", "tags": ["wax"]}, form="retitle").status_code
        == 303
    )
    assert client.submit(f"/t/{second}/tidy", {"board": ""}, form="move").status_code == 422
    assert client.submit(f"/t/{second}/tidy", {"board": "lounge"}, form="move").status_code == 303
    page = read(client, f"/t/{second}")
    assert "moved this topic here" in page
    assert "It was in" in page
    for wrong in ("", "nonsense", "/t/9999"):
        assert client.submit(f"/t/{second}/tidy", {"other": wrong}, form="duplicate").status_code == 422
    answer = client.submit(f"/t/{second}/tidy", {"other": f"http://forum.test/t/{first}-which"}, form="duplicate")
    assert answer.status_code == 303
    page = read(client, f"/t/{second}")
    assert "Closed, since this says the same" in page
    assert f"/t/{first}-which-wax-for-the-bridge" in page
    assert send(client, f"/t/{second}", f"/t/{second}/reopen").status_code == 303
    assert "Closed, since this says the same" not in read(client, f"/t/{second}")
    assert "closes duplicates" in client.get("/standing").text


def test_a_regular_rewrites_no_title_of_the_organization_nor_where_members_start_nothing(app, place, client, uncounted):
    first, second = place
    with writing(app) as session:
        opening = session.scalars(select(Post).where(Post.topic_id == first, Post.number == 1)).one()
        opening.capacity, opening.organization_id = "official", cast.host(session).id
        shut = cast.board(session, "news", rights={cast.Group.EVERYONE: [cast.Right.SEE]})
        there = cast.topic(session, board(session, "talk"), cast.member(session, "nell"), "What is new")
        there.board_id, news = shut.id, there.id
    enter(app, client, "rosa")
    for topic_id in (first, news):
        assert send(client, f"/t/{topic_id}", f"/t/{topic_id}/retitle", title="Lies, all lies").status_code == 403
    assert f"/t/{first}/retitle" not in client.get(f"/t/{first}/tidy", follow_redirects=True).text
    assert send(client, f"/t/{second}", f"/t/{second}/retitle", title="Help with wax").status_code == 303
    with reading(app) as session:
        assert topic_of(session, first).title == "Which wax for the bridge"
