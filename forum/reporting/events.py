"""What happens to reports of illegal content."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IllegalContentReported:
    """Somebody says that something here is against the law: it waits for a decision, and they get its number."""

    report_id: int


@dataclass(frozen=True)
class IllegalReportAnswered:
    """It is decided: whoever sent it hears how."""

    report_id: int


@dataclass(frozen=True)
class IllegalReportReopened:
    """It is looked at again."""

    report_id: int
