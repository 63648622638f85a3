"""Removing an account as spam: a decision like any other, to which its owner can object; and the simple way back."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from forum.core.errors import Invalid, NotFound
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.moderation import queries, spam_queries
from forum.moderation.actions.deciding import decide
from forum.moderation.actions.deciding import undo as take_back
from forum.moderation.actions.opening import flagged_case
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Ruling
from forum.moderation.spam_models import SpamRemoval
from forum.moderation.spam_rules import SPAM
from forum.moderation.subjects import ACCOUNT, Subject
from forum.permissions import Act, Actor, require
from forum.shields import networks
from forum.shields import queries as shields
from forum.site.rules import Rule

LONGEST_REASON = 300


def remove(
    session: Session,
    actor: Actor,
    account_id: int,
    reason: str,
    *,
    emergency: str = "",
    own: str = "",
    blocks_domain: bool = False,
    blocks_range: bool = False,
) -> Ruling:
    """Take everything of an account away and suspend it, which answers whoever flagged it. Asked for: shut its mail
    domain, or the network it came from, out as well (`own`: from where the actor asks). Of one of the host's people, on
    who belongs to it or wrote about it, this is a proposal, as `decide` says."""
    account = spam_queries.locked(session, account_id)
    require(actor, Act.REMOVE_SPAMMER, account)
    case = flagged_case(session, Subject(ACCOUNT, account.id, account.id, account))
    if blocks_range and (network := shields.last_network(session, account.id)):
        networks.checked_range(network, own)
    draft = DecisionDraft(
        act=SPAM,
        subject_kind=ACCOUNT,
        subject_id=account.id,
        rule=str(Rule.SPAM),
        facts=_reason(reason),
        detected="own" if case is None else "flags" if case.weight else "rules",
        params={"domain": blocks_domain, "network": blocks_range},
        emergency=emergency,
    )
    return decide(session, actor, draft, case, case.version if case is not None else 0)


def undo(session: Session, actor: Actor, removal_id: int, reason: str) -> SpamRemoval:
    """Give everything of a removal back, as it was."""
    removal = session.get(SpamRemoval, removal_id)
    if removal is None:
        raise NotFound
    decision = queries.decision_for_update(session, actor, removal.ruling_id)
    require(actor, Act.UNDO_DECISION, decision)
    take_back(session, actor, decision, _reason(reason))
    return removal


def _reason(text: str) -> str:
    clean = one_line(text)
    if not clean:
        raise Invalid(_("Say why: it stands in the log."), "reason")
    if len(clean) > LONGEST_REASON:
        words: dict[str, Any] = {"n": LONGEST_REASON, "len": len(clean)}
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", **words), "reason")
    return clean
