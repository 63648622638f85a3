"""Giving a topic that is there other tags."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from forum.boards import queries as boards
from forum.boards.models import Tag
from forum.core.errors import Invalid
from forum.core.words import ngettext
from forum.permissions import Actor
from forum.posts import tallies
from forum.posts.actions.publishing import limits_of
from forum.posts.actions.starting import chosen_tags, enough_tags
from forum.posts.models import Topic, TopicTag


def retag(session: Session, actor: Actor, topic: Topic, slugs: Sequence[str]) -> bool:
    """Set the tags of a topic; whether they are others now. Reserved ones that stand there already stay, unless their
    keepers take them off."""
    standing = {
        tag.slug: tag
        for tag in session.scalars(select(Tag).join(TopicTag, TopicTag.tag_id == Tag.id).where(_of(topic)))
    }
    known = boards.known_tags(session, slugs)
    slugs = [known[slug].slug if slug in known else slug for slug in slugs]
    new = chosen_tags(session, actor, [slug for slug in slugs if slug not in standing])
    keeps = actor.is_staff or actor.is_moderator
    gone = [tag.id for slug, tag in standing.items() if slug not in slugs and (keeps or not tag.is_reserved)]
    most = limits_of(session).tags_max
    if len(standing) - len(gone) + len(new) > most:
        raise Invalid(ngettext("A topic has at most %(num)s tag.", "A topic has at most %(num)s tags.", most), "tags")
    if len(new) < len(gone):  # what has fewer tags than its board asks for may be edited, but not lose more
        enough_tags(session, topic.board, len(standing) - len(gone) + len(new))
    session.execute(delete(TopicTag).where(_of(topic), TopicTag.tag_id.in_(gone)))
    session.add_all(TopicTag(topic_id=topic.id, tag_id=tag.id) for tag in new)
    if topic.deleted_at is None:
        tallies.tagged(session, gone, -1)
        tallies.tagged(session, [tag.id for tag in new], +1)
    session.flush()
    return bool(gone or new)


def _of(topic: Topic) -> ColumnElement[bool]:
    return TopicTag.topic_id == topic.id
