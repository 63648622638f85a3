"""What an item's page shows in its middle: one table, kind of case, else of its subject → template and what it takes.

To let a kind of thing into the queue: a line here, one in `queries.glances.GLANCES`, and its operations
(`operations.OPERATIONS`) or answers (`answers.ANSWERS`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum import identity
from forum.accounts.models import Account, WaitingSignUp
from forum.conversations import queries as conversations
from forum.conversations.models import MessageReport
from forum.core.db import reading
from forum.core.errors import NotFound, Refused
from forum.core.markup import SourceKind
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.moderation.actions.appealing import check_judge
from forum.moderation.appeal_models import Appeal
from forum.moderation.cases import Kind
from forum.moderation.models import Case, Ruling
from forum.moderation.queries.contested import contested
from forum.moderation.queries.glances import Glance, glances_of
from forum.moderation.queries.reasons import about
from forum.moderation.subjects import ACCOUNT, POST
from forum.permissions import Act, Actor, Right, allows, is_peer
from forum.posts.actions.concerning import posts_of_host
from forum.posts.diff import condensed, diff
from forum.posts.drafts import Written
from forum.posts.models import Post, Revision, Topic
from forum.posts.queries import held
from forum.posts.written import written_by
from forum.reporting import queries as reports
from forum.reporting.grounds import DECISIONS, GROUNDS
from forum.suggestions import queries as suggestions
from forum.suggestions.models import ACCEPTED

Shown = Mapping[str, Any]
BEFORE, AFTER = 2, 1
MOST_WORDS = 10


@dataclass(frozen=True)
class Part:
    """`load` gives what `template` takes; nothing where it is not there any more. `why_not`: why the reader does not
    answer it; `without`: answers that cannot be given now."""

    template: str
    load: Callable[[Session, Actor, Case], Shown]


def _post(session: Session, _actor: Actor, case: Case) -> Shown:
    """The post, the two before it and the one after."""
    options = (contains_eager(Post.topic).contains_eager(Topic.board), joinedload(Post.author))
    asked = select(Post).join(Post.topic).join(Topic.board).options(*options)
    post = session.scalars(asked.where(Post.id == case.subject_id)).first()
    if post is None:
        return {}
    near = asked.where(Post.topic_id == post.topic_id, Post.action == "")
    before = session.scalars(near.where(Post.number < post.number).order_by(Post.number.desc()).limit(BEFORE)).all()
    after = session.scalars(near.where(Post.number > post.number).order_by(Post.number).limit(AFTER)).all()
    return {"post": post, "posts": [*reversed(before), post, *after]}


def _topic(session: Session, _actor: Actor, case: Case) -> Shown:
    asked = select(Topic).options(joinedload(Topic.board), joinedload(Topic.author)).where(Topic.id == case.subject_id)
    found = session.scalars(asked).first()
    return {"topic": found} if found else {}


def _account(session: Session, _actor: Actor, case: Case) -> Shown:
    found = session.get(Account, case.subject_id)
    return {"person": found} if found else {}


def _sign_up(session: Session, _actor: Actor, case: Case) -> Shown:
    asked = select(Account, WaitingSignUp).join(WaitingSignUp).where(Account.id == case.subject_id)
    found = session.execute(asked).first()
    return {"person": found[0], "waiting": found[1]} if found else {}


def _message(session: Session, actor: Actor, case: Case) -> Shown:
    """What those who showed it let moderators read, and not a message more."""
    ids = session.scalars(select(MessageReport.id).where(MessageReport.message_id == case.subject_id)).all()
    try:
        evidence = [conversations.evidence(session, actor, report_id) for report_id in ids]
    except NotFound:
        return {}
    return {"evidence": evidence, "why_not": _by_peer(actor, case)}


def _decision(session: Session, actor: Actor, case: Case) -> Shown:
    """What is proposed or was done at once, and about what."""
    asked = (
        select(Ruling).options(joinedload(Ruling.by), joinedload(Ruling.account)).where(Ruling.id == case.subject_id)
    )
    decision = session.scalars(asked).first()
    if decision is None:
        return {}
    place = (decision.subject_kind, decision.subject_id)
    return {
        "decision": decision,
        "about": glances_of(session, [place]).get(place),
        "of_host": _written_of_host(session, actor, decision) if decision.subject_kind == ACCOUNT else (),
        "why_not": ""
        if allows(actor, Act.CONFIRM_DECISION, decision)
        else _(
            "You belong to an organization, or did within ninety days, or decided this yourself: a moderator from "
            "among the members answers it."
        ),
    }


def _written_of_host(session: Session, actor: Actor, decision: Ruling) -> Sequence[tuple[int, Glance]]:
    """What a member wrote about the host before it was proposed, for which a peer is asked: as far as the reader sees
    it, the latest first."""
    asked = posts_of_host(decision.subject_id, decision.at).where(Topic.board_id.in_(actor.boards_with(Right.SEE)))
    ids = session.scalars(asked.order_by(Post.id.desc()).limit(MOST_WORDS)).all()
    found = glances_of(session, [(POST, id_) for id_ in ids])
    return [(id_, found[POST, id_]) for id_ in ids]


def _mended(session: Session, actor: Actor, case: Case) -> Shown:
    """The post, with what its author changed last."""
    shown = _post(session, actor, case)
    last = select(Revision.source).where(Revision.post_id == case.subject_id).order_by(Revision.number.desc())
    before = session.scalar(last.limit(1))
    return {**shown, "pieces": condensed(diff(before, shown["post"].source))} if shown and before is not None else shown


def _held(session: Session, actor: Actor, case: Case) -> Shown:
    try:
        row = held.to_decide(session, actor, case.subject_id)
    except NotFound:
        return {}
    return {"view": held.view_of(session, actor, row)}


def _suggestion(session: Session, actor: Actor, case: Case) -> Shown:
    try:
        found = suggestions.suggestion(session, actor, case.subject_id)
    except NotFound:
        return {}
    view = suggestions.view(session, actor, found)
    return {"view": view, "without": () if view.fitted else ("accept",), "why_not": _by_peer(actor, case)}


def _by_peer(actor: Actor, case: Case) -> str:
    """What is by or about the host, peers answer."""
    if is_peer(actor) or not case.concerns_host:
        return ""
    return _("This is by or about the organization: a moderator from among the members answers it.")


def _report(session: Session, actor: Actor, case: Case) -> Shown:
    if not allows(actor, Act.ANSWER_ILLEGAL):
        return {}
    row = reports.report(session, actor, case.subject_id)
    return {
        "row": row,
        "ground": GROUNDS[row.ground],
        "decision": DECISIONS.get(row.decision),
        "why_not": _by_peer(actor, case),
    }


def _appeal(session: Session, actor: Actor, case: Case) -> Shown:
    found = session.get(Appeal, case.subject_id, options=[joinedload(Appeal.ruling)])
    if found is None:
        return {}
    try:
        check_judge(actor, contested(session, found.ruling))
        why_not = ""
    except Refused as error:
        why_not = error.sentence
    return {"appeal": found, "decision": found.ruling, "about": about(session, found.ruling), "why_not": why_not}


PARTS: Mapping[str, Part] = {
    "mended": Part("moderation/parts/post.html", _mended),
    "sign_up": Part("moderation/parts/sign_up.html", _sign_up),
    "post": Part("moderation/parts/post.html", _post),
    "topic": Part("moderation/parts/topic.html", _topic),
    "account": Part("moderation/parts/account.html", _account),
    "message": Part("moderation/parts/message.html", _message),
    "decision": Part("moderation/parts/decision.html", _decision),
    "held": Part("moderation/parts/held.html", _held),
    "suggestion": Part("moderation/parts/suggestion.html", _suggestion),
    "report": Part("moderation/parts/report.html", _report),
    "appeal": Part("moderation/parts/appeal.html", _appeal),
}


def wording_of(case: Case) -> Written | None:
    """What the post of another wording will say when that is taken over, or said before it was: rendered, for the verb.
    None for anything else, and where it does not fit any more."""
    if case.kind != Kind.SUGGESTION:
        return None
    session, actor = reading(), identity.actor()
    view = suggestions.view(session, actor, suggestions.suggestion(session, actor, case.subject_id))
    row = view.suggestion
    before = str(row.before.get("source", ""))
    source = before if row.state == ACCEPTED else view.fitted.source if view.fitted else ""
    kind = SourceKind(row.post.source_kind)
    return written_by(session, actor, source, settings().base_url, kind) if source else None


def part_of(case: Case) -> Part | None:
    """How a case is shown."""
    return PARTS.get(case.kind) or PARTS.get(case.subject_kind)
