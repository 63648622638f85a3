"""What is asked while somebody is chosen: the mix, who writes most, who was recognized lately, the awards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, cast, func, or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.reach import public
from forum.core import clock
from forum.core.errors import Conflict, ForumError, NotFound, Refused
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts.countable import meant
from forum.posts.models import Post, Topic
from forum.posts.tallies import shown
from forum.recognition.eligibility import is_unbound, may_be_recognized
from forum.recognition.mix import Advice, Candidate, Mix, advice, top_tenth
from forum.recognition.models import Award, Recognition
from forum.recognition.words import FRESH, LATELY, REST, words_key


@dataclass(frozen=True)
class Choice:
    """The mix, what is said of one more, the awards that may come with it, and why it would be refused."""

    mix: Mix
    advice: Advice
    awards: Sequence[Award]
    refusal: ForumError | None


def choice(session: Session, actor: Actor, post: Post, words: str = "") -> Choice:
    """Beside the form in which a post is recognized."""
    require(actor, Act.RECOGNIZE, post)
    organization_id, now = _organization_of(actor), clock.now()
    mix = mix_of(session, organization_id, now)
    said = advice(mix, candidate(session, post.author_id or 0, now), _same_words(session, organization_id, post, words))
    return Choice(mix, said, awards(session, organization_id), refusal(session, post, now))


def refusal(session: Session, post: Post, now: datetime) -> ForumError | None:
    """Why nobody recognizes a post (with its author's account as it is now), whatever they say; None: one may."""
    wanted = select(Account.id).where(Account.id == post.author_id, may_be_recognized(now))
    if post.affiliation_kind or session.scalar(wanted) is None:
        return Refused(
            _("Members are recognized: nobody who speaks for an organization, no automated account, nobody with perks.")
        )
    if now - post.created_at > FRESH:
        return Conflict(_("Only what was written within 7 days is recognized: later it looks like a plan."))
    if recognized_since(session, now - REST, post.author_id or 0):
        return Conflict(_("They were recognized within the last 28 days. Thank them with a note instead."))
    return None


def mix_of(session: Session, organization_id: int, now: datetime) -> Mix:
    """Of what an organization gave in the 28 days before an instant; what it took back later had been given."""
    row = session.execute(
        select(
            func.count(Recognition.id),
            func.sum(cast(Recognition.is_not_lately, Integer)),
            func.sum(cast(Recognition.is_outside_top, Integer)),
        ).where(
            Recognition.organization_id == organization_id,
            or_(Recognition.withdrawn_at.is_(None), Recognition.withdrawn_at > now),
            Recognition.created_at > now - REST,
            Recognition.created_at <= now,
        )
    ).one()
    return Mix(row[0], row[1] or 0, row[2] or 0)


def candidate(session: Session, account_id: int, now: datetime) -> Candidate:
    """How one member stands to the mix."""
    lately = recognized_since(session, now - LATELY, account_id)
    return Candidate(not lately, account_id not in top_tenth(writers(session, now)))


def writers(session: Session, now: datetime) -> dict[int, int]:
    """Members who wrote on public boards in the last 28 days, and how many posts."""
    rows = session.execute(
        select(Post.author_id, func.count(Post.id))
        .join(Post.topic)
        .join(Topic.board)
        .join(Account, Account.id == Post.author_id)
        .where(
            Post.created_at > now - REST,
            Post.affiliation_kind == "",
            meant(),
            shown(),
            Topic.deleted_at.is_(None),
            public(),
            is_unbound(now),
        )
        .group_by(Post.author_id)
    )
    return {author_id: count for author_id, count in rows if author_id is not None}


def recognized_since(session: Session, since: datetime, account_id: int) -> bool:
    """Whether a member was recognized since then, by whichever organization."""
    mine = (Recognition.account_id == account_id, Recognition.withdrawn_at.is_(None), Recognition.created_at > since)
    return session.scalar(select(Recognition.id).where(*mine).limit(1)) is not None


def awards(session: Session, organization_id: int) -> Sequence[Award]:
    """Those that an organization gives."""
    given = (Award.organization_id == organization_id, Award.retired_at.is_(None))
    return session.scalars(select(Award).where(*given).order_by(Award.name, Award.id)).all()


def award(session: Session, award_id: int) -> Award:
    """An award; NotFound."""
    found = session.get(Award, award_id)
    if found is None:
        raise NotFound
    return found


def _same_words(session: Session, organization_id: int, post: Post, words: str) -> int:
    """To how many people these words went within 28 days, with this one."""
    if not words.strip():
        return 0
    others = select(func.count(Recognition.account_id.distinct())).where(
        Recognition.organization_id == organization_id,
        Recognition.words_key == words_key(words.strip()),
        Recognition.created_at > clock.now() - REST,
        Recognition.withdrawn_at.is_(None),
        Recognition.account_id != post.author_id,
    )
    return (session.scalar(others) or 0) + 1


def _organization_of(actor: Actor) -> int:
    return actor.belonging.organization_id if actor.belonging is not None else 0
