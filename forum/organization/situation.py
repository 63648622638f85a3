"""What the guard is told: who writes what for, about which topic, on what board, when (`organization.md` §3.1). Pure.

Counts are of *countable* posts and of the 28 days before now, unless a field says otherwise. "Ours" and "the
organization's" is whatever staff or bots write; everybody else is a peer. Instants are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from forum.organization.hours import Hours
from forum.organization.intents import Intent
from forum.organization.stages import Limits, Position, exact, voice_ceiling
from forum.organization.windows import EXTENSION, LONGEST, Asked, window_end

STALE = timedelta(hours=36)
"""Measures that are older hold nobody back (§3.6)."""
INCIDENT = timedelta(hours=72)
"""An incident mode that nobody ends is over by itself."""
NOTICE_EVERY = timedelta(hours=24)
"""How often one incident may have a notice that passes the budget (G6)."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, as they are affiliated now. `is_announcer`: announces on the board. `may_warn`: publishes notices of
    safety, security or law (`voices.may_warn`)."""

    is_organizations: bool
    is_announcer: bool = False
    may_warn: bool = False


class NoticeKind(StrEnum):
    """Announcements that may not wait for a budget, and are published as what they are."""

    SAFETY = "safety"
    SECURITY = "security"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement of that kind. `last_at`: when the same incident had one before."""

    kind: NoticeKind
    last_at: datetime | None = None

    def passes(self, now: datetime) -> bool:
        """Whether it goes beside the budget and into every mailbox: once per incident and day."""
        return self.last_at is None or now - self.last_at >= NOTICE_EVERY


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pin or a banner that is asked for. It always ends. `replaces`: another one of its kind comes down for it."""

    until: datetime
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a post is for. `is_dangerous`: what it corrects could hurt somebody; read for `correct` alone."""

    intent: Intent
    is_dangerous: bool = False
    notice: Notice | None = None
    pin: Pinned | None = None
    banner: Pinned | None = None

    @property
    def corrects_danger(self) -> bool:
        return self.intent is Intent.CORRECT and self.is_dangerous


@dataclass(frozen=True, slots=True)
class LastPost:
    """The last countable post of a topic, the opening one included."""

    at: datetime
    is_organizations: bool
    is_writers: bool = False


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """The topic that is replied to.

    `asked`: what its peer-first window is made of. `replies`, of which `our_replies`, without the opening post and of
    all its time. `peer_authors`: different peers who wrote in it, the one who asked included. `recent_peer_posts`: of
    the last 2 hours. `colleague_at`: when somebody else of the organization replied last. `our_thanks`: posts that
    thank. `is_due`: it stands in the duty queue. `has_human_reply`: by anybody but the asker and bots, soft ones
    included. `is_slot`: an ask-me-anything slot is open in it. `is_writers_seed`: whoever writes began it on purpose.
    """

    asked: Asked
    by_peer: bool = True
    wants_organization: bool = False
    is_urgent: bool = False
    is_merged_away: bool = False
    is_slot: bool = False
    is_writers_seed: bool = False
    replies: int = 0
    our_replies: int = 0
    peer_authors: int = 1
    recent_peer_posts: int = 0
    last: LastPost | None = None
    colleague_at: datetime | None = None
    our_thanks: int = 0
    is_due: bool = False
    has_human_reply: bool = False

    def is_released(self, now: datetime) -> bool:
        """The asker would be glad of the organization's answer, from the beginning or by now."""
        waived_at = self.asked.waived_at
        return self.wants_organization or (waived_at is not None and waived_at <= now)


@dataclass(frozen=True, slots=True)
class BoardState:
    """A board as its summary row has it; `limits` are its stage's, with what its charter says otherwise.

    `our_posts` of `posts`, `our_topics` of `topics`. `overdue`: members' topics that are past a promise. `seeds`: ours
    in the time that `limits.seeds` names; `seeded_at`: when the last one was posted, read for seeds alone.
    `announcements`: topics that announce. `pins`: staff's that are up now.
    `staff_first`: the staff-first rate of the last monthly evaluation, None where it was too few to say. `measured_at`:
    when the measures were last moved along. `is_review_overdue`: the charter is past its `review_by`.
    """

    position: Position
    limits: Limits
    awake: Hours
    measured_at: datetime
    our_posts: int = 0
    posts: int = 0
    our_topics: int = 0
    topics: int = 0
    overdue: int = 0
    seeds: int = 0
    announcements: int = 0
    pins: int = 0
    banner_until: datetime | None = None
    staff_first: Fraction | None = None
    peer_first: bool = True
    is_for_announcements: bool = False
    is_staff_only: bool = False
    is_review_overdue: bool = False
    shadow_until: datetime | None = None
    incident_since: datetime | None = None
    seeded_at: datetime | None = None

    def ceiling(self, now: datetime) -> Fraction:
        """Of our share of voice, as far as it has come down."""
        return voice_ceiling(self.position, now, self.limits)

    @property
    def answered_first_too_often(self) -> bool:
        ceiling = self.limits.staff_first
        return ceiling is not None and self.staff_first is not None and self.staff_first > exact(ceiling)

    def is_degraded(self, now: datetime) -> bool:
        return now - self.measured_at > STALE

    def in_shadow(self, now: datetime) -> bool:
        return self.shadow_until is not None and now < self.shadow_until

    def in_incident(self, now: datetime) -> bool:
        return self.incident_since is not None and now - self.incident_since < INCIDENT


@dataclass(frozen=True)
class Situation:
    """All of it. `topic` is None where a new one is begun."""

    writer: Writer
    topic: TopicFacts | None
    board: BoardState
    purpose: Purpose
    now: datetime

    @property
    def intent(self) -> Intent:
        return self.purpose.intent

    @property
    def notice(self) -> Notice | None:
        """The notice of safety, security or law that it is published as; housekeeping is none."""
        return None if self.intent is Intent.MODERATE else self.purpose.notice

    @property
    def announces(self) -> bool:
        """Also whoever begins a topic on a board of announcements, whatever they call it; housekeeping apart. A notice
        of safety, security or law is none."""
        if self.notice is not None:
            return False
        on_their_board = self.topic is None and self.board.is_for_announcements
        return self.intent is Intent.ANNOUNCE or (on_their_board and self.intent is not Intent.MODERATE)

    @cached_property
    def window_end(self) -> datetime | None:
        """Until when members have the first word in the topic; None where that is not so, or not any more."""
        topic, board = self.topic, self.board
        if topic is None or not topic.by_peer or topic.wants_organization or topic.is_urgent:
            return None
        is_boards = board.peer_first and not topic.is_merged_away
        if not is_boards and topic.asked.kept_until is None:
            return None
        if self.now - topic.asked.at > LONGEST + EXTENSION:
            return None  # none lasts so long, and most topics are older: no calendar is asked
        is_longer = board.answered_first_too_often
        end = window_end(topic.asked, board.limits, board.awake, is_longer=is_longer, is_boards=is_boards)
        return end if self.now < end else None

    @property
    def brought_window(self) -> bool:
        """Members had the first word where the organization took the topic from, and it lasts: what holds on this
        board does not lower it."""
        kept = self.topic.asked.kept_until if self.topic is not None else None
        return kept is not None and self.now < kept and self.window_end is not None
