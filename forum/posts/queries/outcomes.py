"""What became of an answer or a reference page: who confirmed it for the organization, and who doubts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.boards import kinds
from forum.core import clock
from forum.organization.models import Affiliation, Organization
from forum.permissions import Act, Actor, allows
from forum.posts import doubts
from forum.posts.models import Post, Topic
from forum.posts.outcome_models import Doubt


@dataclass(frozen=True)
class Outcomes:
    """Of the post that a topic stands or falls with (`subject`: its answer, or the reference page)."""

    subject: Post | None = None
    confirmed_by: Account | None = None
    confirmed_for: Organization | None = None
    # The open doubt, for those who may know of it; `settles`: the reader may decide it.
    doubt: Doubt | None = None
    settles: bool = False
    # Who keeps a reference page correct, and when it is to be looked at again.
    keeper: Account | None = None
    review_on: date | None = None

    @property
    def next_review(self) -> date:
        """The day that is offered for the next look."""
        return clock.now().date() + doubts.REVIEW_AGAIN


NOTHING = Outcomes()


def outcomes_of(session: Session, actor: Actor, topic: Topic, opening: Post | None, answer: Post | None) -> Outcomes:
    """One question at most for each thing that a column says is there."""
    kind = topic.board.kind
    subject = answer if kind == "question" else opening if kind == "reference" else None
    if subject is None:
        return NOTHING
    person, house = _confirmed(session, subject)
    settles = allows(actor, Act.SETTLE_DOUBT, subject)
    return Outcomes(
        subject=subject,
        confirmed_by=person,
        confirmed_for=house,
        doubt=_doubt(session, actor, subject, settles=settles),
        settles=settles,
        keeper=session.get(Account, topic.keeper_id) if topic.keeper_id is not None else None,
        review_on=doubts.review_day(topic.fields.get(kinds.REVIEW_ON)),
    )


def _confirmed(session: Session, post: Post) -> tuple[Account | None, Organization | None]:
    at = post.org_confirmed_at
    if at is None:
        return None, None
    in_force = (Affiliation.since <= at, or_(Affiliation.until.is_(None), Affiliation.until > at))
    found = session.execute(
        select(Account, Organization)
        .outerjoin(Affiliation, (Affiliation.account_id == Account.id) & in_force[0] & in_force[1])
        .outerjoin(Organization, Organization.id == Affiliation.organization_id)
        .where(Account.id == post.org_confirmed_by_id)
        .order_by(Affiliation.since.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found is not None else (None, None)


def _doubt(session: Session, actor: Actor, post: Post, *, settles: bool) -> Doubt | None:
    """Everybody knows of it once its author had their time; before, those who may settle it and who raised it."""
    if post.doubt_id is None or (actor.is_guest and post.doubted_at is None):
        return None
    found = session.scalars(select(Doubt).options(joinedload(Doubt.by)).where(Doubt.id == post.doubt_id)).first()
    known = found is not None and (found.told_at is not None or settles or found.by_id == actor.account_id)
    return found if known else None


def keeper_name(session: Session, topic: Topic) -> str:
    """The name of who keeps a reference page correct; empty: nobody is named."""
    if topic.keeper_id is None:
        return ""
    return session.scalar(select(Account.name).where(Account.id == topic.keeper_id)) or ""
