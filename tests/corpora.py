"""Real material beside the project, that nobody here wrote. It never enters the repository; without it a test skips."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def shared(*parts: str) -> Path:
    """The file or folder under `../shared`; where it is absent the test says so and is skipped."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"../shared is not here: no {'/'.join(parts)}")
    return path


def naughty_strings() -> list[str]:
    """The Big List of Naughty Strings."""
    strings: list[str] = json.loads(shared("data", "corpora", "naughty-strings", "blns.json").read_text("utf-8"))
    return strings
