"""A scorecard is made once a week, kept as it was, and beside it what was reckoned anew, with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from forum.core import clock as clocks
from forum.core.errors import Conflict, Invalid, NotFound, Refused, SignInNeeded
from forum.permissions import HOUSE, Role
from forum.scorecard import actions, queries, weeks
from forum.scorecard.jobs import make_scorecards
from forum.scorecard.models import Scorecard, ScorecardPart
from forum.scorecard.queries.gathering import reckoned
from forum.site.models import Deed
from tests import cast
from tests.machines.databases import reading, writing

MONDAY = date(2026, 3, 2)
WHY = "A post was counted that had been taken away."


@pytest.fixture
def board(session, clock):
    """Six members and one of the staff wrote there last week."""
    cast.host(session)
    board = cast.board(session, "practice")
    begun = cast.topic(session, board, cast.member(session))
    for _ in range(5):
        cast.reply(session, begun, cast.member(session))
    cast.reply(session, begun, cast.staff(session))
    clock.shift(timedelta(days=7))
    return board


def make(session, week=MONDAY + weeks.WEEK):
    return actions.make(session, week, reckoned(session, weeks.instant_of(week), None))


def recompute(session, actor=HOUSE, week=MONDAY + weeks.WEEK, reason=WHY, base=None):
    parts = reckoned(session, weeks.instant_of(week), None)
    return actions.recompute(session, actor, cast.host(session), week, parts, reason, base=base)


def take_one_away(session):
    """A post is no longer counted: numbers change."""
    here = select(cast.Post).where(cast.Post.deleted_at.is_(None)).order_by(cast.Post.id.desc())
    late = session.scalars(here).first()
    late.deleted_at = late.created_at + timedelta(minutes=5)
    session.flush()


@pytest.mark.parametrize("table", [Scorecard, ScorecardPart])
@pytest.mark.parametrize("deed", ["change", "delete"])
def test_the_database_itself_refuses_to_change_or_delete_one(session, board, table, deed):
    make(session)
    changed = {"made_at": clocks.now()} if table is Scorecard else {"data": {"posts": 0}}
    with pytest.raises(DBAPIError, match="kept as they are"), session.begin_nested():
        session.execute(update(table).values(**changed) if deed == "change" else delete(table))


def test_a_week_has_one_first_version_and_only_a_later_one_has_a_reason(session, board):
    assert make(session).version == 1
    assert make(session) is None, "what stands there stays"
    for version, reason in ((1, ""), (2, ""), (1, WHY), (0, WHY)):
        row = Scorecard(week=MONDAY, version=version, made_at=clocks.now(), reason=reason)
        row.week += weeks.WEEK if version else 2 * weeks.WEEK
        with pytest.raises(IntegrityError):
            _add(session, row)


def _add(session, row):
    with session.begin_nested():
        session.add(row)
        session.flush()


def test_reckoned_anew_it_is_version_two_with_a_reason_and_what_changed(session, board):
    first = make(session)
    before = session.get_one(ScorecardPart, (first.id, 0)).data
    take_one_away(session)
    second = recompute(session)
    assert (second.week, second.version, second.reason) == (first.week, 2, WHY)
    assert session.get_one(ScorecardPart, (first.id, 0)).data == before
    page = queries.page(session, cast.actor(session, None), second)
    changed = {(one.slug, one.measure): (one.before["k"], one.after["k"]) for one in page.changed}
    assert changed["", "share_of_voice"] == changed["practice", "share_of_voice"] == (1, 0)
    assert ("", "absence_factor") not in changed
    assert [one.version for one in page.versions] == [2, 1]
    assert queries.page(session, cast.actor(session, None), first).changed == ()
    assert queries.scorecard(session).version == 2, "the latest is shown"
    deed = session.query(Deed).filter_by(deed="recomputed").one()
    assert deed.after == {"week": "2026-03-09", "number": 2, "reason": WHY}


def test_administrators_and_hosts_have_one_reckoned_anew_and_nobody_else(session, board):
    make(session)
    for person in (cast.member(session), cast.moderator(session), cast.staff(session, roles=[Role.RESPONDER])):
        with pytest.raises(Refused):
            recompute(session, cast.actor(session, person))
    with pytest.raises(SignInNeeded):
        recompute(session, cast.actor(session, None))
    allowed = (cast.administrator(session), cast.staff(session, roles=[Role.HOST]))
    for version, person in enumerate(allowed, start=2):
        take_one_away(session)
        assert recompute(session, cast.actor(session, person)).version == version


def test_pressed_twice_it_is_one_version_and_where_nothing_changed_it_is_none(session, board):
    make(session)
    with pytest.raises(Conflict, match="Nothing changed"):
        recompute(session, base=1)
    take_one_away(session)
    assert [recompute(session, base=1).version for _ in range(2)] == [2, 2]
    with pytest.raises(Conflict, match="meanwhile"):
        recompute(session, base=1, reason="Another reason than the one before.")
    assert session.query(Deed).filter_by(deed="recomputed").count() == 1


@pytest.mark.parametrize("reason", ["What GRACE wrote was left out of it.", "What ada LOVELACE wrote was left out."])
def test_a_reason_with_somebodys_name_is_refused_whole_words_alone(session, board, reason):
    make(session)
    cast.member(session, "grace")
    cast.member(session, "al", display_name="Ada Lovelace")
    take_one_away(session)
    with pytest.raises(Invalid, match="somebody here is called"):
        recompute(session, reason=reason)
    assert recompute(session, reason="What Ada and disgraceful al wrote was left out.").version == 2


@pytest.mark.parametrize("reason", ["", "A bug.", "x" * 301, "Because @ada counted it wrongly."])
def test_a_reason_explains_something_and_names_nobody(session, board, reason):
    make(session)
    with pytest.raises(Invalid):
        recompute(session, reason=reason)
    assert queries.scorecard(session).version == 1


def test_a_week_that_never_was_cannot_be_reckoned_anew(session, board):
    with pytest.raises(NotFound):
        recompute(session)


def of_weeks(app):
    with reading(app) as session:
        rows = session.execute(select(Scorecard.week, Scorecard.version, ScorecardPart.data).join(ScorecardPart))
        return {row.week: (row.version, row.data["posts"]) for row in rows}


def test_the_job_makes_each_week_once_and_those_that_were_missed_as_of_their_own_monday(app, clock):
    with app.app_context():
        make_scorecards()
    assert of_weeks(app) == {}, "nobody hosts the place yet"
    with writing(app) as session:
        cast.host(session)
        cast.topic(session, cast.board(session, "practice"), cast.member(session))
    with app.app_context():
        make_scorecards()
    assert of_weeks(app) == {MONDAY: (1, 0)}, "at 09:00 the last Monday is this one, 06:00"
    clock.move_to(datetime(2026, 3, 10, 12, tzinfo=UTC))
    with writing(app) as session:
        cast.topic(session, session.query(cast.Board).one(), cast.member(session))
    clock.move_to(datetime(2026, 3, 18, 12, tzinfo=UTC))
    with app.app_context():
        make_scorecards()
        make_scorecards()
    assert of_weeks(app) == {
        MONDAY: (1, 0),
        MONDAY + weeks.WEEK: (1, 1),
        MONDAY + 2 * weeks.WEEK: (1, 2),
    }
    with reading(app) as session:
        assert queries.scorecard(session).made_at == clocks.now()


def test_the_operator_has_one_reckoned_anew(app, clock):
    with writing(app) as session:
        cast.host(session)
        whole = reckoned(session, weeks.instant_of(MONDAY), None)[0]
        actions.make(session, MONDAY, [replace(whole, data={**whole.data, "lines": {}})])
    run = app.test_cli_runner().invoke
    said = run(args=["scorecard", "recompute", "--week", "2026-03-02", "--reason", WHY])
    assert "Version 2 of the scorecard of 2026-03-02" in said.output
    refused = run(args=["scorecard", "recompute", "--week", "2026-03-03", "--reason", WHY])
    assert refused.exit_code == 1
    assert "by its Monday" in refused.output
    assert run(args=["scorecard", "recompute", "--week", "2026-03-02"]).exit_code == 2
