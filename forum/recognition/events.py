"""What happens to thanks and recognitions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recognized:
    """Somebody of an organization said what a post did."""

    recognition_id: int
    by_id: int | None


@dataclass(frozen=True)
class RecognitionTakenBack:
    """It does not hold any more."""

    recognition_id: int
    by_id: int | None


@dataclass(frozen=True)
class RecognitionAnswered:
    """Its member said whether it may be shown."""

    recognition_id: int
    is_public: bool


@dataclass(frozen=True)
class AwardsChanged:
    """An organization has another award, or gives one no more."""

    award_id: int


@dataclass(frozen=True)
class ThanksGathered:
    """Somebody is named in the thank-you message of a member, or no more."""

    message_id: int


@dataclass(frozen=True)
class ThanksComplete:
    """A day is over: nobody else will be named in the message."""

    message_id: int
