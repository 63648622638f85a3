"""Where uploaded files are kept: a folder of the data directory, addressed by content.

A key is `<kind>/<first two>/<sha256>.<ending>`; the same content has the same key, so writing twice is harmless.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from os import fstat
from pathlib import Path
from typing import BinaryIO, Protocol

_KEY = re.compile(r"[a-z]{1,20}/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]{1,5}")


class Storage(Protocol):
    """Keeps bytes under keys."""

    def put(self, kind: str, data: bytes, ending: str) -> str: ...
    def get(self, key: str) -> bytes | None: ...
    def open(self, key: str) -> tuple[BinaryIO, int] | None: ...
    def delete(self, key: str) -> None: ...


class FolderStorage:
    """Files below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, kind: str, data: bytes, ending: str) -> str:
        """Keep `data`, whole or not at all; returns its key."""
        digest = hashlib.sha256(data).hexdigest()
        key = f"{kind}/{digest[:2]}/{digest}.{ending}"
        path = self._path(key)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
                draft.write(data)
            Path(draft.name).replace(path)
        return key

    def get(self, key: str) -> bytes | None:
        """The bytes under `key`, or None."""
        if not is_key(key):
            return None
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def open(self, key: str) -> tuple[BinaryIO, int] | None:
        """A file to read what is under `key` from, piece by piece, and how many bytes these are; or None."""
        if not is_key(key):
            return None
        try:
            file = self._path(key).open("rb")
        except FileNotFoundError:
            return None
        return file, fstat(file.fileno()).st_size

    def delete(self, key: str) -> None:
        """Forget `key`; harmless when it is gone."""
        if is_key(key):
            self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key


def is_key(key: str) -> bool:
    """Whether `key` has the shape of one: nothing else reaches the file system."""
    return _KEY.fullmatch(key) is not None
