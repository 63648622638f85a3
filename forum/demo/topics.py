"""The topics of the demo, through the verb that brings whole topics in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from forum.boards import kinds
from forum.demo.ground import Ground
from forum.demo.outcomes import write_outcomes
from forum.demo.rendering import EMPTY, Place, Prepared
from forum.demo.texts import PostText, TopicText
from forum.importers.queries import old_topics
from forum.organization.voices import Voice
from forum.permissions import HOUSE
from forum.posts.actions.importing import ImportedIds, ImportedPost, ImportedTopic, import_topics
from forum.posts.addresses import slug_of
from forum.posts.models import Post
from forum.search.actions import keep_links
from forum.search.queries.linking import Linking

PINNED_FOR = timedelta(days=14)

_RENAMED = {"who_gains": kinds.GAINS}
_RELATIVE = {"starts_in_days", "begins", "review_in_days"}


def write_topics(session: Session, prepared: Prepared, ground: Ground) -> dict[str, int]:
    """Write every topic, then lead the links between them to where they came to stand. Key of a text → topic id."""
    texts = prepared.community.topics
    kind_by_board = {board.slug: board.kind for board in prepared.community.boards}
    staff = {person.name for person in prepared.community.people if person.is_staff}
    keeper = next(person.name for person in prepared.community.people if person.role == "moderator")
    topics = [_topic(text, kind_by_board[text.board], prepared, ground, staff, keeper) for text in texts]
    placed = dict(zip((text.key for text in texts), import_topics(session, HOUSE, topics), strict=True))
    _lead_links(session, prepared, placed)
    write_outcomes(session, texts, placed, ground)
    return {key: ids.topic_id for key, ids in placed.items()}


def _topic(
    text: TopicText, kind: str, prepared: Prepared, ground: Ground, staff: set[str], keeper: str
) -> ImportedTopic:
    posts = [_post(text, post, prepared, ground, staff) for post in text.posts]
    accepted = next((post for post in text.posts if post.accepted), None)
    locked_at = ground.ago(max(0.0, text.posts[-1].hours_ago - 1)) if text.locked else None
    if locked_at is not None:
        note = ImportedPost(len(posts) + 1, ground.people[keeper], locked_at, EMPTY, action="locked")
        posts = [*posts, note]
    posts = [*posts, *_steps(text, prepared, ground)]
    if kinds.kind(kind).is_wiki:
        posts = [_as_wiki(posts[0]), *posts[1:]]
    fields, starts_at = _fields(text.fields, ground)
    return ImportedTopic(
        board_id=ground.boards[text.board],
        author_id=ground.people[text.posts[0].by],
        title=text.title,
        created_at=posts[0].created_at,
        posts=posts,
        tag_ids=[ground.tags[slug] for slug in text.tags],
        fields=fields,
        starts_at=starts_at,
        wants_org=text.wants_org,
        keeper_id=ground.people[text.posts[0].by] if kinds.kind(kind).is_wiki else None,
        locked_at=locked_at,
        pinned_at=ground.now if text.pinned else None,
        pinned_until=ground.now + PINNED_FOR if text.pinned else None,
        pin_scope=("site" if kind == "announcement" else "board") if text.pinned else "",
        accepted_number=accepted.number if accepted else None,
        accepted_at=ground.ago(max(0.0, accepted.hours_ago - 1)) if accepted else None,
        accepted_by_id=ground.people[text.posts[0].by] if accepted else None,
    )


def _post(topic: TopicText, text: PostText, prepared: Prepared, ground: Ground, staff: set[str]) -> ImportedPost:
    speaks_for = text.by in staff
    return ImportedPost(
        number=text.number,
        author_id=ground.people[text.by],
        created_at=ground.ago(text.hours_ago),
        body=prepared.words["post", topic.key, text.number],
        reply_to_number=text.to,
        organization_id=ground.house if speaks_for else None,
        affiliation_kind="staff" if speaks_for else "",
        voice=Voice(text.intent, text.capacity, text.role),
        reactions=list(_reactions(text, ground)),
    )


def _steps(text: TopicText, prepared: Prepared, ground: Ground) -> Iterator[ImportedPost]:
    """Notes that say how far an idea is, after everything that was said; staff alone make them here."""
    for turn, step in enumerate(text.steps, start=1):
        yield ImportedPost(
            number=len(text.posts) + turn,
            author_id=ground.people[step["by"]],
            created_at=ground.ago(text.posts[0].hours_ago - step["after_hours"]),
            body=prepared.words["step", text.key, turn],
            action=f"idea.{step['state']}",
            organization_id=ground.house,
            affiliation_kind="staff",
        )


def _reactions(text: PostText, ground: Ground) -> Iterator[tuple[int, str, datetime]]:
    """One after the other, some forty minutes apart, none in the future."""
    given = [(name, kind) for kind, people in text.reactions.items() for name in people]
    for turn, (name, kind) in enumerate(given, start=1):
        yield ground.people[name], kind, ground.ago(max(0.0, text.hours_ago - turn * 0.65))


def _as_wiki(post: ImportedPost) -> ImportedPost:
    return replace(post, is_wiki=True)


def _fields(texts: Mapping[str, Any], ground: Ground) -> tuple[dict[str, Any], datetime | None]:
    """The answers of the board's form as topics keep them, and when an event begins (by the clocks where it is)."""
    fields = {_RENAMED.get(key, key): value for key, value in texts.items() if key not in _RELATIVE}
    if "review_in_days" in texts:
        fields[kinds.REVIEW_ON] = (ground.now + timedelta(days=texts["review_in_days"])).date().isoformat()
    if "starts_in_days" not in texts:
        return fields, None
    zone = ZoneInfo(texts["time_zone"])
    day = (ground.now + timedelta(days=texts["starts_in_days"])).astimezone(zone).date()
    return fields, datetime.combine(day, time.fromisoformat(texts["begins"]), tzinfo=zone)


# ── links between them ────────────────────────────────────────────────────────────────────────────────────────────────


def _lead_links(session: Session, prepared: Prepared, placed: Mapping[str, ImportedIds]) -> None:
    texts = prepared.community.topics
    addresses: dict[Place, str] = {
        ("topic", text.key, 0): f"/t/{placed[text.key].topic_id}-{slug_of(text.title)}" for text in texts
    }
    for key, ids in placed.items():
        addresses |= {("post", key, number): f"/p/{post_id}" for number, post_id in ids.post_ids.items()}
    places: list[Place] = [("post", text.key, post.number) for text in texts for post in text.posts]
    rows, links = [], []
    for place in filter(prepared.refers, places):
        words = prepared.settled(place, addresses)
        post_id = placed[place[1]].post_ids[place[2]]
        rows.append({"id": post_id, "source": words.source, "html": words.rendered.html})
        links.append(Linking(post_id, placed[place[1]].topic_id, words.rendered.html))
    if rows:
        session.execute(update(Post), rows)
        keep_links(session, links, old_topics)
