"""What happens to the place itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SiteDescribed:
    """Name, greeting or colour of the place changed. `by_id`: the account that did it."""

    by_id: int | None


@dataclass(frozen=True)
class SettingChanged:
    """A setting has another value. `by_id`: the account that did it."""

    key: str
    by_id: int | None
