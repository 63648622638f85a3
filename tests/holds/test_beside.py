"""Watched words beside posts: in polls, and in what people say of themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.accounts import actions as accounts
from forum.accounts import drafts
from forum.core.errors import Invalid
from forum.core.markup import render
from forum.moderation.models import Case, Flag
from forum.permissions import Act, allows
from forum.polls import actions as polls
from forum.polls.ballots import Ballot
from tests import cast
from tests.accounts.people import enter, somebody
from tests.holds.people import start, watch
from tests.machines.databases import writing
from tests.polls.people import WHICH, polled, ready

WORDS = {"filth": "block", "gosh": "censor", "loans": "hold", "rumour": "flag"}


@pytest.fixture
def watched(session):
    for pattern, action in WORDS.items():
        watch(session, pattern, action)


def flags(session):
    return [row.words for row in session.query(Flag).order_by(Flag.id)]


def test_a_new_poll_is_read_with_the_post_that_it_comes_along_with(session, watched):
    board, ada = cast.board(session), cast.member(session, "ada")
    for ballot, field in (
        (replace(WHICH, question="Which filth?"), "poll-question"),
        (replace(WHICH, options=("Filth", "None")), "poll-options"),
    ):
        with pytest.raises(Invalid) as refused:
            start(session, board, ada, along={"poll": ballot.kept()})
        assert refused.value.field == field
    held = start(session, board, ada, along={"poll": Ballot("Loans?", ("Yes", "No")).kept()})
    assert held.detector == "word"
    post = polled(session, board, ada, Ballot("Gosh, which?", ("Gosh", "None")))
    _post, poll = ready(session, cast.actor(session, ada), post.id)
    assert (poll.question, [option.words for option in poll.options]) == ("■■■■, which?", ["■■■■", "None"])


def test_a_poll_that_is_edited_is_read_again(session, watched):
    board, ada = cast.board(session), cast.member(session, "ada")
    post = polled(session, board, ada)
    me = cast.actor(session, ada)
    with cast.unhurried():
        with pytest.raises(Invalid) as refused:
            polls.edit_poll(session, me, *ready(session, me, post.id), replace(WHICH, options=("Filth", "None")), 0)
        assert refused.value.field == "poll-options"
        polls.edit_poll(session, me, *ready(session, me, post.id), replace(WHICH, question="Gosh, loans?"), 0)
    assert ready(session, me, post.id)[1].question == "■■■■, loans?"
    assert flags(session) == ["Watched words: loans"]


def profile(session, account, **said):
    about = said.pop("about", "")
    values = {"display_name": "Ada", "pronouns": "", "headline": "", "location": "", "links": []} | said
    draft = drafts.profile(**values, about=about, render=render, may_be_asked=False)
    accounts.edit_profile(session, cast.actor(session, account), account, draft)


def test_what_somebody_says_of_themselves_is_read(session, watched):
    ada = cast.member(session, "ada")
    for field in ("display_name", "headline", "location", "about"):
        with pytest.raises(Invalid) as refused:
            profile(session, ada, **{field: "What filth"})
        assert refused.value.field == field
        session.refresh(ada)
    profile(session, ada, headline="Gosh, hello", about="Gosh, **hello**")
    assert (ada.headline, ada.about_source) == ("■■■■, hello", "■■■■, **hello**")
    assert "■■■■, <strong>hello</strong>" in ada.about_html
    profile(session, ada, headline="Quick loans", about="A ru**mour**")
    assert flags(session) == ["Watched words: rumour, loans"]
    assert session.query(Case).one().subject_kind == "account"
    profile(session, ada, headline="Quick loans", about="A ru**mour**", location="Here")
    assert len(flags(session)) == 1  # nothing that is looked at is new


def test_a_blocked_word_comes_back_beside_its_field_of_the_profile(app, client):
    somebody(app)
    with writing(app) as session:
        watch(session, "filth", "block")
    enter(client)
    answer = client.submit("/settings", {"headline": "What filth"}, form="profile")
    assert answer.status_code == 422
    assert "These words cannot be posted here: filth" in answer.text
    assert 'headline-error"' in answer.text


def test_whoever_has_a_warning_to_read_changes_no_profile_before(session):
    ada = cast.member(session, "ada")
    cast.sanction(session, ada, "warning")
    assert not allows(cast.actor(session, ada), Act.EDIT_PROFILE, ada)
    assert allows(cast.actor(session, ada), Act.EDIT_ACCOUNT, ada)
