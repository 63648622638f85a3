"""Topics that are published as notices of safety, security or law: what they say of themselves, and once a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import InvalidFields
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization.intents import Intent
from forum.organization.notice_models import LONGEST_ABOUT, SafetyNotice
from forum.organization.overriding import Grounds
from forum.organization.queries import host_for_update
from forum.organization.situation import Notice, NoticeKind
from forum.organization.voices import ONLY_OFFICIAL, Voice
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.site.actions import note_deed

SHORTEST_ABOUT = 3


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


def notice_in(
    session: Session, kind: str, edited: Post | None, grounds: Grounds, now: datetime, *, lock: bool
) -> Notice | None:
    """What the guard is told of the notice that a topic is (`edited`: its opening post, worded anew). `lock`: nobody
    publishes another about the same incident meanwhile."""
    if edited is not None:
        published_as = edited.topic.notice if edited.is_opening else ""
        return Notice(NoticeKind(published_as)) if published_as else None
    if kind != "topic" or grounds.notice not in set(NoticeKind):
        return None
    if lock:
        host_for_update(session)
    earlier = select(func.max(SafetyNotice.at)).where(SafetyNotice.about_key == _key(grounds.incident))
    return Notice(NoticeKind(grounds.notice), session.scalar(earlier))


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
