"""How long: the steps of a suspension, and which comes next. Pure. The steps are Discourse's."""

from __future__ import annotations

from collections.abc import Sequence

# Days that can be chosen; None: until somebody lifts it, for suspensions alone.
STEPS: Sequence[int | None] = (1, 3, 7, 30, None)
OPEN = "open"


def next_step(suspended_before: int) -> int | None:
    """Days of the next suspension of somebody who was suspended so often."""
    return STEPS[min(suspended_before, len(STEPS) - 1)]


def typed(step: int | None) -> str:
    """A step as a form sends it."""
    return OPEN if step is None else str(step)
