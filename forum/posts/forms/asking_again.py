"""Forms for what stands beside the text of a post, such as its poll: what the post is for then, why it cannot wait, and
whom to ask. And what is said where a notice of safety is one no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import flash, request
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum.core.db import reading, transaction
from forum.core.errors import ForumError, Invalid
from forum.core.web.pages import see_other
from forum.core.web.running import settings
from forum.core.web.times import near
from forum.core.words import gettext as _
from forum.organization.overriding import Grounds, HeldBack, weightiest
from forum.organization.verdicts import Sentence, Verdict
from forum.permissions import Actor
from forum.posts import actions
from forum.posts.actions.asking_anew import Said, place_beside
from forum.posts.addresses import number_path
from forum.posts.forms.grounds import ASK, AskedAgain
from forum.posts.forms.voices import purposes_of_edit
from forum.posts.models import Post, Topic
from forum.posts.queries.finding import topic as topic_of
from forum.posts.written import written_by


def told(sentence: Sentence) -> Markup:
    """A sentence of the guard, its times as a person says them."""
    filled = {name: near(one) if isinstance(one, datetime) else one for name, one in sentence.filled.items()}
    return Markup(_(sentence.message, **filled))  # noqa: S704 our own sentence, filled with numbers and times


def refusal(error: ForumError) -> str:
    """Why something was not taken; what the guard says as the strip says it."""
    if not isinstance(error, HeldBack):
        return error.sentence
    sentence = weightiest(error.verdict).sentence
    return told(sentence) if error.sentence == str(sentence) else error.sentence


class Again:
    """What such a form asks beside its own fields. `verdict`: what the guard said to it."""

    def __init__(self, actor: Actor, post: Post) -> None:
        self.form = AskedAgain()
        self.form.speaks = actor.belonging is not None and bool(post.affiliation_kind)
        self.form.offer_grounds()
        self.form.offer_purposes(purposes_of_edit(actor, post))
        self.verdict: Verdict | None = None

    @property
    def asks_host(self) -> bool:
        """Whether a Host is to be asked."""
        return self.form.taken() == ASK

    @property
    def purpose(self) -> str:
        """What the post is for now, if that was chosen."""
        return self.form.chosen_purpose()

    def grounds(self) -> Grounds:
        """Why it cannot wait; Invalid where that is needed and not said."""
        return self.form.grounds()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Around the verb: what the guard says is kept, and offered in the form that comes back."""
        try:
            yield
        except HeldBack as error:
            self.verdict = error.verdict
            raise
        except Invalid as error:
            if error.field in self.form:
                self.form.show(error)
            raise


def ask_host_beside(actor: Actor, said: Said, locked: Callable[[Session], Post]) -> Response:
    """Show a Host what would stand beside the text; whoever asks finds the way back to this form."""
    source = "\n\n".join("\n".join(said.would.values()).split("\n"))
    body = written_by(reading(), actor, source, settings().base_url)
    with transaction() as session:
        post = locked(session)
        place, title = place_beside(actor, post, said), post.topic.title
        actions.ask_host(session, actor, place, body, said.grounds, title=title, beside={"at": request.path})
        path = number_path(post.topic, post.number)
    asked = _("A Host is asked, and you hear from them. With their yes, send the very same words within a day.")
    flash(asked, "success")
    return see_other(path)


def tell_if_lost(actor: Actor, topic: Topic, was: str) -> None:
    """Say that a notice of safety, security or law (`was`: of what kind) is one no more, where that came of an edit."""
    if was and not topic_of(reading(), actor, topic.id).notice:
        lost = _("This is no notice of safety any more, but an announcement like others: it says something else.")
        flash(lost, "info")
