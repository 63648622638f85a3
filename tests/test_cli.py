"""The flask commands, as an operator types them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select, update

from forum.boards.models import Board
from forum.core.markup import RENDERER_VERSION
from forum.demo import seed
from forum.posts.models import Post
from forum.site.queries import site
from tests import cast
from tests.machines.databases import reading, writing

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def type_(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=list(words))


@pytest.fixture
def community(app):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        cast.topic(session, cast.board(session, "workbench"), ada)


def test_check_says_that_everything_agrees(type_, community):
    result = type_("check")
    assert (result.exit_code, result.output) == (0, "Everything agrees.\n")


def test_check_says_what_is_off_and_changes_nothing(app, type_, community):
    with writing(app) as session:
        session.execute(update(Board).values(post_count=7))
    for _ in range(2):
        result = type_("check")
        assert result.exit_code == 1
        assert "boards.post_count of row" in result.output
        assert "says 7; the rows say 1." in result.output
        assert "check --repair" in result.output


def test_check_repairs_when_told_to(app, type_, community):
    with writing(app) as session:
        session.execute(update(Board).values(post_count=7))
    result = type_("check", "--repair")
    assert result.exit_code == 0
    assert "1 set right." in result.output
    assert type_("check").exit_code == 0


def test_render_says_how_many_it_rendered(app, type_, community):
    with writing(app) as session:
        session.execute(update(Post).values(renderer_version=RENDERER_VERSION - 1, html="old"))
    assert "1 texts rendered; 1 look different now." in type_("render").output
    assert "0 texts rendered; 0 look different now." in type_("render").output
    assert "1 texts rendered; 0 look different now." in type_("render", "--all").output


@pytest.mark.databases("sqlite")
def test_seed_demo_fills_an_empty_place_and_prints_three_accounts(app, type_):
    result = type_("seed-demo")
    assert result.exit_code == 0
    assert [role for role in ("member", "staff", "administrator") if f"  {role} " in result.output] == [
        "member",
        "staff",
        "administrator",
    ]
    with reading(app) as session:
        assert site(session).seeded_at is not None
        assert not seed.is_empty(session)


def test_seed_demo_leaves_people_alone(type_, community):
    result = type_("seed-demo")
    assert result.exit_code == 2
    assert "needs an empty database" in result.output


@pytest.mark.databases("sqlite")
def test_seed_demo_is_not_for_production(make_app):
    app = make_app(FORUM_ENV="production")
    result = app.test_cli_runner().invoke(args=["seed-demo"])
    assert result.exit_code == 2
    assert "production never seeds it" in result.output


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_worker_works_until_it_is_told_to_end(app, database, sign):
    from forum.jobs.actions import enqueue
    from forum.jobs.models import Job

    with writing(app) as session:
        enqueue(session, "forget_expired_secrets")
    environ = {**os.environ, **database.environ}
    command = [sys.executable, "-m", "flask", "--app", str(ROOT / "app.py"), "worker"]
    with subprocess.Popen(command, env=environ, cwd=ROOT, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with reading(app) as session:
                if session.scalars(select(Job).where(Job.key.is_(None))).first() is None:
                    break
            time.sleep(0.1)
        process.send_signal(sign)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert b"Traceback" not in said


@pytest.mark.databases("sqlite")
def test_a_mistyped_setting_ends_a_command_with_one_sentence(database):
    environ = {**os.environ, **database.environ, "FORUM_DATABSE_URL": "postgresql://forum"}
    command = [sys.executable, "-m", "flask", "--app", str(ROOT / "app.py"), "check"]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip() == "There is no setting FORUM_DATABSE_URL. Did you mean FORUM_DATABASE_URL?"
