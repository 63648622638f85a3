"""The addresses of topics and posts, by what people come for: reading lists, reading a topic, writing, acting."""

from __future__ import annotations

from flask import Blueprint

from forum.core import clock
from forum.core.markup.linking import linked
from forum.posts import addresses, wording
from forum.posts.views import asking, telling
from forum.uploads.addresses import undescribed
from forum.uploads.kinds import ACCEPTED

blueprint = Blueprint("posts", __name__)
blueprint.add_app_template_filter(addresses.number_path)
blueprint.add_app_template_filter(addresses.topic_path)
blueprint.add_app_template_filter(addresses.page_of)
blueprint.add_app_template_filter(telling.event_time)
blueprint.add_app_template_filter(telling.time_there)
blueprint.add_app_template_filter(undescribed)
blueprint.add_app_template_filter(linked)
blueprint.add_app_template_global(clock.now)
blueprint.add_app_template_global(lambda: ACCEPTED, "accepted_files")
blueprint.add_app_template_global(asking.looks_after_boards)
blueprint.add_app_template_global(asking.choosing_path)
blueprint.add_app_template_global(wording.idea_state, "idea_state_words")

from forum.posts.views import (  # noqa: E402
    acting,
    arranging,
    attention,
    backing,
    completing,
    doubting,
    editing,
    expired,
    following,
    guarding,
    history,
    holding,
    inserting,
    inviting,
    lists,
    outcomes,
    reacted,
    replying,
    splitting,
    standing_by,
    steering,
    stewarding,
    timing,
    tools,
    topics,
    turns,
    waiting,
    writing,
)

__all__ = [
    "acting",
    "arranging",
    "attention",
    "backing",
    "blueprint",
    "completing",
    "doubting",
    "editing",
    "expired",
    "following",
    "guarding",
    "history",
    "holding",
    "inserting",
    "inviting",
    "lists",
    "outcomes",
    "reacted",
    "replying",
    "splitting",
    "standing_by",
    "steering",
    "stewarding",
    "timing",
    "tools",
    "topics",
    "turns",
    "waiting",
    "writing",
]
