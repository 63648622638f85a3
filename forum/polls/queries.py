"""Reads of polls. A number that somebody may not see yet is not in what they get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, selectinload

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import NotFound, Refused
from forum.core.words import gettext as _
from forum.permissions import Actor
from forum.polls import ballots
from forum.polls.models import Poll, PollOption, PollVote
from forum.posts.models import Post

MOST_NAMED = 500


@dataclass(frozen=True)
class OptionView:
    """An option as the reader meets it. `votes` None: not to be seen yet."""

    id: int
    words: str
    votes: int | None
    percent: int | None
    is_mine: bool


@dataclass(frozen=True)
class PollView:
    """A poll as the reader meets it."""

    id: int
    post_id: int
    question: str
    most: int
    results: str
    is_anonymous: bool
    is_open: bool
    closes_at: datetime | None
    closed_at: datetime | None
    voters: int
    has_voted: bool
    shows_results: bool
    options: Sequence[OptionView]


def polls_for(session: Session, actor: Actor, posts: Iterable[Post]) -> Mapping[int, PollView]:
    """Post id → its poll, for those of `posts` that have one: one query, or none where none has."""
    wanted = [post.id for post in posts if post.has_poll]
    if not wanted:
        return {}
    mine = and_(PollVote.option_id == PollOption.id, PollVote.account_id == (actor.account_id or 0))
    rows = session.execute(
        select(Poll, PollOption, PollVote.account_id)
        .join(PollOption, PollOption.poll_id == Poll.id)
        .outerjoin(PollVote, mine)
        .where(Poll.post_id.in_(wanted))
        .order_by(Poll.id, PollOption.position)
    ).all()
    found: dict[int, tuple[Poll, list[tuple[PollOption, bool]]]] = {}
    for poll, option, voter in rows:
        found.setdefault(poll.post_id, (poll, []))[1].append((option, voter is not None))
    now = clock.now()
    return {post_id: _view(poll, options, now) for post_id, (poll, options) in found.items()}


def _view(poll: Poll, options: Sequence[tuple[PollOption, bool]], now: datetime) -> PollView:
    open_ = ballots.is_open(poll.closes_at, poll.closed_at, now)
    has_voted = any(mine for _option, mine in options)
    shown = ballots.shows_results(poll.results, has_voted=has_voted, open_=open_)
    return PollView(
        poll.id,
        poll.post_id,
        poll.question,
        poll.most,
        poll.results,
        poll.is_anonymous,
        open_,
        poll.closes_at,
        poll.closed_at if poll.closed_at is not None else None if open_ else poll.closes_at,
        poll.voters,
        has_voted,
        shown,
        [_option(option, mine, poll.voters, shown=shown) for option, mine in options],
    )


def _option(option: PollOption, mine: bool, voters: int, *, shown: bool) -> OptionView:
    percent = round(100 * option.votes / voters) if voters else 0
    return OptionView(option.id, option.words, option.votes if shown else None, percent if shown else None, mine)


def poll_of(session: Session, post: Post) -> Poll:
    """The poll of a post with its options; NotFound where there is none. Whoever may read the post may know it."""
    return _found(session, post, lock=False)


def poll_for_update(session: Session, post: Post) -> Poll:
    """As `poll_of`, locked until the transaction ends."""
    return _found(session, post, lock=True)


def _found(session: Session, post: Post, *, lock: bool) -> Poll:
    rows = select(Poll).options(selectinload(Poll.options)).where(Poll.post_id == post.id)
    if lock:
        rows = rows.with_for_update().execution_options(populate_existing=True)
    poll = session.scalars(rows).first()
    if poll is None:
        raise NotFound(_("There is no poll here."))
    return poll


@dataclass(frozen=True)
class Voters:
    """Who chose an option, by name; `more`: how many are not named."""

    words: str
    people: Sequence[Account]
    more: int


def voters_of(session: Session, actor: Actor, post: Post) -> tuple[PollView, Sequence[Voters]]:
    """Who chose what in a poll with public votes, as far as the reader may see its results; raises Refused."""
    view = polls_for(session, actor, [post]).get(post.id)
    if view is None:
        raise NotFound(_("There is no poll here."))
    if view.is_anonymous:
        raise Refused(_("This poll is anonymous: nobody is told who voted."))
    if not actor.sees_people or not view.shows_results:
        raise Refused(_("The results of this poll are not shown to you yet."))
    rows = session.execute(
        select(PollVote.option_id, Account)
        .join(Account, Account.id == PollVote.account_id)
        .where(PollVote.poll_id == view.id)
        .order_by(PollVote.created_at, PollVote.account_id)
        .limit(MOST_NAMED)
    ).all()
    named: dict[int, list[Account]] = {}
    for option_id, account in rows:
        named.setdefault(option_id, []).append(account)
    return view, [
        Voters(option.words, people := named.get(option.id, []), (option.votes or 0) - len(people))
        for option in view.options
    ]
