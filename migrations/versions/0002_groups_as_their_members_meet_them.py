"""Groups as their members meet them: who comes in, who sees them, owners, requests and invitations."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CHECKS = {
    "joining": "joining in ('open', 'request', 'invitation', 'automatic')",
    "seen_by": "seen_by in ('everyone', 'members', 'group')",
    "members_seen_by": "members_seen_by in ('everyone', 'members', 'group')",
    "mentioned_by": "mentioned_by in ('nobody', 'group', 'members')",
    "written_to_by": "written_to_by in ('nobody', 'group', 'members')",
}


def upgrade() -> None:
    with op.batch_alter_table("groups", schema=None) as batch_op:
        for name, length, default in (
            ("joining", 10, "invitation"),
            ("seen_by", 8, "group"),
            ("members_seen_by", 8, "group"),
            ("mentioned_by", 7, "nobody"),
            ("written_to_by", 7, "nobody"),
            ("auto_role", 10, ""),
        ):
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=default))
        batch_op.add_column(sa.Column("auto_domains", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("member_count", sa.Integer(), nullable=False, server_default="0"))
        for name, condition in _CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_groups_{name}"), condition)
    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_owner", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("is_automatic", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "update groups set member_count = (select count(*) from group_members where group_members.group_id = groups.id)"
    )
    op.create_table(
        "group_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=9), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("kind in ('asked', 'invited')", name=op.f("ck_group_requests_kind")),
        sa.CheckConstraint("decision in ('', 'yes', 'no', 'withdrawn')", name=op.f("ck_group_requests_decision")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_group_requests_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_group_requests_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_group_requests_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_group_requests_decided_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_requests")),
    )
    with op.batch_alter_table("group_requests", schema=None) as batch_op:
        batch_op.create_index("ix_group_requests_account_id", ["account_id", "group_id"], unique=False)
        batch_op.create_index(
            "uq_group_requests_open",
            ["group_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("group_requests")
    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.drop_column("is_automatic")
        batch_op.drop_column("is_owner")
    with op.batch_alter_table("groups", schema=None) as batch_op:
        for name in _CHECKS:
            batch_op.drop_constraint(op.f(f"ck_groups_{name}"), type_="check")
        for name in ("member_count", "auto_domains", "auto_role", *reversed(_CHECKS)):
            batch_op.drop_column(name)
