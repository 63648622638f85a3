"""Suggesting another wording, and taking that back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid, TooSoon, gathered
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.permissions import Act, Actor, Trust, allows, require
from forum.posts.actions.asking_anew import check_suggested
from forum.posts.actions.publishing import limits_of
from forum.posts.drafts import EditDraft
from forum.posts.limits import check_calls, check_newcomer_words, checked_body, checked_title
from forum.posts.models import Post
from forum.suggestions import queries
from forum.suggestions.drafts import SuggestionDraft, checked_reason
from forum.suggestions.events import EditSuggested, SuggestionWithdrawn
from forum.suggestions.fitting import Words, says_the_same
from forum.suggestions.models import OPEN, WITHDRAWN, Suggestion

MOST, MOST_OF_NEWCOMERS = 10, 3
"""That wait at a time, of one person."""


def suggest(session: Session, actor: Actor, post: Post, draft: SuggestionDraft) -> Suggestion:
    """Propose that `post` (locked, with topic and board) says it otherwise. Whoever has one open there words it anew.
    Raises Conflict where the post says something else than its author saw; HeldBack where somebody of the organization
    would put an answer into a member's post."""
    require(actor, Act.SUGGEST_EDIT, post)
    if allows(actor, Act.EDIT_POST, post):
        raise Invalid(_("You may edit this post yourself."))
    present = queries.said_now(session, [post])[post.id]
    if draft.seen != present.fingerprint:
        raise Conflict(_("The post was changed meanwhile. Your text is kept: compare the two, then send it again."))
    wanted, reason = _checked(session, actor, post, draft)
    if says_the_same(present, wanted):
        raise Invalid(_("Nothing is different yet: change the words first."), "body")
    check_suggested(session, actor, post, EditDraft(draft.body, post.revision_count, title=wanted.title))
    row = queries.open_of(session, actor.account_id or 0, post.id)
    if row is None:
        _check_number(session, actor)
        row = Suggestion(post_id=post.id, author_id=actor.account_id, created_at=clock.now(), version=0)
        session.add(row)
    else:
        row.changed_at = clock.now()
    row.version += 1
    row.reason = reason
    row.source, row.title, row.tags = wanted.source, wanted.title, _kept(wanted)
    row.base_source, row.base_title, row.base_tags = present.source, present.title, _kept(present)
    session.flush()
    emit(session, EditSuggested(row.id))
    return row


def withdraw(session: Session, actor: Actor, row: Suggestion) -> None:
    """Take one's own back, while it waits."""
    require(actor, Act.WITHDRAW_SUGGESTION, row)
    if row.state != OPEN:
        raise Conflict(_("That was decided meanwhile."))
    row.state, row.decided_at = WITHDRAWN, clock.now()
    row.version += 1
    session.flush()
    emit(session, SuggestionWithdrawn(row.id))


def _checked(session: Session, actor: Actor, post: Post, draft: SuggestionDraft) -> tuple[Words, str]:
    limits, html = limits_of(session), draft.body.rendered.html
    opens = post.is_opening

    def title() -> str | None:
        return checked_title(draft.title, limits) if opens and draft.title is not None else None

    def text() -> str:
        check_calls(html, limits)
        if actor.trust is Trust.NEWCOMER:
            check_newcomer_words(draft.body.source, html, limits)
        return checked_body(draft.body.source, limits)

    source, line, reason = gathered(text, title, lambda: checked_reason(draft.reason))
    tags = tuple(sorted(draft.tags)) if opens and draft.tags is not None else None
    if tags is not None and len(tags) > limits.tags_max:
        most = limits.tags_max
        raise Invalid(ngettext("A topic has at most %(num)s tag.", "A topic has at most %(num)s tags.", most), "tags")
    return Words(source, line, tags), reason


def _check_number(session: Session, actor: Actor) -> None:
    most = MOST_OF_NEWCOMERS if actor.trust is Trust.NEWCOMER else MOST
    if queries.number_open(session, actor.account_id) >= most:
        raise TooSoon(
            _("%(n)s suggestions of yours wait already. Your text is kept: send it when one is decided.", n=most)
        )


def _kept(said: Words) -> list[str] | None:
    return None if said.tags is None else list(said.tags)
