"""Events on the page and in calendars."""

from __future__ import annotations

import re
from datetime import timedelta

from tests import cast
from tests.gatherings.test_attendance import event
from tests.machines.databases import writing
from tests.posts.people import counted, enter, leave, read, send


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


def entry_in(client, topic_id, address="/b/meets/events.ics"):
    """The lines of one event in the calendar, by name."""
    text = client.get(address).text.replace("\r\n ", "")
    for event_ in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
        lines = dict(line.split(":", 1) for line in event_.splitlines())
        if lines["UID"].startswith(f"topic-{topic_id}@"):
            return lines
    return {}


def test_an_event_that_is_taken_away_is_cancelled_in_calendars_for_a_month_and_can_come_back(app, client, clock):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        board = cast.board(session, "meets", kind="event")
        topic = event(session, board, ada, title="Glue and its secrets", body="We meet at noon.")
        topic.starts_at = topic.starts_at + timedelta(days=60)
        secret = event(session, cast.board(session, "desk", kind="event", rights=cast.STAFF_ONLY), cast.staff(session))
        topic_id, post_id, secret_id = topic.id, topic.last_post_id, secret.id
    stands = entry_in(client, topic_id)
    assert stands["STATUS"] == "CONFIRMED"
    enter(app, client, "ada")
    assert send(client, "/", f"/p/{post_id}/delete").status_code == 303
    leave(client)
    gone = entry_in(client, topic_id)
    assert gone["STATUS"] == "CANCELLED"
    assert int(gone["SEQUENCE"]) > int(stands["SEQUENCE"])
    assert gone["DTSTART"] == stands["DTSTART"]
    assert "Glue" not in " ".join(gone.values())
    assert not {"LOCATION", "DESCRIPTION"} & gone.keys()
    assert entry_in(client, secret_id) == {}
    clock.shift(timedelta(hours=2))
    enter(app, client, "mod", cast.moderator)
    assert send(client, "/", f"/p/{post_id}/undelete").status_code == 303
    leave(client)
    again = entry_in(client, topic_id)
    assert again["STATUS"] == "CONFIRMED"
    assert int(again["SEQUENCE"]) > int(gone["SEQUENCE"])
    enter(app, client, "mod")
    send(client, "/", f"/moderation/posts/{post_id}", act="remove", rule="off_topic", facts="It was a joke.")
    leave(client)
    clock.shift(timedelta(days=31))
    assert entry_in(client, topic_id) == {}


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


def test_an_event_that_moves_to_another_board_leaves_one_calendar_for_the_other_and_an_earlier_title_is_told(
    app, client
):
    with writing(app) as session:
        section = cast.section(session).id
        meets = cast.board(session, "meets", kind="event", section_id=section)
        cast.board(session, "fairs", kind="event", section_id=section)
        topic = event(session, meets, cast.member(session, "ada"), title="Gut and glue", body="We meet at noon.")
        topic_id, post_id = topic.id, topic.last_post_id
    stands = entry_in(client, topic_id)
    assert entry_in(client, topic_id, "/b/fairs/events.ics") == {}
    enter(app, client, "mod", cast.moderator)
    assert send(client, f"/t/{topic_id}/tidy", f"/t/{topic_id}/retitle", title="Glue, gut").status_code == 303
    titled = entry_in(client, topic_id)
    assert send(client, "/", f"/p/{post_id}/restore?number=1").status_code == 303
    restored = entry_in(client, topic_id)
    assert (titled["SUMMARY"], restored["SUMMARY"]) == ("Glue\\, gut", "Gut and glue")
    assert send(client, f"/t/{topic_id}/tidy", f"/t/{topic_id}/move", board="fairs").status_code == 303
    assert entry_in(client, topic_id) == {}
    moved = entry_in(client, topic_id, "/b/fairs/events.ics")
    assert (moved["STATUS"], moved["UID"]) == ("CONFIRMED", stands["UID"])
    numbers = [int(one["SEQUENCE"]) for one in (stands, titled, restored, moved)]
    assert numbers == sorted(set(numbers))
