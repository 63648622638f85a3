"""Saying that something is not as it should be: a post (a topic by its opening post) or a profile. A page, and the
sheet over the page on which one reads."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.core.db import reading, transaction
from forum.core.errors import Invalid, NotFound, TooSoon
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.words import gettext as _
from forum.moderation import actions, subjects
from forum.moderation.forms import FlagForm
from forum.moderation.subjects import ACCOUNT, POST, Subject
from forum.moderation.views import blueprint
from forum.permissions import Act, require
from forum.posts import queries as posts
from forum.posts.addresses import board_path, number_path
from forum.posts.models import Post

PER_HOUR = "60/hour"


@dataclass(frozen=True)
class About:
    """What is flagged, as the page says it: `url` leads back to it, `action` takes the form, `way` are its crumbs."""

    kind: str
    id: int
    url: str
    action: str
    way: tuple[tuple[str, str], ...]
    author: Account | None
    words: str


@blueprint.get("/p/<int:post_id>/flag")
def ask_flag(post_id: int) -> Response:
    """What it is about, and the form."""
    return _page(_post(post_id), FlagForm.asked(formdata=None))


@blueprint.post("/p/<int:post_id>/flag")
@limiter.limit(PER_HOUR)
def flag(post_id: int) -> Response:
    """Tell the moderators of a post."""
    return _told(_post(post_id))


@blueprint.get("/t/<int(max=2147483647):topic_id>/flag")
def ask_flag_topic(topic_id: int) -> Response:
    """A topic is flagged by its opening post."""
    topic = posts.topic(reading(), identity.actor(), topic_id)
    opening = reading().scalar(select(Post.id).where(Post.topic_id == topic.id, Post.number == 1))
    return see_other(url_for("moderation.ask_flag", post_id=opening))


@blueprint.get("/u/<name>/flag")
def ask_flag_person(name: str) -> Response:
    """Whose profile it is, and the form."""
    return _page(_person(name), FlagForm.asked(formdata=None))


@blueprint.post("/u/<name>/flag")
@limiter.limit(PER_HOUR)
def flag_person(name: str) -> Response:
    """Tell the moderators of somebody's profile."""
    return _told(_person(name))


def _post(post_id: int) -> About:
    post = posts.post(reading(), identity.actor(), post_id)
    require(identity.actor(), Act.FLAG, post)
    way = ((board_path(post.topic.board.slug), post.topic.board.name), (f"/p/{post.id}", post.topic.title))
    action, url = url_for("moderation.flag", post_id=post.id), number_path(post.topic, post.number)
    return About(POST, post.id, url, action, way, post.author, post.plain[:400])


def _person(name: str) -> About:
    person = accounts.by_name(reading(), name)
    if person is None or person.is_placeholder:
        raise NotFound(_("There is nobody here by this name."))
    require(identity.actor(), Act.FLAG, Subject(ACCOUNT, person.id, person.id, person))
    url = url_for("accounts.profile", name=person.name)
    action, said = url_for("moderation.flag_person", name=person.name), person.headline
    return About(ACCOUNT, person.id, url, action, ((url, person.shown_name),), person, said)


def _told(about: About) -> Response:
    form = FlagForm.asked()
    try:
        with transaction() as session:
            _flag(session, about, form)
    except Invalid as error:
        form.show(error)
    except TooSoon as error:
        form.form_errors.append(error.sentence)
    else:
        said = _("Thank you. The moderators look at it, and you hear what came of it.")
        if wants_fragment():
            return render("moderation/flag.html", fragment="told", said=said)
        flash(said, "success")
        return see_other(about.url)
    return _page(about, form, 422)


def _flag(session: Session, about: About, form: FlagForm) -> None:
    actor = identity.actor()
    if about.kind == POST:
        posts.post_for_update(session, actor, about.id)  # it may have gone out of sight meanwhile
    subject = subjects.load(session, about.kind, about.id)
    actions.flag(session, actor, subject, form.rule.data or "", form.words.data or "", about_host=form.about_host.data)


def _page(about: About, form: FlagForm, status: int = 200) -> Response:
    return render(
        "moderation/flag.html", fragment="sheet", status=status, about=about, form=form, is_sheet=wants_fragment()
    )
