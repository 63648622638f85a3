"""Tables of accounts. No queries, no callbacks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model

THEMES = ("auto", "light", "dark", "contrast")
# How one comes into a group; who sees it or its members; who may mention it or write to it.
JOINING = ("open", "request", "invitation", "automatic")
SEEN_BY = ("everyone", "members", "group")
USED_BY = ("nobody", "group", "members")
# From whom conversations may come.
MESSAGES_FROM = ("everyone", "known")
# Whose members an automatic group takes in by their standing: built-in groups, and those known as regulars.
ROLES = ("", "staff", "moderators", "regulars")


class Account(Model):
    """A person, a bot, or a placeholder for an author who has not come here yet."""

    __tablename__ = "accounts"
    __table_args__ = (
        Index("uq_accounts_name_key", "name_key", unique=True),
        Index("uq_accounts_email_key", "email_key", unique=True),
        CheckConstraint("trust in ('newcomer', 'member', 'regular')", name="trust"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    # names.fold(name): what two names must not share.
    name_key: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    email_key: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    # Set while nobody has claimed this author: from an import or from mail.
    placeholder_since: Mapped[datetime | None]
    trust: Mapped[str] = mapped_column(String(10), default="newcomer")
    # Since when whatever they write waits for a moderator.
    held_at: Mapped[datetime | None]
    deactivated_at: Mapped[datetime | None]
    # The account that has everything of this one now, which is empty and closed for good.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    display_name: Mapped[str] = mapped_column(String(60), default="")
    pronouns: Mapped[str] = mapped_column(String(40), default="")
    headline: Mapped[str] = mapped_column(String(120), default="")
    location: Mapped[str] = mapped_column(String(80), default="")
    about_source: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    about_version: Mapped[int] = mapped_column(default=0)
    # [{"label": …, "url": …}], at most five.
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Storage key of the uploaded picture; empty: drawn from the name.
    avatar_key: Mapped[str] = mapped_column(String(120), default="")
    # "You may ask me for answers": others may then invite them to a question, seldom.
    may_be_asked: Mapped[bool] = mapped_column(default=False)
    # When they were last invited to anything: then they are left alone for a while.
    asked_at: Mapped[datetime | None]
    theme: Mapped[str] = mapped_column(String(10), default="auto")
    locale: Mapped[str] = mapped_column(String(10), default="")
    time_zone: Mapped[str] = mapped_column(String(40), default="")
    # Whether single keys do something (WCAG 2.1.4: they can be switched off).
    uses_keys: Mapped[bool] = mapped_column(default=True)
    # Which terms of the place its owner accepted last; behind `site.terms_version`: they are asked before they write.
    terms_version: Mapped[int] = mapped_column(default=0)
    # The last banner that its owner put away; later ones have higher numbers.
    banner_seen: Mapped[int] = mapped_column(default=0)

    # From whom conversations may come: everyone, or only who is known to them. Moderators can always write.
    messages_from: Mapped[str] = mapped_column(String(8), default="everyone")
    # When something came into a conversation of theirs; None when all of it is read.
    new_message_at: Mapped[datetime | None]
    # Asked for an account and waits for somebody's yes; not confirmed as long as it is set.
    waiting_since: Mapped[datetime | None]
    # The latest instant at which they ignore anybody: most people ignore nobody, and pages then need not ask whom.
    ignores_until: Mapped[datetime | None]

    # Has something from the organization, though not money: which one, what, since when. Everybody sees it.
    perks_from: Mapped[str] = mapped_column(String(80), default="")
    perks: Mapped[str] = mapped_column(String(300), default="")
    perks_since: Mapped[date | None]

    # Counters of what others can see; `check` verifies them against the rows.
    topic_count: Mapped[int] = mapped_column(default=0)
    post_count: Mapped[int] = mapped_column(default=0)
    accepted_count: Mapped[int] = mapped_column(default=0)

    @property
    def shown_name(self) -> str:
        return self.display_name or self.name

    @property
    def is_placeholder(self) -> bool:
        return self.placeholder_since is not None


class FormerName(Model):
    """A name that an account had: old links and mentions still find its owner."""

    __tablename__ = "former_names"

    name_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    changed_at: Mapped[datetime]


class AccountSession(Model):
    """One signed-in browser. The cookie holds the secret, this row its hash."""

    __tablename__ = "account_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(index=True)
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(60), default="")


class Token(Model):
    """A single-use secret sent by mail; only its hash is kept."""

    __tablename__ = "account_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    # None while somebody signs up: the account is made when the address is confirmed.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    # addresses.key() of where it was sent: nobody is written to too often.
    address: Mapped[str] = mapped_column(String(254), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # What the token decides, such as the new address.
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class IgnoredMember(Model):
    """Whom somebody does not want to hear of. Nobody else ever learns of it."""

    __tablename__ = "ignored_members"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    ignored_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime]
    # None: for good.
    until: Mapped[datetime | None]


class GroupRow(Model):
    """A group of members; five are built in (`permissions.Group`)."""

    __tablename__ = "groups"
    __table_args__ = (
        CheckConstraint("joining in ('open', 'request', 'invitation', 'automatic')", name="joining"),
        CheckConstraint("seen_by in ('everyone', 'members', 'group')", name="seen_by"),
        CheckConstraint("members_seen_by in ('everyone', 'members', 'group')", name="members_seen_by"),
        CheckConstraint("mentioned_by in ('nobody', 'group', 'members')", name="mentioned_by"),
        CheckConstraint("written_to_by in ('nobody', 'group', 'members')", name="written_to_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(300), default="")
    is_builtin: Mapped[bool] = mapped_column(default=False)
    joining: Mapped[str] = mapped_column(String(10), default="invitation")
    seen_by: Mapped[str] = mapped_column(String(8), default="group")
    members_seen_by: Mapped[str] = mapped_column(String(8), default="group")
    mentioned_by: Mapped[str] = mapped_column(String(7), default="nobody")
    # Who may begin a conversation with the group, which all its members see.
    written_to_by: Mapped[str] = mapped_column(String(7), default="nobody")
    # Automatic groups only: ["example.org", …] of confirmed addresses, or a standing of ROLES.
    auto_domains: Mapped[list[str]] = mapped_column(JSON, default=list)
    auto_role: Mapped[str] = mapped_column(String(10), default="")
    # How many are in it by a row; `check` verifies it.
    member_count: Mapped[int] = mapped_column(default=0)


class GroupMember(Model):
    """Membership with a row. *Everyone* and *members* are never stored: they follow from being here."""

    __tablename__ = "group_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime]
    is_owner: Mapped[bool] = mapped_column(default=False)
    # Came and goes by the group's own rule, not by anybody's hand.
    is_automatic: Mapped[bool] = mapped_column(default=False)


class Gate(Model):
    """Who may sign up; there is exactly one row."""

    __tablename__ = "sign_up_gate"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("mode in ('open', 'approval', 'invitation')", name="mode"),
        CheckConstraint("inviters in ('administrators', 'regulars', 'members')", name="inviters"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    mode: Mapped[str] = mapped_column(String(10), default="open")
    # Mail domains: only these, when there are any. Those that are shut out are blocks of `forum/shields`.
    allowed_domains: Mapped[list[str]] = mapped_column(JSON, default=list)
    # A question of the host's own, and the answers that let one in; empty: none is asked.
    question: Mapped[str] = mapped_column(String(200), default="")
    answers: Mapped[list[str]] = mapped_column(JSON, default=list)
    inviters: Mapped[str] = mapped_column(String(14), default="administrators")


class Invitation(Model):
    """A link by which up to ten people may sign up, for 90 days."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    most_uses: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]
    # Where it places who comes: ids of groups, and a topic to begin with.
    group_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    topic_id: Mapped[int | None]


class InvitationUse(Model):
    """Who came by an invitation."""

    __tablename__ = "invitation_uses"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime]


class WaitingSignUp(Model):
    """What somebody said who waits to be let in, and what they are told."""

    __tablename__ = "waiting_sign_ups"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str] = mapped_column(String(500), default="")
    since: Mapped[datetime] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    # "", or approved or declined, and when: it takes effect some minutes later, and is taken back until then.
    verdict: Mapped[str] = mapped_column(String(8), default="")
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(String(500), default="")
