"""Emoji by their short codes."""

from functools import cache

from pymdownx import gemoji_db


@cache
def emoji() -> dict[str, str]:
    """Short code to character, from the table that comes with pymdown-extensions."""
    table = {
        code.strip(":"): "".join(chr(int(point, 16)) for point in entry["unicode"].split("-"))
        for code, entry in gemoji_db.emoji.items()
        if "unicode" in entry
    }
    for alias, code in gemoji_db.aliases.items():
        if code.strip(":") in table:
            table[alias.strip(":")] = table[code.strip(":")]
    return table
