"""The flask commands: `flask --app app …`. Each parses, calls what does it and prints what happened."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session
from tqdm import tqdm

from forum import copying, measuring, rerendering, scoring, wiring
from forum.accounts import actions as accounts
from forum.accounts import drafts
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, InvalidFields
from forum.core.web.running import settings
from forum.importers import options
from forum.importers.discourse.importing import Meter, Outcome, Wanted, import_archive
from forum.importers.discourse.places import DEFAULT_FORUM
from forum.importers.queries import old_topics, posts_without_affiliation
from forum.jobs.worker import work
from forum.permissions import HOUSE
from forum.polls import check as polls
from forum.posts.actions.rerendering import count_with_images_elsewhere
from forum.posts.check import Drift, drifts
from forum.posts.texts import count_unwritten
from forum.search import check as links
from forum.search import indexing
from forum.serving import preparing, told_in_words
from forum.serving.processes import end_with
from forum.stewardship import check as states

P = ParamSpec("P")
T = TypeVar("T")


def register(app: Flask) -> None:
    """Add our commands to `app`."""
    for command in (create_admin, seed_demo, render, index, fetch_images, check, import_, measures, scorecard, worker):
        app.cli.add_command(command)


def with_database(command: Callable[P, T]) -> Callable[P, T]:
    """A command on a database that is up to date: made or migrated now, except in production, which says so."""

    @with_appcontext
    @wraps(command)
    def prepared(*args: P.args, **kwargs: P.kwargs) -> T:
        with told_in_words():
            preparing.migrate()
        return command(*args, **kwargs)

    return prepared


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
@with_database
def create_admin(name: str, email: str, password: str) -> None:
    """Make a confirmed account that looks after boards, groups and people."""
    with refusals_in_words():
        draft = drafts.sign_up(name, email, password)
        with transaction() as session:
            account = accounts.create_administrator(session, draft)
    click.echo(f"{account.name} is an administrator now and can sign in.")


@click.command("seed-demo")
@with_database
def seed_demo() -> None:
    """Fill an empty database with the demo community."""
    with told_in_words():
        preparing.introduce(preparing.seed_demo())


@click.command("render")
@click.option("--all", "everything", is_flag=True, help="Also what the present renderer has rendered.")
@with_database
def render(everything: bool) -> None:
    """Render again what an older renderer wrote. May be ended and begun again at any time."""
    count = rerendering.waiting(reading(), everything=everything)
    with tqdm(total=count, unit=" texts") as bar:
        changed = rerendering.render_again(
            everything=everything, own=settings().base_url, workers=os.cpu_count() or 1, told=bar.update
        )
    click.echo(f"{count} texts rendered; {changed} look different now.")


@click.command("fetch-images")
@with_database
def fetch_images() -> None:
    """Copy the images that posts show from elsewhere. May be ended and begun again at any time."""
    with tqdm(total=count_with_images_elsewhere(reading()), unit=" posts") as bar:
        outcome = copying.copy_images(own=settings().base_url, told=bar.update)
    click.echo(f"{outcome.copied} images copied, {outcome.failed} could not be; {outcome.posts} posts show more now.")


@click.command("index")
@with_database
def index() -> None:
    """Write for the search what an older forum left unwritten. May be ended and begun again at any time."""
    with tqdm(total=count_unwritten(reading()), unit=" posts") as bar:
        count = indexing.write_all(bar.update)
    click.echo(f"{count} posts can be found now.")


@click.command("check")
@click.option("--repair", is_flag=True, help="Set right what is off.")
@with_database
def check(repair: bool) -> None:
    """Compare every counter and pointer with the rows; status 1 when one is off and stays so."""
    if repair:
        with transaction() as session:
            count = _say(_drifts(session, repair=True))
    else:
        count = _say(_drifts(reading(), repair=False))
    if count == 0:
        click.echo("Everything agrees.")
    elif repair:
        click.echo(f"{count} set right.")
    else:
        click.echo(f"{count} off. To set them right: flask --app app check --repair")
        raise SystemExit(1)


def _drifts(session: Session, *, repair: bool) -> Iterator[Drift]:
    yield from drifts(session, repair=repair, further=polls.RULES)
    yield from links.drifts(session, old_topics, repair=repair)
    yield from states.drifts(session, clock.now(), posts_without_affiliation(), repair=repair)


def _say(found: Iterator[Drift]) -> int:
    count = 0
    for drift in found:
        click.echo(f"{drift.what} of row {drift.row_id} says {drift.stored}; the rows say {drift.expected}.")
        count += 1
    return count


@click.group("import")
def import_() -> None:
    """Bring the archive of another forum in."""


class _Bar(Meter):
    """A bar on the terminal, with posts a second and the time left."""

    def begin(self, what: str, posts: int) -> None:
        self._bar = tqdm(total=posts, desc=what, unit=" posts", dynamic_ncols=True)

    def pass_by(self, posts: int) -> None:
        self._bar.update(posts)

    def end(self) -> None:
        self._bar.close()


_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@import_.command("discourse")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--organization", default="", metavar="NAME", help="Posts by the old forum's staff are its voice.")
@click.option("--boards", type=_FILE, help="JSON: what the old categories are called here, by their number.")
@click.option("--staff", type=_FILE, help="JSON list of user names: they, and nobody else, were staff.")
@click.option("--forum", default=DEFAULT_FORUM, metavar="NAME", help="Tells several old forums apart.")
@click.option("--json", "as_json", is_flag=True, help="Say what came in as one JSON object, on the last line.")
@with_database
def import_discourse(
    path: Path, organization: str, boards: Path | None, staff: Path | None, forum: str, *, as_json: bool
) -> None:
    """Bring a Discourse forum in from the folder PATH. May be ended and begun again at any time."""
    with refusals_in_words():
        wanted = Wanted(
            path=path,
            organization=organization,
            forum=forum,
            boards=options.read_boards(boards) if boards else {},
            staff=options.read_staff(staff) if staff else None,
            own=settings().base_url,
        )
        _say_outcome(import_archive(HOUSE, wanted, _Bar()), as_json=as_json)


def _say_outcome(outcome: Outcome, *, as_json: bool) -> None:
    for note in outcome.notes:
        click.echo(f"Taken, but changed: {note.kind} {note.id} {note.reason}.")
    for skipped in outcome.skipped:
        click.echo(f"Not taken: {skipped.kind} {skipped.id}: {skipped.reason}.")
    if as_json:
        click.echo(json.dumps(outcome.counts | {"skipped": [asdict(skipped) for skipped in outcome.skipped]}))
    else:
        click.echo("\n".join(f"{name.replace('_', ' ')}: {count}" for name, count in outcome.counts.items()))


class _Instant(click.ParamType[datetime]):
    name = "instant"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an instant like 2025-03-29T00:00:00Z.", param, ctx)
        return clock.to_milliseconds(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


@click.command("measures")
@click.option("--board", default="", metavar="SLUG", help="Of one board; else of all that every member may see.")
@click.option("--at", type=_Instant(), metavar="INSTANT", help="As of then, UTC unless it says otherwise; else now.")
@click.option("--monthly", is_flag=True, help="Month by month since the beginning, instead of the last 28 days.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="With --monthly: as CSV.")
@with_database
def measures(board: str, at: datetime | None, *, monthly: bool, as_json: bool, as_csv: bool) -> None:
    """Say how the organization does as a member: its share of voice, who answers first, how long people wait."""
    if as_csv and (as_json or not monthly):
        raise click.UsageError("--csv goes with --monthly, and without --json.")
    at = at or clock.now()
    with refusals_in_words():
        if monthly:
            rows = measuring.months(reading(), board, at)
            as_text = json.dumps if as_json else measuring.as_csv if as_csv else measuring.as_table
            click.echo(as_text(rows), nl=not as_csv)
        else:
            report = measuring.measures(reading(), board, at)
            click.echo(measuring.as_json(report) if as_json else measuring.in_words(report))


@click.group("scorecard")
def scorecard() -> None:
    """The public scorecard of the organization. A worker makes it each Monday, 06:00 UTC."""


@scorecard.command("recompute")
@click.option("--week", required=True, metavar="MONDAY", help="The week by its Monday, such as 2026-11-30.")
@click.option("--reason", required=True, help="Why, in words that members understand. Name nobody.")
@with_database
def recompute_scorecard(week: str, reason: str) -> None:
    """Reckon a week anew, as another version beside the earlier ones, with the reason and what changed."""
    with refusals_in_words():
        version = scoring.recompute(week, reason)
    click.echo(f"Version {version} of the scorecard of {week} stands beside the earlier ones.")


@click.command("worker")
@click.option("--parent", type=int, hidden=True, help="End when this process is not our parent any more.")
@with_database
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
