"""Invitations. Who waits to be let in stands in the moderators’ queue."""

from __future__ import annotations

from flask import flash, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from forum import identity
from forum.accounts import actions, admission
from forum.accounts.actions.gating import may_invite
from forum.accounts.models import GroupRow, Invitation
from forum.accounts.views import blueprint
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, Refused
from forum.core.web import signed
from forum.core.web.forms import Form
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.web.typed import pasted_topic
from forum.core.words import gettext as _
from forum.permissions import Act, require
from forum.site import queries as sites

INVITATION = "invitation"


class InvitationForm(Form):
    """A link for people to join by."""

    uses = IntegerField(_l("For how many people"), default=1, render_kw={"min": 1, "class": "input", "type": "number"})
    note = StringField(
        _l("For whom"), description=_l("Only you read this."), render_kw={"maxlength": 120, "class": "input"}
    )
    groups = SelectMultipleField(
        _l("Groups to be in"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    topic = StringField(
        _l("Topic to begin with"), description=_l("Its address."), render_kw={"maxlength": 300, "class": "input"}
    )


def code_of(invitation_id: int) -> str:
    """What the link carries: the number, signed, so that nobody guesses one and no secret need be kept."""
    return signed.code_of(INVITATION, invitation_id)


def invitation_in(code: str) -> Invitation | None:
    """The living invitation behind a code; None for anything else."""
    return admission.living_invitation(reading(), signed.number_in(INVITATION, code), clock.now())


@blueprint.get("/invitations")
def invitations() -> Response:
    """One's own links, and the form for another."""
    require(identity.actor(), Act.INVITE_PEOPLE)
    return _page(InvitationForm(formdata=None))


@blueprint.post("/invitations")
def make_invitation() -> Response:
    """Another link."""
    actor, form = identity.actor(), InvitationForm()
    require(actor, Act.INVITE_PEOPLE)
    form.groups.choices = _choices()
    try:
        with transaction() as session:
            actions.make_invitation(
                session,
                actor,
                admission.gate(session),
                uses=form.uses.data or 0,
                note=form.note.data or "",
                group_ids=form.groups.data or [],
                topic_id=_topic_in(form.topic.data or ""),
            )
    except Invalid as error:
        form.show(error)
        return _page(form, status=422)
    flash(_("The link is ready: send it to whom you invite."), "success")
    return see_other(url_for("accounts.invitations"))


@blueprint.post("/invitations/<int:invitation_id>/revoke")
def revoke_invitation(invitation_id: int) -> Response:
    """Let nobody in by it any more."""
    actor = identity.actor()
    require(actor, Act.INVITE_PEOPLE)
    with transaction() as session:
        actions.revoke_invitation(session, actor, admission.invitation(session, actor, invitation_id))
    flash(_("The link opens nothing any more."), "success")
    return see_other(url_for("accounts.invitations"))


def _topic_in(typed: str) -> int | None:
    """The number of a topic in its address, pasted whole or in part."""
    if not typed.strip():
        return None
    number = pasted_topic(typed)
    if number is None:
        raise Invalid(_("Paste the address of a topic here."), "topic")
    return number


def _choices() -> list[tuple[int, str]]:
    if not identity.actor().is_admin:
        return []
    rows = reading().execute(
        select(GroupRow.id, GroupRow.name).where(GroupRow.is_builtin.is_(False)).order_by(GroupRow.name)
    )
    return [(row.id, row.name) for row in rows]


def _page(form: InvitationForm, status: int = 200) -> Response:
    session, actor = reading(), identity.actor()
    gate = admission.gate(session)
    if not may_invite(actor, gate):
        raise Refused(_("Invitations are made by others here: ask those who run this place."))
    form.groups.choices = _choices()
    form.uses.render_kw = {**(form.uses.render_kw or {}), "max": sites.site(session).number("invitation_uses")}
    found = admission.invitations_of(session, actor)
    base = settings().base_url
    links = {row.id: base + url_for("accounts.sign_up", invitation=code_of(row.id)) for row in found}
    return render(
        "accounts/invitations.html", status=status, form=form, invitations=found, links=links, now_is=clock.now()
    )
