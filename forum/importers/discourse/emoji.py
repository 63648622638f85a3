"""Emoji by the names that Discourse gives them. The tables are those of pymdown-extensions, which renders our own."""

from __future__ import annotations

from functools import cache

from pymdownx import emoji1_db, gemoji_db, twemoji_db


def character(name: str) -> str:
    """The character of `:name:`, skin tone left out; empty when no table has it."""
    return _characters().get(f":{name.strip(':').partition(':')[0]}:", "")


@cache
def _characters() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (gemoji_db, twemoji_db, emoji1_db):
        known = {name: _spelled(about) for name, about in table.emoji.items() if "unicode" in about}
        known |= {alias: known[name] for alias, name in table.aliases.items() if name in known}
        found = known | found
    return found


def _spelled(about: dict[str, str]) -> str:
    code = about.get("unicode_alt") or about["unicode"]
    return "".join(chr(int(part, 16)) for part in code.split("-"))
