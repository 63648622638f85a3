"""What a measure gives: whole numbers and their ratio, and when that may be published (`organization.md` §1, §2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from forum.stewardship.facts import Facts


@dataclass(frozen=True, slots=True)
class Figure:
    """`k` of `n`, and what is said of them: their ratio, or a value of its own (minutes, people).

    `basis` is what must reach `min_n`, where that is not `n`.
    """

    k: int
    n: int
    value: Fraction | None
    basis: int | None = None

    @classmethod
    def share(cls, k: int, n: int, basis: int | None = None) -> Figure:
        return cls(k, n, Fraction(k, n) if n else None, basis)


@dataclass(frozen=True, slots=True)
class Measure:
    """How something is measured: by a pure function. `unit`: share, minutes, people or index (0 to 1).

    A definition that changes gets the next version, so that nobody compares what cannot be compared.
    """

    of: Callable[[Facts], Figure]
    version: int
    unit: str
    min_n: int

    @property
    def name(self) -> str:
        return self.of.__name__


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its figure. `published` is None where there are too few to say anything."""

    measure: Measure
    figure: Figure

    @property
    def is_too_few(self) -> bool:
        basis = self.figure.n if self.figure.basis is None else self.figure.basis
        return basis < max(1, self.measure.min_n)

    @property
    def published(self) -> Fraction | None:
        return None if self.is_too_few else self.figure.value
