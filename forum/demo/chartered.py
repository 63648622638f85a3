"""What the House promises: its decisions and the versions of its charter, by the verbs that a host uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.organization import actions as organizations
from forum.organization.charter_json import from_json
from forum.organization.deciding import DecisionDraft
from forum.organization.drafts import CharterDraft
from forum.organization.models import CharterVersion, Decision
from forum.organization.queries.chartering import chartered_organization
from forum.permissions import HOUSE


def write_charter(session: Session, prepared: Prepared, ground: Ground) -> None:
    """Decisions first, since versions name them; each as old as its text says."""
    there, texts = chartered_organization(session), prepared.community.charter
    for number, text in enumerate(texts.decision, start=1):
        words, at = prepared.words["decision", "", number], ground.ago(text["days_ago"] * 24)
        draft = DecisionDraft(
            text["title"], words.source, words.rendered.html, at.date(), text["made_by"], text["about"]
        )
        row = organizations.enter_decision(session, HOUSE, there, draft)
        session.execute(update(Decision).where(Decision.id == row.id).values(entered_at=at))
    for base, text in enumerate(texts.version):
        data = _by_ids({**texts.charter, **text.get("instead", {})}, ground)
        draft_ = CharterDraft(from_json(data), base, text["note"], text["decision"])
        version = organizations.save_charter(session, HOUSE, there, draft_)
        saved = ground.ago(text["days_ago"] * 24)
        session.execute(update(CharterVersion).where(CharterVersion.id == version.id).values(saved_at=saved))


def _by_ids(data: Mapping[str, Any], ground: Ground) -> dict[str, Any]:
    """The same with the ids of people and boards, and the day of its review."""
    said = dict(data)
    review = ground.now + timedelta(days=said.pop("review_in_days"))
    roles = {
        role: {key: ground.people[one] if isinstance(one, str) else one for key, one in staffed.items()}
        for role, staffed in said["roles"].items()
    }
    boards = {str(ground.boards[slug]): changes for slug, changes in said["boards"].items()}
    return {**said, "roles": roles, "boards": boards, "review_by": review.date().isoformat()}
