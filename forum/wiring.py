"""The forum on one page: who answers which addresses, who hears which event, which jobs exist and when they run.

Nothing registers itself by being imported. To add a capability, add its lines here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, Flask

from forum.core.events import Subscriber
from forum.posts import events as posts

# Blueprints, in the order in which addresses are looked up.
BLUEPRINTS: Sequence[Blueprint] = ()

# Event → who hears it, in this order, in the transaction of the verb. An empty row: nobody needs to, yet.
SUBSCRIBERS: Mapping[type, Sequence[Subscriber]] = {
    posts.TopicStarted: (),
    posts.ReplyPosted: (),
    posts.PostEdited: (),
    posts.PostDeleted: (),
    posts.PostUndeleted: (),
    posts.AnswerAccepted: (),
    posts.AnswerWithdrawn: (),
    posts.Reacted: (),
    posts.ReactionWithdrawn: (),
    posts.TopicStateChanged: (),
}

# Job name → what a worker does: (payload) → None. Safe to repeat.
JOBS: Mapping[str, Callable[..., None]] = {}

# Job name → every how many seconds the worker starts it.
CALENDAR: Mapping[str, int] = {}


def register(app: Flask) -> None:
    """Open the addresses."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
