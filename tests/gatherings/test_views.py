"""Events on the page and in calendars."""

from __future__ import annotations

from tests import cast
from tests.gatherings.test_attendance import event
from tests.machines.databases import writing
from tests.posts.people import counted, enter, read, send


def test_a_calendar_is_for_everybody_who_may_read_the_board_and_says_when_nothing_changed(app, client):
    with writing(app) as session:
        ada, rena = cast.member(session, "ada"), cast.staff(session, "rena")
        topic = event(session, cast.board(session, "meets", kind="event"), ada, title="Gut, glue; and more")
        secret = event(session, cast.board(session, "desk", kind="event", rights=cast.STAFF_ONLY), rena)
        cast.board(session, "talk")
        ids = topic.id, secret.id
    answer = client.get("/b/meets/events.ics")
    assert answer.mimetype == "text/calendar"
    assert "SUMMARY:Gut\\, glue\\; and more\r\n" in answer.text
    assert f"UID:topic-{ids[0]}@" in answer.text
    again = client.get("/b/meets/events.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")
    for closed in ("/b/desk/events.ics", f"/t/{ids[1]}/event.ics", "/b/talk/events.ics"):
        assert client.get(closed).status_code == 404
    assert client.get(f"/t/{ids[0]}/event.ics").text.count("BEGIN:VEVENT") == 1
    enter(app, client, "rena")
    assert "private" in client.get("/b/desk/events.ics").headers["Cache-Control"]


def test_members_answer_on_the_page_and_see_names_that_guests_do_not(app, client):
    with writing(app) as session:
        topic = event(session, cast.board(session, "meets", kind="event"), cast.member(session, "ada"), 1)
        place, address = f"/t/{topic.id}-{topic.slug}", f"/t/{topic.id}/attend"
    enter(app, client, "bo", display_name="Bo Brandt")
    assert send(client, place, address, answer="yes").status_code == 303
    assert "1 of 1 place taken" in read(client, place)
    enter(app, client, "cleo")
    said = send(client, place, address, htmx=True, answer="yes").text
    assert "number 1 on the waiting list" in said
    assert "Bo Brandt" in read(client, f"{place.split('-', maxsplit=1)[0]}/attendance")
    client._cookies.clear()
    page = read(client, place)
    assert "1 of 1 place taken" in page
    assert "Bo Brandt" not in page


def test_attendance_costs_one_question_however_many_come(app, client):
    with writing(app) as session:
        board = cast.board(session, "meets", kind="event")
        topic = event(session, board, cast.member(session, "ada"), 0)
        from tests.gatherings.test_attendance import answers

        for number in range(20):
            answers(session, cast.member(session, f"p{number}"), topic, "yes")
        place = f"/t/{topic.id}-{topic.slug}"
    enter(app, client, "p3")
    with counted(app) as said:
        assert "20 come" in read(client, place)
    assert len([one for one in said if "attendances" in one]) == 1
