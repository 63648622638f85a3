"""What the scorecard said each week: kept as it was, by the database itself."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime
from forum.core.db.dialect import drop_kept, keep_for_good

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scorecards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_scorecards_version")),
        sa.CheckConstraint("(version = 1) = (reason = '')", name=op.f("ck_scorecards_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecards")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_scorecards_week_version", "scorecards", ["week", "version"], unique=True)
    op.create_table(
        "scorecard_parts",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name=op.f("fk_scorecard_parts_scorecard_id_scorecards")
        ),
        sa.PrimaryKeyConstraint("scorecard_id", "board_id", name=op.f("pk_scorecard_parts")),
    )
    for table in ("scorecards", "scorecard_parts"):
        keep_for_good(op.get_bind(), table)


def downgrade() -> None:
    for table in ("scorecard_parts", "scorecards"):
        drop_kept(op.get_bind(), table)
