"""What can be typed, as the page of results tells it. `operators.py` understands it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forum.core.words import mark


@dataclass(frozen=True)
class Operator:
    """A row of the help: how it is written, and what it means."""

    example: str
    meaning: str


HELP: Sequence[Operator] = (
    Operator('"old varnish"', mark("these words, exactly so and in this order")),
    Operator("-plywood", mark("without this word")),
    Operator("@name", mark("written by this member; also from:name")),
    Operator("board:workbench", mark("on this board, and the boards below it")),
    Operator("topic:123", mark("in the topic with this number in its address")),
    Operator("tag:gut", mark("in topics with this tag")),
    Operator("title:varnish", mark("this word, and all the others, in titles; also in:title")),
    Operator("in:mine", mark("in what you wrote; also in:watching, in:unread")),
    Operator("status:solved", mark("in such topics; also open, unsolved, noreplies")),
    Operator("after:2025 before:2025-06", mark("written in this time: a year, a month or a day")),
    Operator("has:image", mark("posts with a picture; also code, link")),
    Operator("by:staff", mark("by people of the organization; by:peers by everybody else")),
    Operator("intent:answer", mark("what staff meant to do: answer, welcome, clarify, official …")),
    Operator("order:newest", mark("in this order, also called latest; or oldest, activity, replies, relevance")),
)
