"""Voting through the verbs, on both databases: once each, changed freely, closed in time, told to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from forum import wiring
from forum.core import clock as clocks
from forum.core.db import db
from forum.core.errors import Conflict, ForumError, Invalid, NotFound, Refused
from forum.organization.overriding import HeldBack
from forum.permissions import HOUSE
from forum.polls import actions, queries
from forum.polls.check import RULES
from forum.polls.events import PollClosed
from forum.polls.models import Poll, PollVote
from forum.posts.check import drifts
from forum.posts.models import Post, Topic
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing
from tests.polls.people import WHICH, heard, polled, ready
from tests.posts.doors import established


@pytest.fixture
def scene(session):
    """Ada's poll on a public board, with Bo, Cleo and Rena of the staff."""
    people = {name: cast.member(session, name) for name in ("ada", "bo", "cleo")}
    people["rena"] = cast.staff(session, "rena")
    people["mod"] = cast.moderator(session, "mod")
    return people, cast.board(session)


def choose(session, person, post, *places, verb=actions.vote):
    actor = cast.actor(session, person)
    found, poll = ready(session, actor, post.id)
    chosen = {poll.options[place].id for place in places}
    verb(session, actor, found, poll, chosen) if verb is actions.vote else verb(session, actor, found, poll)


def seen(session, person, post):
    return queries.polls_for(session, cast.actor(session, person), [post])[post.id]


def test_everybody_votes_once_and_may_change_their_mind(session, scene):
    people, board = scene
    post = polled(session, board, people["ada"])
    for name, place in (("ada", 0), ("bo", 0), ("rena", 1), ("bo", 1), ("bo", 1)):
        choose(session, people[name], post, place)
    view = seen(session, people["bo"], post)
    assert [(option.votes, option.is_mine) for option in view.options] == [(1, False), (2, True), (0, False)]
    assert (view.voters, view.options[1].percent) == (3, 67)
    choose(session, people["bo"], post, verb=actions.withdraw_vote)
    assert seen(session, None, post).voters == 2
    assert list(drifts(session, further=RULES)) == []
    with pytest.raises(Invalid):
        choose(session, people["bo"], post, 0, 1)


def test_results_stay_hidden_until_their_time_even_from_the_author(session, scene):
    people, board = scene
    post = polled(session, board, people["ada"], replace(WHICH, results="closed", is_anonymous=False))
    choose(session, people["bo"], post, 0)
    for person in (people["ada"], people["bo"], people["mod"], None):
        assert {option.votes for option in seen(session, person, post).options} == {None}
    with pytest.raises(Refused):
        queries.voters_of(session, cast.actor(session, people["bo"]), post)
    choose(session, people["ada"], post, verb=actions.close_poll)
    assert [option.votes for option in seen(session, None, post).options] == [1, 0, 0]
    _view, named = queries.voters_of(session, cast.actor(session, people["cleo"]), post)
    assert [[person.name for person in option.people] for option in named] == [["bo"], [], []]


def test_nobody_is_told_who_voted_in_an_anonymous_poll(session, scene):
    people, board = scene
    post = polled(session, board, people["ada"])
    with heard(session) as said:
        choose(session, people["bo"], post, 0)
    for name in ("ada", "mod", "bo"):
        with pytest.raises(Refused):
            queries.voters_of(session, cast.actor(session, people[name]), post)
    assert said
    assert all(people["bo"].id not in vars(event).values() for event in said)


def test_a_poll_closes_by_itself_once_and_takes_no_votes_after_its_hour(session, scene, clock):
    people, board = scene
    closes = clocks.now() + timedelta(hours=1)
    post = polled(session, board, people["ada"], replace(WHICH, closes_at=closes))
    choose(session, people["bo"], post, 0)
    clock.shift(timedelta(hours=1))
    with pytest.raises(Invalid):  # before the worker has come by
        choose(session, people["cleo"], post, 0)
    assert not seen(session, people["bo"], post).is_open
    with heard(session) as said:
        assert actions.close_due_polls(session, HOUSE) == 1
        assert actions.close_due_polls(session, HOUSE) == 0
    poll = session.query(Poll).one()
    assert said == [PollClosed(poll.id, post.id, None)]
    with pytest.raises(Refused):
        actions.close_due_polls(session, cast.actor(session, people["mod"]))


def test_words_change_before_the_first_vote_or_within_five_minutes(session, scene, clock):
    people, board = scene
    post = polled(session, board, people["ada"])
    choose(session, people["bo"], post, 0)
    choose(session, people["cleo"], post, 1)
    ada = cast.actor(session, people["ada"])
    other = replace(WHICH, options=("Sheep", "Silk"))
    with pytest.raises(Conflict):
        actions.edit_poll(session, ada, *ready(session, ada, post.id), other, seen=1)
    actions.edit_poll(session, ada, *ready(session, ada, post.id), other, seen=2)
    view = seen(session, people["bo"], post)
    assert [(option.words, option.votes) for option in view.options] == [("Sheep", 1), ("Silk", 0)]
    assert view.voters == 1  # Cleo may choose anew
    assert list(drifts(session, further=RULES)) == []
    clock.shift(timedelta(minutes=6))
    with pytest.raises(Invalid, match="stay"):
        actions.edit_poll(session, ada, *ready(session, ada, post.id), WHICH, seen=1)
    until = clocks.now() + timedelta(days=1)
    actions.edit_poll(session, ada, *ready(session, ada, post.id), replace(other, closes_at=until), seen=1)
    assert seen(session, None, post).closes_at == until
    bo = cast.actor(session, people["bo"])
    standing = ready(session, bo, post.id)
    with pytest.raises(Refused):
        actions.edit_poll(session, bo, *standing, other, seen=1)


def test_the_words_of_a_poll_are_asked_as_an_edit_of_its_post_is_and_leave_edited(session, scene, clock):
    people, board = scene
    post = polled(session, board, people["rena"])
    rena = cast.actor(session, people["rena"])

    def ask(question):
        standing = ready(session, rena, post.id)
        actions.edit_poll(session, rena, *standing, replace(WHICH, question=question), seen=0)

    with established(our_posts=60):
        ask("Which gut do you use?")
        assert (post.edited_at, post.revision_count) == (None, 0)
        for much in ("Which gut? " + "We sell all of them and recommend the first. " * 3, "https://example.org/buy?"):
            with pytest.raises(HeldBack):
                ask(much)
        clock.shift(timedelta(minutes=6))
        ask("Which gut do you use? " + "We sell all of them, you know. " * 2)
        assert (post.edited_at, post.revision_count) == (clocks.now(), 1)
        with pytest.raises(HeldBack):  # many small ones are a large one
            ask("Which gut do you use? " + "We sell all of them, you know. " * 4)
    ask("Which gut do you use? " + "We sell all of them, you know. " * 4)
    assert list(drifts(session, further=RULES)) == []


def test_what_voters_were_promised_about_names_and_results_stays(session, scene):
    people, board = scene
    post = polled(session, board, people["ada"])
    ada = cast.actor(session, people["ada"])
    actions.edit_poll(session, ada, *ready(session, ada, post.id), replace(WHICH, results="closed"), seen=0)
    choose(session, people["bo"], post, 0)
    for other in (replace(WHICH, results="closed", is_anonymous=False), replace(WHICH, results="now")):
        with pytest.raises(Invalid, match="promised"):
            actions.edit_poll(session, ada, *ready(session, ada, post.id), other, seen=1)


def test_a_poll_on_a_closed_board_is_not_there_for_others_and_the_suspended_do_not_vote(session, scene):
    people, board = scene
    desk = cast.board(session, rights=cast.STAFF_ONLY)
    hidden = polled(session, desk, people["rena"])
    with pytest.raises(NotFound):
        choose(session, people["bo"], hidden, 0)
    post = polled(session, board, people["ada"])
    with pytest.raises(Refused):
        choose(session, cast.suspended(session, "sven"), post, 0)


def test_a_poll_that_cannot_be_takes_its_post_back(app):
    with writing(app) as session:
        ada, board = cast.member(session, "ada"), cast.board(session)
        ids = ada.id, board.id
    bad = {**WHICH.kept(), "options": ["only one"]}
    with pytest.raises(ForumError), writing(app) as session:
        cast.topic(
            session,
            session.get(cast.Board, ids[1]),
            session.get(cast.Account, ids[0]),
            along={"poll": bad},
        )
    with reading(app) as session:
        assert session.query(Topic).count() == session.query(Poll).count() == 0


def test_many_vote_at_once_and_each_counts_once(app):
    with writing(app) as session:
        people = [cast.member(session).id for _ in range(8)]
        post_id = polled(session, cast.board(session), cast.member(session, "ada")).id

    def votes(person_id):
        for place in (0, 1, 1):
            with writing(app) as session:
                choose(session, session.get(cast.Account, person_id), session.get(Post, post_id), place)

    assert at_once(*(partial(votes, person) for person in people)) == [None] * 8
    with reading(app) as session:
        view = queries.polls_for(session, cast.actor(session, None), [session.get(Post, post_id)])[post_id]
        assert [option.votes for option in view.options] == [0, 8, 0]
        assert view.voters == session.query(PollVote).count() == 8
        assert list(drifts(session, further=RULES)) == []


def test_the_worker_may_die_between_and_does_it_once(app, clock, monkeypatch):
    with writing(app) as session:
        closes = clocks.now() + timedelta(minutes=1)
        ballot = replace(WHICH, closes_at=closes)
        board, ada = cast.board(session), cast.member(session, "ada")
        for _ in range(3):
            polled(session, board, ada, ballot)
    clock.shift(timedelta(minutes=2))
    with app.app_context():
        with monkeypatch.context() as patched:
            patched.setattr(actions, "emit", lambda *_: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                wiring.JOBS["close_due_polls"]()
        assert db.session().query(Poll).filter(Poll.closed_at.is_not(None)).count() == 0
        wiring.JOBS["close_due_polls"]()
        wiring.JOBS["close_due_polls"]()
        db.session.remove()
        assert db.session().query(Poll).filter(Poll.closed_at.is_not(None)).count() == 3
        db.session.remove()
