"""Answering in a topic. Whatever is refused comes back, on the page that it was written on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import request
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid, NotFound, Sanctioned, SignInNeeded, TooSoon
from forum.core.web.limits import limiter
from forum.core.web.pages import see_other, wants_fragment
from forum.core.web.sizes import takes_files
from forum.core.words import gettext as _
from forum.drafts import forms as drafts
from forum.organization.intents import Intent
from forum.permissions import Act, Actor, require
from forum.posts import actions, queries
from forum.posts.addresses import number_path, page_of, topic_path
from forum.posts.forms import ReplyForm
from forum.posts.forms.asking_again import refusal
from forum.posts.forms.grounds import ASK, CLARIFY, DRAFT, INSERT, STAND_BY, THANK
from forum.posts.forms.voices import voices_of
from forum.posts.guard_models import StandBy
from forum.posts.limits import AskFirst
from forum.posts.models import Post, Topic
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_number, is_member, writes_first
from forum.posts.views.diverting import divert, is_diverted
from forum.posts.views.guarding import ask_host_to_reply, kept_as_draft, need_not_wait, stands_by
from forum.posts.views.holding import waits
from forum.posts.views.inserting import inserted
from forum.posts.views.keeping import let_wait, place_sent, put_aside, settle
from forum.posts.views.rendering import written
from forum.posts.views.showing import Editor, show_topic
from forum.uploads.forms import attach, is_attaching


@blueprint.post("/t/<int:topic_id>/reply")
@takes_files
@limiter.limit("10/hour", exempt_when=is_member)
def reply(topic_id: int) -> Response:
    """Post it, or show how it would look."""
    actor = identity.actor()
    topic = queries.topic(reading(), actor, topic_id)
    form = ReplyForm(voices=voices_of(actor, topic.board_id))
    confirmed, write = tuple(request.form.getlist("confirmed"))[:8], partial(written, board_id=topic.board_id)
    editor = Editor(form, confirmed=confirmed, keeping=drafts.as_sent(place_sent(), topic_id))
    try:
        if writes_first():
            require(actor, Act.ANSWER_FIRST, topic)
            form.draft(write, None, confirmed)
            return let_wait(actor, "reply", topic_id)
        require(actor, Act.REPLY, topic)
        if (instead := _instead(actor, topic, editor)) is not None:
            return instead
        draft = form.draft(write, _answered_number(actor, topic_id, form), confirmed)
        if form.taken() == ASK:
            return ask_host_to_reply(actor, topic_id, draft)
        with transaction() as session:
            post = actions.reply(session, actor, queries.topic_for_update(session, actor, topic_id), draft)
            settle(session, actor, place_sent(), topic_id)
            kept = post if isinstance(post, StandBy) else None
            number, url = (
                (post.number, number_path(post.topic, post.number)) if isinstance(post, Post) else (post.id, "")
            )
    except (NotFound, Sanctioned):
        raise
    except ForumError as error:
        return reply_refused(topic_id, editor, error)
    if kept is not None:
        return stands_by(kept)
    # Another address than before: a browser that is on that page opens it anew.
    return _replied(topic_id, number, url) if url else waits(topic_path(topic, waits=number))


def _instead(actor: Actor, topic: Topic, editor: Editor) -> Response | None:
    """What the form asks for before, or in place of, posting."""
    form = editor.form
    if is_attaching():
        return _reply_again(topic.id, replace(editor, sentence=attach(actor, form.body)))
    if "preview" in request.form:
        preview = written(form.body.data or "", board_id=topic.board_id).rendered.html
        return _reply_again(topic.id, replace(editor, preview=preview))
    if is_diverted():
        return divert(actor, topic, form)
    if form.taken() == DRAFT:
        return kept_as_draft(actor, place_sent(), topic.id)
    if form.taken() == INSERT:
        text = inserted(actor, topic, request.form.get("saved", ""), form.reply_to.data or "")
        form.body.data = f"{begun}\n\n{text}" if (begun := (form.body.data or "").rstrip()) else text
        return _reply_again(topic.id, editor)
    if form.taken() in _PURPOSES:
        put_aside(actor, topic.id)
        return _reply_again(topic.id, _for_another_purpose(actor, topic, form))
    if form.taken() == STAND_BY and need_not_wait(actor, topic, form):
        said = _("For this purpose your reply need not wait, so it was not kept as a stand-by. Post it when you like.")
        return _reply_again(topic.id, replace(editor, sentence=said))
    return None


_PURPOSES = {CLARIFY: Intent.CLARIFY, THANK: Intent.THANK}
"""Doors that lead to another purpose."""


def _for_another_purpose(actor: Actor, topic: Topic, before: ReplyForm) -> Editor:
    """An empty editor for a question back or thanks, to the same post and in the same voice."""
    form = ReplyForm(formdata=None, voices=voices_of(actor, topic.board_id))
    form.intent.data, form.speaking.data = str(_PURPOSES[before.taken()]), before.speaking.data
    form.reply_to.data = before.reply_to.data
    return Editor(form, keeping=drafts.opened("reply", topic.id, None), asks_back=True)


def _answered_number(actor: Actor, topic_id: int, form: ReplyForm) -> int | None:
    """The number of the answered post; raises Invalid where it cannot be read any more."""
    post_id = asked_number("reply_to")
    if post_id is None:
        return None
    try:
        post = queries.post(reading(), actor, post_id)
    except NotFound:
        post = None
    if post is None or post.topic_id != topic_id:
        form.reply_to.data = ""
        raise Invalid(_("The post you reply to is not there any more. You can still reply to the topic."), "body")
    return post.number


def _replied(topic_id: int, number: int, url: str) -> Response:
    """htmx gets what is new below what it shows, everybody else is led to their reply."""
    if not wants_fragment():
        return see_other(url)
    if asked_number("page") != page_of(number):
        answer = Response()
        answer.headers["HX-Redirect"] = url
        return answer
    actor = identity.actor()
    page = queries.topic_page(reading(), actor, topic_id, page_of(number))
    form = ReplyForm(formdata=None, voices=voices_of(actor, page.topic.board_id))
    editor = Editor(form, keeping=drafts.opened("reply", topic_id, page.draft))
    answer = show_topic(page, editor, fragment="replied")
    # A reload, or the way back, must not ask for the quotation again.
    answer.headers["HX-Replace-Url"] = url
    return answer


def reply_refused(topic_id: int, editor: Editor, error: ForumError) -> Response:
    """The editor again, with what was typed and what was said to it."""
    if isinstance(error, AskFirst):
        return _reply_again(topic_id, replace(editor, ask=error.key, sentence=refusal(error)), error.status)
    if isinstance(error, Invalid):
        editor.form.show(error)
        return _reply_again(topic_id, editor, error.status)
    needs = isinstance(error, SignInNeeded)
    again = _reply_again(topic_id, replace(editor, sentence=refusal(error), needs_sign_in=needs), error.status)
    if isinstance(error, TooSoon):
        again.headers["Retry-After"] = str(error.seconds)
    return again


def _reply_again(topic_id: int, editor: Editor, status: int = 200) -> Response:
    """The page that the form stood on, with the form as it was sent."""
    session, actor = reading(), identity.actor()
    wanted = asked_number("page") or 1
    topic = queries.topic(session, actor, topic_id)
    page = queries.topic_page(session, actor, topic_id, min(wanted, page_of(topic.last_number)))
    answered = asked_number("reply_to") if editor.form.reply_to.data else None
    answering = next((view.post for view in page.posts.items if view.post.id == answered), None)
    answer = show_topic(page, replace(editor, answering=answering), status=status, fragment="editor")
    if wants_fragment():
        answer.headers["HX-Retarget"] = "#reply"
        answer.headers["HX-Reswap"] = "outerHTML"
    return answer
