"""What is announced of suggested wordings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EditSuggested:
    """A member suggests another wording of a post, or words their suggestion anew."""

    suggestion_id: int


@dataclass(frozen=True)
class SuggestionWithdrawn:
    """Its author took it back."""

    suggestion_id: int


@dataclass(frozen=True)
class SuggestionAccepted:
    """The post says it so now."""

    suggestion_id: int
    by_id: int | None


@dataclass(frozen=True)
class SuggestionDeclined:
    """The post stays as it is."""

    suggestion_id: int
    by_id: int | None


@dataclass(frozen=True)
class SuggestionReopened:
    """A decision about it was taken back: it waits again."""

    suggestion_id: int
    by_id: int | None
