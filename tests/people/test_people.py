"""What people help with, and who of the staff is away."""

from __future__ import annotations

from datetime import timedelta

from forum.core import clock
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import enter, press


def test_who_helps_with_a_tag_is_found_by_it(app, client):
    with writing(app) as session:
        for slug in ("gut", "rosin", "pegs", "bows", "keys", "reeds"):
            cast.tag(session, slug)
    enter(app, client, "ada", headline="Maker of pegs")
    too_many = client.submit(
        "/settings/helping", {"tags": ["gut", "rosin", "pegs", "bows", "keys", "reeds"]}, form="help"
    )
    assert too_many.status_code == 422
    assert "At most 5 tags" in too_many.text
    assert client.submit("/settings/helping", {"tags": ["gut", "pegs"]}, form="help").status_code == 303
    client._cookies.clear()
    assert "/tags/pegs/people" in client.get("/u/ada").text
    assert "Maker of pegs" in client.get("/tags/pegs/people").text
    assert "Maker of pegs" not in client.get("/tags/rosin/people").text
    assert client.get("/tags/nothing/people").status_code == 404
    enter(app, client, "ada")
    assert client.submit("/settings/helping", {"tags": []}, form="help").status_code == 303
    assert "Maker of pegs" not in client.get("/tags/pegs/people").text


def test_staff_say_when_they_are_away_and_who_stands_in(app, client):
    with writing(app) as session:
        cast.staff(session, "rena")
        cast.staff(session, "sven", display_name="Sven S.")
        cast.member(session, "ada")
    enter(app, client, "rena")
    today = clock.now().date()
    days = {"first_day": str(today - timedelta(days=1)), "last_day": str(today + timedelta(days=3))}
    wrong = client.submit("/settings/helping", days | {"backup": "ada"}, form="away")
    assert wrong.status_code == 422
    backwards = {"first_day": days["last_day"], "last_day": days["first_day"]}
    assert client.submit("/settings/helping", backwards, form="away").status_code == 422
    good = days | {"backup": "sven", "sentence": "At the fair."}
    assert client.submit("/settings/helping", good, form="away").status_code == 303
    enter(app, client, "ada")
    page = client.get("/u/rena").text
    assert "At the fair." in page
    assert "Sven S." in page
    assert "Being away" not in client.get("/settings/helping").text
    enter(app, client, "rena")
    press(client, "/settings/helping", "/settings/away/end")
    assert "At the fair." not in client.get("/u/rena").text
