"""Where posts stand when they move to another topic: in the order of time, the opening one first.

Numbers of posts that need not change stay. Who answers whom follows the posts themselves: a reply whose post stands
elsewhere answers the topic. Everything else that names a post by its topic and number is settled by `settling.py` and
by whoever hears `PostsRelocated`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, case, cast, select, update
from sqlalchemy.orm import Session

from forum.holds.models import HeldPost
from forum.posts.guard_models import StandBy
from forum.posts.models import Post

BATCH = 300


class Spot(NamedTuple):
    """A post as it stands: the number answered there, and the post that has it, if it is there."""

    post_id: int
    topic_id: int
    number: int
    created_at: datetime
    answers: int | None
    parent_id: int | None
    is_words: bool


# post id → topic and number
Places = Mapping[int, tuple[int, int]]


def spots(session: Session, topic_ids: Collection[int]) -> dict[int, Spot]:
    """Every post of these topics by its id, in the order of numbers; notes as well."""
    rows = session.execute(
        select(Post.id, Post.topic_id, Post.number, Post.created_at, Post.reply_to_number, Post.action)
        .where(Post.topic_id.in_(sorted(topic_ids)))
        .order_by(Post.topic_id, Post.number)
    ).all()
    at = {(row.topic_id, row.number): row.id for row in rows}
    return {
        row.id: Spot(
            row.id,
            row.topic_id,
            row.number,
            row.created_at,
            row.reply_to_number,
            at.get((row.topic_id, row.reply_to_number)),
            row.action == "",
        )
        for row in rows
    }


def interleaved(standing: Sequence[Spot], coming: Iterable[Spot]) -> dict[int, int]:
    """Post id → number, when `coming` are put among `standing` (in the order of their numbers) by time. The first
    that stands stays first; where there is room, numbers stay as they are."""
    waiting = sorted(coming, key=lambda spot: (spot.created_at, spot.post_id))
    numbers: dict[int, int] = {}
    last = 0
    for place, spot in enumerate(standing):
        while place and waiting and waiting[0].created_at < spot.created_at:
            last = numbers[waiting.pop(0).post_id] = last + 1
        last = numbers[spot.post_id] = max(last + 1, spot.number)
    for spot in waiting:
        last = numbers[spot.post_id] = last + 1
    return numbers


def relocate(
    session: Session, known: Mapping[int, Spot], to: Places, parents: Mapping[int, int | None] | None = None
) -> list[list[int | None]]:
    """Put the posts of `to` where it says; `known`: the spots of all topics involved; `parents`: whom posts answer,
    where that is another than now. Returns what stood otherwise before, for `earlier`."""
    there = {post_id: (spot.topic_id, spot.number) for post_id, spot in known.items()} | dict(to)
    answered = {post_id: spot.parent_id for post_id, spot in known.items()} | dict(parents or {})
    taken = set(there.values())
    now: dict[int, tuple[int, int, int | None]] = {}
    for post_id, spot in known.items():
        parent = answered[post_id]
        near = parent is not None and parent in there and there[parent][0] == there[post_id][0]
        answers = there[parent][1] if near and parent is not None else None
        if parent is None and spot.answers is not None and (there[post_id][0], spot.answers) not in taken:
            answers = spot.answers  # it never was there: imports know such
        if (*there[post_id], answers) != (spot.topic_id, spot.number, spot.answers):
            now[post_id] = (*there[post_id], answers)
    _write(session, now)
    _carry_waiting(session, known, there)
    return [_row(known[post_id], now[post_id]) for post_id in sorted(now)]


def earlier(known: Mapping[int, Spot], rows: Sequence[Sequence[int | None]]) -> tuple[Places, Mapping[int, int | None]]:
    """What `relocate` returned, as it wants it to put posts back: places, and whom they answered. Where all of it is as
    it was left, every number is what it was; else the posts come back in the order of time, among what stands there.
    """
    ours = {int(row[0] or 0): row for row in rows}
    as_left = all(
        post_id in known and (known[post_id].topic_id, known[post_id].number) == (row[5], row[6])
        for post_id, row in ours.items()
    )
    places = {post_id: (int(row[1] or 0), int(row[2] or 0)) for post_id, row in ours.items() if post_id in known}
    if not as_left:  # numbers that others need by now stay
        places = {post_id: at for post_id, at in places.items() if at[0] != known[post_id].topic_id}
    standing = {(spot.topic_id, spot.number) for spot in known.values() if spot.post_id not in places}
    for topic_id in sorted({topic_id for topic_id, _number in places.values()}):
        back = [post_id for post_id, at in places.items() if at[0] == topic_id]
        if standing.isdisjoint(places[post_id] for post_id in back):
            continue
        here = [
            spot._replace(number=places.get(spot.post_id, (topic_id, spot.number))[1])
            for spot in known.values()
            if spot.topic_id == topic_id and places.get(spot.post_id, (topic_id, 0))[0] == topic_id
        ]
        coming = [known[post_id] for post_id in back if known[post_id].topic_id != topic_id]
        numbers = interleaved(sorted(here, key=lambda spot: spot.number), coming)
        places = {**places, **{post_id: (topic_id, number) for post_id, number in numbers.items()}}
    return places, {post_id: row[3] for post_id, row in ours.items() if post_id in known}


def answer_nowhere(session: Session, rows: Sequence[Sequence[int | None]]) -> None:
    """Posts that are back answer the numbers that nobody had, as before."""
    for post_id, topic_id, _number, _parent, nowhere, *_now in rows:
        if nowhere is not None:
            session.execute(
                update(Post).where(Post.id == post_id, Post.topic_id == topic_id).values(reply_to_number=nowhere)
            )


def _row(spot: Spot, now: tuple[int, int, int | None]) -> list[int | None]:
    """A post as it was, for JSON: topic, number, post answered, the number where that was nowhere; and as it is now."""
    nowhere = spot.answers if spot.parent_id is None else None
    return [spot.post_id, spot.topic_id, spot.number, spot.parent_id, nowhere, now[0], now[1]]


def _write(session: Session, now: Mapping[int, tuple[int, int, int | None]]) -> None:
    session.flush()
    ids = sorted(now)
    for start in range(0, len(ids), BATCH):  # out of the way first: a number is there once
        some = ids[start : start + BATCH]
        session.execute(
            update(Post).where(Post.id.in_(some)).values(number=-Post.id).execution_options(synchronize_session=False)
        )
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        columns = {
            column.key: cast(case({post_id: now[post_id][at] for post_id in some}, value=Post.id), Integer)
            for at, column in enumerate((Post.topic_id, Post.number, Post.reply_to_number))
        }
        session.execute(
            update(Post).where(Post.id.in_(some)).values(columns).execution_options(synchronize_session=False)
        )
    for row in [row for row in session.identity_map.values() if isinstance(row, Post) and row.id in now]:
        session.expire(row)


def _carry_waiting(session: Session, known: Mapping[int, Spot], there: Places) -> None:
    """What stands by, or waits for a moderator, answers the same post as before, where that is in the same topic."""
    at = {(spot.topic_id, spot.number): spot.post_id for spot in known.values()}
    topics = sorted({spot.topic_id for spot in known.values()})
    stand_bys = select(StandBy).where(StandBy.topic_id.in_(topics), StandBy.state == "held")
    held = select(HeldPost).where(HeldPost.topic_id.in_(topics), HeldPost.state == "held")
    rows: list[StandBy | HeldPost] = [*session.scalars(stand_bys), *session.scalars(held)]
    for row in rows:
        parent = at.get((row.topic_id or 0, row.reply_to_number or 0))
        if parent is not None:
            topic_id, number = there[parent]
            row.reply_to_number = number if topic_id == row.topic_id else None
