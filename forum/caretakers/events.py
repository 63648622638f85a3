"""What is announced of those who look after boards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CaretakerAsked:
    """Somebody is asked to look after a board for a while."""

    appointment_id: int


@dataclass(frozen=True)
class CaretakerAnswered:
    """They said yes, or no."""

    appointment_id: int
    is_willing: bool


@dataclass(frozen=True)
class CaretakingEnded:
    """Somebody looks after a board no more: resigned, dismissed, or the term is over."""

    appointment_id: int
    by_id: int | None


@dataclass(frozen=True)
class TermNears:
    """A term ends soon: time to ask whether they go on."""

    appointment_id: int
