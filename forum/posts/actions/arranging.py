"""What regulars do for order: a clearer title, fitting tags, the right board, and one place for one question."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from forum.boards.models import Board, BoardRight
from forum.boards.reach import public
from forum.core import clock
from forum.core.errors import Invalid, Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization.overriding import NO_GROUNDS
from forum.permissions import Act, Actor, Group, Right, require
from forum.posts import tallies, texts
from forum.posts.actions import judging
from forum.posts.actions.asking_anew import beside, pass_beside
from forum.posts.actions.concerning import note_words
from forum.posts.actions.editing import check_pace_of_edits, fields_edited, keep_revision
from forum.posts.actions.guarding import as_arrival, keep_first_word, pass_guard, write_down
from forum.posts.actions.pinning import fit_pin
from forum.posts.actions.publishing import add_note, limits_of
from forum.posts.actions.retagging import retag
from forum.posts.addresses import slug_of
from forum.posts.drafts import Written
from forum.posts.events import PostEdited, TopicMoved, TopicStateChanged
from forum.posts.judged import TITLE
from forum.posts.limits import checked_title
from forum.posts.models import Post, Topic
from forum.posts.powers import ALONE, Ground, check_wording

# Between these a topic loses nothing of what its board's form asked for.
ALIKE = frozenset({"question", "discussion", "story"})


def retitle(session: Session, actor: Actor, topic: Topic, title: str, tags: Sequence[str]) -> None:
    """Give a topic (locked, with its board) another title and other tags. The earlier title stays in the history.
    HeldBack where it says so much else that the organization should wait."""
    require(actor, Act.RETITLE, topic)
    check_wording(actor, topic, is_feedback=topic.board.is_feedback)
    before, as_written = topic.title, checked_title(title, limits_of(session))
    title, verdict = judging.judge_title(session, actor, topic.board_id, as_written, before)
    retag(session, actor, topic, tags)
    if title == before:
        return
    opening = session.scalars(
        select(Post)
        .options(contains_eager(Post.topic))
        .join(Post.topic)
        .where(Post.topic_id == topic.id, Post.number == 1)
        .with_for_update(of=Post)
    ).one()
    now = clock.now()
    check_pace_of_edits(session, actor, opening, now)
    pass_beside(session, actor, opening, beside(TITLE, before, title))
    note_words(session, opening, [before, as_written])
    topic.title, topic.slug = title, slug_of(title)
    keep_revision(session, opening, before, _("a clearer title"))
    opening.edited_at, opening.edited_by_id = now, actor.account_id
    session.flush()
    tallies.point_topic(session, topic)
    tallies.point_board(session, topic.board_id)
    texts.retitled(session, topic)
    add_note(session, actor, topic, "retitled", now)
    fields_edited(session, actor, topic, now, moved=False)
    emit(session, PostEdited(opening.id, actor.account_id or 0, False))
    judging.tell_of_edit(session, opening, verdict)


def move_topic(session: Session, actor: Actor, topic: Topic, to: Board, told: Written, ground: Ground = ALONE) -> None:
    """Put a topic (locked, with its board) on another board; `told` says in the stream where it was. What the
    organization began is asked where it arrives as if it were begun there: HeldBack where that should wait."""
    require(actor, Act.MOVE_TOPIC, topic)
    require(actor, Act.RECEIVE_TOPIC, to)
    if not ground.shared:
        check_wording(actor, topic, is_feedback=topic.board.is_feedback)
    before = topic.board
    if to.id == before.id:
        raise Invalid(_("It stands on this board already."), "board")
    check_kinds(before, to)
    check_readers(session, actor, before, to)
    if not ground.shared:
        _ask_on_arrival(session, actor, topic, to)
    keep_first_word(session, actor, topic)
    topic.board_id, topic.board = to.id, to
    if topic.pin_scope == "board":
        topic.pinned_at, topic.pinned_until, topic.pin_scope, topic.pinned_as = None, None, "", ""
    fit_pin(session, topic)
    session.flush()
    tallies.topic_moved(session, topic, before.id)
    now = clock.now()
    add_note(session, actor, topic, "moved", now, body=told, office=actor.office(before.id))
    if to.kind == "event":  # it leaves one calendar for another, which must not take it for the copy it has
        fields_edited(session, actor, topic, now, moved=False)
    emit(session, TopicMoved(topic.id, before.id, to.id, actor.account_id or 0))


def close_duplicate(session: Session, actor: Actor, topic: Topic, other: Topic, told: Written) -> None:
    """End the replies of a topic that `other` (both locked, with boards) says already; `told` links there."""
    require(actor, Act.CLOSE_DUPLICATE, topic)
    check_wording(actor, topic, is_feedback=topic.board.is_feedback)
    require(actor, Act.SEE_TOPIC, other)
    if topic.board.kind == "idea":
        raise Invalid(_("Ideas are merged with their votes, by those who look after them."), "other")
    if other.id == topic.id:
        raise Invalid(_("A topic is not its own duplicate."), "other")
    if other.deleted_at is not None or other.duplicate_of_id is not None:
        raise Invalid(_("That topic was closed as a duplicate itself. Name the one that stays."), "other")
    if other.board_id != topic.board_id and not _all_read(session, topic.board, other.board):
        raise Invalid(_("Not everybody who reads this board may read that topic, and the note would name it."), "other")
    keep_first_word(session, actor, topic)
    topic.duplicate_of_id, topic.locked_at = other.id, clock.now()
    topic.closes_at = topic.silent_days = topic.opens_at = None
    add_note(session, actor, topic, "duplicate", clock.now(), body=told)
    emit(session, TopicStateChanged(topic.id, actor.account_id or 0, "duplicate"))


def reopen_duplicate(session: Session, actor: Actor, topic: Topic) -> None:
    """It is another question after all: replies again."""
    require(actor, Act.REOPEN_DUPLICATE, topic)
    check_wording(actor, topic, is_feedback=topic.board.is_feedback)
    if topic.board.kind == "idea":
        raise Invalid(_("Ideas are parted where they were merged."))
    topic.duplicate_of_id = topic.locked_at = None
    add_note(session, actor, topic, "unlocked", clock.now())
    emit(session, TopicStateChanged(topic.id, actor.account_id or 0, "unlocked"))


def check_kinds(before: Board, to: Board) -> None:
    """Raise Invalid where words would lose what the form of their board asked for."""
    if to.kind != before.kind and not {to.kind, before.kind} <= ALIKE:
        raise Invalid(_("Boards of these two kinds ask for different things; the topic would lose some."), "board")


def _ask_on_arrival(session: Session, actor: Actor, topic: Topic, to: Board) -> None:
    """What people of the organization wrote does not leave its share of voice by their own hand, and what they began
    takes from the room of the board on which it comes to stand."""
    if actor.belonging is None:
        return
    ours = select(Post).where(Post.topic_id == topic.id, Post.affiliation_kind != "", Post.action == "")
    is_counted, will_count = (
        session.scalar(select(public()).where(Board.id == board_id)) for board_id in (topic.board_id, to.id)
    )
    if is_counted and not will_count and session.scalar(select(ours.exists())):
        raise Refused(
            _(
                "On that board nothing is counted, and this topic holds words of the organization. A moderator from "
                "among the members can move it there."
            )
        )
    opening = session.scalars(ours.where(Post.number == 1).options(contains_eager(Post.topic)).join(Post.topic)).first()
    if opening is not None and will_count:
        write_down(session, pass_guard(session, actor, as_arrival(opening, to), NO_GROUNDS, opening.source), opening)


def check_readers(session: Session, actor: Actor, before: Board, to: Board) -> None:
    """Raise Invalid where others would read what was written, unless a moderator of the whole forum decides so."""
    if before.id == to.id or actor.is_moderator:
        return
    if not (_all_read(session, before, to) and _all_read(session, to, before)):
        raise Invalid(_("Not the same people read this board. Ask a moderator to move it."), "board")


def _all_read(session: Session, here: Board, there: Board) -> bool:
    """Whether everybody who reads the board `here` reads `there` too. Who reads a board is in one of its groups and in
    one of the board above it; so each of those sets of `there` must hold one of `here`."""
    own, wanted = _readers(session, here), _readers(session, there)
    return all(any(_within(groups, others) for groups in own) for others in wanted)


def _within(groups: set[int], others: set[int]) -> bool:
    """Whether whoever is in one of `groups` is in one of `others`: members all are in Members."""
    if Group.EVERYONE in others:
        return True
    return Group.EVERYONE not in groups if Group.MEMBERS in others else groups <= others


def _readers(session: Session, board: Board) -> list[set[int]]:
    """Groups that see a board, and groups that see the one above it."""
    places = [board.id] if board.parent_id is None else [board.id, board.parent_id]
    found: dict[int, set[int]] = {place: set() for place in places}
    rows = select(BoardRight.board_id, BoardRight.group_id).where(
        BoardRight.right == str(Right.SEE), BoardRight.board_id.in_(places)
    )
    for board_id, group_id in session.execute(rows):
        found[board_id].add(group_id)
    return list(found.values())
