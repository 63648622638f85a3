"""Whether somebody may still know of what a notice names: asked whenever notices are read, as SQL over account ids."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, and_, case, cast, exists, func, or_

from forum.accounts.ignoring import OFFICE
from forum.accounts.models import GroupMember
from forum.conversations.queries import visible as conversations
from forum.groups import queries as groups
from forum.notifications.kinds import OF_MODERATORS
from forum.posts.models import Post

_Account = int | SQLColumnExpression[int]


def post_in_view() -> ColumnElement[bool]:
    """Of a post (joined), that it is there for everybody who sees its topic."""
    return and_(Post.deleted_at.is_(None), Post.hidden_at.is_(None))


def subject_in_sight(
    subject: SQLColumnExpression[str], kind: SQLColumnExpression[str], account_id: _Account
) -> ColumnElement[bool]:
    """Of what is no topic: whether the account is in the conversation, may know of the group, is a moderator."""
    about_conversation, about_group = (subject.startswith(f"{what}:") for what in ("conversation", "group"))
    office = exists().where(GroupMember.account_id == account_id, GroupMember.group_id.in_(OFFICE))
    return and_(
        or_(~about_conversation, conversations.seen_by(_number(subject, "conversation"), account_id)),
        or_(~about_group, groups.seen_by(_number(subject, "group"), account_id)),
        or_(kind.not_in(OF_MODERATORS), office.correlate_except(GroupMember)),
    )


def _number(subject: SQLColumnExpression[str], what: str) -> ColumnElement[int]:
    """The id behind "what:"; NULL for any other subject, of which no number could be read."""
    behind = func.substr(subject, len(what) + 2)
    return cast(case((subject.startswith(f"{what}:"), behind)), Integer)
