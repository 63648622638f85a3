"""The months of a real community come out as somebody else counted them."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest

from forum.stewardship.monthly import Written, monthly
from tests.corpora import shared
from tests.importers.bringing import bring
from tests.machines.proof import PROVE

START = datetime(2026, 1, 30, 12, 0, tzinfo=UTC)


def post(number, hours, author, *, topic=1, staff=False, opened_by=1, opened=START):
    return Written(topic, opened, opened_by, number, opened + timedelta(hours=hours), author, staff)


def test_a_month_without_anything_has_no_row():
    rows = monthly([post(1, 0, 1), post(2, 24 * 60, 2)], START + timedelta(days=90))
    assert [row["period"] for row in rows] == ["2026-01", "2026-03"]
    assert rows[0]["median_hours_first_reply"] == 1440.0
    assert (rows[1]["topics"], rows[1]["unanswered_share"], rows[1]["median_hours_first_reply"]) == (0, None, None)


def test_what_was_written_before_its_topic_is_no_reply():
    (row,) = monthly([post(1, 0, 1), post(2, -2, 2), post(3, 3, 3)], START + timedelta(days=1))
    assert row["median_hours_first_reply"] == 3.0


def test_who_still_waits_lengthens_the_kaplan_meier_median_only():
    posts = [post(1, 0, 1), post(2, 1, 2), *(post(1, 0, 1, topic=number) for number in (2, 3))]
    (row,) = monthly(posts, START + timedelta(hours=9))
    assert (row["median_hours_first_reply"], row["kaplan_meier_median_hours_first_reply"]) == (1.0, None)


@pytest.mark.databases(*(("sqlite", "postgresql") if PROVE else ("sqlite",)))
def test_the_months_of_a_real_community_are_as_somebody_else_counted_them(app):
    archive = shared("data", "urho3d")
    bring(app, archive, organization="Urho3D")
    said = app.test_cli_runner().invoke(args=["measures", "--monthly", "--json"])
    found = {row["period"]: row for row in json.loads(said.output.splitlines()[-1])}
    expected = list(csv.DictReader(archive.joinpath("expected-monthly.csv").open()))
    for row in expected:
        ours = found[row["period"]]
        assert {name: as_printed(ours[name]) for name in row} == row
    assert found.keys() == {row["period"] for row in expected}


def as_printed(value):
    return "" if value is None else str(value)
