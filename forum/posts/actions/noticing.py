"""Topics that are published as notices of safety, security or law: what they say of themselves, and once a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid, InvalidFields
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.organization.intents import Intent
from forum.organization.notice_models import LONGEST_ABOUT, SafetyNotice
from forum.organization.overriding import Grounds
from forum.organization.queries import host_for_update
from forum.organization.situation import NOTICE_EVERY, Notice, NoticeKind
from forum.organization.voices import ONLY_OFFICIAL, Voice
from forum.permissions import Actor, Role
from forum.posts.models import Post, Topic
from forum.site.actions import note_deed

SHORTEST_ABOUT = 3
MOST_A_DAY = 3
"""So many notices of any name go out within 24 hours, from everybody together."""


def check_notice(grounds: Grounds, voice: Voice) -> None:
    """InvalidFields (`notice`, `incident`, `intent`) where it does not say of what kind, about what, and officially."""
    if not grounds.notice:
        return
    wrong = {}
    if grounds.notice not in set(NoticeKind):
        wrong["notice"] = _("Choose which kind of notice it is.")
    if not SHORTEST_ABOUT <= len(one_line(grounds.incident)) <= LONGEST_ABOUT:
        lengths = {"least": SHORTEST_ABOUT, "most": LONGEST_ABOUT}
        wrong["incident"] = _("Say what the incident is called, in %(least)s to %(most)s characters.", **lengths)
    if voice.intent not in ONLY_OFFICIAL:
        wrong["intent"] = _(
            "Such a notice is the organization’s own word: choose to announce, or what only it can say."
        )
    if wrong:
        raise InvalidFields(wrong)


def check_lately(session: Session, grounds: Grounds, now: datetime) -> None:
    """Invalid where enough notices went out within 24 hours, or one of another name did and nobody says that it is
    about something else (`another`). The guard has locked the host's row and looked at those of the same name."""
    if not grounds.notice:
        return
    lately = session.scalars(
        select(SafetyNotice).where(SafetyNotice.at > now - NOTICE_EVERY).order_by(SafetyNotice.at.desc())
    ).all()
    if len(lately) >= MOST_A_DAY:
        raise Invalid(_full(lately[MOST_A_DAY - 1].at + NOTICE_EVERY - now), "notice")
    other = next((one for one in lately if one.about_key != _key(grounds.incident)), None)
    if other is not None and not grounds.is_another:
        raise Invalid(_same(other.about, now - other.at), "another")


def _full(left: timedelta) -> str:
    if left > timedelta(hours=1):
        return ngettext(
            "There were %(most)s such notices within 24 hours, and that is the most. The next can go in %(num)s hour.",
            "There were %(most)s such notices within 24 hours, and that is the most. The next can go in %(num)s hours.",
            -(-left // timedelta(hours=1)),
            most=MOST_A_DAY,
        )
    return ngettext(
        "There were %(most)s such notices within 24 hours, and that is the most. The next can go in %(num)s minute.",
        "There were %(most)s such notices within 24 hours, and that is the most. The next can go in %(num)s minutes.",
        -(-left // timedelta(minutes=1)),
        most=MOST_A_DAY,
    )


def _same(about: str, ago: timedelta) -> str:
    hours, minutes = ago // timedelta(hours=1), max(1, ago // timedelta(minutes=1))
    if hours:
        return ngettext(
            "There was one %(num)s hour ago about “%(about)s”: is it the same? Then write there; else tick this.",
            "There was one %(num)s hours ago about “%(about)s”: is it the same? Then write there; else tick this.",
            hours,
            about=about,
        )
    return ngettext(
        "There was one %(num)s minute ago about “%(about)s”: is it the same? Then write there; else tick this.",
        "There was one %(num)s minutes ago about “%(about)s”: is it the same? Then write there; else tick this.",
        minutes,
        about=about,
    )


def notice_in(
    session: Session, actor: Actor, kind: str, edited: Post | None, grounds: Grounds, now: datetime, *, lock: bool
) -> Notice | None:
    """What the guard is told of the notice that a topic is (`edited`: its opening post, worded anew, which is one still
    where a Host of all boards says so by writing it). `lock`: nobody publishes another about the same incident
    meanwhile."""
    if edited is not None:
        published_as = edited.topic.notice if edited.is_opening and vouches(actor) else ""
        return Notice(NoticeKind(published_as)) if published_as else None
    if kind != "topic" or grounds.notice not in set(NoticeKind):
        return None
    if lock:
        host_for_update(session)
    earlier = select(func.max(SafetyNotice.at)).where(SafetyNotice.about_key == _key(grounds.incident))
    return Notice(NoticeKind(grounds.notice), session.scalar(earlier))


def vouches(actor: Actor) -> bool:
    """Whether a notice that they word anew is still about the same incident: a Host of the host's, of all boards."""
    belonging = actor.belonging
    return belonging is not None and belonging.is_host and belonging.has_everywhere(Role.HOST)


def settle_notice(session: Session, actor: Actor, post: Post) -> None:
    """A notice whose opening post was judged anew, without what notices may, is one no more: an announcement like
    others, which takes from the budget."""
    topic = post.topic
    if not (post.is_opening and topic.notice) or vouches(actor):
        return
    topic.notice = ""
    session.get_one(SafetyNotice, topic.id).announces = False


def keep_notice(session: Session, actor: Actor, topic: Topic, grounds: Grounds, voice: Voice) -> None:
    """Write down that a new topic is one, and in the log who published it."""
    about = one_line(grounds.incident)
    session.add(
        SafetyNotice(
            topic_id=topic.id,
            board_id=topic.board_id,
            kind=grounds.notice,
            about=about,
            about_key=_key(about),
            at=clock.now(),
            announces=topic.board.kind == "announcement" or voice.intent == Intent.ANNOUNCE,
        )
    )
    said = {"title": topic.title, "note": about, "notice": grounds.notice}
    note_deed(session, actor, "organization", topic.id, "noticed", after=said)


def _key(about: str) -> str:
    return one_line(about).casefold()
