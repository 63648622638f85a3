"""Words of moderation: kinds of cases, operations, what became of something. Tables, said when shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.moderation.cases import LINES, Kind
from forum.moderation.models import Flag, Ruling
from forum.moderation.operations import OPERATIONS, SANCTION, is_simply_undone
from forum.sanctions.wording import about_member
from forum.sanctions.wording import steps as sanction_steps
from forum.site.rules import CONFIDENTIAL, RULES, Rule, title_of

_STATES: Mapping[str, str] = {
    "proposed": mark("Waits for a peer moderator"),
    "in_force": mark("In force"),
    "undone": mark("Taken back"),
    "refused": mark("A peer moderator said no"),
    "lapsed": mark("Lapsed: no peer moderator looked in time"),
}
_DETECTED: Mapping[str, str] = {
    "flags": mark("members flagged it"),
    "rules": mark("a rule for holding posts"),
    "own": mark("a moderator saw it"),
    "notice": mark("it was reported as against the law"),
    "appeal": mark("an objection"),
}
_ROLES: Mapping[str, str] = {
    "house": mark("by itself"),
    "administrator": mark("an administrator"),
    "moderator": mark("a moderator"),
    "board_moderator": mark("a moderator of the board"),
    "member": mark("a member"),
}
_VERDICTS: Mapping[str, str] = {
    "": mark("The moderators have not decided yet."),
    "right": mark("You were right: something was done."),
    "wrong": mark("The moderators looked at it, and left it as it is."),
    "cleared": mark("You took it back, or its author mended it first."),
}
# One key each on an item's page, in the order of the rules: those that do nothing else anywhere.
RULE_KEYS = dict(zip((str(rule) for rule in RULES), "asdfhlzxcv", strict=True))
# And for saved reasons, in their order.
REASON_KEYS = "tyibw"


def kind(key: str) -> str:
    """Why something waits."""
    return _(LINES[Kind(key)].title)


def kinds() -> Mapping[str, str]:
    """All of them."""
    return {str(key): _(line.title) for key, line in LINES.items()}


def rule(key: str) -> str:
    """What a rule is called."""
    return title_of(key)


def rules() -> Mapping[str, str]:
    """All of them: key → what it is called."""
    return {str(key): title_of(key) for key in RULES}


def sentence(key: str) -> str:
    """What a flag by it says."""
    return _(RULES[Rule(key)].sentence)


def is_confidential(key: str) -> bool:
    """Who says so is told to moderators alone."""
    return key in CONFIDENTIAL


def act(key: str) -> str:
    """What was done."""
    return _(OPERATIONS[key].title)


def done(decision: Ruling) -> str:
    """What was done, of a sanction with what it is and for how long."""
    if decision.act != SANCTION:
        return act(decision.act)
    what, steps = about_member(decision.params["kind"], decision.params["right"]), dict(sanction_steps())
    return f"{what} · {steps[decision.params['duration']]}" if decision.params["duration"] in steps else what


def is_simple(decision: Ruling, now: datetime) -> bool:
    """Whether it can still be taken back without an objection."""
    return is_simply_undone(decision, now)


def state(decision: Ruling) -> str:
    """How a decision stands."""
    return _(_STATES[decision.state])


def detected(key: str) -> str:
    """How something was found."""
    return _(_DETECTED[key])


def role(key: str) -> str:
    """As what somebody decided."""
    return _(_ROLES[key])


def became(flag: Flag) -> str:
    """What became of one's flag."""
    return _(_VERDICTS[flag.verdict])
