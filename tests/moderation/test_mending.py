"""What members' flags hid, its author mends, once, from ten minutes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock as clocks
from forum.core.errors import TooSoon
from forum.moderation import actions
from forum.moderation.models import Flag, Ruling
from forum.moderation.queries.mending import mending, mendings
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts import check
from forum.posts import queries as reads
from forum.posts.drafts import EditDraft
from tests import cast
from tests.moderation.people import settle


@pytest.fixture
def place(session, uncounted, clock):
    found = settle(session)
    clock.shift(timedelta(minutes=20))
    for who in (found.ann, found.ben, found.cy):
        found.flag(who)
    return found


def edit(place, words: str) -> None:
    actor = place.actor(place.ada)
    post = reads.post_for_update(place.session, actor, place.post.id)
    posts.edit_post(place.session, actor, post, EditDraft(cast.words(words), base=post.revision_count))


def test_an_edit_after_ten_minutes_shows_it_again_clears_the_flags_and_tells_who_flagged(place, clock):
    clock.shift(timedelta(minutes=10))
    edit(place, "Everybody may ask.")
    assert (place.post.hidden_at, place.post.flag_count) == (None, 0)
    assert {flag.verdict for flag in place.session.scalars(select(Flag))} == {"cleared"}
    assert place.session.scalars(select(Ruling)).one().undone_how == "mended"
    assert (place.case("flagged").outcome, place.case("mended").closed_at) == ("mended", None)
    kinds = select(Notice.kind).where(Notice.recipient_id == place.ben.id).order_by(Notice.id.desc())
    assert place.session.scalars(kinds).first() == "flag_mended"
    assert list(check.drifts(place.session)) == []
    with pytest.raises(TooSoon, match="a day later"):
        place.flag(place.ann)
    place.decide(place.mo, "keep", place.case("mended"))
    assert place.case("mended").outcome == "kept"


def test_an_edit_before_is_kept_and_it_stays_hidden_until_the_next(place, clock):
    clock.shift(timedelta(minutes=9))
    edit(place, "Everybody may ask.")
    assert place.post.source == "Everybody may ask."
    assert place.post.hidden_at is not None
    clock.shift(timedelta(minutes=2))
    edit(place, "Everybody may ask, of course.")
    assert place.post.hidden_at is None


def test_a_second_time_it_stays_hidden_until_a_moderator_has_looked(place, clock):
    clock.shift(timedelta(minutes=10))
    edit(place, "Everybody may ask.")
    clock.shift(timedelta(hours=25))
    for who in (place.ann, place.ben, place.cy):
        place.flag(who)
    clock.shift(timedelta(minutes=11))
    edit(place, "Everybody may ask, really.")
    assert place.post.hidden_at is not None
    assert mending(place.session, place.post.id).was_mended


def test_what_a_moderator_hid_is_not_mended(place, clock):
    place.decide(place.mo, "hide", place.case())
    clock.shift(timedelta(minutes=11))
    edit(place, "Everybody may ask.")
    assert place.post.hidden_at is not None
    assert mending(place.session, place.post.id) is None


def test_its_author_reads_what_was_flagged_and_from_when_it_can_be_mended_others_nothing(place):
    found = mendings(place.session, place.actor(place.ada), [place.post])[place.post.id]
    assert found.said == ["It attacks or belittles somebody."]
    assert found.from_when == clocks.now() + timedelta(minutes=10)
    assert mendings(place.session, place.actor(place.ben), [place.post]) == {}


def test_mended_and_reversed_together_leave_nothing(place, clock):
    hidden = place.session.scalars(select(Ruling)).one()
    made = actions.appeal(place.session, place.actor(place.ada), hidden, "It was a quote.")
    clock.shift(timedelta(minutes=10))
    edit(place, "Everybody may ask.")
    from forum.core.errors import Conflict

    with pytest.raises(Conflict):
        actions.decide_appeal(place.session, place.actor(place.mia), made, "reversed", "Right.", 0)
    actions.decide_appeal(place.session, place.actor(place.mia), made, "upheld", "It was mended.", 0)
    assert made.state == "upheld"
