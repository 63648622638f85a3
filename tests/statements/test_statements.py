"""What the organization said officially, what it said it will do, and what becomes of both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core import clock as clocks
from forum.core.errors import Conflict, Invalid, Refused
from forum.notifications.models import Notice
from forum.organization import actions as organization
from forum.organization.overriding import HeldBack
from forum.organization.voices import Voice
from forum.permissions import HOUSE, Role
from forum.posts import queries as posts
from forum.posts.actions import delete_post
from forum.statements import actions, queries
from forum.statements.models import Statement
from forum.statements.terms import PledgeState, Terms
from tests import cast
from tests.posts.doors import established

OFFICIAL = Voice("official", "official", "responder")
DAY = timedelta(days=1)


class House:
    """Acme answers: sue and hal work there, hal is a host, pia is a peer who watches her topic."""

    def __init__(self, session):
        self.session = session
        self.sue = cast.staff(session, "sue", roles=[Role.RESPONDER])
        self.hal = cast.staff(session, "hal", roles=[Role.HOST, Role.RESPONDER])
        self.pia = cast.member(session, "pia")
        self.board = cast.board(session, "practice", time_zone="Pacific/Auckland")
        self.topic = cast.topic(session, self.board, self.pia)
        self.today = queries.today_on(self.board)

    def actor(self, person):
        return cast.actor(self.session, person)

    def says(self, person, words="The reeds are free.", voice=OFFICIAL):
        return cast.reply(self.session, self.topic, person, words, voice=voice)

    def read(self, person, post):
        self.session.flush()
        return posts.post(self.session, self.actor(person), post.id)

    def stated(self, post):
        return self.session.get(Statement, post.id)

    def change(self, by, post, owner=None, review=None, successor=None):
        row = self.stated(post)
        terms = Terms(row.valid_from, review or row.review_on)
        there = self.read(by, successor) if successor is not None else None
        owner = owner or self.sue
        actions.change_statement(self.session, self.actor(by), self.read(by, post), row, owner, terms, there)

    def pledge(self, by, post, due=None, owner=None, words="Repair the stove."):
        due = due or self.today + 3 * DAY
        return actions.pledge(self.session, self.actor(by), self.read(by, post), words, due, owner or self.sue)

    def listed(self, which=queries.IN_FORCE, person=None):
        page = queries.statements_page(self.session, self.actor(person), which)
        return [view.statement.post_id for view in page.items]

    def told(self, kind):
        rows = self.session.query(Notice).filter_by(kind=kind)
        return sorted(row.recipient_id for row in rows)


@pytest.fixture
def house(session, clock):
    return House(session)


def test_what_is_said_officially_is_a_statement_its_author_answers_for_and_nothing_else_is(house):
    post = house.says(house.sue)
    row = house.stated(post)
    assert (row.owner_id, row.valid_from, row.review_on) == (house.sue.id, house.today, house.today + 365 * DAY)
    others = [
        house.says(house.pia, "Thanks.", Voice()),
        house.says(house.sue, "Which?", Voice("clarify", "personal", "")),
    ]
    assert [house.stated(one) for one in others] == [None, None]
    assert [one.is_binding for one in (post, *others)] == [True, False, False]


def test_colleagues_say_who_answers_for_it_and_what_took_its_place(house):
    old, new = house.says(house.sue), house.says(house.hal, "They cost a coin now.")
    house.change(house.hal, old, owner=house.hal, successor=new)
    assert house.listed() == [new.id]
    assert house.listed(queries.SUPERSEDED) == [old.id]
    with pytest.raises(Invalid, match="superseded by this one"):
        house.change(house.hal, new, successor=old)
    house.change(house.hal, old, owner=house.hal)
    assert set(house.listed()) == {old.id, new.id}


def test_only_people_of_the_organization_answer_for_what_it_said(house):
    post = house.says(house.sue)
    for person in (house.pia, cast.moderator(house.session), cast.administrator(house.session)):
        with pytest.raises(Refused):
            house.change(person, post)
        with pytest.raises(Refused):
            house.pledge(person, post)
    with pytest.raises(Invalid, match="Only somebody of the organization"):
        house.change(house.sue, post, owner=house.pia)
    with pytest.raises(Invalid, match="Only another official post"):
        house.change(house.sue, post, successor=house.says(house.pia, "No.", Voice()))
    with pytest.raises(Refused):
        house.pledge(house.sue, house.says(house.sue, "I think so.", Voice("answer", "personal", "")))


def test_a_partner_does_not_answer_for_the_host(house):
    there = organization.add_partner(house.session, HOUSE, "Reed & Co")
    kim = cast.staff(house.session, "kim", organization=there)
    with pytest.raises(Refused):
        house.change(kim, house.says(house.sue))


def test_who_answers_for_it_is_asked_once_when_its_day_has_come_by_the_clocks_of_the_board(house, clock):
    post = house.says(house.sue)
    house.change(house.sue, post, review=house.today + 2 * DAY)
    clock.shift(DAY)
    assert actions.ask_what_is_due(house.session, HOUSE) == 0
    clock.shift(DAY)
    assert house.listed(queries.OVERDUE) == [post.id]
    assert actions.ask_what_is_due(house.session, HOUSE) == 1
    assert actions.ask_what_is_due(house.session, HOUSE) == 0
    assert house.told("statement") == [house.sue.id]
    house.change(house.sue, post, review=house.today + 9 * DAY)
    assert house.listed(queries.OVERDUE) == []
    clock.shift(7 * DAY)
    assert actions.ask_what_is_due(house.session, HOUSE) == 1


def test_hosts_are_asked_for_who_belongs_to_the_organization_no_more(house, clock):
    post = house.says(house.sue)
    house.pledge(house.sue, post, due=house.today + DAY)
    organization.end_affiliation(house.session, house.sue.id, cast.host(house.session))
    clock.shift(2 * DAY)
    assert actions.ask_what_is_due(house.session, HOUSE) == 1
    assert house.told("pledge_due") == [house.hal.id]


def test_a_pledge_is_kept_late_or_withdrawn_and_followers_hear_what_became_of_it(house, clock):
    post = house.says(house.sue)
    kept = house.pledge(house.sue, post)
    late = house.pledge(house.hal, post, words="Paint the bench.", owner=house.hal)
    never = house.pledge(house.hal, post, words="Buy a third stove.")
    actions.keep_pledge(house.session, house.actor(house.hal), house.read(house.hal, post), kept)
    clock.shift(9 * DAY)
    states = {
        view.pledge.id: view.state for view in queries.bound_by(house.session, house.board, [post])[post.id].pledges
    }
    assert states == {kept.id: PledgeState.KEPT, late.id: PledgeState.LATE, never.id: PledgeState.LATE}
    actions.keep_pledge(house.session, house.actor(house.sue), house.read(house.sue, post), late)
    why = "The room is too small for it."
    actions.withdraw_pledge(house.session, house.actor(house.sue), house.read(house.sue, post), never, why)
    assert house.told("pledge") == sorted([house.sue.id, *[house.pia.id] * 3]), "who keeps it knows"
    counts = queries.pledge_counts(house.session, [house.board.id], house.today, clocks.now() + DAY)
    assert {state: number for state, number in counts.items() if number} == {
        PledgeState.KEPT: 1,
        PledgeState.KEPT_LATE: 1,
        PledgeState.WITHDRAWN: 1,
    }
    for verb in (actions.keep_pledge, lambda *given: actions.withdraw_pledge(*given, why)):
        with pytest.raises(Conflict):
            verb(house.session, house.actor(house.sue), house.read(house.sue, post), never)


def test_a_post_holds_few_pledges_and_each_once(house):
    post = house.says(house.sue)
    for number in range(actions.MOST_PLEDGES):
        house.pledge(house.sue, post, words=f"Mend reed number {number}.")
    with pytest.raises(Conflict):
        house.pledge(house.sue, post, words="Mend reed number 3.")
    with pytest.raises(Invalid, match="At most"):
        house.pledge(house.sue, post, words="Mend another one.")


def test_what_one_may_not_read_is_on_no_list(house):
    secret = cast.board(house.session, "back-room", rights=cast.STAFF_ONLY)
    hidden = cast.topic(house.session, secret, house.sue, voice=OFFICIAL)
    opening = house.session.query(Statement).filter(Statement.post_id == hidden.last_post_id).one()
    pledged = house.read(house.sue, opening_post(house, hidden))
    actions.pledge(house.session, house.actor(house.sue), pledged, "Mend the roof.", house.today + DAY, house.sue)
    shown = house.says(house.sue)
    assert set(house.listed(person=house.hal)) == {opening.post_id, shown.id}
    for person in (None, house.pia):
        assert house.listed(person=person) == [shown.id]
        assert list(queries.pledges_page(house.session, house.actor(person)).items) == []
    delete_post(
        house.session, house.actor(house.sue), posts.post_for_update(house.session, house.actor(house.sue), shown.id)
    )
    assert house.listed(person=house.pia) == []


def opening_post(house, topic):
    return posts.post(house.session, house.actor(house.sue), topic.last_post_id)


def removed(house, by, post):
    if post.author_id == by.id:
        there = posts.post_for_update(house.session, house.actor(by), post.id)
        delete_post(house.session, house.actor(by), there)
    else:
        cast.remove(house.session, by, post)
    house.session.flush()


def test_a_pledge_stays_listed_and_due_when_its_post_is_removed_and_can_be_kept_all_the_same(house, clock):
    post = house.says(house.sue)
    row = house.pledge(house.sue, post, due=house.today + DAY)
    removed(house, house.sue, post)
    (view,) = queries.pledges_page(house.session, house.actor(house.pia)).items
    assert (view.pledge.id, view.state, view.removal.by_author) == (row.id, PledgeState.OPEN, True)
    clock.shift(3 * DAY)
    assert actions.ask_what_is_due(house.session, HOUSE) == 1
    (notice,) = house.session.query(Notice).filter_by(kind="pledge_due")
    assert (notice.recipient_id, notice.url, notice.title) == (house.sue.id, "/organization/pledges", row.words)
    there = queries.pledged_post(house.session, house.actor(house.sue), post.id, locked=True)
    actions.keep_pledge(house.session, house.actor(house.sue), there, row)
    counts = queries.pledge_counts(house.session, [house.board.id], house.today, clocks.now() + DAY)
    assert counts[PledgeState.KEPT_LATE] == 1
    with pytest.raises(Refused):
        queries.pledged_post(house.session, house.actor(house.pia), post.id)


def test_an_official_post_that_is_removed_holds_no_more_and_its_line_stays(house):
    post = house.says(house.sue)
    removed(house, cast.moderator(house.session), post)
    assert house.listed(person=house.pia) == []
    (view,) = queries.statements_page(house.session, house.actor(house.pia), queries.SUPERSEDED).items
    assert (view.statement.post_id, view.removal.by_author, view.is_overdue) == (post.id, False, False)


def test_a_count_made_later_says_what_the_one_of_the_instant_said(house, clock):
    """However late it is asked: made, kept and withdrawn on the same day, but afterwards."""
    post, why = house.says(house.sue), "The room is too small for it."
    kept, withdrawn = house.pledge(house.sue, post), house.pledge(house.sue, post, words="Buy another kettle.")

    def counted(at):
        counts = queries.pledge_counts(house.session, [house.board.id], house.today, at)
        return {str(state): number for state, number in counts.items() if number}

    clock.shift(DAY / 24)
    at = clocks.now()
    assert counted(at) == {"open": 2}
    clock.shift(DAY / 48)
    actions.keep_pledge(house.session, house.actor(house.sue), house.read(house.sue, post), kept)
    actions.withdraw_pledge(house.session, house.actor(house.sue), house.read(house.sue, post), withdrawn, why)
    house.pledge(house.sue, post, words="Tune the piano again.")
    assert counted(at) == {"open": 2}
    assert counted(at + DAY) == {"open": 1, "kept": 1, "withdrawn": 1}


def test_many_words_of_a_pledge_are_asked_as_an_edit_of_its_post_is(house):
    post, much = house.says(house.sue, "We see to it.", Voice("answer", "official", "responder")), "Mend it. " * 13
    with established(our_posts=60):
        house.pledge(house.sue, post, words="Mend the stove.")
        with pytest.raises(HeldBack):
            house.pledge(house.sue, post, words=much)
        house.pledge(house.sue, post, words="Mend the door and the windows of the hall before winter.")
        with pytest.raises(HeldBack):  # many small ones are a large one
            house.pledge(house.sue, post, words="Mend the roof, the gutters and the gate of the yard.")
    house.pledge(house.sue, post, words=much)
