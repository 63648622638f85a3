"""Whether the author of a hidden post can mend it, and from when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.words import gettext as _
from forum.moderation.models import Flag, Ruling
from forum.moderation.operations import HIDE
from forum.moderation.subjects import POST
from forum.permissions import Actor
from forum.posts.models import Post
from forum.site.rules import RULES, Rule

FROM = timedelta(minutes=10)


@dataclass(frozen=True)
class Mending:
    """`ruling`: by which members' flags hid it, in force; `was_mended`: it was shown again once before. `said`: what
    was not as it should be, in sentences and without names."""

    ruling: Ruling
    was_mended: bool
    said: Sequence[str] = ()

    @property
    def from_when(self) -> datetime:
        """From when an edit shows it again."""
        return self.ruling.at + FROM

    def opens(self, now: datetime) -> bool:
        """Whether an edit shows it again now."""
        return not self.was_mended and now >= self.from_when


def mending(session: Session, post_id: int) -> Mending | None:
    """Of a post that flags hid; None for any other."""
    return _mendings(session, [post_id]).get(post_id)


def mendings(session: Session, actor: Actor, posts: Sequence[Post]) -> Mapping[int, Mending]:
    """The same of what the actor wrote among `posts`, by post. Asks nothing where none of it is hidden."""
    own = [post.id for post in posts if post.hidden_at is not None and post.author_id == actor.account_id]
    return _mendings(session, own) if own and not actor.is_guest else {}


def _mendings(session: Session, post_ids: Sequence[int]) -> Mapping[int, Mending]:
    rows = session.scalars(
        select(Ruling)
        .where(Ruling.subject_kind == POST, Ruling.subject_id.in_(post_ids), Ruling.act == HIDE)
        .order_by(Ruling.id)
    ).all()
    once = {row.subject_id for row in rows if row.undone_how == "mended"}
    others = {row.subject_id for row in rows if row.state == "in_force" and not row.automated}
    found = {
        row.subject_id: row
        for row in rows
        if row.state == "in_force" and row.automated and row.subject_id not in others
    }
    said = _said(session, [row.case_id for row in found.values() if row.case_id is not None])
    return {post_id: Mending(row, post_id in once, said.get(row.case_id or 0, ())) for post_id, row in found.items()}


def _said(session: Session, case_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """Case → what its flags say; not who said so, nor their own words."""
    if not case_ids:
        return {}
    asked = select(Flag.case_id, Flag.rule).where(Flag.case_id.in_(case_ids), Flag.verdict == "").distinct()
    found: dict[int, list[str]] = {}
    for case_id, rule in session.execute(asked.order_by(Flag.rule)):
        found.setdefault(case_id, []).append(_(RULES[Rule(rule)].sentence))
    return found
