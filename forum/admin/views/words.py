"""Watched words: the list, trying one on real posts, watching for it, changing it, and no more."""

from __future__ import annotations

from collections.abc import Callable

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
from forum.holds.drafts import WordDraft
from forum.holds.models import WatchedWord
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
    return _tried(
        lambda session, draft: actions.add_word(session, identity.actor(), draft),
        _("“%(word)s” is watched for from now on.", word=request.form.get("pattern", "").strip()),
        _page,
    )


@blueprint.get(f"/<{ID}:word_id>")
def word(word_id: int) -> Response:
    """One of them, to be changed."""
    row, form = queries.watched_word(reading(), identity.actor(), word_id), _form(empty=True)
    form.fill(row)
    return _word_page(row, form)


@blueprint.post(f"/<{ID}:word_id>")
def edit(word_id: int) -> Response:
    """Show what it would hit then; once that was seen, change it."""
    actor = identity.actor()
    row = queries.watched_word(reading(), actor, word_id)

    def verb(session: Session, draft: WordDraft) -> None:
        actions.change_word(session, actor, queries.watched_word(session, actor, word_id), draft)

    def page(form: WordForm, status: int = 200, *, trial: Trial | None = None) -> Response:
        return _word_page(row, form, status, trial=trial)

    return _tried(verb, _("Saved."), page)


@blueprint.post(f"/<{ID}:word_id>/remove")
def remove(word_id: int) -> Response:
    """Watch for it no more."""

    def verb(session: Session) -> str:
        row = queries.watched_word(session, identity.actor(), word_id)
        actions.remove_word(session, identity.actor(), row)
        return _("“%(word)s” is watched for no longer.", word=row.pattern)

    return press(verb, url_for("admin_words.index"))


def _tried(verb: Callable[[Session, WordDraft], object], said: str, page: Callable[..., Response]) -> Response:
    """The trial of a word as it was filled in; once just that was tried, `verb`, of which is `said`."""
    form = _form()
    try:
        draft = form.draft()
        watched = actions.wanted_word(reading(), identity.actor(), draft)
        if "watch" not in request.form or form.tried.data != watched.pattern:
            form.tried.data = watched.pattern
            return page(form, trial=trial(reading(), identity.actor(), watched))
        with transaction() as session:
            verb(session, draft)
    except Invalid as error:
        form.show(error)
        return page(form, 422)
    flash(said, "success")
    return see_other(url_for("admin_words.index"))


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


def _word_page(row: WatchedWord, form: WordForm, status: int = 200, *, trial: Trial | None = None) -> Response:
    return render("admin/word.html", status=status, row=row, form=form, trial=trial, latest=LATEST)
