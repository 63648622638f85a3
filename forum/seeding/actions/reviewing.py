"""What became of a seed after a week, and what was learned."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization import seeds
from forum.organization.seeds import LONGEST_NOTE, REVIEWED_AFTER, State
from forum.permissions import Act, Actor, require
from forum.seeding import queries
from forum.seeding.events import LessonLearned, SeedReviewed
from forum.seeding.models import Seed


def review(session: Session, actor: Actor, row: Seed) -> None:
    """Count what its first week brought (`row` locked). Safe to repeat: one is reviewed once."""
    require(actor, Act.KEEP_TIME)
    if row.state != State.POSTED or row.posted_at is None:
        return
    found = seeds.review(queries.heard(session, row.topic_id, row.posted_at + REVIEWED_AFTER))
    row.state, row.reviewed_at, row.changed_at = State.REVIEWED, clock.now(), clock.now()
    row.outcome, row.peers, row.between_peers = found.outcome, found.peers, found.between_peers
    row.version += 1
    session.flush()
    emit(session, SeedReviewed(row.id))


def learn(session: Session, actor: Actor, row: Seed, words: str) -> None:
    """Say in a sentence what was learned of it (`row` locked), or say it otherwise; nothing takes it back."""
    require(actor, Act.TEND_SEED, row)
    if row.state != State.REVIEWED:
        raise Conflict(_("It is not reviewed yet."))
    line = one_line(words)
    if len(line) > LONGEST_NOTE:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_NOTE, len=len(line)), "learned")
    row.learned = line
    emit(session, LessonLearned(row.id, actor.account_id))
