"""Rights that come and go by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core import clock as time
from forum.core.errors import Invalid, Refused
from forum.jobs.models import Job
from forum.posts import actions as posts
from forum.posts import queries as reads
from forum.standing import actions, jobs, queries
from forum.standing.models import DayHere, StandingRow
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, read, send


def facts(session, person):
    return queries.facts_of(session, [person.id], time.now(), timedelta(hours=24))[person.id]


def test_reading_is_counted_between_pages_up_to_two_minutes_and_makes_a_member_at_once(session, clock):
    ada, board = cast.member(session), cast.board(session)
    new = cast.newcomer(session)
    cast.reply(session, cast.topic(session, board, ada), new)
    clock.shift(timedelta(hours=25))
    topics = [cast.topic(session, board, ada) for _number in range(8)]
    for number, topic in enumerate(topics):
        posts.mark_read(session, cast.actor(session, new), topic, 1)
        clock.shift(timedelta(hours=3) if number == 0 else timedelta(seconds=110))
        session.flush()
    row = session.get(StandingRow, new.id)
    assert row.reading_seconds == 120 + 6 * 110
    assert new.trust == "member"
    assert session.query(DayHere).filter_by(account_id=new.id).count() == 1


def test_what_others_take_away_weighs_what_one_takes_back_does_not(session):
    ada, mod, board = cast.member(session), cast.moderator(session), cast.board(session)
    topic = cast.topic(session, board, ada)
    bad = [cast.reply(session, topic, ada) for _number in range(3)]
    for post in bad[:2]:
        cast.remove(session, mod, post)
    own = reads.post_for_update(session, cast.actor(session, ada), bad[2].id)
    posts.delete_post(session, cast.actor(session, ada), own, "")
    session.refresh(ada)
    known = facts(session, ada)
    assert (known.posting.good, known.posting.bad, known.taken_away) == (1, 2, 2)


def test_a_moderator_holds_a_member_with_a_reason_and_lets_go(session):
    ada, mod, staff = cast.member(session, "ada"), cast.moderator(session), cast.staff(session)
    with pytest.raises(Refused):
        actions.hold_standing(session, cast.actor(session, ada), mod, "newcomer", "Because.")
    with pytest.raises(Invalid):
        actions.hold_standing(session, cast.actor(session, mod), ada, "newcomer", " ")
    actions.hold_standing(session, cast.actor(session, mod), ada, "newcomer", "Three adverts in a day.")
    actions.reckon(session, [ada, staff], time.now())
    assert (ada.trust, staff.trust) == ("newcomer", "member")
    actions.release_standing(session, cast.actor(session, mod), ada)
    with pytest.raises(Invalid):
        actions.release_standing(session, cast.actor(session, mod), ada)


def test_the_nightly_job_goes_on_where_it_was_and_demotes_who_is_not_here_any_more(app, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    with writing(app) as session:
        people = [cast.member(session, trust="regular", last_seen_at=None) for _number in range(5)]
        held = cast.member(session, trust="regular")
        session.add(StandingRow(account_id=held.id, reading_seconds=0, held_level="regular", held_reason="Trusted."))
        ids = [person.id for person in people]
        held_id = held.id
    with app.app_context():
        after, rounds = 0, 0
        while True:
            jobs.reckon_standings(after)
            rounds += 1
            with reading(app) as session:
                waiting = [job.payload["after"] for job in session.query(Job).filter_by(name="reckon_standings")]
            if not [number for number in waiting if number > after]:
                break
            after = max(waiting)
    assert rounds >= 3
    with reading(app) as session:
        from forum.accounts.models import Account

        assert {session.get(Account, one).trust for one in ids} == {"member"}
        assert session.get(Account, held_id).trust == "regular"


def test_a_member_sees_their_own_standing_and_why_and_nobody_elses(app, client):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session), cast.member(session, "mo"))
        address = f"/t/{topic.id}-{topic.slug}"
        cast.member(session, "bea")
    assert client.get("/standing").status_code == 303
    enter(app, client, "nia", cast.newcomer)
    read(client, address)
    shown = client.get("/standing").text
    assert "New here" in shown
    assert "reading 5 topics" in shown
    assert "(1 so far)" in shown
    assert client.get("/standing/bea").status_code == 403
    enter(app, client, "mod", cast.moderator)
    answer = client.submit("/standing/bea", {"level": "newcomer", "reason": ""}, form="hold")
    assert "the member reads it" in answer.text
    answer = client.submit(
        "/standing/bea", {"level": "newcomer", "reason": "Adverts."}, form="hold", follow_redirects=True
    )
    assert "whatever else happens: Adverts." in answer.text
    answer = send(client, "/standing/bea", "/standing/bea/release")
    assert answer.status_code == 303
    enter(app, client, "rena", cast.staff)
    assert "stand outside" in client.get("/standing").text
