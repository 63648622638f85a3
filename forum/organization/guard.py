"""The smothering guard: whether the organization should speak now, and what else it could do (`organization.md` §3).

Pure, and the same for the composer (advice) and for publishing (authority, asked again in the transaction). The rules
stand in `rules.py` and `loudness.py`, what goes before them in `precedence.py`, what is asked in `situation.py`, what
is answered in `verdicts.py`. Where the specification is silent, the reading that protects members holds:

- A share is projected wherever a post would change it (G2, G4, G5); exactly on a limit is within it.
- Too few topics to say leave G5 at 0, as too few posts leave G2.
- A longer wait for answering first too often (G3) does not lengthen a newcomer's window.
- Whatever begins a topic on a board of announcements is one, however it is called.
- G8 counts the organization's thank-yous, not one person's; it is a refusal, and so is the Announcer check.
- The Announcer check needs no measure: it holds in shadow, incident and degraded mode, as G7 does.
- The first word of members goes with a topic that the organization moves or closes; what holds on the board where it
  stands now may lengthen it, and gives none of it away.
- The sentence shown is the first matching line's, unless a rule that this line does not touch decides the level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from forum.core.words import mark
from forum.organization.intents import Intent
from forum.organization.loudness import LOUD, STANDING
from forum.organization.precedence import HARDEST, LINES, Line, cap
from forum.organization.rules import RESTRAINING, Look
from forum.organization.situation import BoardState, Pinned, Purpose, Situation, TopicFacts, Writer
from forum.organization.verdicts import Action, Rule, RuleId, Sentence, Verdict

RULES: Sequence[Look] = (*RESTRAINING, *LOUD, *STANDING)

UNREADABLE = Sentence(mark("Our numbers cannot be read just now: until they can, the limits only advise."))


def evaluate(
    writer: Writer, topic: TopicFacts | None, board: BoardState, purpose: Purpose, text: str, now: datetime
) -> Verdict:
    """What the guard says to this post. `topic` is None where it begins one.

    No rule reads `text`, which a composer does not have yet: what is judged is when and how much the organization
    speaks, never what it says. Should it raise, `without_measures` decides.
    """
    at = Situation(writer, topic, board, purpose, now)
    return _verdict(at, RULES, [line.beside(at) for line in LINES if line.matches(at)])


def without_measures(
    writer: Writer, topic: TopicFacts | None, board: BoardState, purpose: Purpose, now: datetime
) -> Verdict:
    """What is left when `evaluate` raised (§3.6): the Announcer's role and pins, and of the rest nothing."""
    verdict = _verdict(Situation(writer, topic, board, purpose, now), STANDING, ())
    if not writer.is_organizations:
        return verdict
    return replace(verdict, sentence=verdict.sentence or UNREADABLE, is_degraded=True, is_blind=True)


def pinning(
    writer: Writer, board: BoardState, now: datetime, pin: Pinned | None = None, banner: Pinned | None = None
) -> Verdict:
    """What the guard says to a pin or a banner for a topic that stands there already."""
    purpose = Purpose(Intent.MODERATE, pin=pin, banner=banner)
    return _verdict(Situation(writer, None, board, purpose, now), STANDING, ())


# ── from rules to a verdict ───────────────────────────────────────────────────────────────────────────────────────────


def _verdict(at: Situation, looks: Sequence[Look], lines: Sequence[Line]) -> Verdict:
    if not at.writer.is_organizations:
        return Verdict()  # line 1: members never wait
    found = [rule for look in looks if (rule := look(at)) is not None]
    rules = tuple(rule.at_most(cap(rule.id, lines, _hardest(at, rule))) if rule.level else rule for rule in found)
    first = lines[0] if lines else None
    lead = max(rules, key=lambda rule: (rule.level, first is not None and rule.id not in first.caps), default=None)
    line = None if first is None or (lead and lead.level and lead.id not in first.caps) else first
    return Verdict(
        level=lead.level if lead else 0,
        rules=rules,
        actions=_actions(at, rules, lead, line),
        sentence=line.sentence if line else lead.sentence if lead and lead.level else None,
        writes_override=at.purpose.corrects_danger,
        is_degraded=at.board.is_degraded(at.now),
    )


def _hardest(at: Situation, rule: Rule) -> int:
    """As the board's stage has it; a first word that the topic brought along is as hard as it was."""
    return HARDEST if rule.id is RuleId.PEER_FIRST and at.brought_window else at.board.limits.hardest


def _actions(at: Situation, rules: Sequence[Rule], lead: Rule | None, line: Line | None) -> Sequence[Action]:
    """One suggestion at 1; from 2 on what to do instead, the main button first, the way through last (§3.4)."""
    if lead is None or lead.level == 0 or (line is not None and line.goes_ahead):
        return ()
    if lead.level == 1:
        return () if lead.offers is None else (lead.offers,)
    offers = [rule.offers for rule in rules if rule.level >= 2 and rule.offers is not None]
    if any(rule.refuses and rule.level == 3 for rule in rules):
        return _once(*offers, Action.KEEP_DRAFT)
    through = Action.POST_WITH_REASON if lead.level == 2 else Action.ASK_HOST
    if at.topic is None:
        return _once(Action.KEEP_DRAFT, *offers, through)
    return _once(Action.STAND_BY, *offers, Action.CLARIFY, Action.INVITE, Action.NOTE, through)


def _once(*actions: Action) -> Sequence[Action]:
    return tuple(dict.fromkeys(actions))
