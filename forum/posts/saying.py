"""What a draft says, part by part, for whoever judges its words; each by the name of its field in the form. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forum.boards.fields import Input
from forum.boards.kinds import kind
from forum.core.markup.linking import linked
from forum.drafts.models import Unpublished
from forum.holds.reading import Said
from forum.posts import companions
from forum.posts.drafts import EditDraft, ReplyDraft, TopicDraft, Written
from forum.posts.models import Post

WORDS = (Input.LINE, Input.TEXT)


def said(draft: TopicDraft | ReplyDraft | EditDraft, board_kind: str) -> list[Said]:
    """The words of a draft: text, and where it has them title, fields and what comes along."""
    title = "" if isinstance(draft, ReplyDraft) else draft.title or ""
    parts = [Said("title", title), Said("body", draft.body.source, draft.body.rendered.html)]
    if not isinstance(draft, ReplyDraft):
        parts += _fields(board_kind, draft.fields or {})
    return [*parts, *(Said(name, text) for name, text in companions.said(draft.along).items())]


def standing(post: Post) -> list[Said]:
    """The words of a post (with topic and board) as it is."""
    parts = [Said("body", post.source, post.html)]
    if post.is_opening:
        parts += [Said("title", post.topic.title), *_fields(post.topic.board.kind, post.topic.fields)]
    return parts


def plainly(body: Written) -> list[str]:
    """What a text says, and what it said before watched words in it were blackened or replaced."""
    return [body.rendered.plain, body.as_written]


def words_beside(said: TopicDraft | ReplyDraft | EditDraft | Unpublished) -> list[str]:
    """All words that are asked beside the text: title, fields, and what comes along."""
    along = [*companions.said(said.along).values()]
    if isinstance(said, ReplyDraft):
        return along
    return [said.title or "", *(text for text in (said.fields or {}).values() if isinstance(text, str)), *along]


def shown(draft: TopicDraft | ReplyDraft | EditDraft, board_kind: str) -> str:
    """What a draft shows, its fields, too: for whoever counts links and pictures. What took too long to render is shown
    plainly for now: its addresses will be links when it is rendered again."""
    html = str(linked(draft.body.source)) if draft.body.rendered.bounded else draft.body.rendered.html
    return html if isinstance(draft, ReplyDraft) else html + _linked(board_kind, draft.fields or {})


def shown_by(post: Post, draft: EditDraft) -> str:
    """The same of a post (with topic and board) as it is, without what `draft` leaves as it is."""
    return post.html if draft.fields is None else post.html + _linked(post.topic.board.kind, post.topic.fields)


def texts(board_kind: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """The answers that are words of one's own, by the keys of their fields."""
    return {
        field.key: str(fields[field.key])
        for field in kind(board_kind).fields
        if field.input in WORDS and fields.get(field.key)
    }


def _fields(board_kind: str, fields: Mapping[str, Any]) -> list[Said]:
    return [Said(key, text) for key, text in texts(board_kind, fields).items()]


def _linked(board_kind: str, fields: Mapping[str, Any]) -> str:
    return "".join(f"\n{linked(text)}" for text in texts(board_kind, fields).values())
