"""Where uploads are found, and how a text refers to one."""

from __future__ import annotations

import re

from forum.uploads.models import Upload

_TOKENS = re.compile(r"/files/([0-9a-f]{24})\.[a-z0-9]{1,5}\b")
_SPECIAL = re.compile(r"([\\\[\]])")


def path(upload: Upload) -> str:
    """The address of an upload; its ending is that of its content."""
    return f"/files/{upload.token}.{upload.ending}"


def tokens_in(text: str) -> frozenset[str]:
    """The uploads that a source or its HTML refers to."""
    return frozenset(_TOKENS.findall(text)) if "/files/" in text else frozenset()


def markdown(upload: Upload, words: str = "") -> str:
    """What stands for an upload in a text: a picture with its description, or a link with the file's name."""
    if upload.is_image:
        return f"![{_plain(words)}]({path(upload)})"
    return f"[{_plain(words or upload.name)} ({told_size(upload.size)})]({path(upload)})"


_BARE = re.compile(r'<img [^<>]*?alt=""')


def undescribed(html: str) -> int:
    """How many pictures of a rendered text have no description."""
    return len(_BARE.findall(html))


def told_size(size: int) -> str:
    """Bytes as people say them: 14 KB, 2.3 MB."""
    if size < 10 * 1024:
        return f"{max(1, round(size / 102.4)) / 10:.1f} KB"
    if size < 2**20:
        return f"{round(size / 1024)} KB"
    return f"{size / 2**20:.1f} MB"


def _plain(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))
