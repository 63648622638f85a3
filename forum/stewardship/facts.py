"""What the measures know of a place: plain values, taken at one instant (`organization.md` §1).

All posts here are *countable*; `queries.py` leaves the others out. Instants are UTC.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from forum.organization.counts import SPAN
from forum.organization.stages import Stage

RIPE_FROM, RIPE_UNTIL = timedelta(days=35), timedelta(days=7)
"""A topic is *matured* when it was published between so long ago and so long ago."""


class By(StrEnum):
    """Whose voice a post was when it was published. Whoever is neither staff nor bot is a peer."""

    PEER = ""
    STAFF = "staff"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class PostFact:
    """A countable post. `answers` is whom it answers: the author of the post replied to, else who began the topic."""

    topic_id: int
    number: int
    author_id: int | None
    at: datetime
    by: By = By.PEER
    intent: str = ""
    words: int = 0
    answers: int | None = None
    answers_organization: bool = False

    @property
    def is_organizations(self) -> bool:
        return self.by is not By.PEER

    @property
    def is_opening(self) -> bool:
        return self.number == 1


@dataclass(frozen=True, slots=True)
class TopicFact:
    """A topic with a countable opening post. `is_first`: its author had written nothing here before. `stage` and `zone`
    are the board's: how far it was when the topic was begun, and by which clock its people live."""

    id: int
    author_id: int | None
    at: datetime
    by: By = By.PEER
    peer_first: bool = True
    wants_organization: bool = False
    merged_away: bool = False
    is_first: bool = False
    stage: Stage = Stage.INCEPTION
    zone: str = "UTC"

    @property
    def is_eligible(self) -> bool:
        """Whether peers were to have the first word: it counts for first-reply and peer-answer figures."""
        return self.by is By.PEER and self.peer_first and not self.wants_organization and not self.merged_away


@dataclass(frozen=True)
class Facts:
    """Topics and posts of a board, or of all, as they stood at `now`; posts in the order in which they came."""

    now: datetime
    topics: Mapping[int, TopicFact]
    posts: Sequence[PostFact]

    @cached_property
    def recent(self) -> Sequence[PostFact]:
        """The posts of the 28 days before now."""
        return [post for post in self.posts if self.now - SPAN <= post.at < self.now]

    @cached_property
    def recent_topics(self) -> Sequence[TopicFact]:
        """The topics of the 28 days before now."""
        return [topic for topic in self.topics.values() if self.now - SPAN <= topic.at < self.now]

    @cached_property
    def matured(self) -> Sequence[TopicFact]:
        """Eligible topics that are old enough to have been answered, and not older."""
        from_, until = self.now - RIPE_FROM, self.now - RIPE_UNTIL
        return [topic for topic in self.topics.values() if topic.is_eligible and from_ <= topic.at <= until]

    def replies(self, topic: TopicFact) -> Sequence[PostFact]:
        """What others than its author replied, in the order in which it came."""
        return self._replies.get(topic.id, ())

    @cached_property
    def _replies(self) -> Mapping[int, Sequence[PostFact]]:
        found: dict[int, list[PostFact]] = defaultdict(list)
        for post in self.posts:
            topic = self.topics.get(post.topic_id)
            if topic is not None and not post.is_opening and post.author_id != topic.author_id:
                found[topic.id].append(post)
        return found
