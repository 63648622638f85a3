"""What the measures know of a place: plain values, taken at one instant (`organization.md` §1).

All posts here are *countable*; `queries.py` leaves the others out. Instants are UTC.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from forum.organization.counts import SPAN
from forum.organization.stages import Stage
from forum.organization.versions import UNWRITTEN_YET, History

RIPE_FROM, RIPE_UNTIL = timedelta(days=35), timedelta(days=7)
"""A topic is *matured* when it was published between so long ago and so long ago."""


class By(StrEnum):
    """Whose voice a post was when it was published. Whoever is neither staff nor bot is a peer."""

    PEER = ""
    STAFF = "staff"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class PostFact:
    """A countable post. `answers` is whom it answers: the author of the post replied to, else who began the topic.
    `is_overridden`: it took the first word with a reason that everybody may read."""

    topic_id: int
    number: int
    author_id: int | None
    at: datetime
    by: By = By.PEER
    intent: str = ""
    words: int = 0
    answers: int | None = None
    answers_organization: bool = False
    is_overridden: bool = False

    @property
    def is_organizations(self) -> bool:
        return self.by is not By.PEER

    @property
    def is_opening(self) -> bool:
        return self.number == 1


@dataclass(frozen=True, slots=True)
class Urgent:
    """A time in which a topic was urgent (`until` None: it still is), and who said so."""

    since: datetime
    until: datetime | None = None
    by_id: int | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class TopicFact:
    """A topic with a countable opening post. `is_first`: its author had written nothing here before. `zone`: by which
    clock the people of its board live. `urgent`: when it was. `waived_at`, `taken_at`: as the peer-first window asks.
    """

    id: int
    author_id: int | None
    at: datetime
    by: By = By.PEER
    peer_first: bool = True
    wants_organization: bool = False
    merged_away: bool = False
    urgent: Sequence[Urgent] = ()
    is_first: bool = False
    board_id: int = 0
    zone: str = "UTC"
    waived_at: datetime | None = None
    taken_at: datetime | None = None

    def is_eligible(self, at: datetime, replying: int | None = None) -> bool:
        """Whether peers were to have the first word at that instant: it counts for first-reply and peer-answer figures.
        Whoever is `replying` does not make it urgent for themselves."""
        elsewhere = self.wants_organization or self.merged_away or self.is_urgent(at, replying)
        return self.by is By.PEER and self.peer_first and not elsewhere

    def is_urgent(self, at: datetime, replying: int | None = None) -> bool:
        """Whether it was urgent then; what is called so later changes nothing of what came before."""
        return any(one.holds(at) and (replying is None or one.by_id != replying) for one in self.urgent)


@dataclass(frozen=True, slots=True)
class Month:
    """What an evaluation left of a board: its stage, and how often the organization answered first (k of n)."""

    at: datetime
    stage: Stage
    first: int = 0
    replied: int = 0


@dataclass(frozen=True, slots=True)
class Gone:
    """A peer's reply that was taken away later: until then it was an answer."""

    at: datetime
    until: datetime


@dataclass(frozen=True)
class Facts:
    """Topics and posts of a board, or of all, as they stood at `now`; posts in the order in which they came. `months`:
    board id → its evaluations, the earliest first; `gone`: topic id → replies that no longer count; `charter`: what it
    said when. `housekeeping`: what the organization wrote to moderate, which is counted nowhere else."""

    now: datetime
    topics: Mapping[int, TopicFact]
    posts: Sequence[PostFact]
    months: Mapping[int, Sequence[Month]] = field(default_factory=dict)
    gone: Mapping[int, Sequence[Gone]] = field(default_factory=dict)
    charter: History = UNWRITTEN_YET
    housekeeping: Sequence[PostFact] = ()

    def month(self, board_id: int, at: datetime) -> Month:
        """The evaluation by which a board stood at an instant."""
        known = self.months.get(board_id, ())
        return next((one for one in reversed(known) if one.at <= at), Month(at, Stage.INCEPTION))

    @cached_property
    def recent(self) -> Sequence[PostFact]:
        """The posts of the 28 days before now."""
        return [post for post in self.posts if self.now - SPAN <= post.at < self.now]

    @cached_property
    def recent_topics(self) -> Sequence[TopicFact]:
        """The topics of the 28 days before now."""
        return [topic for topic in self.topics.values() if self.now - SPAN <= topic.at < self.now]

    @cached_property
    def ripe(self) -> Sequence[TopicFact]:
        """Topics that are old enough to have been answered, and not older."""
        from_, until = self.now - RIPE_FROM, self.now - RIPE_UNTIL
        return [topic for topic in self.topics.values() if from_ <= topic.at <= until]

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
