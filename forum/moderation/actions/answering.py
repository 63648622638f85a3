"""Answering what waits for a yes or no, and reminding of what waits for long."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.moderation.actions.opening import close_case
from forum.moderation.answers import ANSWERS, Answer
from forum.moderation.events import CaseClosed, CaseWaitsLong
from forum.moderation.models import Case
from forum.permissions import Act, Actor, require

LONGEST_WORDS = 500


def answer(session: Session, actor: Actor, case: Case, key: str, words: str, version: int) -> Answer:
    """Give one of the answers that `case` (locked) has. Raises Conflict when it changed since `version`."""
    require(actor, Act.DECIDE, case)
    given = ANSWERS.get(case.kind, {}).get(key)
    if given is None:
        raise Invalid(_("Choose what to do."), "answer")
    if case.closed_at is not None or case.version != version:
        raise Conflict(_("Somebody else has dealt with this, or more came in meanwhile. Look at it as it is now."))
    words = words.strip()
    if given.needs_words and not words:
        raise Invalid(_("Say why, in a sentence: whom it concerns will read it."), "words")
    if len(words) > LONGEST_WORDS:
        raise Invalid(_("Please say it in at most %(most)s characters.", most=LONGEST_WORDS), "words")
    case.outcome, case.closed_by_id = given.outcome, actor.account_id  # whoever closes it meanwhile leaves that
    given.do(session, actor, case, words)
    if case.closed_at is None:
        close_case(session, case, given.outcome, actor.account_id, clock.now())
        emit(session, CaseClosed(case.id))
    return given


def remind_of_case(session: Session, actor: Actor, case: Case) -> None:
    """Whoever looks after `case` (locked) is told that it waits; once. For the clock."""
    require(actor, Act.KEEP_TIME)
    if case.closed_at is None and case.reminded_at is None:
        case.reminded_at = clock.now()
        session.flush()
        emit(session, CaseWaitsLong(case.id))
