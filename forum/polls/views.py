"""What one does with a poll: voting, seeing who voted, editing, closing."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, ForumError, Invalid
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.web.typed import typed_number
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.polls import actions, ballots, queries
from forum.polls.forms import PollForm
from forum.polls.models import Poll
from forum.posts import queries as posts
from forum.posts.addresses import number_path
from forum.posts.forms.asking_again import Again, ask_host_beside, refusal, tell_if_lost
from forum.posts.models import Post

blueprint = Blueprint("polls", __name__)

Verb = Callable[[Session, Actor, Post, Poll], None]


def _do(post_id: int, verb: Verb) -> Response:
    """One verb on the poll of a post; htmx gets the poll as it is then."""
    actor = identity.actor()
    with transaction() as session:
        post = posts.post(session, actor, post_id)
        verb(session, actor, post, queries.poll_for_update(session, post))
    if not wants_fragment():
        return see_other(number_path(post.topic, post.number))
    session = reading()
    post = posts.post(session, actor, post_id)
    poll = queries.polls_for(session, actor, [post])[post.id]
    return render("polls/answer.html", fragment="answer", post=post, poll=poll)


def _chosen() -> set[int]:
    chosen = (typed_number(value) for value in request.form.getlist("option"))
    return {option for option in chosen if option is not None}


@blueprint.post("/p/<int:post_id>/poll/vote")
def vote(post_id: int) -> Response:
    """Choose, or choose anew."""
    chosen = _chosen()

    def verb(session: Session, actor: Actor, post: Post, poll: Poll) -> None:
        actions.vote(session, actor, post, poll, chosen)

    return _do(post_id, verb)


@blueprint.post("/p/<int:post_id>/poll/withdraw")
def withdraw(post_id: int) -> Response:
    """Take one's vote back."""
    return _do(post_id, actions.withdraw_vote)


@blueprint.post("/p/<int:post_id>/poll/close")
def close(post_id: int) -> Response:
    """Take no more votes."""
    return _do(post_id, actions.close_poll)


@blueprint.get("/p/<int:post_id>/poll/voters")
def voters(post_id: int) -> Response:
    """Who chose what, where votes are public."""
    session, actor = reading(), identity.actor()
    post = posts.post(session, actor, post_id)
    poll, named = queries.voters_of(session, actor, post)
    return render("polls/voters.html", post=post, topic=post.topic, poll=poll, named=named)


@blueprint.get("/p/<int:post_id>/poll/edit")
def edit(post_id: int) -> Response:
    """The form, filled with what stands there."""
    session, actor = reading(), identity.actor()
    post = posts.post(session, actor, post_id)
    require(actor, Act.EDIT_POLL, post)
    poll = queries.poll_of(session, post)
    form = PollForm()
    form.fill(poll)
    return _edit_page(post, poll, form, Again(actor, post))


@blueprint.post("/p/<int:post_id>/poll/edit")
def save(post_id: int) -> Response:
    """Keep it."""
    actor = identity.actor()
    form, shown = PollForm(), posts.post(reading(), actor, post_id)
    again, was = Again(actor, shown), shown.topic.notice
    try:
        with again.heard():
            ballot, grounds = form.ballot(), again.grounds()
            if again.asks_host:
                said = actions.said_in(queries.poll_of(reading(), shown), ballot, again.purpose, grounds)
                return ask_host_beside(actor, said, lambda session: posts.post_for_update(session, actor, post_id))
            with transaction() as session:
                post = posts.post_for_update(session, actor, post_id)
                poll, seen = queries.poll_for_update(session, post), form.seen_voters()
                actions.edit_poll(session, actor, post, poll, ballot, seen, purpose=again.purpose, grounds=grounds)
    except ForumError as error:
        return _edit_refused(post_id, form, again, error)
    flash(_("The poll is changed."), "success")
    tell_if_lost(actor, post.topic, was)
    return see_other(number_path(post.topic, post.number))


def _edit_refused(post_id: int, form: PollForm, again: Again, error: ForumError) -> Response:
    session = reading()
    post = posts.post(session, identity.actor(), post_id)
    poll = queries.poll_of(session, post)
    if isinstance(error, Conflict):
        form.seen.data = str(poll.voters)
    if isinstance(error, Invalid):
        form.show_prefixed(error)
        return _edit_page(post, poll, form, again, status=error.status)
    return _edit_page(post, poll, form, again, status=error.status, sentence=refusal(error))


def _edit_page(
    post: Post, poll: Poll, form: PollForm, again: Again, *, status: int = 200, sentence: str = ""
) -> Response:
    may_reword = ballots.may_reword(poll.created_at, poll.voters, clock.now())
    return render(
        "polls/edit.html",
        status=status,
        post=post,
        topic=post.topic,
        part=form,
        again=again,
        sentence=sentence,
        may_reword=may_reword,
    )
