"""What the house is bound by: its official posts as statements, and what it said in some of them that it will do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.organization.intents import Intent
from forum.posts.models import Post, Topic
from forum.statements.actions import begin_statement
from forum.statements.models import Pledge, Statement
from forum.statements.queries import today_on
from forum.statements.terms import first_terms


def state(session: Session, prepared: Prepared, ground: Ground, topic_ids: Mapping[str, int]) -> None:
    """As they were said on their days; `topic_ids` by the keys of the texts."""
    official = (
        select(Post).options(joinedload(Post.topic).joinedload(Topic.board)).where(Post.intent == Intent.OFFICIAL)
    )
    for post in session.scalars(official).all():
        begin_statement(session, post)
        session.flush()
        row, terms = session.get_one(Statement, post.id), first_terms(today_on(post.topic.board, post.created_at))
        row.valid_from, row.review_on = terms.valid_from, terms.review_on
    for text in prepared.community.waiting.pledge:
        where = (Post.topic_id == topic_ids[text["topic"]], Post.number == text["number"])
        post = session.scalars(select(Post).where(*where)).one()
        session.add(
            Pledge(
                post_id=post.id,
                owner_id=ground.people[text["owner"]],
                words=text["words"],
                due_on=(ground.now + timedelta(days=text["due_in_days"])).date(),
                created_at=post.created_at,
                created_by_id=post.author_id,
                kept_on=(ground.now - timedelta(days=kept)).date() if (kept := text.get("kept_days_ago")) else None,
            )
        )
        post.is_binding = True
    session.flush()
