"""Bringing archives into the databases of the tests."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask import Flask

from forum.importers.discourse.importing import Outcome, Wanted, import_archive
from forum.permissions import HOUSE
from tests.importers.discourse.made import jsonl

ROOT = Path(__file__).resolve().parents[2]


def bring(app: Flask, path: Path, **wanted: Any) -> Outcome:
    """Import as the command does, in this process."""
    with app.app_context():
        return import_archive(HOUSE, Wanted(path, **wanted))


def folder(where: Path, name: str, *topics: object, users: tuple[object, ...] = ()) -> Path:
    """An archive with these topics and people."""
    path = where / name
    path.mkdir()
    jsonl(path, *topics)
    if users:
        path.joinpath("users.jsonl").write_text("".join(json.dumps(user) + "\n" for user in users))
    return path


def tenth(where: Path, whole: Path, part: int = 10) -> Path:
    """An archive of every tenth topic of a large one, with all its people."""
    path = where / whole.name
    path.mkdir()
    with gzip.open(whole / "topics.jsonl.gz", "rb") as lines, (path / "topics.jsonl").open("wb") as kept:
        kept.writelines(line for number, line in enumerate(lines) if number % part == 0)
    path.joinpath("users.jsonl.gz").write_bytes(whole.joinpath("users.jsonl.gz").read_bytes())
    return path


def command(environ: dict[str, str], *arguments: str | Path) -> subprocess.Popen[bytes]:
    """`flask --app app import discourse …` as an operator types it."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "import", "discourse", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
