"""Two texts as one that reads as both do apart."""

from __future__ import annotations

from forum.core.markup.block_reader import BlockReader
from forum.core.markup.source import tidy


def joined(first: str, then: str) -> str:
    """`then` below `first`, whose code, where its end is missing, does not take it in."""
    if not first:
        return then
    reader = BlockReader()
    reader.read(tidy(first))
    fence = reader.unclosed
    return f"{first}\n{fence}\n\n{then}" if fence else f"{first}\n\n{then}"
