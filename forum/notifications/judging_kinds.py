"""The kinds of notices about decisions of moderators: for whom they concern, for who flagged, for who decides."""

from __future__ import annotations

from collections.abc import Sequence

from forum.core.words import mark
from forum.notifications.kind import DIRECT, Kind

JUDGING: Sequence[Kind] = (
    Kind(
        "decided",
        mark("moderators decide about what you wrote"),
        "scale",
        mark("The moderators decided about what you wrote: what, why, and how to object"),
        "moderation.Decided",
        channels=DIRECT,
    ),
    Kind(
        "hidden",
        mark("what you wrote is hidden because members flagged it"),
        "eye-off",
        mark("Members flagged what you wrote, so it is hidden. You can mend it"),
        "moderation.Decided",
        channels=DIRECT,
    ),
    Kind(
        "shown_again",
        mark("what you wrote is shown again as it was"),
        "circle-check",
        mark("What you wrote is as it was before: the moderators looked at it"),
        "moderation.Decided, DecisionUndone",
        channels=DIRECT,
    ),
    Kind(
        "flag_right",
        mark("moderators agree with what you told them"),
        "flag",
        mark("Thank you. The moderators did something about what you told them"),
        "moderation.CaseClosed",
    ),
    Kind(
        "flag_kept",
        mark("moderators leave as it is what you told them about"),
        "flag",
        mark("The moderators looked at what you told them. It stays as it is; here is why"),
        "moderation.CaseClosed",
    ),
    Kind(
        "flag_mended",
        mark("the author mends what you told the moderators about"),
        "flag",
        mark("Its author has mended what you told the moderators about"),
        "moderation.CaseClosed",
    ),
    Kind(
        "flag_again",
        mark("moderators take back what they decided about what you told them"),
        "flag",
        mark("The moderators took back what they decided about what you told them. It waits again"),
        "moderation.DecisionUndone",
    ),
    Kind(
        "objection_answered",
        mark("somebody answers an objection of yours"),
        "scale",
        mark("Your objection is answered"),
        "moderation.AppealDecided",
        channels=DIRECT,
    ),
    Kind(
        "objection_reopened",
        mark("an objection that was answered is looked at once more"),
        "scale",
        mark("An objection that was answered is looked at once more"),
        "moderation.AppealReopened",
        channels=DIRECT,
    ),
    Kind(
        "objection_was_right",
        mark("an objection changes what you decided, or what was decided about what you wrote"),
        "scale",
        mark("Somebody objected and was right: it is as it was before"),
        "moderation.AppealDecided",
    ),
    Kind(
        "objection",
        mark("somebody objects to a decision in which you took no part"),
        "scale",
        mark("Somebody objects to a decision. You took no part in it, so you can answer"),
        "moderation.Appealed",
        channels=DIRECT,
    ),
    Kind(
        "proposal",
        mark("one of the organization’s people proposes a decision that needs a peer"),
        "scale",
        mark("The organization proposes a decision about itself. A peer says yes or no"),
        "moderation.Proposed",
        channels=DIRECT,
    ),
    Kind(
        "proposal_refused",
        mark("a decision that you proposed or took at once does not hold"),
        "scale",
        mark("What you proposed or did at once does not hold: a peer says why"),
        "moderation.ProposalRefused, DecisionUndone",
        channels=DIRECT,
    ),
)

# Whoever moderates, be it one board.
OF_JUDGES = frozenset({"objection", "proposal", "proposal_refused"})
