"""The figures as an operator asks for them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from forum import measuring
from forum.boards.models import Board
from forum.importers.models import ImportedItem, ImportSource
from forum.posts.models import Post, Topic
from forum.stewardship import actions
from forum.stewardship.measures import MEASURES
from forum.stewardship.stages import Evaluation
from tests import cast
from tests.machines.databases import writing
from tests.stewardship.f1 import NOW, practice

AT = ("--at", "2025-03-29T00:00:00Z")


@pytest.fixture
def ask(app):
    with writing(app) as session:
        practice(session)
        cast.board(session, "empty")
        cast.board(session, "desk", rights=cast.STAFF_ONLY)
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["measures", *words])


def test_every_measure_is_printed_with_what_it_counts(ask):
    said = ask(*AT).output
    assert "share of voice               33.3% (7 of 21)" in said
    assert "staff first rate             too few to say (1 of 3)" in said
    assert len(said.splitlines()) == len(MEASURES)


def test_a_program_gets_them_with_version_unit_and_least_number(ask):
    found = json.loads(ask(*AT, "--board", "practice", "--json").output)
    assert (found["at"], found["days"], found["board"]) == (NOW.isoformat(), 28, "practice")
    assert found["measures"]["share_of_voice"] == {
        "version": 1, "unit": "share", "k": 7, "n": 21, "min_n": 20, "raw": 0.3333, "value": 0.3333,
    }  # fmt: skip
    assert found["measures"]["staff_first_rate"]["value"] is None
    assert found["measures"]["staff_first_rate"]["raw"] == 0.3333


def test_where_nothing_happened_there_is_nothing_to_say(ask):
    said = ask("--board", "empty")
    assert said.exit_code == 0
    assert " 0.0%" not in said.output
    assert said.output.count("too few to say (0 of 0)") == len(MEASURES)
    assert ask("--board", "empty", "--monthly", "--json").output == "[]\n"
    assert ask("--board", "empty", "--monthly", "--csv").output == ""


def test_months_come_as_a_table_as_json_and_as_csv(ask):
    (row,) = json.loads(ask("--monthly", "--json").output)
    assert (row["period"], row["topics"], row["posts"], row["staff_posts"]) == ("2025-03", 8, 21, 7)
    (line,) = csv.DictReader(io.StringIO(ask("--monthly", "--csv").output))
    assert line == {name: "" if value is None else str(value) for name, value in row.items()}
    said = ask("--monthly").output
    assert max(map(len, said.splitlines())) <= measuring.WIDE
    lines = [line.split() for line in said.splitlines() if line.split()[:1] == ["2025-03"]]
    told = [cell for first, *cells in lines for cell in cells]
    assert told == ["–" if value is None else str(value) for name, value in row.items() if name != "period"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    (
        (("--board", "desk"), "There is no board “desk” that every member may see."),
        (("--at", "yesterday"), "'yesterday' is not an instant like 2025-03-29T00:00:00Z."),
        (("--csv",), "--csv goes with --monthly, and without --json."),
    ),
)
def test_a_question_that_makes_no_sense_is_refused_in_words(ask, words, sentence):
    said = ask(*words)
    assert said.exit_code != 0
    assert sentence in said.output


def test_of_a_board_its_stage_is_said(app, ask):
    assert (
        "stage                        inception; the ceiling of our voice is 60.0%" in ask("--board", "practice").output
    )
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="practice").one().id
        lively = Evaluation(NOW - timedelta(days=28), 94, 200, 20, 5, 5, 2)
        actions.keep_evaluations(session, board, [lively, replace(lively, at=NOW)])
    assert "establishment since 2025-03-29; the ceiling of our voice is 47.0%" in ask(*AT, "--board", "practice").output
    found = json.loads(ask("--at", "2025-05-10", "--board", "practice", "--json").output)
    assert found["stage"] == {"name": "establishment", "since": NOW.isoformat(), "voice_ceiling": 0.41}
    assert json.loads(ask(*AT, "--json").output)["stage"] is None


def test_an_archive_that_does_not_say_who_was_staff_counts_for_nothing(app, ask):
    with writing(app) as session:
        source = ImportSource(forum="old", name="old", created_at=NOW)
        session.add(source)
        session.flush()
        t2 = session.query(Topic).filter_by(title="T2").one()
        for post in session.query(Post).filter_by(topic_id=t2.id):
            session.add(ImportedItem(source_id=source.id, kind="post", foreign_id=post.id, local_id=post.id))
    assert "(6 of 17)" in ask(*AT).output
    with writing(app) as session:
        session.query(ImportSource).one().organization_id = cast.host(session).id
    assert "(7 of 21)" in ask(*AT).output


def test_an_instant_without_zone_is_utc(ask):
    assert ask("--at", "2025-03-29T00:00:00").output == ask(*AT).output
    assert ask("--at", (NOW - timedelta(hours=2)).isoformat(), "--json").exit_code == 0
