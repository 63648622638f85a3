"""Decisions of moderators, told to everybody whom they concern. Nobody learns who flagged, nor who decided."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.moderation.appeal_models import Appeal
from forum.moderation.events import (
    AppealDecided,
    Appealed,
    AppealReopened,
    CaseClosed,
    Decided,
    DecisionUndone,
    ProposalRefused,
    Proposed,
)
from forum.moderation.models import Case, Flag, Ruling
from forum.moderation.operations import KEEP, OPERATIONS
from forum.moderation.queries import contested
from forum.moderation.queries.reasons import about
from forum.moderation.subjects import HELD
from forum.notifications import actions
from forum.notifications.drafts import News

_OF_FLAGS = {"decided": "flag_right", "kept": "flag_kept", "mended": "flag_mended"}


def tell_decided(session: Session, event: Decided) -> None:
    """The author; of what stays as it is only where it was hidden until now. Of words that waited, `holds` tells."""
    row = session.get_one(Ruling, event.decision_id)
    if row.subject_kind == HELD:
        return
    if OPERATIONS[row.act].tells_itself:
        return
    if row.act != KEEP:
        _tell(session, "hidden" if row.automated else "decided", row, [row.account_id])
    elif row.before.get("shown"):
        _tell(session, "shown_again", row, [row.account_id])


def tell_undone(session: Session, event: DecisionUndone) -> None:
    """The author, whom it concerned while it was in force; who decided, when a peer said no or none looked in time.
    After an objection everybody hears that."""
    row = session.get_one(Ruling, event.decision_id)
    _unsay(session, row)
    if row.undone_how == "appeal":
        return
    operation = OPERATIONS[row.act]
    if operation.upholds and not operation.tells_itself and row.subject_kind != HELD:
        _tell(session, "shown_again", row, [row.account_id], how=row.undone_how)
    if row.undone_how in ("lapse", "refused"):
        _tell(session, "proposal_refused", row, [row.by_id])


def _unsay(session: Session, row: Ruling) -> None:
    """What holds no more stands in no list of notices: the author's, and those of who flagged what waits again. Who had
    read that something was done hears that it waits."""
    actions.unsay(session, [f"{kind}:{row.id}:" for kind in ("decided", "hidden")], [row.account_id])
    if row.case_id is None:
        return
    waits = select(Flag.by_id).where(
        Flag.subject_kind == row.subject_kind, Flag.subject_id == row.subject_id, Flag.verdict == ""
    )
    read = actions.unsay(session, [f"flagged:{row.case_id}:"], session.scalars(waits))
    told = about(session, row)
    news = News("flag_again", about=f"flag_again:{row.id}", by=None, title=told.title, url="/flags")
    actions.notify(session, news, read)


def tell_peers(session: Session, event: Proposed) -> None:
    """Those who may confirm it."""
    row = session.get_one(Ruling, event.decision_id)
    _tell(session, "proposal", row, session.scalars(contested.peers(session, row)))


def tell_proposer(session: Session, event: ProposalRefused) -> None:
    """Who proposed it."""
    row = session.get_one(Ruling, event.decision_id)
    _tell(session, "proposal_refused", row, [row.by_id])


def tell_flaggers(session: Session, event: CaseClosed) -> None:
    """Who flagged, in words that tell nothing of what else happened to anybody."""
    case = session.get_one(Case, event.case_id)
    kind = _OF_FLAGS.get(case.outcome)
    if kind is None:
        return
    flags = select(Flag.by_id).where(Flag.case_id == case.id)
    # A flag that was taken back waits for no answer; one that mending cleared does.
    waits = Flag.verdict_at == case.closed_at if kind == "flag_mended" else Flag.verdict != "cleared"
    last = session.scalars(select(Ruling).where(Ruling.case_id == case.id).order_by(Ruling.id.desc()).limit(1)).first()
    title, url = "", "/flags"
    if last is not None:
        told = about(session, last)
        title, url = told.title, told.url or url
        url = f"/decisions/{last.id}" if last.act == KEEP and kind == "flag_kept" else url
    news = News(kind, about=f"flagged:{case.id}:{case.version}", by=None, title=title, url=url)
    actions.notify(session, news, [one for one in session.scalars(flags.where(waits)) if one is not None])


def tell_judges(session: Session, event: Appealed) -> None:
    """Those who may answer it."""
    row = session.get_one(Appeal, event.appeal_id)
    ruling = session.get_one(Ruling, row.ruling_id)
    whom = session.scalars(contested.judges(contested.contested(session, ruling)))
    _tell(session, "objection", ruling, whom, how=str(row.id))


def tell_answer(session: Session, event: AppealDecided) -> None:
    """Who objected; where they were right, also the author, and who had decided."""
    row = session.get_one(Appeal, event.appeal_id)
    ruling = session.get_one(Ruling, row.ruling_id)
    when = f"{row.id}:{row.decided_at:%Y%m%d%H%M%S}"
    _tell(session, "objection_answered", ruling, [row.account_id], how=when)
    if row.state == "reversed":
        others = {ruling.by_id, ruling.confirmed_by_id, ruling.account_id} - {row.account_id, row.decided_by_id}
        _tell(session, "objection_was_right", ruling, others, how=when)


def tell_reopened(session: Session, event: AppealReopened) -> None:
    """Who objected, and the author."""
    row = session.get_one(Appeal, event.appeal_id)
    ruling = session.get_one(Ruling, row.ruling_id)
    _tell(session, "objection_reopened", ruling, {row.account_id, ruling.account_id}, how=f"{row.id}")


def _tell(session: Session, kind: str, ruling: Ruling, whom: Iterable[int | None], how: str = "") -> None:
    news = News(
        kind,
        about=f"{kind}:{ruling.id}:{how}"[:80],
        by=None,
        title=about(session, ruling).title[:255],
        url=f"/decisions/{ruling.id}",
        to_suspended=True,
    )
    actions.notify(session, news, sorted({one for one in whom if one is not None}))
