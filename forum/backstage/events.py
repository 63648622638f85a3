"""What happens behind a topic."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NoteWritten:
    """Somebody of the staff left a note on a topic."""

    note_id: int


@dataclass(frozen=True)
class TopicAssigned:
    """A topic is somebody's, or a group's, to see to."""

    assignment_id: int


@dataclass(frozen=True)
class AssignmentEnded:
    """It is seen to, or nobody's any more."""

    assignment_id: int
    outcome: str
