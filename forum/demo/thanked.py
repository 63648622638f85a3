"""What the house thanked members for, by the verbs that its people use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.demo.waiting import Who
from forum.permissions import Actor
from forum.posts.models import Post
from forum.posts.queries import post_for_update
from forum.recognition import actions


def thank(session: Session, prepared: Prepared, ground: Ground, topic_ids: Mapping[str, int], who: Who) -> None:
    """Recognitions, answered by whom they are for, and a note; `topic_ids` by the keys of the texts."""

    def read(text: Mapping[str, Any]) -> tuple[Actor, Post]:
        by = who(session, session.get_one(Account, ground.people[text["by"]]))
        there = select(Post.id).where(Post.topic_id == topic_ids[text["topic"]], Post.number == text["number"])
        return by, post_for_update(session, by, session.scalars(there).one())

    for text in prepared.community.waiting.recognition:
        by, post = read(text)
        row = actions.recognize(session, by, post, text["words"], None)
        member = who(session, session.get_one(Account, row.account_id))
        actions.answer(session, member, row, is_public=text["public"])
    for text in prepared.community.waiting.thank:
        by, post = read(text)
        actions.thank(session, by, post, text["note"])
