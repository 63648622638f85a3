"""Planning a seed and changing it: one form."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, request, url_for
from markupsafe import escape
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, Refused
from forum.core.markup import joined
from forum.core.moments import typed_moment
from forum.core.web.forms import done
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.organization import wording
from forum.organization.seeds import Kind
from forum.permissions import Act, Actor, allows, require
from forum.posts.addresses import topic_path
from forum.posts.written import written_by
from forum.seeding import actions, queries
from forum.seeding.forms import SeedForm
from forum.seeding.models import Seed
from forum.seeding.queries import agenda, suggesting
from forum.seeding.views import blueprint
from forum.seeding.views.showing import ID


@blueprint.get("/organization/seeding/new")
def new() -> Response:
    """The form, filled from a suggestion where one is named."""
    session, actor = reading(), identity.actor()
    found = suggesting.suggestion(session, actor, request.args.get("from", ""))
    board = request.args.get("board", "")
    choices = _boards(session, actor)
    form = SeedForm(formdata=None, data={"board": board or choices[0].slug, "kind": str(Kind.QUESTION)})
    if found is not None:
        form.title.data = found.title
        if found.topic is not None:
            form.source.data = settings().base_url.rstrip("/") + topic_path(found.topic)
        form.board.data = next((one.slug for one in choices if one.id == found.board_id), form.board.data)
    return _page(form, choices)


@blueprint.post("/organization/seeding/new")
def plan() -> Response:
    """Put it on the calendar, and ask whoever is named."""
    actor, form = identity.actor(), SeedForm()
    choices = _boards(reading(), actor)
    if "preview" in request.form:
        return _page(form, choices, preview=_preview(form))
    try:
        board = next((one for one in choices if one.slug == form.board.data), None)
        if board is None:
            raise Invalid(_("Choose a board."), "board")
        draft = form.draft(board.time_zone)
        with transaction() as session:
            there = boards.board_by_slug(session, actor, board.slug)
            row = actions.plan(session, actor, there, draft)
            seed_id, refusals = row.id, _ask_all(session, actor, row, form.names())
    except Invalid as error:
        form.show(error)
        return _page(form, choices, status=422)
    flash(_("It stands on the calendar."), "success")
    for sentence in refusals:
        flash(sentence, "error")
    return see_other(url_for("seeding.seed", seed_id=seed_id))


@blueprint.get(f"/organization/seeding/<{ID}:seed_id>/edit")
def edit(seed_id: int) -> Response:
    """The form, filled with what is planned."""
    row = _tended(reading(), seed_id)
    zone = row.board.time_zone
    stands = _words(row) | {
        "planned_at": typed_moment(row.planned_at, zone),
        "starts_at": typed_moment(row.starts_at, zone),
        "ends_at": typed_moment(row.ends_at, zone),
    }
    return _page(SeedForm(formdata=None, data=stands), [row.board], row)


@blueprint.post(f"/organization/seeding/<{ID}:seed_id>/edit")
def save(seed_id: int) -> Response:
    """Say it otherwise, or move it."""
    actor, form = identity.actor(), SeedForm()
    row = _tended(reading(), seed_id)
    if not allows(actor, Act.REWORD_SEED, row):
        form.process(data=_words(row) | form.asked())

    if "preview" in request.form:
        return _page(form, [row.board], row, preview=_preview(form))

    def verb(session: Session) -> str:
        there = queries.seed(session, actor, seed_id, lock=True)
        actions.change(session, actor, there, form.draft(there.board.time_zone))
        return _("Saved.")

    if done(form, verb):
        return see_other(url_for("seeding.seed", seed_id=seed_id))
    row = _tended(reading(), seed_id)
    if form.form_errors:  # they were told that it was changed: once more is meant
        form.version.data = str(row.version)
    return _page(form, [row.board], row, status=422)


@blueprint.post("/organization/seeding/preview")
@limiter.limit("30/minute")
def preview() -> Response:
    """Text and question as they will be read, for the pane below the form."""
    require(identity.actor(), Act.SEE_SEEDS)
    return render("posts/preview.html", fragment="preview", html=_preview(SeedForm()), sentence="", back="")


def _preview(form: SeedForm) -> str:
    words = joined(form.source.data or "", form.ask.data or "")
    try:
        return written_by(reading(), identity.actor(), words, settings().base_url, board_id=0).rendered.html
    except Invalid as error:
        return str(escape(error.sentence))


def _ask_all(session: Session, actor: Actor, row: Seed, names: Sequence[str]) -> Sequence[str]:
    """Ask each; who may not be asked keeps nothing from being planned: the sentences that say why."""
    refusals = []
    for name in names:
        person = accounts.by_name(session, name)
        try:
            if person is None:
                raise Invalid(_("There is nobody called %(name)s.", name=name))
            actions.invite(session, actor, row, person)
        except ForumError as error:
            said = {"name": person.shown_name if person is not None else name, "sentence": error.sentence}
            refusals.append(error.sentence if person is None else _("%(name)s: %(sentence)s", **said))
    return refusals


def _tended(session: Session, seed_id: int) -> Seed:
    row = queries.seed(session, identity.actor(), seed_id)
    require(identity.actor(), Act.TEND_SEED, row)
    return row


def _words(row: Seed) -> dict[str, str]:
    words = {name: str(getattr(row, name)) for name in actions.WORDS}
    return words | {
        "board": row.board.slug,
        "place": row.place,
        "tags": ", ".join(row.tags),
        "version": str(row.version),
    }


def _boards(session: Session, actor: Actor) -> Sequence[Board]:
    found = agenda.boards_to_seed(session, actor)
    if not found:
        require(actor, Act.SEE_SEEDS)
        raise Refused(_("Only whoever was given the role of a Seeder begins conversations on purpose."))
    return found


def _page(
    form: SeedForm, choices: Sequence[Board], row: Seed | None = None, status: int = 200, preview: str = ""
) -> Response:
    form.offer(choices)
    if all(board.kind != "event" for board in choices):
        del form.place
    failing = queries.failing(reading())
    names = {board.id: board.name for board in choices}
    return render(
        "seeding/form.html",
        status=status,
        form=form,
        seed=row,
        preview=preview,
        may_reword=row is None or allows(identity.actor(), Act.REWORD_SEED, row),
        asked_again=row is not None and bool(queries.consents(reading(), row.id)),
        failing=[(names[board], wording.seed_kind(kind)) for board, kind in sorted(failing) if board in names],
    )
