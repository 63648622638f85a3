"""The rota and what happens behind topics, told to those who work there. Nobody else ever hears of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts import names
from forum.accounts.models import Account, FormerName
from forum.backstage import queries as backstage
from forum.backstage.events import NoteWritten, TopicAssigned
from forum.backstage.models import Assignment, InternalNote
from forum.core import clock
from forum.notifications import actions
from forum.notifications.drafts import News
from forum.organization.events import ShiftChanged, ShiftNears, ShiftRemoved, ShiftsGiven
from forum.organization.rota import in_words
from forum.organization.rota_models import ShiftRow
from forum.posts.calls import calls
from forum.posts.models import Topic

_ROTA = "/organization/rota"


def tell_of_shifts(session: Session, event: ShiftsGiven) -> None:
    """Whoever is on the rota now, and the backup: once, however many weeks it is."""
    _tell_staffed(session, session.get_one(ShiftRow, event.shift_id), "given", event.by_id)


def tell_of_change(session: Session, event: ShiftChanged) -> None:
    """Whose it is now; and whose it was, that it is not any more."""
    row = session.get_one(ShiftRow, event.shift_id)
    _tell_staffed(session, row, f"changed:{clock.now():%Y%m%d%H%M%S}", event.by_id)
    gone = [one for one in event.people if one not in (row.person_id, row.backup_id)]
    _tell_gone(session, row.id, gone, in_words(row.since, row.until, row.zone), event.by_id)


def tell_of_removal(session: Session, event: ShiftRemoved) -> None:
    """Whose it was."""
    _tell_gone(session, event.shift_id, list(event.people), event.said, event.by_id)


def remind(session: Session, event: ShiftNears) -> None:
    """Whose shift it is, the day before."""
    row = session.get_one(ShiftRow, event.shift_id)
    said = in_words(row.since, row.until, row.zone)
    about = f"shift:{row.id}:tomorrow:{row.since:%Y%m%d%H%M}"
    actions.notify(session, News("shift_tomorrow", about, by=None, title=said, url=_ROTA), [row.person_id])


def tell_called(session: Session, event: NoteWritten) -> None:
    """Whom a note mentions, of those who look behind its topic. Whoever does not, hears nothing."""
    row = session.get_one(InternalNote, event.note_id)
    topic, written = _topic(session, row.topic_id), calls(row.html).names
    if not written:
        return
    keys = sorted({names.fold(name) for name in written})
    now = select(Account.id).where(Account.name_key.in_(keys))
    once = select(FormerName.account_id).where(FormerName.name_key.in_(keys))
    called = backstage.readers_of(session, topic, set(session.scalars(now.union(once))))
    news = News("internal_note", f"internal-note:{row.id}", by=row.author_id, topic=topic)
    actions.notify(session, news, sorted(called))


def tell_assigned(session: Session, event: TopicAssigned) -> None:
    """Whose a topic is to see to; of a group, those who look behind it."""
    row = session.get_one(Assignment, event.assignment_id)
    topic = _topic(session, row.topic_id)
    among = {row.account_id} if row.account_id is not None else set(backstage.group_people(session, row.group_id or 0))
    kind = "assigned" if row.account_id is not None else "assigned_group"
    whom = backstage.readers_of(session, topic, among)
    actions.notify(session, News(kind, f"assigned:{row.id}", by=row.by_id, topic=topic), sorted(whom))


def _tell_staffed(session: Session, row: ShiftRow, how: str, by: int | None) -> None:
    whom = [one for one in (row.person_id, row.backup_id) if one is not None]
    said = in_words(row.since, row.until, row.zone)
    actions.notify(session, News("shift", f"shift:{row.id}:{how}", by=by, title=said, url=_ROTA), whom)


def _tell_gone(session: Session, shift_id: int, whom: list[int], said: str, by: int | None) -> None:
    about = f"shift:{shift_id}:gone:{clock.now():%Y%m%d%H%M%S}"
    actions.notify(session, News("shift_removed", about, by=by, title=said, url=_ROTA), whom)


def _topic(session: Session, topic_id: int) -> Topic:
    return session.scalars(select(Topic).options(joinedload(Topic.board)).where(Topic.id == topic_id)).one()
