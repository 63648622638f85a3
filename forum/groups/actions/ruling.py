"""What an administrator says of a group: who comes in, who sees it, who may address it."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from forum.accounts.models import GroupMember, GroupRow
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.groups.automatic import settle
from forum.groups.drafts import Rules
from forum.groups.events import GroupRulesSet
from forum.groups.queries import IMPLIED
from forum.permissions import Act, Actor, require
from forum.site.actions import note_change


def set_rules(session: Session, actor: Actor, group: GroupRow, rules: Rules) -> None:
    """Write the rules. An automatic group takes in and lets go at once; in any other, whoever is in stays."""
    require(actor, Act.ADMINISTER)
    if group.id in IMPLIED:
        raise Invalid(_("Everybody is in this group by being here; it has no rules of its own."))
    if group.is_builtin and rules.joining != "invitation":
        raise Invalid(_("Only administrators put people into this group."), "joining")
    before = _said(group)
    was_automatic = group.joining == "automatic"
    group.joining, group.seen_by, group.members_seen_by = rules.joining, rules.seen_by, rules.members_seen_by
    group.mentioned_by, group.written_to_by = rules.mentioned_by, rules.written_to_by
    group.auto_domains, group.auto_role = list(rules.auto_domains), rules.auto_role
    session.flush()
    if group.joining == "automatic":
        settle(session, group_id=group.id)
    elif was_automatic:
        session.execute(
            update(GroupMember)
            .where(GroupMember.group_id == group.id)
            .values(is_automatic=False)
            .execution_options(synchronize_session=False)
        )
    note_change(session, actor, "group", group.id, group.name, before=before, after=_said(group))
    emit(session, GroupRulesSet(group.id))


def _said(group: GroupRow) -> dict[str, str]:
    """What the log keeps of a group's rules."""
    return {
        "joining": group.joining,
        "seen_by": group.seen_by,
        "members_seen_by": group.members_seen_by,
        "mentioned_by": group.mentioned_by,
        "written_to_by": group.written_to_by,
        "auto_domains": ", ".join(group.auto_domains),
        "auto_role": group.auto_role,
    }
