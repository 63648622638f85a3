"""The figures of a quarter, counted by hand."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest

from forum.openness import figures, report_words
from forum.openness.figures import ALL, report
from forum.openness.quarters import Quarter, named, quarter_of, quarters
from tests.machines.databases import writing
from tests.openness.scene import happened

FIRST = Quarter(2026, 1)


@pytest.fixture
def tables(session, uncounted, clock):
    happened(session, clock)
    return {table.key: table for table in report(session, FIRST)}


def told(table):
    """Rows with something in them: row → column → figure."""
    rows = {key: dict(zip(table.columns, values, strict=True)) for key, values in table.rows.items()}
    return {key: row for key, row in rows.items() if any(value for name, value in row.items() if "target_" not in name)}


def test_decisions_by_rule_and_how_they_were_found(tables):
    nothing = dict.fromkeys(tables["decisions"].columns, 0)
    assert told(tables["decisions"]) == {
        "unkind": nothing | {"keep": 1, "remove": 3, ALL: 4},
        "spam": nothing | {"hide": 1, "release": 1, "reject": 1, ALL: 3},
        "off_topic": nothing | {"lock": 1, ALL: 1},
        ALL: nothing | {"keep": 1, "remove": 3, "hide": 1, "lock": 1, "release": 1, "reject": 1, ALL: 8},
    }
    assert told(tables["detection"]) == {
        "flags": {"count": 3, "automated": 1},
        "rules": {"count": 2, "automated": 0},
        "own": {"count": 3, "automated": 0},
        ALL: {"count": 8, "automated": 1},
    }


def test_objections_reversals_and_what_takes_two(tables):
    of = {key: told(tables[key]) for key in ("objections", "reversals", "two_people")}
    assert of["objections"] == {
        "made": {"count": 1},
        "reversed": {"count": 1},
        "median_hours": {"count": 4.0},
        "p90_hours": {"count": 4.0},
    }
    assert of["reversals"] == {"appeal": {"count": 1}, "lapse": {"count": 1}}
    assert of["two_people"] == {
        "begun": {"proposals": 2, "emergencies": 1},
        "confirmed": {"proposals": 1, "emergencies": 0},
        "refused": {"proposals": 1, "emergencies": 0},
        "lapsed": {"proposals": 0, "emergencies": 1},
    }


def test_how_long_it_took_and_how_much_within_the_target(tables):
    found = told(tables["times"])
    columns = ("decided", "median_hours", "p90_hours", "target_hours", "within_target")
    assert found.pop("flagged") == dict(zip(columns, (2, 33.0, 36.0, 24.0, 0), strict=True))
    assert found.pop("appeal") == dict(zip(columns, (1, 4.0, 4.0, 168.0, 1), strict=True))
    assert found.pop("proposal") == dict(zip(columns, (2, 0.0, 0.0, 48.0, 2), strict=True))
    assert found.pop("review") == dict(zip(columns, (1, 49.0, 49.0, 48.0, 0), strict=True))
    assert found.pop("held") == dict(zip(columns, (2, 0.0, 0.0, 12.0, 2), strict=True))
    assert found.keys() <= {"notice"}


def test_sanctions_spam_reports_and_held_words(tables):
    assert told(tables["sanctions"]) == {
        "warning": {"count": 1, "automated": 0, "ended_early": 0},
        "suspension": {"count": 2, "automated": 0, "ended_early": 1},
    }
    assert told(tables["spam"]) == {"removed": {"count": 1}}
    assert told(tables["notices"]) == {
        "made": {"count": 1},
        "kept": {"count": 1},
        "median_hours": {"count": 6.0},
        "p90_hours": {"count": 6.0},
    }
    assert told(tables["holds"]) == {
        ALL: {"count": 3},
        "released": {"count": 1},
        "rejected": {"count": 1},
        "held": {"count": 1},
    }


def test_another_quarter_has_nothing_of_it(session, uncounted, clock):
    happened(session, clock)
    for quarter in (Quarter(2025, 4), Quarter(2026, 2)):
        assert [told(table) for table in report(session, quarter)] == [{}] * len(figures.TABLES)


def test_page_json_and_csv_say_the_same(app, client, clock, uncounted):
    with writing(app) as session:
        happened(session, clock)
    read = client.get("/moderation/report.json").json
    assert (read["quarter"], read["is_over"], read["format"]) == ("2026-q1", False, 1)
    rows = list(csv.reader(client.get("/moderation/report/2026-q1.csv").text.splitlines()))
    assert rows[0] == ["quarter", "table", "row", "column", "value"]
    for _quarter, table, row, column, value in rows[1:]:
        assert str(read["tables"][table][row][column]) == (value or "None")
    page = client.get("/moderation/report").text
    assert "January to March 2026, so far" in page
    assert all(report_words.title(key) in page for key in read["tables"])
    clock.shift(timedelta(days=60))
    page = client.get("/moderation/report/2026-q1").text
    assert "so far" not in page
    assert "/moderation/report/2026-q2" in page
    assert client.get("/moderation/report/2026-q1.json").json["is_over"]


def test_nine_of_ten_are_counted_by_the_nearest_rank():
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    took = [(begin, begin + timedelta(hours=n)) for n in range(1, 11)]
    assert figures._hours(took) == (5.5, 9.0)
    assert figures._hours([]) == (None, None)


def test_what_ended_the_week_after_counts_for_the_quarter_in_which_it_ended(session, uncounted, clock):
    place = happened(session, clock).place
    clock.move_to(datetime(2026, 4, 2, 9, 0, tzinfo=UTC))
    place.flag(place.mia, rule="spam", post=place.post)
    place.decide(place.mo, "keep", place.case(), detected="flags")
    later = {table.key: told(table) for table in report(session, Quarter(2026, 2))}
    assert later["detection"] == {key: {"count": 1, "automated": 0} for key in ("flags", ALL)}
    assert later["times"].keys() == {"flagged"}
    assert {table.key: told(table) for table in report(session, FIRST)}["detection"][ALL] == {
        "count": 8,
        "automated": 1,
    }


def test_quarters_have_names_and_no_gaps():
    assert named("2026-q4") == Quarter(2026, 4)
    assert named("2026-q5") is None
    assert Quarter(2026, 4).ends == datetime(2027, 1, 1, tzinfo=UTC) == Quarter(2027, 1).begins
    assert quarter_of(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == Quarter(2026, 4)
    assert [one.name for one in quarters(Quarter(2026, 3), Quarter(2027, 1))] == ["2027-q1", "2026-q4", "2026-q3"]
