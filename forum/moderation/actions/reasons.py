"""The words that moderators begin with: administrators keep them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core.errors import InvalidFields
from forum.core.lines import many_lines, one_line
from forum.core.words import gettext as _
from forum.moderation.drafts import LONGEST_FACTS
from forum.moderation.models import Reason
from forum.permissions import Act, Actor, require
from forum.site.actions import note_deed
from forum.site.rules import RULES

LONGEST_TITLE = 80


def keep_reason(session: Session, actor: Actor, reason: Reason, rule: str, title: str, text: str) -> None:
    """Write down `reason`, new or not, by its rule; no rule: for leaving something as it is."""
    require(actor, Act.ADMINISTER)
    title, text = one_line(title), many_lines(text)
    wrong: dict[str, str] = {}
    if rule and rule not in {str(one) for one in RULES}:
        wrong["rule"] = _("Choose one of the list.")
    if not title:
        wrong["title"] = _("Give it a name, by which moderators find it.")
    elif len(title) > LONGEST_TITLE:
        wrong["title"] = _("Please say it in at most %(most)s characters.", most=LONGEST_TITLE)
    if not text:
        wrong["text"] = _("Write what whom it concerns will read.")
    elif len(text) > LONGEST_FACTS:
        wrong["text"] = _("Please say it in at most %(most)s characters.", most=LONGEST_FACTS)
    if wrong:
        raise InvalidFields(wrong)
    before = _said(reason) if reason in session else None
    reason.rule, reason.title, reason.text = rule, title, text
    session.add(reason)
    session.flush()
    if before is None:
        note_deed(session, actor, "reason", reason.id, "created", after=_said(reason))
    else:
        note_deed(session, actor, "reason", reason.id, "changed", before=before, after=_said(reason))


def throw_away_reason(session: Session, actor: Actor, reason: Reason) -> None:
    """Keep it no longer; decisions that began with it stay."""
    require(actor, Act.ADMINISTER)
    note_deed(session, actor, "reason", reason.id, "deleted", before=_said(reason))
    session.delete(reason)
    session.flush()


def _said(reason: Reason) -> dict[str, str]:
    return {"name": reason.title, "rule": reason.rule, "text": reason.text}
