"""Fixture F1 of `organization.md` §6: a board in March 2025, with two of the staff, a bot and six peers."""

from __future__ import annotations

from datetime import UTC, datetime

from forum.boards.models import Board
from forum.posts.models import Post, Topic
from tests import cast

NOW = datetime(2025, 3, 29, tzinfo=UTC)
KINDS = {"s1": "staff", "s2": "staff", "b1": "bot"}

# Topic → (who, when, intent, whom it answers by number) of its posts, the opening one first.
STORY = {
    "T1": (("p1", "03-03 09:00", "", 0), ("s1", "03-03 09:20", "answer", 1), ("p2", "03-03 12:00", "", 1),
           ("p1", "03-03 12:30", "", 3)),
    "T2": (("p2", "03-05 10:00", "", 0), ("p3", "03-05 11:00", "", 1), ("s1", "03-06 10:30", "answer", 1),
           ("p3", "03-06 11:00", "", 3)),
    "T3": (("p3", "03-10 08:00", "", 0),),
    "T4": (("s1", "03-11 09:00", "seed", 0), ("p1", "03-11 10:00", "", 1), ("p4", "03-11 11:00", "", 2)),
    "T5": (("p4", "03-12 09:00", "", 0), ("s2", "03-12 10:00", "official", 1)),
    "T6": (("p5", "03-14 09:00", "", 0), ("s2", "03-14 09:10", "welcome", 1), ("p1", "03-14 15:00", "", 1),
           ("s1", "03-15 08:00", "answer", 1)),
    "T7": (("b1", "03-17 07:00", "announce", 0),),
    "T8": (("p6", "03-27 20:00", "", 0), ("p1", "03-27 21:00", "", 1)),
}  # fmt: skip


def at(when: str) -> datetime:
    return datetime.fromisoformat(f"2025-{when}:00+00:00")


def practice(session) -> Board:
    """The board with all of it, as rows: the years before the verbs had intents are told as they were."""
    board = cast.board(session, "practice", kind="question", peer_first=True, time_zone="UTC")
    host = cast.host(session)
    people = {name: cast.member(session, name) for name in ("p1", "p2", "p3", "p4", "p5", "p6", "s1", "s2", "b1")}
    for name, posts in STORY.items():
        opened = at(posts[0][1])
        topic = Topic(
            board_id=board.id, author_id=people[posts[0][0]].id, title=name, slug=name.lower(), created_at=opened,
            bumped_at=opened, last_post_at=opened, wants_org=name == "T5",
        )  # fmt: skip
        session.add(topic)
        session.flush()
        for number, (who, when, intent, to) in enumerate(posts, start=1):
            kind = KINDS.get(who, "")
            session.add(
                Post(
                    topic_id=topic.id, number=number, author_id=people[who].id, created_at=at(when), source="Words.",
                    html="<p>Words.</p>", plain="Words.", words=100, reply_to_number=to or None, intent=intent,
                    organization_id=host.id if kind else None, affiliation_kind=kind,
                )
            )  # fmt: skip
    session.flush()
    return board
