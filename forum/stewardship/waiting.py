"""How long people wait for a first reply, and whether those who are new come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from fractions import Fraction

from forum.organization.counts import SPAN
from forum.stewardship.facts import By, Facts, PostFact, TopicFact
from forum.stewardship.figures import Figure

HELLO_TIME = timedelta(hours=24)
"""How soon a newcomer's first topic should have a human reply, until a charter says otherwise."""


def kaplan_meier(spans: Iterable[tuple[timedelta, bool]]) -> Sequence[tuple[timedelta, Fraction]]:
    """The survival curve S(t) as steps: after each span at which something happened, what share is still waiting.

    `spans`: how long one waited, and whether it ended so (else it is censored: nobody knows how long it will last).
    Of those who waited as long, who was answered counts before who is censored. Kaplan and Meier, 1958.
    """
    waits = sorted(spans)
    ended = Counter(span for span, happened in waits if happened)
    left, curve, waiting, at = Counter(span for span, _ in waits), [], len(waits), Fraction(1)
    for span in sorted(left):
        if ended[span]:
            at *= Fraction(waiting - ended[span], waiting)
            curve.append((span, at))
        waiting -= left[span]
    return curve


def median_wait(spans: Iterable[tuple[timedelta, bool]]) -> timedelta | None:
    """The first span after which at most half still wait; None when more than half wait to the end."""
    return next((span for span, waiting in kaplan_meier(spans) if waiting <= Fraction(1, 2)), None)


def _waits(facts: Facts, whose: Callable[[PostFact], bool]) -> Sequence[tuple[timedelta, bool]]:
    found = []
    for topic in facts.recent_topics:
        if topic.by is By.PEER:
            first = next((reply for reply in facts.replies(topic) if whose(reply)), None)
            found.append(((first.at if first else facts.now) - topic.at, first is not None))
    return found


def _median_minutes(facts: Facts, whose: Callable[[PostFact], bool]) -> Figure:
    waits = _waits(facts, whose)
    median = median_wait(waits)
    return Figure(sum(answered for _, answered in waits), len(waits), None if median is None else _minutes(median))


def _minutes(span: timedelta) -> Fraction:
    return Fraction(span // timedelta(milliseconds=1), 60_000)


def first_human_reply(facts: Facts) -> Figure:
    """How long a peer's topic waits for the first reply by a human, soft ones included."""
    return _median_minutes(facts, lambda reply: reply.by is not By.BOT)


def first_peer_reply(facts: Facts) -> Figure:
    """How long until the first peer replies, whatever the organization did."""
    return _median_minutes(facts, lambda reply: reply.by is By.PEER)


def first_staff_reply(facts: Facts) -> Figure:
    """How long until the first of the staff replies, whatever peers did."""
    return _median_minutes(facts, lambda reply: reply.by is By.STAFF)


def naive_first_reply(facts: Facts) -> Figure:
    """The median over answered topics alone. It flatters the host: shown beside the other, and named as such."""
    waits = [span for span, answered in _waits(facts, lambda reply: reply.by is not By.BOT) if answered]
    return Figure(len(waits), len(waits), None if not waits else _middle([_minutes(span) for span in waits]))


def _middle(values: Sequence[Fraction]) -> Fraction:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


# ── newcomers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def newcomer_first_reply(facts: Facts) -> Figure:
    """Newcomers' first topics with a human reply within the hello time; those still within it are not counted."""
    greeted = [
        any(reply.by is not By.BOT and reply.at - topic.at <= HELLO_TIME for reply in facts.replies(topic))
        for topic in facts.recent_topics
        if topic.by is By.PEER and topic.is_first and (facts.now - topic.at > HELLO_TIME or _greeted(facts, topic))
    ]
    return Figure.share(sum(greeted), len(greeted))


def _greeted(facts: Facts, topic: TopicFact) -> bool:
    return any(reply.by is not By.BOT for reply in facts.replies(topic))


def _returned(facts: Facts, after: Callable[[PostFact | None], bool]) -> Figure:
    """Newcomers whose 28 days have passed, by who replied first: how many wrote again within them."""
    began = [
        topic
        for topic in facts.topics.values()
        if topic.by is By.PEER and topic.is_first and facts.now - 2 * SPAN <= topic.at < facts.now - SPAN
    ]
    came = [
        any(
            post.author_id == topic.author_id and topic.at < post.at <= topic.at + SPAN
            for post in facts.posts
            if (post.topic_id, post.number) != (topic.id, 1)
        )
        for topic in began
        if after(next((reply for reply in facts.replies(topic) if reply.by is not By.BOT), None))
    ]
    return Figure.share(sum(came), len(came))


def newcomer_return_after_peer(facts: Facts) -> Figure:
    """Newcomers to whom a peer replied first, and who wrote again within 28 days."""
    return _returned(facts, lambda first: first is not None and first.by is By.PEER)


def newcomer_return_after_staff(facts: Facts) -> Figure:
    """Newcomers to whom the staff replied first, and who wrote again within 28 days."""
    return _returned(facts, lambda first: first is not None and first.by is By.STAFF)


def newcomer_return_unanswered(facts: Facts) -> Figure:
    """Newcomers to whom nobody replied, and who wrote again within 28 days."""
    return _returned(facts, lambda first: first is None)
