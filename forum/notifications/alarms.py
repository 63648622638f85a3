"""What moderators should know at once: a report of illegal content, a rush of sign-ups."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forum.accounts.ignoring import OFFICE
from forum.accounts.models import GroupMember
from forum.notifications import actions
from forum.notifications.drafts import News
from forum.reporting.events import IllegalContentReported, IllegalReportReopened
from forum.reporting.models import IllegalReport
from forum.shields.events import SignUpRushBegan


def tell_of_illegal(session: Session, event: IllegalContentReported | IllegalReportReopened) -> None:
    """All moderators; not a word of it."""
    report = session.get_one(IllegalReport, event.report_id)
    again = f":{report.reopened_at.isoformat()}" if report.reopened_at is not None else ""
    url = f"/moderation/illegal/{report.id}"
    about = f"illegal:{report.id}{again}"
    actions.notify(session, News("illegal_reported", about=about, by=None, title=str(report.id), url=url), _office())


def tell_of_rush(session: Session, event: SignUpRushBegan) -> None:
    """All who can let people in, once a rush."""
    about = f"sign-up-rush:{event.rush_id}"
    actions.notify(session, News("sign_up_rush", about=about, by=None, url="/moderation/sign-ups"), _office())


def _office() -> Select[int]:
    return select(GroupMember.account_id).where(GroupMember.group_id.in_(OFFICE))
