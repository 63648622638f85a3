"""Rate limits by account or address, or by what a view names. Shared through Redis, else counted by each process."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

from forum.core.settings import Settings

# Generous for people, tight for scripts: every changing request of one account; of one address, where nobody signed in.
CHANGES = "120/minute"

# A Redis that does not answer must not keep people waiting.
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}


def _who() -> str:
    """A classroom behind one address is many people."""
    account = getattr(current_user, "account", None)
    return f"account {account.id}" if account is not None else get_remote_address()


limiter = Limiter(_who, headers_enabled=True, swallow_errors=True)


def _is_reading() -> bool:
    return request.method in {"GET", "HEAD", "OPTIONS"}


def register(app: Flask, settings: Settings) -> None:
    """Count in Redis where there is one; while it is down, the same limits are counted here, and nobody sees a 500."""
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(settings.redis_url),
        RATELIMIT_STORAGE_OPTIONS=PATIENCE if settings.redis_url else {},
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_APPLICATION=CHANGES,
        RATELIMIT_APPLICATION_EXEMPT_WHEN=_is_reading,
    )
    limiter.init_app(app)
