"""Somebody's words as a quotation in somebody else's."""

from __future__ import annotations

import re

from forum.posts.addresses import plainly, post_path
from forum.posts.models import Post

LONGEST = 1_500


def quoted(post: Post) -> str:
    """Markdown that quotes `post` (with its author) and leads back to it."""
    text = post.source if post.source_kind == "markdown" else post.plain
    voice = post.organization.name if post.organization is not None else ""
    return quotation(text, post.author.name if post.author is not None else "", post_path(post), voice)


def quotation(text: str, author: str, address: str, voice: str = "") -> str:
    """Markdown that quotes `text`; quotations inside it are left out. `voice`: for whom its author spoke."""
    lines = [line for line in text.strip().splitlines() if not line.startswith(">")]
    words = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    who = f"@{author}" if author else "…"
    head = f"> [{f'{who} · {plainly(voice)}' if voice else who}]({address}):\n>"
    return "\n".join([head, *(f"> {line}".rstrip() for line in words.splitlines())]) + "\n\n"


def with_quotation(begun: str, quote: str) -> str:
    """The quotation below what is begun already; once, however often its page is loaded."""
    if quote.strip() in begun.replace("\r\n", "\n"):
        return begun
    return f"{begun.rstrip()}\n\n{quote}" if begun.strip() else quote
