"""How much of what is said the organization says, and how often it is first."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from forum.organization.hours import Hours
from forum.organization.intents import RESTRAINED, SOFT
from forum.organization.stages import LIMITS
from forum.organization.windows import Asked, window_end
from forum.stewardship.facts import By, Facts, PostFact, TopicFact
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


def staff_started(facts: Facts) -> Figure:
    """Topics that the organization began among all."""
    topics = facts.recent_topics
    return Figure.share(sum(topic.by is not By.PEER for topic in topics), len(topics))


def staff_first_rate(facts: Facts) -> Figure:
    """SFR: where anybody gave a substantive reply, how often the organization was first."""
    firsts = [first for topic in facts.matured if (first := first_substantive(facts, topic)) is not None]
    return Figure.share(sum(first.is_organizations for first in firsts), len(firsts))


def first_substantive(facts: Facts, topic: TopicFact) -> PostFact | None:
    """The first reply by somebody else that says something to the matter."""
    return next((reply for reply in facts.replies(topic) if reply.intent not in SOFT), None)


def peer_answer_rate(facts: Facts) -> Figure:
    """PAR: matured topics to which another peer replied within 7 days."""
    answered = [
        any(not reply.is_organizations and reply.at - topic.at <= ANSWER_TIME for reply in facts.replies(topic))
        for topic in facts.matured
    ]
    return Figure.share(sum(answered), len(answered))


def peer_first_breaches(facts: Facts) -> Figure:
    """Posts of the organization that took the first word from peers, among all that G1 restrains."""
    restrained = [
        (post, topic)
        for post in facts.recent
        if post.is_organizations
        and post.intent in RESTRAINED
        and (topic := facts.topics.get(post.topic_id)) is not None
        and topic.is_eligible
    ]
    return Figure.share(sum(post.at < _window_end(facts, topic) for post, topic in restrained), len(restrained))


def _window_end(facts: Facts, topic: TopicFact) -> datetime:
    """Until when peers had the first word. Nobody can waive or extend it yet, and there is no promise to end it."""
    answered = next((reply.at for reply in facts.replies(topic) if not reply.is_organizations), None)
    asked = Asked(topic.at, by_newcomer=topic.is_first, answered_at=answered)
    return window_end(asked, LIMITS[topic.stage], Hours(ZoneInfo(topic.zone)))
