"""A use of a tool says of how many topics it did something: what was left out is not in the public log."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE bulk_runs ADD COLUMN done INTEGER NOT NULL DEFAULT 0")
    runs = sa.table(
        "bulk_runs", sa.column("id", sa.Integer), sa.column("items", sa.JSON), sa.column("done", sa.Integer)
    )
    bind = op.get_bind()
    for id_, items in bind.execute(sa.select(runs.c.id, runs.c["items"])).all():
        # What undoing needs is forgotten after a week.
        done = sum("before" in item or "why" not in item for item in items or ())
        bind.execute(sa.update(runs).where(runs.c.id == id_).values(done=done))


def downgrade() -> None:
    op.execute("ALTER TABLE bulk_runs DROP COLUMN done")
