"""The rules that decisions go by, and the kinds of flags that name them: two tables to be read from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from forum.core.words import gettext as _
from forum.core.words import mark


class Rule(StrEnum):
    """Why something is not as it should be here."""

    SPAM = "spam"
    OFF_TOPIC = "off_topic"
    UNKIND = "unkind"
    HARMFUL = "harmful"
    ILLEGAL = "illegal"
    WRONG_BOARD = "wrong_board"
    OUTDATED = "outdated"
    PRIVACY = "privacy"
    COPYRIGHT = "copyright"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Worded:
    """`title`: as a stub and the log name it; `sentence`: what a flag says, and a statement of reasons."""

    title: str
    sentence: str
    # Seen by moderators alone who flags so: a member in need need not fear the one they name.
    is_confidential: bool = False
    # Members choose it; the others are for moderators.
    may_be_flagged: bool = True
    # Enough flags that say so fold a post away until a moderator has looked, and heat its topic; of others it waits.
    folds: bool = True


RULES: Mapping[Rule, Worded] = {
    Rule.SPAM: Worded(mark("Advertising"), mark("It is advertising, or was posted to mislead.")),
    Rule.OFF_TOPIC: Worded(mark("Beside the point"), mark("It has nothing to do with what is talked about here.")),
    Rule.UNKIND: Worded(mark("Unkind"), mark("It attacks or belittles somebody.")),
    Rule.HARMFUL: Worded(
        mark("Harmful"), mark("It may harm somebody: a threat, dangerous advice, somebody in need."), True
    ),
    Rule.ILLEGAL: Worded(mark("Against the law"), mark("It breaks the law."), True),
    Rule.WRONG_BOARD: Worded(mark("Wrong board"), mark("It belongs on another board."), folds=False),
    Rule.OUTDATED: Worded(mark("Out of date"), mark("It is no longer true."), folds=False),
    Rule.PRIVACY: Worded(
        mark("Somebody’s privacy"), mark("It shows what is private to somebody."), True, may_be_flagged=False
    ),
    Rule.COPYRIGHT: Worded(
        mark("Somebody else’s work"), mark("It is somebody else’s work, without leave."), may_be_flagged=False
    ),
    Rule.OTHER: Worded(mark("Something else"), mark("Something else is not as it should be."), True),
}
FLAGS = tuple(rule for rule, worded in RULES.items() if worded.may_be_flagged)
CONFIDENTIAL = frozenset(rule for rule, worded in RULES.items() if worded.is_confidential)
MILD = frozenset(rule for rule, worded in RULES.items() if not worded.folds)

# How something was found: by whom or what.
DETECTED: Mapping[str, str] = {
    "own": mark("A moderator came across it."),
    "flags": mark("Members told the moderators."),
    "notice": mark("Somebody reported it as against the law."),
    "rules": mark("A rule of this place found it by itself."),
    "appeal": mark("It was looked at again because of an objection."),
}


def title_of(rule: str) -> str:
    """What a rule is called, in the reader's language; the key itself where it is no more."""
    return _(RULES[Rule(rule)].title) if rule in set(Rule) else rule


def sentence_of(rule: str) -> str:
    """A rule in a sentence."""
    return _(RULES[Rule(rule)].sentence) if rule in set(Rule) else ""
