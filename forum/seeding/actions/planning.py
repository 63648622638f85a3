"""Planning a seed, changing it, dropping it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Conflict, Invalid, Refused
from forum.core.events import emit
from forum.core.lines import many_lines, one_line
from forum.core.words import gettext as _
from forum.organization.queries import state
from forum.organization.seeds import LONGEST_NOTE, Kind, State, check_board, check_slot, check_time, checked_ask
from forum.permissions import Act, Actor, allows, require
from forum.posts.actions.publishing import limits_of
from forum.posts.actions.starting import chosen_tags, enough_tags
from forum.posts.limits import checked_body, checked_title
from forum.seeding import queries
from forum.seeding.drafts import SeedDraft
from forum.seeding.events import SeedDropped, SeedMoved, SeedPlanned, SeedReworded
from forum.seeding.models import Seed, SeedInvitation
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in

SHORTEST_REASON = 10
USES = "seed"
WORDS = ("title", "source", "ask", "kind")
"""What somebody says yes to."""


def plan(session: Session, actor: Actor, board: Board, draft: SeedDraft) -> Seed:
    """Put a conversation on the calendar of a board. The same `once` is planned once."""
    require(actor, Act.PLAN_SEED, board)
    state.hold(session, board.id)  # two who plan for the same days do so one after the other
    mine = (Seed.owner_id == actor.account_id, Seed.once == draft.once)
    if draft.once and (before := session.scalars(select(Seed).where(*mine)).first()) is not None:
        return before
    assert actor.belonging is not None
    assert actor.account_id is not None
    now = clock.now()
    row = Seed(
        board_id=board.id,
        board=board,
        organization_id=actor.belonging.organization_id,
        owner_id=actor.account_id,
        created_at=now,
        once=draft.once or None,
    )
    with session.no_autoflush:
        _write(session, actor, row, draft, now)
    session.add(row)
    session.flush()
    _keep_files(session, actor, row)
    emit(session, SeedPlanned(row.id, actor.account_id))
    return row


def change(session: Session, actor: Actor, row: Seed, draft: SeedDraft) -> None:
    """Say it otherwise, which only its owner does, or move it (`row` locked, with board): one that was held back waits
    for its time again. Who said that they will take part is told of another time, and asked again to other words."""
    require(actor, Act.TEND_SEED, row)
    check_planned(row)
    if draft.version and draft.version != str(row.version):
        raise Conflict(
            _("It was changed in another window meanwhile. Look at it first: saving once more puts yours in its place.")
        )
    state.hold(session, row.board_id)
    before = {name: getattr(row, name) for name in (*WORDS, "planned_at")}
    with session.no_autoflush:
        _write(session, actor, row, draft, clock.now())
    changed = [name for name, stood in before.items() if getattr(row, name) != stood]
    if not set(changed).isdisjoint(WORDS) and not allows(actor, Act.REWORD_SEED, row):
        raise Refused(_("Only its owner changes the words. You can move it, or drop it."))
    row.version += 1
    row.held_at, row.held_because = None, ""
    session.flush()
    _keep_files(session, actor, row)
    if not set(changed).isdisjoint(WORDS):
        _ask_again(session, actor, row, changed)
    elif changed:
        emit(session, SeedMoved(row.id, actor.account_id))


def drop(session: Session, actor: Actor, row: Seed, reason: str) -> None:
    """Do not post it (`row` locked). It stays on the calendar with the reason."""
    require(actor, Act.TEND_SEED, row)
    check_planned(row)
    line = one_line(reason)
    if not SHORTEST_REASON <= len(line) <= LONGEST_NOTE:
        said = {"least": SHORTEST_REASON, "most": LONGEST_NOTE}
        raise Invalid(_("Say why, in %(least)s to %(most)s characters.", **said), "reason")
    row.state, row.reason, row.dropped_at, row.changed_at = State.DROPPED, line, clock.now(), clock.now()
    row.version += 1
    uploads.disuse(session, actor, USES, row.id)
    emit(session, SeedDropped(row.id, actor.account_id))


def check_planned(row: Seed) -> None:
    """Conflict where it is posted or dropped already."""
    if row.state != State.PLANNED:
        raise Conflict(_("This one is not planned any more: it was posted or dropped meanwhile."))


def _write(session: Session, actor: Actor, row: Seed, draft: SeedDraft, now: datetime) -> None:
    limits = limits_of(session)
    check_board(draft.kind, row.board.kind, one_line(draft.place))
    row.ask = checked_ask(draft.ask)
    row.title, row.source = checked_title(draft.title, limits), many_lines(draft.source)
    row.place = one_line(draft.place) if draft.kind == Kind.EVENT else ""
    row.kind, row.tags = draft.kind, list(draft.tags)
    checked_body(row.words, limits)
    enough_tags(session, row.board, len(chosen_tags(session, actor, draft.tags)))
    most, span = state.board_state(session, row.board, now).limits.seeds
    if draft.planned_at != row.planned_at or row.held_at is not None:
        check_time(draft.planned_at, queries.times_on(session, row.board_id, besides=row.id), most, span, now)
    check_slot(draft.kind, draft.starts_at, draft.ends_at, draft.planned_at)
    takes_place = draft.kind in ("ama", "event")
    row.planned_at, row.changed_at = draft.planned_at, now
    row.starts_at, row.ends_at = (draft.starts_at, draft.ends_at) if takes_place else (None, None)


def _keep_files(session: Session, actor: Actor, row: Seed) -> None:
    """What its words show must not be forgotten while it waits."""
    uploads.disuse(session, actor, USES, row.id)
    if allows(actor, Act.UPLOAD):
        uploads.use(session, actor, USES, row.id, tokens_in(row.source), {})


def _ask_again(session: Session, actor: Actor, row: Seed, changed: Sequence[str]) -> None:
    """Who said yes said it to other words: they are asked again, told what changed (`row` locked). It takes no turn."""
    there = (SeedInvitation.seed_id == row.id, SeedInvitation.answer != "no")
    found = session.scalars(select(SeedInvitation).where(*there)).all()
    consented = tuple(one.account_id for one in found if one.answer == "yes")
    for one in found:
        if one.answer == "yes" or one.changed:
            one.changed = " ".join(dict.fromkeys([*one.changed.split(), *changed]))
            one.answer, one.answered_at = "", None
    session.flush()
    if consented:
        emit(session, SeedReworded(row.id, consented, actor.account_id))
