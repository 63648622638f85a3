"""What happens to jobs by somebody's hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JobRetried:
    """A job that had been given up is due again."""

    job_id: int
    by_id: int | None
