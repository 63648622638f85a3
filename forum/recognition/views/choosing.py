"""Recognizing: whom one could, the form, and taking it back."""

from __future__ import annotations

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.core.db import reading
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import queries as organizations
from forum.permissions.speaking import recognizes_somewhere
from forum.posts import queries as posts
from forum.posts.models import Post
from forum.recognition import actions, queries, wording
from forum.recognition.forms import RecognizeForm, TakeBackForm
from forum.recognition.mix import Advice
from forum.recognition.queries import choosing, suggesting
from forum.recognition.queries.choosing import Choice
from forum.recognition.views import blueprint

_ID = "int(max=2147483647)"


@blueprint.get("/organization/recognize")
def suggestions() -> Response:
    """What members suggest by thanking, accepting and confirming; and the mix."""
    actor = identity.actor()
    return render(
        "recognition/suggestions.html",
        page=queries.suggestions(reading(), actor),
        given=queries.given_lately(reading(), actor),
        host=organizations.host(reading()),
        may_recognize=recognizes_somewhere(actor, None),
        may_take_back=actions.may_take_back,
        wording=wording,
    )


@blueprint.get(f"/p/<{_ID}:post_id>/recognize")
def form(post_id: int) -> Response:
    """The form, with the mix beside it."""
    post = posts.post(reading(), identity.actor(), post_id)
    choice = queries.choice(reading(), identity.actor(), post)
    return _page(post, choice, RecognizeForm(formdata=None, awards=choice.awards))


@blueprint.get(f"/p/<{_ID}:post_id>/recognize/advice")
def advice(post_id: int) -> Response:
    """What is said of the words while they are typed."""
    actor = identity.actor()
    post = posts.post(reading(), actor, post_id)
    choice = queries.choice(reading(), actor, post, request.args.get("words", ""))
    return render("recognition/mix.html", fragment="line", mix=choice.mix, advice=choice.advice)


@blueprint.post(f"/p/<{_ID}:post_id>/recognize")
def recognize(post_id: int) -> Response:
    """Say it. What is remarked on does not hold it up."""
    actor = identity.actor()
    post = posts.post(reading(), actor, post_id)
    words = request.form.get("words", "")
    choice = queries.choice(reading(), actor, post, words)
    typed = RecognizeForm(awards=choice.awards)

    def verb(session: Session) -> str:
        there = posts.post_for_update(session, actor, post_id)
        award = choosing.award(session, typed.award.data) if typed.award.data else None
        actions.recognize(session, actor, there, words, award)
        return _("They are told, and asked whether it may be shown.")

    if done(typed, verb):
        _remark(choice.advice)
        return see_other(url_for("recognition.suggestions"))
    return _page(post, choice, typed, 422)


@blueprint.route(f"/recognitions/<{_ID}:recognition_id>/take-back", methods=["GET", "POST"])
def take_back(recognition_id: int) -> Response:
    """It does not hold any more; after a day, a Host says why."""
    actor = identity.actor()
    row = suggesting.given(reading(), actor, recognition_id)
    needs_reason = not actions.is_early(actor, row)
    if request.method == "GET":
        empty = TakeBackForm(formdata=None)
        return render("recognition/take_back.html", row=row, form=empty, needs_reason=needs_reason)
    typed = TakeBackForm()

    def verb(session: Session) -> str:
        actions.take_back(session, actor, suggesting.given(session, actor, recognition_id), typed.reason.data or "")
        return _("It is taken back, and shown nowhere.")

    if done(typed, verb):
        return see_other(url_for("recognition.suggestions") if actor.belonging else url_for("recognition.public"))
    return render("recognition/take_back.html", status=422, row=row, form=typed, needs_reason=needs_reason)


def _remark(said: Advice) -> None:
    for remark in said.remarks:
        flash(str(remark), "notice")


def _page(post: Post, choice: Choice, form: RecognizeForm, status: int = 200) -> Response:
    return render("recognition/recognize.html", status=status, post=post, topic=post.topic, choice=choice, form=form)
