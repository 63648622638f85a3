"""Incidents and banners: who may, for how long, what everybody reads of them, and what is public where numbers fail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core import clock as clocks
from forum.core.errors import Conflict, Invalid, Refused
from forum.organization import actions
from forum.organization.drafts import BannerDraft
from forum.organization.models import BoardSummary, RoleGrant
from forum.organization.notice_models import GuardLapse
from forum.organization.overriding import HeldBack
from forum.organization.queries import incidents, state
from forum.organization.queries.chartering import chartered_organization
from forum.permissions import Role
from forum.site.models import Deed
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import enter, leave, read

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "The mail server loses messages."


def start(session, by, reason=WHY, hours=4):
    return actions.start_incident(session, cast.actor(session, by), chartered_organization(session), reason, hours)


def raise_(session, by, words="Maintenance on **Friday**.", html="<p>Maintenance on <b>Friday</b>.</p>", **said):
    given = {"link": "/t/1", "until": clocks.now() + 7 * DAY} | said
    draft = BannerDraft(words, html, **given)
    return actions.raise_banner(session, cast.actor(session, by), chartered_organization(session), draft)


def as_one(session, name, role, boards=()):
    person = cast.staff(session, name, roles=[role])
    session.query(RoleGrant).filter_by(account_id=person.id).one().board_ids = list(boards)
    session.flush()
    return person


# ── incidents ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_host_starts_an_incident_and_while_it_lasts_the_guard_knows(session, clock):
    hal, board = as_one(session, "hal", Role.HOST), cast.board(session)
    assert not state.board_state(session, board, clocks.now()).in_incident(clocks.now())
    start(session, hal, hours=4)
    assert state.board_state(session, board, clocks.now()).in_incident(clocks.now())
    clock.shift(4 * HOUR)
    assert not state.board_state(session, board, clocks.now()).in_incident(clocks.now())


def test_it_is_ended_by_hand_and_counted_and_nobody_is_named(session, clock):
    hal, board = as_one(session, "hal", Role.HOST), cast.board(session)
    row = start(session, hal, hours=72)
    with pytest.raises(Conflict):
        start(session, hal)
    clock.shift(90 * timedelta(minutes=1))
    actions.end_incident(session, cast.actor(session, hal), chartered_organization(session))
    assert not state.board_state(session, board, clocks.now()).in_incident(clocks.now())
    assert incidents.incident_use(session, clocks.now()) == incidents.IncidentUse(1, 2)
    assert incidents.incident_use(session, clocks.now() + 29 * DAY) == incidents.IncidentUse(0, 0)
    assert (row.role, row.reason) == ("host", WHY)
    with pytest.raises(Conflict):
        actions.end_incident(session, cast.actor(session, hal), chartered_organization(session))
    deeds = [deed.deed for deed in session.query(Deed).filter_by(about="organization").order_by(Deed.id)]
    assert deeds == ["incident_began", "incident_ended"]


def test_an_incident_needs_a_host_of_all_boards_a_reason_and_three_days_at_most(session):
    hal, ann = as_one(session, "hal", Role.HOST), as_one(session, "ann", Role.ANNOUNCER)
    little = as_one(session, "lil", Role.HOST, [cast.board(session).id])
    for nobody in (ann, little, cast.administrator(session), cast.member(session)):
        with pytest.raises(Refused):
            start(session, nobody)
    with pytest.raises(Invalid, match="what is wrong"):
        start(session, hal, reason="Broken")
    for hours in (0, 73):
        with pytest.raises(Invalid, match="72 hours"):
            start(session, hal, hours=hours)


def test_everybody_reads_of_it_on_every_page_and_cannot_put_it_away(app, client, clock):
    with writing(app) as session:
        as_one(session, "hal", Role.HOST)
    enter(app, client, "hal")
    assert client.submit("/organization/incidents", {"reason": WHY, "hours": "12"}, form="/organization/incidents")
    leave(client)
    home, log = read(client, "/"), read(client, "/organization/incidents")
    assert 'role="region" aria-label="Incident"' in home
    assert WHY in home
    assert "/away" not in home
    assert "Begun in the role of Host" in log
    assert "hal" not in log.split("<main", 1)[1]
    clock.shift(12 * HOUR)
    assert WHY not in read(client, "/")
    assert "by itself" in read(client, "/organization/incidents")


def test_whoever_comes_second_finds_what_they_typed_and_ending_twice_is_no_mistake(app, client, clock):
    with writing(app) as session:
        as_one(session, "hal", Role.HOST)
        as_one(session, "ann", Role.ANNOUNCER)
    page = "/organization/incidents"
    enter(app, client, "hal")
    held = client.held(page, "reason")
    answers = [client.post(page, data=held | {"reason": f"{WHY} {n}", "hours": "12"}) for n in (1, 2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert f'value="{WHY} 2"' in answers[1].text
    assert "going on already" in answers[1].text
    assert [client.post(f"{page}/end", data=held).status_code for _ in range(2)] == [303, 303]
    assert "It is over already." in read(client, page)
    enter(app, client, "ann")
    held = client.held(page, "words")
    answers = [client.post("/organization/banner", data=held | {"words": f"Line {n}", "days": "1"}) for n in (1, 2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert 'value="Line 2"' in answers[1].text
    assert [client.post("/organization/banner/end", data=held).status_code for _ in range(2)] == [303, 303]
    assert "It is down already." in read(client, page)


@pytest.mark.parametrize(
    "words",
    [
        "![a cat](/x.png)",
        "Look: ![cat](https://elsewhere.example/x.png) there",
    ],
)
def test_a_banner_shows_no_picture_however_it_is_written(app, client, words):
    with writing(app) as session:
        as_one(session, "ann", Role.ANNOUNCER)
    enter(app, client, "ann")
    held = client.held("/organization/incidents", "words")
    refused = client.post("/organization/banner", data=held | {"words": words, "days": "1"})
    assert (refused.status_code, "no heading, list, table or picture" in refused.text) == (422, True)


# ── banners ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_announcer_raises_one_banner_and_ends_it_before_another(session, clock):
    ann = as_one(session, "ann", Role.ANNOUNCER)
    raise_(session, ann)
    with pytest.raises(HeldBack, match="End it before"):
        raise_(session, ann)
    actions.end_banner(session, cast.actor(session, ann), chartered_organization(session))
    raise_(session, ann, until=clocks.now() + HOUR)
    clock.shift(HOUR)
    raise_(session, ann)  # the other took itself down


def test_a_banner_ends_within_a_week_is_a_line_and_leads_somewhere(session, clock):
    ann = as_one(session, "ann", Role.ANNOUNCER)
    with pytest.raises(HeldBack, match="at most 7 days"):
        raise_(session, ann, until=clocks.now() + 7 * DAY + timedelta(seconds=1))
    for said in (
        {"until": clocks.now()},
        {"words": ""},
        {"words": "x" * 201},
        {"html": "<h1>Loud</h1>"},
        {"html": "<p>One</p>\n<p>Two</p>"},
        {"html": '<p><img src="/x"></p>'},
        {"link": "javascript:alert(1)"},
        {"link": "//elsewhere.example"},
    ):
        with pytest.raises(Invalid):
            raise_(session, ann, **said)
    little = as_one(session, "lil", Role.ANNOUNCER, [cast.board(session).id])
    for nobody in (as_one(session, "hal", Role.HOST), little, cast.administrator(session), cast.moderator(session)):
        with pytest.raises(Refused):
            raise_(session, nobody)


def test_a_member_who_hid_the_banner_sees_it_nowhere_and_the_next_one_again(app, client, clock):
    with writing(app) as session:
        ann = as_one(session, "ann", Role.ANNOUNCER)
        first = raise_(session, ann).id
    enter(app, client, "ada")
    assert "Maintenance on <b>Friday</b>" in read(client, "/")
    answer = client.submit("/latest", {}, form=f"/banner/{first}/away")
    assert answer.location.endswith("/latest")
    assert "Maintenance" not in read(client, "/")
    leave(client)
    assert "Maintenance" in read(client, "/")
    with writing(app) as session:
        ann = session.merge(ann)
        actions.end_banner(session, cast.actor(session, ann), chartered_organization(session))
        raise_(session, ann, html="<p>Another.</p>")
    enter(app, client, "ada")
    assert "Another." in read(client, "/")


def test_a_guest_hides_it_in_their_browser_without_a_script(app, client):
    with writing(app) as session:
        number = raise_(session, as_one(session, "ann", Role.ANNOUNCER)).id
    assert 'href="/banner?next=/latest"' in read(client, "/latest")
    answer = client.submit("/banner?next=/latest", {}, form=f"/banner/{number}/away")
    assert answer.location.endswith("/latest")
    assert "Maintenance" not in read(client, "/latest")
    assert "hidden already" in read(client, "/banner")


def test_who_announces_raises_and_ends_it_on_the_page(app, client):
    with writing(app) as session:
        as_one(session, "ann", Role.ANNOUNCER)
    enter(app, client, "ann")
    page, typed = "/organization/incidents", {"words": "Closed on **Monday**.", "link": "", "days": ""}
    assert "Choose for how long" in client.submit(page, typed, form="/organization/banner").text
    typed["days"] = "3"
    client.submit(page, typed, form="/organization/banner")
    assert "<strong>Monday</strong>" in read(client, "/")
    again = client.post("/organization/banner", data={**typed, "csrf_token": token_of(read(client, page))})
    assert again.status_code == 409
    client.submit(page, {}, form="/organization/banner/end")
    assert "<strong>Monday</strong>" not in read(client, "/")


def token_of(page):
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


# ── where the guard has no numbers ────────────────────────────────────────────────────────────────────────────────────


def test_old_numbers_are_said_in_public_and_since_when(app, client, clock):
    with writing(app) as session:
        cast.host(session)
        board = cast.board(session)
        session.add(BoardSummary(board_id=board.id, counted_from=clocks.now(), measured_at=clocks.now()))
    clock.shift(36 * HOUR)
    assert "cannot measure" not in read(client, "/organization")
    clock.shift(HOUR)
    for page in ("/organization", "/organization/overrides"):
        assert "Since 2 March 2026, 09:00 UTC the forum cannot measure" in read(client, page)


def test_a_guard_that_cannot_judge_is_said_in_public_until_it_can_again(session, clock):
    cast.board(session)
    for hour in (9, 8, 4):
        session.add(GuardLapse(hour=clocks.now().replace(hour=hour), is_blind=True))
    session.add(GuardLapse(hour=clocks.now().replace(hour=2), is_blind=False))
    session.flush()
    assert incidents.degraded_since(session, clocks.now()) == clocks.now().replace(hour=8)
    assert incidents.degraded_since(session, clocks.now() + 3 * HOUR) is None
