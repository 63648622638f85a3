"""Words that wait for a moderator: watched words with those that come with the forum, held words, new links."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

# Phrases that hardly anybody writes who has something to say; a moderator looks, nothing is blocked.
HELD = (
    # English
    "cheap essay writing", "essay writing service*", "buy cheap viagra", "viagra online", "cialis online",
    "payday loan*", "instant loan approval", "guaranteed loan approval", "online casino bonus*",
    "casino no deposit", "free spins no deposit", "earn money from home", "make money online fast",
    "double your bitcoin", "crypto recovery expert*", "recover your lost bitcoin", "bitcoin recovery service*",
    "hire a hacker", "hacker for hire", "buy instagram followers", "buy youtube views", "buy real backlinks",
    "guest post service*", "seo services at", "weight loss pills", "keto gummies", "male enhancement pills",
    "escort service*", "call girls in", "buy fake passport*", "buy driving license online", "customer care number",
    "love spell caster*", "love spell that works", "contact me on whatsapp", "add me on telegram",
    # German
    "kredit ohne schufa", "sofortkredit ohne", "online casino bonus ohne", "freispiele ohne einzahlung",
    "geld verdienen von zuhause", "schnell geld verdienen", "passives einkommen garantiert", "bitcoin verdoppeln",
    "viagra rezeptfrei", "cialis rezeptfrei", "potenzmittel kaufen", "rezeptfrei bestellen", "führerschein kaufen",
    "führerschein ohne prüfung", "ghostwriter bachelorarbeit", "bachelorarbeit schreiben lassen",
    "follower kaufen", "backlinks kaufen", "abnehmen ohne sport", "escort service*", "liebeszauber",
    "schreib mir auf whatsapp",
)  # fmt: skip


def upgrade() -> None:
    watched = op.create_table(
        "watched_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.String(80), nullable=False),
        sa.Column("action", sa.String(8), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("in_links", sa.Boolean(), nullable=False),
        sa.Column("instead", sa.String(80), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "action in ('block','hold','flag','censor','replace','tag','silence','warn')",
            name=op.f("ck_watched_words_action"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["accounts.id"], name=op.f("fk_watched_words_added_by_id_accounts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_watched_words_board_id_boards"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_words")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_watched_words_board_id"), "watched_words", ["board_id"])
    now = datetime.now(UTC)
    line = {"action": "hold", "board_id": None, "in_links": False, "instead": "", "added_by_id": None, "added_at": now}
    op.bulk_insert(watched, [{"pattern": pattern, **line} for pattern in dict.fromkeys(HELD)])
    op.create_table(
        "held_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("reply_to_number", sa.Integer(), nullable=True),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("detector", sa.String(12), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(500), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("wants_org", sa.Boolean(), nullable=False),
        sa.Column("voice", sa.JSON(), nullable=False),
        sa.Column("along", sa.JSON(), nullable=False),
        sa.Column("once", sa.String(40), nullable=True),
        sa.CheckConstraint("state in ('held','released','rejected','withdrawn')", name=op.f("ck_held_posts_state")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["accounts.id"], name=op.f("fk_held_posts_author_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_held_posts_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["accounts.id"], name=op.f("fk_held_posts_closed_by_id_accounts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_held_posts_post_id_posts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_held_posts_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_posts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_held_posts_author_id_opened_at", "held_posts", ["author_id", "opened_at"])
    op.create_index("uq_held_posts_author_id_once", "held_posts", ["author_id", "once"], unique=True)
    op.create_index("ix_held_posts_closed_at", "held_posts", ["closed_at"])
    held = sa.text("state = 'held'")
    op.create_index("ix_held_posts_board_id_held", "held_posts", ["board_id"], sqlite_where=held, postgresql_where=held)
    op.create_index(op.f("ix_held_posts_topic_id"), "held_posts", ["topic_id"])
    op.create_index(op.f("ix_held_posts_post_id"), "held_posts", ["post_id"])
    op.create_table(
        "new_links",
        sa.Column("host", sa.String(120), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_new_links_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("host", "account_id", name=op.f("pk_new_links")),
    )
    op.create_index(op.f("ix_new_links_account_id"), "new_links", ["account_id"])
    op.create_index(op.f("ix_new_links_at"), "new_links", ["at"])
    # Said in SQL that both databases take: a batch would copy the tables on SQLite.
    time = UtcDateTime().compile(op.get_bind().dialect)
    op.execute(f"ALTER TABLE topics ADD COLUMN held_at {time}")
    op.execute(f"ALTER TABLE accounts ADD COLUMN held_at {time}")
    op.execute("ALTER TABLE boards ADD COLUMN holds_topics BOOLEAN NOT NULL DEFAULT false")
    op.execute("ALTER TABLE boards ADD COLUMN holds_replies BOOLEAN NOT NULL DEFAULT false")


def downgrade() -> None:
    for table, column in (
        ("boards", "holds_replies"),
        ("boards", "holds_topics"),
        ("accounts", "held_at"),
        ("topics", "held_at"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    op.drop_table("new_links")
    op.drop_table("held_posts")
    op.drop_table("watched_words")
