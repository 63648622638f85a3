"""Members who look after a board for a while: asked, willing, named in public, and done when the term is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from forum.accounts.models import Account
from forum.backstage import queries as backstage
from forum.boards import moderating
from forum.boards.models import Appointment
from forum.caretakers import actions, queries
from forum.caretakers.terms import TERMS, term_ends
from forum.core import clock as time
from forum.core.errors import Conflict, Invalid, InvalidFields, Refused
from forum.notifications import audience
from forum.notifications.models import Notice
from forum.permissions import HOUSE, Act, Group, Right, allows
from forum.posts import actions as posts
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, press, read

FIRST, LAST = datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2100-01-01")
WHY = "Has answered here for years, kindly."


def asked(session, board, person, months=6):
    return actions.appoint(session, cast.actor(session, root(session)), board, person, months, WHY)


def root(session):
    return session.query(Account).filter_by(name="root").first() or cast.administrator(session, "root")


def willing(session, board, person, months=6):
    row = asked(session, board, person, months)
    actions.accept(session, cast.actor(session, person), again(session, row))
    return row


def again(session, row):
    return queries.appointment(session, HOUSE, row.id, lock=True)


def test_nothing_begins_before_their_yes(session, clock):
    ada, board = cast.member(session, "ada"), cast.board(session, "talk")
    topic = cast.topic(session, board, cast.member(session))
    row = asked(session, board, ada)
    assert not cast.actor(session, ada).may(Right.MODERATE, board.id)
    actions.accept(session, cast.actor(session, ada), again(session, row))
    assert cast.actor(session, ada).may(Right.MODERATE, board.id)
    assert row.until == datetime(2026, 9, 2, 9, 0, tzinfo=row.until.tzinfo)
    posts.lock(session, cast.actor(session, ada), topic)
    assert topic.locked_at is not None


def test_whoever_looks_after_a_board_is_found_wherever_that_is_asked(session, clock):
    ada, board = cast.member(session, "ada"), cast.board(session, "talk")
    below, beside = cast.board(session, "below", parent_id=board.id), cast.board(session, "beside")
    topic = cast.topic(session, board, cast.member(session))
    willing(session, board, ada)
    actor = cast.actor(session, ada)
    assert actor.boards_with(Right.MODERATE) == [board.id, below.id]
    for place, found in ((board, {ada.id}), (below, {ada.id}), (beside, set())):
        assert set(session.scalars(moderating.moderators_of(place.id))) == found
    assert set(session.scalars(audience.of_review(session, topic))) == {ada.id}
    assert ada.id in backstage.readers_of(session, topic)


def test_the_table_and_the_query_name_the_same_moderators(session, clock):
    board = cast.board(session, "talk")
    hidden = cast.board(session, "cellar", rights={Group.MODERATORS: [Right.SEE, Right.MODERATE]})
    people = [
        *(cast.member(session), cast.moderator(session), cast.staff(session), cast.administrator(session)),
        *(cast.newcomer(session), cast.join(session, cast.member(session), Group.MODERATORS)),
    ]
    willing(session, board, people[0])
    session.add(
        Appointment(
            account_id=people[0].id, board_id=hidden.id, months=3, reason=WHY, asked_at=time.now(),
            since=time.now(), until=time.now() + timedelta(days=9), ending="",
        )
    )  # fmt: skip
    session.flush()
    for place in (board, hidden):
        seen = {one.id for one in people if cast.actor(session, one).may(Right.SEE, place.id)}
        said = {one.id for one in people if cast.actor(session, one).may(Right.MODERATE, place.id)}
        assert set(session.scalars(moderating.moderators_of(place.id))) & seen == said


def test_a_term_ends_by_itself_and_both_sides_are_told_a_fortnight_before(session, clock):
    ada, board = cast.member(session, "ada"), cast.board(session, "talk")
    row = willing(session, board, ada, months=3)
    clock.move_to(row.until - timedelta(days=15))
    actions.keep_terms(session, HOUSE, 100)
    assert told(session, "caretaking_nears") == []
    clock.shift(timedelta(days=1))
    actions.keep_terms(session, HOUSE, 100)
    actions.keep_terms(session, HOUSE, 100)
    assert told(session, "caretaking_nears") == sorted(["ada", "root"])
    clock.move_to(row.until)
    assert not cast.actor(session, ada).may(Right.MODERATE, board.id)  # the clock alone, be the worker asleep
    actions.keep_terms(session, HOUSE, 100)
    assert (row.ending, row.ended_at) == ("over", time.now())
    assert told(session, "caretaking_over") == sorted(["ada", "root"])


def test_who_goes_on_says_yes_again_and_loses_no_day(session, clock):
    ada, board = cast.member(session, "ada"), cast.board(session, "talk")
    first = willing(session, board, ada, months=3)
    clock.shift(timedelta(days=80))
    second = willing(session, board, ada, months=12)
    assert (first.ending, second.until) == ("renewed", term_ends(first.until, 12))
    assert cast.actor(session, ada).may(Right.MODERATE, board.id)


def test_a_no_needs_no_reason_and_a_yes_can_be_given_up(session, clock):
    ada, board = cast.member(session, "ada"), cast.board(session, "talk")
    row = asked(session, board, ada)
    with pytest.raises(Conflict, match="asked already"):
        asked(session, board, ada)
    actions.decline(session, cast.actor(session, ada), again(session, row))
    with pytest.raises(Conflict, match="answered already"):
        actions.accept(session, cast.actor(session, ada), again(session, row))
    row = willing(session, board, ada)
    actions.resign(session, cast.actor(session, ada), again(session, row))
    assert not cast.actor(session, ada).may(Right.MODERATE, board.id)
    with pytest.raises(Conflict, match="ended already"):
        actions.resign(session, cast.actor(session, ada), again(session, row))


def test_nobody_but_an_administrator_appoints_and_nobody_answers_for_another(session, clock):
    ada, board = cast.member(session, "ada"), cast.board(session, "talk")
    for person in (ada, cast.moderator(session), cast.staff(session)):
        with pytest.raises(Refused):
            actions.appoint(session, cast.actor(session, person), board, ada, 6, WHY)
    row = asked(session, board, ada)
    for verb in (actions.accept, actions.decline, actions.resign):
        with pytest.raises(Refused):
            verb(session, cast.actor(session, cast.member(session)), again(session, row))
        with pytest.raises(Refused):
            verb(session, cast.actor(session, root(session)), again(session, row))


def test_only_somebody_who_is_here_and_known_is_asked(session, clock):
    board = cast.board(session, "talk")
    staff_only = cast.board(session, "cellar", rights=cast.STAFF_ONLY)
    for person, place, words in (
        (cast.newcomer(session), board, "new here"),
        (cast.suspended(session), board, "cannot take part"),
        (cast.placeholder(session), board, "cannot take part"),
        (cast.unconfirmed(session), board, "cannot take part"),
        (cast.moderator(session), board, "already, by a group"),
        (cast.member(session), staff_only, "does not see"),
    ):
        with pytest.raises(Invalid, match=words):
            asked(session, place, person)
    with pytest.raises(InvalidFields) as wrong:
        actions.appoint(session, cast.actor(session, root(session)), board, cast.member(session), 4, "Nice.")
    assert set(wrong.value.fields) == {"months", "reason"}


def test_a_peer_is_who_belongs_to_nobody(session, clock):
    board = cast.board(session, "talk")
    momo, stella, ada = cast.moderator(session), cast.staff(session, "stella"), cast.member(session, "ada")
    cast.join(session, stella, Group.MODERATORS)
    assert queries.peer_moderators(session) == queries.peer_moderators(session, board.id) == {momo.id}
    willing(session, board, ada)
    assert queries.peer_moderators(session, board.id) == {momo.id, ada.id}
    assert queries.peer_moderators(session) == {momo.id}
    momo.deactivated_at = time.now()
    session.flush()
    assert queries.peer_moderators(session) == frozenset()


def test_everybody_reads_who_they_are_until_when_and_whose(app, client, clock):
    with writing(app) as session:
        board, ada = cast.board(session, "talk"), cast.member(session, "ada")
        stella = cast.staff(session, "stella")
        asked(session, board, ada)
        willing(session, board, stella)
    said = read(client, "/b/talk/moderators")
    assert "stella" in said
    assert "Acme" in said
    assert "Nobody moderates this board who is independent of Acme." in said
    assert "ada" not in said
    enter(app, client, "ada")
    assert "You are asked to look after" in read(client, "/b/talk/moderators")
    with reading(app) as session:
        row = session.scalars(select(Appointment.id).join(Account, Account.id == Appointment.account_id)
                              .where(Account.name == "ada")).one()  # fmt: skip
    answer = press(client, "/b/talk/moderators", f"/appointments/{row}/accept")
    assert answer.status_code == 303
    assert "/b/talk/moderators" in read(client, "/b/talk")
    said = read(client, "/b/talk/moderators")
    assert "ada" in said
    assert "until 2 September 2026" in said
    assert "independent of" not in said


def test_an_administrator_asks_and_thinks_better_of_it_on_the_page_of_the_board(app, client, clock):
    with writing(app) as session:
        board, _ada = cast.board(session, "talk"), cast.member(session, "ada")
        root(session)
    enter(app, client, "root")
    address = f"/admin/boards/{board.id}/moderators"
    assert "It wants at least one such peer" in read(client, address)
    refused = client.submit(address, {"person": "nobody", "months": "6", "reason": WHY})
    assert (refused.status_code, WHY in refused.text) == (422, True)
    client.submit(address, {"person": "@ada", "months": "6", "reason": WHY})
    assert "no answer yet" in read(client, address)
    press(client, address, f"{address}/1/end")
    assert "not asked after all" in read(client, address)
    assert "was asked to look after the board" in read(client, "/admin/log")


@given(st.datetimes(timezones=st.just(UTC), min_value=FIRST, max_value=LAST), st.sampled_from(TERMS))
def test_a_term_is_so_many_months_and_never_skips_one(since, months):
    until = term_ends(since, months)
    assert (until.year - since.year) * 12 + until.month - since.month == months
    assert until.day <= since.day
    assert until.day == since.day or (until + timedelta(days=1)).month != until.month


def test_rights_of_an_appointment_ask_the_table(session, clock):
    ada, board = cast.member(session, "ada"), cast.board(session, "talk")
    topic = cast.topic(session, board, cast.member(session))
    opening = session.get_one(Post, topic.last_post_id)
    opening.topic, topic.board = topic, board
    before = allows(cast.actor(session, ada), Act.EDIT_POST, opening)
    willing(session, board, ada)
    assert (before, allows(cast.actor(session, ada), Act.EDIT_POST, opening)) == (False, True)


def told(session, kind):
    names = select(Account.name).join(Notice, Notice.recipient_id == Account.id).where(Notice.kind == kind)
    return sorted(session.scalars(names))
