"""Saved reasons of moderators; who waits to join and messages shown to moderators stand in the one queue."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

# Account, since when: who waits to join, and the messages that members showed to the moderators.
_SIGN_UPS = sa.text("select account_id, account_id as about, since as at from waiting_sign_ups").columns(at=UtcDateTime)
_MESSAGES = sa.text(
    "select m.id, m.author_id as about, min(r.created_at) as at from message_reports r "
    "join messages m on m.id = r.message_id where r.closed_at is null group by m.id, m.author_id"
).columns(at=UtcDateTime)
_NOTICES = {"message_report": "message", "sign_up": "sign_up", "sign_up_waits": "sign_up"}


def upgrade() -> None:
    op.create_table(
        "reasons",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_reasons_rule", "reasons", ["rule"])
    names = ("kind", "subject_kind", "subject_id", "account_id", "outcome")
    cases = sa.table(
        "cases", *map(sa.column, names), *(sa.column(name, UtcDateTime) for name in ("opened_at", "due_at"))
    )
    for kind, subject, asked in (("sign_up", "account", _SIGN_UPS), ("message", "message", _MESSAGES)):
        for id_, about, at in op.get_bind().execute(asked).all():
            told = {"kind": kind, "subject_kind": subject, "subject_id": id_, "account_id": about, "outcome": ""}
            op.execute(sa.insert(cases).values(told | {"opened_at": at, "due_at": at + timedelta(days=1)}))
    notices = sa.table("notices", sa.column("kind"), sa.column("url"))
    for notice, kind in _NOTICES.items():
        op.execute(sa.update(notices).where(notices.c.kind == notice).values(url=f"/moderation?kind={kind}"))


def downgrade() -> None:
    op.execute("delete from cases where kind in ('sign_up', 'message')")
    op.drop_table("reasons")
