"""How topics end: votes, states, outcomes, doubts, invitations to answer; and who has replied so far."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NEW_OF_TOPICS = (
    "peer_reply_count",
    "first_peer_at",
    "staff_reply_count",
    "answer_post_id",
    "peers_confirmed_at",
    "org_confirmed_at",
    "outdated_at",
    "solved_at",
    "vote_count",
    "too_count",
    "idea_state",
    "idea_state_at",
    "state_before",
    "duplicate_of_id",
)
NEW_OF_POSTS = (
    "worked_count",
    "peers_confirmed_at",
    "org_confirmed_at",
    "org_confirmed_by_id",
    "doubt_id",
    "doubted_at",
    "outdated_at",
    "still_true_at",
)
PARTIAL = {
    "ix_topics_peerless": (["board_id", "bumped_at", "id"], "first_peer_at IS NULL AND deleted_at IS NULL"),
    "ix_topics_unsolved": (["board_id", "bumped_at", "id"], "solved_at IS NULL AND deleted_at IS NULL"),
    "ix_topics_solved": (["board_id", "bumped_at", "id"], "solved_at IS NOT NULL AND deleted_at IS NULL"),
    "ix_topics_solved_open": (["last_post_at"], "solved_at IS NOT NULL AND locked_at IS NULL"),
}
VOTES = [sa.text("vote_count DESC"), "created_at", "id"]


def upgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(_flag("may_be_asked"))
    _widen_topics()
    _widen_posts()
    _add_tables()
    _count_what_is_there()


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _widen_topics() -> None:
    with op.batch_alter_table("topics") as topics:
        for column in (
            _count("peer_reply_count"),
            _time("first_peer_at"),
            _count("staff_reply_count"),
            sa.Column("answer_post_id", sa.Integer(), nullable=True),
            _time("peers_confirmed_at"),
            _time("org_confirmed_at"),
            _time("outdated_at"),
            _time("solved_at"),
            _count("vote_count"),
            _count("too_count"),
            sa.Column("idea_state", sa.String(12), nullable=False, server_default="new"),
            _time("idea_state_at"),
            sa.Column("state_before", sa.String(12), nullable=False, server_default=""),
            sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        ):
            topics.add_column(column)
        topics.create_foreign_key("fk_topics_duplicate_of_id", "topics", ["duplicate_of_id"], ["id"])
    with op.batch_alter_table("topics") as topics:
        topics.create_index("ix_topics_duplicate_of_id", ["duplicate_of_id"])
        topics.create_index("ix_topics_board_id_votes", ["board_id", *VOTES])
        topics.create_index("ix_topics_board_id_idea_state", ["board_id", "idea_state", *VOTES])
        for name, (columns, condition) in PARTIAL.items():
            where = sa.text(condition)
            topics.create_index(name, columns, sqlite_where=where, postgresql_where=where)


def _widen_posts() -> None:
    with op.batch_alter_table("posts") as posts:
        for column in (
            _count("worked_count"),
            _time("peers_confirmed_at"),
            _time("org_confirmed_at"),
            sa.Column("org_confirmed_by_id", sa.Integer(), nullable=True),
            sa.Column("doubt_id", sa.Integer(), nullable=True),
            _time("doubted_at"),
            _time("outdated_at"),
            _time("still_true_at"),
        ):
            posts.add_column(column)
        posts.create_foreign_key("fk_posts_org_confirmed_by_id", "accounts", ["org_confirmed_by_id"], ["id"])


def _to(table: str, column: str, *, cascade: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete="CASCADE" if cascade else None)


def _add_tables() -> None:
    op.create_table(
        "backings",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        _time("created_at", nullable=False),
        sa.Column("from_topic_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind in ('vote', 'too')", name=op.f("ck_backings_kind")),
        _to("topics", "topic_id"),
        _to("accounts", "account_id"),
        _to("topics", "from_topic_id"),
        sa.PrimaryKeyConstraint("topic_id", "account_id", "kind", name=op.f("pk_backings")),
    )
    op.create_index("ix_backings_account_id", "backings", ["account_id"])
    op.create_index("ix_backings_from_topic_id", "backings", ["from_topic_id"])
    op.create_table(
        "doubts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(300), nullable=False),
        _time("created_at", nullable=False),
        _time("told_at"),
        _time("settled_at"),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(9), nullable=False),
        sa.CheckConstraint("verdict in ('', 'true', 'outdated', 'withdrawn')", name=op.f("ck_doubts_verdict")),
        _to("posts", "post_id"),
        _to("accounts", "by_id"),
        _to("accounts", "settled_by_id", cascade=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubts")),
        sqlite_autoincrement=True,
    )
    still_open = sa.text("settled_at IS NULL")
    op.create_index("ix_doubts_post_id", "doubts", ["post_id"])
    op.create_index("ix_doubts_by_id", "doubts", ["by_id"])
    op.create_index(
        "uq_doubts_open", "doubts", ["post_id"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )
    op.create_table(
        "answer_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        _time("created_at", nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.CheckConstraint(
            "state in ('open', 'answered', 'handed_on', 'declined')", name=op.f("ck_answer_invitations_state")
        ),
        _to("topics", "topic_id"),
        _to("accounts", "account_id"),
        _to("accounts", "by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_invitations")),
        sqlite_autoincrement=True,
    )
    unique = "uq_answer_invitations_topic_id_account_id"
    op.create_index(unique, "answer_invitations", ["topic_id", "account_id"], unique=True)
    for columns in (["account_id", "created_at"], ["by_id", "created_at"]):
        op.create_index(f"ix_answer_invitations_{'_'.join(columns)}", "answer_invitations", columns)


SHOWN = "p.topic_id = topics.id AND p.action = '' AND p.deleted_at IS NULL AND p.hidden_at IS NULL AND p.number > 1"
OTHERS = f"FROM posts p WHERE {SHOWN} AND p.author_id IS DISTINCT FROM topics.author_id"
SOFT = "('welcome', 'clarify', 'connect', 'thank', 'moderate')"
WORKED = """FROM reactions r WHERE r.post_id = posts.id AND r.kind = 'worked_for_me'
    AND r.account_id IS DISTINCT FROM posts.author_id AND NOT EXISTS (
        SELECT 1 FROM affiliations a WHERE a.account_id = r.account_id AND a.since <= r.created_at
        AND (a.until IS NULL OR a.until > r.created_at))"""

WORKED_FOR = f"""UPDATE posts SET worked_count = (SELECT count(*) {WORKED}), peers_confirmed_at =
    (SELECT r.created_at {WORKED} ORDER BY r.created_at, r.account_id LIMIT 1 OFFSET 1)
    WHERE id IN (SELECT post_id FROM reactions WHERE kind = 'worked_for_me')"""  # noqa: S608 constants only
REPLIED = f"""UPDATE topics SET peer_reply_count = (SELECT count(*) {OTHERS} AND p.affiliation_kind = ''),
    first_peer_at = (SELECT min(p.created_at) {OTHERS} AND p.affiliation_kind = ''), staff_reply_count =
    (SELECT count(*) {OTHERS} AND p.affiliation_kind <> '' AND p.intent NOT IN {SOFT})"""  # noqa: S608
ANSWERED = f"""UPDATE topics SET answer_post_id = coalesce(accepted_post_id, (SELECT p.id FROM posts p WHERE {SHOWN}
    AND p.peers_confirmed_at IS NOT NULL ORDER BY p.worked_count DESC, p.number LIMIT 1))"""  # noqa: S608
CONFIRMED = """UPDATE topics SET peers_confirmed_at =
    (SELECT p.peers_confirmed_at FROM posts p WHERE p.id = topics.answer_post_id) WHERE answer_post_id IS NOT NULL"""
SOLVED = """UPDATE topics SET solved_at = coalesce(accepted_at, peers_confirmed_at, created_at)
    WHERE answer_post_id IS NOT NULL"""


def _count_what_is_there() -> None:
    """What `forum/posts/standing.py` said of these columns when they were added."""
    for statement in (WORKED_FOR, REPLIED, ANSWERED, CONFIRMED, SOLVED):
        op.execute(sa.text(statement))


def downgrade() -> None:
    for table in ("answer_invitations", "doubts", "backings"):
        op.drop_table(table)
    with op.batch_alter_table("posts") as posts:
        posts.drop_constraint("fk_posts_org_confirmed_by_id", type_="foreignkey")
        for name in NEW_OF_POSTS:
            posts.drop_column(name)
    with op.batch_alter_table("topics") as topics:
        for name in (*PARTIAL, "ix_topics_board_id_votes", "ix_topics_board_id_idea_state"):
            topics.drop_index(name)
        topics.drop_index("ix_topics_duplicate_of_id")
    with op.batch_alter_table("topics") as topics:
        topics.drop_constraint("fk_topics_duplicate_of_id", type_="foreignkey")
        for name in NEW_OF_TOPICS:
            topics.drop_column(name)
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("may_be_asked")
