"""What goes before the rules: the lines of `organization.md` §3.1, a table to be read from top to bottom. Pure.

Every line that matches applies and can only lower; the lowest cap wins; the first that matches gives the sentence.
Line 1 stands in `guard.py`: who is neither staff nor a bot is not asked at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from forum.core.words import mark
from forum.organization.intents import SOFT, Intent
from forum.organization.situation import Situation
from forum.organization.verdicts import FIRM, RESTRAINTS, RuleId, Sentence

HARDEST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line that matches lowers these rules to at most these levels; of the others it says nothing.

    `goes_ahead`: what it says is "go ahead", and a suggestion beside it would say the contrary. `of_board`: it is
    about the board, not about what is written or asked.
    """

    number: int
    matches: Callable[[Situation], bool]
    caps: Mapping[RuleId, int]
    sentence: Sentence
    goes_ahead: bool = True
    of_board: bool = False

    def beside(self, at: Situation) -> Line:
        """The same; of a first word that the topic brought along, a line about the board says nothing."""
        if not (self.of_board and at.brought_window):
            return self
        return replace(self, caps={rule: level for rule, level in self.caps.items() if rule is not RuleId.PEER_FIRST})


def _at_most(level: int, rules: Collection[RuleId]) -> dict[RuleId, int]:
    return dict.fromkeys(rules, level)


_OPEN = tuple(rule for rule in RuleId if rule not in FIRM)
_BUT_THE_WINDOW = tuple(rule for rule in RESTRAINTS if rule is not RuleId.PEER_FIRST)
_WINDOW_OFF = {RuleId.PEER_FIRST: 0}


def _is_due(at: Situation) -> bool:
    return at.topic is not None and at.topic.is_due and not at.topic.has_human_reply


def _is_moderating(at: Situation) -> bool:
    return at.intent is Intent.MODERATE


def _is_urgent(at: Situation) -> bool:
    return at.topic is not None and at.topic.is_urgent


def _in_incident(at: Situation) -> bool:
    return at.board.in_incident(at.now)


def _is_released(at: Situation) -> bool:
    return at.topic is not None and at.topic.is_released(at.now)


def _is_ours_to_speak(at: Situation) -> bool:
    is_slot = at.topic is not None and at.topic.is_slot
    return is_slot or at.board.is_for_announcements or at.board.is_staff_only


LINES: Sequence[Line] = (
    Line(2, _is_moderating, _at_most(0, _OPEN), Sentence(mark("Moderation never waits."))),
    Line(
        2,
        lambda at: at.purpose.corrects_danger,
        _at_most(0, _OPEN),
        Sentence(mark("What is dangerous is corrected at once; it is listed in public as such.")),
    ),
    Line(2, _is_urgent, _at_most(0, _OPEN), Sentence(mark("This topic is urgent: nobody waits."))),
    Line(2, _in_incident, _at_most(0, _OPEN), Sentence(mark("An incident is going on: nobody waits."))),
    Line(
        3,
        _is_due,
        _at_most(1, RESTRAINTS),
        Sentence(mark("A member is waiting and nobody has replied yet. Your reply is needed.")),
    ),
    Line(
        4,
        _is_released,
        _WINDOW_OFF | _at_most(1, _BUT_THE_WINDOW),
        Sentence(mark("Who asked would be glad of our answer.")),
    ),
    Line(
        5,
        lambda at: at.intent in SOFT,
        _WINDOW_OFF | _at_most(1, (RuleId.VOICE, RuleId.ONE_VOICE)),
        Sentence(mark("This takes nobody’s turn and need not wait.")),
    ),
    Line(
        6,
        _is_ours_to_speak,
        _at_most(0, RESTRAINTS),
        Sentence(mark("Here we are expected to speak.")),
        of_board=True,
    ),
    Line(
        7,
        lambda at: at.board.in_shadow(at.now),
        _at_most(1, _OPEN),
        Sentence(mark("These limits are new here: for now they only advise.")),
        goes_ahead=False,
        of_board=True,
    ),
    Line(
        8,
        lambda at: at.board.is_degraded(at.now),
        _at_most(1, _OPEN),
        Sentence(mark("Our numbers are out of date: until they are back, the limits only advise.")),
        goes_ahead=False,
    ),
)
"""The last one is no line of §3.1 but §3.6: without fresh numbers nobody is held back."""


def cap(rule: RuleId, lines: Sequence[Line], hardest: int) -> int:
    """The highest level that is left for a rule; `hardest` is the stage's, for G1 to G5."""
    stage = hardest if rule in RESTRAINTS else HARDEST
    return min((stage, *(line.caps[rule] for line in lines if rule in line.caps)))
