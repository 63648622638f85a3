"""From Discourse's JSON to our records. What cannot be taken becomes a `Skipped` with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from forum.importers.discourse import fields
from forum.importers.discourse.fields import Record
from forum.importers.discourse.records import Poll, PollOption, PostType, Skipped, SourcePost, SourceTopic, SourceUser

_LIKE = 2
_WHISPER = 4


def read_user(record: Record) -> SourceUser | Skipped:
    """A line of users.jsonl."""
    username = fields.line(record, "username")
    if not username:
        return Skipped("user", str(record.get("id", "?"))[:40], "has no user name")
    return _user(record, fields.number(record, "id", least=-1000), "title", "suspended")


def read_topic(record: object, raws: Mapping[int, str] | None = None) -> tuple[SourceTopic | None, list[Skipped]]:
    """The topic, if it can be taken, and what of it cannot. `raws`: sources by post number, for posts without."""
    if not isinstance(record, dict):
        return None, [Skipped("topic", "?", "is not a JSON object")]
    topic_id = fields.number(record, "id", least=1)
    if topic_id is None:
        return None, [Skipped("topic", str(record.get("id", "?"))[:40], "has no usable number")]
    if refusal := _refusal(record):
        return None, [Skipped("topic", str(topic_id), refusal)]
    posts, skipped = _posts(record, topic_id, raws or {})
    created_at = fields.moment(record, "created_at") or min((post.created_at for post in posts), default=None)
    if created_at is None:
        return None, [*skipped, Skipped("topic", str(topic_id), "has neither a time nor a post with one")]
    accepted, more = _accepted(record, topic_id, posts)
    title = fields.line(record, "unicode_title") or fields.line(record, "title")
    topic = SourceTopic(
        id=topic_id,
        title=title or fields.line(record, "slug").replace("-", " ") or f"Topic {topic_id}",
        slug=fields.line(record, "slug"),
        category_id=fields.number(record, "category_id"),
        tags=_tags(record),
        created_at=created_at,
        views=fields.number(record, "views") or 0,
        closed=fields.flag(record, "closed"),
        archived=fields.flag(record, "archived"),
        visible=record.get("visible") is not False,
        pinned_at=fields.moment(record, "pinned_at") or (created_at if fields.flag(record, "pinned") else None),
        pinned_until=fields.moment(record, "pinned_until"),
        pinned_globally=fields.flag(record, "pinned_globally"),
        featured_link=fields.line(record, "featured_link"),
        posts=posts,
        accepted_number=accepted,
    )
    return topic, [*skipped, *more]


def _refusal(record: Record) -> str:
    """Why a topic must not be taken, or nothing."""
    if record.get("archetype") not in (None, "regular", "banner"):
        return f"is not a public topic ({fields.line(record, 'archetype')[:40] or 'odd archetype'})"
    if record.get("deleted_at") is not None:
        return "was deleted there"
    return ""


def _posts(record: Record, topic_id: int, raws: Mapping[int, str]) -> tuple[tuple[SourcePost, ...], list[Skipped]]:
    stream = fields.record_at(record, "post_stream")
    listed = stream.get("posts")
    skipped: list[Skipped] = []
    if not isinstance(listed, list):
        return (), [Skipped("topic", str(topic_id), "has no list of posts")]
    by_number: dict[int, SourcePost] = {}
    ids: set[int] = set()
    for position, item in enumerate(listed, 1):
        post = _post(item, f"topic {topic_id}, {position}. in its list")
        if isinstance(post, Skipped):
            skipped.append(post)
        elif post.number in by_number or post.id in ids:
            skipped.append(Skipped("post", str(post.id), f"comes twice in topic {topic_id} (number {post.number})"))
        else:
            ids.add(post.id)
            by_number[post.number] = replace(post, raw=raws[post.number]) if _lacks(post, raws) else post
    skipped += _left_out(stream, listed, topic_id)
    return tuple(by_number[number] for number in sorted(by_number)), skipped


def _lacks(post: SourcePost, raws: Mapping[int, str]) -> bool:
    return post.raw is None and post.number in raws


def _left_out(stream: Record, listed: Iterable[object], topic_id: int) -> list[Skipped]:
    """Posts that the topic names in its stream while the archive does not hold them."""
    wanted = stream.get("stream")
    if not isinstance(wanted, list):
        return []
    held = {item.get("id") for item in listed if isinstance(item, dict)}
    missing = [item for item in wanted if isinstance(item, int) and item not in held]
    return [Skipped("post", str(item), f"is named by topic {topic_id} and not in the archive") for item in missing]


def _post(record: object, where: str) -> SourcePost | Skipped:
    if not isinstance(record, dict):
        return Skipped("post", where, "is not a JSON object")
    post_id, number = fields.number(record, "id", least=1), fields.number(record, "post_number", least=1)
    if post_id is None or number is None:
        return Skipped("post", where, "has no usable number")
    name = str(post_id)
    if record.get("deleted_at") is not None:
        return Skipped("post", name, "was deleted there")
    if record.get("post_type") == _WHISPER:
        return Skipped("post", name, "was a whisper among staff")
    post_type = fields.number(record, "post_type")
    if post_type not in (1, 2, 3, None):
        return Skipped("post", name, f"is of an unknown type ({post_type})")
    created_at = fields.moment(record, "created_at")
    if created_at is None:
        return Skipped("post", name, "has no usable time")
    return SourcePost(
        id=post_id,
        number=number,
        type=PostType(post_type or PostType.REGULAR),
        created_at=created_at,
        updated_at=fields.moment(record, "updated_at") or created_at,
        author=author_of(record),
        raw=fields.maybe_text(record, "raw"),
        cooked=fields.text(record, "cooked"),
        cooked_is_placeholder=fields.flag(record, "cooked_hidden"),
        reply_to=fields.number(record, "reply_to_post_number", least=1),
        likes=_likes(record),
        accepted=fields.flag(record, "accepted_answer"),
        hidden=fields.flag(record, "hidden"),
        wiki=fields.flag(record, "wiki"),
        via_email=fields.flag(record, "via_email"),
        version=fields.number(record, "version", least=1) or 1,
        edit_reason=fields.line(record, "edit_reason"),
        action_code=fields.line(record, "action_code"),
        polls=tuple(_poll(item) for item in fields.records(record, "polls")),
    )


def author_of(record: Record) -> SourceUser | None:
    """Who wrote a post, as far as the post itself says."""
    if not fields.line(record, "username"):
        return None
    return _user(record, fields.number(record, "user_id", least=-1000), "user_title", "user_suspended")


def authors_in(record: object) -> Iterator[SourceUser]:
    """The authors of a topic's posts, each as often as they wrote."""
    for post in _listed(record):
        if author := author_of(post):
            yield author


def names_by_number(record: object) -> dict[int, str]:
    """Who wrote which post of a topic."""
    posts = ((fields.number(post, "post_number"), fields.line(post, "username")) for post in _listed(record))
    return {number: name for number, name in posts if number is not None and name}


def _listed(record: object) -> list[Record]:
    return fields.records(fields.record_at(record, "post_stream"), "posts") if isinstance(record, dict) else []


def without_posts(topic: SourceTopic, ids: set[int]) -> tuple[SourceTopic, list[Skipped]]:
    """The topic without posts that an earlier topic already had."""
    doubles = [post for post in topic.posts if post.id in ids]
    if not doubles:
        return topic, []
    kept = tuple(post for post in topic.posts if post.id not in ids)
    accepted = topic.accepted_number if any(post.number == topic.accepted_number for post in kept) else None
    reason = f"of topic {topic.id} was already in an earlier topic"
    skipped = [Skipped("post", str(post.id), reason) for post in doubles]
    return replace(topic, posts=kept, accepted_number=accepted), skipped


def _user(record: Record, user_id: int | None, title: str, suspended: str) -> SourceUser:
    return SourceUser(
        id=user_id,
        username=fields.line(record, "username"),
        name=fields.line(record, "name"),
        title=fields.line(record, title),
        trust_level=min(fields.number(record, "trust_level") or 0, 4),
        admin=fields.flag(record, "admin"),
        moderator=fields.flag(record, "moderator"),
        suspended=fields.flag(record, suspended),
    )


def _likes(record: Record) -> int:
    summary = fields.records(record, "actions_summary")
    return sum(fields.number(item, "count") or 0 for item in summary if item.get("id") == _LIKE)


def _poll(record: Record) -> Poll:
    options = tuple(
        PollOption(fields.text(item, "id"), fields.text(item, "html"), fields.number(item, "votes"))
        for item in fields.records(record, "options")
    )
    voters = fields.number(record, "voters")
    return Poll(fields.text(record, "name"), fields.line(record, "title"), voters, options)


def _tags(record: Record) -> tuple[str, ...]:
    """Names of tags, which newer archives wrap in objects."""
    found = record.get("tags")
    names = [
        fields.line(item, "name") if isinstance(item, dict) else fields.clean(item) if isinstance(item, str) else ""
        for item in (found if isinstance(found, list) else [])
    ]
    return tuple(dict.fromkeys(name for name in names if name))


def _accepted(record: Record, topic_id: int, posts: Iterable[SourcePost]) -> tuple[int | None, list[Skipped]]:
    """The number of the accepted answer. We have one a topic; further ones stay ordinary replies."""
    marked = {post.number: post for post in posts if post.accepted}
    if not marked:
        return None, []
    chosen = fields.number(fields.record_at(record, "accepted_answer"), "post_number")
    number = chosen if chosen in marked else min(marked)
    others = [post for other, post in marked.items() if other != number]
    reason = f"topic {topic_id} already has post {number} as its accepted answer; kept as a reply"
    return number, [Skipped("accepted_answer", str(post.id), reason) for post in others]
