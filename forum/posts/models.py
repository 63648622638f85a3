"""Tables of topics and posts. Counters count what members can see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from forum.accounts.models import Account
from forum.boards.models import Board, Tag
from forum.core.db import Model
from forum.organization.models import Organization
from forum.posts.word_models import Reaction, Revision

__all__ = ["Reaction", "Revision"]  # they stand in `word_models.py`

_SEED = text("is_seed")
_FLAGGED = text("flag_count > 0")
_LOGGED = text("office <> ''")


class Topic(Model):
    """A conversation on a board. Its first words are post number 1."""

    __tablename__ = "topics"
    __table_args__ = (
        Index("ix_topics_board_id_bumped_at", "board_id", "bumped_at", "id"),
        Index("ix_topics_bumped_at", "bumped_at", "id"),
        Index("ix_topics_created_at", "created_at", "id"),
        Index("ix_topics_author_id_created_at", "author_id", "created_at"),
        Index("ix_topics_board_id_created_at", "board_id", "created_at", "id"),
        Index("ix_topics_board_id_starts_at", "board_id", "starts_at"),
        Index("ix_topics_pinned_until", "pinned_until"),
        Index("ix_topics_seeds", "board_id", "created_at", sqlite_where=_SEED, postgresql_where=_SEED),
        CheckConstraint("pin_scope in ('', 'board', 'site')", name="pin_scope"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    title: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    # What the board's kind asks beside title and text, e.g. {"tried": "…"} on a question board.
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The asker would like the organization's answer.
    wants_org: Mapped[bool] = mapped_column(default=False)
    # Events only: when it begins, and ends, where somebody said so.
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    # How often title, fields or times were changed, and when last: calendars ask.
    fields_version: Mapped[int] = mapped_column(default=0)
    fields_changed_at: Mapped[datetime | None]

    # Moves a topic up its lists: every visible reply, never a soft staff reply.
    bumped_at: Mapped[datetime]
    # Highest number given to a post here, visible or not; numbers are never reused.
    last_number: Mapped[int] = mapped_column(default=0)
    # The newest visible post, with its time and number.
    last_post_id: Mapped[int | None]
    last_post_at: Mapped[datetime]
    last_post_number: Mapped[int] = mapped_column(default=0)
    # Visible posts that somebody wrote, the opening one included.
    post_count: Mapped[int] = mapped_column(default=0)
    # Up to four account ids: who opened it, then the latest voices.
    face_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    accepted_post_id: Mapped[int | None]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    # Replies by others than its author: members' and when the first came; the organization's, soft ones left out.
    peer_reply_count: Mapped[int] = mapped_column(default=0)
    first_peer_at: Mapped[datetime | None]
    staff_reply_count: Mapped[int] = mapped_column(default=0)
    # The reply that stands under a question, what became of it, since when the question is solved (`standing.py`).
    answer_post_id: Mapped[int | None]
    peers_confirmed_at: Mapped[datetime | None]
    org_confirmed_at: Mapped[datetime | None]
    outdated_at: Mapped[datetime | None]
    solved_at: Mapped[datetime | None]
    # Members who voted for an idea, and who have the same question.
    vote_count: Mapped[int] = mapped_column(default=0)
    too_count: Mapped[int] = mapped_column(default=0)
    # Ideas only: how far it is, since when, and what it was before it turned out to be another's duplicate.
    idea_state: Mapped[str] = mapped_column(String(12), default="new")
    idea_state_at: Mapped[datetime | None]
    state_before: Mapped[str] = mapped_column(String(12), default="")
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    # Its opening post, which stands in another topic now: only its address is left, and leads there.
    merged_post_id: Mapped[int | None] = mapped_column(index=True)
    slow_minutes: Mapped[int] = mapped_column(default=0)  # between two replies of one member

    # Reference pages only: who keeps it correct.
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    imported_views: Mapped[int] = mapped_column(default=0)

    locked_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]  # since when replies wait for a moderator
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # Its opening post is hidden: lists leave it out, its address still leads there.
    hidden_at: Mapped[datetime | None]
    # By or about the host, as its opening post is (`powers.py`).
    concerns_host: Mapped[bool] = mapped_column(default=False)
    # About it, not only by it: so is whatever answers here.
    about_host: Mapped[bool] = mapped_column(default=False)
    pinned_at: Mapped[datetime | None]
    pinned_until: Mapped[datetime | None]
    # As whom it was pinned: "" by a peer, else the organization's `staff` or `bot`.
    pinned_as: Mapped[str] = mapped_column(String(5), default="")
    # By the clock: when it closes (with `silent_days`: so long after the last post), and when it opens again.
    closes_at: Mapped[datetime | None]
    silent_days: Mapped[int | None]
    opens_at: Mapped[datetime | None]
    pin_scope: Mapped[str] = mapped_column(String(5), default="")
    # Whose turn it is (`actions/waiting_turns.py`), until when wherever it is moved, and the reply that stands by here.
    waived_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    urgent_at: Mapped[datetime | None]
    urgent_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    org_seen_at: Mapped[datetime | None]
    members_first_until: Mapped[datetime | None]
    first_word_until: Mapped[datetime | None]
    stand_by_id: Mapped[int | None]
    # The organization began it on purpose; from when until when one may ask anything in it.
    is_seed: Mapped[bool] = mapped_column(default=False)
    slot_from: Mapped[datetime | None]
    slot_until: Mapped[datetime | None]
    notice: Mapped[str] = mapped_column(String(8), default="")  # of safety, security or law

    # Of the reader, where a page asks: backs it; who asks them to answer, who is on it; posts not read; has words held.
    is_backed: Mapped[bool | None] = query_expression()
    asked_by: Mapped[str | None] = query_expression()
    taken_by_name: Mapped[str | None] = query_expression()
    unread_count: Mapped[int | None] = query_expression()
    # Reports on its posts, those of the reader among them, and when the reader last replied (`queries/heat.py`).
    flags_here: Mapped[int | None] = query_expression()
    own_flagged: Mapped[int | None] = query_expression()
    own_reply_at: Mapped[datetime | None] = query_expression()
    has_held: Mapped[bool | None] = query_expression()
    # Whether its opening post is an organization's, officially: asked wherever a topic is found (`queries/finding.py`).
    is_official: Mapped[bool | None] = query_expression()

    author: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[author_id])
    board: Mapped[Board] = relationship(lazy="raise")
    tags: Mapped[list[Tag]] = relationship(secondary="topic_tags", lazy="raise", order_by="Tag.slug", viewonly=True)

    @property
    def board_archived_at(self) -> datetime | None:
        return self.board.archived_at

    def has_open_slot(self, now: datetime) -> bool:
        """Whether it is the time for asking anything in it."""
        return self.slot_from is not None and self.slot_until is not None and self.slot_from <= now < self.slot_until

    @property
    def reply_count(self) -> int:
        return max(0, self.post_count - 1)

    @property
    def is_solved(self) -> bool:
        """An answer stands: accepted, or confirmed by peers or by the organization, and not outdated."""
        return self.solved_at is not None


class TopicTag(Model):
    """A tag on a topic."""

    __tablename__ = "topic_tags"
    __table_args__ = (Index("ix_topic_tags_tag_id", "tag_id", "topic_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True)


class Post(Model):
    """Somebody's words in a topic, or a note of what happened to it (`action`)."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("uq_posts_topic_id_number", "topic_id", "number", unique=True),
        Index("ix_posts_author_id_created_at", "author_id", "created_at"),
        Index("ix_posts_created_at", "created_at"),
        Index("ix_posts_renderer_version", "renderer_version"),
        Index("uq_posts_author_id_once", "author_id", "once", unique=True),
        Index("ix_posts_flagged", "topic_id", sqlite_where=_FLAGGED, postgresql_where=_FLAGGED),
        Index("ix_posts_logged", "created_at", sqlite_where=_LOGGED, postgresql_where=_LOGGED),
        CheckConstraint("source_kind in ('markdown', 'html')", name="source_kind"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    # "" for words; else what happened: "locked", "split", … (a note in the stream).
    action: Mapped[str] = mapped_column(String(40), default="")
    # Of a note in the public log: as what a moderator did it (`Actor.office`). A decision by a rule has its own line.
    office: Mapped[str] = mapped_column(String(15), default="")
    # The number answered, in this topic; it may not exist (any more).
    reply_to_number: Mapped[int | None]

    source: Mapped[str] = mapped_column(Text)
    source_kind: Mapped[str] = mapped_column(String(8), default="markdown")
    html: Mapped[str] = mapped_column(Text)
    # Readable text without markup: excerpts and search.
    plain: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[int] = mapped_column(default=0)
    renderer_version: Mapped[int] = mapped_column(default=0)

    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    revision_count: Mapped[int] = mapped_column(default=0)
    is_wiki: Mapped[bool] = mapped_column(default=False)
    # A poll came along (`companions.py`): pages ask for polls only where a post says so.
    has_poll: Mapped[bool] = mapped_column(default=False)
    # The organization is bound by it: an official answer, or something that it will do.
    is_binding: Mapped[bool] = mapped_column(default=False)
    hidden_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    deletion_reason: Mapped[str] = mapped_column(String(300), default="")
    # By which rule moderators took it away: what its stub says.
    removal_rule: Mapped[str] = mapped_column(String(20), default="")
    # Members' flags on it that are not found wrong; those that fold nothing away are left out (`site/rules.py`).
    flag_count: Mapped[int] = mapped_column(default=0)
    # By or about the host: its own people do not judge it alone (`powers.py`).
    concerns_host: Mapped[bool] = mapped_column(default=False)
    # When and by whom a post was chosen as the answer, kept while it is taken away: it comes back as the answer.
    chosen_at: Mapped[datetime | None]
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    # Peers for whom it worked, its author aside, and when enough had said so.
    worked_count: Mapped[int] = mapped_column(default=0)
    peers_confirmed_at: Mapped[datetime | None]
    # When and by whom the organization said that this is right.
    org_confirmed_at: Mapped[datetime | None]
    org_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # An open doubt whether it is still true; `doubted_at`: since when everybody is told of it.
    doubt_id: Mapped[int | None]
    doubted_at: Mapped[datetime | None]
    outdated_at: Mapped[datetime | None]
    still_true_at: Mapped[datetime | None]

    # affiliation_at_post (organization.md §1): set when published, never recomputed.
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    affiliation_kind: Mapped[str] = mapped_column(String(5), default="")
    role: Mapped[str] = mapped_column(String(12), default="")
    capacity: Mapped[str] = mapped_column(String(8), default="")
    intent: Mapped[str] = mapped_column(String(10), default="")
    # Since when it stood by for members, and what let it go (`standbys.Since`); the wording that the guard saw last,
    # where small edits went by it since (`judged.py`).
    waited_since: Mapped[datetime | None]
    posted_since: Mapped[str] = mapped_column(String(8), default="")
    judged_source: Mapped[str | None] = mapped_column(Text)
    # Likes that came with an import, counted only: who gave them is not known.
    imported_likes: Mapped[int] = mapped_column(default=0)
    # The form that sent it, so that pressing twice posts once.
    once: Mapped[str | None] = mapped_column(String(40))

    author: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[author_id])
    editor: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[edited_by_id])
    topic: Mapped[Topic] = relationship(lazy="raise")
    organization: Mapped[Organization | None] = relationship(lazy="raise")

    @property
    def board_id(self) -> int:
        return self.topic.board_id

    @property
    def is_note(self) -> bool:
        return self.action != ""

    @property
    def is_opening(self) -> bool:
        return self.number == 1


# They are partial: the rows that moderators, `check` and the clock look for are few.
for _name, _column in {
    "ix_topics_closes_at": Topic.closes_at,
    "ix_topics_opens_at": Topic.opens_at,
    "ix_topics_archived_at": Topic.archived_at,
    "ix_posts_deleted_at": Post.deleted_at,
}.items():
    Index(_name, _column, sqlite_where=_column.is_not(None), postgresql_where=_column.is_not(None))
