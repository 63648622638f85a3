"""The files of an archive's folder, with nothing trusted: links, odd names, broken compression, endless lines."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from forum.importers.discourse.records import Skipped

LARGEST_RECORD = 64 * 2**20
"""Bytes of one topic. The largest seen in life has 2 MB."""

_UNREADABLE = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The bytes of one record, and where they stand."""

    path: Path
    name: str
    content: bytes


def listed(folder: Path) -> tuple[dict[str, Path], list[Skipped]]:
    """Ordinary files by name, and what else lies there. Raises OSError."""
    files: dict[str, Path] = {}
    skipped: list[Skipped] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_file(follow_symlinks=False):
                files[entry.name] = Path(entry.path)
            elif entry.is_symlink():
                skipped.append(Skipped("file", printable(entry.name), "is a link; only files in the folder are read"))
            elif entry.name.endswith((".json", ".md", ".jsonl", ".gz")):
                skipped.append(Skipped("file", printable(entry.name), "is not an ordinary file"))
    return files, skipped


def printable(name: str) -> str:
    """A file name that can be shown and stored whatever bytes it is made of."""
    return name.encode("utf-8", "replace").decode("utf-8")


def whole(path: Path) -> Chunk | Skipped:
    """A file of one record."""
    name = printable(path.name)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_RECORD + 1)
    except OSError as error:
        return Skipped("file", name, f"cannot be read: {error.strerror}")
    if len(content) > LARGEST_RECORD:
        return Skipped("file", name, "is larger than a topic may be")
    return Chunk(path, name, content)


def lines_of(path: Path) -> Iterator[Chunk | Skipped]:
    """The lines of a file, compressed or not; after damage, none further. Blank lines are passed over."""
    number = 0
    try:
        with _opened(path) as file:
            while content := file.readline(LARGEST_RECORD + 1):
                number += 1
                name = f"{path.name}, line {number}"
                if len(content) > LARGEST_RECORD:
                    _to_line_end(file, content)
                    yield Skipped("file", name, "is longer than a topic may be")
                elif content.strip():
                    yield Chunk(path, name, content)
    except _UNREADABLE as error:
        yield Skipped("file", path.name, f"is damaged after line {number}: {error}")


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _to_line_end(file: IO[bytes], content: bytes) -> None:
    while content and not content.endswith(b"\n"):
        content = file.readline(2**20)
