"""The tables of the forum, its built-in groups and the row about the place."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_key", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("last_seen_at", UtcDateTime(), nullable=True),
        sa.Column("placeholder_since", UtcDateTime(), nullable=True),
        sa.Column("trust", sa.String(length=10), nullable=False),
        sa.Column("suspended_at", UtcDateTime(), nullable=True),
        sa.Column("suspended_until", UtcDateTime(), nullable=True),
        sa.Column("suspension_reason", sa.Text(), nullable=False),
        sa.Column("deactivated_at", UtcDateTime(), nullable=True),
        sa.Column("display_name", sa.String(length=60), nullable=False),
        sa.Column("pronouns", sa.String(length=40), nullable=False),
        sa.Column("headline", sa.String(length=120), nullable=False),
        sa.Column("location", sa.String(length=80), nullable=False),
        sa.Column("about_source", sa.Text(), nullable=False),
        sa.Column("about_html", sa.Text(), nullable=False),
        sa.Column("about_version", sa.Integer(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("avatar_key", sa.String(length=120), nullable=False),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("topic_count", sa.Integer(), nullable=False),
        sa.Column("post_count", sa.Integer(), nullable=False),
        sa.Column("accepted_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("trust in ('newcomer', 'member', 'regular')", name=op.f("ck_accounts_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index("uq_accounts_email_key", ["email_key"], unique=True)
        batch_op.create_index("uq_accounts_name_key", ["name_key"], unique=True)

    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("is_builtin", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("slug", name=op.f("uq_groups_slug")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("run_at", UtcDateTime(), nullable=False),
        sa.Column("lease", sa.String(length=36), nullable=False),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("given_up_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_due", ["given_up_at", "run_at", "id"], unique=False)

    op.create_table(
        "organizations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("about_source", sa.Text(), nullable=False),
        sa.Column("about_html", sa.Text(), nullable=False),
        sa.Column("is_host", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organizations_slug")),
    )
    op.create_table(
        "sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sections")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("tagline", sa.String(length=200), nullable=False),
        sa.Column("welcome_source", sa.Text(), nullable=False),
        sa.Column("welcome_html", sa.Text(), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=False),
        sa.Column("accent_dark", sa.String(length=7), nullable=False),
        sa.Column("seeded_at", UtcDateTime(), nullable=True),
        sa.Column("setup_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("is_reserved", sa.Boolean(), nullable=False),
        sa.Column("topic_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("slug", name=op.f("uq_tags_slug")),
    )
    op.create_table(
        "account_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_sessions_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_sessions")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_account_sessions_secret_hash")),
    )
    with op.batch_alter_table("account_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_sessions_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_sessions_last_seen_at"), ["last_seen_at"], unique=False)

    op.create_table(
        "account_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_tokens_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_tokens")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_account_tokens_secret_hash")),
    )
    with op.batch_alter_table("account_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_tokens_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_tokens_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_tokens_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "affiliations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.CheckConstraint("kind in ('staff','bot')", name=op.f("ck_affiliations_kind")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_affiliations_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_affiliations_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliations")),
    )
    with op.batch_alter_table("affiliations", schema=None) as batch_op:
        batch_op.create_index("ix_affiliations_account_id_since", ["account_id", "since"], unique=False)
        batch_op.create_index(batch_op.f("ix_affiliations_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "boards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("guidance_source", sa.Text(), nullable=False),
        sa.Column("guidance_html", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("peer_first", sa.Boolean(), nullable=False),
        sa.Column("member_run", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("topic_count", sa.Integer(), nullable=False),
        sa.Column("post_count", sa.Integer(), nullable=False),
        sa.Column("last_topic_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('question','discussion','story','idea','event','announcement','reference')",
            name=op.f("ck_boards_kind"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["boards.id"], name=op.f("fk_boards_parent_id")),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], name=op.f("fk_boards_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards")),
        sa.UniqueConstraint("slug", name=op.f("uq_boards_slug")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_boards_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_boards_section_id"), ["section_id"], unique=False)

    op.create_table(
        "former_board_slugs",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_former_board_slugs_board_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_former_board_slugs")),
    )
    with op.batch_alter_table("former_board_slugs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_board_slugs_board_id"), ["board_id"], unique=False)

    op.create_table(
        "former_names",
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_former_names_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name_key", name=op.f("pk_former_names")),
    )
    with op.batch_alter_table("former_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_names_account_id"), ["account_id"], unique=False)

    op.create_table(
        "group_members",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_group_members_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_group_members_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "account_id", name=op.f("pk_group_members")),
    )
    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_members_account_id"), ["account_id"], unique=False)

    op.create_table(
        "import_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_import_sources_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_sources")),
    )
    with op.batch_alter_table("import_sources", schema=None) as batch_op:
        batch_op.create_index("uq_import_sources_forum_name", ["forum", "name"], unique=True)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_outbox_account_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_created_at", ["created_at"], unique=False)

    op.create_table(
        "read_marks",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
        sa.Column("previous_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_read_marks_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "board_id", name=op.f("pk_read_marks")),
    )
    op.create_table(
        "board_rights",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("right", sa.String(length=10), nullable=False),
        sa.CheckConstraint("\"right\" in ('see','start','reply','moderate')", name=op.f("ck_board_rights_right")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_board_rights_board_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_board_rights_group_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("board_id", "group_id", "right", name=op.f("pk_board_rights")),
    )
    op.create_table(
        "imported_items",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("foreign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("local_id", sa.Integer(), nullable=False),
        sa.Column("foreign_name", sa.String(length=255), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name=op.f("fk_imported_items_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "kind", "foreign_id", name=op.f("pk_imported_items")),
    )
    with op.batch_alter_table("imported_items", schema=None) as batch_op:
        batch_op.create_index("ix_imported_items_kind_foreign_id", ["kind", "foreign_id"], unique=False)
        batch_op.create_index("ix_imported_items_kind_local_id", ["kind", "local_id"], unique=False)

    op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("wants_org", sa.Boolean(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("bumped_at", UtcDateTime(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_post_id", sa.Integer(), nullable=True),
        sa.Column("last_post_at", UtcDateTime(), nullable=False),
        sa.Column("last_post_number", sa.Integer(), nullable=False),
        sa.Column("post_count", sa.Integer(), nullable=False),
        sa.Column("face_ids", sa.JSON(), nullable=False),
        sa.Column("accepted_post_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("imported_views", sa.Integer(), nullable=False),
        sa.Column("locked_at", UtcDateTime(), nullable=True),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.Column("pinned_at", UtcDateTime(), nullable=True),
        sa.Column("pinned_until", UtcDateTime(), nullable=True),
        sa.Column("pin_scope", sa.String(length=5), nullable=False),
        sa.CheckConstraint("pin_scope in ('', 'board', 'site')", name=op.f("ck_topics_pin_scope")),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["accounts.id"], name=op.f("fk_topics_accepted_by_id")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_topics_author_id")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_topics_board_id")),
        sa.ForeignKeyConstraint(["deleted_by_id"], ["accounts.id"], name=op.f("fk_topics_deleted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.create_index(
            "ix_topics_archived_at",
            ["archived_at"],
            unique=False,
            sqlite_where=sa.text("archived_at IS NOT NULL"),
            postgresql_where=sa.text("archived_at IS NOT NULL"),
        )
        batch_op.create_index("ix_topics_author_id_created_at", ["author_id", "created_at"], unique=False)
        batch_op.create_index("ix_topics_board_id_bumped_at", ["board_id", "bumped_at", "id"], unique=False)
        batch_op.create_index("ix_topics_board_id_starts_at", ["board_id", "starts_at"], unique=False)
        batch_op.create_index("ix_topics_bumped_at", ["bumped_at", "id"], unique=False)
        batch_op.create_index("ix_topics_created_at", ["created_at", "id"], unique=False)
        batch_op.create_index("ix_topics_pinned_until", ["pinned_until"], unique=False)

    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("reply_to_number", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_kind", sa.String(length=8), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("revision_count", sa.Integer(), nullable=False),
        sa.Column("is_wiki", sa.Boolean(), nullable=False),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.Column("deletion_reason", sa.String(length=300), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=True),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("affiliation_kind", sa.String(length=5), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("capacity", sa.String(length=8), nullable=False),
        sa.Column("intent", sa.String(length=10), nullable=False),
        sa.Column("imported_likes", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=True),
        sa.CheckConstraint("source_kind in ('markdown', 'html')", name=op.f("ck_posts_source_kind")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_posts_author_id")),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["accounts.id"], name=op.f("fk_posts_chosen_by_id")),
        sa.ForeignKeyConstraint(["deleted_by_id"], ["accounts.id"], name=op.f("fk_posts_deleted_by_id")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["accounts.id"], name=op.f("fk_posts_edited_by_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_posts_organization_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_posts_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index("ix_posts_author_id_created_at", ["author_id", "created_at"], unique=False)
        batch_op.create_index("ix_posts_created_at", ["created_at"], unique=False)
        batch_op.create_index(
            "ix_posts_deleted_at",
            ["deleted_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
        )
        batch_op.create_index("ix_posts_renderer_version", ["renderer_version"], unique=False)
        batch_op.create_index("uq_posts_author_id_once", ["author_id", "once"], unique=True)
        batch_op.create_index("uq_posts_topic_id_number", ["topic_id", "number"], unique=True)

    op.create_table(
        "topic_reads",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_topic_reads_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_topic_reads_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "topic_id", name=op.f("pk_topic_reads")),
    )
    with op.batch_alter_table("topic_reads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_reads_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "topic_tags",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_topic_tags_tag_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_topic_tags_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("topic_id", "tag_id", name=op.f("pk_topic_tags")),
    )
    with op.batch_alter_table("topic_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_tags_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "reactions",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_reactions_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_reactions_post_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "account_id", "kind", name=op.f("pk_reactions")),
    )
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reactions_account_id"), ["account_id"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_kind", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_revisions_author_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_revisions_post_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
    )
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.create_index("uq_revisions_post_id_number", ["post_id", "number"], unique=True)

    groups = sa.table("groups", sa.column("slug"), sa.column("name"), sa.column("description"), sa.column("is_builtin"))
    # In this order: permissions.Group names them by the ids that they get here.
    op.bulk_insert(
        groups,
        [
            {"slug": slug, "name": name, "description": description, "is_builtin": True}
            for slug, name, description in (
                ("everyone", "Everyone", "Members and visitors."),
                ("members", "Members", "Everyone with an account."),
                ("staff", "Staff", "People of the organization."),
                ("moderators", "Moderators", "They keep the place fair."),
                ("administrators", "Administrators", "They look after boards, groups and settings."),
            )
        ],
    )
    op.execute(
        "INSERT INTO site (id, name, tagline, welcome_source, welcome_html, accent, accent_dark, setup_hash)"
        " VALUES (1, 'Trellis', '', '', '', '', '', '')"
    )


def downgrade() -> None:
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.drop_index("uq_revisions_post_id_number")

    op.drop_table("revisions")
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reactions_account_id"))

    op.drop_table("reactions")
    with op.batch_alter_table("topic_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topic_tags_tag_id"))

    op.drop_table("topic_tags")
    with op.batch_alter_table("topic_reads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topic_reads_topic_id"))

    op.drop_table("topic_reads")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index("uq_posts_topic_id_number")
        batch_op.drop_index("ix_posts_renderer_version")
        batch_op.drop_index(
            "ix_posts_deleted_at",
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_posts_created_at")
        batch_op.drop_index("ix_posts_author_id_created_at")

    op.drop_table("posts")
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.drop_index("ix_topics_pinned_until")
        batch_op.drop_index("ix_topics_created_at")
        batch_op.drop_index("ix_topics_bumped_at")
        batch_op.drop_index("ix_topics_board_id_starts_at")
        batch_op.drop_index("ix_topics_board_id_bumped_at")
        batch_op.drop_index("ix_topics_author_id_created_at")
        batch_op.drop_index(
            "ix_topics_archived_at",
            sqlite_where=sa.text("archived_at IS NOT NULL"),
            postgresql_where=sa.text("archived_at IS NOT NULL"),
        )

    op.drop_table("topics")
    with op.batch_alter_table("imported_items", schema=None) as batch_op:
        batch_op.drop_index("ix_imported_items_kind_local_id")
        batch_op.drop_index("ix_imported_items_kind_foreign_id")

    op.drop_table("imported_items")
    op.drop_table("board_rights")
    op.drop_table("read_marks")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_created_at")

    op.drop_table("outbox")
    with op.batch_alter_table("import_sources", schema=None) as batch_op:
        batch_op.drop_index("uq_import_sources_forum_name")

    op.drop_table("import_sources")
    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_members_account_id"))

    op.drop_table("group_members")
    with op.batch_alter_table("former_names", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_names_account_id"))

    op.drop_table("former_names")
    with op.batch_alter_table("former_board_slugs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_board_slugs_board_id"))

    op.drop_table("former_board_slugs")
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_boards_section_id"))
        batch_op.drop_index(batch_op.f("ix_boards_parent_id"))

    op.drop_table("boards")
    with op.batch_alter_table("affiliations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_affiliations_organization_id"))
        batch_op.drop_index("ix_affiliations_account_id_since")

    op.drop_table("affiliations")
    with op.batch_alter_table("account_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_tokens_expires_at"))
        batch_op.drop_index(batch_op.f("ix_account_tokens_address"))
        batch_op.drop_index(batch_op.f("ix_account_tokens_account_id"))

    op.drop_table("account_tokens")
    with op.batch_alter_table("account_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_sessions_last_seen_at"))
        batch_op.drop_index(batch_op.f("ix_account_sessions_account_id"))

    op.drop_table("account_sessions")
    op.drop_table("tags")
    op.drop_table("site")
    op.drop_table("sections")
    op.drop_table("organizations")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index("ix_jobs_due")

    op.drop_table("jobs")
    op.drop_table("groups")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index("uq_accounts_name_key")
        batch_op.drop_index("uq_accounts_email_key")

    op.drop_table("accounts")
