"""A post's words as a quotation in somebody else's."""

from __future__ import annotations

import re

from forum.posts.addresses import post_path
from forum.posts.models import Post

LONGEST = 1_500


def quoted(post: Post) -> str:
    """Markdown that quotes `post` (with its author) and leads back to it; quotations inside it are left out."""
    text = post.source if post.source_kind == "markdown" else post.plain
    lines = [line for line in text.strip().splitlines() if not line.startswith(">")]
    words = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    name = f"@{post.author.name}" if post.author is not None else "…"
    head = f"> [{name}]({post_path(post)}):\n>"
    return "\n".join([head, *(f"> {line}".rstrip() for line in words.splitlines())]) + "\n\n"
