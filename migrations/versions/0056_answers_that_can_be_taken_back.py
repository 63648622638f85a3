"""An answer to who waits to join takes effect some minutes later, and is taken back until then."""

from alembic import op

from forum.core.db import UtcDateTime

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = UtcDateTime().compile(op.get_bind().dialect)
    op.execute("ALTER TABLE waiting_sign_ups ADD COLUMN verdict VARCHAR(8) NOT NULL DEFAULT ''")
    op.execute(f"ALTER TABLE waiting_sign_ups ADD COLUMN answered_at {time}")
    op.create_index(op.f("ix_waiting_sign_ups_answered_at"), "waiting_sign_ups", ["answered_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_waiting_sign_ups_answered_at"), "waiting_sign_ups")
    op.execute("ALTER TABLE waiting_sign_ups DROP COLUMN answered_at")
    op.execute("ALTER TABLE waiting_sign_ups DROP COLUMN verdict")
