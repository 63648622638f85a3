"""What the owners of a group do on its page."""

from __future__ import annotations

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.core.db import transaction
from forum.core.errors import Invalid
from forum.core.web.pages import see_other
from forum.core.words import gettext as _
from forum.groups import actions, queries
from forum.groups.forms import InviteForm
from forum.groups.queries import Standing
from forum.groups.views import blueprint
from forum.groups.views.coming import press
from forum.groups.views.reading import show
from forum.permissions import Act, require


@blueprint.post("/groups/<slug>/requests/<int:request_id>")
def decide(slug: str, request_id: int) -> Response:
    """Let in, or say no with a reason."""
    actor = identity.actor()
    yes = request.form.get("answer") == "yes"
    try:
        with transaction() as session:
            of = queries.standing(session, actor, slug)
            require(actor, Act.MANAGE_GROUP, of)
            waiting = queries.open_request(session, of, request_id)
            name = waiting.account.shown_name
            actions.decide(session, actor, of, waiting, yes=yes, reason=request.form.get("reason", ""))
    except Invalid as error:
        flash(error.sentence, "error")
        return show(slug, refused=request_id, status=422)
    flash(_("%(name)s is in the group.", name=name) if yes else _("You told %(name)s no.", name=name), "success")
    return see_other(url_for("groups.group", slug=slug) + "#waiting")


@blueprint.post("/groups/<slug>/invite")
def invite(slug: str) -> Response:
    """Ask somebody to come in."""
    form, actor = InviteForm(), identity.actor()
    try:
        with transaction() as session:
            of = queries.standing(session, actor, slug)
            require(actor, Act.MANAGE_GROUP, of)
            account = _named(session, form.name.data or "")
            invited = actions.invite(session, actor, of, account)
    except Invalid as error:
        form.show(error)
        return show(slug, inviting=form, status=422)
    said = (
        _("%(name)s had asked already and is in the group now.", name=account.shown_name)
        if invited is None
        else _("%(name)s is invited.", name=account.shown_name)
    )
    flash(said, "success")
    return see_other(url_for("groups.group", slug=slug) + "#waiting")


@blueprint.post("/groups/<slug>/members/<name>/owner")
def make_owner(slug: str, name: str) -> Response:
    """Let a member look after the group, or not any more."""
    owner = request.form.get("owner") == "yes"

    def verb(session: Session, of: Standing) -> str:
        account = _named(session, name)
        actions.make_owner(session, identity.actor(), of, account, owner=owner)
        if owner:
            return _("%(name)s looks after the group now.", name=account.shown_name)
        return _("%(name)s is a member like any other now.", name=account.shown_name)

    return press(slug, verb)


@blueprint.post("/groups/<slug>/members/<name>/remove")
def put_out(slug: str, name: str) -> Response:
    """Take a member out."""

    def verb(session: Session, of: Standing) -> str:
        account = _named(session, name)
        actions.put_out(session, identity.actor(), of, account)
        return _("%(name)s is not in the group any more.", name=account.shown_name)

    return press(slug, verb)


def _named(session: Session, name: str) -> Account:
    account = accounts.by_name(session, name.strip().lstrip("@")) if name.strip() else None
    if account is None or account.deactivated_at is not None:
        raise Invalid(_("There is nobody here by this name."), "name")
    return account
