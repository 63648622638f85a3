"""Work for later: done when its reason was committed, at least once, by one at a time, and not for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from forum.core import clock as clocks
from forum.core.db import transaction
from forum.jobs import worker
from forum.jobs.actions import enqueue
from forum.jobs.models import Job
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing

ROOT = Path(__file__).resolve().parents[2]


def order(app, name="greet", **options):
    with writing(app) as session:
        enqueue(session, name, **options)


def waiting(app):
    with reading(app) as session:
        return session.scalars(select(Job).order_by(Job.id)).all()


def run_one(app, jobs):
    with app.app_context():
        return worker.run_one(jobs)


def noting(done):
    """A job that notes what it was given."""
    return lambda **payload: done.extend(payload.values())


def test_a_job_is_done_once_and_forgotten(app):
    greeted = []
    order(app, payload={"name": "ada"})
    assert run_one(app, {"greet": noting(greeted)})
    assert not run_one(app, {"greet": noting(greeted)})
    assert greeted == ["ada"]
    assert waiting(app) == []


def test_a_job_whose_reason_was_rolled_back_does_not_exist(app):
    with suppress(ZeroDivisionError), writing(app) as session:
        enqueue(session, "greet")
        raise ZeroDivisionError
    assert waiting(app) == []


def test_a_job_waits_for_its_time(app, clock):
    order(app, run_at=clocks.now() + timedelta(hours=1))
    assert not run_one(app, {"greet": lambda: None})
    clock.shift(timedelta(hours=1, seconds=1))
    assert run_one(app, {"greet": lambda: None})


def test_jobs_come_in_the_order_in_which_they_are_due(app, clock):
    done = []
    for number, minutes in enumerate((3, 1, 2)):
        order(app, payload={"number": number}, run_at=clocks.now() + timedelta(minutes=minutes))
    clock.shift(timedelta(hours=1))
    while run_one(app, {"greet": noting(done)}):
        pass
    assert done == [1, 2, 0]


def test_of_jobs_with_one_key_one_waits(app):
    for _ in range(3):
        order(app, key="digest:ada")
    assert len(waiting(app)) == 1


def fail():
    raise RuntimeError("the mail server is away")


def test_a_failed_job_is_tried_again_with_growing_pauses(app, clock):
    order(app)
    pauses = []
    for _ in range(6):
        assert run_one(app, {"greet": fail})
        (job,) = waiting(app)
        pauses.append(job.run_at - clocks.now())
        assert not run_one(app, {"greet": fail}), "it does not try again before its pause is over"
        assert "the mail server is away" in job.last_error
        clock.shift(pauses[-1] + timedelta(seconds=1))
    assert pauses == [timedelta(seconds=30 * 2**attempt) for attempt in range(6)]
    assert worker.pause(50) == timedelta(hours=6)


def test_after_twelve_failures_it_is_given_up_and_stays_with_its_error(app, clock):
    order(app, key="once")
    for _ in range(worker.ATTEMPTS):
        assert run_one(app, {"greet": fail})
        clock.shift(timedelta(hours=7))
    assert not run_one(app, {"greet": fail})
    (job,) = waiting(app)
    assert job.given_up_at is not None
    assert "away" in job.last_error
    order(app, key="once")
    assert len(waiting(app)) == 2, "its key is free for another"


def test_a_job_that_nobody_knows_any_more_is_not_forgotten(app, clock):
    order(app, name="of_an_older_version")
    assert run_one(app, {})
    (job,) = waiting(app)
    assert "of_an_older_version" in job.last_error


def test_a_failure_leaves_nothing_of_what_the_job_wrote(app):
    def half():
        with transaction() as session:
            enqueue(session, "the other half")
            raise RuntimeError

    order(app)
    run_one(app, {"greet": half})
    assert [job.name for job in waiting(app)] == ["greet"]


def test_a_lease_that_ran_out_is_taken_by_another_and_the_first_cannot_end_it(app, clock):
    order(app)
    with app.app_context():
        slow = worker.claim(clocks.now())
    assert slow is not None
    clock.shift(worker.LEASE + timedelta(seconds=1))
    with app.app_context():
        other = worker.claim(clocks.now())
        assert other is not None
        assert other.id == slow.id
        worker._done(slow)
    assert len(waiting(app)) == 1


def test_one_that_kills_every_worker_is_given_up_too(app, clock):
    """Nobody is left to note the failure, so whoever comes next does."""
    order(app)
    for _ in range(worker.ATTEMPTS):
        with app.app_context():
            assert worker.claim(clocks.now()) is not None
        clock.shift(worker.LEASE + timedelta(seconds=1))
    assert not run_one(app, {"greet": lambda: None})
    (job,) = waiting(app)
    assert job.given_up_at is not None
    assert "ended" in job.last_error


# ── the calendar ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_calendar_plans_each_turn_once(app, clock):
    with app.app_context():
        for _ in range(3):
            worker.plan({"tidy": 3600})
    (job,) = waiting(app)
    assert job.run_at == clocks.now().replace(hour=10, minute=0)
    clock.shift(timedelta(hours=1))
    assert run_one(app, {"tidy": lambda: None})
    with app.app_context():
        worker.plan({"tidy": 3600})
    (job,) = waiting(app)
    assert job.run_at == clocks.now().replace(hour=11, minute=0)


def test_the_worker_does_what_comes_until_it_is_told_to_stop(app):
    stop, greeted = threading.Event(), threading.Event()

    def greet():
        greeted.set()
        stop.set()

    running = threading.Thread(target=worker.work, args=(app, {"greet": greet}, {"tidy": 3600}, stop))
    running.start()
    order(app)
    running.join(30)
    assert greeted.is_set()
    assert not running.is_alive()
    assert [job.key for job in waiting(app)] == ["calendar:tidy"]


# ── several workers ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_four_workers_do_each_of_forty_jobs_once(app):
    with writing(app) as session:
        for number in range(40):
            enqueue(session, "greet", {"number": number})
    done = []

    def work():
        with app.app_context():
            while worker.run_one({"greet": noting(done)}):
                pass

    at_once(*[work] * 4)
    assert sorted(done) == list(range(40))


# ── a real process, really killed ─────────────────────────────────────────────────────────────────────────────────────

WORKER = """
import os, sys, threading, time
from forum.app import create_app
from forum.core.settings import Settings
from forum.jobs import worker

def greet(name):
    with open(sys.argv[1], "a") as file:
        file.write(name + "\\n")
    time.sleep(60)

worker.work(create_app(Settings.from_environ(os.environ)), {"greet": greet}, {}, threading.Event())
"""


def test_a_job_whose_worker_was_killed_runs_again(app, database, tmp_path):
    order(app, payload={"name": "ada"})
    told = tmp_path / "told"
    environ = {**os.environ, **database.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", WORKER, str(told)], env=environ, cwd=tmp_path) as process:
        until = time.monotonic() + 60
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    assert told.read_text() == "ada\n"
    (job,) = waiting(app)
    assert job.leased_until is not None
    assert not run_one(app, {"greet": lambda name: None}), "its lease still holds"
    with writing(app) as session:
        session.execute(update(Job).values(leased_until=clocks.now() - timedelta(seconds=1)))
    again = []
    assert run_one(app, {"greet": noting(again)})
    assert again == ["ada"]
    with reading(app) as session:
        assert session.scalar(select(func.count(Job.id))) == 0


@pytest.mark.databases("sqlite")
def test_every_job_of_the_calendar_can_run_on_an_empty_place(app):
    from forum import wiring

    for name in wiring.CALENDAR:
        order(app, name=name)
        assert run_one(app, wiring.JOBS)
    assert waiting(app) == []
