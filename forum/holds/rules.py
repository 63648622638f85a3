"""What becomes of words before they are a post: one table of rules, read from top to bottom. Pure.

The weightiest outcome of all rules that apply counts; the reasons are given in the order of the table. Who looks after
the board is never held there; who is new is held by more rules than others, and the defaults are gentle: a first post
of plain words is just posted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from forum.holds.words import Action, Hit
from forum.permissions import Trust


class Outcome(IntEnum):
    """What becomes of the words; the weightier outweighs the lighter."""

    PASS = 0
    WARN = 1  # their writer is asked first
    HOLD = 2  # a moderator looks at them first
    BLOCK = 3  # they cannot be posted as they are


class Rule(StrEnum):
    """What may be said about words, as rows and logs keep it."""

    MAIL = "mail"
    BLOCKED = "blocked"
    FIRST_POSTS = "first_posts"
    MEMBER = "member"
    WORD = "word"
    SILENCE = "silence"
    TYPING = "typing"
    SAME_LINK = "same_link"
    TOPIC = "topic"
    BOARD = "board"
    LINKS = "links"
    IMAGES = "images"
    WARNED = "warned"


class Whom(StrEnum):
    """To whom a rule applies."""

    EVERYBODY = "everybody"
    NOT_KEEPERS = "not_keepers"  # not to those who look after the board
    NEWCOMERS = "newcomers"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The settings of the rules. `typing`: characters in a second that nobody types or pastes in earnest."""

    first_posts: int = 0
    first_linked: int = 1
    same_link: int = 3
    typing: int = 100


NUMBERS = Numbers()
SHORTEST_TYPED = 200
"""Fewer characters say nothing about how they were typed."""


@dataclass(frozen=True, slots=True)
class Typing:
    """How words came into a form: seconds from its being shown to its being sent, characters added meanwhile."""

    seconds: float
    characters: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules know. `posts_before`: own posts that stand; `links`, `images`: of other places; `shared_hosts`:
    what it links to, as several others who are new did lately; `typing`: None where there was no form."""

    trust: Trust = Trust.MEMBER
    keeps_board: bool = False
    posts_before: int = 0
    links: int = 0
    images: int = 0
    hits: Sequence[Hit] = ()
    board_holds: bool = False
    topic_holds: bool = False
    member_held: bool = False
    mail_failed: bool = False
    shared_hosts: Sequence[str] = ()
    typing: Typing | None = None

    @property
    def is_newcomer(self) -> bool:
        return self.trust is Trust.NEWCOMER and not self.keeps_board

    def words(self, *actions: Action) -> list[str]:
        """The watched words found that ask for one of these."""
        return list(dict.fromkeys(hit.watched.pattern for hit in self.hits if hit.watched.action in actions))


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that applied, and to what: words or hosts, with commas."""

    rule: Rule
    about: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: `applies` gives to what the rule applies, an empty string for the whole, None where it does
    not."""

    rule: Rule
    outcome: Outcome
    whom: Whom
    applies: Callable[[Facts, Numbers], str | None]


def _found(*actions: Action) -> Callable[[Facts, Numbers], str | None]:
    return lambda facts, _numbers: ", ".join(facts.words(*actions)) or None


def _if(holds: Callable[[Facts, Numbers], bool]) -> Callable[[Facts, Numbers], str | None]:
    return lambda facts, numbers: "" if holds(facts, numbers) else None


def _is_typed_too_fast(facts: Facts, numbers: Numbers) -> bool:
    typing = facts.typing
    if typing is None or typing.characters < SHORTEST_TYPED or not numbers.typing:
        return False
    return typing.characters > typing.seconds * numbers.typing


_ALL, _MOST, _NEW = Whom
RULES: Sequence[Line] = (
    Line(Rule.MAIL, Outcome.HOLD, _ALL, _if(lambda facts, _: facts.mail_failed)),
    Line(Rule.BLOCKED, Outcome.BLOCK, _ALL, _found(Action.BLOCK)),
    Line(Rule.FIRST_POSTS, Outcome.HOLD, _NEW, _if(lambda facts, numbers: facts.posts_before < numbers.first_posts)),
    Line(Rule.MEMBER, Outcome.HOLD, _MOST, _if(lambda facts, _: facts.member_held)),
    Line(Rule.WORD, Outcome.HOLD, _MOST, _found(Action.HOLD)),
    Line(Rule.SILENCE, Outcome.HOLD, _MOST, _found(Action.SILENCE)),
    Line(Rule.TYPING, Outcome.HOLD, _NEW, _if(_is_typed_too_fast)),
    Line(Rule.SAME_LINK, Outcome.HOLD, _NEW, lambda facts, _: ", ".join(facts.shared_hosts) or None),
    Line(Rule.TOPIC, Outcome.HOLD, _MOST, _if(lambda facts, _: facts.topic_holds)),
    Line(Rule.BOARD, Outcome.HOLD, _MOST, _if(lambda facts, _: facts.board_holds)),
    Line(Rule.LINKS, Outcome.HOLD, _NEW,
         _if(lambda facts, numbers: facts.links > 0 and facts.posts_before < numbers.first_linked)),
    Line(Rule.IMAGES, Outcome.HOLD, _NEW,
         _if(lambda facts, numbers: facts.images > 0 and facts.posts_before < numbers.first_linked)),
    Line(Rule.WARNED, Outcome.WARN, _ALL, _found(Action.WARN)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of the words: with which reasons, which tags are put on their topic, which watched words ask for a
    flag, and whether their author should be silenced."""

    outcome: Outcome = Outcome.PASS
    reasons: Sequence[Reason] = ()
    tags: Sequence[str] = ()
    flags: Sequence[str] = ()
    silences: bool = False

    @property
    def holds(self) -> bool:
        return self.outcome is Outcome.HOLD

    def because(self, outcome: Outcome) -> list[Reason]:
        """The reasons that led to `outcome`."""
        rules = {line.rule for line in RULES if line.outcome is outcome}
        return [reason for reason in self.reasons if reason.rule in rules]


PASSED = Verdict()


def judge(facts: Facts, numbers: Numbers = NUMBERS) -> Verdict:
    """What the table says."""
    outcome, reasons = Outcome.PASS, []
    for line in RULES:
        if not _concerns(line.whom, facts) or (about := line.applies(facts, numbers)) is None:
            continue
        outcome = max(outcome, line.outcome)
        reasons.append(Reason(line.rule, about))
    tags = [hit.watched.instead for hit in facts.hits if hit.watched.action is Action.TAG]
    return Verdict(
        outcome=outcome,
        reasons=tuple(reasons),
        tags=tuple(dict.fromkeys(tags)),
        flags=tuple(facts.words(Action.FLAG)),
        silences=any(reason.rule is Rule.SILENCE for reason in reasons),
    )


def _concerns(whom: Whom, facts: Facts) -> bool:
    match whom:
        case Whom.NEWCOMERS:
            return facts.is_newcomer
        case Whom.NOT_KEEPERS:
            return not facts.keeps_board
        case _:
            return True
