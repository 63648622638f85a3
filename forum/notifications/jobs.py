"""Notices on a clock: what was read long ago goes, reactions are summed once a day, pages ask for their review."""

from __future__ import annotations

from datetime import timedelta

from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import NotFound
from forum.notifications import actions, queries
from forum.notifications.drafts import News
from forum.posts.queries import tending
from forum.site import queries as sites
from forum.site.settings import duration

DAY = timedelta(days=1)


def forget_read_notices() -> None:
    """What was read more than 90 days ago (a setting). What is unread stays, however old."""
    with transaction() as session:
        actions.forget_read_before(session, clock.now() - duration(sites.settings(session), "notices_kept"))


def sum_reactions() -> None:
    """Of posts whose first reaction was told: how many people reacted since, once for each day (UTC) that is over."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    sums = queries.reactions_between(reading(), today - DAY, today)
    with transaction() as session:
        actions.tell_sums(session, sums, today - DAY)


def ask_for_reviews() -> None:
    """Reference pages whose day has come: whoever keeps them is asked whether they are still true."""
    for topic_id in tending.reviews_due(reading(), clock.now().date()):
        with transaction() as session:
            try:
                actions.ask_to_review(session, tending.topic_for_update(session, topic_id))
            except NotFound:
                continue


def mail_announcement(post_id: int) -> None:
    """Put an announcement into the outbox for everybody whose turn it took, some at a time. What was deleted meanwhile
    goes to nobody any more."""
    more = True
    while more:
        with transaction() as session:
            more = actions.mail_next(session, post_id)


def tell_backups() -> None:
    """Half of a promised time is over and nobody replied: the backup of who is on duty hears of it. Safe to repeat: of
    each topic a backup is told once."""
    now = clock.now()
    for unmet in queries.unmet_halves(reading(), now):
        with transaction() as session:
            try:
                topic = tending.topic_for_update(session, unmet.topic_id)
            except NotFound:
                continue
            news = News("stand_in", unmet.about, by=None, topic=topic)
            actions.notify(session, news, sorted(unmet.backups))
