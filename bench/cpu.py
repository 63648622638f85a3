"""How long processes have been at work, which noise on the machine hardly changes. Linux says; others do not."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")


def seconds_of(process: int) -> float | None:
    """Processor seconds of a process and all its descendants, the ended ones included."""
    if not (PROC / "self" / "stat").exists():
        return None
    ticks = os.sysconf("SC_CLK_TCK")
    parents, spent = _all()
    family = {process}
    grown = True
    while grown:
        children = {child for child, parent in parents.items() if parent in family} - family
        family |= children
        grown = bool(children)
    return sum(spent.get(member, 0) for member in family) / ticks


def _all() -> tuple[dict[int, int], dict[int, int]]:
    """Of every process: its parent, and the ticks that it and its ended children have used."""
    parents, spent = {}, {}
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # ended just now
            continue
        parents[int(folder.name)] = int(fields[1])
        spent[int(folder.name)] = sum(map(int, fields[11:15]))
    return parents, spent
