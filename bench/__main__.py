"""`make bench`: requests a second and queries a page, beside a bare Flask page of the same size in the same run.

Makes communities in a temporary folder (or in a PostgreSQL started for the purpose), serves the largest as
`python app.py` does, and reads and writes in it. Asserts nothing; says what it saw.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import psycopg

from bench import counted, guarding, importing, searching, servers
from bench.community import LONG, Community, make
from bench.measuring import Bench
from bench.report import Report
from bench.servers import Broken, Shape
from forum.core import markup
from forum.core.settings import Settings
from tests.machines import postgresql
from tests.machines.run import Run

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def main() -> int:
    """Measure and print, also what was there when it was ended or something broke; then 1."""
    given = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    report = Report(_product(given.database), max(given.posts), _shape(given))
    status = 0
    with closing(Run.open()) as run:
        try:
            _measure(given, run, report)
        except (Broken, KeyboardInterrupt) as end:
            report.notes.append(f"what should have followed: {str(end) or 'ended by hand'}")
            status = 1
        finally:
            markup.close()
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if given.json else "\n".join(report.lines()))
    return status


def _arguments() -> argparse.Namespace:
    usual = Settings()
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), default=SQLITE)
    parser.add_argument(
        "--posts", type=_posts, nargs="+", default=[2_000, 20_000], help="sizes of communities; the largest is served"
    )
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each case lasts in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=4, help="kept alive by the readers")
    parser.add_argument("--workers", type=int, default=usual.workers, help="server processes")
    parser.add_argument("--threads", type=int, default=usual.threads, help="in each of them")
    parser.add_argument("--only", choices=("pages", "search", "guard", "import"), help="measure only this")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _posts(text: str) -> int:
    if (number := int(text)) < LONG + 1:
        raise argparse.ArgumentTypeError(f"a community has more than {LONG} posts here: one topic has so many")
    return number


def _product(kind: str) -> str:
    return "SQLite" if kind == SQLITE else "PostgreSQL (not waiting for the disk, as in the tests)"


def _shape(given: argparse.Namespace) -> str:
    return (
        f"{given.workers} × {given.threads} threads, {given.connections} connections, "
        f"median of {given.rounds} rounds of {given.seconds:g} s"
    )


def _measure(given: argparse.Namespace, run: Run, report: Report) -> None:
    environ_for = _databases(given.database, run)
    if given.only in {None, "pages"}:
        _pages(given, run, report, environ_for)
    if given.only == "search":
        _searches(make(environ_for("searched"), report.posts), report)
    if given.only in {None, "guard"}:
        report.guarded = guarding.measure()
    if given.only in {None, "import"}:
        _imports(given, report, environ_for)


def _pages(given: argparse.Namespace, run: Run, report: Report, environ_for: importing.Environ) -> None:
    communities: dict[int, Community] = {}
    for size in sorted(set(given.posts)):
        begun = time.perf_counter()
        communities[size] = make(environ_for(f"community_{size}"), size)
        _say(f"a community of {size:,} posts, made in {time.perf_counter() - begun:.0f} s")
        report.counted[size] = counted.count(communities[size])
    largest = report.counted[report.posts]
    report.notes += [f"{name}: answered {page.status}" for name, page in largest.items() if page.status != 200]
    community, ways = communities[report.posts], Shape(given.workers, given.threads)
    _searches(community, report)
    with (
        servers.forum(community.environ, ways, run.path / "forum.log") as forum,
        servers.bare(ways, run.path / "bare.log") as bare,
    ):
        bench = Bench(community, forum, bare, given.connections, given.seconds, given.rounds)
        bench.measure(largest, report.speeds, _say)
    for name, speed in report.speeds.items():
        report.notes += [f"{name}: {times} answers were {status}" for status, times in speed.others.items()]


def _searches(community: Community, report: Report) -> None:
    _say("searching")
    report.searches = searching.measure(community)


def _imports(given: argparse.Namespace, report: Report, environ_for: importing.Environ) -> None:
    if hindrance := importing.hindrance():
        report.notes.append(f"import: {hindrance}")
        return
    _say("importing an archive")
    report.imported = importing.measure(environ_for, given.rounds)


def _databases(kind: str, run: Run) -> Callable[[str], Mapping[str, str]]:
    """What gives the environment of a fresh database by its name."""

    def on_sqlite(name: str) -> dict[str, str]:
        return {"FORUM_DATA_DIR": str(run.folder(name)), "FORUM_LOG_LEVEL": "warning", "FORUM_PROXIES": "1"}

    if kind == SQLITE:
        return on_sqlite
    started = postgresql.start(run)
    if "missing" in started:
        raise Broken(f"No PostgreSQL starts here: {started['missing']}")

    def on_postgresql(name: str) -> dict[str, str]:
        database = name.replace("-", "_")
        with psycopg.connect(f"{started['url']}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database} TEMPLATE template0")
        return {**on_sqlite(name), "FORUM_DATABASE_URL": f"{started['url']}/{database}"}

    return on_postgresql


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if Path.cwd() != servers.ROOT:
        sys.exit(f"Run it in {servers.ROOT}, or with `make bench` there.")
    raise SystemExit(main())
