"""The gate: what it asks, invitations, and letting in who waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts import admission
from forum.accounts.actions.membership import enter_group
from forum.accounts.events import (
    AccountCreated,
    GateSet,
    InvitationMade,
    InvitationRevoked,
    SignUpAnswered,
    SignUpApproved,
    SignUpDeclined,
    SignUpReopened,
    SignUpWaitsLong,
)
from forum.accounts.gates import INVITERS, LONGEST_WORDS, MODES, Rules
from forum.accounts.models import Account, Gate, GroupMember, GroupRow, Invitation, InvitationUse, WaitingSignUp
from forum.core import clock
from forum.core.errors import Conflict, Invalid, InvalidFields
from forum.core.events import emit
from forum.core.lines import many_lines, one_line
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Group, Trust, require
from forum.site import queries as sites
from forum.site.actions import note_change, note_deed
from forum.site.models import Site
from forum.site.settings import duration, number

MOST_OPEN = 20
APPROVED, DECLINED = "approved", "declined"
TAKEN_BACK_WITHIN = timedelta(minutes=10)
"""From an answer to who waits until it takes effect."""
_UNANSWERED = (WaitingSignUp.reminded_at.is_(None), WaitingSignUp.verdict == "")


def set_gate(session: Session, actor: Actor, gate: Gate, rules: Rules, inviters: str) -> None:
    """Say who may sign up, and who may invite."""
    require(actor, Act.ADMINISTER)
    wrong: dict[str, str] = {}
    if rules.mode not in MODES:
        wrong["mode"] = _("Choose one of the list.")
    if inviters not in INVITERS:
        wrong["inviters"] = _("Choose one of the list.")
    if len(rules.question) > 200:
        wrong["question"] = _("At most %(n)s characters; these are %(len)s.", n=200, len=len(rules.question))
    if wrong:
        raise InvalidFields(wrong)
    before = _kept(gate)
    gate.mode, gate.inviters = rules.mode, inviters
    gate.allowed_domains = list(rules.allowed_domains)
    gate.question, gate.answers = rules.question, list(rules.answers)
    sites.site(session).inviters = inviters
    session.flush()
    note_change(session, actor, "gate", "", "", before=before, after=_kept(gate))
    emit(session, GateSet(actor.account_id))


def _kept(gate: Gate) -> dict[str, object]:
    """What the log keeps of the gate."""
    return {
        "mode": gate.mode,
        "inviters": gate.inviters,
        "allowed_domains": ", ".join(gate.allowed_domains),
        "question": gate.question,
        "answers": ", ".join(gate.answers),
    }


def may_invite(actor: Actor, gate: Gate | Site) -> bool:
    """Whether the gate lets the actor hand out invitations."""
    if actor.is_admin:
        return True
    if gate.inviters == "administrators" or actor.trust is Trust.NEWCOMER:
        return False
    return gate.inviters == "members" or actor.trust is Trust.REGULAR


def make_invitation(
    session: Session,
    actor: Actor,
    gate: Gate,
    *,
    uses: int,
    note: str = "",
    group_ids: Sequence[int] = (),
    topic_id: int | None = None,
) -> Invitation:
    """A link for a few people and some time (settings). Only administrators place who comes into groups."""
    require(actor, Act.INVITE_PEOPLE)
    if not may_invite(actor, gate):
        raise Invalid(_("Invitations are made by others here: ask those who run this place."))
    kept = sites.settings(session)
    most = number(kept, "invitation_uses")
    if not 1 <= uses <= most:
        raise Invalid(_("An invitation is for 1 to %(n)s people.", n=most), "uses")
    note = one_line(note)
    if len(note) > 120:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=120, len=len(note)), "note")
    now = clock.now()
    living = select(Invitation.id).where(
        Invitation.by_id == actor.account_id, Invitation.revoked_at.is_(None), Invitation.expires_at > now
    )
    if not actor.is_admin and len(session.scalars(living.limit(MOST_OPEN)).all()) >= MOST_OPEN:
        raise Invalid(_("You have %(n)s open invitations: that is as many as one can.", n=MOST_OPEN))
    assert actor.account_id is not None
    row = Invitation(
        by_id=actor.account_id,
        note=note,
        created_at=now,
        expires_at=now + duration(kept, "invitation_life"),
        most_uses=uses,
        group_ids=_groups(session, group_ids) if actor.is_admin else [],
        topic_id=topic_id if actor.is_admin else None,
    )
    session.add(row)
    session.flush()
    emit(session, InvitationMade(row.id))
    return row


def _groups(session: Session, ids: Sequence[int]) -> list[int]:
    """Groups of one's own making: nobody becomes staff or a moderator by a link."""
    rows = select(GroupRow.id).where(GroupRow.id.in_(list(ids)), GroupRow.is_builtin.is_(False)).order_by(GroupRow.id)
    return list(session.scalars(rows))


def revoke_invitation(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Let nobody in by it any more; who came stays."""
    require(actor, Act.REVOKE_INVITATION, invitation)
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        session.flush()
        if invitation.by_id != actor.account_id:
            owner = session.scalar(select(Account.name).where(Account.id == invitation.by_id))
            note_deed(session, actor, "person", invitation.by_id, "uninvited", after={"name": owner})
        emit(session, InvitationRevoked(invitation.id))


def use_invitation(session: Session, invitation_id: int, account: Account) -> bool:
    """Count one who came and place them where it says; False when it lets nobody in any more. For `joining`."""
    session.get(Invitation, invitation_id, with_for_update=True, populate_existing=True)
    now = clock.now()
    row = admission.living_invitation(session, invitation_id, now)
    if row is None:
        return False
    row.uses += 1
    session.add(InvitationUse(account_id=account.id, invitation_id=row.id, used_at=now))
    session.flush()
    if session.get(GroupMember, (int(Group.ADMINISTRATORS), row.by_id)) is not None:  # and not only when it was made
        for group_id in _groups(session, row.group_ids):
            enter_group(session, group_id, account.id)
    return True


# ── who waits ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def approve_sign_up(session: Session, actor: Actor, account: Account, words: str = "") -> None:
    """Say yes to somebody who waits. It takes effect, and goes out by mail, when `TAKEN_BACK_WITHIN` is over."""
    require(actor, Act.APPROVE_SIGN_UPS)
    row = _waiting(session, account)
    note_deed(session, actor, "person", account.id, "let_in", after={"name": account.name})
    _answer(session, row, APPROVED, _said(words))


def decline_sign_up(session: Session, actor: Actor, account: Account, words: str) -> None:
    """Say no, with a reason that goes out by mail when `TAKEN_BACK_WITHIN` is over; from then on nothing of the account
    is kept."""
    require(actor, Act.APPROVE_SIGN_UPS)
    row = _waiting(session, account)
    if not _said(words):
        raise Invalid(_("Say why, in a sentence: who asked will read it."), "words")
    # Nothing of the account is kept, here neither: that there was one is all that the log says.
    note_deed(session, actor, "person", "", "declined")
    _answer(session, row, DECLINED, _said(words))


def reopen_sign_up(session: Session, actor: Actor, account: Account) -> None:
    """The opposite of both, before anything came of it: they wait as before."""
    require(actor, Act.APPROVE_SIGN_UPS)
    row = session.get_one(WaitingSignUp, account.id, with_for_update=True, populate_existing=True)
    if not row.verdict:
        raise Conflict(_("Somebody thought again about it meanwhile."))
    note_deed(session, actor, "person", "", "waits_again")
    row.verdict, row.answer, row.answered_at = "", "", None
    session.flush()
    emit(session, SignUpReopened(account.id))


def carry_out_answers(session: Session, actor: Actor, now: datetime) -> None:
    """Whoever was told yes or no, and nobody took it back, comes in or is forgotten; they hear it by mail. For the
    clock."""
    require(actor, Act.KEEP_TIME)
    due = (WaitingSignUp.verdict != "", WaitingSignUp.answered_at <= now - TAKEN_BACK_WITHIN)
    for row in session.scalars(
        select(WaitingSignUp).where(*due).order_by(WaitingSignUp.account_id).with_for_update()
    ).all():
        account = session.get_one(Account, row.account_id, with_for_update=True)
        (_let_in if row.verdict == APPROVED else _forget)(session, account, row)


def _let_in(session: Session, account: Account, row: WaitingSignUp) -> None:
    account.confirmed_at, account.waiting_since = clock.now(), None
    session.flush()
    emit(session, SignUpApproved(account.id))
    session.delete(row)
    session.flush()
    emit(session, AccountCreated(account.id))


def _forget(session: Session, account: Account, _row: WaitingSignUp) -> None:
    emit(session, SignUpDeclined(account.id))
    session.delete(account)
    session.flush()


def _answer(session: Session, row: WaitingSignUp, verdict: str, words: str) -> None:
    row.verdict, row.answer, row.answered_at = verdict, words, clock.now()
    session.flush()
    emit(session, SignUpAnswered(row.account_id, verdict))


def remind_of_waiting(session: Session, now: datetime) -> int:
    """Announce who has waited for some hours (a setting), each once. For the clock."""
    since = now - duration(sites.settings(session), "waiting_reminder")
    rows = session.scalars(select(WaitingSignUp).where(WaitingSignUp.since < since, *_UNANSWERED)).all()
    for row in rows:
        row.reminded_at = now
        emit(session, SignUpWaitsLong(row.account_id))
    return len(rows)


def _waiting(session: Session, account: Account) -> WaitingSignUp:
    row = session.get(WaitingSignUp, account.id, with_for_update=True, populate_existing=True)
    if row is None or row.verdict or account.waiting_since is None:
        raise Invalid(_("Somebody has decided this already."))
    return row


def _said(words: str) -> str:
    clean = many_lines(words)
    if len(clean) > LONGEST_WORDS:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_WORDS, len=len(clean)), "words")
    return clean
