"""What happens before the first request: settings that hold, a database that is up to date, something to look at."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError
from tqdm import tqdm

from forum import identity
from forum.accounts import actions as accounts
from forum.core import clock
from forum.core.db import db, reading, transaction
from forum.core.errors import ForumError
from forum.core.settings import Settings, SettingsError
from forum.core.web import running
from forum.demo import rendering, seed
from forum.demo.seed import Login
from forum.site import queries as sites

MISUSED = 2
HERE = {"localhost", "127.0.0.1", "::1"}
SHORTEST_SECRET = 32
BEHIND = "The database is not up to date. Make a backup, then run: flask --app app db upgrade"


class NotReady(Exception):
    """The forum does not start; the sentence says why and what to do."""


@contextmanager
def told_in_words() -> Iterator[None]:
    """A refusal inside the block ends the program with its sentence and status 2, not with a traceback."""
    try:
        yield
    except (SettingsError, NotReady) as refusal:
        _end(str(refusal))
    except ForumError as refusal:
        _end(refusal.sentence)
    except OperationalError as error:
        _end(f"The database cannot be used: {str(error.orig).strip()}")


def _end(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(MISUSED)


def prepare(app: Flask) -> None:
    """Make the database ready and print what the operator must know. Production changes nothing; it refuses."""
    with app.app_context():
        settings = running.settings()
        if settings.is_production:
            refuse(settings)
        else:
            migrate()
        if settings.env == "development" and seed.is_empty(reading()):
            introduce(seed_demo())
        _offer_setup(settings)
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


# ── production ────────────────────────────────────────────────────────────────────────────────────────────────────────


def refuse_unfit(app: Flask) -> None:
    """For whatever server imports the application: production does not start on what it refuses."""
    settings: Settings = app.extensions["settings"]
    if settings.is_production and "FLASK_RUN_FROM_CLI" not in os.environ:  # flask's commands must be able to mend
        with app.app_context():
            refuse(settings)
            db.session.remove()


def refuse(settings: Settings) -> None:
    """Raise NotReady unless production may run with these settings on this database."""
    address = urlsplit(settings.base_url)
    if address.scheme != "https" and address.hostname not in HERE:
        raise NotReady(
            "In production people reach the forum over HTTPS, by a proxy that holds the certificate. "
            f"Set FORUM_BASE_URL to its https:// address; it is {settings.base_url}."
        )
    if 0 < len(settings.secret_key) < SHORTEST_SECRET:
        raise NotReady(
            f"FORUM_SECRET_KEY has {len(settings.secret_key)} characters, which can be guessed. Give it at least "
            f"{SHORTEST_SECRET}, or leave it empty and one is made in the data folder."
        )
    if is_behind():
        raise NotReady(BEHIND)
    if sites.site(reading()).seeded_at is not None:
        raise NotReady(
            "This database holds the demo community, whose people are invented. "
            "Production starts on an empty one: set FORUM_DATA_DIR or FORUM_DATABASE_URL to another place."
        )


# ── the database ──────────────────────────────────────────────────────────────────────────────────────────────────────


def is_behind() -> bool:
    """Whether migrations wait. Raises NotReady when the database was made by a newer Trellis than this one."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    script = ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())
    known = {revision.revision for revision in script.walk_revisions()}
    with db.engine.connect() as connection:
        current = set(MigrationContext.configure(connection).get_current_heads())
    if current - known:
        raise NotReady("This database was used by a newer Trellis. Start that one, or go back to a backup.")
    return current != set(script.get_heads())


def migrate() -> None:
    """`flask db upgrade`, where needed, without its many words. Production leaves the moment to its operator."""
    if not is_behind():
        return
    if running.settings().is_production:
        raise NotReady(BEHIND)
    upgrade()


# ── what there is to see ──────────────────────────────────────────────────────────────────────────────────────────────


def seed_demo() -> Sequence[Login]:
    """Fill an empty database with the demo community, showing how far it is; returns who can be signed in as."""
    if running.settings().is_production:
        raise NotReady("The demo community is for looking around; production never seeds it.")
    if not seed.is_empty(reading()):
        raise NotReady("There are accounts, boards or topics here already: the demo needs an empty database.")
    reading().rollback()
    with tqdm(desc="Inviting a demo community", unit=" texts", leave=False) as bar:
        prepared = rendering.prepare(workers=os.cpu_count() or 1, told=lambda done, total: _show(bar, done, total))
    logins = seed.invent_logins(prepared.community.people)
    with transaction() as session:
        seed.seed(session, prepared, logins, clock.now(), running.storage().put, identity.actor_for)
    return logins


def _show(bar: tqdm[Any], done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)


def introduce(logins: Sequence[Login]) -> None:
    """Print the accounts, once: their passwords are kept nowhere."""
    click.echo("A demo community is here to look around in. Its people are invented; you can sign in as three of them.")
    click.echo("These passwords are shown only now:\n")
    for login in sorted(logins, key=lambda login: ("member", "staff", "administrator").index(login.role)):
        click.echo(f"  {login.role:<14} {login.name:<12} {login.password}")
    click.echo()


def _offer_setup(settings: Settings) -> None:
    with transaction() as session:
        secret = accounts.prepare_setup(session)
    if secret is not None:
        click.echo("Nobody looks after this place yet. Whoever opens this link first becomes its administrator:\n")
        click.echo(f"  {settings.base_url}/setup/{secret}\n")
