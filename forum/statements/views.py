"""Answering for what the organization said: on a post, and on the lists that everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, render_template, request, url_for
from flask import Response as Answer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, NotFound, gathered
from forum.core.web.forms import Form, done
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.web.typed import pasted_post
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.permissions import Act, Actor, require
from forum.posts import queries as posts
from forum.posts.addresses import number_path
from forum.posts.forms.asking_again import Again, ask_host_beside, tell_if_lost
from forum.posts.models import Post
from forum.statements import actions, queries
from forum.statements.forms import PledgeForm, StatementForm, WithdrawForm
from forum.statements.models import Statement
from forum.statements.terms import REVIEW_AGAIN, checked_reason

blueprint = Blueprint("statements", __name__)

_ID = "int(max=2147483647)"


@blueprint.get("/organization/official")
def official() -> Response:
    """Everything that was said officially: in force, to be looked at again, superseded."""
    which = request.args.get("which", queries.IN_FORCE)
    page = queries.statements_page(reading(), identity.actor(), which, request.args.get("page", 1, type=int))
    return render("statements/official.html", page=page, which=which)


@blueprint.get("/organization/official.atom")
def feed() -> Response:
    """The latest official posts that everybody may read, for feed readers."""
    page = queries.statements_page(reading(), identity.guest(reading()))
    latest = max((view.statement.post.edited_at or view.statement.post.created_at for view in page.items), default=None)
    base = settings().base_url.rstrip("/")
    text = render_template(
        "statements/official.atom",
        page=page,
        base=base,
        updated=latest or clock.now(),
        host=organizations.host(reading()),
    )
    return Answer(text, mimetype="application/atom+xml")


@blueprint.get("/organization/pledges")
def pledges() -> Response:
    """What the organization said that it will do."""
    which = request.args.get("which", queries.OPEN)
    page = queries.pledges_page(reading(), identity.actor(), which, request.args.get("page", 1, type=int))
    return render("statements/pledges.html", page=page, which=which)


@blueprint.get(f"/p/<{_ID}:post_id>/statement")
def statement(post_id: int) -> Response:
    """The form of an official post."""
    post, row = _stated(reading(), identity.actor(), post_id)
    return _statement_page(post, row)


@blueprint.post(f"/p/<{_ID}:post_id>/statement")
def change(post_id: int) -> Response:
    """Say it anew."""
    actor, form = identity.actor(), StatementForm()
    post, row = _stated(reading(), actor, post_id)

    def verb(session: Session) -> str:
        there, kept = _stated(session, actor, post_id)
        pasted = (form.successor.data or "").strip()
        successor = _pasted(session, actor, pasted) if pasted else None
        owner = _owner(session, form.owner.data or "")
        actions.change_statement(session, actor, there, kept, owner, form.terms(), successor)
        return _("Saved.")

    return _back(post) if done(form, verb) else _statement_page(post, row, form, 422)


@blueprint.get(f"/p/<{_ID}:post_id>/pledge")
def pledge(post_id: int) -> Response:
    """The form of something promised."""
    actor = identity.actor()
    post = posts.post(reading(), actor, post_id)
    require(actor, Act.ANSWER_FOR, post)
    form = PledgeForm(formdata=None, data={"owner": actor.name, "due_on": ""})
    return _pledge_page(post, form, Again(actor, post))


@blueprint.post(f"/p/<{_ID}:post_id>/pledge")
def make(post_id: int) -> Response:
    """Promise it."""
    actor, form = identity.actor(), PledgeForm()
    post = posts.post(reading(), actor, post_id)
    require(actor, Act.ANSWER_FOR, post)
    again, was, today = Again(actor, post), post.topic.notice, queries.today_on(post.topic.board)

    def typed(session: Session) -> tuple[Account, date, str]:
        owner, due_on, line = gathered(
            lambda: _owner(session, form.owner.data or ""), form.day, lambda: form.check(today)
        )
        return owner, due_on, line

    def asked() -> Response:
        owner, due_on, line = typed(reading())
        said = actions.said_by_pledge(reading(), post, line, due_on, owner, again.purpose, again.grounds())
        return ask_host_beside(actor, said, lambda session: posts.post_for_update(session, actor, post_id))

    def verb(session: Session) -> str:
        there = posts.post_for_update(session, actor, post_id)
        with again.heard():
            owner, due_on, line = typed(session)
            grounds = again.grounds()
            actions.pledge(session, actor, there, line, due_on, owner, purpose=again.purpose, grounds=grounds)
        return _("It stands on the post and on the list of pledges now.")

    answer = _asked_or_done(actor, post, form, again, was, asked, verb)
    if answer is not None:
        return answer
    return _pledge_page(post, form, again, _status(again))


def _pledge_page(post: Post, form: PledgeForm, again: Again, status: int = 200) -> Response:
    return render(
        "statements/pledge.html",
        status=status,
        post=post,
        topic=post.topic,
        form=form,
        again=again,
        today=queries.today_on(post.topic.board).isoformat(),
    )


@blueprint.post(f"/pledges/<{_ID}:pledge_id>/keep")
def keep(pledge_id: int) -> Response:
    """It is done."""
    actor = identity.actor()
    post = _pledged(actor, pledge_id)
    try:
        with transaction() as session:
            there = queries.pledged_post(session, actor, post.id, locked=True)
            actions.keep_pledge(session, actor, there, queries.pledge_of(session, pledge_id))
        flash(_("Kept, and everybody can see it."), "success")
    except Conflict as error:
        flash(error.sentence, "error")
    return _back(post)


@blueprint.get(f"/pledges/<{_ID}:pledge_id>/withdraw")
def withdrawing(pledge_id: int) -> Response:
    """The form for why it will not be done."""
    actor = identity.actor()
    return _withdraw_page(pledge_id, WithdrawForm(formdata=None), Again(actor, _pledged(actor, pledge_id)))


@blueprint.post(f"/pledges/<{_ID}:pledge_id>/withdraw")
def withdraw(pledge_id: int) -> Response:
    """It will not be done."""
    actor, form = identity.actor(), WithdrawForm()
    post = _pledged(actor, pledge_id)
    again, was = Again(actor, post), post.topic.notice

    def asked() -> Response:
        row, line = queries.pledge_of(reading(), pledge_id), checked_reason(form.reason.data or "")
        said = actions.said_by_reason(reading(), post, row, line, again.purpose, again.grounds())
        return ask_host_beside(actor, said, lambda session: _locked(session, actor, post))

    def verb(session: Session) -> str:
        there, row = _locked(session, actor, post), queries.pledge_of(session, pledge_id)
        with again.heard():
            why, grounds = form.reason.data or "", again.grounds()
            actions.withdraw_pledge(session, actor, there, row, why, purpose=again.purpose, grounds=grounds)
        return _("Withdrawn. The reason stands beside it.")

    answer = _asked_or_done(actor, post, form, again, was, asked, verb)
    return answer if answer is not None else _withdraw_page(pledge_id, form, again, _status(again))


def _locked(session: Session, actor: Actor, post: Post) -> Post:
    return queries.pledged_post(session, actor, post.id, locked=True)


def _asked_or_done(
    actor: Actor,
    post: Post,
    form: Form,
    again: Again,
    was: str,
    asked: Callable[[], Response],
    verb: Callable[[Session], str],
) -> Response | None:
    """A Host is asked, or it is done; None where the form is to be shown again."""
    if again.asks_host:
        try:
            with again.heard():
                return asked()
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.form_errors.append(error.sentence)
        return None
    if not done(form, verb):
        return None
    if queries.removal_of(post) is None:
        tell_if_lost(actor, post.topic, was)
    return _back(post)


def _status(again: Again) -> int:
    return 409 if again.verdict is not None else 422


def _withdraw_page(pledge_id: int, form: WithdrawForm, again: Again, status: int = 200) -> Response:
    row, post = queries.pledge_of(reading(), pledge_id), _pledged(identity.actor(), pledge_id)
    return render(
        "statements/withdraw.html", status=status, pledge=row, post=post, topic=post.topic, form=form, again=again
    )


def _pledged(actor: Actor, pledge_id: int) -> Post:
    return queries.pledged_post(reading(), actor, queries.pledge_of(reading(), pledge_id).post_id)


def _statement_page(post: Post, row: Statement, form: StatementForm | None = None, status: int = 200) -> Response:
    stands = {
        "owner": row.owner.name if row.owner is not None else "",
        "valid_from": row.valid_from.isoformat(),
        "review_on": row.review_on.isoformat(),
        "successor": url_for("posts.post", post_id=row.superseded_by_id, _external=True)
        if row.superseded_by_id
        else "",
    }
    again = (queries.today_on(post.topic.board) + REVIEW_AGAIN).isoformat()
    form = form or StatementForm(formdata=None, data=stands)
    return render("statements/statement.html", status=status, post=post, topic=post.topic, form=form, again=again)


def _stated(session: Session, actor: Actor, post_id: int) -> tuple[Post, Statement]:
    post = posts.post(session, actor, post_id)
    return post, queries.statement_of(session, actor, post)


def _owner(session: Session, name: str) -> Account:
    found = accounts.by_name(session, name.strip().removeprefix("@"))
    if found is None:
        raise Invalid(_("There is nobody of this name."), "owner")
    return found


def _pasted(session: Session, actor: Actor, typed: str) -> Post:
    post_id = pasted_post(typed)
    try:
        if post_id is not None:
            return posts.post(session, actor, post_id)
    except NotFound:
        pass
    raise Invalid(_("Only another official post can take its place: give the link to it."), "successor")


def _back(post: Post) -> Response:
    """To the post, or to the list where that is all that is left."""
    if queries.removal_of(post) is not None:
        return see_other(url_for("statements.pledges"))
    return see_other(number_path(post.topic, post.number))
