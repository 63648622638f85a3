"""Which helper processes there are, read from /proc."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PROC = Path("/proc")


def helpers(parent: int | None = None) -> set[int]:
    """Ids of the living helpers of this process, or of another."""
    if not (_PROC / "self" / "stat").exists():
        pytest.skip("no /proc here to look for helper processes")
    return {
        pid for pid in _all() if _parent(pid) == (parent or os.getpid()) and b"markup.helper" in _read(pid, "cmdline")
    }


def lives(pid: int) -> bool:
    """False once it has ended, even while nobody has asked how."""
    return _read(pid, "stat").rpartition(b")")[2].split()[:1] not in ([], [b"Z"])


def environment(pid: int) -> set[str]:
    """The names of its environment variables."""
    return {line.partition(b"=")[0].decode() for line in _read(pid, "environ").split(b"\0") if line}


def _all() -> list[int]:
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int:
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return int(fields[1]) if len(fields) > 1 else 0


def _read(pid: int, name: str) -> bytes:
    try:
        return (_PROC / str(pid) / name).read_bytes()
    except OSError:
        return b""
