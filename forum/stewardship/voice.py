"""How much of what is said the organization says, and how often it is first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from forum.organization.counts import SPAN
from forum.organization.duties import silence_ends
from forum.organization.hours import Hours
from forum.organization.intents import RESTRAINED, SOFT
from forum.organization.rules import ENOUGH_FIRST_REPLIES
from forum.organization.stages import Limits, exact
from forum.organization.windows import Asked, window_end
from forum.stewardship.facts import By, Facts, Month, PostFact, TopicFact
from forum.stewardship.figures import Figure

LONGEST_WORDS = 300
"""So many words of a post weigh in the share of words; what is longer is not a louder voice."""
ANSWER_TIME = timedelta(days=7)


def share_of_voice(facts: Facts) -> Figure:
    """SOV: posts of the organization among all."""
    return Figure.share(sum(post.is_organizations for post in facts.recent), len(facts.recent))


def word_share(facts: Facts) -> Figure:
    """The same in words, of which a post has at most 300."""
    weights = [(min(post.words, LONGEST_WORDS), post.is_organizations) for post in facts.recent]
    ours = sum(words for words, by_us in weights if by_us)
    return Figure.share(ours, sum(words for words, _ in weights), basis=len(weights))


def housekeeping(facts: Facts) -> Figure:
    """What the organization wrote to moderate, of all that it wrote: reported, and counted in no other measure."""
    kept = sum(facts.now - SPAN <= post.at < facts.now for post in facts.housekeeping)
    return Figure.share(kept, kept + sum(post.is_organizations for post in facts.recent))


def staff_started(facts: Facts) -> Figure:
    """Topics that the organization began among all."""
    topics = facts.recent_topics
    return Figure.share(sum(topic.by is not By.PEER for topic in topics), len(topics))


def staff_first_rate(facts: Facts) -> Figure:
    """SFR: where anybody gave a substantive reply, how often the organization was first."""
    firsts = [first for topic in matured(facts) if (first := first_substantive(facts, topic)) is not None]
    return Figure.share(sum(first.is_organizations for first in firsts), len(firsts))


def matured(facts: Facts) -> Sequence[TopicFact]:
    """Ripe topics in which peers were to have the first word: when the first reply came, or when their time was over
    without one. What is called urgent later takes nothing away from what had happened."""
    return [topic for topic in facts.ripe if _left_to_peers(facts, topic)]


def _left_to_peers(facts: Facts, topic: TopicFact) -> bool:
    first = first_substantive(facts, topic)
    ends = _window_end(facts, topic, topic.at) if topic.peer_first and topic.urgent else topic.at
    if first is not None and first.at <= ends:
        return topic.is_eligible(first.at, replying=first.author_id)
    return topic.is_eligible(ends)


def first_substantive(facts: Facts, topic: TopicFact) -> PostFact | None:
    """The first reply by somebody else that says something to the matter."""
    return next((reply for reply in facts.replies(topic) if reply.intent not in SOFT), None)


def peer_answer_rate(facts: Facts) -> Figure:
    """PAR: matured topics to which another peer replied within 7 days."""
    answered = [
        any(not reply.is_organizations and reply.at - topic.at <= ANSWER_TIME for reply in facts.replies(topic))
        for topic in matured(facts)
    ]
    return Figure.share(sum(answered), len(answered))


@dataclass(frozen=True, slots=True)
class FirstWords:
    """Posts of the organization that took the first word from peers, with a reason or without, of so many that leave
    it to them."""

    taken: Sequence[PostFact]
    restrained: int


def first_words(facts: Facts) -> FirstWords:
    """Whether the organization left members the first word."""
    restrained = [
        (post, topic)
        for post in facts.recent
        if post.is_organizations
        and post.intent in RESTRAINED
        and (topic := facts.topics.get(post.topic_id)) is not None
        and topic.is_eligible(post.at, replying=post.author_id)
    ]
    return FirstWords([post for post, topic in restrained if _is_breach(facts, post, topic)], len(restrained))


def peer_first_breaches(facts: Facts) -> Figure:
    """How often it took it without a reason."""
    found = first_words(facts)
    return Figure.share(sum(not post.is_overridden for post in found.taken), found.restrained)


def peer_first_overrides(facts: Facts) -> Figure:
    """How often with one that everybody may read: counted apart."""
    found = first_words(facts)
    return Figure.share(sum(post.is_overridden for post in found.taken), found.restrained)


def _is_breach(facts: Facts, post: PostFact, topic: TopicFact) -> bool:
    return post.at < _window_end(facts, topic, post.at)


def _window_end(facts: Facts, topic: TopicFact, at: datetime) -> datetime:
    """Until when peers had the first word, as it was seen at an instant: by the board's stage and the charter of then.
    What was promised was promised when the topic was begun."""
    month, held, asked_in = facts.month(topic.board_id, at), facts.charter.at(at), facts.charter.at(topic.at)
    standing = [reply.at for reply in facts.replies(topic) if not reply.is_organizations]
    gone = [reply.at for reply in facts.gone.get(topic.id, ()) if at < reply.until]
    asked = Asked(
        topic.at,
        by_newcomer=topic.is_first,
        answered_at=min((*standing, *gone), default=None),
        waived_at=topic.waived_at,
        taken_at=topic.taken_at,
        promised_by=silence_ends(topic.at, asked_in.commitments, asked_in.service),
    )
    limits = held.limits(month.stage, topic.board_id)
    awake = Hours(ZoneInfo(topic.zone), holidays=held.service.holidays)
    return window_end(asked, limits, awake, is_longer=_too_often_first(month, limits))


def _too_often_first(month: Month, limits: Limits) -> bool:
    ceiling = limits.staff_first
    enough = month.replied >= ENOUGH_FIRST_REPLIES
    return enough and ceiling is not None and Fraction(month.first, month.replied) > exact(ceiling)
