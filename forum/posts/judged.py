"""What the guard saw last of a post, part by part, so that many small edits do not make a large one. Pure.

Kept as one text (`posts.judged_source`; None: what stands): the source, then the other parts by their names.
"""

from __future__ import annotations

from collections.abc import Mapping

TEXT, TITLE, FIELDS, POLL, PLEDGES = "text", "title", "fields", "poll", "pledges"
_PART, _NAME = "\x1e", "\x1f"


def seen_last(kept: str | None) -> dict[str, str]:
    """The parts that are other by now than the guard saw them, as it saw them."""
    if kept is None:
        return {}
    text, *others = kept.split(_PART)
    found = {TEXT: text}
    for other in others:
        name, is_named, words = other.partition(_NAME)
        found[name if is_named else POLL] = words if is_named else name  # unnamed ones are of before there were names
    return found


def kept_as(seen: Mapping[str, str], text: str) -> str | None:
    """The same as one text; `text` stands in the post now."""
    others = [f"{_PART}{name}{_NAME}{words}" for name, words in sorted(seen.items()) if name != TEXT]
    if not others and seen.get(TEXT, text) == text:
        return None
    return seen.get(TEXT, text) + "".join(others)
