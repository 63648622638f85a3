"""Emoji by their short codes."""

from functools import cache

from pymdownx import gemoji_db

# What Discourse calls by another name: imported texts are full of them.
_ELSEWHERE = {
    "slight_smile": "slightly_smiling_face",
    "slight_frown": "slightly_frowning_face",
    "upside_down": "upside_down_face",
    "zipper_mouth": "zipper_mouth_face",
    "money_mouth": "money_mouth_face",
    "nerd": "nerd_face",
}


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
    return {alias: table[code] for alias, code in _ELSEWHERE.items()} | table
