"""Merging two tags that mean the same, and taking it back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from forum.boards import queries as boards
from forum.boards.events import TagDeleted, TagsMerged, TagsParted
from forum.boards.models import Tag, TagSynonym
from forum.core.db.moving import move_all
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import check
from forum.posts.models import TopicTag
from forum.site.actions import note_deed
from forum.site.models import Deed

_KEPT = ("slug", "name", "description", "about_source", "about_html", "is_reserved")


def merge_tags(session: Session, actor: Actor, tag: Tag, into: Tag) -> Deed:
    """Let `into` stand wherever `tag` stood. The name of `tag` becomes a synonym, so that its address and what people
    type lead on. Can be undone from the log, but for what people follow."""
    require(actor, Act.ADMINISTER)
    if tag.id == into.id:
        raise Invalid(_("A tag cannot be merged with itself."), "into")
    _lock(session, tag.id, into.id)
    carried, both = _topics_of(session, tag.id), _topics_of(session, into.id)
    before = {
        "tag": {name: getattr(tag, name) for name in _KEPT},
        "synonyms": [[row.slug, row.name] for row in boards.synonyms_of(session, tag)],
        "moved": sorted(carried - both),
        "both": sorted(carried & both),
    }
    _carry(session, into.id, carried - both)
    session.execute(update(TagSynonym).where(TagSynonym.tag_id == tag.id).values(tag_id=into.id))
    move_all(session, Tag.__table__, tag.id, into.id, besides=("topic_tags", "tag_synonyms"))  # type: ignore[arg-type]
    slug, name, old_id = tag.slug, tag.name, tag.id
    session.delete(tag)
    session.flush()
    session.add(TagSynonym(slug=slug, name=name, tag_id=into.id))
    check.settle(session, Tag, [into.id])
    deed = note_deed(
        session, actor, "tag", into.id, "merged", before=before, after={"into": into.id, "name": into.name}
    )
    emit(session, TagDeleted(old_id, actor.account_id))
    emit(session, TagsMerged(into.id, deed.id, actor.account_id))
    return deed


def undo_merge(session: Session, actor: Actor, deed: Deed) -> Tag:
    """Two tags again: the topics that carried the first carry it again, unless they were tagged anew since. Conflict
    when the name is in use otherwise now."""
    require(actor, Act.ADMINISTER)
    if (deed.about, deed.deed) != ("tag", "merged"):
        raise Invalid(_("This cannot be undone from here."))
    old, into_id = deed.before["tag"], int(deed.after["into"])
    into = session.get(Tag, into_id, with_for_update=True)
    names = [old["slug"], *(slug for slug, _name in deed.before["synonyms"])]
    mine = TagSynonym.tag_id == into_id, TagSynonym.slug.in_(names)
    if into is None or old["slug"] not in set(session.scalars(select(TagSynonym.slug).where(*mine))):
        raise Conflict(_("These tags were changed once more since: they cannot be parted from here any more."))
    back = set(session.scalars(select(TagSynonym.slug).where(*mine))) - {old["slug"]}
    session.execute(delete(TagSynonym).where(*mine))
    tag = Tag(**old)
    session.add(tag)
    session.flush()
    session.add_all(
        TagSynonym(slug=slug, name=name, tag_id=tag.id) for slug, name in deed.before["synonyms"] if slug in back
    )
    still = _topics_of(session, into_id)
    moved, both = set(deed.before["moved"]) & still, set(deed.before["both"]) & still
    for some in _some(moved):
        session.execute(delete(TopicTag).where(TopicTag.tag_id == into_id, TopicTag.topic_id.in_(some)))
    _carry(session, tag.id, moved | both)
    check.settle(session, Tag, [tag.id, into_id])
    note_deed(session, actor, "tag", tag.id, "parted", before={"name": into.name}, after={"name": tag.name})
    emit(session, TagsParted(tag.id, into_id, actor.account_id))
    return tag


def _lock(session: Session, *tag_ids: int) -> None:
    session.execute(select(Tag.id).where(Tag.id.in_(tag_ids)).order_by(Tag.id).with_for_update())


def _topics_of(session: Session, tag_id: int) -> set[int]:
    return set(session.scalars(select(TopicTag.topic_id).where(TopicTag.tag_id == tag_id)))


def _carry(session: Session, tag_id: int, topic_ids: set[int]) -> None:
    for some in _some(topic_ids):
        rows: list[dict[str, Any]] = [{"topic_id": topic_id, "tag_id": tag_id} for topic_id in some]
        session.execute(insert(TopicTag), rows)


def _some(ids: set[int]) -> list[list[int]]:
    ordered = sorted(ids)
    return [ordered[start : start + check.BATCH] for start in range(0, len(ordered), check.BATCH)]
