"""Tables of the shields. Addresses are those of networks here, never of mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model

DOMAIN, RANGE = "domain", "range"
# On what occasion an address was seen.
SIGN_UP, SESSION = "sign_up", "session"


class Block(Model):
    """A mail domain with everything below it, or a range of addresses, that may not come in for a while."""

    __tablename__ = "blocks"
    __table_args__ = (
        CheckConstraint("kind in ('domain', 'range')", name="kind"),
        Index("ix_blocks_kind_value", "kind", "value"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(6))
    # As `networks` writes them: "example.org", "203.0.113.0/24".
    value: Mapped[str] = mapped_column(String(253))
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    since: Mapped[datetime]
    # When it ends: by itself, or because somebody lifted it.
    until: Mapped[datetime] = mapped_column(index=True)
    lifted_at: Mapped[datetime | None]
    # How often it kept somebody out.
    hits: Mapped[int] = mapped_column(default=0)
    hit_at: Mapped[datetime | None]


class SeenAddress(Model):
    """From where a member came, on which occasion, from when to when."""

    __tablename__ = "seen_addresses"
    __table_args__ = (
        CheckConstraint("doing in ('sign_up', 'session')", name="doing"),
        Index("uq_seen_addresses_once", "account_id", "doing", "network", "address", unique=True),
        Index("ix_seen_addresses_address", "address"),
        Index("ix_seen_addresses_network", "network"),
        Index("ix_seen_addresses_last_at", "last_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    doing: Mapped[str] = mapped_column(String(8))
    # Empty once it is masked; then only its neighbourhood is known.
    address: Mapped[str] = mapped_column(String(45))
    network: Mapped[str] = mapped_column(String(49))
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class SignUpTry(Model):
    """Somebody asked for an account; forgotten after an hour. Says nothing about who it was or what came of it."""

    __tablename__ = "sign_up_tries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(45))
    network: Mapped[str] = mapped_column(String(49))


class SignUpRush(Model):
    """A time in which too many asked for accounts. It is over when an hour went by without one too many."""

    __tablename__ = "sign_up_rushes"

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    last_at: Mapped[datetime]
