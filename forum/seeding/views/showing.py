"""The calendar, one of its seeds, and what could be begun."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Conflict
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.web.times import told
from forum.core.words import gettext as _
from forum.organization import wording
from forum.organization.seeds import LEAST_CONSENTS
from forum.permissions import Act, Actor, allows
from forum.posts.written import written_by
from forum.seeding import actions, queries
from forum.seeding.forms import DropForm, InviteForm, LearnForm
from forum.seeding.models import Seed
from forum.seeding.queries import agenda, calendars, suggesting
from forum.seeding.views import blueprint

ID = "int(max=2147483647)"


@blueprint.get("/organization/seeding")
def index() -> Response:
    """The calendar."""
    session, actor = reading(), identity.actor()
    which = request.args.get("which", "planned")
    page = agenda.page(session, actor, which, request.args.get("page", 1, type=int))
    return render(
        "seeding/index.html",
        page=page,
        which=which,
        weeks=agenda.weeks(page.items) if which == "planned" else (),
        may_plan=bool(agenda.boards_to_seed(session, actor)),
        quiet=suggesting.quiet_boards(session, actor) if which == "planned" else (),
        own=calendars.own(session, actor),
        wording=wording,
        at_board=at_board,
    )


@blueprint.get("/organization/seeding/suggestions")
def suggestions() -> Response:
    """What could be begun, each with why."""
    session, actor = reading(), identity.actor()
    return render(
        "seeding/suggestions.html",
        suggestions=suggesting.suggestions(session, actor),
        quiet=suggesting.quiet_boards(session, actor),
        may_plan=bool(agenda.boards_to_seed(session, actor)),
    )


@blueprint.post("/organization/seeding/suggestions/set-aside")
def set_aside() -> Response:
    """Do not suggest it any more."""
    key = request.form.get("key", "").replace("\0", "")
    try:
        with transaction() as session:
            actions.set_aside(session, identity.actor(), key)
    except Conflict as error:
        flash(error.sentence, "error")
    else:
        flash(_("It is set aside."), "success")
    return see_other(url_for("seeding.suggestions"))


@blueprint.get(f"/organization/seeding/<{ID}:seed_id>")
def seed(seed_id: int) -> Response:
    """One of them, with whoever was asked, and what can be done with it."""
    return seed_page(seed_id)


def seed_page(
    seed_id: int,
    *,
    invite: InviteForm | None = None,
    drop: DropForm | None = None,
    learn: LearnForm | None = None,
    status: int = 200,
) -> Response:
    """The page, with a form that was refused in the place of the fresh one."""
    session, actor = reading(), identity.actor()
    row = queries.seed(session, actor, seed_id)
    asked = queries.invited(session, row.id)
    return render(
        "seeding/seed.html",
        status=status,
        seed=row,
        asked=asked,
        html=shown_words(session, actor, row),
        yes=sum(one.answer == "yes" for one in asked),
        least=LEAST_CONSENTS,
        may_tend=allows(actor, Act.TEND_SEED, row),
        may_post=allows(actor, Act.POST_SEED, row),
        invite=invite or InviteForm(formdata=None),
        drop=drop or DropForm(formdata=None),
        learn=learn or LearnForm(formdata=None, data={"learned": row.learned}),
        proposes_dropping=(row.board_id, row.kind) in queries.failing(session, row.board_id),
        wording=wording,
        at_board=at_board,
    )


def shown_words(session: Session, actor: Actor, row: Seed) -> str:
    """Its words as they will be read when it is posted."""
    return written_by(session, actor, row.words, settings().base_url, board_id=0).rendered.html


def at_board(row: Seed, instant: datetime | None = None) -> str:
    """An instant (when it is planned for, unless another is asked) by the clock of its board."""
    there = (instant or row.planned_at).astimezone(ZoneInfo(row.board.time_zone))
    return told(there, _("EEEE, d MMMM y, HH:mm"))
