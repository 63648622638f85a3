"""Saving a charter and entering decisions: who may, what is refused, and what holds on a board afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from forum.core import clock as forum_clock
from forum.core.errors import Conflict, Invalid, InvalidFields, Refused, SignInNeeded
from forum.organization import actions
from forum.organization.charter import Clock, Commitment, Kind, Staffed
from forum.organization.charter_json import from_json
from forum.organization.deciding import DecisionDraft
from forum.organization.drafts import CharterDraft
from forum.organization.models import CharterVersion, Decision, RoleGrant
from forum.organization.queries.chartering import charter_in_force, chartered_organization
from forum.organization.queries.state import board_state
from forum.organization.stages import LIMITS, Stage
from forum.permissions import Role
from forum.site.models import Deed
from tests import cast
from tests.organization.charters import GOOD

DECISION = DecisionDraft(
    title="More room to announce",
    source="In spring there is more to announce than usual.",
    html="<p>In spring there is more to announce than usual.</p>",
    decided_on=date(2026, 3, 1),
    made_by="host",
    about="limits",
)


@pytest.fixture
def house(session, clock):
    sue, hal, lee = (cast.staff(session, name, roles=[]) for name in ("sue", "hal", "lee"))
    session.add(
        RoleGrant(
            account_id=hal.id,
            organization_id=cast.host(session).id,
            role=Role.HOST,
            evidence="acme.example",
            since=forum_clock.now() - timedelta(days=9),
        )
    )
    peer = cast.moderator(session, "momo")
    session.flush()
    charter = replace(
        GOOD,
        roles={
            Role.RESPONDER: Staffed(sue.id, lee.id, 6),
            Role.LISTENER: Staffed(lee.id, sue.id, 2),
            Role.HOST: Staffed(hal.id, peer.id, 3),
        },
    )

    def save(charter, by=hal, base=0, decision=None, note="A first charter."):
        draft = CharterDraft(charter, base, note, decision)
        return actions.save_charter(session, cast.actor(session, by), chartered_organization(session), draft)

    def decide(by=hal, **said):
        there = chartered_organization(session, locked=True)
        return actions.enter_decision(session, cast.actor(session, by), there, replace(DECISION, **said))

    def wrong(*args, **given):
        with pytest.raises(InvalidFields) as refused:
            save(*args, **given)
        return set(refused.value.fields)

    return SimpleNamespace(
        session=session, sue=sue, hal=hal, lee=lee, peer=peer, charter=charter, save=save, decide=decide, wrong=wrong,
        ada=cast.administrator(session, "ada"), pia=cast.member(session, "pia"), board=cast.board(session, "practice"),
    )  # fmt: skip


def in_force(house, board=None, **later):
    return charter_in_force(house.session, board and board.id, forum_clock.now() + timedelta(**later))


def test_a_host_and_an_administrator_save_charters_and_it_stands_in_the_log(house):
    assert house.save(house.charter).number == 1
    second = house.save(replace(house.charter, will_not=("No banners.",)), house.ada, base=1, note="Calmer.")
    assert (second.number, second.saved_by_id, second.note) == (2, house.ada.id, "Calmer.")
    assert from_json(second.data).will_not == ("No banners.",)
    lines = house.session.query(Deed).filter_by(deed="chartered").order_by(Deed.id).all()
    assert [line.after["number"] for line in lines] == [1, 2]


def test_nobody_else_saves_charters_or_enters_decisions(house):
    limited = cast.staff(house.session, "lim", roles=[])
    house.session.add(
        RoleGrant(
            account_id=limited.id,
            organization_id=cast.host(house.session).id,
            role=Role.HOST,
            evidence="acme.example",
            since=forum_clock.now(),
            board_ids=[house.board.id],
        )
    )
    partner = actions.add_partner(house.session, cast.actor(house.session, house.ada), "Reed & Co")
    kim = cast.member(house.session, "kim")
    actions.affiliate(house.session, cast.actor(house.session, house.ada), kim, partner, "staff")
    link = "https://reed.example/kim"
    actions.grant_role(house.session, cast.actor(house.session, house.ada), kim, Role.HOST, (), link)
    for person in (house.sue, house.pia, house.peer, limited, kim):
        with pytest.raises(Refused):
            house.save(house.charter, person)
        with pytest.raises(Refused):
            house.decide(person)
    with pytest.raises(SignInNeeded):
        house.save(house.charter, None)
    assert house.session.query(CharterVersion).count() == house.session.query(Decision).count() == 0


def test_a_host_of_some_boards_changes_what_the_charter_says_of_them_and_nothing_else(house):
    own, other = house.board.id, cast.board(house.session).id
    house.save(house.charter)
    lil = cast.staff(house.session, "lil", roles=[Role.HOST])
    house.session.query(RoleGrant).filter_by(account_id=lil.id).one().board_ids = [own]
    house.session.flush()
    tighter = {Stage.MATURITY: {"announcements": 1}}
    row = house.save(replace(house.charter, boards={own: tighter}), by=lil, base=1)
    assert (row.number, row.saved_by_id) == (2, lil.id)
    for wanted in (
        replace(house.charter, boards={own: tighter, other: tighter}),
        replace(house.charter, boards={own: tighter}, limits=tighter),
        replace(house.charter, boards={own: tighter}, will_not=("We sell nothing.",)),
    ):
        with pytest.raises(Refused, match="Host of some boards"):
            house.save(wanted, by=lil, base=2)
    with pytest.raises(Refused):
        house.decide(by=lil)


def test_people_who_do_not_belong_to_it_keep_no_role(house):
    roles = house.charter.roles
    staffed = Staffed(house.pia.id, house.sue.id, 1)
    assert house.wrong(replace(house.charter, roles=roles | {Role.SEEDER: staffed})) == {"seeder_primary"}
    staffed = Staffed(house.sue.id, house.peer.id, 1)
    assert house.wrong(replace(house.charter, roles=roles | {Role.SEEDER: staffed})) == {"seeder_backup"}
    assert house.wrong(house.charter, note=" ") == {"note"}


def test_whoever_saves_second_is_told(house):
    house.save(house.charter)
    with pytest.raises(Conflict, match="version 1"):
        house.save(replace(house.charter, will_not=()))
    with pytest.raises(Invalid, match="nothing would change"):
        house.save(house.charter, base=1)


def test_loosening_names_a_decision_and_holds_seven_days_later(house, clock):
    house.save(house.charter)
    clock.shift(timedelta(days=20))
    loose = replace(house.charter, limits={Stage.MATURITY: {"announcements": 4}})
    assert house.wrong(loose, base=1, decision=None) == {"decision"}
    assert house.wrong(loose, base=1, decision=1) == {"decision"}
    number = house.decide().number
    assert house.save(loose, base=1, decision=number).decision_id is not None
    assert in_force(house).limits[Stage.MATURITY].announcements == 2
    assert in_force(house, days=7).limits[Stage.MATURITY].announcements == 4


def test_a_board_has_its_own_limits_until_they_are_taken_away(house):
    own = replace(house.charter, boards={house.board.id: {Stage.MATURITY: {"announcements": 1}}})
    house.save(own)
    assert in_force(house, house.board).limits[Stage.MATURITY].announcements == 1
    assert in_force(house).limits[Stage.MATURITY].announcements == 2
    house.save(house.charter, base=1, decision=house.decide().number, note="As everywhere.")
    assert in_force(house, house.board).limits[Stage.MATURITY].announcements == 1
    assert in_force(house, house.board, days=7).limits == in_force(house, days=7).limits


def test_without_a_charter_the_usual_limits_and_the_duty_hold(house):
    now = in_force(house, house.board)
    assert now.limits == LIMITS
    assert set(now.commitments) == {Kind.NO_SILENCE, Kind.NEWCOMER_HELLO}
    assert (now.version, now.is_overdue, now.since, now.shadow_until) == (0, False, None, None)


def test_what_holds_is_one_read_and_knows_its_beginning_and_its_review(house, clock):
    began = forum_clock.now()
    house.save(house.charter)
    clock.shift(timedelta(days=30))
    house.save(replace(house.charter, will_not=()), base=1)
    clock.shift(timedelta(days=30))
    house.save(
        replace(house.charter, commitments={Kind.NO_SILENCE: Commitment(24, Clock.WALL)} | house.charter.commitments),
        base=2,
    )
    said = []
    engine = house.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    now = in_force(house, house.board)
    assert len(said) == 1
    assert (now.version, now.since, now.shadow_until) == (3, began, began + timedelta(days=14))
    assert charter_in_force(house.session, None, began - timedelta(seconds=1)).version == 0
    assert charter_in_force(house.session, None, began + timedelta(days=31)).version == 2
    assert not now.is_overdue
    assert in_force(house, days=300).is_overdue


def test_decisions_are_numbered_and_stay(house):
    assert [house.decide().number, house.decide(house.ada, made_by="administration").number] == [1, 2]
    lines = house.session.query(Deed).filter_by(deed="decided").count()
    assert lines == 2


@pytest.mark.parametrize(
    ("said", "field"),
    (
        ({"title": "Why"}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"source": "Because."}, "text"),
        ({"source": "x" * 10_001}, "text"),
        ({"decided_on": date(2026, 3, 3)}, "decided_on"),
        ({"decided_on": None}, "decided_on"),
        ({"made_by": "hal"}, "made_by"),
        ({"about": "weather"}, "about"),
    ),
)
def test_a_decision_says_what_when_and_by_whom(house, said, field):
    with pytest.raises(InvalidFields) as refused:
        house.decide(**said)
    assert set(refused.value.fields) == {field}


def test_the_guard_goes_by_the_charter_its_limits_its_fortnight_and_its_review(house, clock):
    board, day = house.board, timedelta(days=1)
    before = board_state(house.session, board, forum_clock.now())
    assert (before.is_review_overdue, before.limits) == (False, LIMITS[Stage.INCEPTION])
    charter = replace(house.charter, limits={Stage.INCEPTION: {"announcements": 1}})
    house.save(charter)
    house.session.flush()
    now = forum_clock.now()
    state = board_state(house.session, board, now)
    assert state.limits.announcements == 1
    assert state.in_shadow(now)
    assert not state.in_shadow(now + 14 * day)
    clock.shift(charter.review_by - now.date() + day)
    assert board_state(house.session, board, forum_clock.now()).is_review_overdue
