"""Making, describing and deleting tags."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards.actions.checks import LONGEST_DESCRIPTION, taken_meanwhile, too_long
from forum.boards.drafts import TagDraft, fingerprint, tag_draft
from forum.boards.events import TagCreated, TagDeleted, TagEdited
from forum.boards.models import Tag
from forum.core.errors import Conflict, InvalidFields
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.slugs import slug_of
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require

LONGEST_NAME = 40


def create_tag(session: Session, actor: Actor, draft: TagDraft) -> Tag:
    """A new tag."""
    require(actor, Act.ADMINISTER)
    tag = Tag()
    _write(session, tag, draft)
    session.add(tag)
    with taken_meanwhile():
        session.flush()
    emit(session, TagCreated(tag.id, actor.account_id))
    return tag


def edit_tag(session: Session, actor: Actor, tag: Tag, draft: TagDraft, seen: str) -> None:
    """Name or describe a tag anew. `seen`: the fingerprint of what the form was filled with; else Conflict."""
    require(actor, Act.ADMINISTER)
    session.refresh(tag, with_for_update=True)
    if fingerprint(tag_draft(tag)) != seen:
        raise Conflict(_("Somebody else changed this tag while you were writing. Your words are still here."))
    _write(session, tag, draft)
    with taken_meanwhile():
        session.flush()
    emit(session, TagEdited(tag.id, actor.account_id))


def delete_tag(session: Session, actor: Actor, tag: Tag) -> None:
    """Take a tag away from all its topics. The topics stay."""
    require(actor, Act.ADMINISTER)
    session.delete(tag)
    session.flush()
    emit(session, TagDeleted(tag.id, actor.account_id))


def _write(session: Session, tag: Tag, draft: TagDraft) -> None:
    name, description = one_line(draft.name.strip().lstrip("#")), one_line(draft.description)
    slug = slug_of(name, LONGEST_NAME)
    wrong: dict[str, str] = {}
    if len(name) > LONGEST_NAME:
        wrong["name"] = too_long(name, LONGEST_NAME)
    elif not slug:
        wrong["name"] = _("A tag needs a name of letters or digits.")
    elif other := _at(session, slug, tag.id):
        wrong["name"] = _("There is a tag “%(name)s” already.", name=other)
    if len(description) > LONGEST_DESCRIPTION:
        wrong["description"] = too_long(description, LONGEST_DESCRIPTION)
    if wrong:
        raise InvalidFields(wrong)
    tag.slug, tag.name, tag.description, tag.is_reserved = slug, name, description, draft.is_reserved


def _at(session: Session, slug: str, own_id: int | None) -> str | None:
    with session.no_autoflush:
        return session.scalar(select(Tag.name).where(Tag.slug == slug, Tag.id != (own_id or 0)))
