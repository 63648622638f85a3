"""`create_app(settings)`: the forum as a WSGI application, put together from `wiring.py`."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix

from forum import cli, hearing, identity, wiring
from forum.accounts.actions.gating import may_invite
from forum.core import events
from forum.core import languages as spoken
from forum.core.db import db, reading
from forum.core.db.dialect import engine_options, prepare
from forum.core.settings import Settings, secret_key_for
from forum.core.storage import FolderStorage
from forum.core.web import (
    addresses,
    assets,
    canonical,
    headers,
    languages,
    limits,
    pages,
    running,
    sizes,
    times,
    traps,
    typed,
)
from forum.permissions import Act, allows
from forum.posts import authors, companions
from forum.site import queries as sites

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """The application for `settings` (by default: what the environment says). Touches no database yet."""
    settings = settings or Settings.from_environ(os.environ)
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = Flask("forum", root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.extensions["settings"] = settings
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app.extensions["storage"] = FolderStorage(settings.data_dir / "files")
    _configure(app, settings)
    _database(app, settings)
    _web(app, settings)
    wiring.register(app)
    cli.register(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=secret_key_for(settings),
        TESTING=settings.env == "test",
        SESSION_COOKIE_NAME="trellis",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        PERMANENT_SESSION_LIFETIME=365 * 24 * 3600,  # the most; whose session lasts how long, its row says
        # Renewed when presence is noted, not with every picture and stylesheet: those are kept by shared caches.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        PREFERRED_URL_SCHEME="https" if settings.secure else "http",
    )
    app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _database(app: Flask, settings: Settings) -> None:
    url = settings.sqlalchemy_url
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        prepare(db.engine)
    events.wire(hearing.SUBSCRIBERS)
    companions.wire(wiring.COMPANIONS)
    authors.wire(identity.actor_for)


def _web(app: Flask, settings: Settings) -> None:
    addresses.register(app)
    typed.register(app)
    sizes.register(app, settings)
    headers.register(app)
    assets.register(app)
    canonical.register(app)
    pages.register(app)
    times.register(app)
    traps.register(app)
    limits.register(app, settings)
    CSRFProtect(app)
    identity.register(app)
    languages.register(app, settings, language=_language, time_zone=_time_zone)
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    return {
        "actor": identity.actor(),
        **languages.frame(),
        "allows": allows,
        "Act": Act,
        "may_invite": may_invite,
        "site": sites.site(reading()),
        "csrf_token": generate_csrf,
        "avatar_url": identity.avatar_url,
        "mail_address": running.settings().mail_address,
    }


def _language() -> str:
    if not request:
        return languages.default()
    return spoken.known(identity.actor().locale) or languages.of_browser(remembered=False)


def _time_zone() -> str:
    return (identity.actor().time_zone if request else "") or running.settings().time_zone
