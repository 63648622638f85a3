"""Conversations that the organization begins on purpose: their calendar, and the mark on their topics."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ask", sa.String(length=300), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=True),
        sa.Column("held_at", UtcDateTime(), nullable=True),
        sa.Column("held_because", sa.String(length=500), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.Column("reviewed_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=7), nullable=False),
        sa.Column("peers", sa.Integer(), nullable=False),
        sa.Column("between_peers", sa.Integer(), nullable=False),
        sa.Column("learned", sa.String(length=300), nullable=False),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("kind in ('question', 'resource', 'story', 'event', 'ama')", name=op.f("ck_seeds_kind")),
        sa.CheckConstraint("state in ('planned', 'posted', 'reviewed', 'dropped')", name=op.f("ck_seeds_state")),
        sa.CheckConstraint("outcome in ('', 'success', 'partly', 'failed')", name=op.f("ck_seeds_outcome")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_seeds_board_id_boards"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_seeds_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["accounts.id"], name=op.f("fk_seeds_owner_id_accounts")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_seeds_topic_id_topics"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seeds")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_seeds_board_id_state", "seeds", ["board_id", "state"])
    op.create_index("ix_seeds_state_planned_at", "seeds", ["state", "planned_at"])
    op.create_index(op.f("ix_seeds_topic_id"), "seeds", ["topic_id"])
    op.create_index("uq_seeds_owner_id_once", "seeds", ["owner_id", "once"], unique=True)
    op.create_table(
        "seed_invitations",
        sa.Column("seed_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(length=3), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("answer in ('', 'yes', 'no')", name=op.f("ck_seed_invitations_answer")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_seed_invitations_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["accounts.id"], name=op.f("fk_seed_invitations_by_id_accounts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["seed_id"], ["seeds.id"], name=op.f("fk_seed_invitations_seed_id_seeds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seed_id", "account_id", name=op.f("pk_seed_invitations")),
    )
    op.create_index(op.f("ix_seed_invitations_account_id"), "seed_invitations", ["account_id"])
    op.create_table(
        "seed_suggestions_set_aside",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_seed_suggestions_set_aside")),
    )
    op.create_table(
        "seed_calendars",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_seed_calendars_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_seed_calendars")),
    )
    op.create_index("uq_seed_calendars_secret_hash", "seed_calendars", ["secret_hash"], unique=True)
    op.add_column("topics", sa.Column("is_seed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("topics", sa.Column("slot_from", UtcDateTime(), nullable=True))
    op.add_column("topics", sa.Column("slot_until", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_topics_seeds",
        "topics",
        ["board_id", "created_at"],
        sqlite_where=sa.text("is_seed"),
        postgresql_where=sa.text("is_seed"),
    )
    op.execute(
        "update topics set is_seed = true where id in"
        " (select topic_id from posts where number = 1 and intent = 'seed' and affiliation_kind <> '')"
    )
    op.add_column("accounts", sa.Column("asked_at", UtcDateTime(), nullable=True))
    # Whoever was asked to answer something lately is left alone for as long as they would have been.
    op.execute(
        "update accounts set asked_at ="
        " (select max(created_at) from answer_invitations where answer_invitations.account_id = accounts.id)"
    )


def downgrade() -> None:
    op.drop_column("accounts", "asked_at")
    op.drop_index("ix_topics_seeds", table_name="topics")
    for name in ("slot_until", "slot_from", "is_seed"):
        op.drop_column("topics", name)
    op.drop_table("seed_calendars")
    op.drop_table("seed_suggestions_set_aside")
    op.drop_table("seed_invitations")
    op.drop_table("seeds")
