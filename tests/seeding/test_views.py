"""The seeding calendar in the browser: from a suggestion to what was learned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum import wiring
from forum.core import clock as clocks
from forum.core.db import db
from forum.core.moments import typed_moment
from forum.permissions import Role
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
    page = plan(client, title="Reeds", people="").location
    assert "Nobody was asked yet; two are needed" in read(client, PLACE)
    assert "Nobody was asked yet; two members have to say yes" in read(client, page)
    assert "planned by" in read(client, page)
    refused = client.submit(page, {"name": "sue"}, form="invite")
    assert refused.status_code == 422
    assert "It is for members" in refused.text
    assert client.submit(f"{page}/edit", {"planned_at": typed(5)}, form="edit").status_code == 303
    press(client, page, f"{page}/post")
    assert "Two members have to say first" in read(client, page)
    assert client.submit(page, {"reason": "no"}, form="drop").status_code == 422
    client.submit(page, {"reason": "Better in autumn."}, form="drop")
    assert "Better in autumn." in read(client, f"{PLACE}?which=dropped")


def test_other_words_are_told_to_whoever_said_yes_and_a_host_only_moves_it(app, client, place):
    enter(app, client, "sue")
    page = plan(client, title="Reeds", people="ada").location
    door = f"/taking-part/{page.rsplit('/', 1)[1]}"
    enter(app, client, "ada")
    press(client, door, door, answer="yes")
    enter(app, client, "sue")
    assert "they are asked again" in read(client, f"{page}/edit")
    client.submit(f"{page}/edit", {"ask": "What keeps your reeds dry?", "planned_at": typed(3)}, form="edit")
    assert "is asked again" in read(client, page)
    enter(app, client, "ada")
    assert "before this was changed (the question, the time)" in read(client, door)
    assert press(client, door, door, answer="yes", version="0").status_code == 303
    assert "It was changed while you read it." in read(client, door)
    with writing(app) as session:
        cast.staff(session, "hal", roles=[Role.HOST])
    enter(app, client, "hal")
    assert "Its words are sue’s" in read(client, f"{page}/edit")
    assert client.submit(f"{page}/edit", {"planned_at": typed(4), "ask": "Other?"}, form="edit").status_code == 303
    assert "What keeps your reeds dry?" in read(client, page)


def test_a_page_that_is_out_of_date_says_so_at_its_top_and_keeps_what_was_typed(app, client, place):
    enter(app, client, "sue")
    page = plan(client, title="Reeds", people="ada").location
    said = {"invite": {"name": "bo"}, "drop": {"reason": "Better in autumn."}, "learned": {"learned": "It works."}}
    answer = send(client, page, f"{page}/learned", **said["learned"])
    assert "It is not reviewed yet." in answer.text
    assert "You had typed: It works." in answer.text
    client.submit(page, {"reason": "Better in spring."}, form="drop")
    for what in ("invite", "drop"):
        answer = send(client, page, f"{page}/{what}", **said[what])
        assert answer.status_code == 422
        assert "This one is not planned any more" in answer.text.split("<h2")[0]
        assert f"You had typed: {next(iter(said[what].values()))}" in answer.text


def test_who_began_a_topic_just_now_is_told_to_wait_and_nothing_of_a_text(app, client, place):
    enter(app, client, "sue")
    page = plan(client, title="Reeds", people="ada, bo").location
    door = f"/taking-part/{page.rsplit('/', 1)[1]}"
    for name in ("ada", "bo"):
        enter(app, client, name)
        press(client, door, door, answer="yes")
    with writing(app) as session:
        sue = session.query(cast.Account).filter_by(name="sue").one()
        cast.topic(session, cast.board(session), sue)
    enter(app, client, "sue")
    press(client, page, f"{page}/post")
    answer = read(client, page)
    assert "That was quick after your last topic. Try again in" in answer
    assert "text is kept" not in answer


def test_the_later_of_two_windows_is_told_and_keeps_its_text(app, client, place):
    enter(app, client, "sue")
    page = plan(client, title="Reeds", people="").location
    later = client.held(f"{page}/edit", "title")
    client.submit(f"{page}/edit", {"ask": "What keeps your reeds dry?"}, form="edit")
    answer = client.post(f"{page}/edit", data=later | {"ask": "Who dries their reeds at home?"})
    assert answer.status_code == 422
    assert "It was changed in another window meanwhile." in answer.text
    assert "Who dries their reeds at home?" in answer.text
    assert "What keeps your reeds dry?" in read(client, page)
    assert 'name="version" type="hidden" value="1"' in answer.text
    mine = later | {"version": "1", "ask": "Who dries their reeds at home?"}
    assert client.post(f"{page}/edit", data=mine).status_code == 303


def test_code_without_an_end_does_not_swallow_the_question_and_words_are_shown_as_they_will_be(app, client, place):
    enter(app, client, "sue")
    source = "*Mine* rust.\n\n```\nwax = 1"
    typed_in = client.held(f"{PLACE}/new", "ask") | {"title": "Reeds", "ask": ASK, "source": source, "preview": "1"}
    wanted = ("<em>Mine</em>", f"<p>{ASK}</p>")
    assert all(part in client.post(f"{PLACE}/new", data=typed_in).text for part in wanted)
    pane = client.post(f"{PLACE}/preview", data=typed_in, headers={"HX-Request": "true"}).text
    assert all(part in pane for part in wanted)
    page = plan(client, title="Reeds", source=source, people="ada").location
    assert all(part in client.get(page).text for part in wanted)
    enter(app, client, "ada")
    assert all(part in client.get(f"/taking-part/{page.rsplit('/', 1)[1]}").text for part in wanted)


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
