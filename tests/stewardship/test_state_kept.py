"""Whatever people do, in whatever order and at once, the state of a board is what its posts say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import time_machine
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from forum import identity
from forum.boards.models import Board
from forum.core import clock as clocks
from forum.core.db import db, transaction
from forum.importers.queries import posts_without_affiliation
from forum.organization.guard import evaluate
from forum.organization.intents import Intent
from forum.organization.models import BoardSummary
from forum.organization.queries.state import board_state
from forum.organization.situation import Purpose, TopicFacts, Writer
from forum.organization.verdicts import RuleId
from forum.organization.voices import Voice
from forum.organization.windows import Asked
from forum.posts import actions, queries
from forum.posts.models import Post
from forum.stewardship import actions as stewardship
from forum.stewardship import check
from forum.stewardship.queries import facts
from forum.stewardship.voice import share_of_voice, staff_started
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, undone, writing
from tests.machines.proof import share
from tests.posts.test_check import Community as Several

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INTENTS = ("answer", "moderate", "seed", "announce", "official", "welcome")
WAITS = (timedelta(minutes=20), timedelta(minutes=61), 3 * HOUR, 5 * DAY, 16 * DAY)
STEPS = (
    *("start", "speak", "speak", "begin", "begin", "reply", "reply", "reply", "soft reply"),
    *("delete", "delete", "delete", "undelete", "undelete", "move", "move", "repurpose", "edit"),
    *("import", "hide", "pin", "pin", "unpin", "wait", "wait", "wait", "look"),
)
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 7), st.integers(0, 7), st.integers(0, 7))


class Community(Several):
    """As it is for counters, with staff who say what for, topics that move, and days that pass."""

    def __init__(self, session, clock):
        super().__init__(session)
        self.clock = clock
        self.people += [cast.staff(session, "gil")] * 2

    def voice(self, person, what):
        is_staff = person.name in ("dora", "gil")
        return Voice(INTENTS[what % 6], "official", "announcer" if what % 6 == 3 else "seeder") if is_staff else Voice()

    def begin(self, person, _actor, which, what):
        cast.topic(self.session, self.boards[which % 3], person, voice=self.voice(person, what))

    def speak(self, person, actor, which, what):
        cast.reply(self.session, self.topics(actor, which), person, voice=self.voice(person, what))

    def move(self, _person, actor, which, what):
        told = cast.words("It was elsewhere.")
        actions.move_topic(self.session, actor, self.topics(actor, which), self.boards[what % 3], told)

    def repurpose(self, person, actor, which, what):
        """An edit of staff that has another purpose."""
        post = self.posts(actor, which)
        if post.affiliation_kind:
            post.intent = INTENTS[what % 6]
            self.edit(person, actor, which, what)

    def unpin(self, _person, actor, which, _what):
        actions.unpin(self.session, actor, self.topics(actor, which))

    def wait(self, _person, _actor, which, _what):
        self.clock.shift(WAITS[which % len(WAITS)])

    def look(self, _person, _actor, which, _what):
        board = self.boards[which % 3].id
        stewardship.measure(self.session, board, clocks.now(), posts_without_affiliation(), is_off=False)

    def bring(self, which, what, *, hidden=False):
        super().bring(which, what, hidden=hidden)
        boards = [board.id for board in self.boards]
        stewardship.settle_boards(self.session, boards, clocks.now(), posts_without_affiliation())


@given(steps=st.lists(step, min_size=1, max_size=25))
@settings(max_examples=share(80))
@example(steps=[("start", 0, 0, 0), ("pin", 7, 0, 0), ("wait", 0, 0, 0), *[("start", 0, 0, 0)] * 4, ("pin", 7, 0, 0)])
def test_whatever_people_do_the_state_of_every_board_is_what_its_posts_say(app, steps):
    with time_machine.travel("2026-03-02T09:10:00Z", tick=False) as clock, undone(app) as session:
        community = Community(session, clock)
        community.do("begin", 3, 0, 2)
        for verb, who, which, what in steps:
            community.do(verb, who, which, what)
        session.flush()
        found = list(check.drifts(session, clocks.now(), posts_without_affiliation()))
        assert found == [], steps
        clock.move_to(clocks.now().replace(minute=0) + HOUR)
        for board in community.boards:  # at the full hour it is the measure, to the post
            state = board_state(session, board, clocks.now())
            then = facts(session, [board.id], clocks.now(), posts_without_affiliation())
            assert (state.our_posts, state.posts) == (share_of_voice(then).k, share_of_voice(then).n), steps
            assert (state.our_topics, state.topics) == (staff_started(then).k, staff_started(then).n), steps


# ── two at once ───────────────────────────────────────────────────────────────────────────────────────────────────────

ANSWER = Voice("answer", "official", "responder")


def test_two_of_the_staff_who_post_at_the_same_moment_do_not_both_take_the_last_room(app):
    """Each in a topic of their own: nothing but the board's state can hold one of them back."""
    with writing(app) as session:
        board = cast.board(session, peer_first=False)
        board_id, asker = board.id, cast.member(session)
        staff = [cast.staff(session).id for _ in range(2)]
        topics = [cast.topic(session, board, asker).id for _ in range(2)]
        for person in (*[asker] * 13, *[session.get_one(cast.Account, staff[0])] * 7):
            cast.reply(session, topic_for(session, topics[0], person), person)
        session.execute(update(BoardSummary).values(stage="establishment"))  # 7 of 22, of at most 35 %

    def posts(number):
        with writing(app) as session:
            person = session.get_one(cast.Account, staff[number])
            topic, now = topic_for(session, topics[number], person), clocks.now()
            state = board_state(session, session.get_one(Board, board_id), now, lock=True)
            about = TopicFacts(Asked(now - 10 * DAY))
            verdict = evaluate(Writer(True), about, state, Purpose(Intent.ANSWER), "", now)
            voice = next(rule for rule in verdict.rules if rule.id == RuleId.VOICE)
            if has_room := voice.level < 2:
                cast.reply(session, topic, person, voice=ANSWER)
        return has_room

    with cast.unhurried():
        assert sorted(at_once(*(partial(posts, number) for number in range(2)))) == [False, True]
    with reading(app) as session:
        state = board_state(session, session.get_one(Board, board_id), clocks.now())
        assert (state.our_posts, state.posts) == (8, 23)
        assert session.query(Post).count() == 23


def test_twenty_who_post_and_take_back_at_once_are_all_counted(app):
    """Members and staff, replies and topics, on one board: nobody waits in a ring, and nothing is lost."""
    with writing(app) as session:
        board = cast.board(session)
        board_id = board.id
        people = [(cast.staff if number % 4 == 0 else cast.member)(session).id for number in range(8)]
        topics = [cast.topic(session, board, session.get_one(cast.Account, people[n])).id for n in range(3)]

    def takes_part(number):
        with app.app_context():
            with transaction() as session:
                person = session.get_one(cast.Account, people[number % 8])
                topic = topic_for(session, topics[number % 3], person)
                if person.id in (people[0], people[4]):
                    board_state(session, session.get_one(Board, board_id), clocks.now(), lock=True)
                post = cast.reply(session, topic, person).id
            if number % 5 == 0:
                with transaction() as session:
                    actor = identity.actor_for(session, session.get_one(cast.Account, people[number % 8]))
                    actions.delete_post(session, actor, queries.post_for_update(session, actor, post))
            db.session.remove()

    with cast.unhurried(), ThreadPoolExecutor(8) as pool:
        list(pool.map(takes_part, range(20)))
    with reading(app) as session:
        assert list(check.drifts(session, clocks.now(), posts_without_affiliation())) == []
        state = board_state(session, session.get_one(Board, board_id), clocks.now())
        assert (state.posts, state.topics) == (3 + 16, 3)


def topic_for(session, topic_id, person):
    return queries.topic_for_update(session, cast.actor(session, person), topic_id)
