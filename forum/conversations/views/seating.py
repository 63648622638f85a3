"""Who sits in a conversation, and how one keeps it."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import actions, queries
from forum.conversations.forms import InviteForm
from forum.conversations.views import blueprint
from forum.conversations.views.reading import show
from forum.core.db import transaction
from forum.core.errors import Invalid
from forum.core.web.pages import see_other
from forum.core.words import gettext as _


@blueprint.post("/conversations/<int:conversation_id>/invite")
def invite(conversation_id: int) -> Response:
    """Bring somebody in."""
    actor, form = identity.actor(), InviteForm()
    try:
        with transaction() as session:
            seen = queries.conversation_for_update(session, actor, conversation_id)
            found = queries.people_by_names(session, [form.name.data or ""])
            account = found[0][1] if found else None
            if account is None:
                raise Invalid(_("There is nobody here by this name."), "name")
            actions.invite(session, actor, seen, account, whole=form.whole.data == "1")
    except Invalid as error:
        form.show(Invalid(error.sentence, "name") if error.field == "people" else error)
        return show(conversation_id, inviting=form, status=422)
    flash(_("%(name)s takes part now.", name=account.shown_name), "success")
    return see_other(url_for("conversations.conversation", conversation_id=conversation_id))


@blueprint.post("/conversations/<int:conversation_id>/leave")
def leave(conversation_id: int) -> Response:
    """Go out of it."""
    actor = identity.actor()
    with transaction() as session:
        actions.leave(session, actor, queries.conversation_for_update(session, actor, conversation_id))
    flash(_("You left the conversation."), "success")
    return see_other(url_for("conversations.index"))


@blueprint.post("/conversations/<int:conversation_id>/mute")
def mute(conversation_id: int) -> Response:
    """Hear nothing of it, or hear again."""
    actor, on = identity.actor(), request.form.get("on") == "1"
    with transaction() as session:
        actions.mute(session, actor, queries.conversation_for_update(session, actor, conversation_id), on=on)
    flash(
        _("You will hear nothing of new messages here.") if on else _("You will hear of new messages again."), "success"
    )
    return see_other(url_for("conversations.conversation", conversation_id=conversation_id))


@blueprint.post("/conversations/<int:conversation_id>/archive")
def archive(conversation_id: int) -> Response:
    """Put it away, or take it back."""
    actor, on = identity.actor(), request.form.get("on") == "1"
    with transaction() as session:
        actions.archive(session, actor, queries.conversation_for_update(session, actor, conversation_id), on=on)
    if on:
        flash(_("Put away. It comes back when somebody writes."), "success")
        return see_other(url_for("conversations.index"))
    flash(_("It stands in your list again."), "success")
    return see_other(url_for("conversations.conversation", conversation_id=conversation_id))
