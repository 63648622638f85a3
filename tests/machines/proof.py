"""Heavy proofs: in full with `make prove` (PROVE=1), a tenth of them otherwise."""

from __future__ import annotations

import os

PROVE = os.environ.get("PROVE", "") not in {"", "0"}


def share(n: int) -> int:
    """How many of `n` cases to try now: all of them when proving, else a tenth, at least one."""
    return n if PROVE else max(1, n // 10)
