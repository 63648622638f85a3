"""Where a conversation gets heated, replies wait a little: the same at every door."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from forum.organization.intents import Intent
from forum.organization.voices import moderates
from forum.permissions import Actor
from forum.posts.drafts import ReplyDraft
from forum.posts.heat import check_heat, goes_on_at
from forum.posts.models import Topic
from forum.posts.queries.heat import heat_for_reply
from forum.posts.queries.situation import has_duty


def let_cool(session: Session, actor: Actor, topic: Topic, draft: ReplyDraft, now: datetime) -> None:
    """Raise TooSoon for a member's reply that comes before its time. Whoever looks after the board never waits, nor do
    people of the organization where they owe an answer, or warn of a danger."""
    if moderates(actor, topic.board_id) or draft.voice.intent == Intent.MODERATE:
        return
    heat = heat_for_reply(session, actor, topic, draft.reply_to_number)
    if goes_on_at(heat, now) is None or _owes_it(session, actor, topic, draft, now):
        return
    check_heat(heat, now)


def _owes_it(session: Session, actor: Actor, topic: Topic, draft: ReplyDraft, now: datetime) -> bool:
    if actor.belonging is None:
        return False
    return draft.grounds.is_dangerous or has_duty(session, topic, actor, now)
