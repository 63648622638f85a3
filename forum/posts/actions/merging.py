"""Making one topic of two; and two again."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.drafts.models import Draft
from forum.holds.models import HeldPost
from forum.permissions import Act, Actor, require
from forum.posts import carrying, relocating, settling, sides
from forum.posts.actions.arranging import check_kinds, check_readers
from forum.posts.actions.concerning import note_topic
from forum.posts.actions.guarding import keep_first_word
from forum.posts.actions.publishing import add_note
from forum.posts.actions.steering import bring_backers
from forum.posts.events import PostsRelocated
from forum.posts.guard_models import StandBy
from forum.posts.models import Topic
from forum.posts.outcome_models import TOO, Backing
from forum.posts.pointing import pointing_to
from forum.posts.powers import ALONE, Ground, check_powers
from forum.posts.sides import Before


def merge_topic(
    session: Session, actor: Actor, topic: Topic, target: Topic, reason: str = "", ground: Ground = ALONE
) -> Before:
    """Put all posts of `topic` into `target` (both locked, lower id first, with boards), in the order of time below its
    first one. The address of `topic` leads there. Returns what `undo_merge_topic` needs."""
    require(actor, Act.MERGE_TOPIC, topic)
    require(actor, Act.MERGE_TOPIC, target)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    check_powers(actor, target, is_feedback=target.board.is_feedback, ground=ground)
    _check_pair(session, actor, topic, target)
    keep_first_word(session, actor, topic)
    source_id, target_id = topic.id, target.id
    known = relocating.spots(session, {source_id, target_id})
    coming = [spot for spot in known.values() if spot.topic_id == source_id]
    numbers = relocating.interleaved([spot for spot in known.values() if spot.topic_id == target_id], coming)
    moved = [spot.post_id for spot in coming]
    people = settling.voices(session, [source_id, target_id], moved)
    answer = sides.answer_of(topic)
    if answer and target.accepted_post_id is None and target.author_id == topic.author_id:
        target.accepted_post_id, target.accepted_at = topic.accepted_post_id, topic.accepted_at
        target.accepted_by_id = topic.accepted_by_id
    rows = relocating.relocate(session, known, {post_id: (target_id, number) for post_id, number in numbers.items()})
    stand_by = _bring_stand_by(session, topic, target, known, numbers)
    held = _bring_held(session, topic, target, known, numbers)
    duplicates = _lead(session, source_id, target_id)
    drafts = _bring_drafts(session, source_id, target_id)
    bring_backers(session, topic, target, TOO)
    count = sum(spot.is_words for spot in coming)
    sides.become_shell(topic, next(spot.post_id for spot in coming if spot.number == 1), actor)
    settling.settle(session, [source_id, target_id], moved, people)
    now = relocating.spots(session, {source_id, target_id})
    follows = carrying.together(source_id, target_id)
    reads = carrying.carry(session, known, now, [source_id, target_id], follows)
    if topic.about_host or target.about_host:
        note_topic(session, target)
    add_note(session, actor, target, "merged.here", clock.now(), body=pointing_to(topic, count, reason))
    emit(session, PostsRelocated(tuple(moved), source_id, target_id))
    return {
        "source": source_id,
        "target": target_id,
        "moved": moved,
        "posts": rows,
        "reads": reads,
        "answer": answer,
        "stand_by": stand_by,
        "held": held,
        "duplicates": duplicates,
        "drafts": drafts,
    }


def undo_merge_topic(session: Session, actor: Actor, before: Before, reason: str = "", ground: Ground = ALONE) -> None:
    """Two topics again, each with its posts, readers and followers. Replies that came meanwhile stay where they were
    written, in the other topic. Raises Invalid where it is too late."""
    source, target = sides.both_sides(session, actor, before)
    require(actor, Act.UNMERGE_TOPIC, source)
    require(actor, Act.MERGE_TOPIC, target)
    check_powers(actor, source, is_feedback=source.board.is_feedback, ground=ground)
    check_powers(actor, target, is_feedback=target.board.is_feedback, ground=ground)
    source_id, target_id = source.id, target.id
    if source.merged_post_id is None:
        raise Invalid(_("These two are not merged."))
    known = relocating.spots(session, {source_id, target_id})
    moved: list[int] = before["moved"]
    sides.check_still_there(known, moved, target_id)
    highest = target.last_number
    people = settling.voices(session, [source_id, target_id], moved)
    places, parents = relocating.earlier(known, before["posts"])
    relocating.relocate(session, known, places, parents)
    relocating.answer_nowhere(session, before["posts"])
    source.merged_post_id = source.deleted_at = source.deleted_by_id = None
    sides.give_answer_back(session, source, before["answer"])
    _take_stand_by_back(session, source, target, before)
    _take_held_back(session, source, target, before)
    _lead_back(session, before)
    session.execute(delete(Backing).where(Backing.topic_id == target_id, Backing.from_topic_id == source_id))
    settling.settle(session, [source_id, target_id], moved, people)
    target.last_number = max(target.last_number, highest)
    now = relocating.spots(session, {source_id, target_id})
    carrying.carry_back(session, known, now, [source_id, target_id], before["reads"])
    count, at = sum(known[post_id].is_words for post_id in moved), clock.now()
    add_note(session, actor, source, "unmerged", at, body=pointing_to(target, count, reason))
    add_note(session, actor, target, "unmerged.away", at, body=pointing_to(source, count, reason))
    emit(session, PostsRelocated(tuple(moved), source_id, target_id))


def _check_pair(session: Session, actor: Actor, topic: Topic, target: Topic) -> None:
    if topic.id == target.id:
        raise Invalid(_("A topic cannot be merged into itself."), "target")
    if "idea" in (topic.board.kind, target.board.kind):
        raise Invalid(_("Ideas are merged with their votes, by those who look after them."), "target")
    if "event" in (topic.board.kind, target.board.kind):
        raise Invalid(_("Two events are two dates: they are not merged."), "target")
    if topic.hidden_at is not None or target.hidden_at is not None:
        raise Invalid(_("One of the two waits for a moderator to look at it. Decide that first."), "target")
    check_kinds(topic.board, target.board)
    check_readers(session, actor, topic.board, target.board)
    if topic.stand_by_id is not None and target.stand_by_id is not None:
        words = _("A reply of the organization stands by in both. Merge them when one of the two is out.")
        raise Invalid(words, "target")


def _bring_stand_by(
    session: Session, topic: Topic, target: Topic, known: dict[int, relocating.Spot], numbers: dict[int, int]
) -> list[int | None] | None:
    """What stands by in the topic stands by in the other."""
    if topic.stand_by_id is None:
        return None
    row = session.get_one(StandBy, topic.stand_by_id)
    before = [row.id, row.reply_to_number]
    at = {spot.number: spot.post_id for spot in known.values() if spot.topic_id == topic.id}
    row.topic_id, row.reply_to_number = target.id, numbers.get(at.get(before[1] or 0, 0))
    target.stand_by_id, topic.stand_by_id = row.id, None
    session.flush()
    return before


def _bring_held(
    session: Session, topic: Topic, target: Topic, known: dict[int, relocating.Spot], numbers: dict[int, int]
) -> list[list[int | None]]:
    """Replies that wait for a moderator wait in the other."""
    at = {spot.number: spot.post_id for spot in known.values() if spot.topic_id == topic.id}
    rows = session.scalars(select(HeldPost).where(HeldPost.topic_id == topic.id, HeldPost.state == "held")).all()
    before: list[list[int | None]] = [[row.id, row.reply_to_number] for row in rows]
    for row in rows:
        row.topic_id, row.board_id = target.id, target.board_id
        row.reply_to_number = numbers.get(at.get(row.reply_to_number or 0, 0))
    return before


def _take_held_back(session: Session, source: Topic, target: Topic, before: Before) -> None:
    """Those of them that still wait."""
    numbers = dict(before["held"])
    waiting = (HeldPost.id.in_(numbers), HeldPost.topic_id == target.id, HeldPost.state == "held")
    for row in session.scalars(select(HeldPost).where(*waiting)):
        row.topic_id, row.board_id, row.reply_to_number = source.id, source.board_id, numbers[row.id]


def _take_stand_by_back(session: Session, source: Topic, target: Topic, before: Before) -> None:
    if before["stand_by"] is None or target.stand_by_id != before["stand_by"][0]:
        return
    row = session.get_one(StandBy, before["stand_by"][0])
    row.topic_id, row.reply_to_number = source.id, before["stand_by"][1]
    source.stand_by_id, target.stand_by_id = row.id, None
    session.flush()


def _lead(session: Session, source_id: int, target_id: int) -> list[int]:
    """Topics that were closed as duplicates of the one lead to the other."""
    pointing = select(Topic.id).where(Topic.duplicate_of_id == source_id, Topic.id != target_id).order_by(Topic.id)
    ids = list(session.scalars(pointing))
    _point(session, ids, source_id, target_id)
    return ids


def _lead_back(session: Session, before: Before) -> None:
    source_id, target_id = before["source"], before["target"]
    _point(session, before["duplicates"], target_id, source_id)
    for draft in session.scalars(
        select(Draft).where(Draft.id.in_(before["drafts"]), Draft.place == "reply", Draft.place_id == target_id)
    ):
        draft.place_id = source_id
    session.flush()


def _point(session: Session, topic_ids: list[int], old: int, new: int) -> None:
    session.execute(
        update(Topic)
        .where(Topic.id.in_(topic_ids), Topic.duplicate_of_id == old)
        .values(duplicate_of_id=new)
        .execution_options(synchronize_session="fetch")
    )


def _bring_drafts(session: Session, source_id: int, target_id: int) -> list[int]:
    """A reply that somebody has begun goes along; who has begun one in both keeps the other as it is."""
    busy = select(Draft.account_id).where(Draft.place == "reply", Draft.place_id == target_id)
    begun = session.scalars(
        select(Draft).where(Draft.place == "reply", Draft.place_id == source_id, Draft.account_id.not_in(busy))
    ).all()
    for draft in begun:
        draft.place_id = target_id
    session.flush()
    return [draft.id for draft in begun]
