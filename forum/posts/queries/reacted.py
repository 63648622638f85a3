"""Who reacted to a post, by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.posts.limits import REACTIONS
from forum.posts.models import Post, Reaction

MOST_NAMED = 300


@dataclass
class Reacted:
    """People who said one thing, the first to say it first; `more`: how many are not named, imported ones included."""

    people: list[Account] = field(default_factory=list)
    more: int = 0


def who_reacted(session: Session, post: Post) -> Mapping[str, Reacted]:
    """Kind → who, for the kinds that somebody chose. Ask whether the post may be read before."""
    counts = dict(
        session.execute(
            select(Reaction.kind, func.count()).where(Reaction.post_id == post.id).group_by(Reaction.kind)
        ).all()
    )
    rows: Sequence[tuple[str, Account]] = [
        (kind, account)
        for kind, account in session.execute(
            select(Reaction.kind, Account)
            .join(Account, Account.id == Reaction.account_id)
            .where(Reaction.post_id == post.id)
            .order_by(Reaction.created_at, Reaction.account_id)
            .limit(MOST_NAMED)
        )
    ]
    found = {kind: Reacted(more=counts[kind]) for kind in REACTIONS if kind in counts}
    for kind, account in rows:
        found[kind].people.append(account)
        found[kind].more -= 1
    if post.imported_likes:
        found.setdefault("thanks", Reacted()).more += post.imported_likes
    return found
