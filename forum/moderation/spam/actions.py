"""Removing everything of a spam account at once, and giving everything back: each step with its exact opposite.

The posts, the profile and the notices go in the moderator's own transaction; what the account gave to others goes in
batches, by the worker where there is much of it. Each batch is written down as a part, from which it comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.accounts.actions import withdrawing as accounts
from forum.accounts.models import Account
from forum.conversations.actions import withdrawing as conversations
from forum.core import clock
from forum.core.db.keeping import Kept
from forum.core.errors import Conflict, Gone, NotFound, Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.gatherings import actions as gatherings
from forum.jobs.actions import enqueue
from forum.moderation import spam_parts, spam_queries
from forum.moderation.events import SpammerForgotten, SpammerLeaving, SpammerReturned
from forum.moderation.models import Ruling
from forum.moderation.spam_models import DONE, FORGOTTEN, RUNNING, UNDOING, UNDONE, SpamPart, SpamRemoval
from forum.permissions import HOUSE, Act, Actor, Right, require
from forum.polls import actions as polls
from forum.posts import actions as posts
from forum.posts import queries as post_queries
from forum.posts.actions import withdrawing as given
from forum.posts.actions.concerning import check_powers_over
from forum.posts.models import Post, Topic
from forum.posts.powers import SHARED, Ground
from forum.posts.queries.finding import any_post_for_update
from forum.shields import actions as shields
from forum.shields import queries as shield_queries
from forum.shields.models import DOMAIN, RANGE
from forum.site.actions import note_deed
from forum.site.rules import Rule
from forum.uploads import actions as uploads

BATCH = 200
AT_ONCE = 5
BLOCK_DAYS = 180

Take = Callable[[Session, Actor, Account, int], list[Kept]]
Give = Callable[[Session, Actor, Account, list[Kept]], None]

# What an account gave to others, each with its opposite, in the order in which it is taken away.
TAKEN: Mapping[str, tuple[Take, Give]] = {
    "messages": (conversations.take_messages, conversations.give_messages),
    "titles": (conversations.take_titles, conversations.give_titles),
    "reactions": (given.take_reactions, given.give_reactions),
    "backings": (given.take_backings, given.give_backings),
    "votes": (polls.take_votes, polls.give_votes),
    "attendances": (gatherings.take_attendances, gatherings.give_attendances),
}


def take(session: Session, actor: Actor, account: Account, params: Mapping[str, Any], ground: Ground) -> SpamRemoval:
    """Take everything of an account (locked, its topics before it) away and suspend it; `give` gives all of it back.
    `params`: whether to shut its `domain`, or the `network` it came from, out as well."""
    require(actor, Act.REMOVE_SPAMMER, account)
    check_powers_over(session, actor, account.id, ground)
    if session.scalar(select(SpamRemoval.id).where(SpamRemoval.account_id == account.id, SpamRemoval.state != UNDONE)):
        raise Conflict(_("Somebody removed this account already."))
    found = spam_queries.belongings(session, account)
    removal = SpamRemoval(
        account_id=account.id,
        by_id=actor.account_id,
        at=clock.now(),
        total=found.total,
        ruling_id=ground.ruling_id,
    )
    session.add(removal)
    session.flush()
    emit(session, SpammerLeaving(removal.id))
    blocks = _shut_out(session, actor, account, ground.facts, params)
    _keep(session, removal, "posts", _take_posts(session, actor, account, ground))
    profile = accounts.blank(session, actor, account, ground.facts, ground.ruling_id)
    removal.before = {"account": profile, "blocks": blocks}
    after = {"number": account.id, "reason": ground.facts}
    note_deed(session, actor, "person", account.id, "spam_removed", after=after)
    _some(session, actor, removal, go_on)
    return removal


def give(session: Session, actor: Actor, account: Account, removal_id: int) -> None:
    """Give everything of a removal back, as it was (`account` locked, its topics before it); posts on boards out of the
    actor's reach, too: who may was asked before."""
    removal = _removal(session, removal_id)
    require(actor, Act.REMOVE_SPAMMER, account)
    if removal.state == RUNNING:
        raise Conflict(_("This is still being removed. Please try again in a minute."))
    if removal.state in (UNDOING, UNDONE):
        raise Conflict(_("Somebody took this back already."))
    if removal.state == FORGOTTEN:
        raise Gone(_("This was removed too long ago: what was kept for giving it back is gone."))
    removal.state, removal.undone_at, removal.undone_by_id = UNDOING, clock.now(), actor.account_id
    for part in spam_parts.of(session, removal.id, "posts"):
        _give_posts(session, actor, removal, part.kept)
        session.delete(part)
    accounts.unblank(session, actor, account, removal.before["account"])
    for block_id in removal.before["blocks"]:
        shields.lift_block(session, actor, shield_queries.block_for_update(session, actor, block_id))
    note_deed(session, actor, "person", account.id, "spam_restored", after={"number": account.id})
    _some(session, actor, removal, go_back)


def go_on(session: Session, actor: Actor, removal: SpamRemoval) -> bool:
    """One more batch away; False when there is no more."""
    account = spam_queries.locked(session, removal.account_id)
    require(actor, Act.REMOVE_SPAMMER, account)
    room = BATCH
    for kind, (take, _give) in TAKEN.items():
        if kept := take(session, actor, account, room):
            _keep(session, removal, kind, kept)
            room -= len(kept)
        if room <= 0:
            return True
    removal.state = DONE
    session.flush()
    return False


def go_back(session: Session, actor: Actor, removal: SpamRemoval) -> bool:
    """One more batch back, the last one first; False when there is no more."""
    account = spam_queries.locked(session, removal.account_id)
    require(actor, Act.REMOVE_SPAMMER, account)
    wanted = (SpamPart.removal_id == removal.id, SpamPart.kind.in_(TAKEN))
    room = BATCH
    for part in session.scalars(select(SpamPart).where(*wanted).order_by(SpamPart.id.desc()).limit(BATCH)).all():
        TAKEN[part.kind][1](session, actor, account, part.kept)
        removal.done -= len(part.kept)
        room -= len(part.kept)
        session.delete(part)
        session.flush()
        if room <= 0:
            return True
    removal.state, removal.before = UNDONE, {}
    session.flush()
    emit(session, SpammerReturned(removal.id))
    session.execute(delete(SpamPart).where(SpamPart.removal_id == removal.id))
    return False


def work_on(session: Session, actor: Actor, removal_id: int) -> bool:
    """One batch of a removal or of taking it back, whichever is at work; False when nothing is left to do."""
    require(actor, Act.KEEP_TIME)
    removal = _removal(session, removal_id)
    step = {RUNNING: go_on, UNDOING: go_back}.get(removal.state)
    return step(session, actor, removal) if step is not None else False


def forget_removed(session: Session, actor: Actor, now: datetime) -> list[str]:
    """Forget who they were to whose removal nobody can object any more, and what was kept for giving it back. Returns
    the keys of pictures that may be thrown away."""
    require(actor, Act.KEEP_TIME)
    pictures = []
    for removal in session.scalars(spam_queries.to_forget(session, now).with_for_update()).all():
        account = spam_queries.locked(session, removal.account_id)
        pictures.append(str(removal.before["account"]["avatar_key"]))
        accounts.forget_person(session, actor, account)
        uploads.disuse_all_of(session, actor, account)
        session.execute(delete(SpamPart).where(SpamPart.removal_id == removal.id))
        session.execute(update(Ruling).where(Ruling.id == removal.ruling_id).values(facts=str(Rule.SPAM)))
        removal.state, removal.before = FORGOTTEN, {}
        session.flush()
        emit(session, SpammerForgotten(removal.id))
    return [key for key in pictures if key]


# ── steps ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _some(session: Session, actor: Actor, removal: SpamRemoval, step: Callable[..., bool]) -> None:
    """The first batches at once; where more is left, the worker goes on."""
    session.flush()
    for _number in range(AT_ONCE):
        if not step(session, actor, removal):
            return
    enqueue(session, "remove_spam", {"removal_id": removal.id})


def _keep(session: Session, removal: SpamRemoval, kind: str, kept: list[Kept]) -> None:
    spam_parts.keep(session, removal.id, kind, kept, BATCH)
    removal.done += len(kept)
    session.flush()


def _take_posts(session: Session, actor: Actor, account: Account, ground: Ground) -> list[Kept]:
    """Their posts, replies before the topics that they opened; refused where some stand out of the actor's reach."""
    wrote = (Post.author_id == account.id, Post.action == "", Post.deleted_at.is_(None))
    rows = session.execute(
        select(Post.id, Topic.board_id).join(Topic, Topic.id == Post.topic_id).where(*wrote)
        .order_by(Post.number == 1, Post.id.desc())
    ).all()  # fmt: skip
    _must_reach(actor, [row.board_id for row in rows])
    kept: list[Kept] = []
    for post_id, _board in rows:
        post = post_queries.post_for_update(session, actor, post_id)
        posts.remove_post(session, actor, post, ground)
        assert post.deleted_at is not None, "it was deleted just now"
        kept.append({"id": post.id, "at": post.deleted_at.isoformat()})
    return kept


def _give_posts(session: Session, actor: Actor, removal: SpamRemoval, kept: list[Kept]) -> None:
    """In the opposite order; what somebody brought back meanwhile, or deleted anew, is left to them."""
    ids = [row["id"] for row in kept]
    asked = select(Post.id, Topic.board_id).join(Topic, Topic.id == Post.topic_id).where(Post.id.in_(ids))
    boards = {row.id: row.board_id for row in session.execute(asked)}
    for row in reversed(kept):
        hand = actor if _reaches(actor, boards[row["id"]]) else HOUSE
        post = any_post_for_update(session, row["id"])
        if post is not None and post.deleted_at is not None and post.deleted_at.isoformat() == row["at"]:
            posts.restore_post(session, hand, post, SHARED)
    removal.done -= len(kept)


def _must_reach(actor: Actor, boards: list[int]) -> None:
    beyond = sum(not _reaches(actor, board) for board in boards)
    if beyond:
        raise Refused(
            ngettext(
                "%(num)s of their posts stands on a board that you do not look after. Ask somebody who does.",
                "%(num)s of their posts stand on boards that you do not look after. Ask somebody who does.",
                beyond,
            )
        )


def _reaches(actor: Actor, board_id: int) -> bool:
    return actor.may(Right.SEE, board_id) and actor.may(Right.MODERATE, board_id)


def _shut_out(session: Session, actor: Actor, account: Account, reason: str, params: Mapping[str, Any]) -> list[int]:
    """Ids of the blocks that were set along; what is blocked already is not blocked twice."""
    wanted = [(DOMAIN, (account.email or "").rpartition("@")[2])] if params.get("domain") else []
    if params.get("network"):
        wanted.append((RANGE, shield_queries.last_network(session, account.id)))
    return [
        shields.set_block(session, actor, kind, value, reason, BLOCK_DAYS, "").id
        for kind, value in wanted
        if value and shield_queries.blocked_by(session, kind, value) is None
    ]


def _removal(session: Session, removal_id: int) -> SpamRemoval:
    removal = session.get(SpamRemoval, removal_id, with_for_update=True, populate_existing=True)
    if removal is None:
        raise NotFound
    return removal
