"""Reads about spam accounts: which look like it, what would go with one, what was removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts import queries as accounts
from forum.accounts.models import Account, GroupMember
from forum.accounts.sanctioned import is_suspended
from forum.boards.models import BoardRight
from forum.conversations.models import Message
from forum.core import clock
from forum.core.errors import NotFound
from forum.gatherings.models import Attendance
from forum.moderation.appeal_models import Appeal
from forum.moderation.models import Flag, Ruling
from forum.moderation.spam_models import DONE, FORGOTTEN, UNDONE, SpamRemoval
from forum.moderation.spam_rules import MOST_POSTS, UNDO_FOR, YOUNG, Suspect, Wrote, reasons
from forum.moderation.spam_rules import refusal as refused
from forum.moderation.subjects import ACCOUNT, POST
from forum.organization import queries as organizations
from forum.permissions import Act, Actor, Group, Right, require
from forum.polls.models import PollVote
from forum.posts.models import Post, Reaction, Topic
from forum.posts.outcome_models import Backing
from forum.site import queries as sites
from forum.site.rules import Rule
from forum.site.settings import duration
from forum.uploads.models import Upload

MOST_LOOKED_AT = 500
MOST_READ = 3000
MOST_SHOWN = 100
TRUSTED = (Group.STAFF, Group.MODERATORS, Group.ADMINISTRATORS)


@dataclass(frozen=True)
class Candidate:
    """A young account that looks like spam, and why."""

    account: Account
    reasons: Sequence[str]


@dataclass(frozen=True)
class Belongings:
    """What would go with an account. `replies`: of others, in topics that it opened: they go along, and come back."""

    posts: int
    topics: int
    replies: int
    messages: int
    reactions: int
    votes: int
    uploads: int

    @property
    def total(self) -> int:
        """How many things there are to take away."""
        return self.posts + self.messages + self.reactions + self.votes


def refusal(session: Session, account: Account) -> str:
    """Why the account cannot be removed in bulk; empty: it can."""
    moderates = select(BoardRight.group_id).where(BoardRight.right == str(Right.MODERATE))
    entrusted = or_(GroupMember.group_id.in_([int(group) for group in TRUSTED]), GroupMember.group_id.in_(moderates))
    is_entrusted = session.scalar(select(exists().where(GroupMember.account_id == account.id, entrusted)))
    now = clock.now()
    return refused(
        created_at=account.created_at,
        posts=account.post_count,
        is_trusted=bool(is_entrusted) or organizations.affiliation_of(session, account.id, now) is not None,
        is_somebodys=account.deactivated_at is None and account.placeholder_since is None,
        now=now,
    )


def belongings(session: Session, account: Account) -> Belongings:
    """What of the account stands now."""

    def count(model: Any, *where: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0

    mine = (Post.author_id == account.id, Post.deleted_at.is_(None), Post.action == "")
    opened = select(Post.topic_id).where(*mine, Post.number == 1)
    others = (Post.topic_id.in_(opened), Post.author_id != account.id, Post.deleted_at.is_(None), Post.action == "")
    said = (Message.author_id == account.id, Message.action == "", Message.removed_at.is_(None))
    by_it = [model.account_id == account.id for model in (Backing, PollVote, Attendance)]
    return Belongings(
        posts=count(Post, *mine),
        topics=count(Post, *mine, Post.number == 1),
        replies=count(Post, *others),
        messages=count(Message, *said),
        reactions=count(Reaction, Reaction.account_id == account.id),
        votes=sum(count(model, where) for model, where in zip((Backing, PollVote, Attendance), by_it, strict=True)),
        uploads=count(Upload, Upload.owner_id == account.id),
    )


def locked(session: Session, account_id: int) -> Account:
    """The account, its topics locked before it, lower id first: the order that every verb keeps."""
    theirs = select(Post.topic_id).where(Post.author_id == account_id)
    session.execute(select(Topic.id).where(Topic.id.in_(theirs)).order_by(Topic.id).with_for_update())
    found = select(Account).where(Account.id == account_id).with_for_update()
    account = session.scalars(found.execution_options(populate_existing=True)).first()
    if account is None:
        raise NotFound
    return account


def to_forget(session: Session, now: datetime) -> Select[SpamRemoval]:
    """Removals to which nobody can object any more, nor has, without an answer."""
    kept = max(UNDO_FOR, duration(sites.settings(session), "appeals_taken"))
    objected = exists().where(Appeal.ruling_id == SpamRemoval.ruling_id, Appeal.state == "open")
    due = (SpamRemoval.state == DONE, SpamRemoval.at <= now - kept, ~objected)
    return select(SpamRemoval).where(*due).order_by(SpamRemoval.id)


def to_remove(session: Session, actor: Actor, name: str) -> Account:
    """The account that a moderator would remove, or NotFound."""
    account = accounts.profile_of(session, name)
    require(actor, Act.REMOVE_SPAMMER, account)
    return account


def living_removal(session: Session, account: Account) -> SpamRemoval | None:
    """The removal of the account that stands, if any."""
    wanted = (SpamRemoval.account_id == account.id, SpamRemoval.state != UNDONE)
    return session.scalars(select(SpamRemoval).where(*wanted)).first()


def removal_by(session: Session, decision: Ruling) -> SpamRemoval:
    """What a decision in force took away."""
    return session.get_one(SpamRemoval, decision.before["removal"])


def sharing_domain(session: Session, account: Account) -> int:
    """How many others have a mail address of the same domain: whom a block of it would surprise when they move."""
    domain = (account.email_key or "").rpartition("@")[2]
    if not domain:
        return 0
    same = Account.email_key.endswith(f"@{domain}", autoescape=True)
    return session.scalar(select(func.count(Account.id)).where(same, Account.id != account.id)) or 0


def candidates(session: Session, actor: Actor, own: str) -> Sequence[Candidate]:
    """Young accounts that look like spam, those with most reasons first. `own`: the host of this place."""
    require(actor, Act.SEE_REPORTS)
    people = _young(session, actor)
    ids = [account.id for account in people]
    wrote, flags = _wrote(session, ids), _flags(session, ids)
    found = []
    for account in people:
        posts = wrote.get(account.id, ())
        suspect = Suspect(account.confirmed_at is not None, len(account.links), posts, flags.get(account.id, 0))
        if why := reasons(suspect, own):
            found.append(Candidate(account, why))
    return sorted(found, key=lambda one: (-len(one.reasons), -one.account.id))[:MOST_SHOWN]


def _young(session: Session, actor: Actor) -> Sequence[Account]:
    entrusted = select(GroupMember.account_id).where(GroupMember.group_id.in_([int(group) for group in TRUSTED]))
    gone = select(SpamRemoval.account_id).where(SpamRemoval.state != UNDONE)
    return session.scalars(
        select(Account)
        .where(
            Account.created_at > clock.now() - YOUNG,
            Account.deactivated_at.is_(None),
            Account.placeholder_since.is_(None),
            ~is_suspended(Account.id, clock.now()),
            Account.post_count <= MOST_POSTS,
            Account.id.not_in(entrusted),
            Account.id.not_in(gone),
            Account.id != actor.account_id,
        )
        .order_by(Account.id.desc())
        .limit(MOST_LOOKED_AT)
    ).all()


def _wrote(session: Session, ids: Sequence[int]) -> dict[int, list[Wrote]]:
    rows = session.execute(
        select(Post.author_id, Post.html, Post.removal_rule)
        .where(Post.author_id.in_(ids), Post.action == "")
        .order_by(Post.id.desc())
        .limit(MOST_READ)
    )
    found: dict[int, list[Wrote]] = defaultdict(list)
    for author_id, html, rule in rows:
        assert author_id is not None, "they were asked by their author"
        found[author_id].append(Wrote(html, bool(rule)))
    return found


def _flags(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Account id → how many members say that it is spam, of its posts or of itself; flags found wrong aside."""
    says_so = (Flag.rule == str(Rule.SPAM), Flag.verdict.in_(["", "right"]))
    of_posts = (
        select(Post.author_id, Flag.by_id)
        .join(Flag, (Flag.subject_kind == POST) & (Flag.subject_id == Post.id))
        .where(Post.author_id.in_(ids), *says_so)
    )
    of_it = select(Flag.subject_id, Flag.by_id).where(Flag.subject_kind == ACCOUNT, Flag.subject_id.in_(ids), *says_so)
    by: dict[int, set[int | None]] = defaultdict(set)
    for account_id, by_id in [*session.execute(of_posts), *session.execute(of_it)]:
        by[account_id].add(by_id)
    return {account_id: len(people) for account_id, people in by.items()}


def removals(session: Session, actor: Actor) -> Sequence[SpamRemoval]:
    """What was removed and can still be given back, or is at work; the latest first."""
    require(actor, Act.SEE_REPORTS)
    return session.scalars(
        select(SpamRemoval)
        .options(*(joinedload(part) for part in (SpamRemoval.account, SpamRemoval.by, SpamRemoval.ruling)))
        .where(SpamRemoval.state.not_in([UNDONE, FORGOTTEN]))
        .where(or_(SpamRemoval.state != DONE, SpamRemoval.at > clock.now() - UNDO_FOR))
        .order_by(SpamRemoval.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def removal(session: Session, actor: Actor, removal_id: int) -> SpamRemoval:
    """One removal with its account, or NotFound."""
    require(actor, Act.SEE_REPORTS)
    found = session.scalars(
        select(SpamRemoval)
        .options(*(joinedload(part) for part in (SpamRemoval.account, SpamRemoval.by, SpamRemoval.ruling)))
        .where(SpamRemoval.id == removal_id)
    ).first()
    if found is None:
        raise NotFound
    return found
