"""The verbs of statements and pledges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Conflict, Invalid, gathered
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.organization.intents import Intent
from forum.organization.models import RoleGrant
from forum.organization.overriding import NO_GROUNDS, Grounds
from forum.permissions import Act, Actor, Role, require
from forum.posts.actions.asking_anew import Said, beside, pass_beside
from forum.posts.judged import PLEDGES
from forum.posts.models import Post, Topic
from forum.statements.events import PledgeDue, PledgeMade, PledgeSettled, ReviewDue, StatementChanged
from forum.statements.models import Pledge, Statement
from forum.statements.queries import day_has_come, today_on
from forum.statements.terms import Terms, checked_pledge, checked_reason, checked_terms, first_terms

MOST_PLEDGES = 10
"""In one post: what promises more is a plan, and belongs into a topic of its own."""
BATCH = 100
NO_REASONS: Mapping[int, str] = {}


def begin_statement(session: Session, post: Post) -> None:
    """A post that says what only the organization can say is one from the beginning. Its author answers for it."""
    if post.intent != Intent.OFFICIAL or session.get(Statement, post.id) is not None:
        return
    terms = first_terms(today_on(post.topic.board))
    session.add(
        Statement(post_id=post.id, owner_id=post.author_id, valid_from=terms.valid_from, review_on=terms.review_on)
    )
    post.is_binding = True


def change_statement(
    session: Session, actor: Actor, post: Post, row: Statement, owner: Account, terms: Terms, successor: Post | None
) -> None:
    """Say who answers for a statement, from when it holds, when it is looked at again, and what took its place. `post`
    and `successor` with topic and board."""
    require(actor, Act.ANSWER_FOR, post)
    _check_owner(session, owner, post)
    checked_terms(terms, Terms(row.valid_from, row.review_on), today_on(post.topic.board))
    if successor is not None:
        require(actor, Act.SEE_POST, successor)
        _check_successor(session, post, successor)
    if terms.review_on != row.review_on:
        row.asked_at = None
    row.owner_id, row.valid_from, row.review_on = owner.id, terms.valid_from, terms.review_on
    row.superseded_by_id = successor.id if successor is not None else None
    session.flush()
    emit(session, StatementChanged(post.id, actor.account_id))


def pledge(
    session: Session,
    actor: Actor,
    post: Post,
    words: str,
    due_on: date,
    owner: Account,
    *,
    purpose: str = "",
    grounds: Grounds = NO_GROUNDS,
) -> Pledge:
    """Mark in a post of the organization (locked, with topic and board) what it will do, until when, and who sees to
    it. The words are put into the post: HeldBack where they say so much that the organization should wait."""
    require(actor, Act.ANSWER_FOR, post)
    today = today_on(post.topic.board)
    line, _owner = gathered(lambda: checked_pledge(words, due_on, today), lambda: _check_owner(session, owner, post))
    there = _pledged(session, post)
    if line in [row.words for row in there]:
        raise Conflict(_("That is pledged here already."))
    if len(there) >= MOST_PLEDGES:
        raise Invalid(_("At most %(n)s pledges in one post.", n=MOST_PLEDGES), "words")
    pass_beside(session, actor, post, said_by_pledge(session, post, line, due_on, owner, purpose, grounds))
    row = Pledge(
        post_id=post.id,
        owner_id=owner.id,
        words=line,
        due_on=due_on,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    session.add(row)
    post.is_binding = True
    session.flush()
    emit(session, PledgeMade(row.id, actor.account_id))
    return row


def keep_pledge(session: Session, actor: Actor, post: Post, row: Pledge) -> None:
    """Say that it is done, today."""
    require(actor, Act.SETTLE_PLEDGE, post)
    _check_open(post, row)
    row.kept_on = today_on(post.topic.board)
    emit(session, PledgeSettled(row.id, actor.account_id))


def withdraw_pledge(
    session: Session,
    actor: Actor,
    post: Post,
    row: Pledge,
    reason: str,
    *,
    purpose: str = "",
    grounds: Grounds = NO_GROUNDS,
) -> None:
    """Say that it will not be done, and why (`post` locked, with topic and board): both stay on the post. HeldBack
    where the reason says so much that the organization should wait."""
    require(actor, Act.SETTLE_PLEDGE, post)
    line = checked_reason(reason)
    _check_open(post, row)
    pass_beside(session, actor, post, said_by_reason(session, post, row, line, purpose, grounds))
    row.withdrawn_at, row.reason = clock.now(), line
    emit(session, PledgeSettled(row.id, actor.account_id))


def said_by_pledge(
    session: Session,
    post: Post,
    line: str,
    due_on: date,
    owner: Account,
    purpose: str = "",
    grounds: Grounds = NO_GROUNDS,
) -> Said:
    """What a post says with one more pledge, as the guard is asked."""
    before = _in_a_row(_pledged(session, post))
    after = f"{before}\n{line}" if before else line
    return beside(PLEDGES, before, after, grounds, purpose, (due_on.isoformat(), str(owner.id)))


def said_by_reason(
    session: Session, post: Post, row: Pledge, line: str, purpose: str = "", grounds: Grounds = NO_GROUNDS
) -> Said:
    """The same of a pledge that is withdrawn."""
    there = _pledged(session, post)
    after = _in_a_row(there, {row.id: line})
    return beside(PLEDGES, _in_a_row(there), after, grounds, purpose, (str(row.id),))


def ask_what_is_due(session: Session, actor: Actor) -> int:
    """Ask for the reviews and tell of the pledges whose day has come, each once: their owner, or whoever is a host of
    the organization, where the owner belongs to it no more. A pledge is due whether its post is still there or not.
    Says how many there were."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    statements = session.scalars(
        select(Statement)
        .join(Statement.post)
        .join(Post.topic)
        .join(Topic.board)
        .options(joinedload(Statement.post))
        .where(
            Statement.superseded_by_id.is_(None),
            Statement.asked_at.is_(None),
            Post.deleted_at.is_(None),
            Topic.deleted_at.is_(None),
            day_has_come(session, Statement.review_on, now),
        )
        .limit(BATCH)
    ).all()
    for row in statements:
        row.asked_at = now
        emit(session, ReviewDue(row.post_id, _asked(session, row.owner_id, row.post)))
    pledges = session.scalars(
        select(Pledge)
        .join(Pledge.post)
        .join(Post.topic)
        .join(Topic.board)
        .options(joinedload(Pledge.post))
        .where(
            Pledge.kept_on.is_(None),
            Pledge.withdrawn_at.is_(None),
            Pledge.asked_at.is_(None),
            day_has_come(session, Pledge.due_on, now),
        )
        .limit(BATCH)
    ).all()
    for pledged in pledges:
        pledged.asked_at = now
        emit(session, PledgeDue(pledged.id, pledged.post_id, _asked(session, pledged.owner_id, pledged.post)))
    return max(len(statements), len(pledges))


def _pledged(session: Session, post: Post) -> Sequence[Pledge]:
    return session.scalars(select(Pledge).where(Pledge.post_id == post.id).order_by(Pledge.id)).all()


def _in_a_row(pledges: Sequence[Pledge], reasons: Mapping[int, str] = NO_REASONS) -> str:
    """What stands below a post: each pledge, and why it will not be done."""
    lines = ((row.words, reasons.get(row.id, row.reason)) for row in pledges)
    return "\n".join(words for line in lines for words in line if words)


def _check_open(post: Post, row: Pledge) -> None:
    if row.post_id != post.id:
        raise Conflict(_("That stands in another post."))
    if row.kept_on is not None or row.withdrawn_at is not None:
        raise Conflict(_("That was settled already."))


def _check_owner(session: Session, owner: Account, post: Post) -> None:
    there = organizations.affiliation_of(session, owner.id, clock.now())
    if there is None or there.organization_id != post.organization_id or there.kind == "bot":
        raise Invalid(_("Only somebody of the organization can answer for it."), "owner")


def _check_successor(session: Session, post: Post, successor: Post) -> None:
    """Another statement of the same organization, which this one does not follow itself."""
    follows = session.get(Statement, successor.id)
    if follows is None or successor.organization_id != post.organization_id or successor.id == post.id:
        raise Invalid(_("Only another official post can take its place: give the link to it."), "successor")
    while follows is not None and follows.superseded_by_id is not None:  # no ring: each was checked so
        if follows.superseded_by_id == post.id:
            raise Invalid(_("That one was superseded by this one."), "successor")
        follows = session.get(Statement, follows.superseded_by_id)


def _asked(session: Session, owner_id: int | None, post: Post) -> tuple[int, ...]:
    there = organizations.affiliation_of(session, owner_id, clock.now()) if owner_id is not None else None
    if owner_id is not None and there is not None and there.organization_id == post.organization_id:
        return (owner_id,)
    hosts = (
        RoleGrant.organization_id == post.organization_id,
        RoleGrant.role == Role.HOST,
        RoleGrant.until.is_(None),
    )
    return tuple(session.scalars(select(RoleGrant.account_id).where(*hosts).order_by(RoleGrant.account_id)))
