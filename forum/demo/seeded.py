"""Conversations of the demo that are to be begun on purpose, by the verbs that people use; and an old one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.demo.waiting import Who
from forum.organization import seeds
from forum.organization.seeds import REVIEWED_AFTER, Kind
from forum.posts.models import Topic
from forum.seeding import actions, queries
from forum.seeding.drafts import SeedDraft
from forum.seeding.models import Seed, SeedInvitation


def sow(session: Session, prepared: Prepared, ground: Ground, topic_ids: Mapping[str, int], who: Who) -> None:
    """Write both; `topic_ids` by the keys of the texts."""

    def person(name: str) -> Account:
        return session.get_one(Account, ground.people[name])

    for text in prepared.community.waiting.seed:
        owner = who(session, person(text["by"]))
        at = (ground.now + timedelta(days=text["in_days"])).replace(minute=0, second=0, microsecond=0)
        draft = SeedDraft(Kind(text["kind"]), text["title"], text["words"], text["ask"], at, tags=tuple(text["tags"]))
        row = actions.plan(session, owner, session.get_one(Board, ground.boards[text["board"]]), draft)
        for name in (*text["yes"], *text["asked"]):
            person(name).may_be_asked = True
            session.flush()
            actions.invite(session, owner, row, person(name))
        for name in text["yes"]:
            invitation = session.get_one(SeedInvitation, (row.id, ground.people[name]))
            actions.answer(session, who(session, person(name)), row, invitation, "yes")
    for text in prepared.community.waiting.begun:
        _begun(session, ground, session.get_one(Topic, topic_ids[text["topic"]]), text)


def _begun(session: Session, ground: Ground, topic: Topic, text: Mapping[str, str]) -> None:
    """One of long ago, as a week had left it."""
    after = topic.created_at + REVIEWED_AFTER
    found = seeds.review(queries.heard(session, topic.id, after))
    assert topic.author_id is not None
    session.add(
        Seed(
            board_id=topic.board_id,
            organization_id=ground.house,
            owner_id=topic.author_id,
            kind=text["kind"],
            state="reviewed",
            planned_at=topic.created_at,
            title=topic.title,
            source="",
            ask=text["ask"],
            created_at=topic.created_at,
            changed_at=after,
            topic_id=topic.id,
            posted_at=topic.created_at,
            reviewed_at=after,
            outcome=found.outcome,
            peers=found.peers,
            between_peers=found.between_peers,
            learned=text["learned"],
        )
    )
    session.flush()
