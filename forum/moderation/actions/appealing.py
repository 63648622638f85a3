"""Objecting to a decision, and answering that: by somebody who took no part in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid, InvalidFields, Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.moderation import subjects
from forum.moderation.actions.deciding import reverse
from forum.moderation.actions.opening import close_case, open_again, open_case
from forum.moderation.actions.ruling import hand_of, put_in_force_again, settle, wait_again
from forum.moderation.appeal_models import Appeal
from forum.moderation.cases import Kind
from forum.moderation.events import AppealDecided, Appealed, AppealReopened, AppealWithdrawn
from forum.moderation.models import Case, Ruling
from forum.moderation.operations import OPERATIONS
from forum.moderation.queries.appeals import appeal_case
from forum.moderation.queries.contested import Contested, contested
from forum.moderation.subjects import Subject
from forum.permissions import Act, Actor, is_peer, require
from forum.posts.powers import PeerNeeded
from forum.site import queries as sites
from forum.site.settings import duration

UPHELD, REVERSED = "upheld", "reversed"
LONGEST = 4000


def appeal(session: Session, actor: Actor, decision: Ruling, words: str, *, about_host: bool = False) -> Appeal:
    """Say that a decision (locked) was wrong, and why; `about_host`: that it is about the organization, so that none of
    its people answers. Objecting twice objects once; Conflict while somebody else's is
    looked at, Refused when it is too late or was answered before."""
    found = contested(session, decision)
    require(actor, Act.APPEAL, found)
    now = clock.now()
    if decision.state != "in_force":
        raise Conflict(_("This decision was taken back already."))
    if now > decision.at + duration(sites.settings(session), "appeals_taken"):
        raise Refused(_("The time to object to this is over."))
    _check_words(words, _("Say why it was wrong: somebody who took no part reads it."))
    for before in session.scalars(select(Appeal).where(Appeal.ruling_id == decision.id)):
        if before.state == "open" and before.account_id == actor.account_id:
            if before.words != words.strip():
                raise Conflict(_("You have objected already, and what you wrote then is looked at just now."))
            return before
        if before.state == "open":
            raise Conflict(_("Somebody else objected to this, and it is looked at just now."))
        if before.account_id == actor.account_id and before.state != "withdrawn":
            raise Refused(_("Somebody who took no part has looked at this already."))
    made = Appeal(
        ruling_id=decision.id, account_id=actor.account_id, words=words.strip(), at=now, about_host=about_host,
        state="open", before={},
    )  # fmt: skip
    session.add(made)
    session.flush()
    found = contested(session, decision)
    case = open_case(session, Kind.APPEAL, _subject(made, found), now)
    _send_on(case, found)
    emit(session, Appealed(made.id))
    return made


def withdraw_appeal(session: Session, actor: Actor, made: Appeal) -> None:
    """Object no more (`made` locked)."""
    require(actor, Act.WITHDRAW_APPEAL, made)
    if made.state != "open":
        raise Conflict(_("It was answered already."))
    now = clock.now()
    made.state, made.decided_at = "withdrawn", now
    _close(session, made, "withdrawn", actor, now)
    emit(session, AppealWithdrawn(made.id))


def decide_appeal(session: Session, actor: Actor, made: Appeal, outcome: str, words: str, version: int) -> None:
    """Answer an objection (`made` locked, its decision with it): the decision stays (`upheld`), or everything is as if
    it had never been (`reversed`). Raises Conflict when the case changed since `version`."""
    decision = session.get_one(Ruling, made.ruling_id)
    found = contested(session, decision)
    check_judge(actor, found)
    require(actor, Act.DECIDE_APPEAL, found)
    case = appeal_case(session, made.id)
    if made.state != "open" or case is None or case.version != version:
        raise Conflict(_("Somebody else has dealt with this, or more came in meanwhile. Look at it as it is now."))
    if outcome not in (UPHELD, REVERSED):
        raise InvalidFields({"outcome": _("Choose whether the decision stays.")})
    _check_words(words, _("Say why: whoever objected reads it."))
    now = clock.now()
    waited = _waits(session, decision)
    undone = reverse(session, actor, decision, words) if outcome == REVERSED else []
    made.before = {"waited": waited, "undone": [one.id for one in undone]}
    made.state, made.decided_at, made.decided_by_id = outcome, now, actor.account_id
    made.role, made.answer = actor.office(decision.board_id), words.strip()
    _close(session, made, outcome, actor, now)
    emit(session, AppealDecided(made.id))


def undo_appeal(session: Session, actor: Actor, made: Appeal) -> None:
    """The answer to an objection (`made` locked) was wrong: what it took back is in force again, and it is looked at
    once more."""
    decision = session.get_one(Ruling, made.ruling_id)
    found = contested(session, decision)
    check_judge(actor, found)
    require(actor, Act.DECIDE_APPEAL, found)
    if made.state not in (UPHELD, REVERSED):
        raise Conflict(_("It is not answered yet."))
    now = clock.now()
    if made.state == REVERSED:
        _reinstate(session, actor, decision, made, now)
    made.state, made.before = "open", {}
    made.decided_at = made.decided_by_id = None
    made.role = made.answer = ""
    session.flush()
    case = open_again(session, Kind.APPEAL, _subject(made, found), now)
    _send_on(case, contested(session, decision))
    emit(session, AppealReopened(made.id))


def check_judge(actor: Actor, found: Contested) -> None:
    """Why the actor of all people may not answer it, in words."""
    if actor.account_id is not None and actor.account_id in found.took_part:
        raise Refused(_("You took part in this, so somebody else answers the objection."))
    if found.of_office and not actor.is_admin:
        raise Refused(_("It is about a moderator or an administrator: administrators answer it."))
    if found.concerns_host and not is_peer(actor, found.at):
        raise PeerNeeded(_("This is by or about the organization: a moderator from among the members answers it."))


def _check_words(words: str, missing: str) -> None:
    if not words.strip():
        raise Invalid(missing, "words")
    if len(words) > LONGEST:
        raise Invalid(_("Please say it in at most %(most)s characters.", most=LONGEST), "words")


def _subject(made: Appeal, found: Contested) -> Subject:
    return Subject("appeal", made.id, made.account_id, made, found.board_id, found.concerns_host)


def _send_on(case: Case, found: Contested) -> None:
    """Where nobody who looks after the board is left, it waits for the administrators."""
    if found.is_for_administrators:
        case.board_id = None


def _close(session: Session, made: Appeal, outcome: str, actor: Actor, now: datetime) -> None:
    case = appeal_case(session, made.id)
    if case is not None:
        close_case(session, case, outcome, actor.account_id, now)


def _waits(session: Session, decision: Ruling) -> bool:
    case = session.get(Case, decision.case_id, with_for_update=True) if decision.case_id else None
    return case is not None and case.closed_at is None


def _reinstate(session: Session, actor: Actor, decision: Ruling, made: Appeal, now: datetime) -> None:
    """The exact opposite of `reverse`."""
    subject = subjects.load(session, decision.subject_kind, decision.subject_id)
    for id_ in reversed(made.before["undone"]):
        one = session.get_one(Ruling, id_, with_for_update=True)
        if one.state != "undone" or one.undone_how != "appeal":
            raise Conflict(_("Something else was decided about it meanwhile."))
        put_in_force_again(session, hand_of(actor, subject), subject, one)
    case = session.get(Case, decision.case_id, with_for_update=True) if decision.case_id else None
    if case is None:
        return
    if not made.before["waited"]:
        settle(session, decision, case, subject, now)
    elif OPERATIONS[decision.act].upholds:
        wait_again(session, case, subject)
