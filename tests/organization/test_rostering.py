"""Putting people on the rota, and what follows from it for them, for hosts and for everybody."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from forum.core import clock as time
from forum.core.errors import InvalidFields, Refused
from forum.notifications.jobs import tell_backups
from forum.notifications.models import Notice
from forum.organization import actions
from forum.organization.drafts import ShiftDraft
from forum.organization.jobs import remind_of_shifts
from forum.organization.models import Affiliation, RoleGrant
from forum.organization.queries.rota import is_on_duty, on_duty_at, rota_gaps
from forum.organization.rota_models import ShiftRow
from forum.people.models import Away
from forum.permissions import Role
from forum.posts.models import Topic
from forum.posts.queries.shifts import kept_shifts
from forum.site.models import Deed
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import read

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001  in the zone beside it


def hour(n, day=0):
    return MONDAY + timedelta(days=day, hours=n)


@pytest.fixture
def people(app, clock):
    """A host, a Responder and her backup, a member, and a board that the organization looks after."""
    with writing(app) as session:
        board = cast.board(session, "practice", kind="question")
        return {
            "hal": cast.staff(session, "hal", roles=[Role.HOST]).id,
            "rea": cast.staff(session, "rea", roles=[Role.RESPONDER]).id,
            "bo": cast.staff(session, "bo", roles=[Role.RESPONDER]).id,
            "mia": cast.member(session, "mia").id,
            "board": board.id,
        }


def draft(people, since, until, zone="UTC", weeks=1, person="rea", backup="bo", boards=()):
    return ShiftDraft(Role.RESPONDER, people[person], people.get(backup), tuple(boards), since, until, zone, weeks)


def on_rota(app, people, *given, by="hal", **said):
    with writing(app) as session:
        actor = cast.actor(session, session.get(cast.Account, people[by]))
        return actions.add_shifts(session, actor, cast.host(session), draft(people, *given, **said)).id


def notices(app, kind):
    with reading(app) as session:
        rows = session.query(Notice.recipient_id, Notice.title).filter_by(kind=kind).order_by(Notice.id)
        return [(row.recipient_id, row.title) for row in rows]


def work(app, job, times=1):
    for _ in range(times):
        with app.app_context():
            job()


def sign_in(app, client, people, name):
    with writing(app) as session:
        cast.sign_in(client, session, session.get(cast.Account, people[name]))


def test_a_host_enters_a_shift_for_four_weeks_and_both_hear_of_it_once(app, people):
    on_rota(app, people, hour(9, 1), hour(17, 1), zone="Europe/Berlin", weeks=5)
    with reading(app) as session:
        rows = session.query(ShiftRow).order_by(ShiftRow.since).all()
        begins = [row.since for row in rows]
        assert begins[0] == datetime(2026, 3, 3, 8, tzinfo=UTC)
        assert begins[4] == datetime(2026, 3, 31, 7, tzinfo=UTC)  # the clocks went on by an hour meanwhile
        assert session.query(Deed.deed).filter_by(deed="shift_given").count() == 1
    said = "2026-03-03 09:00–17:00 (Europe/Berlin)"
    assert notices(app, "shift") == [(people["rea"], said), (people["bo"], said)]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("until", {"until": hour(8)}),
        ("until", {"until": hour(0, 20)}),
        ("zone", {"zone": "Europe/Atlantis"}),
        ("since", {"since": hour(7)}),
        ("since", {"since": datetime(1, 1, 1)}),  # noqa: DTZ001
        ("until", {"until": datetime(9999, 12, 31, 23, 59)}),  # noqa: DTZ001
        ("weeks", {"weeks": 27}),
        ("person", {"person": "mia"}),
        ("person", {"person": "hal"}),
        ("backup", {"backup": "rea"}),
        ("backup", {"backup": "mia"}),
        ("boards", {"boards": [987]}),
    ],
)
def test_what_cannot_be_a_shift_is_refused_beside_its_field(app, people, field, wrong):
    with pytest.raises(InvalidFields) as refused:
        on_rota(app, people, **({"since": hour(9), "until": hour(17)} | wrong))
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("name", ["rea", "mia"])
def test_nobody_but_hosts_and_administrators_says_who_is_on_duty(app, people, name):
    with pytest.raises(Refused):
        on_rota(app, people, hour(9), hour(17), by=name)


def test_when_a_shift_is_changed_or_removed_whose_it_was_and_is_hears_of_it(app, people):
    shift_id = on_rota(app, people, hour(12), hour(17), backup="")
    with writing(app) as session:
        hal, row = cast.actor(session, session.get(cast.Account, people["hal"])), session.get(ShiftRow, shift_id)
        actions.change_shift(
            session, hal, cast.host(session), row, draft(people, hour(13), hour(18), person="bo", backup="")
        )
    assert [who for who, _said in notices(app, "shift")] == [people["rea"], people["bo"]]
    assert [who for who, _said in notices(app, "shift_removed")] == [people["rea"]]
    with writing(app) as session:
        hal, row = cast.actor(session, session.get(cast.Account, people["hal"])), session.get(ShiftRow, shift_id)
        actions.remove_shift(session, hal, cast.host(session), row)
    assert [who for who, _said in notices(app, "shift_removed")] == [people["rea"], people["bo"]]
    with reading(app) as session:
        assert session.query(ShiftRow).count() == 0


def during(app, people, clock, change):
    """A shift of rea from nine to five on which somebody does something at eleven; what stands on the rota then."""
    shift_id = on_rota(app, people, hour(9), hour(17))
    clock.shift(timedelta(hours=2))
    with writing(app) as session:
        hal = cast.actor(session, session.get(cast.Account, people["hal"]))
        change(session, hal, cast.host(session), session.get(ShiftRow, shift_id))
    with reading(app) as session:
        rows = session.query(ShiftRow).order_by(ShiftRow.since)
        return [(row.person_id, row.since.hour, row.until.hour) for row in rows]


def test_a_shift_that_has_begun_ends_now_and_what_was_of_it_stays(app, people, clock):
    assert during(app, people, clock, actions.remove_shift) == [(people["rea"], 9, 11)]
    assert notices(app, "shift_removed")[0] == (people["rea"], "2026-03-02 11:00–17:00 (UTC)")


def test_a_shift_that_has_begun_is_handed_on_from_now(app, people, clock):
    def hand_on(*about):
        actions.change_shift(*about, draft(people, hour(9), hour(18), person="bo", backup=""))

    assert during(app, people, clock, hand_on) == [(people["rea"], 9, 11), (people["bo"], 11, 18)]


def test_when_a_shift_that_has_begun_began_stays_and_its_end_can_be_changed(app, people, clock):
    def begin_later(*about):
        actions.change_shift(*about, draft(people, hour(10), hour(17)))

    def end_later(*about):
        actions.change_shift(*about, draft(people, hour(9), hour(18)))

    with pytest.raises(InvalidFields, match="when it began stays"):
        during(app, people, clock, begin_later)
    with writing(app) as session:
        session.query(ShiftRow).delete()
    clock.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert during(app, people, clock, end_later) == [(people["rea"], 9, 18)]


def test_while_somebody_is_away_or_has_left_the_backup_is_on_duty(app, people, clock):
    on_rota(app, people, hour(9), hour(17))

    def on_duty(session):
        return [shift.person for shift in on_duty_at(session, time.now())]

    with writing(app) as session:
        assert on_duty(session) == [people["rea"]]
        session.add(Away(account_id=people["rea"], first_day=date(2026, 3, 2), last_day=date(2026, 3, 3)))
        session.flush()
        assert on_duty(session) == [people["bo"]]
        session.query(Away).delete()
        session.query(Affiliation).filter_by(account_id=people["rea"]).update({"until": time.now()})
        assert on_duty(session) == [people["bo"]]
        session.query(RoleGrant).filter_by(account_id=people["bo"]).update({"until": time.now()})
        assert on_duty(session) == []


def test_service_hours_without_anybody_are_a_task_once_there_is_a_rota(app, people):
    with reading(app) as session:
        assert rota_gaps(session, time.now()) == ()
    on_rota(app, people, hour(9), hour(0, 14))
    on_rota(app, people, hour(0, 14), hour(0, 16))
    with writing(app) as session:
        assert rota_gaps(session, time.now()) == ()
        session.query(ShiftRow).filter(ShiftRow.since > time.now()).delete()
        found = rota_gaps(session, time.now())
    assert [(gap.board, gap.role, gap.since) for gap in found] == [
        (people["board"], Role.RESPONDER, datetime(2026, 3, 16, 8, tzinfo=UTC))
    ]


def test_the_day_before_from_eight_on_one_is_reminded_once(app, people, clock):
    on_rota(app, people, hour(9, 1), hour(17, 1), zone="America/New_York")
    work(app, remind_of_shifts)
    assert notices(app, "shift_tomorrow") == []  # it is four in the morning there
    clock.shift(timedelta(hours=4))
    work(app, remind_of_shifts, times=2)
    assert [who for who, _said in notices(app, "shift_tomorrow")] == [people["rea"]]


def test_when_half_of_the_promised_time_is_over_the_backup_hears_of_it_once(app, people, clock):
    on_rota(app, people, hour(8), hour(20, 4))
    with writing(app) as session:
        board = session.get(cast.Board, people["board"])
        quiet = cast.topic(session, board, session.get(cast.Account, people["mia"]), title="Nobody says anything")
        other = cast.topic(session, board, session.get(cast.Account, people["mia"]), title="Somebody does")
        cast.reply(session, other, cast.member(session))
    clock.shift(timedelta(hours=11))  # the end of the service day
    work(app, tell_backups)
    assert notices(app, "stand_in") == []
    clock.move_to(datetime(2026, 3, 3, 9, 1, tzinfo=UTC))
    work(app, tell_backups, times=2)
    assert [who for who, _said in notices(app, "stand_in")] == [people["bo"]]
    with reading(app) as session:
        assert [row.topic_id for row in session.query(Notice).filter_by(kind="stand_in")] == [quiet.id]


def test_a_shift_in_which_somebody_waited_in_vain_was_not_kept(app, people, clock):
    for day in range(5):
        on_rota(app, people, hour(20, day), hour(20, day + 1))
    with writing(app) as session:
        board, mia = session.get(cast.Board, people["board"]), session.get(cast.Account, people["mia"])
        topics = []
        for day in range(5):
            clock.move_to(datetime(2026, 3, 2 + day, 9, 30, tzinfo=UTC))
            topics.append(cast.topic(session, board, mia))
            if day:
                clock.shift(timedelta(hours=1))
                cast.reply(session, topics[-1], cast.member(session))
    clock.move_to(datetime(2026, 3, 16, 9, tzinfo=UTC))
    with reading(app) as session:
        assert session.query(Topic).count() == 5
        found = kept_shifts(session, time.now())
    # Monday's newcomer waited in vain, for a hello by Tuesday and for a reply by Wednesday; on Thursday and Friday what
    # fell due was done; on Saturday nothing fell due.
    assert (found.kept, found.counted) == (2, 4)
    assert found.share is None


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_host_fills_a_gap_in_the_browser_and_changes_and_removes_the_shift(app, client, people):
    sign_in(app, client, people, "hal")
    typed = {
        "role": "responder",
        "person": str(people["rea"]),
        "backup": str(people["bo"]),
        "since": "2026-03-02T09:00",
        "until": "2026-03-02T20:00",
        "zone": "UTC",
        "weeks": "1",
    }
    assert client.submit("/organization/rota", typed, form="/rota").status_code == 303
    shown = read(client, "/organization/rota")
    assert "09:00–20:00" in shown
    assert "Nobody is on duty" in shown
    with reading(app) as session:
        shift_id = session.query(ShiftRow.id).scalar()
    wrong = client.submit(f"/organization/rota/{shift_id}", {"until": "2026-03-02T07:00"}, form=f"rota/{shift_id}")
    assert wrong.status_code == 422
    assert "It ends after it begins." in wrong.text
    assert client.submit(f"/organization/rota/{shift_id}", {"backup": "0"}, form=f"rota/{shift_id}").status_code == 303
    assert "no backup" in read(client, "/organization/rota")
    assert client.submit(f"/organization/rota/{shift_id}", form=f"{shift_id}/remove").status_code == 303
    with reading(app) as session:
        assert session.query(ShiftRow).count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"person": "9" * 30}, "Choose somebody who holds this role"),
        ({"backup": "9" * 30, "person": "x"}, "Choose somebody who holds this role"),
        ({"boards": "9" * 30}, "One of these boards is not there any more."),
        ({"since": "0001-01-01T00:00"}, "Choose a day nearer to today."),
        ({"until": "9999-12-31T23:59"}, "Choose a day nearer to today."),
    ],
)
def test_nonsense_in_the_form_of_the_rota_is_refused_in_words_and_the_rest_stays(app, client, people, wrong, said):
    sign_in(app, client, people, "hal")
    typed = {
        "role": "responder",
        "person": str(people["rea"]),
        "since": "2026-03-02T10:00",
        "until": "2026-03-02T20:30",
    }
    held = client.held("/organization/rota", "since")
    answer = client.post("/organization/rota", data=held | typed | {"zone": "UTC", "weeks": "4"} | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    kept = "2026-03-02T10:00" if "until" in wrong else "2026-03-02T20:30"
    assert kept in answer.text


def test_a_shift_of_several_days_stands_on_each_of_them(app, client, people):
    on_rota(app, people, hour(9), hour(24, 2))
    sign_in(app, client, people, "rea")
    shown = read(client, "/organization/rota")
    assert [shown.count(words) for words in ("from 09:00", "all day", "until 00:00")] == [1, 1, 1]
    assert len(re.findall(r"until \w+, \d+ March, 00:00 · backup", shown)) == 1, "its span and its backup are said once"
    narrow = re.findall(r'class="narrow-alone">([^<]*)<', shown)
    assert len(narrow) == 1, "the run of free days is one line"
    assert re.fullmatch(r" – \w+,? 15 March.*", narrow[0])


def test_staff_see_their_own_shifts_and_members_who_is_on_duty_now_if_they_may_be_named(app, client, people):
    on_rota(app, people, hour(8), hour(20))
    on_rota(app, people, hour(8, 1), hour(20, 1), person="bo", backup="")
    sign_in(app, client, people, "rea")
    own = read(client, "/organization/rota")
    assert own.count("09:00–20:00") == 1
    assert "Put somebody on the rota" not in own
    sign_in(app, client, people, "mia")
    assert client.get("/organization/rota").status_code == 403
    public = read(client, "/organization").partition("On duty now")[2].partition("Who speaks for it")[0]
    assert "1 person" in public
    assert "rea" not in public
    with writing(app) as session:
        session.query(Affiliation).filter_by(account_id=people["rea"]).update({"listed_at": time.now()})
    public = read(client, "/organization").partition("On duty now")[2].partition("Who speaks for it")[0]
    assert "rea" in public
    assert "bo" not in public


def test_the_page_of_the_responder_on_duty_says_by_itself_that_a_topic_was_seen(app, client, people):
    on_rota(app, people, hour(8), hour(20))
    with writing(app) as session:
        topic = cast.topic(session, session.get(cast.Board, people["board"]), session.get(cast.Account, people["mia"]))
        actors = {name: cast.actor(session, session.get(cast.Account, people[name])) for name in ("rea", "bo")}
        assert [is_on_duty(session, who, Role.RESPONDER, topic.board_id, time.now()) for who in actors.values()] == [
            True,
            False,
        ]

    def by_itself(name):
        sign_in(app, client, people, name)
        page = client.get(f"/t/{topic.id}", follow_redirects=True).text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        answer = client.post(f"/t/{topic.id}/seen", data={"csrf_token": token}, headers={"HX-Request": "true"})
        assert answer.status_code == 204
        with reading(app) as session:
            return "data-seen" in page, session.get(Topic, topic.id).org_seen_at is not None

    assert by_itself("bo") == (False, False)
    assert by_itself("rea") == (True, True)
