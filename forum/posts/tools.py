"""What moderators can do to topics, one or many: each tool does, and undoes with what doing it returned.

The table is read from top to bottom by the pages of tools, and by whoever keeps decisions. What a tool is told
(`Told`) is JSON: ids and plain words. Verbs ask the permission table; a tool refuses what would change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board, Tag
from forum.core.errors import Invalid, NotFound
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.permissions import Actor
from forum.posts import actions, queries
from forum.posts.actions.timing import Timer
from forum.posts.models import Topic
from forum.posts.pointing import from_board
from forum.posts.sides import Before

Told = Mapping[str, Any]
Do = Callable[[Session, Actor, Topic, Told, str], Before]
Undo = Callable[[Session, Actor, int, Before, str], None]

_KEPT = ("locked_at", "archived_at", "closes_at", "silent_days", "opens_at", "duplicate_of_id")
_PIN = ("pinned_at", "pinned_until", "pin_scope", "pinned_as")


@dataclass(frozen=True)
class Tool:
    """Words for the button and for what it does to each topic, the fields it asks for, and its two halves."""

    words: str
    effect: str
    do: Do
    undo: Undo
    asks: Sequence[str] = ()


class _Halves(NamedTuple):
    do: Do
    undo: Undo


def _topic(session: Session, actor: Actor, topic_id: int) -> Topic:
    return queries.topic_for_update(session, actor, topic_id)


def _snapshot(topic: Topic, columns: Sequence[str]) -> Before:
    values = {name: getattr(topic, name) for name in columns}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _restore(session: Session, topic: Topic, before: Before, columns: Sequence[str]) -> None:
    for name in columns:
        value = before[name]
        setattr(topic, name, datetime.fromisoformat(value) if name.endswith(("_at", "until")) and value else value)
    session.flush()


def _switch(verb: Callable[[Session, Actor, Topic], None], back: Callable[[Session, Actor, Topic], None]) -> _Halves:
    """A verb that turns a state on, and the one that turns it off."""

    def do(session: Session, actor: Actor, topic: Topic, _told: Told, _reason: str) -> Before:
        before = _snapshot(topic, _KEPT)
        verb(session, actor, topic)
        after = _snapshot(topic, _KEPT)
        if after == before:
            raise Invalid(_("It is so already."))
        return {"was": before, "now": after}

    def undo(session: Session, actor: Actor, topic_id: int, before: Before, _reason: str) -> None:
        topic = _topic(session, actor, topic_id)
        if _snapshot(topic, _KEPT) != before["now"]:
            raise Invalid(_("Somebody changed it since."))
        back(session, actor, topic)
        _restore(session, topic, before["was"], _KEPT)

    return _Halves(do, undo)


def _move(session: Session, actor: Actor, topic: Topic, told: Told, reason: str) -> Before:
    to = session.scalars(select(Board).where(Board.id == told["board"], boards.visible(actor))).first()
    if to is None:
        raise Invalid(_("Choose a board."), "board")
    before = {"board": topic.board_id, "to": to.id, "pin": _snapshot(topic, _PIN)}
    actions.move_topic(session, actor, topic, to, from_board(topic.board, reason))
    return before


def _move_back(session: Session, actor: Actor, topic_id: int, before: Before, reason: str) -> None:
    topic = _topic(session, actor, topic_id)
    if topic.board_id != before["to"]:
        raise Invalid(_("Somebody changed it since."))
    to = session.get_one(Board, before["board"])
    actions.move_topic(session, actor, topic, to, from_board(topic.board, reason))
    _restore(session, topic, before["pin"], _PIN)


def _retag(session: Session, actor: Actor, topic: Topic, wanted: Sequence[str]) -> Before:
    before = queries.tag_slugs_of(session, topic)
    actions.retitle(session, actor, topic, topic.title, wanted)
    after = queries.tag_slugs_of(session, topic)
    if after == before:
        raise Invalid(_("It is so already."))
    return {"was": before, "now": after}


def _tag(session: Session, actor: Actor, topic: Topic, told: Told, _reason: str) -> Before:
    return _retag(session, actor, topic, [*queries.tag_slugs_of(session, topic), *told["tags"]])


def _untag(session: Session, actor: Actor, topic: Topic, told: Told, _reason: str) -> Before:
    gone = {tag.slug for tag in boards.known_tags(session, told["tags"]).values()}
    return _retag(session, actor, topic, [slug for slug in queries.tag_slugs_of(session, topic) if slug not in gone])


def _tags_back(session: Session, actor: Actor, topic_id: int, before: Before, _reason: str) -> None:
    topic = _topic(session, actor, topic_id)
    if queries.tag_slugs_of(session, topic) != before["now"]:
        raise Invalid(_("Somebody changed it since."))
    there = session.scalars(select(Tag.slug).where(Tag.slug.in_(before["was"])))
    actions.retitle(session, actor, topic, topic.title, sorted(there))


def _close_at(session: Session, actor: Actor, topic: Topic, told: Told, _reason: str) -> Before:
    if topic.locked_at is not None:
        raise Invalid(_("It is locked already."))
    before = _snapshot(topic, _KEPT)
    actions.set_timer(session, actor, topic, Timer(closes_at=datetime.fromisoformat(told["closes_at"])))
    return {"was": before, "now": _snapshot(topic, _KEPT)}


def _no_timer(session: Session, actor: Actor, topic: Topic, _told: Told, _reason: str) -> Before:
    if topic.closes_at is None and topic.silent_days is None:
        raise Invalid(_("It is so already."))
    before = _snapshot(topic, _KEPT)
    actions.set_timer(session, actor, topic, Timer(opens_at=topic.opens_at))
    return {"was": before, "now": _snapshot(topic, _KEPT)}


def _timer_back(session: Session, actor: Actor, topic_id: int, before: Before, _reason: str) -> None:
    topic = _topic(session, actor, topic_id)
    if _snapshot(topic, _KEPT) != before["now"]:
        raise Invalid(_("Somebody changed it since."))
    actions.set_timer(session, actor, topic, Timer())
    _restore(session, topic, before["was"], _KEPT)


def _slow(session: Session, actor: Actor, topic: Topic, told: Told, reason: str) -> Before:
    if topic.slow_minutes == told["minutes"]:
        raise Invalid(_("It is so already."))
    return actions.slow_down(session, actor, topic, told["minutes"], reason)


def _at_its_pace(session: Session, actor: Actor, topic: Topic, _told: Told, reason: str) -> Before:
    return _slow(session, actor, topic, {"minutes": 0}, reason)


def _slow_back(session: Session, actor: Actor, topic_id: int, before: Before, reason: str) -> None:
    actions.undo_slow_down(session, actor, _topic(session, actor, topic_id), before, reason)


def _merge(session: Session, actor: Actor, topic: Topic, told: Told, reason: str) -> Before:
    if topic.id == told["into"]:
        raise Invalid(_("The others are merged into this one."))
    topic_id = topic.id
    try:
        topic, target = queries.topics_for_update(session, actor, topic_id, told["into"])
    except NotFound:
        raise Invalid(_("There is no such topic, or you may not read it."), "into") from None
    return actions.merge_topic(session, actor, topic, target, reason)


def _merge_back(session: Session, actor: Actor, _topic_id: int, before: Before, reason: str) -> None:
    actions.undo_merge_topic(session, actor, before, reason)


def _own(session: Session, actor: Actor, topic: Topic, told: Told, reason: str) -> Before:
    owner = session.scalars(select(Account).where(Account.id == told["owner"])).one()
    return actions.change_owner(session, actor, topic, owner, reason)


def _own_back(session: Session, actor: Actor, topic_id: int, before: Before, reason: str) -> None:
    actions.undo_change_owner(session, actor, _topic(session, actor, topic_id), before, reason)


def _split_back(session: Session, actor: Actor, _topic_id: int, before: Before, reason: str) -> None:
    actions.undo_split(session, actor, before, reason)


def _split(session: Session, actor: Actor, topic: Topic, told: Told, reason: str) -> Before:
    """`posts`; and `into`, or `board`, `title` and `tags`."""
    if told.get("into") is not None:
        topic, into = queries.topics_for_update(session, actor, topic.id, told["into"])
        return actions.split_topic(session, actor, topic, told["posts"], into, reason)
    board = session.scalars(select(Board).where(Board.id == told["board"], boards.visible(actor))).first()
    if board is None:
        raise Invalid(_("Choose a board."), "board")
    new = actions.NewTopic(told["title"], board, told["tags"])
    return actions.split_topic(session, actor, topic, told["posts"], new, reason)


def _rename(session: Session, actor: Actor, topic: Topic, told: Told, _reason: str) -> Before:
    before = topic.title
    actions.retitle(session, actor, topic, told["title"], queries.tag_slugs_of(session, topic))
    if topic.title == before:
        raise Invalid(_("It is so already."))
    return {"was": before, "now": topic.title}


def _name_back(session: Session, actor: Actor, topic_id: int, before: Before, _reason: str) -> None:
    topic = _topic(session, actor, topic_id)
    if topic.title != before["now"]:
        raise Invalid(_("Somebody changed it since."))
    actions.retitle(session, actor, topic, before["was"], queries.tag_slugs_of(session, topic))


SPLIT, RENAME = "split", "rename"
# These are for one topic, and have pages of their own.
ALONE = frozenset({SPLIT, RENAME})
TOOLS: Mapping[str, Tool] = {
    "move": Tool(mark("Move to a board"), mark("moves to “%(board)s”"), _move, _move_back, ("board",)),
    "tag": Tool(mark("Add tags"), mark("is tagged %(tags)s"), _tag, _tags_back, ("tags",)),
    "untag": Tool(mark("Take tags off"), mark("is not tagged %(tags)s any more"), _untag, _tags_back, ("tags",)),
    "lock": Tool(mark("Lock"), mark("takes no more replies"), *_switch(actions.lock, actions.unlock)),
    "unlock": Tool(mark("Allow replies again"), mark("takes replies again"), *_switch(actions.unlock, actions.lock)),
    "archive": Tool(
        mark("Archive"), mark("is kept as it is: no replies, no edits"), *_switch(actions.archive, actions.unarchive)
    ),
    "unarchive": Tool(
        mark("Open again"), mark("is not archived any more"), *_switch(actions.unarchive, actions.archive)
    ),
    "close_at": Tool(mark("Close at a time"), mark("closes on %(time)s"), _close_at, _timer_back, ("closes_at",)),
    "open_ended": Tool(
        mark("Take the closing time away"), mark("does not close by itself any more"), _no_timer, _timer_back
    ),
    "slow": Tool(
        mark("Slow down"), mark("one reply every %(minutes)s minutes from each"), _slow, _slow_back, ("minutes",)
    ),
    "unslow": Tool(mark("No slow mode"), mark("runs at its own pace"), _at_its_pace, _slow_back),
    "merge": Tool(mark("Merge into one"), mark("goes into “%(into)s”"), _merge, _merge_back, ("into",)),
    "owner": Tool(
        mark("Change whose topic it is"), mark("becomes the topic of %(owner)s"), _own, _own_back, ("owner",)
    ),
    RENAME: Tool(mark("Rename"), mark("is called “%(title)s”"), _rename, _name_back, ("title",)),
    SPLIT: Tool(mark("Move posts"), mark("%(count)s go into “%(into)s”"), _split, _split_back),
}


def tags_named(session: Session, slugs: Sequence[str]) -> Sequence[str]:
    """The slugs of tags by any of their names; raises Invalid for one that is not there."""
    known = boards.known_tags(session, slugs)
    for slug in slugs:
        if slug not in known:
            raise Invalid(_("There is no tag “%(tag)s”.", tag=slug), "tags")
    return [known[slug].slug for slug in slugs]
