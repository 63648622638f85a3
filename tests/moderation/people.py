"""A place with two moderators from among the members, one of the host's, and what they may look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.moderation import actions, queries, subjects
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Case, Flag, Ruling
from forum.permissions import Actor, Group
from forum.posts.models import Post, Topic
from tests import cast


@dataclass
class Place:
    """`mo` and `mia` moderate; `hana` does, too, and belongs to the host; `ann`, `ben`, `cy` are members."""

    session: Session
    board: Board
    mo: Account
    mia: Account
    hana: Account
    ann: Account
    ben: Account
    cy: Account
    ada: Account
    topic: Topic
    post: Post

    def actor(self, who: Account) -> Actor:
        return cast.actor(self.session, who)

    def flag(self, who: Account, rule: str = "unkind", post: Post | None = None, **given: Any) -> Flag:
        subject = subjects.load(self.session, "post", (post or self.post).id)
        return actions.flag(
            self.session, self.actor(who), subject, rule, given.pop("words", "See for yourself."), **given
        )

    def draft(self, act: str = "remove", post: Post | None = None, **given: Any) -> DecisionDraft:
        values = {"rule": "unkind", "facts": "It calls somebody a fool."} | given
        return DecisionDraft(act=act, subject_kind="post", subject_id=(post or self.post).id, **values)

    def decide(self, who: Account, act: str = "remove", case: Case | None = None, **given: Any) -> Ruling:
        version = given.pop("version", case.version if case else 0)
        return actions.decide(self.session, self.actor(who), self.draft(act, **given), case, version)

    def case(self, kind: str = "flagged") -> Case:
        asked = select(Case).where(Case.kind == kind).order_by(Case.id.desc()).limit(1)
        return self.session.scalars(asked).one()

    def ruling(self, who: Account, id_: int) -> Ruling:
        return queries.decision_for_update(self.session, self.actor(who), id_)


def settle(session: Session) -> Place:
    """Everybody moved in; `post` is Ada's reply in Ann's topic."""
    board = cast.board(session)
    people = {name: cast.member(session, name) for name in ("ann", "ben", "cyd", "ada")}
    mo, mia = cast.moderator(session, "momo"), cast.moderator(session, "mia")
    hana = cast.join(session, cast.staff(session, "hana"), Group.MODERATORS)
    topic = cast.topic(session, board, people["ann"], "How do pegs hold?")
    post = cast.reply(session, topic, people["ada"], "Only a fool asks.")
    return Place(session, board, mo, mia, hana, people["ann"], people["ben"], people["cyd"], people["ada"], topic, post)
