"""Moving posts out of a topic, into a new one or into another; and putting them back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts import carrying, relocating, settling, sides
from forum.posts.actions import judging
from forum.posts.actions.arranging import check_kinds, check_readers
from forum.posts.actions.concerning import names_host, note_topic
from forum.posts.actions.guarding import keep_first_word
from forum.posts.actions.publishing import add_note, limits_of
from forum.posts.actions.starting import chosen_tags
from forum.posts.addresses import slug_of
from forum.posts.events import PostsRelocated
from forum.posts.limits import checked_title
from forum.posts.models import Post, Topic, TopicTag
from forum.posts.pointing import pointing_to
from forum.posts.powers import ALONE, Ground, check_powers
from forum.posts.relocating import Spot
from forum.posts.sides import Before
from forum.posts.tallies import shown


@dataclass(frozen=True)
class NewTopic:
    """The topic that posts become: its opening post is the first of them that is there."""

    title: str
    board: Board
    tags: Sequence[str] = ()


def split_topic(
    session: Session,
    actor: Actor,
    topic: Topic,
    post_ids: Collection[int],
    into: NewTopic | Topic,
    reason: str = "",
    ground: Ground = ALONE,
) -> Before:
    """Move posts of `topic` (locked, as is a topic `into`; with boards), in the order of time; notes on both sides say
    so. Returns what `undo_split` needs."""
    require(actor, Act.SPLIT_TOPIC, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    known = relocating.spots(session, {topic.id} | ({into.id} if isinstance(into, Topic) else set()))
    chosen = _chosen(topic, known, post_ids)
    for post in session.scalars(select(Post).where(Post.id.in_(post_ids), Post.concerns_host)):
        check_powers(actor, post, is_feedback=False, ground=ground)
    board = into.board
    check_readers(session, actor, topic.board, board)
    is_new = isinstance(into, NewTopic)
    if isinstance(into, NewTopic):
        require(actor, Act.RECEIVE_TOPIC, into.board)
        check_kinds(topic.board, board)
        target, first_id = _begin(session, actor, topic, into, chosen)
        opening = [spot._replace(number=1) for spot in chosen if spot.post_id == first_id]
        numbers = relocating.interleaved(opening, [spot for spot in chosen if spot.post_id != first_id])
    else:
        require(actor, Act.MERGE_TOPIC, into)
        if into.id == topic.id:
            raise Invalid(_("They stand in this topic already."), "into")
        check_kinds(topic.board, board)
        target = into
        numbers = relocating.interleaved([spot for spot in known.values() if spot.topic_id == into.id], chosen)
    keep_first_word(session, actor, topic)
    source_id, target_id, highest = topic.id, target.id, topic.last_number
    people = settling.voices(session, [source_id, target_id], [spot.post_id for spot in chosen])
    answer = sides.answer_of(topic)
    rows = relocating.relocate(session, known, {post_id: (target_id, number) for post_id, number in numbers.items()})
    moved = [spot.post_id for spot in chosen]
    settling.settle(session, [source_id, target_id], moved, people)
    topic.last_number = max(topic.last_number, highest)  # numbers that went are free for them to come back
    now = relocating.spots(session, {source_id, target_id})
    follows = carrying.along(source_id, target_id) if is_new else carrying.stay
    reads = carrying.carry(session, known, now, [source_id, target_id], follows)
    at = clock.now()
    if target.about_host or (isinstance(into, NewTopic) and names_host(session, into.title)):
        note_topic(session, target)
    add_note(session, actor, topic, "split.away", at, body=pointing_to(target, len(moved), reason))
    add_note(
        session, actor, target, "split.off" if is_new else "split.here", at, body=pointing_to(topic, len(moved), reason)
    )
    emit(session, PostsRelocated(tuple(moved), source_id, target_id))
    return {
        "source": source_id,
        "target": target_id,
        "is_new": is_new,
        "moved": moved,
        "posts": rows,
        "reads": reads,
        "answer": answer if answer and answer[0] in moved else None,
    }


def undo_split(session: Session, actor: Actor, before: Before, reason: str = "", ground: Ground = ALONE) -> None:
    """The posts stand where they stood. Replies that came meanwhile stay where they were written; those in a topic that
    the split had made come along, since it is no more: its address leads back. Raises Invalid where it is too late."""
    source, target = sides.both_sides(session, actor, before)
    require(actor, Act.SPLIT_TOPIC, source)
    require(actor, Act.MERGE_TOPIC, target)
    check_powers(actor, source, is_feedback=source.board.is_feedback, ground=ground)
    check_powers(actor, target, is_feedback=target.board.is_feedback, ground=ground)
    source_id, target_id, highest = source.id, target.id, source.last_number
    known = relocating.spots(session, {source_id, target_id})
    moved: list[int] = before["moved"]
    sides.check_still_there(known, moved, target_id)
    places, parents = relocating.earlier(known, before["posts"])
    rest = [spot for spot in known.values() if spot.topic_id == target_id and spot.post_id not in moved]
    came = [spot for spot in rest if spot.is_words] if before["is_new"] else []
    if came:
        places = {**places, **_among(known, places, source_id, came)}
    everything = [*moved, *(spot.post_id for spot in came)]
    people = settling.voices(session, [source_id, target_id], everything)
    relocating.relocate(session, known, places, parents)
    relocating.answer_nowhere(session, before["posts"])
    sides.give_answer_back(session, source, before["answer"])
    at = clock.now()
    if before["is_new"]:
        opening = next(spot.post_id for spot in known.values() if spot.topic_id == target_id and spot.number == 1)
        sides.become_shell(target, opening, actor)
    settling.settle(session, [source_id, target_id], everything, people)
    source.last_number = max(source.last_number, highest)
    now = relocating.spots(session, {source_id, target_id})
    carrying.carry_back(session, known, now, [source_id, target_id], before["reads"])
    add_note(session, actor, source, "unsplit", at, body=pointing_to(target, len(everything), reason))
    if not before["is_new"]:
        add_note(session, actor, target, "unsplit.away", at, body=pointing_to(source, len(moved), reason))
    emit(session, PostsRelocated(tuple(everything), source_id, target_id))


def _chosen(topic: Topic, known: dict[int, Spot], post_ids: Collection[int]) -> list[Spot]:
    wanted = [known[post_id] for post_id in known if post_id in set(post_ids) and known[post_id].topic_id == topic.id]
    if not wanted:
        raise Invalid(_("Choose the posts that are to move."), "posts")
    if len(wanted) < len(set(post_ids)) or not all(spot.is_words for spot in wanted):
        raise Invalid(_("Some of these posts are not in this topic any more. Choose again."), "posts")
    if any(spot.number == 1 for spot in wanted):
        raise Invalid(_("The first post stays: to move all of it, move or merge the topic."), "posts")
    return sorted(wanted, key=lambda spot: (spot.created_at, spot.post_id))


def _begin(session: Session, actor: Actor, topic: Topic, into: NewTopic, chosen: Sequence[Spot]) -> tuple[Topic, int]:
    """The new topic, opened by whoever wrote the first of these posts that is there; and that post."""
    title, _verdict = judging.judge_title(session, actor, into.board.id, checked_title(into.title, limits_of(session)))
    tags = chosen_tags(session, actor, into.tags)
    if into.board.kind == "event":
        raise Invalid(_("An event needs its time: begin it there, and link to these posts."), "board")
    first = session.scalars(
        select(Post)
        .where(Post.id.in_([spot.post_id for spot in chosen]), shown())
        .order_by(Post.created_at, Post.id)
        .limit(1)
    ).first()
    if first is None:
        raise Invalid(_("None of these posts is there to be read. A topic needs one."), "posts")
    new = Topic(
        board_id=into.board.id,
        board=into.board,
        author_id=first.author_id,
        title=title,
        slug=slug_of(title),
        created_at=first.created_at,
        bumped_at=first.created_at,
        last_post_at=first.created_at,
        first_word_until=topic.first_word_until,
        org_seen_at=topic.org_seen_at,
        waived_at=topic.waived_at,
        concerns_host=first.concerns_host,
        about_host=topic.about_host,
    )
    session.add(new)
    session.flush()
    session.add_all(TopicTag(topic_id=new.id, tag_id=tag.id) for tag in tags)
    session.flush()
    return new, first.id


def _among(
    known: dict[int, Spot], places: relocating.Places, topic_id: int, came: Sequence[Spot]
) -> dict[int, tuple[int, int]]:
    """Posts that come along, put by time among those that stand in the topic once the others are back."""
    there = {post_id: places.get(post_id, (spot.topic_id, spot.number)) for post_id, spot in known.items()}
    others = {spot.post_id for spot in came}
    standing = [
        spot._replace(number=there[post_id][1])
        for post_id, spot in known.items()
        if there[post_id][0] == topic_id and post_id not in others
    ]
    numbers = relocating.interleaved(sorted(standing, key=lambda spot: spot.number), came)
    return {post_id: (topic_id, number) for post_id, number in numbers.items()}
