"""Coming in and going out."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import transaction
from forum.core.errors import Conflict, Invalid, TooSoon
from forum.core.web.pages import see_other
from forum.core.words import gettext as _
from forum.groups import actions, queries
from forum.groups.forms import AskForm
from forum.groups.queries import Standing
from forum.groups.views import blueprint
from forum.groups.views.reading import show


def press(slug: str, verb: Callable[[Session, Standing], str], *, home: bool = False) -> Response:
    """One button, one change, told at the group's page. `home`: the group may be out of sight then."""
    try:
        with transaction() as session:
            said = verb(session, queries.standing(session, identity.actor(), slug))
    except (Invalid, Conflict, TooSoon) as error:
        flash(error.sentence, "error")
    else:
        flash(said, "success")
        if home:
            return see_other(url_for("groups.index"))
    return see_other(url_for("groups.group", slug=slug))


@blueprint.post("/groups/<slug>/join")
def join(slug: str) -> Response:
    """Enter an open group."""

    def verb(session: Session, of: Standing) -> str:
        actions.join(session, identity.actor(), of)
        return _("You are in the group “%(name)s”.", name=of.group.name)

    return press(slug, verb)


@blueprint.post("/groups/<slug>/leave")
def leave(slug: str) -> Response:
    """Go out of it."""

    def verb(session: Session, of: Standing) -> str:
        actions.leave(session, identity.actor(), of)
        return _("You left the group “%(name)s”.", name=of.group.name)

    return press(slug, verb, home=True)


@blueprint.post("/groups/<slug>/ask")
def ask(slug: str) -> Response:
    """Ask its owners."""
    form, actor = AskForm(), identity.actor()
    try:
        with transaction() as session:
            actions.ask(session, actor, queries.standing(session, actor, slug), form.words.data or "")
    except (Invalid, TooSoon) as error:
        form.show(error if isinstance(error, Invalid) else Invalid(error.sentence))
        return show(slug, asking=form, status=error.status)
    flash(_("Your request is with those who decide. You will hear from them."), "success")
    return see_other(url_for("groups.group", slug=slug))


@blueprint.post("/groups/<slug>/withdraw")
def withdraw(slug: str) -> Response:
    """Not ask any more."""

    def verb(session: Session, of: Standing) -> str:
        actions.withdraw(session, identity.actor(), of)
        return _("Your request is taken back.")

    return press(slug, verb)


@blueprint.post("/groups/<slug>/invitation")
def answer_invitation(slug: str) -> Response:
    """Yes, or no thanks."""
    yes = request.form.get("answer") == "yes"

    def verb(session: Session, of: Standing) -> str:
        actions.answer_invitation(session, identity.actor(), of, yes=yes)
        if yes:
            return _("You are in the group “%(name)s”.", name=of.group.name)
        return _("You said no to the invitation to “%(name)s”.", name=of.group.name)

    return press(slug, verb, home=not yes)
