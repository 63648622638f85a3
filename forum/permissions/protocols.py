"""The little that a rule needs to know of its subject. Models match these by shape."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class HasBoard(Protocol):
    """Stands on a board."""

    @property
    def board_id(self) -> int: ...


class HasAuthor(Protocol):
    """Was written by an account; None when the author is not known any more."""

    @property
    def author_id(self) -> int | None: ...


class BoardLike(Protocol):
    """A board as rules see it: it is its own board."""

    @property
    def board_id(self) -> int: ...
    @property
    def archived_at(self) -> datetime | None: ...


class TopicLike(HasBoard, HasAuthor, Protocol):
    """A topic and its state; `keeper_id`: who keeps a reference page correct; `is_official`: an organization's."""

    @property
    def is_official(self) -> bool | None: ...
    @property
    def keeper_id(self) -> int | None: ...
    @property
    def locked_at(self) -> datetime | None: ...
    @property
    def archived_at(self) -> datetime | None: ...
    @property
    def deleted_at(self) -> datetime | None: ...
    @property
    def deleted_by_id(self) -> int | None: ...
    @property
    def board_archived_at(self) -> datetime | None: ...


class PostLike(HasBoard, HasAuthor, Protocol):
    """A post, its state and its topic's."""

    @property
    def topic(self) -> TopicLike: ...
    @property
    def deleted_at(self) -> datetime | None: ...
    @property
    def deleted_by_id(self) -> int | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def is_wiki(self) -> bool: ...
    @property
    def is_note(self) -> bool: ...
    @property
    def created_at(self) -> datetime: ...


class GroupLike(Protocol):
    """A group as the actor stands to it: the membership and the invitation are the actor's own."""

    @property
    def id(self) -> int: ...
    @property
    def joining(self) -> str: ...
    @property
    def seen_by(self) -> str: ...
    @property
    def members_seen_by(self) -> str: ...
    @property
    def written_to_by(self) -> str: ...
    @property
    def is_builtin(self) -> bool: ...
    @property
    def is_owner(self) -> bool: ...
    @property
    def is_automatic(self) -> bool: ...
    @property
    def is_invited(self) -> bool: ...


class ConversationLike(Protocol):
    """A private conversation as the actor stands to it."""

    @property
    def kind(self) -> str: ...
    @property
    def group_id(self) -> int | None: ...
    @property
    def takes_part(self) -> bool: ...


class MessageLike(HasAuthor, Protocol):
    """A message in a conversation."""

    @property
    def created_at(self) -> datetime: ...
    @property
    def is_note(self) -> bool: ...


class MemberLike(Protocol):
    """An account as those stand to it who keep the peace."""

    @property
    def id(self) -> int: ...
    @property
    def is_in_office(self) -> bool: ...


class AccountLike(Protocol):
    """An account as a subject."""

    @property
    def id(self) -> int: ...
