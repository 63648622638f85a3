"""What moves a board to its next stage (`organization.md` §3.2). Pure.

It is looked at on the 1st of a month, over the 28 days before. It moves forward by what its people do and never back by
itself: a talkative host must not loosen its own ceiling.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import accumulate

from forum.organization.stages import BEGINNING, Position, Stage
from forum.stewardship import network, voice
from forum.stewardship.facts import Facts


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A board on the 1st of a month, over the 28 days before it.

    `staff_posts` of `posts` are the organization's; `peers` wrote the others, the fewest with half of them are
    `absence_factor`; of `matured` topics peers `answered` so many, and of those `first_replied` to, the organization
    was first in `staff_first`.
    """

    at: datetime
    staff_posts: int
    posts: int
    peers: int
    answered: int
    matured: int
    absence_factor: int
    staff_first: int = 0
    first_replied: int = 0

    @property
    def voice(self) -> Fraction | None:
        """The organization's share of the posts."""
        return Fraction(self.staff_posts, self.posts) if self.posts else None


def evaluation(facts: Facts) -> Evaluation:
    """What the stage machine looks at, of a board's facts."""
    said, answers, first = voice.share_of_voice(facts), voice.peer_answer_rate(facts), voice.staff_first_rate(facts)
    peers = {post.author_id for post in facts.recent if not post.is_organizations}
    factor = network.absence_factor(facts).k
    return Evaluation(facts.now, said.k, said.n, len(peers), answers.k, answers.n, factor, first.k, first.n)


def _is_established(found: Evaluation) -> bool:
    """At least half of the posts are peers', 15 of whom wrote 60."""
    peer_posts = found.posts - found.staff_posts
    return found.peers >= 15 and peer_posts >= 60 and 2 * peer_posts >= found.posts


def _is_mature(found: Evaluation) -> bool:
    """85 % of the posts are peers', 50 of whom wrote; they answer 60 %; not four of them carry half."""
    peer_posts = found.posts - found.staff_posts
    speaks = found.peers >= 50 and 100 * peer_posts >= 85 * found.posts
    answers = found.matured > 0 and 100 * found.answered >= 60 * found.matured
    return speaks and answers and found.absence_factor >= 5


_NEXT = {
    Stage.INCEPTION: (Stage.ESTABLISHMENT, _is_established, 2),
    Stage.ESTABLISHMENT: (Stage.MATURITY, _is_mature, 3),
}


def step(position: Position, found: Evaluation) -> Position:
    """Where the board stands after one more evaluation."""
    if position.stage not in _NEXT:
        return position
    stage, is_ready, needed = _NEXT[position.stage]
    in_a_row = position.in_a_row + 1 if is_ready(found) else 0
    if in_a_row >= needed:
        return Position(stage, found.at, 0, found.voice)
    return Position(position.stage, position.since, in_a_row, position.voice_then)


def walk(evaluations: Iterable[Evaluation], begin: Position = BEGINNING) -> Sequence[Position]:
    """Where a board stood after each of its months: what an imported one has behind it counts."""
    return list(accumulate(evaluations, step, initial=begin))[1:]
