"""What happens to topics and posts, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.posts.topic_events import (
    KeeperChanged,
    PostsRelocated,
    TopicFieldsEdited,
    TopicFollowed,
    TopicMoved,
    TopicStateChanged,
)

__all__ = [
    "KeeperChanged",
    "PostsRelocated",
    "TopicFieldsEdited",
    "TopicFollowed",
    "TopicMoved",
    "TopicStateChanged",
]  # they stand in `topic_events.py`


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
    """A post that was taken away at an instant is back."""

    post_id: int
    by_id: int
    deleted_at: datetime


@dataclass(frozen=True)
class PostTaken:
    """Moderators, or members' flags, hid or removed a post; with the opening one, its whole topic."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class PostRestored:
    """Such a post is there again, as if it had never been away."""

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
class AnswerConfirmed:
    """The organization said that an answer is right."""

    topic_id: int
    post_id: int
    by_id: int


@dataclass(frozen=True)
class ConfirmationWithdrawn:
    """The organization took its confirmation back."""

    topic_id: int
    post_id: int
    by_id: int


@dataclass(frozen=True)
class ConfirmedByPeers:
    """An answer worked for the second peer: for enough to say so."""

    topic_id: int
    post_id: int


@dataclass(frozen=True)
class DoubtRaised:
    """A reader says that a post is no longer true: its author is asked."""

    doubt_id: int
    post_id: int


@dataclass(frozen=True)
class DoubtTold:
    """The author did not respond: everybody is told that a reader says so."""

    doubt_id: int
    post_id: int


@dataclass(frozen=True)
class DoubtSettled:
    """Whether it is still true was decided (`verdict`: true, outdated, withdrawn)."""

    doubt_id: int
    post_id: int
    by_id: int
    verdict: str


@dataclass(frozen=True)
class StillTrue:
    """Somebody who answers for a post looked at it, and it is still true."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class FoundOutdated:
    """Somebody who answers for a post says that it is outdated."""

    post_id: int
    by_id: int


@dataclass(frozen=True)
class TopicBacked:
    """A member voted for an idea, or has the same question (`kind`: vote, too), and follows the topic by it."""

    topic_id: int
    account_id: int
    kind: str


@dataclass(frozen=True)
class BackingWithdrawn:
    """A member took that back."""

    topic_id: int
    account_id: int
    kind: str


@dataclass(frozen=True)
class AnswerAsked:
    """Somebody was invited to answer a question, by somebody or by who could not."""

    invitation_id: int
    topic_id: int
    account_id: int
    by_id: int


@dataclass(frozen=True)
class InvitationHandedOn:
    """Who was invited named somebody else."""

    invitation_id: int
    next_id: int


@dataclass(frozen=True)
class InvitationDeclined:
    """Who was invited would rather not. Nobody is told."""

    invitation_id: int


@dataclass(frozen=True)
class IdeaStateChanged:
    """An idea is in another state; `note_id`: the note in the stream with the reason."""

    topic_id: int
    note_id: int
    by_id: int
    state: str


@dataclass(frozen=True)
class IdeasMerged:
    """A duplicate's voters are the target's now; `note_id` stands in the duplicate."""

    duplicate_id: int
    target_id: int
    note_id: int
    by_id: int


@dataclass(frozen=True)
class MergeUndone:
    """They are two ideas again; `note_id` stands in what was the duplicate."""

    duplicate_id: int
    target_id: int
    note_id: int
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
class WikiSet:
    """Everybody who may reply can edit a post now, or nobody but its author any more."""

    post_id: int
    by_id: int
    is_wiki: bool
