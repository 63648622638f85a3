"""Who comes to an event, through the verb, on both databases: fair, whoever comes and goes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core import clock as clocks
from forum.core.errors import Invalid, NotFound, Refused
from forum.gatherings import actions, places, queries
from forum.gatherings.models import Attendance
from forum.posts import actions as posts
from forum.posts.drafts import EditDraft
from forum.posts.models import Post, Topic
from forum.posts.queries import post_for_update, topic_for_update
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, undone, writing


def event(session, where, by, seats=2, **given):
    starts = clocks.now() + timedelta(days=3)
    fields = {"place": "The hall", "time_zone": "Europe/Dublin"} | ({"places": seats} if seats else {})
    return cast.topic(session, where, by, starts_at=starts, fields=fields, **given)


def answers(session, person, topic, answer):
    actor = cast.actor(session, person)
    actions.attend(session, actor, topic_for_update(session, actor, topic.id), answer)


def names(session, topic, state="yes"):
    everyone = cast.actor(session, session.query(cast.Account).first())
    found = queries.gathering(session, everyone, topic)
    return [person.name for person in found.answers[state].people]


steps = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(places.ANSWERS)), max_size=30)


class Line:
    """The waiting list as somebody with a pencil would keep it."""

    def __init__(self, seats):
        self.seats, self.seated, self.waiting, self.said = seats, [], [], {}

    def answers(self, who, answer):
        if self.said.get(who) == answer:
            return
        self.said[who] = answer
        for line in (self.seated, self.waiting):
            if who in line:
                line.remove(who)
        if answer == "yes":
            self.waiting.append(who)
        while self.waiting and len(self.seated) < self.seats:
            self.seated.append(self.waiting.pop(0))


@settings(max_examples=25)
@given(steps, st.integers(1, 3))
def test_places_are_given_first_come_first_served_whoever_comes_and_goes(app, turns, seats):
    with undone(app) as session:
        people = [cast.member(session, f"p{number}") for number in range(6)]
        topic = event(session, cast.board(session, kind="event"), people[0], seats)
        line = Line(seats)
        for who, answer in turns:
            answers(session, people[who], topic, answer)
            line.answers(f"p{who}", answer)
            assert sorted(names(session, topic)) == sorted(line.seated)
            assert names(session, topic, "waiting") == line.waiting


def test_more_places_let_the_next_ones_up_and_fewer_take_none_away(session):
    ada, bo, cleo, dan = (cast.member(session, name) for name in ("ada", "bo", "cleo", "dan"))
    board = cast.board(session, kind="event")
    topic = event(session, board, ada, 1)
    for person in (bo, cleo, dan):
        answers(session, person, topic, "yes")
    assert (names(session, topic), names(session, topic, "waiting")) == (["bo"], ["cleo", "dan"])
    actor = cast.actor(session, ada)
    for seats, seated in ((2, ["bo", "cleo"]), (1, ["bo", "cleo"])):
        opening = session.query(Post).filter_by(topic_id=topic.id, number=1).one()
        post = post_for_update(session, actor, opening.id)
        draft = EditDraft(
            cast.words(post.source),
            post.revision_count,
            fields=topic.fields | {"places": seats},
            starts_at=topic.starts_at,
        )
        posts.edit_post(session, actor, post, draft)
        assert names(session, topic) == seated
    assert topic.fields_version == 2


def test_a_free_place_passes_over_who_is_gone_or_shut_out_meanwhile(session):
    rena = cast.staff(session, "rena")
    circle = cast.group(session, "Circle")
    rights = {cast.Group.STAFF: [cast.Right.SEE, cast.Right.START], circle.id: [cast.Right.SEE]}
    topic = event(session, cast.board(session, kind="event", rights=rights), rena, 1)
    first, closed, suspended, put_out, last = (cast.member(session) for _ in range(5))
    for person in (first, closed, suspended, put_out, last):
        cast.join(session, person, circle.id)
        answers(session, person, topic, "yes")
    closed.deactivated_at = clocks.now()
    cast.suspend(session, suspended)
    session.query(cast.GroupMember).filter_by(group_id=circle.id, account_id=put_out.id).delete()
    session.flush()
    answers(session, first, topic, "no")
    rows = {row.account_id: row.is_waiting for row in session.query(Attendance).filter_by(topic_id=topic.id)}
    assert [rows[person.id] for person in (closed, suspended, put_out, last)] == [True, True, True, False]


def test_answers_stay_once_it_has_begun_and_only_events_are_attended(session, clock):
    ada = cast.member(session, "ada")
    topic = event(session, cast.board(session, kind="event"), ada)
    talk = cast.topic(session, cast.board(session), ada)
    with pytest.raises(Invalid):
        answers(session, ada, talk, "yes")
    with pytest.raises(Invalid):
        answers(session, ada, topic, "perhaps")
    clock.shift(timedelta(days=4))
    with pytest.raises(Invalid):
        answers(session, ada, topic, "yes")


def test_strangers_neither_see_nor_attend_what_happens_on_a_closed_board(session):
    rena, ada = cast.staff(session, "rena"), cast.member(session, "ada")
    topic = event(session, cast.board(session, kind="event", rights=cast.STAFF_ONLY), rena)
    with pytest.raises(NotFound):
        answers(session, ada, topic, "yes")
    public = event(session, cast.board(session, kind="event"), ada)
    with pytest.raises(Refused):
        answers(session, cast.suspended(session, "sven"), public, "yes")
    answers(session, ada, public, "yes")
    found = queries.gathering(session, cast.actor(session, None), public)
    assert (found.answers["yes"].count, list(found.answers["yes"].people)) == (1, [])


def test_the_last_place_goes_to_one_of_many_who_press_at_once(app):
    with writing(app) as session:
        people = [cast.member(session).id for _ in range(6)]
        topic_id = event(session, cast.board(session, kind="event"), cast.member(session, "ada"), 2).id

    def comes(person_id):
        for answer in ("yes", "yes"):
            with writing(app) as session:
                answers(session, session.get(cast.Account, person_id), session.get(Topic, topic_id), answer)

    assert at_once(*(partial(comes, person) for person in people)) == [None] * 6
    with reading(app) as session:
        rows = session.query(Attendance).order_by(Attendance.turn).all()
        assert [row.is_waiting for row in rows] == [False, False, True, True, True, True]
        assert len({row.turn for row in rows}) == 6
