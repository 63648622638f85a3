"""Who talks with whom, and how few people carry the conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from forum.stewardship.facts import Facts
from forum.stewardship.figures import Figure


def _edges(facts: Facts) -> dict[tuple[int | None, int | None], bool]:
    """Distinct ordered pairs (who replied, to whom), and whether the organization is at either end."""
    edges: dict[tuple[int | None, int | None], bool] = {}
    for post in facts.recent:
        if not post.is_opening and post.author_id != post.answers:
            pair = (post.author_id, post.answers)
            edges[pair] = edges.get(pair, False) or post.is_organizations or post.answers_organization
    return edges


def hub_share(facts: Facts) -> Figure:
    """How much of the conversation goes through the organization."""
    edges = _edges(facts)
    return Figure.share(sum(edges.values()), len(edges))


def reciprocity(facts: Facts) -> Figure:
    """How often whom one replied to has replied to one, too."""
    edges = _edges(facts)
    return Figure.share(sum((to, who) in edges for who, to in edges), len(edges))


# ── how few carry it ──────────────────────────────────────────────────────────────────────────────────────────────────


def _per_peer(facts: Facts) -> Sequence[int]:
    """How many posts each peer wrote, the most first."""
    return sorted(Counter(post.author_id for post in facts.recent if not post.is_organizations).values(), reverse=True)


def absence_factor(facts: Facts) -> Figure:
    """The smallest number of peers who wrote half of the peers' posts: with them away, half would be missing."""
    counts, covered = _per_peer(facts), 0
    total = sum(counts)
    for people, count in enumerate(counts, start=1):
        covered += count
        if 2 * covered >= total:
            return Figure(people, total, Fraction(people))
    return Figure(0, 0, None)


def gini(facts: Facts) -> Figure:
    """How unevenly the peers' posts are spread over those who wrote any: 0 is evenly. Uncorrected for few people."""
    counts = _per_peer(facts)[::-1]
    people, total = len(counts), sum(counts)
    if not total:
        return Figure(0, 0, None)
    ranked = sum(rank * count for rank, count in enumerate(counts, start=1))
    return Figure(people, total, Fraction(2 * ranked, people * total) - Fraction(people + 1, people))


def herfindahl(facts: Facts) -> Figure:
    """HHI: the chance that two of the peers' posts, drawn with putting back, have one author."""
    counts = _per_peer(facts)
    total = sum(counts)
    squares = sum(count * count for count in counts)
    return Figure(len(counts), total, Fraction(squares, total * total) if total else None)


def top_share(facts: Facts) -> Figure:
    """What share of the peers' posts the busiest of them wrote."""
    counts = _per_peer(facts)
    return Figure.share(counts[0] if counts else 0, sum(counts))
