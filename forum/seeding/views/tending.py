"""What is done with a seed: posting it now, dropping it, asking members, saying what was learned."""

from __future__ import annotations

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, ForumError, Invalid, Refused, TooSoon
from forum.core.web.forms import done
from forum.core.web.pages import see_other
from forum.core.web.running import settings
from forum.core.words import gettext as _
from forum.posts.addresses import topic_path
from forum.posts.written import written_by
from forum.seeding import actions, queries
from forum.seeding.forms import DropForm, InviteForm, LearnForm
from forum.seeding.views import blueprint
from forum.seeding.views.showing import ID, seed_page


@blueprint.post(f"/organization/seeding/<{ID}:seed_id>/post")
def post(seed_id: int) -> Response:
    """Do not wait for its time. What is refused is said, and changes nothing."""
    actor = identity.actor()
    words = queries.seed(reading(), actor, seed_id).words
    try:
        body = written_by(reading(), actor, words, settings().base_url, board_id=0)
        with transaction() as session:
            row = queries.seed(session, actor, seed_id, lock=True)
            if row.words != words:
                raise Conflict(_("It was changed in another window meanwhile. Look once more."))
            url = topic_path(actions.post(session, actor, row, body, by_hand=True).topic)
    except Refused:
        raise
    except TooSoon as error:
        wait = _("That was quick after your last topic. Try again in %(num)s seconds.", num=error.seconds)
        flash(wait if error.seconds else error.sentence, "error")
        return _back(seed_id)
    except ForumError as error:
        flash(error.sentence, "error")
        return _back(seed_id)
    return see_other(url)


@blueprint.post(f"/organization/seeding/<{ID}:seed_id>/drop")
def drop(seed_id: int) -> Response:
    """It will not be posted."""
    actor, form = identity.actor(), DropForm()

    def verb(session: Session) -> str:
        actions.drop(session, actor, queries.seed(session, actor, seed_id, lock=True), form.reason.data or "")
        return _("It is dropped. The reason stands on the calendar.")

    return _back(seed_id) if done(form, verb) else seed_page(seed_id, drop=form, status=422)


@blueprint.post(f"/organization/seeding/<{ID}:seed_id>/invite")
def invite(seed_id: int) -> Response:
    """Ask a member."""
    actor, form = identity.actor(), InviteForm()

    def verb(session: Session) -> str:
        row = queries.seed(session, actor, seed_id, lock=True)
        person = accounts.by_name(session, (form.name.data or "").strip().removeprefix("@"))
        if person is None:
            raise Invalid(_("There is nobody of this name."), "name")
        actions.invite(session, actor, row, person)
        return _("%(name)s is asked.", name=person.shown_name)

    return _back(seed_id) if done(form, verb) else seed_page(seed_id, invite=form, status=422)


@blueprint.post(f"/organization/seeding/<{ID}:seed_id>/learned")
def learn(seed_id: int) -> Response:
    """Say what was learned."""
    actor, form = identity.actor(), LearnForm()

    def verb(session: Session) -> str:
        actions.learn(session, actor, queries.seed(session, actor, seed_id, lock=True), form.learned.data or "")
        return _("Saved.")

    return _back(seed_id) if done(form, verb) else seed_page(seed_id, learn=form, status=422)


def _back(seed_id: int) -> Response:
    return see_other(url_for("seeding.seed", seed_id=seed_id))
