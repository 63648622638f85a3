"""What happens to topics and posts, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TopicStarted:
    """A topic and its opening post are there."""

    topic_id: int
    post_id: int


@dataclass(frozen=True)
class ReplyPosted:
    """A reply is there."""

    post_id: int


@dataclass(frozen=True)
class PostEdited:
    """A post says something else now; `silent`: within the window that keeps no revision."""

    post_id: int
    editor_id: int
    silent: bool


@dataclass(frozen=True)
class PostDeleted:
    """A post was taken away; with the opening one, its whole topic."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class PostUndeleted:
    """A post that was taken away is back."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class AnswerAccepted:
    """A reply was chosen as the answer."""

    topic_id: int
    post_id: int
    by_id: int


@dataclass(frozen=True)
class AnswerWithdrawn:
    """A topic has no accepted answer any more."""

    topic_id: int
    post_id: int
    by_id: int


@dataclass(frozen=True)
class Reacted:
    """A member reacted to a post."""

    post_id: int
    account_id: int
    kind: str


@dataclass(frozen=True)
class ReactionWithdrawn:
    """A member took a reaction back."""

    post_id: int
    account_id: int
    kind: str


@dataclass(frozen=True)
class PostsRead:
    """A member has read a topic up to a post number."""

    account_id: int
    topic_id: int
    number: int


@dataclass(frozen=True)
class TopicStateChanged:
    """A topic was locked, unlocked, archived, unarchived, pinned or unpinned (`change`)."""

    topic_id: int
    by_id: int
    change: str
