"""The fixtures. A test that takes `app` (or what stands on it) runs on SQLite and on PostgreSQL; one that takes
`client` on one of them, by its name, and on both in the full proof.

| take | and get |
|---|---|
| `app` | the forum with an empty, migrated community, as good as new for each test |
| `client` | a visitor without JavaScript: `client.get("/")`, `client.submit("/sign-up", {"name": "ada"})` |
| `uncounted` | no rate limit counts |
| `unhurried` | forms of guests take what is sent within two seconds, as programs and tests do |
| `session` | a session that writes, inside an app context; nothing of it stays |
| `make_app` | the same community with other settings: `make_app(FORUM_SMTP_URL=smtp.url)` |
| `blank_environ` | the environment of a database without tables, for tests of migrations and first starts |
| `clock` | time stands at 2026-03-02 09:00 UTC, a Monday: `clock.move_to(…)`, `clock.shift(timedelta(hours=1))` |
| `smtp`, `redis_url` | the far end of mail; a Redis with nothing in it |
| `live` | the address of `app` on a real socket (SQLite, unless marked `databases(…)`) |
| `page`, `no_js_page`, `browse(…)` | a person in Chromium; whatever a page complains about fails the test (`watch`) |
| `axe`, `shoot` | `assert axe(page) == []`; pictures with SHOTS=folder |
| `prove` | whether heavy proofs run in full; `share(n)` gives a tenth of n otherwise |

`writing(app)`, `reading(app)` of `tests.machines.databases` open sessions where a test needs its rows committed.
"""

from __future__ import annotations

import gc
import itertools
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import time_machine

from tests.machines import missing
from tests.machines.proof import PROVE, share
from tests.machines.run import Run

if TYPE_CHECKING:  # a test of a pure function waits for neither the forum nor a browser
    from flask import Flask
    from playwright.sync_api import Browser, Page
    from sqlalchemy.orm import Session

    from tests.machines.browser import Watch
    from tests.machines.live import Live
    from tests.machines.mail import Mailbox
    from tests.machines.visitor import Visitor

BOTH = ("sqlite", "postgresql")
MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RUN = pytest.StashKey[Run]()

hypothesis.settings.register_profile(
    "house",
    max_examples=share(2000),
    deadline=None,  # a busy machine is not a bug
    derandomize=not PROVE,  # the same run for everybody; `make prove` looks further
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("house")


# ── the run ──────────────────────────────────────────────────────────────────────────────────────


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(100_000, 50, 100)  # collecting as often as a small program does takes a tenth of the run
    joined = getattr(config, "workerinput", {}).get("forum_run")
    config.stash[RUN] = Run(Path(joined)) if joined else Run.open()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["forum_run"] = str(node.config.stash[RUN].path)


def pytest_unconfigure(config: pytest.Config) -> None:
    if run := config.stash.get(RUN, None):
        run.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("databases")
        kinds = marker.args if marker else _kinds(metafunc)
        metafunc.parametrize("database", kinds, indirect=True)


def _kinds(metafunc: pytest.Metafunc) -> tuple[str, ...]:
    """Every verb on both databases. What a page says hangs on the database by its queries alone, and rendering is what
    takes long: each story told through pages has one of the two, by its name; both in the full proof."""
    if "live" in metafunc.fixturenames:
        return ("sqlite",)
    if "client" in metafunc.fixturenames and not PROVE:
        return (BOTH[zlib.crc32(metafunc.definition.nodeid.encode()) % 2],)
    return BOTH


def pytest_terminal_summary(terminalreporter: Any) -> None:
    stats = terminalreporter.stats
    reports = [report for kind in ("skipped", "failed", "error") for report in stats.get(kind, [])]
    for line in missing.summary(reports):
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> Run:
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def worker(pytestconfig: pytest.Config) -> str:
    name: str = getattr(pytestconfig, "workerinput", {}).get("workerid", "main")
    return name


@pytest.fixture(scope="session")
def prove() -> bool:
    return PROVE


@pytest.fixture(scope="session", autouse=True)
def real_hasher() -> Iterator[Any]:
    """Passwords cost next to nothing here; the hasher that people get is what this fixture gives."""
    if find_spec("forum.accounts.passwords") is None:
        yield None
        return
    passwords: Any = import_module("forum.accounts.passwords")
    real = getattr(passwords, "hasher", None)
    if real is None:
        yield None
        return
    passwords.hasher = type(real)(time_cost=1, memory_cost=8, parallelism=1)
    yield real
    passwords.hasher = real


# ── databases and the app ────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def postgresql_server(run: Run) -> dict[str, str]:
    from tests.machines import postgresql

    return run.once("postgresql", lambda: postgresql.start(run))


@pytest.fixture(scope="session")
def communities(run: Run, worker: str) -> Iterator[dict[str, Any]]:
    """This worker's databases by kind, each made when first asked for, with the port that its app is served on."""
    made: dict[str, Any] = {}
    yield made
    for live, database in made.values():
        live.close()
        database.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, communities: dict[str, Any], run: Run, worker: str) -> Iterator[Any]:
    """A `tests.machines.databases.Database`, put back after the test."""
    from tests.machines import databases
    from tests.machines.live import Live

    kind: str = request.param
    if kind not in communities:
        live = Live()
        if kind == "sqlite":
            communities[kind] = (live, databases.SqliteDatabase(run, worker, live.url))
        else:
            server = request.getfixturevalue("postgresql_server")
            if "missing" in server:
                missing.lacking("POSTGRESQL", server["missing"])
            communities[kind] = (live, databases.PostgresqlDatabase(run, worker, live.url, server["url"]))
    chosen = communities[kind][1]
    yield chosen
    communities[kind][0].settle()
    chosen.restore()


@pytest.fixture
def app(database: Any) -> Flask:
    app: Flask = database.app
    return app


@pytest.fixture
def make_app(database: Any) -> Iterator[Callable[..., Flask]]:
    from tests.machines.databases import dispose

    made: list[Flask] = []

    def build(**environ: str) -> Flask:
        made.append(database.build(**environ))
        return made[-1]

    yield build
    for other in made:
        dispose(other)


@pytest.fixture
def blank_environ(database: Any) -> dict[str, str]:
    names = (f"blank{number}" for number in itertools.count())
    environ: dict[str, str] = database.blank(next(names))
    return environ


@pytest.fixture
def client(app: Flask) -> Visitor:
    from tests.machines.visitor import Visitor

    return Visitor(app, app.response_class, use_cookies=True)


@pytest.fixture
def uncounted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switched off only once the app is there: an app that is made without limits never gets any."""
    from forum.core.web.limits import limiter

    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    from forum.core.web import traps

    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    from tests.machines.databases import undone

    with undone(app) as session:
        yield session


# ── the world around ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def smtp() -> Iterator[Mailbox]:
    from tests.machines.mail import MailServer

    with MailServer() as mailbox:
        yield mailbox


@pytest.fixture
def redis_url(run: Run, worker: str) -> str:
    import redis

    from tests.machines import redis as redis_server

    server = run.once("redis", lambda: redis_server.start(run))
    if "missing" in server:
        missing.lacking("REDIS", server["missing"])
    number = int("".join(filter(str.isdigit, worker)) or 0)
    url = f"{server['url']}/{number}"
    with redis.Redis.from_url(url) as connection:
        connection.flushdb()
    return url


# ── people in a browser ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def live(app: Flask, database: Any, communities: dict[str, Any]) -> str:
    server: Live = communities[database.kind][0]
    server.serve(app)
    return server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    from tests.machines import browser as chromium

    with sync_playwright() as playwright:
        path = chromium.executable(playwright)
        if path is None:
            missing.lacking("BROWSER", "install Chromium, or run `playwright install chromium`")
        running = chromium.launch(playwright, str(path))
        yield running
        running.close()


@pytest.fixture
def watch(live: str) -> Iterator[Watch]:
    """What the browser complained about; judged when everybody has left."""
    from tests.machines.browser import Watch

    watch = Watch(live)
    yield watch
    watch.verdict()


@pytest.fixture
def browse(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """`browse(javascript=False, viewport=…)`: another person, with cookies of their own."""
    from tests.machines.browser import person

    with ExitStack() as people:
        yield lambda **options: people.enter_context(person(browser, watch, **options))


@pytest.fixture
def page(browse: Callable[..., Page]) -> Page:
    return browse()


@pytest.fixture
def no_js_page(browse: Callable[..., Page]) -> Page:
    return browse(javascript=False)


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    from tests.machines.browser import axe

    return axe


@pytest.fixture
def shoot() -> Callable[..., None]:
    from tests.machines.browser import shoot

    return shoot
