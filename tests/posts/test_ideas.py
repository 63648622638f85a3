"""Ideas: one vote a member, states with a reason, duplicates merged and taken apart, on both databases."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import Invalid, Refused
from forum.posts import actions, ideas, queries
from forum.posts.check import drifts
from forum.posts.models import Post, Topic
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing
from tests.posts.people import enter, leave, press, send

WHY = "Because the workshop has room for it."


@pytest.fixture
def board(session):
    return cast.board(session, "ideas", kind="idea")


def act(session, person, verb, topic, *rest):
    actor = cast.actor(session, person)
    session.flush()
    return verb(session, actor, queries.topic_for_update(session, actor, topic.id), *rest)


def refused(session, person, verb, topic, *rest, error=Invalid):
    with pytest.raises(error) as said, session.begin_nested():
        act(session, person, verb, topic, *rest)
    return said.value.sentence


# ── votes ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_has_an_idea_is_for_it_and_everybody_has_one_vote_that_can_be_taken_back(session, board):
    ada, bo, stella = cast.member(session), cast.member(session), cast.staff(session)
    idea = cast.topic(session, board, ada)
    assert idea.vote_count == 1
    act(session, bo, actions.vote, idea)
    act(session, bo, actions.vote, idea)
    assert idea.vote_count == 2
    act(session, ada, actions.unvote, idea)
    act(session, ada, actions.unvote, idea)
    assert idea.vote_count == 1
    refused(session, stella, actions.vote, idea, error=Refused)
    assert cast.topic(session, board, stella).vote_count == 0, "the host decides, it does not vote"
    refused(session, bo, actions.vote, cast.topic(session, cast.board(session), ada))
    assert list(drifts(session)) == []


def test_two_votes_at_once_are_two_and_the_same_twice_at_once_is_one(app):
    with writing(app) as session:
        ada, bo, cleo = (cast.member(session, name) for name in ("ada", "bo", "cleo"))
        idea = cast.topic(session, cast.board(session, kind="idea"), ada).id
        voters = [cast.actor(session, person) for person in (bo, bo, cleo, cleo, ada)]

    def vote(actor):
        with writing(app) as session:
            actions.vote(session, actor, queries.topic_for_update(session, actor, idea))

    assert at_once(*(partial(vote, actor) for actor in voters)) == [None] * 5
    with reading(app) as session:
        assert session.get(Topic, idea).vote_count == 3
        assert list(drifts(session)) == []


# ── states ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_staff_and_moderators_say_how_far_it_is_and_why_and_nobody_else_does(session, board):
    ada, eli, stella = cast.member(session), cast.moderator(session), cast.staff(session)
    idea = cast.topic(session, board, ada)
    refused(session, ada, actions.change_state, idea, "planned", cast.words(WHY), error=Refused)
    assert "Say why" in refused(session, eli, actions.change_state, idea, "planned", cast.words(" "))
    act(session, eli, actions.change_state, idea, "discussion", cast.words("Let us hear more."))
    act(session, stella, actions.change_state, idea, "declined", cast.words(WHY))
    refused(session, ada, actions.unvote, idea)
    refused(session, stella, actions.change_state, idea, "declined", cast.words(WHY))
    refused(session, stella, actions.change_state, idea, "duplicate", cast.words(WHY))
    steps = queries.idea_steps(session, idea)
    assert [(step.state, step.note.author_id) for step in steps] == [("discussion", eli.id), ("declined", stella.id)]
    assert [step.note.affiliation_kind for step in steps] == ["", "staff"]
    assert idea.reply_count == 0, "a note is nobody's words"
    assert list(drifts(session)) == []


# ── merging ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_merging_adds_distinct_voters_and_undoing_it_leaves_everybody_their_own(session, board):
    ada, bo, cleo, eli = cast.member(session), cast.member(session), cast.member(session), cast.moderator(session)
    one, other, third = (cast.topic(session, board, person) for person in (ada, bo, eli))
    act(session, cleo, actions.vote, one)
    act(session, cleo, actions.vote, other)
    why = cast.words(WHY)

    def merge(topic, target):
        actor = cast.actor(session, eli)
        actions.merge_idea(session, actor, *queries.topics_for_update(session, actor, topic.id, target.id), why, why)

    def unmerge(topic, target):
        actor = cast.actor(session, eli)
        actions.unmerge_idea(session, actor, *queries.topics_for_update(session, actor, topic.id, target.id), why)

    act(session, eli, actions.change_state, one, "planned", why)
    merge(one, other)
    assert (one.vote_count, other.vote_count, one.idea_state, one.duplicate_of_id) == (2, 3, "duplicate", other.id)
    refused(session, ada, actions.vote, one)
    merge(other, third)
    assert third.vote_count == 4
    with pytest.raises(Invalid, match="third"):
        unmerge(one, other)
    with pytest.raises(Invalid, match="merged"):
        merge(third, other)
    unmerge(other, third)
    act(session, ada, actions.unvote, other)
    act(session, ada, actions.vote, other)
    unmerge(one, other)
    assert (one.vote_count, other.vote_count, third.vote_count) == (2, 3, 1), "ada voted there herself meanwhile"
    assert (one.idea_state, one.duplicate_of_id) == ("planned", None)
    with pytest.raises(Invalid, match="same board"):
        merge(one, cast.topic(session, cast.board(session, kind="idea"), ada))
    assert list(drifts(session)) == []


@given(state=st.sampled_from(ideas.STATES), after=st.sampled_from((*ideas.STATES, "", "gone")))
def test_an_idea_goes_only_where_somebody_may_choose_to_put_it(state, after):
    try:
        ideas.check_change(state, after)
    except Invalid:
        assert after not in ideas.CHOICES or state in (after, "duplicate")
    else:
        assert after in ideas.CHOICES
        assert state not in (after, "duplicate")


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_board_of_ideas_shows_most_votes_first_ties_older_first_and_by_state(app, client, clock):
    with writing(app) as session:
        board, eli = cast.board(session, "ideas", kind="idea"), cast.moderator(session, "eli")
        made = []
        for name in ("ada", "bo", "cleo", "dora"):
            made.append(cast.topic(session, board, cast.member(session, name), f"Idea of {name}"))
            clock.shift(timedelta(minutes=1))
        act(session, session.get_one(type(eli), made[0].author_id), actions.vote, made[2])
        act(session, eli, actions.change_state, made[1], "done", cast.words(WHY))

    def listed(show=""):
        text = client.get(f"/b/ideas?show={show}").text
        return sorted(
            (one for one in ("ada", "bo", "cleo", "dora") if f"Idea of {one}" in text),
            key=lambda one: text.index(f"Idea of {one}"),
        )

    assert listed() == ["cleo", "ada", "dora"]
    assert listed("done") == ["bo"]
    assert listed("all") == ["cleo", "ada", "bo", "dora"]
    assert "2 votes" in client.get("/b/ideas").text
    assert "Nothing here is like this now." in client.get("/b/ideas?show=doing").text
    assert client.get("/b/ideas?show=done&page=2").status_code == 404
    assert client.get("/b/ideas?show=nonsense").status_code == 200


@pytest.fixture
def idea(app):
    with writing(app) as session:
        return cast.topic(session, cast.board(session, "ideas", kind="idea"), cast.member(session, "ada"), "A bench").id


def test_voting_is_one_button_and_htmx_gets_only_what_changed(app, client, idea):
    enter(app, client, "bo")
    assert press(client, f"/t/{idea}", f"/t/{idea}/vote").location == f"/t/{idea}-a-bench#backing"
    text = client.get(f"/t/{idea}", follow_redirects=True).text
    assert "2 votes" in text
    answer = press(client, f"/t/{idea}", f"/t/{idea}/unvote", htmx=True)
    assert "1 vote" in answer.text
    assert "<html" not in answer.text
    assert f"/t/{idea}/vote" in answer.text
    leave(client)
    assert f"/t/{idea}/vote" not in client.get(f"/t/{idea}", follow_redirects=True).text
    enter(app, client, "stella", cast.staff)
    assert f"/t/{idea}/vote" not in client.get(f"/t/{idea}", follow_redirects=True).text
    assert send(client, f"/t/{idea}", f"/t/{idea}/vote").status_code == 403


def test_a_refused_reason_comes_back_and_a_good_one_is_read_by_everybody(app, client, idea):
    enter(app, client, "stella", cast.staff)
    page = f"/t/{idea}/state"
    answer = send(client, page, page, state="planned", reason="No")
    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert ">\nNo</textarea>" in answer.text
    assert send(client, page, page, state="planned", reason="In spring, all of it.").status_code == 303
    leave(client)
    text = client.get(f"/t/{idea}", follow_redirects=True).text
    assert text.count("In spring, all of it.") == 2, "in the history, and as a note in the stream"
    assert "Planned" in text
    enter(app, client, "bo")
    assert client.get(page).status_code == 403


def test_ideas_are_merged_and_taken_apart_on_the_page(app, client, idea):
    with writing(app) as session:
        board = session.get_one(Topic, idea).board_id
        other = cast.topic(
            session, session.get_one(type(cast.board(session)), board), cast.member(session), "A [seat]"
        ).id
    enter(app, client, "stella", cast.staff)
    page = f"/t/{idea}/state"
    assert send(client, page, f"/t/{idea}/merge", reason=WHY).status_code == 422
    nowhere = send(client, page, f"/t/{idea}/merge", pasted="/t/999-gone", reason=WHY)
    assert (nowhere.status_code, "/t/999-gone" in nowhere.text) == (422, True)
    answer = press(client, page, f"/t/{idea}/merge", pasted=f"https://forum.example/t/{other}-an-idea", reason=WHY)
    assert answer.location == f"/t/{other}-a-seat"
    assert "2 votes" in client.get(answer.location).text
    text = client.get(f"/t/{idea}", follow_redirects=True).text
    assert f'<a href="/t/{other}-a-seat">A [seat]</a>' in text
    press(client, page, f"/t/{idea}/unmerge", reason="They are not the same.")
    assert "1 vote" in client.get(f"/t/{other}", follow_redirects=True).text
    with reading(app) as session:
        assert session.query(Post).filter_by(topic_id=other).count() == 2
        assert list(drifts(session)) == []
