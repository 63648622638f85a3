"""Keeping texts that replies begin with: one's own, and those of the organization."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, InvalidFields
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization.events import SavedReplyChanged
from forum.organization.saved_models import SavedReply
from forum.organization.saved_replies import LONGEST_NAME, LONGEST_SOURCE, MOST, VARIABLES, unknown
from forum.permissions import Act, Actor, require


def save_reply(session: Session, actor: Actor, row: SavedReply, name: str, source: str) -> SavedReply:
    """Say it anew, or keep it for the first time (`row` new, with whose it is). It never says what a reply is for."""
    require(actor, Act.KEEP_SAVED_REPLY, row)
    row.name, row.source = _checked(name, source)
    if row not in session:
        _check_room(session, row)
    row.changed_at = clock.now()
    session.add(row)
    session.flush()
    emit(session, SavedReplyChanged(row.id))
    return row


def throw_away_reply(session: Session, actor: Actor, row: SavedReply) -> None:
    """Keep it no longer. Replies that began with it stay."""
    require(actor, Act.KEEP_SAVED_REPLY, row)
    emit(session, SavedReplyChanged(row.id))
    session.delete(row)
    session.flush()


def _checked(name: str, source: str) -> tuple[str, str]:
    wrong: dict[str, str] = {}
    name, source = one_line(name), source.replace("\r\n", "\n").replace("\x00", "").strip()
    if not name:
        wrong["name"] = _("It needs a name by which you find it.")
    elif len(name) > LONGEST_NAME:
        wrong["name"] = _("At most %(n)s characters; these are %(len)s.", n=LONGEST_NAME, len=len(name))
    if not source:
        wrong["source"] = _("A saved reply needs some words.")
    elif len(source) > LONGEST_SOURCE:
        wrong["source"] = _("At most %(n)s characters; these are %(len)s.", n=LONGEST_SOURCE, len=len(source))
    elif names := unknown(source):
        wrong["source"] = _(
            "Nothing is known as %(names)s. There are %(known)s.", names=_braced(names), known=_braced(VARIABLES)
        )
    if wrong:
        raise InvalidFields(wrong)
    return name, source


def _braced(names: Sequence[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _check_room(session: Session, row: SavedReply) -> None:
    whose = SavedReply.account_id == row.account_id if row.account_id is not None else SavedReply.account_id.is_(None)
    kept = select(func.count()).where(SavedReply.organization_id == row.organization_id, whose)
    if (session.scalar(kept) or 0) >= MOST:
        raise Conflict(_("There are %(n)s already. Throw one away first.", n=MOST))
