"""Messages of an account, taken away in batches with everything else of it, and given back as they were.

The message keeps its place, so that nobody's reading position means something else; its words are gone from it.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.conversations.models import Conversation, Message
from forum.core import clock
from forum.core.db.keeping import Kept, columns_of, set_columns
from forum.permissions import Act, Actor, require

_WORDS = ("source", "html", "plain", "renderer_version", "edited_at")


def take_messages(session: Session, actor: Actor, account: Account, limit: int) -> list[Kept]:
    """The words of up to `limit` messages."""
    require(actor, Act.REMOVE_SPAMMER, account)
    standing = (Message.author_id == account.id, Message.action == "", Message.removed_at.is_(None))
    rows = session.scalars(select(Message).where(*standing).order_by(Message.id).limit(limit).with_for_update()).all()
    kept = [{"id": row.id, **columns_of(row, _WORDS)} for row in rows]
    for row in rows:
        row.removed_at = clock.now()
        row.source = row.html = row.plain = ""
    session.flush()
    return kept


def give_messages(session: Session, actor: Actor, account: Account, kept: list[Kept]) -> None:
    """Those words again."""
    require(actor, Act.REMOVE_SPAMMER, account)
    for words in kept:
        row = session.get(Message, words["id"], with_for_update=True, populate_existing=True)
        if row is not None and row.removed_at is not None:
            set_columns(row, {name: words[name] for name in _WORDS})
            row.removed_at = None
    session.flush()


def take_titles(session: Session, actor: Actor, account: Account, limit: int) -> list[Kept]:
    """What up to `limit` conversations are called that the account began."""
    require(actor, Act.REMOVE_SPAMMER, account)
    begun = (Conversation.started_by_id == account.id, Conversation.kind != "moderators", Conversation.title != "")
    rows = session.scalars(select(Conversation).where(*begun).order_by(Conversation.id).limit(limit).with_for_update())
    kept = []
    for row in rows.all():
        kept.append({"id": row.id, "title": row.title})
        row.title = ""
    session.flush()
    return kept


def give_titles(session: Session, actor: Actor, account: Account, kept: list[Kept]) -> None:
    """Those titles again, where nobody gave another."""
    require(actor, Act.REMOVE_SPAMMER, account)
    for said in kept:
        row = session.get(Conversation, said["id"], with_for_update=True, populate_existing=True)
        if row is not None and not row.title:
            row.title = said["title"]
    session.flush()
