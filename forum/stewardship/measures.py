"""The measures of `organization.md` §2: each has a name, a version, a unit and the least number it is published from.

Pure functions over `Facts`, the 28 days before an instant. A share is kept as its two whole numbers and never as a
float; where there is nothing to divide by, or too little, the published value is None: "too few to say".
"""

from __future__ import annotations

from collections.abc import Sequence

from forum.organization.rules import ENOUGH_FIRST_REPLIES, ENOUGH_POSTS, ENOUGH_TOPICS
from forum.stewardship import network, voice, waiting
from forum.stewardship.facts import Facts
from forum.stewardship.figures import Measure, Measured


def measured(facts: Facts) -> Sequence[Measured]:
    """Every measure of these facts, in the order of the table below."""
    return [Measured(measure, measure.of(facts)) for measure in MEASURES]


MEASURES: Sequence[Measure] = (
    Measure(voice.share_of_voice, 1, "share", ENOUGH_POSTS),
    Measure(voice.word_share, 1, "share", 20),
    Measure(voice.staff_first_rate, 2, "share", ENOUGH_FIRST_REPLIES),
    Measure(voice.peer_answer_rate, 2, "share", 5),
    Measure(voice.staff_started, 1, "share", ENOUGH_TOPICS),
    Measure(voice.housekeeping, 1, "share", ENOUGH_POSTS),
    Measure(voice.peer_first_breaches, 3, "share", 1),
    Measure(voice.peer_first_overrides, 2, "share", 1),
    Measure(waiting.first_human_reply, 1, "minutes", 5),
    Measure(waiting.first_peer_reply, 1, "minutes", 5),
    Measure(waiting.first_staff_reply, 1, "minutes", 5),
    Measure(waiting.naive_first_reply, 1, "minutes", 5),
    Measure(waiting.newcomer_first_reply, 1, "share", 5),
    Measure(waiting.newcomer_return_after_peer, 1, "share", 5),
    Measure(waiting.newcomer_return_after_staff, 1, "share", 5),
    Measure(waiting.newcomer_return_unanswered, 1, "share", 5),
    Measure(network.hub_share, 1, "share", 10),
    Measure(network.reciprocity, 1, "share", 10),
    Measure(network.absence_factor, 1, "people", 10),
    Measure(network.gini, 1, "index", 10),
    Measure(network.herfindahl, 1, "index", 10),
    Measure(network.top_share, 1, "share", 10),
)
