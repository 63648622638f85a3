"""Answering otherwise: what was written as a reply becomes a part of one's last post, or the beginning of a topic."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import request, url_for
from werkzeug.wrappers import Response

from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.web.pages import see_other, wants_fragment
from forum.core.words import gettext as _
from forum.drafts import actions as drafts
from forum.drafts.sequence import Attempt
from forum.drafts.words import Words
from forum.permissions import Act, Actor, require
from forum.posts import actions, queries
from forum.posts.addresses import link, number_path, topic_path
from forum.posts.drafts import EditDraft
from forum.posts.forms import ReplyForm
from forum.posts.models import Topic
from forum.posts.views.keeping import settle
from forum.posts.views.rendering import written


def is_diverted() -> bool:
    """Whether the form asks for something else than a reply."""
    return request.form.get("instead", "") in {"add", "topic"}


def divert(actor: Actor, topic: Topic, form: ReplyForm) -> Response:
    """Do what the form asks instead, and lead there."""
    body = (form.body.data or "").strip()
    if not body:
        raise Invalid(_("A post needs some words."), "body")
    url = _add(actor, topic, body) if request.form["instead"] == "add" else _begin(actor, topic, body)
    if not wants_fragment():
        return see_other(url)
    answer = FlaskResponse()
    answer.headers["HX-Redirect"] = url
    return answer


def _add(actor: Actor, topic: Topic, body: str) -> str:
    """To the end of one's last reply, as an edit of it."""
    last = queries.own_last_reply(reading(), actor, topic.id)
    if last is None:
        raise Conflict(_("Somebody replied meanwhile: your last post is not the last one any more. Post this below."))
    whole = written(f"{last.source}\n\n{body}", board_id=topic.board_id)
    with transaction() as session:
        post = queries.post_for_update(session, actor, last.id)
        if post.source != last.source:
            raise Conflict(_("Somebody changed this post meanwhile. Your text is kept: try once more."))
        actions.edit_post(session, actor, post, EditDraft(whole, base=post.revision_count))
        settle(session, actor, "reply", topic.id)
        return number_path(post.topic, post.number)


def _begin(actor: Actor, topic: Topic, body: str) -> str:
    """As the draft of a topic on the same board, which links back to this one."""
    require(actor, Act.START_TOPIC, topic.board)
    head = _("This goes on from %(topic)s.", topic=link(topic.title, topic_path(topic)))
    with transaction() as session:
        try:
            drafts.keep(session, actor, "topic", topic.board_id, Words("", f"{head}\n\n{body}", {}), Attempt(""))
        except drafts.Stale:
            raise Conflict(
                _("You have begun another topic on this board. Publish it or throw it away first; this text is kept.")
            ) from None
        settle(session, actor, "reply", topic.id)
    return url_for("posts.new_topic", slug=topic.board.slug)
