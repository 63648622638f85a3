"""What members flagged and a moderator decided, by the verbs that people use."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.demo.waiting import Who
from forum.moderation import actions, subjects
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Case
from forum.permissions import Actor
from forum.posts.models import Post


def judge(session: Session, prepared: Prepared, ground: Ground, topic_ids: Mapping[str, int], who: Who) -> None:
    """Flags, of which some are decided; `topic_ids` by the keys of the texts."""

    def actor(name: str) -> Actor:
        return who(session, session.get_one(Account, ground.people[name]))

    for text in prepared.community.waiting.flag:
        there = select(Post.id).where(Post.topic_id == topic_ids[text["topic"]], Post.number == text["number"])
        subject = subjects.load(session, subjects.POST, session.scalars(there).one())
        about_host = text.get("about_host", False)
        flag = actions.flag(session, actor(text["by"]), subject, text["rule"], text["words"], about_host=about_host)
        if "act" in text:
            case = session.get_one(Case, flag.case_id)
            draft = DecisionDraft(text["act"], subject.kind, subject.id, text["rule"], text["facts"], "flags")
            actions.decide(session, actor(text["decided_by"]), draft, case, case.version)
