"""Watched words: the list, trying one on real posts, watching for it, and no more."""

from __future__ import annotations

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.admin.forms.words import WordForm
from forum.admin.views.gate import ID, guard, press
from forum.core.db import reading, transaction
from forum.core.errors import Invalid
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.holds import actions, queries, wording
from forum.holds.drafts import checked_word
from forum.posts.queries.trying import LATEST, Trial, trial

blueprint = Blueprint("admin_words", __name__, url_prefix="/admin/words")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    """All of them."""
    return _page(_form(empty=True))


@blueprint.post("")
def add() -> Response:
    """Show what the word would hit; once that was seen, watch for it."""
    form, actor = _form(), identity.actor()
    try:
        draft = form.draft()
        watched = checked_word(draft)
        if "watch" not in request.form or form.tried.data != watched.pattern:
            form.tried.data = watched.pattern
            return _page(form, trial=trial(reading(), actor, watched))
        with transaction() as session:
            actions.add_word(session, actor, draft)
    except Invalid as error:
        form.show(error)
        return _page(form, 422)
    flash(_("“%(word)s” is watched for from now on.", word=watched.pattern), "success")
    return see_other(url_for("admin_words.index"))


@blueprint.post(f"/<{ID}:word_id>/remove")
def remove(word_id: int) -> Response:
    """Watch for it no more."""

    def verb(session: Session) -> str:
        row = queries.watched_word(session, identity.actor(), word_id)
        actions.remove_word(session, identity.actor(), row)
        return _("“%(word)s” is watched for no longer.", word=row.pattern)

    return press(verb, url_for("admin_words.index"))


def _form(*, empty: bool = False) -> WordForm:
    form = WordForm(formdata=None) if empty else WordForm()
    form.offer([(str(board_id), name) for board_id, name in queries.boards_to_watch(reading(), identity.actor())])
    return form


def _page(form: WordForm, status: int = 200, *, trial: Trial | None = None) -> Response:
    rows = queries.watched_words(reading(), identity.actor())
    groups = {action: [row for row in rows if row.action == action] for action in wording.actions()}
    return render(
        "admin/words.html",
        status=status,
        form=form,
        trial=trial,
        latest=LATEST,
        groups={action: found for action, found in groups.items() if found},
        says=wording.actions(),
    )
