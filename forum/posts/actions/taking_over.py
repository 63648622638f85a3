"""Taking over a wording that somebody else suggests, and giving the former one back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import texts
from forum.posts.actions import asking_anew, judging, purposes
from forum.posts.actions.concerning import note_words
from forum.posts.actions.editing import (
    LONGEST_REASON,
    edit_topic,
    fields_edited,
    keep_revision,
    reword,
)
from forum.posts.actions.publishing import limits_of
from forum.posts.actions.retagging import retag
from forum.posts.addresses import slug_of
from forum.posts.drafts import EditDraft, Written
from forum.posts.events import PostEdited
from forum.posts.limits import check_calls, checked_body
from forum.posts.models import Post, Revision
from forum.posts.powers import check_rewording
from forum.posts.queries.finding import tag_slugs_of


class Proposed(Protocol):
    """Another wording of a post, as somebody wrote it."""

    @property
    def author_id(self) -> int | None: ...
    @property
    def post(self) -> Post: ...
    @property
    def board_id(self) -> int: ...


def take_over(session: Session, actor: Actor, proposed: Proposed, draft: EditDraft) -> dict[str, Any]:
    """Let the post say what was suggested: a revision, whose author is who suggested it, and whose reason names who
    took it over. Says what `give_back` needs. Raises HeldBack where the organization's own words should wait."""
    require(actor, Act.DECIDE_SUGGESTION, proposed)
    post, limits, now = proposed.post, limits_of(session), clock.now()
    check_rewording(actor, post)
    checked_body(draft.body.source, limits)
    check_calls(draft.body.rendered.html, limits)
    verdict = judging.judge_edit(session, actor, post, draft)
    before: dict[str, Any] = {"source": post.source}
    repurposed = bool(post.affiliation_kind) and asking_anew.pass_edit(session, actor, post, draft)
    title_before = post.topic.title
    if post.is_opening:
        before |= {"title": title_before, "tags": tag_slugs_of(session, post.topic) if draft.tags is not None else None}
        edit_topic(session, actor, post, draft, now)
        before["titled"] = post.topic.title
    said = _("%(reason)s (taken over by %(name)s)", reason=draft.reason, name=actor.name)
    keep_revision(session, post, title_before, said[:LONGEST_REASON])
    reword(session, actor, post, draft.body, now, proposed.author_id)
    _settle(session, actor, post, title_before, repurposed=repurposed)
    judging.tell_of_edit(session, post, verdict)
    return before | {"revision": post.revision_count}


def give_back(
    session: Session, actor: Actor, proposed: Proposed, taken: str, before: Mapping[str, Any], body: Written
) -> None:
    """The opposite: the wording before it (`body`: its source, rendered) is the newest one. Conflict where the post
    says something else than what was `taken` over by now."""
    require(actor, Act.DECIDE_SUGGESTION, proposed)
    post = proposed.post
    check_rewording(actor, post)
    now_said = {"revision": post.revision_count, "source": body.source, "titled": post.topic.title}
    if post.source != taken or any(now_said[key] != before[key] for key in now_said if key in before):
        raise Conflict(_("The post was changed again since. Bring an earlier version back from its history instead."))
    former = session.scalars(
        select(Revision).where(Revision.post_id == post.id, Revision.number == post.revision_count)
    ).one()
    draft = EditDraft(body, post.revision_count, title=before.get("title"))
    repurposed = bool(post.affiliation_kind) and asking_anew.pass_edit(session, actor, post, draft)
    title_before, now = post.topic.title, clock.now()
    if before.get("tags") is not None:
        retag(session, actor, post.topic, before["tags"])
    if before.get("title", title_before) != title_before:
        note_words(session, post, [before["title"]])
        post.topic.title, post.topic.slug = before["title"], slug_of(before["title"])
        fields_edited(session, actor, post.topic, now, moved=False)
    keep_revision(session, post, title_before, _("a suggestion taken back by %(name)s", name=actor.name))
    reword(session, actor, post, body, now, former.author_id)
    _settle(session, actor, post, title_before, repurposed=repurposed)


def _settle(session: Session, actor: Actor, post: Post, title_before: str, *, repurposed: bool) -> None:
    """What else follows from another wording."""
    if repurposed:
        purposes.take_effect(session, post, clock.now())
    if post.topic.title != title_before:
        texts.retitled(session, post.topic)
    emit(session, PostEdited(post.id, post.edited_by_id or actor.account_id or 0, False))
