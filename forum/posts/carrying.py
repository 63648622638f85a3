"""What somebody had read stays read when posts move, what they had not stays unread; and so back again.

How far a member has come is one number a topic. Posts before it that they never saw, because they came from elsewhere,
are gaps (`ReadGap`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from forum.core.db.dialect import insert_for, upsert
from forum.following.levels import Level
from forum.posts.models import Post
from forum.posts.reading_models import ReadGap, TopicRead
from forum.posts.relocating import Spot

_STRENGTH = ("", Level.MUTED, Level.NORMAL, Level.TRACKING, Level.WATCHING)
BATCH = 500


class Reading(NamedTuple):
    """A member in a topic: how far they came, at what level they follow it, who chose that."""

    position: int
    level: str = ""
    by_hand: bool = False


NOWHERE = Reading(0)
# Topic id → how far somebody came, and what they left out before that.
States = Mapping[int, tuple[int, frozenset[int]]]


class _Topic(NamedTuple):
    """The posts of a topic that are words, by number, before and after; the highest number; whether any number that
    stays is another, or a post came."""

    was: Sequence[tuple[int, int]]
    now: Sequence[tuple[int, int]]
    last: int
    changed: bool


Follows = Callable[[Mapping[int, Reading]], Mapping[int, tuple[str, bool]]]


def stay(_of: Mapping[int, Reading]) -> Mapping[int, tuple[str, bool]]:
    """Everybody follows what they followed."""
    return {}


def along(source: int, new: int) -> Follows:
    """Who follows the topic that posts are split off from, follows the new one as closely; so does who muted it."""

    def follows(of: Mapping[int, Reading]) -> Mapping[int, tuple[str, bool]]:
        return {new: (of[source].level, of[source].by_hand)} if source in of and of[source].level else {}

    return follows


def together(source: int, target: int) -> Follows:
    """Of two levels the one chosen by hand; of two alike the closer one."""

    def follows(of: Mapping[int, Reading]) -> Mapping[int, tuple[str, bool]]:
        both = [of[topic] for topic in (source, target) if topic in of and of[topic].level]
        if not both:
            return {}
        best = max(both, key=lambda one: (one.by_hand, _STRENGTH.index(one.level)))
        return {target: (best.level, best.by_hand)}

    return follows


def carry(
    session: Session, was: Mapping[int, Spot], now: Mapping[int, Spot], topic_ids: Collection[int], follows: Follows
) -> list[list[Any]]:
    """Write how far everybody is, after posts moved from `was` to `now` inside these topics. Returns what it was and
    is, for `carry_back`."""
    readers, at, gaps = _readers(session, topic_ids)
    topics = {topic_id: _topic(topic_id, was, now) for topic_id in topic_ids}
    known: dict[Any, States] = {}
    changed: list[list[Any]] = []
    for account_id, before in readers.items():
        mine = frozenset(gaps.get(account_id, ()))
        key = (tuple(sorted((topic_id, of.position) for topic_id, of in before.items())), mine)
        if key not in known:
            known[key] = _states(topics, before, mine)
        rows = _rows(account_id, topics, before, mine, known[key], follows(before))
        if any((row[2] or [*NOWHERE], row[3]) != (row[4], row[5]) for row in rows):
            changed += rows  # all of them, so that whoever undoes it knows what it left
    states = {(row[0], row[1]): (Reading(*row[4]), row[5]) for row in changed}
    stood = {(row[0], row[1]) for row in changed if row[2] is not None}
    _write(session, {key: of for key, (of, _open) in states.items() if of != NOWHERE or key in stood}, at)
    _set_gaps(session, was.keys() | now.keys(), states)
    return changed


def carry_back(
    session: Session, was: Mapping[int, Spot], now: Mapping[int, Spot], topic_ids: Collection[int], rows: Sequence[Any]
) -> None:
    """The other way: who has not been there meanwhile is exactly where they were, as far as that says what they have
    read; whoever read on, has read what they have read. Levels come back unless they were changed since."""
    readers, at, gaps = _readers(session, topic_ids)
    topics = {topic_id: _topic(topic_id, was, now) for topic_id in topic_ids}
    theirs: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        theirs[row[0]].append(row)
    same = {
        account_id
        for account_id, left in theirs.items()
        if all([*readers.get(account_id, {}).get(row[1], NOWHERE)] == row[4] for row in left)
        and gaps.get(account_id, set()) == {post_id for row in left for post_id in row[5]}
        and _seen(topics, {row[1]: Reading(*row[2]) for row in left if row[2]}, {one for row in left for one in row[3]})
        == _seen_before(topics, readers.get(account_id, {}), gaps.get(account_id, set()))
    }
    carry(session, was, now, topic_ids, stay)
    back = {
        (account_id, row[1]): (Reading(*row[2]) if row[2] else None, row[3])
        for account_id in sorted(same & readers.keys())
        for row in theirs[account_id]
    }
    _write(session, {key: of for key, (of, _open) in back.items() if of is not None}, at)
    _remove(session, [key for key, (of, _open) in back.items() if of is None])
    _set_gaps(session, was.keys() | now.keys(), back)
    for account_id in sorted(theirs.keys() - same):
        for row in theirs[account_id]:
            _level_back(session, row)


def _rows(
    account_id: int,
    topics: Mapping[int, _Topic],
    before: Mapping[int, Reading],
    gaps: frozenset[int],
    states: States,
    levels: Mapping[int, tuple[str, bool]],
) -> list[list[Any]]:
    """Of one member, for JSON: topic, where they were (None: nowhere) and what they had left out; the same now."""
    rows: list[list[Any]] = []
    for topic_id, (position, open_) in states.items():
        old = before.get(topic_id)
        level, by_hand = levels.get(topic_id, (old.level, old.by_hand) if old else ("", False))
        here = gaps & {post_id for _number, post_id in topics[topic_id].was}
        was, now = [*old] if old else None, [position, level, by_hand]
        rows.append([account_id, topic_id, was, sorted(here), now, sorted(open_)])
    return rows


def _level_back(session: Session, row: list[Any]) -> None:
    account_id, topic_id, old, _gaps, new, _open = row
    found = session.get(TopicRead, (account_id, topic_id), populate_existing=True)
    if found is not None and [found.level, found.level_by_hand] == new[1:]:
        found.level, found.level_by_hand = (old[1], old[2]) if old else ("", False)


def _topic(topic_id: int, was: Mapping[int, Spot], now: Mapping[int, Spot]) -> _Topic:
    before = [spot for spot in was.values() if spot.topic_id == topic_id]
    after = [spot for spot in now.values() if spot.topic_id == topic_id]
    changed = any((was[spot.post_id].topic_id, was[spot.post_id].number) != (topic_id, spot.number) for spot in after)
    return _Topic(
        sorted((spot.number, spot.post_id) for spot in before if spot.is_words),
        sorted((spot.number, spot.post_id) for spot in after if spot.is_words),
        max((spot.number for spot in after), default=0),
        changed,
    )


def _seen_before(topics: Mapping[int, _Topic], of: Mapping[int, Reading], gaps: Collection[int]) -> set[int]:
    """What somebody had read, as the posts stood."""
    return {
        post_id
        for topic_id, reading in of.items()
        for number, post_id in topics[topic_id].was
        if number <= reading.position and post_id not in gaps
    }


def _seen(topics: Mapping[int, _Topic], of: Mapping[int, Reading], gaps: Collection[int]) -> set[int]:
    """The same, as they stand now."""
    return _seen_before({topic_id: topic._replace(was=topic.now) for topic_id, topic in topics.items()}, of, gaps)


def _states(topics: Mapping[int, _Topic], before: Mapping[int, Reading], gaps: frozenset[int]) -> States:
    """Where somebody is now."""
    read = _seen_before(topics, before, gaps)
    found: dict[int, tuple[int, frozenset[int]]] = {}
    for topic_id, topic in topics.items():
        here = {post_id for _number, post_id in topic.now}
        if not topic.changed:
            if topic_id in before:
                found[topic_id] = (before[topic_id].position, gaps & here)
            continue
        last = max((number for number, post_id in topic.now if post_id in read), default=0)
        if last and here <= read:
            last = topic.last
        open_ = frozenset(post_id for number, post_id in topic.now if number < last and post_id not in read)
        found[topic_id] = (last, open_)
    return found


def _readers(
    session: Session, topic_ids: Collection[int]
) -> tuple[dict[int, dict[int, Reading]], dict[int, datetime], dict[int, set[int]]]:
    """Account id → where they are in these topics; when they last read; which posts there they left out."""
    readers: dict[int, dict[int, Reading]] = defaultdict(dict)
    at: dict[int, datetime] = {}
    rows = select(
        TopicRead.account_id,
        TopicRead.topic_id,
        TopicRead.last_number,
        TopicRead.read_at,
        TopicRead.level,
        TopicRead.level_by_hand,
    ).where(TopicRead.topic_id.in_(sorted(topic_ids)))
    session.flush()
    for row in session.execute(rows.order_by(TopicRead.account_id)):
        readers[row.account_id][row.topic_id] = Reading(row.last_number, row.level, row.level_by_hand)
        at[row.account_id] = max(at.get(row.account_id, row.read_at), row.read_at)
    gaps: dict[int, set[int]] = defaultdict(set)
    left_out = select(ReadGap.account_id, ReadGap.post_id).join(Post, Post.id == ReadGap.post_id)
    for account_id, post_id in session.execute(left_out.where(Post.topic_id.in_(sorted(topic_ids)))):
        gaps[account_id].add(post_id)
    return readers, at, gaps


def _write(session: Session, of: Mapping[tuple[int, int], Reading], at: Mapping[int, datetime]) -> None:
    rows = [
        {
            "account_id": account_id,
            "topic_id": topic_id,
            "last_number": reading.position,
            "read_at": at[account_id],
            "level": reading.level,
            "level_by_hand": reading.by_hand,
        }
        for (account_id, topic_id), reading in of.items()
    ]
    table, told = TopicRead.__table__, ["last_number", "level", "level_by_hand"]
    for start in range(0, len(rows), BATCH):
        upsert(session, table, rows[start : start + BATCH], key=["account_id", "topic_id"], update=told)  # type: ignore[arg-type]
    for row in [row for row in session.identity_map.values() if isinstance(row, TopicRead)]:
        session.expire(row)


def _remove(session: Session, keys: Sequence[tuple[int, int]]) -> None:
    for account_id, topic_id in keys:
        session.execute(delete(TopicRead).where(TopicRead.account_id == account_id, TopicRead.topic_id == topic_id))


def _set_gaps(
    session: Session,
    post_ids: Collection[int],
    states: Mapping[tuple[int, int], tuple[Reading | None, Sequence[int]]],
) -> None:
    """What these people left out of these posts is what `states` says."""
    ids, people = sorted(post_ids), {account_id for account_id, _topic_id in states}
    wanted = {(account_id, post_id) for (account_id, _t), (_of, open_) in states.items() for post_id in open_}
    stood: set[tuple[int, int]] = set()
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        found = session.execute(select(ReadGap.account_id, ReadGap.post_id).where(ReadGap.post_id.in_(some)))
        stood |= {(account_id, post_id) for account_id, post_id in found if account_id in people}
    gone, new = sorted(stood - wanted), sorted(wanted - stood)
    for start in range(0, len(gone), BATCH):
        these = tuple_(ReadGap.account_id, ReadGap.post_id).in_(gone[start : start + BATCH])
        session.execute(delete(ReadGap).where(these).execution_options(synchronize_session=False))
    for start in range(0, len(new), BATCH):
        rows = [{"account_id": one, "post_id": two} for one, two in new[start : start + BATCH]]
        session.execute(insert_for(session, ReadGap.__table__).values(rows))  # type: ignore[arg-type]
