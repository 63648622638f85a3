"""Where it gets heated, members take a little longer between replies: kindly, with why, and never who has a duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import TooSoon
from forum.organization.voices import Voice
from forum.permissions import Group
from forum.posts import actions, queries
from forum.posts.drafts import ReplyDraft
from forum.posts.heat import FROM, Heat, check_heat, goes_on_at, pause
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import counted, enter, read, send

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
heats = st.builds(Heat, st.integers(0, 50), st.integers(0, 10), st.none() | st.just(NOW))


@given(heats, st.integers(1, 20), st.integers(0, 5))
def test_more_reports_never_make_it_shorter(heat, more, own):
    assert pause(replace(heat, flags=heat.flags + more, own=heat.own + own)) >= pause(heat)


@given(heats)
def test_below_three_reports_nobody_waits(heat):
    assert (pause(heat) == timedelta()) == (heat.flags < FROM)
    if heat.flags < FROM or heat.last_at is None:
        assert goes_on_at(heat, NOW) is None


@given(heats.filter(lambda heat: heat.is_heated and heat.last_at), st.timedeltas(timedelta(), timedelta(hours=3)))
def test_they_go_on_exactly_when_the_pause_is_over(heat, later):
    then = NOW + later
    if later >= pause(heat):
        check_heat(heat, then)
        return
    with pytest.raises(TooSoon) as said:
        check_heat(heat, then)
    assert timedelta(seconds=said.value.seconds) >= pause(heat) - later


def test_two_minutes_and_one_for_each_report_and_for_each_post_of_ones_own():
    assert pause(Heat(3)) == timedelta(minutes=5)
    assert pause(Heat(4, 2)) == timedelta(minutes=8)


class Quarrel:
    """A topic in which two chains of answers hang below the opening post; three reports stand in the first."""

    def __init__(self, session):
        self.session = session
        self.board = cast.board(session, "talk")
        self.mia, self.otto = cast.member(session, "mia"), cast.member(session, "otto")
        self.topic = cast.topic(session, self.board, self.otto)
        self.sharp = cast.reply(session, self.topic, self.otto)
        self.sharper = cast.reply(session, self.topic, cast.member(session), reply_to_number=self.sharp.number)
        self.calm = cast.reply(session, self.topic, cast.member(session))
        cast.reply(session, self.topic, self.mia)
        self.report(self.sharp, 1)
        self.report(self.sharper, 2)

    def report(self, post, flags):
        post.flag_count = flags
        self.session.flush()

    def reply(self, by, to=None, **given):
        with cast.unhurried():
            actor = cast.actor(self.session, by)
            topic = queries.topic_for_update(self.session, actor, self.topic.id)
            number = to.number if to is not None else None
            draft = ReplyDraft(cast.words("Well."), number, confirmed=frozenset({"row", "old"}), **given)
            return actions.reply(self.session, actor, topic, draft)


@pytest.fixture
def quarrel(session, clock):
    return Quarrel(session)


def test_a_member_waits_in_the_heated_chain_and_not_beside_it(quarrel, clock):
    with pytest.raises(TooSoon, match=r"getting heated.*in 5 minutes"):
        quarrel.reply(quarrel.mia, quarrel.sharper)
    with pytest.raises(TooSoon, match="in 5 minutes"):
        quarrel.reply(quarrel.mia)
    quarrel.reply(quarrel.mia, quarrel.calm)
    quarrel.reply(quarrel.mia, quarrel.sharp)  # above it there was one report only
    clock.shift(timedelta(minutes=5))
    assert quarrel.reply(quarrel.mia, quarrel.sharper).number == 8


def test_whose_own_posts_were_reported_waits_longer(quarrel, clock):
    quarrel.reply(cast.member(quarrel.session))  # who has not replied yet does so at once
    with pytest.raises(TooSoon, match="in 6 minutes"):
        quarrel.reply(quarrel.otto, quarrel.sharper)
    quarrel.report(quarrel.sharper, 1)
    quarrel.reply(quarrel.otto, quarrel.sharper)


def test_who_moderates_or_owes_an_answer_never_waits(quarrel):
    session = quarrel.session
    momo, stella, sara = cast.moderator(session, "momo"), cast.staff(session, "stella"), cast.staff(session, "sara")
    for _twice in range(2):
        quarrel.reply(momo, quarrel.sharper)
        quarrel.reply(stella, quarrel.sharper, voice=Voice("moderate", "official", "host"))
    grants = {role.role: role for role in session.query(cast.RoleGrant).filter_by(account_id=sara.id)}
    session.delete(grants["host"])
    session.flush()
    answer = {"voice": Voice("answer", "official", "responder")}
    quarrel.reply(sara, quarrel.sharper, **answer)
    with pytest.raises(TooSoon, match="heated"):
        quarrel.reply(sara, quarrel.sharper, **answer)
    quarrel.topic.urgent_at, quarrel.topic.urgent_by_id = quarrel.topic.created_at, quarrel.mia.id
    session.flush()
    quarrel.reply(sara, quarrel.sharper, **answer)


def test_the_words_come_back_and_the_page_says_why_before_they_are_written(app, client, clock, uncounted):
    with writing(app) as session:
        quarrel = Quarrel(session)
        page = f"/t/{quarrel.topic.id}"
    enter(app, client, "mia")
    said = read(client, page)
    assert "This is getting heated" in said
    assert "waits 5 minutes between two replies" in said
    assert 'data-until="2026-03-02T09:05:00+00:00"' in said
    clock.shift(timedelta(seconds=30))
    refused = send(client, page, f"{page}/reply", body="Words that stay.")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "270")
    assert "Words that stay." in refused.text
    calm = read(client, f"{page}?reply_to={quarrel.calm.id}")
    assert "This is getting heated" not in calm
    clock.shift(timedelta(minutes=6))
    assert "data-until" not in read(client, page)
    enter(app, client, "momo", cast.moderator)
    assert "This is getting heated" not in read(client, page)


def test_it_costs_a_reply_one_question_and_a_page_none(app, session, clock):
    quarrel = Quarrel(session)
    actor = cast.actor(session, quarrel.mia)
    from forum.posts.queries.heat import heat_for_reply

    with counted(app) as said:
        heat = heat_for_reply(session, actor, quarrel.topic, quarrel.sharper.number)
    assert (len(said), heat.flags, heat.own) == (1, 3, 0)
    topic = queries.topic(session, actor, quarrel.topic.id)
    assert (topic.flags_here, topic.own_flagged, topic.own_reply_at is not None) == (3, 0, True)
    assert session.get_one(Post, quarrel.calm.id).flag_count == 0
    assert int(Group.MODERATORS) not in actor.groups
