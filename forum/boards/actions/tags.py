"""Making, describing and deleting tags, and other words for them."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forum.boards.actions.checks import LONGEST_DESCRIPTION, taken_meanwhile, too_long
from forum.boards.drafts import LONGEST_ABOUT, TagDraft, fingerprint, tag_draft
from forum.boards.events import TagCreated, TagDeleted, TagEdited
from forum.boards.models import Tag, TagSynonym
from forum.core.errors import Conflict, Invalid, InvalidFields
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.slugs import slug_of
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site.actions import note_change, note_deed

LONGEST_NAME = 40


def create_tag(session: Session, actor: Actor, draft: TagDraft) -> Tag:
    """A new tag."""
    require(actor, Act.ADMINISTER)
    tag = Tag()
    _write(session, tag, draft)
    session.add(tag)
    with taken_meanwhile():
        session.flush()
    note_deed(session, actor, "tag", tag.id, "created", after={"name": tag.name})
    emit(session, TagCreated(tag.id, actor.account_id))
    return tag


def edit_tag(session: Session, actor: Actor, tag: Tag, draft: TagDraft, seen: str) -> None:
    """Name or describe a tag anew. `seen`: the fingerprint of what the form was filled with; else Conflict."""
    require(actor, Act.ADMINISTER)
    session.refresh(tag, with_for_update=True)
    before = tag_draft(tag)
    if fingerprint(before) != seen:
        raise Conflict(_("Somebody else changed this tag while you were writing. Your words are still here."))
    former = TagSynonym(slug=tag.slug, name=tag.name, tag_id=tag.id)
    _write(session, tag, draft)
    session.execute(delete(TagSynonym).where(TagSynonym.slug == tag.slug))
    if tag.slug != former.slug:
        session.add(former)  # old links and old habits lead on
    with taken_meanwhile():
        session.flush()
    note_change(session, actor, "tag", tag.id, before.name, before=_said(before), after=_said(tag_draft(tag)))
    emit(session, TagEdited(tag.id, actor.account_id))


def delete_tag(session: Session, actor: Actor, tag: Tag) -> None:
    """Take a tag away from all its topics. The topics stay."""
    require(actor, Act.ADMINISTER)
    session.delete(tag)
    session.flush()
    note_deed(session, actor, "tag", tag.id, "deleted", before={"name": tag.name})
    emit(session, TagDeleted(tag.id, actor.account_id))


def add_synonym(session: Session, actor: Actor, tag: Tag, name: str) -> TagSynonym:
    """Another word that leads to `tag`: typed, and as an address."""
    require(actor, Act.ADMINISTER)
    name = one_line(name.strip().lstrip("#"))
    slug = slug_of(name, LONGEST_NAME)
    if len(name) > LONGEST_NAME:
        raise Invalid(too_long(name, LONGEST_NAME), "synonym")
    if not slug:
        raise Invalid(_("A tag needs a name of letters or digits."), "synonym")
    if other := _at(session, slug, None):
        raise Invalid(
            _("“%(name)s” is a tag of its own, or a word for one. Merge the two instead.", name=other), "synonym"
        )
    synonym = TagSynonym(slug=slug, name=name, tag_id=tag.id)
    session.add(synonym)
    with taken_meanwhile():
        session.flush()
    note_deed(session, actor, "tag", tag.id, "worded", after={"called": tag.name, "word": name})
    emit(session, TagEdited(tag.id, actor.account_id))
    return synonym


def remove_synonym(session: Session, actor: Actor, tag: Tag, slug: str) -> None:
    """The word leads nowhere any more."""
    require(actor, Act.ADMINISTER)
    synonym = session.get(TagSynonym, slug)
    if synonym is None or synonym.tag_id != tag.id:
        return
    session.delete(synonym)
    session.flush()
    note_deed(session, actor, "tag", tag.id, "unworded", before={"word": synonym.name}, after={"called": tag.name})
    emit(session, TagEdited(tag.id, actor.account_id))


def _said(draft: TagDraft) -> dict[str, object]:
    """What the log keeps of a tag."""
    return {
        "name": draft.name,
        "description": draft.description,
        "about": draft.about_source,
        "is_reserved": draft.is_reserved,
    }


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
    if len(draft.about_source) > LONGEST_ABOUT:
        wrong["about"] = too_long(draft.about_source, LONGEST_ABOUT)
    if wrong:
        raise InvalidFields(wrong)
    tag.slug, tag.name, tag.description, tag.is_reserved = slug, name, description, draft.is_reserved
    tag.about_source, tag.about_html = draft.about_source, draft.about_html


def _at(session: Session, slug: str, own_id: int | None) -> str | None:
    """The tag that has this address, or has it as another word; one's own words may become its name."""
    with session.no_autoflush:
        tag = session.scalar(select(Tag.name).where(Tag.slug == slug, Tag.id != (own_id or 0)))
        word = select(TagSynonym.name).where(TagSynonym.slug == slug, TagSynonym.tag_id != (own_id or 0))
        return tag or session.scalar(word)
