"""Taking a suggestion over or not, and thinking better of it. `row`: locked, with post, topic and board."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import actions as posts
from forum.posts.drafts import EditDraft, Written
from forum.posts.powers import check_rewording
from forum.suggestions import queries
from forum.suggestions.drafts import checked_answer
from forum.suggestions.events import SuggestionAccepted, SuggestionDeclined, SuggestionReopened
from forum.suggestions.fitting import fit
from forum.suggestions.models import ACCEPTED, DECLINED, OPEN, WITHDRAWN, Suggestion


def accept(session: Session, actor: Actor, row: Suggestion, version: int, body: Written) -> None:
    """The post says it so from now on. `body`: what it will say, rendered, as whoever decides saw it. Conflict where
    somebody decided meanwhile, or the post or the suggestion was changed."""
    require(actor, Act.DECIDE_SUGGESTION, row)
    _check_open(row, version)
    present = queries.said_now(session, [row.post])[row.post_id]
    wanted = fit(queries.base_of(row), queries.proposed_by(row), present)
    if wanted is None or wanted.source != body.source:
        raise Conflict(_("The post was changed since. Look at it once more."))
    draft = EditDraft(body, row.post.revision_count, row.reason, wanted.title, wanted.tags)
    row.before = posts.take_over(session, actor, row, draft)
    # What it is from now on is what was taken over, over what stood there: thought better of, it fits at once.
    row.source, row.base_source = wanted.source, present.source
    row.base_title, row.base_tags = present.title, None if present.tags is None else list(present.tags)
    row.tags = row.base_tags if wanted.tags is None else list(wanted.tags)
    row.title = present.title if wanted.title is None else wanted.title
    _decide(session, actor, row, ACCEPTED)
    emit(session, SuggestionAccepted(row.id, actor.account_id))


def decline(session: Session, actor: Actor, row: Suggestion, version: int, answer: str) -> None:
    """The post stays as it is; `answer` is for whoever suggested it."""
    require(actor, Act.DECIDE_SUGGESTION, row)
    check_rewording(actor, row.post)
    _check_open(row, version)
    row.answer = checked_answer(answer)
    _decide(session, actor, row, DECLINED)
    emit(session, SuggestionDeclined(row.id, actor.account_id))


def reopen(session: Session, actor: Actor, row: Suggestion, version: int, body: Written | None = None) -> None:
    """The opposite of both: it waits again. `body`: of one that was taken over, the wording before it, rendered."""
    require(actor, Act.DECIDE_SUGGESTION, row)
    check_rewording(actor, row.post)
    if row.state in (OPEN, WITHDRAWN) or row.version != version:
        raise Conflict(_("Somebody thought again about it meanwhile."))
    if row.author_id is not None and queries.open_of(session, row.author_id, row.post_id) is not None:
        raise Conflict(_("Another suggestion of theirs for this post waits: decide that one."))
    if row.state == ACCEPTED:
        if body is None:
            raise Conflict(_("The post was changed since. Look at it once more."))
        posts.give_back(session, actor, row, row.source, row.before, body)
    row.before, row.answer = {}, ""
    row.state, row.decided_at, row.decided_by_id = OPEN, None, None
    row.version += 1
    session.flush()
    emit(session, SuggestionReopened(row.id, actor.account_id))


def _decide(session: Session, actor: Actor, row: Suggestion, state: str) -> None:
    row.state, row.decided_at, row.decided_by_id = state, clock.now(), actor.account_id
    row.version += 1
    session.flush()


def _check_open(row: Suggestion, version: int) -> None:
    """One decision wins; whoever comes second is told."""
    if row.state != OPEN:
        name = row.decided_by.shown_name if row.decided_by is not None else ""
        if name and row.state == ACCEPTED:
            raise Conflict(_("%(name)s took it over meanwhile.", name=name))
        if name:
            raise Conflict(_("%(name)s declined it meanwhile.", name=name))
        raise Conflict(_("That was decided meanwhile."))
    if row.version != version:
        raise Conflict(_("Its author changed the suggestion meanwhile. Look at it once more."))
