"""The rules of holding where words change: nothing waits that is there, and moderators hear of what would have."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core import clock as clocks
from forum.core.errors import Invalid, InvalidFields, TooSoon
from forum.holds.events import FlagAsked
from forum.moderation.models import Case, Flag
from forum.permissions import Kind
from forum.posts import actions
from forum.posts.drafts import EditDraft
from forum.posts.models import Post, Revision
from forum.posts.queries.finding import tag_slugs_of
from tests import cast
from tests.holds.people import answer, linked, living, start, watch

LONG = "There is much more to say about this. " * 8


def edit(session, by, post, body, **given):
    draft = EditDraft(body, base=post.revision_count, **given)
    with cast.unhurried():
        actions.edit_post(session, cast.actor(session, by), post, draft)


def retitle(session, by, topic, title):
    me, topic = cast.actor(session, by), living(session, topic)
    with cast.unhurried():
        actions.retitle(session, me, topic, title, tag_slugs_of(session, topic))


def reasons(heard):
    return [(event.why, event.held) for event in heard if isinstance(event, FlagAsked)]


def test_another_title_is_judged_by_whichever_door_it_comes(session, place, heard):
    board, *_ = place
    ada = cast.member(session, "ada")
    post = start(session, board, ada, title="About pegs")
    for pattern, action in {"filth": "block", "gosh": "censor", "loans": "hold", "rumour": "flag"}.items():
        watch(session, pattern, action)
    for change in (
        lambda title: retitle(session, ada, post.topic, title),
        lambda title: edit(session, ada, post, cast.words(post.source), title=title),
    ):
        with pytest.raises(Invalid) as refused:
            change("What filth")
        assert refused.value.field == "title"
    retitle(session, ada, post.topic, "Oh gosh, loans")
    assert post.topic.title == "Oh ■■■■, loans"
    edit(session, ada, post, cast.words(post.source), title="Oh gosh, loans and a rumour")
    assert post.topic.title == "Oh ■■■■, loans and a rumour"
    assert reasons(heard) == [("loans", ""), ("rumour", "")]
    assert session.query(Case).filter_by(kind="flagged", subject_id=post.id).count() == 1


def test_links_that_somebody_new_adds_afterwards_are_told_to_moderators(session, place, heard):
    board, newt, _mo = place
    topic = cast.topic(session, board, cast.member(session, "ada"))
    post = answer(session, topic, newt)
    assert isinstance(post, Post)
    edit(session, newt, post, linked())
    assert reasons(heard) == [("", "a link in a first post")]
    assert "A new post would have waited: a link in a first post" in session.query(Flag).one().words
    edit(session, newt, post, linked("Look right here"))
    assert len(reasons(heard)) == 1  # the link stands there already
    edit(session, newt, post, linked("Look right here", host="other.example"))
    assert len(reasons(heard)) == 2


def test_the_same_place_that_several_who_are_new_link_to_by_editing(session, place, heard):
    board, *_ = place
    topic = cast.topic(session, board, cast.member(session, "ada"))
    for name in ("nia", "ned", "nell"):
        new = cast.newcomer(session, name)
        answer(session, topic, new)
        edit(session, new, answer(session, topic, new), linked())
    assert reasons(heard) == [("", "the same address by several who are new: shop.example")]


def test_where_everything_is_read_first_much_more_text_is_told_and_a_correction_is_not(session, place, heard):
    board, _newt, mo = place
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    topic = cast.topic(session, board, ada)
    post, other = answer(session, topic, ada, cast.words("As it was")), answer(session, topic, bo)
    board.holds_replies = True
    edit(session, ada, post, cast.words("As it is"))
    assert reasons(heard) == []
    edit(session, ada, post, cast.words(LONG))
    assert reasons(heard) == [("", "this board is read first")]
    edit(session, mo, post, cast.words(f"{LONG} {LONG}"))
    assert len(reasons(heard)) == 1
    board.holds_replies = False
    actions.hold_member(session, cast.actor(session, mo), bo)
    edit(session, bo, other, linked())
    assert reasons(heard)[1:] == [("", "whatever this member writes waits")]


def test_an_earlier_wording_is_read_once_more(session, place):
    board, *_ = place
    ada = cast.member(session, "ada")
    post = start(session, board, ada, cast.words("What filth"))
    edit(session, ada, post, cast.words("What a lovely day it is, in the garden, by the lake, " * 3))
    watch(session, "filth", "block")
    former = session.query(Revision).filter_by(post_id=post.id).one()
    with cast.unhurried(), pytest.raises(Invalid, match="filth"):
        actions.restore_revision(session, cast.actor(session, ada), post, former, cast.words("What filth"))


# ── what a form asks beside the text ──────────────────────────────────────────────────────────────────────────────────


def test_what_a_form_asks_beside_the_text_is_read_as_well(session, heard):
    board, ada = cast.board(session, "help", kind="question"), cast.member(session, "ada")
    for pattern, action in {"filth": "block", "gosh": "censor", "loans": "hold"}.items():
        watch(session, pattern, action)
    with pytest.raises(InvalidFields) as refused:
        start(session, board, ada, cast.words("What filth"), "More filth, here", fields={"tried": "Filth"})
    assert sorted(refused.value.fields) == ["body", "title", "tried"]
    assert start(session, board, ada, fields={"tried": "Loans"}).detector == "word"
    post = start(session, board, ada, fields={"tried": "Gosh, nothing"})
    assert post.topic.fields == {"tried": "■■■■, nothing"}
    with pytest.raises(Invalid) as refused:
        edit(session, ada, post, cast.words(post.source), fields={"tried": "Filth"})
    assert refused.value.field == "tried"
    edit(session, ada, post, cast.words(post.source), fields={"tried": "Gosh, loans"})
    assert post.topic.fields == {"tried": "■■■■, loans"}
    assert reasons(heard) == [("loans", "")]


def test_links_in_what_a_form_asks_count_for_somebody_new(session):
    board, newt = cast.board(session, "help", kind="question"), cast.newcomer(session, "newt")
    there = " ".join(f"https://shop{number}.example/x" for number in range(3))
    with pytest.raises(Invalid, match="links in a post"):
        start(session, board, newt, fields={"tried": there})
    assert start(session, board, newt, fields={"tried": "https://shop.example/x"}).detector == "links"


def test_the_place_of_an_event_is_read(session, clock):
    board, ada = cast.board(session, "events", kind="event"), cast.member(session, "ada")
    watch(session, "filth", "block")
    with pytest.raises(Invalid) as refused:
        start(session, board, ada, fields={"place": "The filth house", "time_zone": "Europe/Berlin"})
    assert refused.value.field == "place"


# ── an edit that is as good as a reply ────────────────────────────────────────────────────────────────────────────────


def test_whoever_may_not_reply_corrects_and_adds_nothing(session, place):
    board, _newt, mo = place
    ada = cast.member(session, "ada")
    post = answer(session, cast.topic(session, board, ada), ada, cast.words("As it was"))
    cast.sanction(session, ada, Kind.WITHDRAWN, right="reply", until=clocks.now() + timedelta(days=1))
    edit(session, ada, post, cast.words("As it is"))
    with pytest.raises(Invalid, match="So at most 200 characters may be added"):
        edit(session, ada, post, cast.words(LONG))
    edit(session, mo, post, cast.words(LONG))
    edit(session, ada, post, cast.words(LONG[:100]))


def test_slow_mode_is_not_walked_round_by_editing(session, place, clock):
    board, *_ = place
    ada = cast.member(session, "ada")
    topic = cast.topic(session, board, ada)
    post = answer(session, topic, ada, cast.words("As it was"))
    topic.slow_minutes = 10
    edit(session, ada, post, cast.words("As it is"))
    with pytest.raises(TooSoon):
        edit(session, ada, post, cast.words(LONG))
    clock.shift(timedelta(minutes=11))
    edit(session, ada, post, cast.words(LONG))
    assert post.source == LONG.rstrip() or post.source == LONG


def test_heat_is_not_walked_round_by_editing(session, place, clock):
    board, *_ = place
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    topic = cast.topic(session, board, ada)
    first, post = answer(session, topic, bo), answer(session, topic, ada, cast.words("As it was"))
    first.flag_count = 3
    session.flush()
    edit(session, ada, post, cast.words("As it is"))
    with pytest.raises(TooSoon, match="heated"):
        edit(session, ada, post, cast.words(LONG))
    clock.shift(timedelta(minutes=6))
    edit(session, ada, post, cast.words(LONG))
