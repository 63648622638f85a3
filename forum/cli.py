"""The flask commands: `flask --app app …`. Each parses, calls what does it and prints what happened."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from forum import rerendering, wiring
from forum.accounts import actions as accounts
from forum.accounts import drafts
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, InvalidFields
from forum.core.web.running import settings
from forum.jobs.worker import work
from forum.posts.check import Drift, drifts
from forum.serving import preparing, told_in_words
from forum.serving.processes import end_with


def register(app: Flask) -> None:
    """Add our commands to `app`."""
    for command in (create_admin, seed_demo, render, check, worker):
        app.cli.add_command(command)


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """What a verb refuses ends the command with its sentences, not with a traceback."""
    try:
        yield
    except InvalidFields as error:
        raise click.ClickException("\n".join(error.fields.values())) from error
    except ForumError as error:
        raise click.ClickException(error.sentence) from error


@click.command("create-admin")
@click.option("--name", prompt="User name", help="What the administrator is called here.")
@click.option("--email", prompt="E-mail address", help="Where the administrator gets mail.")
@click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="PASSWORD",
    help="Better typed when asked for, or given as PASSWORD in the environment: others can read a command line.",
)
@with_appcontext
def create_admin(name: str, email: str, password: str) -> None:
    """Make a confirmed account that looks after boards, groups and people."""
    with refusals_in_words():
        draft = drafts.sign_up(name, email, password)
        with transaction() as session:
            account = accounts.create_administrator(session, draft)
    click.echo(f"{account.name} is an administrator now and can sign in.")


@click.command("seed-demo")
@with_appcontext
def seed_demo() -> None:
    """Fill an empty database with the demo community."""
    with told_in_words():
        preparing.introduce(preparing.seed_demo())


@click.command("render")
@click.option("--all", "everything", is_flag=True, help="Also what the present renderer has rendered.")
@with_appcontext
def render(everything: bool) -> None:
    """Render again what an older renderer wrote. May be ended and begun again at any time."""
    count = rerendering.waiting(reading(), everything=everything)
    with tqdm(total=count, unit=" texts") as bar:
        changed = rerendering.render_again(
            everything=everything, own=settings().base_url, workers=os.cpu_count() or 1, told=bar.update
        )
    click.echo(f"{count} texts rendered; {changed} look different now.")


@click.command("check")
@click.option("--repair", is_flag=True, help="Set right what is off.")
@with_appcontext
def check(repair: bool) -> None:
    """Compare every counter and pointer with the rows; status 1 when one is off and stays so."""
    if repair:
        with transaction() as session:
            count = _say(drifts(session, repair=True))
    else:
        count = _say(drifts(reading()))
    if count == 0:
        click.echo("Everything agrees.")
    elif repair:
        click.echo(f"{count} set right.")
    else:
        click.echo(f"{count} off. To set them right: flask --app app check --repair")
        raise SystemExit(1)


def _say(found: Iterator[Drift]) -> int:
    count = 0
    for drift in found:
        click.echo(f"{drift.what} of row {drift.row_id} says {drift.stored}; the rows say {drift.expected}.")
        count += 1
    return count


@click.command("worker")
@click.option("--parent", type=int, hidden=True, help="End when this process is not our parent any more.")
@with_appcontext
def worker(parent: int | None) -> None:
    """Do background work until told to end; `python app.py` has one beside it. On PostgreSQL many can run."""
    stop = threading.Event()

    def end(signum: int, _frame: object) -> None:
        stop.set()
        signal.signal(signum, signal.SIG_DFL)  # asked twice, it does not wait for the job at hand

    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, end)
    if parent is not None:
        end_with(parent, stop.set)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    work(app, wiring.JOBS, wiring.CALENDAR, stop)
