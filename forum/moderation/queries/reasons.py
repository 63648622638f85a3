"""A decision with all that its statement says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.core import clock
from forum.core.words import gettext as _
from forum.holds.models import HeldPost
from forum.moderation.appeal_models import Appeal
from forum.moderation.models import Case, Ruling
from forum.moderation.operations import CLEAR, SANCTION
from forum.moderation.queries.appeals import appeal_case, appeals_of
from forum.moderation.queries.contested import Contested, contested
from forum.moderation.queries.mending import Mending, mending
from forum.moderation.spam_rules import SPAM
from forum.moderation.subjects import ACCOUNT, HELD, POST, TOPIC
from forum.posts.addresses import number_path, topic_path
from forum.posts.models import Post, Topic
from forum.sanctions.queries import is_in_force
from forum.site import queries as sites
from forum.site.settings import duration


@dataclass(frozen=True)
class About:
    """What it was decided about: in which topic, where, and the words. `topic_url`: "" where the topic is gone."""

    title: str = ""
    url: str = ""
    topic_url: str = ""
    board: str = ""
    html: str = ""
    plain: str = ""
    is_gone: bool = False


@dataclass(frozen=True)
class Reasons:
    """`until`: by when one may object. `appeals`: the latest first; `case`: in which the open one waits;
    `sanction`: what it imposed on a member, while that stands."""

    ruling: Ruling
    about: About
    contested: Contested
    until: datetime
    appeals: Sequence[Appeal]
    case: Case | None
    mending: Mending | None
    sanction: Sanction | None = None

    @property
    def holds(self) -> bool:
        """Whether it is in force, and what it imposed not over."""
        return self.ruling.state == "in_force" and (self.sanction is None or is_in_force(self.sanction, clock.now()))

    @property
    def open_appeal(self) -> Appeal | None:
        """The objection that is looked at."""
        return next((one for one in self.appeals if one.state == "open"), None)

    def may_object(self, account_id: int | None, now: datetime) -> bool:
        """Whether this account can object now: it concerns them, is in force, and they have not been answered."""
        answered = any(one.account_id == account_id and one.state != "withdrawn" for one in self.appeals)
        concerns = account_id in self.contested.concerned
        in_time = self.ruling.state == "in_force" and now <= self.until
        return concerns and in_time and not answered and self.open_appeal is None


def reasons(session: Session, ruling: Ruling) -> Reasons:
    """All of it. Whether the reader may see it was asked when the decision was fetched."""
    appeals = appeals_of(session, ruling.id)
    waiting = next((one for one in appeals if one.state == "open"), None)
    found = mending(session, ruling.subject_id) if ruling.subject_kind == POST and ruling.automated else None
    is_sanction = ruling.act == SANCTION
    return Reasons(
        ruling,
        about(session, ruling),
        contested(session, ruling),
        ruling.at + duration(sites.settings(session), "appeals_taken"),
        appeals,
        appeal_case(session, waiting.id) if waiting is not None else None,
        found if found is not None and found.ruling.id == ruling.id else None,
        session.scalars(select(Sanction).where(Sanction.ruling_id == ruling.id)).first() if is_sanction else None,
    )


def about(session: Session, ruling: Ruling) -> About:
    """What it was decided about, as it says now."""
    if ruling.subject_kind == POST:
        board = joinedload(Post.topic).joinedload(Topic.board)
        post = session.scalars(select(Post).options(board).where(Post.id == ruling.subject_id)).first()
        if post is not None:
            topic = post.topic
            gone = post.deleted_at is not None or topic.deleted_at is not None
            url = number_path(topic, post.number)
            return About(topic.title, url, _way_to(topic), topic.board.name, post.html, post.plain, gone)
    if ruling.subject_kind == TOPIC:
        asked = select(Topic).options(joinedload(Topic.board)).where(Topic.id == ruling.subject_id)
        found = session.scalars(asked).first()
        if found is not None:
            return About(
                found.title, topic_path(found), _way_to(found), found.board.name, is_gone=found.deleted_at is not None
            )
    if ruling.subject_kind == HELD:
        row = session.get(HeldPost, ruling.subject_id, options=[joinedload(HeldPost.board)])
        if row is not None:
            title = row.title or (session.scalar(select(Topic.title).where(Topic.id == row.topic_id)) or "")
            return About(title, "/held", board=row.board.name, html=row.html, plain=row.plain, is_gone=not row.is_held)
    if ruling.subject_kind == ACCOUNT and ruling.act != SANCTION:
        account = session.get(Account, ruling.subject_id)
        if account is not None:
            title, html = _("The profile of %(name)s", name=account.shown_name), account.about_html
            if ruling.act == SPAM:
                return About(_("The account %(name)s", name=account.shown_name), f"/u/{account.name}")
            if ruling.act == CLEAR and ruling.state == "in_force":  # as it was: that is what it is about
                html = str(ruling.before["profile"]["about_html"])
            return About(title, f"/u/{account.name}", html=html)
    return About()


def _way_to(topic: Topic) -> str:
    return "" if topic.deleted_at is not None else topic_path(topic)
