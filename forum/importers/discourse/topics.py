"""A topic of an archive as our importing verb takes it. Pure: the rows it refers to are told by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.core.lines import one_line
from forum.core.markup import Rendered
from forum.core.slugs import slug_of
from forum.importers.discourse.convert import Body
from forum.importers.discourse.overview import category_of
from forum.importers.discourse.people import People
from forum.importers.discourse.places import Places
from forum.importers.discourse.records import PostType, SourcePost, SourceTopic
from forum.importers.discourse.smallactions import Action, action_of
from forum.posts.actions.importing import ImportedPost, ImportedTopic
from forum.posts.drafts import Written

PIN_AT_MOST = timedelta(days=30)
"""The old forum pins for ever; here a pin runs out."""

_LONGEST_SLUG = 120
_MOST_LIKES = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Ground:
    """What topics stand on."""

    places: Places
    people: People
    staff: frozenset[str] | None = None
    """Old names, casefolded, that count as staff; None: whoever the archive says."""

    def is_staff(self, post: SourcePost) -> bool:
        """Whether staff wrote the post, then."""
        if self.staff is None or post.author is None:
            return post.is_by_staff
        return post.author.username.casefold() in self.staff


def action_in(post: SourcePost) -> Action | None:
    """What a note in the stream says; None for words that somebody wrote."""
    if post.type is PostType.SMALL_ACTION:
        return action_of(post.action_code) or Action.OTHER
    return Action.REMARK if post.type is PostType.MODERATOR_NOTE else None


def imported(topic: SourceTopic, bodies: Sequence[Body], results: Sequence[Rendered], ground: Ground) -> ImportedTopic:
    """The topic with all its posts. States carry the time of the note about them, else that of the last post."""
    posts = [
        _post(post, Written(body.source, result, body.kind), ground)
        for post, body, result in zip(topic.posts, bodies, results, strict=True)
    ]
    accepted = next((post for post in posts if post.number == topic.accepted_number and post.is_shown), None)
    tags = ground.places.tags
    return ImportedTopic(
        board_id=ground.places.boards[category_of(topic)],
        author_id=posts[0].author_id,
        title=one_line(topic.title) or f"Topic {topic.id}",
        slug=slug_of(topic.slug, _LONGEST_SLUG),
        created_at=topic.created_at,
        posts=posts,
        tag_ids=list(dict.fromkeys(tags[tag] for tag in topic.tags if tag in tags)),
        locked_at=_since(topic, Action.CLOSED, Action.CLOSED_BY_TIMER) if topic.closed else None,
        archived_at=_since(topic, Action.ARCHIVED) if topic.archived else None,
        # What the old forum kept out of its lists, only moderators see here, who can bring it back.
        deleted_at=None if topic.visible else _since(topic, Action.UNLISTED),
        pinned_at=topic.pinned_at,
        pinned_until=_pinned_until(topic),
        pin_scope="" if topic.pinned_at is None else "site" if topic.pinned_globally else "board",
        accepted_number=accepted.number if accepted else None,
        accepted_at=accepted.created_at if accepted else None,
        views=topic.views,
    )


def _post(post: SourcePost, body: Written, ground: Ground) -> ImportedPost:
    organization_id = ground.places.organization_id if ground.is_staff(post) else None
    return ImportedPost(
        number=post.number,
        author_id=ground.people.account_of(post.author),
        created_at=post.created_at,
        body=body,
        action=str(action_in(post) or ""),
        reply_to_number=post.reply_to if post.reply_to != post.number else None,
        # The first version has no edit, whatever its time says: posts of older forums carry the day they were moved.
        edited_at=post.updated_at if post.version > 1 and post.updated_at > post.created_at else None,
        hidden_at=max(post.created_at, post.updated_at) if post.hidden else None,
        is_wiki=post.wiki,
        organization_id=organization_id,
        affiliation_kind="staff" if organization_id is not None else "",
        likes=min(post.likes, _MOST_LIKES),
    )


def _since(topic: SourceTopic, *actions: Action) -> datetime:
    times = [post.created_at for post in topic.posts if action_in(post) in actions]
    return times[-1] if times else max(post.created_at for post in topic.posts)


def _pinned_until(topic: SourceTopic) -> datetime | None:
    if topic.pinned_at is None:
        return None
    longest = topic.pinned_at + PIN_AT_MOST
    return min(longest, topic.pinned_until or longest)
