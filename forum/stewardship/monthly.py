"""A place month by month: the figures that archives of other forums are published with, for comparison.

Months are UTC; a month without topic or post has no row; no least number. Topics and the first-reply columns go by the
month in which the topic was created; replies, posters and the staff's share by the post's own month. The first reply is
the earliest post by somebody other than who opened the topic, not before the topic; the clock starts at the topic's
creation. Medians are over answered topics alone, the mean of the middle two where they are even; the Kaplan–Meier
median stands beside them. Shares and hours are rounded to three digits; where there is nothing to divide by: None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from forum.stewardship.waiting import median_wait

HOUR = timedelta(hours=1)
Row = Mapping[str, int | float | str | None]


class Written(NamedTuple):
    """A post of the archive, with what is needed of its topic."""

    topic_id: int
    opened_at: datetime
    opened_by: int | None
    number: int
    at: datetime
    author_id: int | None
    is_staff: bool


@dataclass(slots=True)
class _First:
    """The first reply to a topic: how long it took and whose it was."""

    wait: timedelta
    is_staff: bool


@dataclass(slots=True)
class _Month:
    posts: int = 0
    replies: int = 0
    staff_posts: int = 0
    posters: set[int | None] = field(default_factory=set)
    staff_posters: set[int | None] = field(default_factory=set)
    first_timers: int = 0
    # Topics created in the month: whether staff opened it, the first reply, and how long one has waited till now.
    topics: list[tuple[bool, _First | None, timedelta]] = field(default_factory=list)


def monthly(posts: Iterable[Written], now: datetime) -> Sequence[Row]:
    """One row a month, the earliest first. `posts` come topic by topic, in any order within one."""
    months: dict[str, _Month] = defaultdict(_Month)
    earliest: dict[int | None, datetime] = {}
    for topic in _topics(posts):
        opened_at, opened_by = topic[0].opened_at, topic[0].opened_by
        for post in topic:
            _count(months[_month(post.at)], post)
            earliest[post.author_id] = min(post.at, earliest.get(post.author_id, post.at))
        replies = [post for post in topic if post.author_id != opened_by and post.at >= opened_at]
        reply = min(replies, key=lambda post: (post.at, post.number), default=None)
        first = None if reply is None else _First(reply.at - opened_at, reply.is_staff)
        by_staff = any(post.is_staff for post in topic if post.number == 1)
        months[_month(opened_at)].topics.append((by_staff, first, now - opened_at))
    for at in earliest.values():
        months[_month(at)].first_timers += 1
    return [_row(period, months[period]) for period in sorted(months)]


def _topics(posts: Iterable[Written]) -> Iterable[list[Written]]:
    """The posts in lists, one a topic."""
    topic: list[Written] = []
    for post in posts:
        if topic and topic[0].topic_id != post.topic_id:
            yield topic
            topic = []
        topic.append(post)
    if topic:
        yield topic


def _count(month: _Month, post: Written) -> None:
    month.posts += 1
    month.replies += post.number != 1
    month.posters.add(post.author_id)
    if post.is_staff:
        month.staff_posts += 1
        month.staff_posters.add(post.author_id)


def _month(at: datetime) -> str:
    return f"{at:%Y-%m}"


def _row(period: str, month: _Month) -> Row:
    firsts = [first for _, first, _ in month.topics if first is not None]
    staff, others = [one for one in firsts if one.is_staff], [one for one in firsts if not one.is_staff]
    members = [(first, waited) for by_staff, first, waited in month.topics if not by_staff]
    answered = [first for first, _ in members if first is not None]
    total, unanswered = len(month.topics), len(month.topics) - len(firsts)
    waits = [(first.wait, True) if first else (waited, False) for _, first, waited in month.topics]
    return {
        "period": period,
        "topics": total,
        "posts": month.posts,
        "replies": month.replies,
        "distinct_posters": len(month.posters),
        "first_time_posters": month.first_timers,
        "distinct_staff_posters": len(month.staff_posters),
        "staff_posts": month.staff_posts,
        "staff_share_of_posts": _share(month.staff_posts, month.posts),
        "answered_topics": len(firsts),
        "unanswered_topics": unanswered,
        "unanswered_share": _share(unanswered, total),
        "median_hours_first_reply": _median_hours(firsts),
        "first_reply_by_nonstaff": len(others),
        "first_reply_by_staff": len(staff),
        "nonstaff_first_reply_share_of_answered": _share(len(others), len(firsts)),
        "nonstaff_first_reply_share_of_topics": _share(len(others), total),
        "median_hours_first_reply_when_staff_first": _median_hours(staff),
        "median_hours_first_reply_when_member_first": _median_hours(others),
        "topics_by_members": len(members),
        "topics_by_members_unanswered": len(members) - len(answered),
        "topics_by_members_first_reply_by_member": sum(not first.is_staff for first in answered),
        "topics_by_members_median_hours_first_reply": _median_hours(answered),
        "kaplan_meier_median_hours_first_reply": _hours(median_wait(waits)),
    }


def _share(k: int, n: int) -> float | None:
    return round(k / n, 3) if n else None


def _median_hours(firsts: Sequence[_First]) -> float | None:
    return round(median(first.wait / HOUR for first in firsts), 3) if firsts else None


def _hours(wait: timedelta | None) -> float | None:
    return None if wait is None else round(wait / HOUR, 3)
