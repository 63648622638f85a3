"""Who of the House is on duty, with what words its people begin, and what they note behind topics."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.backstage import actions as backstage
from forum.backstage.drafts import PERSON, Assignee, NoteDraft
from forum.backstage.models import Assignment, InternalNote
from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.demo.waiting import Who
from forum.organization import actions as organizations
from forum.organization.drafts import ShiftDraft
from forum.organization.queries.chartering import charter_at, chartered_organization
from forum.organization.saved_models import SavedReply
from forum.permissions import HOUSE, Role
from forum.posts.models import Topic


def keep_backstage(
    session: Session, prepared: Prepared, ground: Ground, topic_ids: Mapping[str, int], who: Who
) -> None:
    """By the verbs that people use; notes are as old as their texts say."""
    waiting, there = prepared.community.waiting, chartered_organization(session)
    for text in waiting.shift:
        organizations.add_shifts(session, HOUSE, there, _shift(session, text, ground))
    for text in waiting.saved_reply:
        writer = who(session, session.get_one(Account, ground.people[text["by"]]))
        whose = None if text.get("shared") else writer.account_id
        row = SavedReply(organization_id=there.id, account_id=whose)
        organizations.save_reply(session, writer, row, text["name"], text["words"])
    for text in waiting.note:
        writer = who(session, session.get_one(Account, ground.people[text["by"]]))
        wanted = select(Topic).options(joinedload(Topic.board)).where(Topic.id == topic_ids[text["topic"]])
        topic, at = session.scalars(wanted).one(), ground.ago(text["hours_ago"])
        note = backstage.write_note(session, writer, topic, NoteDraft(prepared.words["note", text["topic"], 0]))
        session.execute(update(InternalNote).where(InternalNote.id == note.id).values(created_at=at))
        if "assigned" in text:
            given = backstage.assign(session, writer, topic, Assignee(PERSON, ground.people[text["assigned"]]))
            session.execute(update(Assignment).where(Assignment.id == given.id).values(since=at))


def _shift(session: Session, text: Mapping[str, Any], ground: Ground) -> ShiftDraft:
    """From the Monday of this week on, in the zone of the service."""
    zone: ZoneInfo = charter_at(session, ground.now).service.zone
    today = ground.now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=text.get("week", 0))
    since, until = (
        datetime.combine(monday + timedelta(days=text[key][0]), time(text[key][1])) for key in ("since", "until")
    )
    return ShiftDraft(
        role=Role(text["role"]),
        person_id=ground.people[text["person"]],
        backup_id=ground.people[text["backup"]] if "backup" in text else None,
        board_ids=(),
        since=since,
        until=until,
        zone=str(zone),
        weeks=text.get("weeks", 1),
    )
