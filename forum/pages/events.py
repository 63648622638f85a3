"""What happens to pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PagePublished:
    """A version of a page is the one that holds now."""

    version_id: int
    by_id: int | None


@dataclass(frozen=True)
class PageWithdrawn:
    """A page cannot be read any more; its versions are kept."""

    page_id: int
    by_id: int | None


@dataclass(frozen=True)
class TermsAccepted:
    """A member accepted the rules and the privacy notice as they are now."""

    account_id: int
