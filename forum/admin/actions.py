"""The verbs of administrators that reach through every capability: closing an account, making two of a person one."""

from __future__ import annotations

from sqlalchemy import Table, delete, exists, func, select, update
from sqlalchemy.orm import Session

from forum.accounts import actions as accounts_actions
from forum.accounts import names
from forum.accounts.events import AccountsMerged
from forum.accounts.models import Account, AccountSession, FormerName, GroupMember, Token
from forum.admin import together
from forum.admin.merging import LEFT
from forum.core import clock
from forum.core.db.moving import move_all, references
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.permissions import Act, Actor, Group, is_peer, require
from forum.polls import check as polls
from forum.polls.models import Poll, PollVote
from forum.posts import check
from forum.posts.actions.concerning import concerns_host, is_of_host
from forum.posts.models import Post, Reaction, Topic
from forum.posts.powers import Concerned, check_powers
from forum.posts.reading_models import TopicRead
from forum.site.actions import note_deed
from forum.standing.models import StandingRow

_TRUSTED = (Group.STAFF, Group.MODERATORS, Group.ADMINISTRATORS)


def close_account(session: Session, actor: Actor, account: Account, reason: str) -> None:
    """Close somebody's account; `accounts` says what that is."""
    require(actor, Act.ADMINISTER)
    _check_powers(session, actor, account)
    accounts_actions.deactivate(session, actor, account, reason)


def merge_accounts(session: Session, actor: Actor, gone: Account, into: Account, confirmed: str) -> None:
    """Give everything of `gone` to `into`: words, reactions (one of each), reading positions (the furthest), groups,
    names. `gone` is empty then and closed for good; its name leads to `into`. This cannot be undone: `confirmed` is the
    name of `gone`, typed."""
    require(actor, Act.ADMINISTER)
    _check_powers(session, actor, gone)
    session.execute(select(Account.id).where(Account.id.in_([gone.id, into.id])).order_by(Account.id).with_for_update())
    _refuse(session, actor, gone, into, confirmed)
    topics = _touched(session, gone, "topic_id") | set(
        session.scalars(select(Topic.id).where(Topic.author_id.in_([gone.id, into.id])))
    )
    posts = _touched(session, gone, "post_id")
    moved = {"name": gone.name, "posts": gone.post_count, "topics": gone.topic_count}
    _bring_together(session, gone, into)
    _one_vote_a_person(session, gone, into)
    events = together.bring_together(session, gone, into)
    accounts: Table = Account.__table__  # type: ignore[assignment]
    move_all(session, accounts, gone.id, into.id, besides=LEFT)
    _no_praise_for_oneself(session, into)
    _close(session, gone, into)
    session.expire_all()
    together.tidy(session, into, events)
    check.settle(session, Post, sorted(posts))
    check.settle(session, Topic, sorted(topics))
    check.settle_faces(session, sorted(topics))
    check.settle(session, Account, [gone.id, into.id])
    check.mend(session, polls.RULES)
    note_deed(session, actor, "person", into.id, "merged", before=moved, after={"name": into.name, "gone": gone.id})
    emit(session, AccountsMerged(gone.id, into.id, actor.account_id))


def _check_powers(session: Session, actor: Actor, account: Account) -> None:
    """Whoever lately wrote about the host or moderates as a peer, its own people do not close alone; one of their own
    they may."""
    if not is_peer(actor):
        judged = concerns_host(session, account.id) and not is_of_host(session, account.id)
        check_powers(actor, Concerned(account.id, judged), is_feedback=False)


def _refuse(session: Session, actor: Actor, gone: Account, into: Account, confirmed: str) -> None:
    if gone.id == into.id:
        raise Invalid(_("These are the same account."), "into")
    if gone.id == actor.account_id:
        raise Invalid(_("You cannot merge away the account that you are using."), "into")
    if into.deactivated_at is not None or into.is_placeholder or gone.merged_into_id is not None:
        raise Invalid(_("The account that stays must be somebody’s, and open."), "into")
    trusted = GroupMember.group_id.in_([int(group) for group in _TRUSTED])
    if session.scalar(select(exists(select(1).where(trusted, GroupMember.account_id == gone.id)))):
        raise Invalid(_("%(name)s has a role here. Take them out of their groups first.", name=gone.name), "into")
    if (there := organizations.affiliation_of(session, gone.id, clock.now())) is not None:
        words = {"name": gone.name, "there": there.organization.name}
        raise Invalid(_("%(name)s belongs to %(there)s. Say first that they do not any more.", **words), "into")
    if confirmed.strip() != gone.name:
        raise Invalid(_("Type the name of the account that goes, to be sure."), "confirmed")


def _touched(session: Session, gone: Account, name: str) -> set[int]:
    """Ids of the topics, or posts, that some row names together with the account."""
    found: set[int] = set()
    for column in references(Account.__table__):  # type: ignore[arg-type]
        table = column.table
        if name in table.columns and table.name != "topic_reads":
            found |= set(session.scalars(select(table.c[name]).where(column == gone.id, table.c[name].is_not(None))))
    return found


def _bring_together(session: Session, gone: Account, into: Account) -> None:
    """Where both have a row, the one that stays keeps the better of the two."""
    other = TopicRead.__table__.alias("other")
    further = select(other.c.last_number).where(other.c.topic_id == TopicRead.topic_id, other.c.account_id == gone.id)
    behind = exists(further.where(other.c.last_number > TopicRead.last_number))
    session.execute(
        update(TopicRead)
        .where(TopicRead.account_id == into.id, behind)
        .values(last_number=further.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    mine, theirs = session.get(StandingRow, into.id), session.get(StandingRow, gone.id)
    if mine is not None and theirs is not None:
        mine.reading_seconds += theirs.reading_seconds
    # The token against pressing twice has done its work, and must not make two posts one.
    session.execute(
        update(Post).where(Post.author_id == gone.id).values(once=None).execution_options(synchronize_session=False)
    )
    for model in (AccountSession, Token):
        session.execute(delete(model).where(model.account_id == gone.id))
    into.last_seen_at = max((at for at in (into.last_seen_at, gone.last_seen_at) if at is not None), default=None)
    into.created_at = min(into.created_at, gone.created_at)
    session.flush()


def _one_vote_a_person(session: Session, gone: Account, into: Account) -> None:
    """Where both voted, and together chose more than one may, the votes of the account that stays count."""
    too_many = (
        select(PollVote.poll_id)
        .join(Poll, Poll.id == PollVote.poll_id)
        .where(PollVote.account_id.in_([gone.id, into.id]))
        .group_by(PollVote.poll_id, Poll.most)
        .having(func.count(PollVote.account_id.distinct()) == 2, func.count(PollVote.option_id.distinct()) > Poll.most)
    )
    polls_of_both = list(session.scalars(too_many))
    session.execute(delete(PollVote).where(PollVote.account_id == gone.id, PollVote.poll_id.in_(polls_of_both)))


def _no_praise_for_oneself(session: Session, into: Account) -> None:
    own = select(Post.id).where(Post.author_id == into.id)
    session.execute(delete(Reaction).where(Reaction.account_id == into.id, Reaction.post_id.in_(own)))


def _close(session: Session, gone: Account, into: Account) -> None:
    """Empty, nameless, without address; the name it had leads on."""
    former, key = gone.name, gone.name_key
    gone.name = f"merged-{gone.id}"
    gone.name_key = names.fold(gone.name)
    gone.email = gone.email_key = gone.password_hash = None
    gone.display_name = gone.pronouns = gone.headline = gone.location = ""
    gone.about_source = gone.about_html = gone.avatar_key = ""
    gone.links = []
    into.asked_at = max((at for at in (into.asked_at, gone.asked_at) if at is not None), default=None)
    gone.placeholder_since = None
    gone.deactivated_at = gone.deactivated_at or clock.now()
    gone.merged_into_id = into.id
    session.flush()
    session.add(FormerName(name_key=key, name=former, account_id=into.id, changed_at=clock.now()))
    session.flush()
