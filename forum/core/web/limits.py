"""Rate limits by address, and by whatever a view names. Shared through Redis, else counted by each server process."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from forum.core.settings import Settings

# Generous for people, tight for scripts: every changing request of one address.
CHANGES = "120/minute"

limiter = Limiter(get_remote_address, headers_enabled=True, swallow_errors=True)


def register(app: Flask, settings: Settings) -> None:
    """Count in Redis where there is one; when it is down, count here rather than answer 500."""
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(settings.redis_url),
        RATELIMIT_IN_MEMORY_FALLBACK=[CHANGES] if settings.redis_url else [],
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_APPLICATION=CHANGES,
        RATELIMIT_APPLICATION_EXEMPT_WHEN=None,
    )
    limiter.init_app(app)
