"""What moderation announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Flagged:
    """A member flagged something."""

    flag_id: int


@dataclass(frozen=True)
class CaseOpened:
    """Something waits for a decision."""

    case_id: int


@dataclass(frozen=True)
class CaseWaitsLong:
    """It has waited for a day, and nobody looks at it: who looks after it is reminded, once."""

    case_id: int


@dataclass(frozen=True)
class CaseClosed:
    """It does not wait any more: decided, kept as it is, or withdrawn (`Case.outcome`). Who flagged it hears how."""

    case_id: int


@dataclass(frozen=True)
class Decided:
    """A decision is in force: whom it concerns gets a statement of reasons."""

    decision_id: int


@dataclass(frozen=True)
class Proposed:
    """One of the host's people proposes one: a peer is asked."""

    decision_id: int


@dataclass(frozen=True)
class ProposalRefused:
    """A peer said no to it, or nobody looked in time."""

    decision_id: int


@dataclass(frozen=True)
class DecisionUndone:
    """A decision was taken back (`Ruling.undone_how`): everything is as if it had never been."""

    decision_id: int


@dataclass(frozen=True)
class SpammerLeaving:
    """Everything of a spam account is about to be taken away: nobody is called to it any more."""

    removal_id: int


@dataclass(frozen=True)
class SpammerReturned:
    """Everything of an account is back as it was."""

    removal_id: int


@dataclass(frozen=True)
class SpammerForgotten:
    """A removal cannot be taken back any more: nothing says whose account it was."""

    removal_id: int


@dataclass(frozen=True)
class Mended:
    """The author mended what members' flags had hidden by this decision: it is shown again."""

    decision_id: int


@dataclass(frozen=True)
class Appealed:
    """Somebody objects to a decision."""

    appeal_id: int


@dataclass(frozen=True)
class AppealWithdrawn:
    """They do not, any more."""

    appeal_id: int


@dataclass(frozen=True)
class AppealDecided:
    """Somebody who took no part answered it (`Appeal.state`)."""

    appeal_id: int


@dataclass(frozen=True)
class AppealReopened:
    """The answer was wrong: it is looked at once more, and what it took back is in force again."""

    appeal_id: int
