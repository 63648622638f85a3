"""Answering what waits for a yes or no, taking that back, and reminding of what waits for long."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.moderation.actions.opening import close_case
from forum.moderation.answers import ANSWERS, UNDOING, Answer, Given
from forum.moderation.events import CaseClosed, CaseWaitsLong
from forum.moderation.models import Case
from forum.permissions import Act, Actor, require
from forum.posts.drafts import Written


def answer(session: Session, actor: Actor, case: Case, key: str, said: Given) -> Answer:
    """Give one of the answers that `case` (locked) has. Raises Conflict when it changed since it was looked
    at."""
    require(actor, Act.DECIDE, case)
    given = ANSWERS.get(case.kind, {}).get(key)
    if given is None:
        raise Invalid(_("Choose what to do."), "answer")
    if case.closed_at is not None or case.version != said.version:
        raise Conflict(_("Somebody else has dealt with this, or more came in meanwhile. Look at it as it is now."))
    words = said.words.strip()
    if given.needs_words and not words:
        raise Invalid(_("Say why, in a sentence: whom it concerns will read it."), "words")
    if len(words) > given.longest:
        raise Invalid(_("Please say it in at most %(most)s characters.", most=given.longest), "words")
    case.outcome, case.closed_by_id = given.outcome, actor.account_id  # whoever closes it meanwhile leaves that
    given.do(session, actor, case, replace(said, words=words))
    if case.closed_at is None:
        close_case(session, case, given.outcome, actor.account_id, clock.now())
        emit(session, CaseClosed(case.id))
    return given


def take_answer_back(session: Session, actor: Actor, case: Case, version: int, body: Written | None = None) -> None:
    """The opposite: `case` (locked) waits again. `body`: of a wording that was taken over, the one before it, rendered.
    Raises Conflict when somebody dealt with it since `version`."""
    require(actor, Act.DECIDE, case)
    undo = UNDOING.get(case.kind)
    if undo is None or case.closed_at is None or case.version != version:
        raise Conflict(_("Somebody thought again about it meanwhile."))
    undo(session, actor, case, body)


def remind_of_case(session: Session, actor: Actor, case: Case) -> None:
    """Whoever looks after `case` (locked) is told that it waits; once. For the clock."""
    require(actor, Act.KEEP_TIME)
    if case.closed_at is None and case.reminded_at is None:
        case.reminded_at = clock.now()
        session.flush()
        emit(session, CaseWaitsLong(case.id))
