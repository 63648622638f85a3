"""Who looks after the place is no judge of what they wrote themselves, by whatever door."""

from __future__ import annotations

import pytest

from forum.accounts.models import Account
from forum.boards.models import BoardRight
from forum.core.errors import Refused
from forum.moderation import actions
from forum.moderation.drafts import DecisionDraft
from forum.moderation.queries.queue import Wanted, queue
from forum.permissions import Act, Actor, Right, allows
from forum.posts import actions as posts
from forum.posts import queries as reads
from forum.posts.powers import Ground
from tests import cast
from tests.machines.databases import writing
from tests.moderation.people import settle
from tests.posts.people import enter, send

UNKIND = Ground("unkind", facts="It calls somebody a fool.")


@pytest.fixture
def place(session, uncounted, clock):
    return settle(session)


def board_moderator(place) -> Account:
    """Cy, who looks after the board on which Ada wrote."""
    group = cast.group(place.session, "keepers")
    place.session.add(BoardRight(board_id=place.board.id, group_id=group.id, right=str(Right.MODERATE)))
    return cast.join(place.session, place.cy, group.id)


@pytest.mark.parametrize("act", ["keep", "hide", "remove"])
@pytest.mark.parametrize("who", ["moderator", "of the board"])
def test_a_moderator_neither_keeps_nor_takes_away_what_they_wrote(place, who, act):
    judge = place.mo if who == "moderator" else board_moderator(place)
    own = cast.reply(place.session, place.topic, judge, "Fools, all of you.")
    place.flag(place.ann, post=own), place.flag(place.ben, post=own)
    with pytest.raises(Refused):
        place.decide(judge, act, post=own)
    assert [row.case.subject_id for row in queue(place.session, place.actor(judge), Wanted(), 1).rows.items] == []
    assert not allows(place.actor(judge), Act.DECIDE, own)
    assert place.case().closed_at is None


def test_nor_do_they_by_the_verbs_of_posts_and_their_ordinary_deleting_stays(place):
    own = cast.reply(place.session, place.topic, place.mo, "Fools, all of you.")
    me: Actor = place.actor(place.mo)
    for verb in (posts.remove_post, posts.hide_post, posts.restore_post, posts.show_post):
        with pytest.raises(Refused):
            verb(place.session, me, reads.post_for_update(place.session, me, own.id), UNKIND)
    posts.delete_post(place.session, me, reads.post_for_update(place.session, me, own.id))
    assert own.deleted_at is not None


def test_nor_do_they_end_the_replies_of_their_own_topic_by_a_decision_or_take_back_what_was_decided(place):
    own = cast.topic(place.session, place.board, place.mo, "My pegs")
    with pytest.raises(Refused):
        actions.decide(
            place.session, place.actor(place.mo), DecisionDraft("lock", "topic", own.id, "unkind", "It is heated.")
        )
    reply = cast.reply(place.session, place.topic, place.mo, "Fools.")
    made = place.decide(place.mia, "remove", post=reply)
    assert not allows(place.actor(place.mo), Act.UNDO_DECISION, made)
    assert allows(place.actor(place.mia), Act.UNDO_DECISION, made)


def test_whichever_door_a_decision_takes_the_flags_are_answered_with_it(place):
    flags = [place.flag(place.ann), place.flag(place.ben)]
    place.decide(place.mo, "keep")
    place.session.flush()
    assert [flag.verdict for flag in flags] == ["wrong", "wrong"]
    assert place.case().outcome == "kept"


def test_the_page_does_not_offer_it_and_refuses_it(client, app, uncounted):
    with writing(app) as session:
        board = cast.board(session)
        topic = cast.topic(session, board, cast.member(session, "ann"), "How do pegs hold?")
        own = cast.reply(session, topic, cast.moderator(session, "mo"), "Fools.").id
    enter(app, client, "mo")
    assert f"/moderation/posts/{own}" not in client.get(f"/p/{own}", follow_redirects=True).text
    assert client.get(f"/moderation/posts/{own}").status_code == 403
    said = send(client, "/", f"/moderation/posts/{own}", act="keep", rule="unkind", facts="All is well.")
    assert said.status_code == 403
