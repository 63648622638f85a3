"""The rules of holding through the verbs that publish: who waits, who is asked, what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core import clock as clocks
from forum.core.errors import Invalid, Refused
from forum.holds import actions as holds
from forum.holds.drafts import WordDraft
from forum.holds.events import (
    FlagAsked,
    HeldForReview,
    SilenceAsked,
)
from forum.holds.models import NewLink
from forum.holds.rules import Typing
from forum.permissions import HOUSE, Group
from forum.posts import actions
from forum.posts.drafts import Arrival, EditDraft
from forum.posts.limits import AskFirst
from forum.posts.models import Post
from tests import cast
from tests.holds.people import answer, linked, living, start, watch


def test_boards_topics_and_members_are_held_as_somebody_said(session, place):
    board, newt, mo = place
    ada = cast.member(session, "ada")
    topic = cast.topic(session, board, ada)
    board.holds_topics = True
    assert start(session, board, ada).detector == "board"
    assert isinstance(answer(session, topic, ada), Post)
    assert isinstance(start(session, board, mo), Post)
    board.holds_topics, board.holds_replies = False, True
    assert answer(session, topic, ada).detector == "board"
    board.holds_replies = False
    actions.hold_topic(session, cast.actor(session, mo), living(session, topic))
    assert answer(session, topic, ada).detector == "topic"
    actions.unhold_topic(session, cast.actor(session, mo), living(session, topic))
    assert isinstance(answer(session, topic, ada), Post)
    with pytest.raises(Refused):
        actions.hold_member(session, cast.actor(session, newt), ada)
    actions.hold_member(session, cast.actor(session, mo), ada)
    assert answer(session, topic, ada).detector == "member"
    actions.unhold_member(session, cast.actor(session, mo), ada)
    assert isinstance(answer(session, topic, ada), Post)


def test_three_newcomers_who_link_to_the_same_place(session, place, clock):
    board, *_ = place
    topic = cast.topic(session, board, cast.member(session, "ada"))
    people = [cast.newcomer(session, name) for name in ("nia", "ned", "nell", "nina")]
    for person in people:
        assert isinstance(answer(session, topic, person), Post)  # their first posts are behind them
    assert isinstance(answer(session, topic, people[0], linked()), Post)
    assert isinstance(answer(session, topic, people[1], linked()), Post)
    assert isinstance(answer(session, topic, people[1], linked("Once more")), Post)
    assert answer(session, topic, people[2], linked()).detector == "same_link"
    assert isinstance(answer(session, topic, people[2], linked(host="en.wikipedia.org")), Post)
    clock.shift(timedelta(days=2))
    assert isinstance(answer(session, topic, people[3], linked()), Post)
    holds.forget_decided(session, HOUSE, timedelta(days=90), clocks.now())
    assert [row.account_id for row in session.query(NewLink)] == [people[3].id]


def test_what_comes_faster_than_people_type(session, place):
    board, newt, _mo = place
    topic = cast.topic(session, board, cast.member(session, "ada"))
    fast, slow = Arrival(Typing(1.5, 900)), Arrival(Typing(60.0, 900))
    assert answer(session, topic, newt, arrival=fast).detector == "typing"
    assert isinstance(answer(session, topic, newt, arrival=slow), Post)
    assert isinstance(answer(session, topic, cast.member(session, "bo"), arrival=fast), Post)


def test_watched_words_block_warn_tag_flag_and_silence(session, place, heard):
    board, _newt, _mo = place
    ada = cast.member(session, "ada")
    cast.tag(session, "money")
    for pattern, action in {"filth": "block", "idiot": "warn", "rumour": "flag", "casino": "silence"}.items():
        watch(session, pattern, action)
    watch(session, "mortgage", "tag", instead="money")
    watch(session, "gosh", "censor")
    with pytest.raises(Invalid, match="filth"):
        start(session, board, ada, cast.words("What filth"))
    with pytest.raises(AskFirst) as asked:
        start(session, board, ada, cast.words("You idiot"))
    assert isinstance(start(session, board, ada, cast.words("You idiot"), confirmed=frozenset({asked.value.key})), Post)
    post = start(session, board, ada, cast.words("A mortgage, and a rumour"), "Oh gosh, money")
    assert [tag.slug for tag in tags(session, post)] == ["money"]
    assert post.topic.title == "Oh ■■■■, money"
    row = start(session, board, ada, cast.words("Our casino"))
    assert row.detector == "silence"
    assert heard == [FlagAsked(post.id, "rumour"), SilenceAsked(ada.id, "casino"), HeldForReview(row.id)]


def tags(session, post):
    session.refresh(post.topic, ["tags"])
    return post.topic.tags


def test_watched_words_in_an_edit_are_blocked_or_told_to_moderators(session, place, heard):
    board, *_ = place
    ada = cast.member(session, "ada")
    post = start(session, board, ada)
    for pattern, action in {"filth": "block", "loans": "hold"}.items():
        watch(session, pattern, action)
    me = cast.actor(session, ada)
    with cast.unhurried():
        with pytest.raises(Invalid, match="filth"):
            actions.edit_post(session, me, post, EditDraft(cast.words("Filth"), base=0))
        actions.edit_post(session, me, post, EditDraft(cast.words("Loans"), base=0))
        actions.edit_post(session, me, post, EditDraft(cast.words("Loans, I said"), base=post.revision_count))
    assert heard == [FlagAsked(post.id, "loans")]  # once: the word stands there already


# ── watched words and the host ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("action", ["block", "hold", "flag", "censor", "replace", "silence", "warn"])
def test_the_hosts_administrators_watch_for_no_name_of_it_or_of_its_people_and_others_do(session, action):
    sid = cast.join(session, cast.staff(session, "sid", display_name="Sid Reed"), Group.ADMINISTRATORS)
    boss, board = cast.administrator(session, "boss"), cast.board(session, "talk")
    opinions = cast.board(session, "opinions", is_feedback=True)
    cast.host(session).also_known_as = ["Pegasus"]
    ours, free = cast.actor(session, sid), cast.actor(session, boss)
    for pattern in ("Acme", "acm*", "acme lies", "pegasus", "sid", "reed"):
        with pytest.raises(Invalid, match="what people say of Acme"):
            holds.add_word(session, ours, WordDraft(pattern, action, instead="x"))
    with pytest.raises(Invalid, match="what people say of Acme"):
        holds.add_word(session, ours, WordDraft("dear", action, opinions.id, instead="x"))
    holds.add_word(session, ours, WordDraft("dear", action, board.id, instead="x"))
    row = holds.add_word(session, free, WordDraft("acme lies", action, instead="x"))
    with pytest.raises(Invalid, match="what people say of Acme"):
        holds.change_word(session, ours, row, WordDraft("lies", action, instead="x"))
