"""The scorecard as people and programs read it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest

from forum.permissions import Group, Right, Role
from forum.scorecard import actions, weeks
from forum.scorecard.queries.gathering import reckoned
from forum.scorecard.tables import COLUMNS
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import enter, read
from tests.promises.test_query_budgets import GUEST, asked

PAGE = "/organization/scorecard"
MONDAY = date(2026, 3, 9)
NAMES = ("lovelace", "babbage", "somerville", "faraday", "herschel", "quetelet", "nightingale")
OF_MEMBERS = {Group.MEMBERS: [Right.SEE, Right.START, Right.REPLY]}
WHY = "A post was counted that had been taken away."


@pytest.fixture
def place(app, clock):
    """Seven of the staff and twenty-one of members' contributions, on a board that all see and one for members."""
    with writing(app) as session:
        cast.host(session)
        staff = cast.staff(session, "sturgeon", display_name="William Sturgeon")
        people = [cast.member(session, name, display_name=f"Dear {name.title()}") for name in NAMES]
        board, inner = cast.board(session, "practice"), cast.board(session, "inner", rights=OF_MEMBERS)
        for person in people:
            topic = cast.topic(session, board, person)
            cast.topic(session, inner, person)
            cast.reply(session, topic, next(one for one in people if one is not person))
            cast.reply(session, topic, staff)
    clock.shift(timedelta(days=7))
    with writing(app) as session:
        for week in (MONDAY - weeks.WEEK, MONDAY):
            actions.make(session, week, reckoned(session, weeks.instant_of(week), None))


def test_it_begins_with_what_the_numbers_say_in_plain_words(client, place):
    text = read(client, PAGE)
    assert "Of 100 contributions here, 25 came from Acme; the most it allows itself is 60." in _plain(text)
    assert "Of the topics that members began, half had a first reply within" in _plain(text)
    assert "Acme passed over none of its own limits." in _plain(text)


def _plain(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_every_chart_says_what_it_shows_and_has_a_table_beside_it(client, place):
    text = read(client, PAGE)
    charts = re.findall(r"<svg class=\"chart-svg\".*?</svg>", text, re.DOTALL)
    assert len(charts) >= 4
    for chart in charts:
        assert 'role="img"' in chart
        named = re.search(r'aria-labelledby="(\S+) (\S+)"', chart)
        assert f'id="{named[1]}"' in text
        assert re.search(f'<desc id="{named[2]}">[^<]+</desc>', chart)
    for section in re.findall(r'<section class="section score-section".*?</section>', text, re.DOTALL):
        assert "chart-svg" not in section or 'class="table score-table"' in section
    assert "not measured yet" not in _plain(text).lower()
    assert "Objections" in _plain(text)


def test_it_names_no_member_and_no_employee(app, client, place):
    with writing(app) as session:
        ids = {person.id: (person.name, person.display_name) for person in session.query(cast.Account)}
        parts = reckoned(session, weeks.instant_of(MONDAY), None)
    shown = [client.get(f"{PAGE}{ending}").text for ending in ("", ".json", ".csv", "?board=practice")]
    shown += [str(part.data) for part in parts]
    for text in shown:
        body = text.split("<main", 1)[-1].split("</main>", 1)[0]
        for name, display in ids.values():
            assert name not in body
            assert display not in body
        assert not re.search(r'href="/(u|people|p|t)/', body)
        assert not re.search(r"(account|author|member|person|topic|post)_?ids?\b", body, re.IGNORECASE)
    keys = _keys([part.data for part in parts])
    assert not {key for key in keys if key.endswith("_id") or key == "id"}


def _keys(value):
    if isinstance(value, dict):
        return {*value, *_keys(list(value.values()))}
    return {key for one in value for key in _keys(one)} if isinstance(value, list) else set()


def test_guests_are_not_told_of_boards_that_only_members_see(app, client, place):
    for address in (PAGE, f"{PAGE}.json", f"{PAGE}.csv"):
        assert "inner" not in client.get(address).text.lower()
        assert "practice" in client.get(address).text.lower()
    assert client.get(f"{PAGE}/2026-03-09?board=inner").status_code == 404
    enter(app, client, "lovelace")
    text = read(client, f"{PAGE}/2026-03-09?board=inner")
    assert "Inner" in text
    assert "Whom it thanks" not in text, "that concerns no single board"
    assert [one["board"] for one in client.get(f"{PAGE}.json").json["boards"]] == ["inner", "practice"]


def test_programs_get_the_same_as_json_and_csv(client, place):
    said = client.get(f"{PAGE}.json").json
    assert (said["format"], said["week"], said["version"], said["days"]) == (1, "2026-03-09", 1, 28)
    assert said["as_of"] == "2026-03-09T06:00:00+00:00"
    answer = client.get(f"{PAGE}.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert tuple(rows[0]) == COLUMNS
    of = {(row["board"], row["measure"]): row for row in rows}
    assert len(of) == len(rows), "one row for each measure of each board"
    for board, data in (("", said["all"]), *((one["board"], one) for one in said["boards"])):
        for name, line in data["lines"].items():
            row = of[board, name]
            assert row["value"] == ("" if line["value"] is None else str(line["value"]))
            assert (row["unit"], row["state"], row["measure_version"]) == (
                line["unit"], line["state"], str(line["version"])
            )  # fmt: skip
    voice = of["", "share_of_voice"]
    assert (voice["k"], voice["n"], voice["value"], voice["limit"]) == ("7", "28", "0.25", "0.6")
    assert of["practice", "share_of_voice"]["value"] == "0.3333"


def test_each_week_and_version_has_its_address(app, client, place):
    first = client.get(f"{PAGE}/2026-03-09.json").json
    with writing(app) as session:
        session.query(cast.Post).filter_by(affiliation_kind="staff").first().deleted_at = cast.clock.now() - timedelta(
            days=6
        )
    enter(app, client, cast_administrator(app))
    form = client.get(f"{PAGE}/2026-03-09/recompute")
    assert form.status_code == 200
    assert "25 % 7 of 28" in _plain(form.text), "what would change stands there in numbers"
    refused = client.submit(f"{PAGE}/2026-03-09/recompute", {"reason": "No."}, form="recompute")
    assert (refused.status_code, "members read it" in refused.text) == (422, True)
    assert client.submit(f"{PAGE}/2026-03-09/recompute", {"reason": WHY}, form="recompute").status_code == 303
    again = client.submit(f"{PAGE}/2026-03-09/recompute", {"reason": WHY}, form="recompute")
    assert (again.status_code, "Nothing changed" in again.text) == (422, True)
    text = _plain(read(client, PAGE))
    assert f"Version 2, reckoned anew because: {WHY}" in text
    assert f"What changed in version 2 Reckoned anew on 9 March 2026, because: {WHY}" in text
    assert "25 % 7 of 28" in text
    assert "22 % 6 of 27" in text
    assert client.get(f"{PAGE}/2026-03-09.json?version=1").json["all"] == first["all"]
    assert client.get(f"{PAGE}/2026-03-09.json").json["version"] == 2
    assert "This is an earlier version." in read(client, f"{PAGE}/2026-03-09?version=1")
    assert "v1.csv" in client.get(f"{PAGE}/2026-03-09.csv?version=1").headers["Content-Disposition"]
    weeks_page = read(client, f"{PAGE}/weeks")
    assert "2 March 2026" in weeks_page
    assert "Version 2" in weeks_page
    for wrong in ("2026-03-10", "2026-03-16", "2026-03-09?version=3", "2026-03-09?version=x", "2026-03-09?board=none"):
        assert client.get(f"{PAGE}/{wrong}").status_code == 404, wrong


def cast_administrator(app):
    with writing(app) as session:
        return cast.administrator(session, "ada").name


def test_only_who_may_have_it_reckoned_anew_sees_the_form(app, client, place):
    assert "recompute" not in read(client, PAGE)
    assert client.get(f"{PAGE}/2026-03-09/recompute").status_code == 303
    enter(app, client, "lovelace")
    assert client.get(f"{PAGE}/2026-03-09/recompute").status_code == 403
    with writing(app) as session:
        cast.staff(session, "hal", roles=[Role.HOST])
    enter(app, client, "hal")
    assert "recompute" in read(client, PAGE)


def test_before_the_first_monday_it_says_what_will_be_there(app, client):
    assert client.get(PAGE).status_code == 404, "nobody hosts the place"
    with writing(app) as session:
        cast.host(session)
    assert "The first one comes next Monday." in read(client, PAGE)
    assert "The first one comes next Monday." in read(client, f"{PAGE}/weeks")
    assert client.get(f"{PAGE}.json").status_code == 404


def test_a_reader_finds_it_in_their_language_and_the_snapshot_holds_no_words(app, client, place):
    client.set_cookie("trellis_language", "de", domain="localhost")
    text = _plain(client.get(PAGE, headers={"Accept-Language": "de"}).text)
    assert "Von 100 Beiträgen hier kamen 25 von Acme; höchstens 60 erlaubt sie sich." in text


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/2026-03-09?board=practice", f"{PAGE}.json", f"{PAGE}.csv"])
def test_it_is_read_in_few_questions(app, client, place, address):
    client.get(address)
    assert asked(app, client, address) <= GUEST + 4
