"""Turns what people write into safe HTML, in helper processes that are stopped when a text takes too long.

Owns the dialect (Markdown, and HTML of imports), the allow-list of what a post may contain, and the helpers.
Leans on nothing: what names and tags exist is told by the caller. Announces and hears nothing.
"""

from forum.core.markup.candidates import image_candidates, mention_candidates, tag_candidates
from forum.core.markup.joining import joined
from forum.core.markup.many import render_many
from forum.core.markup.pool import close, render, warm
from forum.core.markup.values import RENDERER_VERSION, Job, Rendered, Shown, SourceKind

__all__ = [
    "RENDERER_VERSION",
    "Job",
    "Rendered",
    "Shown",
    "SourceKind",
    "close",
    "image_candidates",
    "joined",
    "mention_candidates",
    "render",
    "render_many",
    "tag_candidates",
    "warm",
]
