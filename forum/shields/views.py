"""What moderators see of the shields: blocks, and from where a member came."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import NotFound
from forum.core.web.forms import done
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.permissions import Act, allows
from forum.shields import actions, networks, queries
from forum.shields.forms import BlockForm
from forum.shields.models import DOMAIN

blueprint = Blueprint("shields", __name__)


def _guard() -> None:
    """For everybody else these pages are not there."""
    if not allows(identity.actor(), Act.KEEP_SHIELDS):
        raise NotFound


@blueprint.get("/moderation/blocks")
def blocks() -> Response:
    """Those that hold and those that ended lately, and the form of another."""
    _guard()
    given = {"kind": request.args.get("kind") or "domain", "value": request.args.get("value", "")[:253]}
    return _page(BlockForm(formdata=None, data=given))


@blueprint.post("/moderation/blocks")
def set_block() -> Response:
    """Shut a domain or a range out."""
    _guard()
    form, actor, own = BlockForm(), identity.actor(), request.remote_addr or ""

    def verb(session: Session) -> str:
        kind, value, reason = form.kind.data or "", form.value.data or "", form.reason.data or ""
        asks = kind == DOMAIN and not form.sure.data
        members = accounts.members_with(session, networks.checked_domain(value)) if asks else 0
        block = actions.set_block(session, actor, kind, value, reason, form.lasting, own, members=members)
        return _("%(value)s is blocked.", value=block.value)

    return see_other(url_for("shields.blocks")) if done(form, verb) else _page(form, status=422)


@blueprint.post("/moderation/blocks/<int:block_id>/lift")
def lift_block(block_id: int) -> Response:
    """End a block before its time."""
    _guard()
    actor = identity.actor()
    with transaction() as session:
        block = queries.block_for_update(session, actor, block_id)
        actions.lift_block(session, actor, block)
        value = block.value
    flash(_("%(value)s is not blocked any more.", value=value), "success")
    return see_other(url_for("shields.blocks"))


def _page(form: BlockForm, status: int = 200) -> Response:
    rows = queries.blocks(reading(), identity.actor())
    people = accounts.by_ids(reading(), [row.by_id for row in rows if row.by_id is not None])
    now = clock.now()
    return render(
        "shields/blocks.html",
        status=status,
        form=form,
        holding=[row for row in rows if row.lifted_at is None and row.until > now],
        ended=[row for row in rows if row.lifted_at is not None or row.until <= now],
        people=people,
    )


@blueprint.post("/u/<name>/addresses")
@limiter.limit("60/hour")
def addresses(name: str) -> Response:
    """From where a member came. A POST, since each look is written into the log before anything is shown."""
    _guard()
    actor = identity.actor()
    with transaction() as session:
        person = accounts.profile_of(session, name)
        actions.look_at_addresses(session, actor, person.id, person.name)
        person_id = person.id
    session = reading()
    found = queries.sightings(session, actor, person_id)
    others = accounts.by_ids(session, {other for sighting in found for other in sighting.others})
    return render("shields/addresses.html", person=accounts.by_id(session, person_id), found=found, others=others)
