"""What this machine lacks: said loudly in one line, and a failure where a complete run was promised (CI=true)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable

import pytest

MARK = "THIS MACHINE HAS NO"


def lacking(what: str, why: str) -> None:
    """End the present test: skipped where a person tries the forum, failed where CI relies on the run."""
    message = f"{MARK} {what}: {why}"
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def summary(reports: Iterable[pytest.TestReport]) -> list[str]:
    """One line for each missing thing: how many tests did not run for lack of it."""
    counts: Counter[str] = Counter()
    for report in reports:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _, found, rest = reason.partition(MARK)
        if found:
            counts[rest.strip()] += 1
    return [f"{count} TESTS DID NOT RUN: no {reason}" for reason, count in counts.items()]
