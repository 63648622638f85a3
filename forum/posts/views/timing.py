"""The times that moderators set for a topic."""

from __future__ import annotations

from flask import flash
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from forum import identity
from forum.core.db import reading, transaction
from forum.core.errors import Invalid
from forum.core.moments import typed_instant, typed_moment
from forum.core.web.forms import Form
from forum.core.web.pages import render, see_other
from forum.core.web.times import reader_zone
from forum.core.words import gettext as _
from forum.permissions import Act, require
from forum.posts import actions, queries
from forum.posts.actions.timing import Timer
from forum.posts.addresses import topic_path
from forum.posts.models import Topic
from forum.posts.views import blueprint


class TimerForm(Form):
    """When a topic closes and opens again. Times are the reader's."""

    closes_at = StringField(_l("Closes at"), render_kw={"type": "datetime-local"})
    silent_days = StringField(
        _l("… or so many days after the last post"), render_kw={"inputmode": "numeric", "pattern": "[0-9]*"}
    )
    opens_at = StringField(_l("Opens again at"), render_kw={"type": "datetime-local"})

    def timer(self) -> Timer:
        """What was typed; raises Invalid."""
        zone, days = reader_zone(), (self.silent_days.data or "").strip()
        if days and not (days.isascii() and days.isdigit() and len(days) < 5):
            raise Invalid(_("Write a whole number of days."), "silent_days")
        return Timer(
            typed_instant(self.closes_at.data or "", zone, "closes_at"),
            int(days) if days else None,
            typed_instant(self.opens_at.data or "", zone, "opens_at"),
        )

    def fill(self, topic: Topic) -> None:
        """Show the times as they stand."""
        zone = reader_zone()
        self.closes_at.data = "" if topic.silent_days else typed_moment(topic.closes_at, zone)
        self.silent_days.data = str(topic.silent_days or "")
        self.opens_at.data = typed_moment(topic.opens_at, zone)


@blueprint.get("/t/<int:topic_id>/timer")
def timer(topic_id: int) -> Response:
    """The form."""
    topic = queries.topic(reading(), identity.actor(), topic_id)
    require(identity.actor(), Act.LOCK_TOPIC, topic)
    form = TimerForm()
    form.fill(topic)
    return render("posts/timer_form.html", topic=topic, form=form)


@blueprint.post("/t/<int:topic_id>/timer")
def set_timer(topic_id: int) -> Response:
    """Keep the times; empty ones are taken away."""
    actor, form = identity.actor(), TimerForm()
    try:
        wanted = form.timer()
        with transaction() as session:
            topic = queries.topic_for_update(session, actor, topic_id)
            actions.set_timer(session, actor, topic, wanted)
    except Invalid as error:
        form.show(error)
        topic = queries.topic(reading(), actor, topic_id)
        return render("posts/timer_form.html", status=error.status, topic=topic, form=form)
    flash(_("The times are kept.") if wanted != Timer() else _("The topic has no set times any more."), "success")
    return see_other(topic_path(topic))
