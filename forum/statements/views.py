"""Answering for what the organization said: on a post, and on the lists that everybody reads."""

from __future__ import annotations

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
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.web.typed import pasted_post
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.permissions import Act, Actor, require
from forum.posts import queries as posts
from forum.posts.addresses import number_path
from forum.posts.models import Post
from forum.statements import actions, queries
from forum.statements.forms import PledgeForm, StatementForm, WithdrawForm
from forum.statements.models import Statement
from forum.statements.terms import REVIEW_AGAIN

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
    due_on = queries.today_on(post.topic.board).isoformat()
    form = PledgeForm(formdata=None, data={"owner": actor.name, "due_on": ""})
    return render("statements/pledge.html", post=post, topic=post.topic, form=form, today=due_on)


@blueprint.post(f"/p/<{_ID}:post_id>/pledge")
def make(post_id: int) -> Response:
    """Promise it."""
    actor, form = identity.actor(), PledgeForm()
    post = posts.post(reading(), actor, post_id)
    require(actor, Act.ANSWER_FOR, post)

    def verb(session: Session) -> str:
        there = posts.post_for_update(session, actor, post_id)
        today = queries.today_on(there.topic.board)
        owner, due_on, _words = gathered(
            lambda: _owner(session, form.owner.data or ""), form.day, lambda: form.check(today)
        )
        actions.pledge(session, actor, there, form.words.data or "", due_on, owner)
        return _("It stands on the post and on the list of pledges now.")

    again = queries.today_on(post.topic.board).isoformat()
    if done(form, verb):
        return _back(post)
    return render("statements/pledge.html", status=422, post=post, topic=post.topic, form=form, today=again)


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
    return _withdraw_page(pledge_id, WithdrawForm(formdata=None))


@blueprint.post(f"/pledges/<{_ID}:pledge_id>/withdraw")
def withdraw(pledge_id: int) -> Response:
    """It will not be done."""
    actor, form = identity.actor(), WithdrawForm()
    post = _pledged(actor, pledge_id)

    def verb(session: Session) -> str:
        there = queries.pledged_post(session, actor, post.id, locked=True)
        row = queries.pledge_of(session, pledge_id)
        actions.withdraw_pledge(session, actor, there, row, form.reason.data or "")
        return _("Withdrawn. The reason stands beside it.")

    return _back(post) if done(form, verb) else _withdraw_page(pledge_id, form, 422)


def _withdraw_page(pledge_id: int, form: WithdrawForm, status: int = 200) -> Response:
    row, post = queries.pledge_of(reading(), pledge_id), _pledged(identity.actor(), pledge_id)
    return render("statements/withdraw.html", status=status, pledge=row, post=post, topic=post.topic, form=form)


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
