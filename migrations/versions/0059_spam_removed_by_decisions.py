"""The removal of a spam account is a decision, to which its owner can object."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_RULINGS = sa.table(
    "rulings",
    *(sa.column(name) for name in ("id", "act", "subject_kind", "subject_id", "account_id", "rule", "facts")),
    *(sa.column(name) for name in ("detected", "role", "state", "emergency", "undone_how", "undone_why")),
    *(sa.column(name) for name in ("by_id", "undone_by_id", "case_id")),
    *(sa.column(name, sa.DateTime) for name in ("at", "undone_at")),
    *(sa.column(name, sa.Boolean) for name in ("automated", "by_host", "concerns_host")),
    *(sa.column(name, sa.JSON) for name in ("params", "before")),
)
_REMOVALS = sa.table(
    "spam_removals",
    *(sa.column(name) for name in ("id", "account_id", "by_id", "reason", "state", "ruling_id")),
    *(sa.column(name) for name in ("undone_by_id", "undone_because")),
    *(sa.column(name, sa.DateTime) for name in ("at", "undone_at")),
    sa.column("before", sa.JSON),
)
_SANCTIONS, _APPEALS = (sa.table(name, sa.column("id"), sa.column("ruling_id")) for name in ("sanctions", "appeals"))
_CASES = sa.table("cases", sa.column("subject_kind"), sa.column("subject_id"))


def upgrade() -> None:
    # Said in SQL that both databases take: a batch would copy the table on SQLite.
    op.execute(
        "ALTER TABLE spam_removals ADD COLUMN ruling_id INTEGER "
        "CONSTRAINT fk_spam_removals_ruling_id REFERENCES rulings (id)"
    )
    op.create_index("ix_spam_removals_ruling_id", "spam_removals", ["ruling_id"])
    connection = op.get_bind()
    for row in connection.execute(sa.select(_REMOVALS).order_by(_REMOVALS.c.id)).all():
        undone = row.state in ("undoing", "undone")
        ruling_id = connection.execute(
            sa.insert(_RULINGS)
            .values(
                act="spam",
                subject_kind="account",
                subject_id=row.account_id,
                account_id=row.account_id,
                case_id=(row.before or {}).get("case"),
                rule="spam",
                facts="spam" if row.state == "forgotten" else row.reason,
                detected="own",
                role="moderator",
                state="undone" if undone else "in_force",
                emergency="",
                undone_how="undo" if undone else "",
                undone_why=row.undone_because,
                by_id=row.by_id,
                undone_by_id=row.undone_by_id,
                at=row.at,
                undone_at=row.undone_at,
                automated=False,
                by_host=False,
                concerns_host=False,
                params={},
                before={"removal": row.id},
            )
            .returning(_RULINGS.c.id)
        ).scalar_one()
        connection.execute(sa.update(_REMOVALS).where(_REMOVALS.c.id == row.id).values(ruling_id=ruling_id))
        if suspension := (row.before or {}).get("account", {}).get("suspension"):
            op.execute(sa.update(_SANCTIONS).where(_SANCTIONS.c.id == suspension).values(ruling_id=ruling_id))
    op.execute("ALTER TABLE spam_removals DROP COLUMN reason")
    op.execute("ALTER TABLE spam_removals DROP COLUMN undone_because")


def downgrade() -> None:
    for name in ("reason", "undone_because"):
        op.add_column("spam_removals", sa.Column(name, sa.String(300), nullable=False, server_default=""))
    told = sa.select(_RULINGS).where(_RULINGS.c.act == "spam").subquery()
    connection = op.get_bind()
    for row in connection.execute(sa.select(_REMOVALS.c.id, told).join(told, told.c.id == _REMOVALS.c.ruling_id)).all():
        said = {"reason": row.facts[:300], "undone_because": row.undone_why[:300]}
        connection.execute(sa.update(_REMOVALS).where(_REMOVALS.c.id == row[0]).values(**said))
    ours = sa.select(_RULINGS.c.id).where(_RULINGS.c.act == "spam")
    objections = sa.select(_APPEALS.c.id).where(_APPEALS.c.ruling_id.in_(ours))
    op.execute(sa.update(_SANCTIONS).where(_SANCTIONS.c.ruling_id.in_(ours)).values(ruling_id=None))
    for kind, ids in (("appeal", objections), ("decision", ours)):
        op.execute(sa.delete(_CASES).where(_CASES.c.subject_kind == kind, _CASES.c.subject_id.in_(ids)))
    op.execute(sa.delete(_APPEALS).where(_APPEALS.c.ruling_id.in_(ours)))
    op.drop_index("ix_spam_removals_ruling_id", table_name="spam_removals")
    op.execute("ALTER TABLE spam_removals DROP COLUMN ruling_id")
    op.execute(sa.delete(_RULINGS).where(_RULINGS.c.act == "spam"))
