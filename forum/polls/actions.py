"""The verbs of polls: bringing one, editing, voting, closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload

from forum.accounts.models import Account
from forum.core import clock
from forum.core.db import keeping
from forum.core.db.dialect import upsert
from forum.core.db.keeping import Kept
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.holds import reading
from forum.organization.overriding import NO_GROUNDS, Grounds
from forum.permissions import Act, Actor, require
from forum.polls import ballots
from forum.polls.ballots import Ballot
from forum.polls.events import PollAttached, PollClosed, PollEdited, Voted, VoteWithdrawn
from forum.polls.models import Poll, PollOption, PollVote
from forum.posts.actions import judging
from forum.posts.actions.asking_anew import Said, beside
from forum.posts.actions.concerning import note_words
from forum.posts.actions.editing import reword_beside
from forum.posts.judged import POLL
from forum.posts.models import Post
from forum.posts.powers import check_wording

_VOTES: Any = PollVote.__table__


def attach_poll(session: Session, actor: Actor, post: Post, answered: Mapping[str, Any]) -> None:
    """Give a post its poll: a companion, in the transaction that publishes or edits the post (new, or locked)."""
    require(actor, Act.ATTACH_POLL, post)
    if post.has_poll:
        raise Invalid(_("There is a poll here already: it can be edited."))
    now = clock.now()
    asked = ballots.checked(ballots.ballot_of(answered), now)
    note_words(session, post, ballots.said(asked.kept()).values())
    ballot = _worded(session, post, asked)
    poll = Poll(
        post_id=post.id,
        question=ballot.question,
        most=ballot.most,
        results=ballot.results,
        is_anonymous=ballot.is_anonymous,
        created_at=now,
        closes_at=ballot.closes_at,
        options=[PollOption(position=place, words=words) for place, words in enumerate(ballot.options)],
    )
    post.has_poll = True
    session.add(poll)
    session.flush()
    emit(session, PollAttached(poll.id, post.id))


def edit_poll(
    session: Session,
    actor: Actor,
    post: Post,
    poll: Poll,
    ballot: Ballot,
    seen: int,
    *,
    purpose: str = "",
    grounds: Grounds = NO_GROUNDS,
) -> None:
    """Ask something else (post and poll locked, `poll` with options; `seen`: how many had voted when the form was
    shown). Question and options change only before the first vote or within five minutes; an option that goes takes its
    votes along. Who sees names and results was promised to those who voted: that stays from the first vote on. HeldBack
    where it says so much else that the organization should wait."""
    require(actor, Act.EDIT_POLL, post)
    check_wording(actor, post, is_feedback=post.topic.board.is_feedback)
    now = clock.now()
    _must_be_open(poll, now)
    ballot = ballots.checked(ballot, now)
    if _rewords(poll, ballot):
        note_words(session, post, ballots.said(ballot.kept()).values())
        ballot = _worded(session, post, ballot)
        if not ballots.may_reword(poll.created_at, poll.voters, now):
            raise Invalid(_("People have voted on this, so question and options stay. You can change when it closes."))
        if poll.voters and (poll.results, poll.is_anonymous) != (ballot.results, ballot.is_anonymous):
            raise Invalid(_("People have voted because of what you promised: who sees names and results stays."))
        if poll.voters != seen:
            raise Conflict(_("Somebody voted while you were writing. Look once more, then save again."))
        said = said_in(poll, ballot, purpose, grounds)
        if said.stands != said.would:
            standing = Ballot(poll.question, tuple(option.words for option in poll.options))
            judging.check_beside(session, actor, post, _read(standing), _read(ballot))
            reword_beside(session, actor, post, said, _("changed the poll"))
        poll.question, poll.most = ballot.question, ballot.most
        poll.results, poll.is_anonymous = ballot.results, ballot.is_anonymous
        _replace_options(session, poll, ballot)
    poll.closes_at = ballot.closes_at
    session.flush()
    emit(session, PollEdited(poll.id, post.id, actor.account_id or 0))


def vote(session: Session, actor: Actor, post: Post, poll: Poll, chosen: Iterable[int]) -> None:
    """Choose options by id (`poll` locked, with options); what one chose before does not count any more."""
    require(actor, Act.VOTE, post)
    now = clock.now()
    _must_be_open(poll, now)
    wanted = ballots.checked_vote(chosen, [option.id for option in poll.options], poll.most)
    before = _mine(session, actor, poll)
    if wanted == before:
        return
    _count(session, poll, *ballots.steps(before, wanted))
    session.execute(delete(PollVote).where(*_my(actor, poll), PollVote.option_id.in_(before - wanted)))
    rows = [
        {"option_id": option, "account_id": actor.account_id, "poll_id": poll.id, "created_at": now}
        for option in sorted(wanted - before)
    ]
    upsert(session, PollVote.__table__, rows, key=["option_id", "account_id"])  # type: ignore[arg-type]
    emit(session, Voted(poll.id, post.id))


def withdraw_vote(session: Session, actor: Actor, post: Post, poll: Poll) -> None:
    """Take one's vote back (`poll` locked); harmless where there is none."""
    require(actor, Act.VOTE, post)
    _must_be_open(poll, clock.now())
    before = _mine(session, actor, poll)
    if not before:
        return
    _count(session, poll, *ballots.steps(before, frozenset()))
    session.execute(delete(PollVote).where(*_my(actor, poll)))
    emit(session, VoteWithdrawn(poll.id, post.id))


def close_poll(session: Session, actor: Actor, post: Post, poll: Poll) -> None:
    """Take no more votes (`poll` locked); harmless where none are taken."""
    require(actor, Act.CLOSE_POLL, post)
    check_wording(actor, post, is_feedback=post.topic.board.is_feedback)
    if poll.closed_at is not None:
        return
    poll.closed_at, poll.closed_by_id = clock.now(), actor.account_id
    emit(session, PollClosed(poll.id, post.id, actor.account_id))


def close_due_polls(session: Session, actor: Actor, limit: int = 100) -> int:
    """Close the polls whose time has come, for the house; says how many."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    due = session.scalars(
        select(Poll)
        .where(Poll.closed_at.is_(None), Poll.closes_at.is_not(None), Poll.closes_at <= now)
        .order_by(Poll.closes_at, Poll.id)
        .limit(limit)
        .with_for_update()
    ).all()
    for poll in due:
        poll.closed_at = now
        emit(session, PollClosed(poll.id, poll.post_id, None))
    return len(due)


def _must_be_open(poll: Poll, now: datetime) -> None:
    if not ballots.is_open(poll.closes_at, poll.closed_at, now):
        raise Invalid(_("This poll is closed: it takes no more votes."))


def _my(actor: Actor, poll: Poll) -> tuple[Any, ...]:
    return (PollVote.poll_id == poll.id, PollVote.account_id == actor.account_id)


def _mine(session: Session, actor: Actor, poll: Poll) -> frozenset[int]:
    return frozenset(session.scalars(select(PollVote.option_id).where(*_my(actor, poll))))


def _count(session: Session, poll: Poll, by_option: Mapping[int, int], people: int) -> None:
    for option_id, step in sorted(by_option.items()):
        session.execute(
            update(PollOption).where(PollOption.id == option_id).values(votes=PollOption.votes + step),
        )
    poll.voters += people
    session.flush()


def said_in(poll: Poll, ballot: Ballot, purpose: str = "", grounds: Grounds = NO_GROUNDS) -> Said:
    """What the words of a poll (with options) would be, as the guard is asked."""
    before = _words(poll.question, (option.words for option in poll.options))
    return beside(POLL, before, _words(ballot.question, ballot.options), grounds, purpose)


def _words(question: str, options: Iterable[str]) -> str:
    return "\n".join((question, *options))


def _worded(session: Session, post: Post, ballot: Ballot) -> Ballot:
    """With watched words blackened or replaced; where two options would be the same then, they stay."""
    options = tuple(judging.words_changed(session, words, post.board_id) for words in ballot.options)
    return replace(
        ballot,
        question=judging.words_changed(session, ballot.question, post.board_id),
        options=options if len(set(options)) == len(options) else ballot.options,
    )


def _read(ballot: Ballot) -> list[reading.Said]:
    return [reading.Said(f"poll-{name}", words) for name, words in ballots.said(ballot.kept()).items()]


def _rewords(poll: Poll, ballot: Ballot) -> bool:
    stands = (poll.question, poll.most, poll.results, poll.is_anonymous)
    words = tuple(option.words for option in poll.options)
    return (*stands, words) != (ballot.question, ballot.most, ballot.results, ballot.is_anonymous, ballot.options)


def _replace_options(session: Session, poll: Poll, ballot: Ballot) -> None:
    """Options whose words stay keep their votes; the vote of somebody who chose too many now is taken back whole."""
    standing = {option.words: option for option in poll.options}
    poll.options = [standing.get(words) or PollOption(words=words, votes=0) for words in ballot.options]
    for place, option in enumerate(poll.options):
        option.position = place
    session.flush()
    overfull = (
        select(PollVote.account_id)
        .where(PollVote.poll_id == poll.id)
        .group_by(PollVote.account_id)
        .having(func.count() > poll.most)
    )
    session.execute(delete(PollVote).where(PollVote.poll_id == poll.id, PollVote.account_id.in_(overfull)))
    recount(session, poll)


def take_votes(session: Session, actor: Actor, account: Account, limit: int) -> list[Kept]:
    """Up to `limit` votes of an account, taken away with everything else of it; in closed polls, too."""
    require(actor, Act.REMOVE_SPAMMER, account)
    kept = keeping.take(session, _VOTES, PollVote.account_id == account.id, limit)
    _recount_polls(session, kept)
    return kept


def give_votes(session: Session, actor: Actor, account: Account, kept: list[Kept]) -> None:
    """The opposite: those votes again, for options that are still there."""
    require(actor, Act.REMOVE_SPAMMER, account)
    there = set(session.scalars(select(PollOption.id).where(PollOption.id.in_([row["option_id"] for row in kept]))))
    keeping.give(session, _VOTES, [row for row in kept if row["option_id"] in there])
    _recount_polls(session, kept)


def _recount_polls(session: Session, kept: list[Kept]) -> None:
    ids = sorted({row["poll_id"] for row in kept})
    polls = select(Poll).options(selectinload(Poll.options)).where(Poll.id.in_(ids)).order_by(Poll.id)
    for poll in session.scalars(polls.with_for_update().execution_options(populate_existing=True)):
        recount(session, poll)


def recount(session: Session, poll: Poll) -> None:
    """Set the counters of a poll from its votes."""
    counted = dict(
        session.execute(
            select(PollVote.option_id, func.count()).where(PollVote.poll_id == poll.id).group_by(PollVote.option_id)
        ).all()
    )
    for option in poll.options:
        option.votes = counted.get(option.id, 0)
    poll.voters = (
        session.scalar(select(func.count(PollVote.account_id.distinct())).where(PollVote.poll_id == poll.id)) or 0
    )
