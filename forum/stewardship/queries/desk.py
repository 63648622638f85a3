"""The desk of a member of staff: what waits for them, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from forum.backstage.models import Assignment
from forum.backstage.queries import assigned_to, may_be_given_topics
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import NotFound
from forum.organization.counts import SPAN
from forum.organization.notice_models import DecisionItem
from forum.organization.queries.chartering import REMEMBERED, charter_history, open_decision_items
from forum.organization.queries.rota import rota_gaps
from forum.organization.queries.vacancies import vacant_roles
from forum.organization.rota import Gap
from forum.permissions import Actor, Right, Role
from forum.posts.guard_models import OverrideRequest
from forum.posts.queries import guarded, inviting
from forum.posts.queries.guarded import StandByView
from forum.posts.queries.inviting import Sent
from forum.posts.standbys import State
from forum.statements.queries import PledgeView, StatementView
from forum.statements.queries import own as bound
from forum.stewardship.queries.commitments import Duty, open_duties
from forum.stewardship.queries.numbers import BoardNumbers, Signal, numbers
from forum.stewardship.queries.presence import absent_boards

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Desk:
    """Each list from top to bottom as it should be worked through. What only some roles see is None for the others.

    `duties`: who waits; `assigned`: topics that are theirs or their groups'; `ideas`: those that wait for a word of a
    Listener; `items`: what waits for a Host's decision; `gaps`: service hours with nobody on duty; `stand_bys`: those
    that wait, or of which something became within 7 days. `absent`: boards where nobody of us has written for 28 days.
    `suspended`: roles of the charter with nobody in them, since when.
    """

    duties: Sequence[Duty] | None
    ideas: Sequence[Duty] | None
    assigned: Sequence[Assignment]
    requests: Sequence[OverrideRequest] | None
    items: Sequence[DecisionItem] | None
    gaps: Sequence[Gap] | None
    stand_bys: Sequence[StandByView]
    invitations: Sequence[Sent]
    pledges: Sequence[PledgeView]
    reviews: Sequence[StatementView]
    signals: Sequence[Signal]
    absent: Sequence[Board]
    suspended: Sequence[tuple[Role, datetime]]
    numbers: Sequence[BoardNumbers]
    has_roles: bool
    # Of the host's people. A partner's and moderators see nothing of what the host promised and counts.
    is_hosts: bool
    is_staffs: bool


def desk(session: Session, actor: Actor) -> Desk:
    """The actor's own; NotFound for whoever is neither a member of staff nor looks after boards. The same number of
    questions however much waits."""
    now, is_staffs = clock.now(), actor.belonging is not None and actor.belonging.kind == "staff"
    if not is_staffs and not may_be_given_topics(actor):
        raise NotFound
    if actor.belonging is None or not is_staffs or not actor.belonging.is_host:
        return _of_others(session, actor, now, is_staffs=is_staffs)
    mine = [duty for duty in _duties(session, actor, now) if actor.speaks_as(duty.role, duty.board_id)]
    charter = charter_history(session, now, REMEMBERED).at(now)
    own, signals = numbers(session, actor, charter, now)
    is_host = actor.speaks_as(Role.HOST)
    return Desk(
        duties=[duty for duty in mine if duty.role is not Role.LISTENER],
        ideas=[duty for duty in mine if duty.role is Role.LISTENER] if actor.speaks_as(Role.LISTENER) else None,
        assigned=assigned_to(session, actor, now),
        requests=guarded.asked_of(session, actor) if is_host else None,
        items=open_decision_items(session, now) if is_host else None,
        gaps=rota_gaps(session, now) if is_host else None,
        stand_bys=[view for view in guarded.stand_bys(session, actor) if _is_news(view, now)],
        invitations=inviting.sent(session, actor, now - SPAN),
        pledges=bound.own_pledges(session, actor, now),
        reviews=bound.own_to_review(session, actor, now),
        signals=signals,
        absent=[board for board in absent_boards(session, now) if actor.belonging.roles_on(board.id)],
        suspended=sorted(vacant_roles(session, charter, now).items(), key=lambda one: one[1]),
        numbers=own,
        has_roles=bool(actor.belonging.roles),
        is_hosts=True,
        is_staffs=True,
    )


def _of_others(session: Session, actor: Actor, now: datetime, *, is_staffs: bool) -> Desk:
    """Of a partner's people: what they wrote themselves. Of moderators: topics that are theirs to see to."""
    return Desk(
        duties=None,
        ideas=None,
        assigned=assigned_to(session, actor, now),
        requests=None,
        items=None,
        gaps=None,
        stand_bys=[view for view in guarded.stand_bys(session, actor) if _is_news(view, now)],
        invitations=inviting.sent(session, actor, now - SPAN),
        pledges=bound.own_pledges(session, actor, now),
        reviews=bound.own_to_review(session, actor, now),
        signals=(),
        absent=(),
        suspended=(),
        numbers=(),
        has_roles=bool(actor.belonging and actor.belonging.roles),
        is_hosts=False,
        is_staffs=is_staffs,
    )


def _duties(session: Session, actor: Actor, now: datetime) -> Sequence[Duty]:
    return open_duties(session, now, boards=actor.boards_with(Right.SEE)) if actor.belonging else ()


def _is_news(view: StandByView, now: datetime) -> bool:
    """It waits, or something became of it lately."""
    return view.row.state == State.HELD or (view.row.settled_at is not None and view.row.settled_at > now - LATELY)
