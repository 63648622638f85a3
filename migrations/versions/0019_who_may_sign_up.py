"""Who may sign up: the gate, invitations, and those who wait for a yes."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


def upgrade() -> None:
    op.add_column("accounts", sa.Column("waiting_since", UtcDateTime(), nullable=True))
    gate = op.create_table(
        "sign_up_gate",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("allowed_domains", sa.JSON(), nullable=False),
        sa.Column("blocked_domains", sa.JSON(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("inviters", sa.String(length=14), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_sign_up_gate_only_one")),
        sa.CheckConstraint("mode in ('open', 'approval', 'invitation')", name=op.f("ck_sign_up_gate_mode")),
        sa.CheckConstraint(
            "inviters in ('administrators', 'regulars', 'members')", name=op.f("ck_sign_up_gate_inviters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_gate")),
    )
    op.bulk_insert(
        gate,
        [
            {
                "id": 1,
                "mode": "open",
                "allowed_domains": [],
                "blocked_domains": [],
                "question": "",
                "answers": [],
                "inviters": "administrators",
            }
        ],
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("group_ids", sa.JSON(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        _key("invitations", "by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_by_id"), "invitations", ["by_id"])
    op.create_table(
        "invitation_uses",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        _key("invitation_uses", "account_id", "accounts"),
        _key("invitation_uses", "invitation_id", "invitations"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_invitation_uses")),
    )
    op.create_index(op.f("ix_invitation_uses_invitation_id"), "invitation_uses", ["invitation_id"])
    op.create_table(
        "waiting_sign_ups",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        _key("waiting_sign_ups", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_waiting_sign_ups")),
    )
    op.create_index(op.f("ix_waiting_sign_ups_since"), "waiting_sign_ups", ["since"])


def downgrade() -> None:
    for table in ("waiting_sign_ups", "invitation_uses", "invitations", "sign_up_gate"):
        op.drop_table(table)
    op.drop_column("accounts", "waiting_since")
