"""Who keeps a reference page correct, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.kinds import KEEPER, KEEPING, REVIEW_ON
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, allows
from forum.posts import doubts
from forum.posts.events import KeeperChanged
from forum.posts.models import Post, Topic


def keeper_in(
    session: Session, board: Board, typed: Mapping[str, Any], before: Topic | None = None
) -> tuple[dict[str, Any], int | None]:
    """The fields without the keeper's name, and whose it is: somebody who is here and reads the board. `before`: as the
    page stands; who keeps it and the day that stands there may stay. Raises Invalid for nobody, or no day to come."""
    fields = dict(typed)
    name, day = str(fields.pop(KEEPER, "")), str(fields.get(REVIEW_ON, ""))
    if day and (before is None or day != before.fields.get(REVIEW_ON)):
        doubts.check_review(doubts.review_day(day), clock.now().date())
    if not name:
        return fields, None
    kept_by = before.keeper_id if before is not None else None
    reads = accounts.is_here(clock.now()) & accounts.is_public() & boards.seen_by(board.id)
    keeper_id = session.scalar(
        select(Account.id).where(Account.name_key == names.fold(name), or_(Account.id == kept_by, reads))
    )
    if keeper_id is None:
        raise Invalid(_("Nobody who reads this board is called “%(name)s”.", name=name), KEEPER)
    return fields, keeper_id


def set_fields(session: Session, actor: Actor, post: Post, typed: Mapping[str, Any]) -> None:
    """Write the fields of the topic that `post` opens. Everybody may better a reference page; for who has no say about
    its keeping, that stays as it is."""
    topic, before = post.topic, post.topic.keeper_id
    if allows(actor, Act.HAND_ON_PAGE, post):
        topic.fields, topic.keeper_id = keeper_in(session, topic.board, typed, topic)
    elif not typed.keys().isdisjoint(KEEPING):
        words = _("Who keeps this page and when it is looked at again, its author, its keeper and moderators decide.")
        raise Invalid(words, KEEPER)
    else:
        topic.fields = {**typed, **{key: topic.fields[key] for key in KEEPING if key in topic.fields}}
    if topic.keeper_id != before:
        emit(session, KeeperChanged(topic.id, actor.account_id, before, topic.keeper_id))
