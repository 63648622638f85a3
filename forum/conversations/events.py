"""What conversations announce: ids only. Whoever tells of them asks `queries.recipients` whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConversationStarted:
    """There is a conversation; its first message is announced beside it."""

    conversation_id: int


@dataclass(frozen=True, slots=True)
class MessageSent:
    """Somebody wrote in a conversation."""

    message_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A message says something else now."""

    message_id: int


@dataclass(frozen=True, slots=True)
class InvitedToConversation:
    """Somebody was brought into a conversation."""

    conversation_id: int
    account_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class ConversationLeft:
    """Somebody went out of a conversation."""

    conversation_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class ConversationRead:
    """Somebody has read a conversation further than before."""

    conversation_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class MessageReported:
    """A member shows one message to the moderators: for the queue of moderation."""

    report_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class ReportClosed:
    """A moderator has dealt with it."""

    report_id: int


@dataclass(frozen=True, slots=True)
class ReportReopened:
    """It waits for a moderator again."""

    report_id: int
