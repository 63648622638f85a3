"""To whom recognition goes, and what is said where it always goes to the same. Pure.

At least half goes to members who were not recognized for 180 days, at least three tenths to members outside the tenth
who write most. Below `MIN_N` there are too few to say anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from forum.core.words import mark
from forum.organization.verdicts import Sentence

MIN_N = 5
NOT_LATELY, OUTSIDE_TOP = Fraction(1, 2), Fraction(3, 10)
SAME_WORDS = 3
"""The same words to more people than that are remarked on."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be recognized: not lately recognized; not of the tenth who write most."""

    not_lately: bool
    outside_top: bool


@dataclass(frozen=True, slots=True)
class Mix:
    """Of `given` recognitions, how many went to whom."""

    given: int = 0
    not_lately: int = 0
    outside_top: int = 0

    def with_one(self, candidate: Candidate) -> Mix:
        """With one more."""
        return Mix(self.given + 1, self.not_lately + candidate.not_lately, self.outside_top + candidate.outside_top)

    @property
    def is_too_few(self) -> bool:
        return self.given < MIN_N

    @property
    def share_not_lately(self) -> Fraction | None:
        """None: too few to say."""
        return None if self.is_too_few else Fraction(self.not_lately, self.given)

    @property
    def share_outside_top(self) -> Fraction | None:
        """None: too few to say."""
        return None if self.is_too_few else Fraction(self.outside_top, self.given)

    @property
    def lacks_others(self) -> bool:
        """Too much went to those who were recognized lately."""
        return self.share_not_lately is not None and self.share_not_lately < NOT_LATELY

    @property
    def lacks_quiet(self) -> bool:
        """Too much went to those who write most."""
        return self.share_outside_top is not None and self.share_outside_top < OUTSIDE_TOP


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said beside a choice. It never refuses anything."""

    remarks: Sequence[Sentence] = ()

    @property
    def level(self) -> int:
        return 1 if self.remarks else 0


def standing(mix: Mix) -> Advice:
    """Of the mix as it is, before anybody is chosen."""
    return Advice(tuple(_remarks(mix, others=mix.lacks_others, quiet=mix.lacks_quiet)))


def advice(mix: Mix, candidate: Candidate, same_words: int = 0) -> Advice:
    """Of one more recognition. Nothing is held against who mends the mix. `same_words`: to how many people these very
    words went within 28 days, with this one."""
    then = mix.with_one(candidate)
    remarks = _remarks(
        then,
        others=then.lacks_others and not candidate.not_lately,
        quiet=then.lacks_quiet and not candidate.outside_top,
    )
    if same_words > SAME_WORDS:
        said = mark("These very words go to %(n)s people within 28 days. Say what this post did, and for whom.")
        remarks.append(Sentence(said, {"n": same_words}))
    return Advice(tuple(remarks))


def _remarks(mix: Mix, *, others: bool, quiet: bool) -> list[Sentence]:
    found = []
    if others:
        said = mark(
            "Only %(k)s of %(n)s go to members who were not recognized for half a year: at least half should."
            " The list begins with them."
        )
        found.append(Sentence(said, {"k": mix.not_lately, "n": mix.given}))
    if quiet:
        said = mark(
            "Only %(k)s of %(n)s go to members outside the tenth who write most: at least three in ten should."
            " Look for somebody who writes seldom."
        )
        found.append(Sentence(said, {"k": mix.outside_top, "n": mix.given}))
    return found


def top_tenth(posts: Mapping[int, int]) -> frozenset[int]:
    """Who writes most: a tenth of those who write, rounded up. Whoever ties with somebody for whom there is no room
    any more is not among them."""
    size = -(-len(posts) // 10)
    counts = sorted(posts.values(), reverse=True)
    if len(counts) <= size:
        return frozenset(posts)
    return frozenset(account for account, count in posts.items() if count > counts[size])
