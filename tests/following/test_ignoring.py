"""Whoever ignores somebody finds nothing of theirs in lists, searches and notices, and nobody learns of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from forum.accounts import actions as accounts
from forum.boards.queries import tag_by_slug
from forum.core import clock
from forum.core.errors import Invalid
from forum.notifications import queries as notices
from forum.notifications.queries import Watched
from forum.organization.voices import Voice
from forum.popularity.actions import keep_scores
from forum.popularity.queries import popular_page
from forum.popularity.scores import Span
from forum.posts import actions as posts
from forum.posts import queries
from forum.posts.models import Topic
from forum.posts.queries import attention
from forum.posts.queries.completing import people_like
from forum.posts.queries.listing import Listing
from forum.search.operators import parse
from forum.search.queries import search, similar
from tests import cast
from tests.notifications.people import heard, reply

OTHERS = ["Pegs stick of Cy", "Pegs stick of Rena"]


@pytest.fixture
def place(session):
    """Bo, whom Ada is about to ignore, began three topics, of which she follows one; Cy and Rena of Acme one each."""
    people = {name: cast.member(session, name) for name in ("ada", "bo", "cy")}
    rena = cast.staff(session, "rena")
    board = cast.board(session, "ask", kind="question")
    cast.tag(session, "gut")
    titles = {"Pegs stick 1": "bo", "Pegs stick 2": "bo", "Pegs stick, followed": "bo", OTHERS[0]: "cy"}
    topics = {
        title: cast.topic(session, board, people[name], title, "Chalk", tags=("gut",)) for title, name in titles.items()
    }
    official = Voice(intent="announce", capacity="official", role="announcer")
    cast.topic(session, board, rena, OTHERS[1], "Chalk", tags=("gut",), voice=official)
    for title, name in titles.items():
        reply(session, topics[title], people["cy" if name == "bo" else "bo"], "Yes, @ada.", "ada")
    kept = topics["Pegs stick, followed"]
    posts.follow_topic(session, cast.actor(session, people["ada"]), kept, "tracking")
    keep_scores(session, Span.WEEK, {topic.id: 1.0 for topic in session.query(Topic)}, clock.now())
    return SimpleNamespace(**people, rena=rena, board=board, topics=topics, kept=kept)


def ignore(session, person, whom):
    accounts.ignore(session, cast.actor(session, person), whom, 0)
    return cast.actor(session, person)


def lists(session, actor, board):
    """What every list shows, by its name."""
    pages = {
        "home": queries.home(session, actor).latest,
        "latest": queries.latest_page(session, actor).latest,
        "new": attention.new_page(session, actor).topics,
        "board": queries.board_page(session, actor, board).topics,
        "tag": queries.tag_page(session, actor, tag_by_slug(session, "gut")).topics,
        "questions": queries.questions_page(session, actor, "unsolved").topics,
        "top": popular_page(session, actor, Span.WEEK).topics,
    }
    return {name: page.items for name, page in pages.items()}


def test_every_list_leaves_out_what_they_began_but_for_what_one_follows_or_is_official(session, place):
    before = cast.actor(session, place.ada)
    assert {name: len(rows) for name, rows in lists(session, before, place.board).items()} == dict.fromkeys(
        ("home", "latest", "new", "board", "tag", "questions", "top"), 5
    )
    unread = queries.home(session, before).waiting.topics
    ignore(session, place.ada, place.rena)
    actor = ignore(session, place.ada, place.bo)
    for name, rows in lists(session, actor, place.board).items():
        assert sorted(row.title for row in rows) == [*OTHERS, "Pegs stick, followed"], name
        faces = {row.title: [face.name for face in row.faces] for row in rows}
        assert faces[OTHERS[0]] == ["cy"], name
    home = queries.home(session, actor)
    assert (unread, home.waiting.topics) == (5, 3)
    assert home.summaries[place.board.id].voice is None
    assert len(lists(session, cast.actor(session, place.bo), place.board)["latest"]) == 5, "they miss nothing"


def test_searches_and_suggestions_leave_them_out_unless_they_are_asked_for_by_name(session, place):
    found = lambda actor, line: [one.topic.title for one in search(session, actor, parse(line)).page.items]  # noqa: E731
    before = cast.actor(session, place.ada)
    assert len(found(before, "pegs")) == len(similar(session, before, "Pegs that stick")) == 5
    actor = ignore(session, place.ada, place.bo)
    assert sorted(found(actor, "chalk")) == OTHERS
    assert len(found(actor, "yes")) == 3, "others write in their topics, too"
    assert {one.title for one in similar(session, actor, "Pegs that stick")} == {*OTHERS, "Pegs stick, followed"}
    assert len(found(actor, "chalk @bo")) == 3
    topic = place.topics["Pegs stick 1"].id
    offered = lambda person, typed: [name for name, _ in people_like(session, person, typed, topic, 8)[0]]  # noqa: E731
    assert (offered(before, ""), offered(before, "bo")) == (["cy", "bo"], ["bo"])
    assert (offered(actor, ""), offered(actor, "bo")) == (["cy"], [])
    reply(session, place.topics["Pegs stick 1"], place.ada, "I am here.")
    bo = cast.actor(session, place.bo)
    assert (offered(bo, ""), offered(bo, "ad")) == (["cy"], ["ada"]), "not offered, but found by who looks for her"


def test_nobody_is_asked_to_answer_whom_one_ignores(session, place):
    place.bo.may_be_asked = place.ada.may_be_asked = True
    actor = ignore(session, place.ada, place.bo)
    topic = queries.topic_for_update(session, actor, place.topics[OTHERS[0]].id)
    quiet = queries.topic_for_update(session, actor, cast.topic(session, place.board, place.cy).id)
    with pytest.raises(Invalid, match="You ignore bo"):
        posts.ask_to_answer(session, actor, quiet, place.bo)
    posts.ask_to_answer(session, cast.actor(session, place.bo), topic, place.ada)
    assert "asked" not in heard(session, place.ada)
    assert not queries.topic(session, actor, topic.id).asked_by
    session.expire_all()
    assert queries.topic(session, cast.actor(session, place.ada), topic.id).asked_by is None
    bo = cast.actor(session, place.bo)
    assert queries.suggestions(session, actor, topic) == queries.suggestions(session, bo, topic) == []


def test_the_bell_and_open_pages_fall_silent_and_speak_again_when_it_ends(session, place):
    own, shown = place.topics[OTHERS[0]], Listing((place.board.id,))
    since = clock.now().replace(year=2000)
    assert len(heard(session, place.ada)) == 4
    news = lambda ignores: notices.news(session, Watched(place.ada.id, own.id, shown, ignores), 0, since)  # noqa: E731
    assert news(False) == (4, 2, 5)
    actor = ignore(session, place.ada, place.bo)
    assert news(True) == (3, 1, 2)
    assert [line.actor.name for line in notices.centre(session, actor).lines] == ["cy"] * 3
    reply(session, own, place.bo, "Again, @ada.", "ada")
    assert news(True) == (3, 1, 2)
    accounts.stop_ignoring(session, actor, place.bo)
    actor = cast.actor(session, place.ada)
    assert len(notices.centre(session, actor).lines) == 4
    assert news(bool(actor.ignored)) == (3, 3, 5)
