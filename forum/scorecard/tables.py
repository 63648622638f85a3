"""A scorecard for programs: as JSON, and as CSV with a row for each measure of each board. docs/scorecard.md says what
stands in them; neither changes without another `format`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from forum.organization.counts import SPAN
from forum.scorecard.models import Scorecard, ScorecardPart
from forum.scorecard.weeks import instant_of

FORMAT = 1
COLUMNS = ("week", "version", "board", "measure", "measure_version", "unit", "k", "n", "value", "limit", "state")


def as_json(organization: str, card: Scorecard, parts: Sequence[ScorecardPart]) -> dict[str, Any]:
    """`parts`: the whole first."""
    whole, *boards = parts
    return {
        "format": FORMAT,
        "organization": organization,
        "week": card.week.isoformat(),
        "version": card.version,
        "reason": card.reason or None,
        "as_of": instant_of(card.week).isoformat(),
        "made_at": card.made_at.isoformat(timespec="seconds"),
        "days": SPAN.days,
        "all": whole.data,
        "boards": [{"board": part.slug, "name": part.name, **part.data} for part in boards],
    }


def as_csv(card: Scorecard, parts: Sequence[ScorecardPart]) -> str:
    """The board of the whole is empty; so is whatever there is not."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for part in parts:
        for name, line in part.data["lines"].items():
            of_line = (line["version"], line["unit"], line["k"], line["n"], line["value"], line["limit"], line["state"])
            writer.writerow([card.week.isoformat(), card.version, part.slug, name, *of_line])
        for one in part.data["overrides"]:
            name = f"overrides.{one['rule']}.{one['reason']}"
            count = one["count"]
            writer.writerow(
                [card.week.isoformat(), card.version, part.slug, name, 1, "count", count, None, count, None, "reported"]
            )
    return out.getvalue()
