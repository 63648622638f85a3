"""Takes values out of foreign JSON: the value where it is one, else the given default. Never raises."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

Record = Mapping[str, object]

# What any of our databases can hold as a number.
_LARGEST = 2**31 - 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` without what no database stores: NUL, and halves of characters that JSON can spell."""
    return _SURROGATE.sub("\ufffd", text.replace("\x00", ""))


def text(record: Record, key: str) -> str:
    """The text at `key`; empty when it is anything else."""
    return maybe_text(record, key) or ""


def maybe_text(record: Record, key: str) -> str | None:
    value = record.get(key)
    return clean(value) if isinstance(value, str) else None


def line(record: Record, key: str) -> str:
    """The text at `key` as one line without blanks around it."""
    return " ".join(text(record, key).split())


def flag(record: Record, key: str) -> bool:
    """True only where the archive says true."""
    return record.get(key) is True


def number(record: Record, key: str, *, least: int = 0) -> int | None:
    """A whole number of at least `least` that a database column holds. True and False are none."""
    value = record.get(key)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if least <= value <= _LARGEST else None


def moment(record: Record, key: str) -> datetime | None:
    """An instant in UTC, cut to milliseconds. A time without a zone is UTC."""
    value = record.get(key)
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return found.replace(microsecond=found.microsecond // 1000 * 1000)


def records(record: Record, key: str) -> list[Record]:
    """The objects in the list at `key`; other members are left out."""
    value = record.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def record_at(record: Record, key: str) -> Record:
    """The object at `key`, or an empty one."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}
