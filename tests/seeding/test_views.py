"""The seeding calendar in the browser: from a suggestion to what was learned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum import wiring
from forum.core import clock as clocks
from forum.core.db import db
from forum.core.moments import typed_moment
from forum.search.models import SearchMiss
from forum.seeding import queries
from forum.seeding.models import Seed
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.doors import living
from tests.posts.people import enter, press, read, send

PLACE = "/organization/seeding"
ASK = "How do you keep your reeds dry in winter?"


@pytest.fixture
def place(app, clock):
    with writing(app) as session:
        cast.board(session, "practice", name="Practice", time_zone="Europe/Berlin")
        cast.staff(session, "sue")
        for name in ("ada", "bo"):
            cast.member(session, name, may_be_asked=True)
        session.add(SearchMiss(term="reed rust", count=2, last_at=clocks.now()))


def run(app, job):
    with app.app_context():
        wiring.JOBS[job]()
        db.session.remove()


def typed(days, zone="Europe/Berlin"):
    return typed_moment(clocks.now() + timedelta(days=days), zone)


def plan(client, address=f"{PLACE}/new", **more):
    said = {"ask": ASK, "planned_at": typed(2), "source": "Mine rust.", "people": "@ada, bo, nobody-here"}
    return client.submit(address, said | more, form="seeding/new")


def test_from_a_suggestion_to_a_conversation_that_members_carried(app, client, place, clock):
    enter(app, client, "sue")
    assert "Looked for 2 times, in vain." in read(client, f"{PLACE}/suggestions")
    answer = plan(client, f"{PLACE}/new?from=term:reed+rust")
    page = client.get(answer.location).text
    assert "reed rust" in page
    assert "There is nobody called nobody-here." in page
    assert "0 of 2 did" in page
    assert "2 of" not in page
    seed = int(answer.location.rsplit("/", 1)[1])
    for name in ("ada", "bo"):
        enter(app, client, name)
        assert client.get(answer.location).status_code == 403
        door = f"/taking-part/{seed}"
        assert ASK in read(client, door)
        assert "Wednesday, 4 March 2026, 10:00 CET" in read(client, door)
        press(client, door, door, answer="yes")
        assert "You said yes." in read(client, door)
    clock.shift(timedelta(days=2))
    run(app, "post_due_seeds")
    assert "Seeded" in read(client, "/b/practice")
    topic = client.get(door).location
    assert "Seeded by sue" in read(client, topic)
    for name, to in (("ada", 1), ("bo", 2)):
        with writing(app) as session:
            row = queries.one(session, seed)
            who = session.query(cast.Account).filter_by(name=name).one()
            cast.reply(session, living(session, row.topic), who, reply_to_number=to)
    clock.shift(timedelta(days=7))
    run(app, "review_seeds")
    enter(app, client, "sue")
    assert "Members carried it on" in read(client, f"{PLACE}?which=reviewed")
    client.submit(answer.location, {"learned": "Winter works."})
    assert "Winter works." in read(client, f"{PLACE}?which=reviewed")


def test_what_was_typed_comes_back_with_a_sentence_beside_its_field(app, client, place):
    enter(app, client, "sue")
    answer = plan(client, title="Reeds", ask="We hope that you like it.")
    assert answer.status_code == 422
    assert "End with a question that members can answer" in answer.text
    assert "We hope that you like it." in answer.text
    assert plan(client, title="Reeds", planned_at="soon").status_code == 422
    page = plan(client, title="Reeds").location
    refused = client.submit(page, {"name": "sue"}, form="invite")
    assert refused.status_code == 422
    assert "It is for members" in refused.text
    assert client.submit(f"{page}/edit", {"planned_at": typed(5)}, form="edit").status_code == 303
    press(client, page, f"{page}/post")
    assert "Two members have to say first" in read(client, page)
    assert client.submit(page, {"reason": "no"}, form="drop").status_code == 422
    client.submit(page, {"reason": "Better in autumn."}, form="drop")
    assert "Better in autumn." in read(client, f"{PLACE}?which=dropped")


def test_members_see_nothing_of_the_calendar(app, client, place):
    enter(app, client, "ada")
    for address in (PLACE, f"{PLACE}/suggestions", f"{PLACE}/new"):
        assert client.get(address).status_code == 403
    assert "/organization/seeding" not in read(client, "/organization/decisions")
    assert send(client, "/", f"{PLACE}/calendar").status_code == 403


def test_a_calendar_program_reads_it_at_a_private_address_until_that_is_taken_back(app, client, place):
    enter(app, client, "sue")
    plan(client, title="Reeds, and rust")
    shown = press(client, PLACE, f"{PLACE}/calendar").text
    address = shown.split('value="http')[1].split('"')[0]
    path = "/organization" + address.split("/organization")[1]
    client.get("/")
    visitor = app.test_client()
    feed = visitor.get(path)
    assert feed.mimetype == "text/calendar"
    assert "SUMMARY:Reeds\\, and rust · Practice" in feed.text
    assert "DTSTART:20260304T090000Z" in feed.text
    with reading(app) as session:
        assert session.query(Seed).one().title == "Reeds, and rust"
    press(client, PLACE, f"{PLACE}/calendar/end")
    assert visitor.get(path).status_code == 404
    assert visitor.get(f"{PLACE}/anything.ics").status_code == 404
