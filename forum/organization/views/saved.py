"""Saved replies: the page on which people of an organization keep them."""

from __future__ import annotations

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import NotFound
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import actions
from forum.organization.forms.rota import SavedReplyForm
from forum.organization.queries import saved
from forum.organization.saved_models import SavedReply
from forum.organization.saved_replies import VARIABLES
from forum.organization.views import blueprint
from forum.permissions import Act, Actor, allows

_ID = "int(max=2147483647)"


@blueprint.get("/settings/saved-replies")
def saved_replies() -> Response:
    """One's own, and the organization's."""
    actor = identity.actor()
    return _page(actor, SavedReplyForm(formdata=None, may_share=_may_share(actor)))


@blueprint.post("/settings/saved-replies")
def save_reply() -> Response:
    """Keep another one."""
    actor = identity.actor()
    form = SavedReplyForm(may_share=_may_share(actor))

    def verb(session: Session) -> str:
        row = _new(actor, shared=form.whose.data == "shared")
        actions.save_reply(session, actor, row, form.name.data or "", form.source.data or "")
        return _("Saved. You find it above the editor when you reply.")

    if done(form, verb):
        return see_other(url_for("organization.saved_replies"))
    return _page(actor, form, status=422)


@blueprint.get(f"/settings/saved-replies/<{_ID}:saved_reply_id>")
def saved_reply(saved_reply_id: int) -> Response:
    """One of them, to be changed."""
    actor = identity.actor()
    row = saved.saved_reply(reading(), actor, saved_reply_id)
    form = SavedReplyForm(formdata=None, may_share=False, data={"name": row.name, "source": row.source})
    return _one(actor, row, form)


@blueprint.post(f"/settings/saved-replies/<{_ID}:saved_reply_id>")
def change_saved_reply(saved_reply_id: int) -> Response:
    """Change it."""
    actor = identity.actor()
    form = SavedReplyForm(may_share=False)

    def verb(session: Session) -> str:
        row = saved.saved_reply(session, actor, saved_reply_id)
        actions.save_reply(session, actor, row, form.name.data or "", form.source.data or "")
        return _("Saved.")

    if done(form, verb):
        return see_other(url_for("organization.saved_replies"))
    return _one(actor, saved.saved_reply(reading(), actor, saved_reply_id), form, status=422)


@blueprint.post(f"/settings/saved-replies/<{_ID}:saved_reply_id>/throw-away")
def throw_away_reply(saved_reply_id: int) -> Response:
    """Keep it no longer."""
    actor = identity.actor()
    with transaction() as session:
        actions.throw_away_reply(session, actor, saved.saved_reply(session, actor, saved_reply_id))
    flash(_("Thrown away. Replies that began with it stay."), "success")
    return see_other(url_for("organization.saved_replies"))


def _new(actor: Actor, *, shared: bool) -> SavedReply:
    if actor.belonging is None:
        raise NotFound
    whose = None if shared else actor.account_id
    return SavedReply(organization_id=actor.belonging.organization_id, account_id=whose)


def _may_share(actor: Actor) -> bool:
    return actor.belonging is not None and allows(actor, Act.KEEP_SAVED_REPLY, _new(actor, shared=True))


def _page(actor: Actor, form: SavedReplyForm, *, status: int = 200) -> Response:
    if actor.belonging is None:
        raise NotFound
    rows = saved.saved_replies(reading(), actor)
    return render("organization/saved_replies.html", status=status, rows=rows, form=form, variables=VARIABLES)


def _one(actor: Actor, row: SavedReply, form: SavedReplyForm, *, status: int = 200) -> Response:
    may_keep = allows(actor, Act.KEEP_SAVED_REPLY, row)
    return render(
        "organization/saved_reply.html", status=status, row=row, form=form, may_keep=may_keep, variables=VARIABLES
    )
