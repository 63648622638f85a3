"""What starting and replying share: the facts for the limits, and the row itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Account
from forum.holds.models import HeldPost
from forum.organization import queries as organizations
from forum.organization.voices import PLAIN, Voice, checked_voice, moderates
from forum.permissions import Actor, Trust
from forum.posts import texts
from forum.posts.actions.concerning import note_concern
from forum.posts.drafts import Written
from forum.posts.limits import Limits, WriterFacts, limits_from, text_key
from forum.posts.models import Post, Revision, Topic
from forum.posts.queries import visible
from forum.site import queries as sites
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in

DAY = timedelta(days=1)
OFFICES = frozenset({"administrator", "moderator", "board_moderator"})
# What stands in the public log, where a moderator did it: of things with two notes the one where it began.
LOGGED = frozenset({
    *("locked", "unlocked", "archived", "unarchived", "moved", "retitled", "duplicate", "owner", "slow.on", "slow.off"),
    *("merged.here", "unmerged", "split.away", "unsplit"),
})  # fmt: skip


def limits_of(session: Session) -> Limits:
    """The limits that hold here now."""
    return limits_from(sites.settings(session))


def already_posted(session: Session, actor: Actor, once: str) -> Post | None:
    """The post that this very form made before: pressing twice posts once."""
    if not once:
        return None
    return session.scalars(
        select(Post).options(joinedload(Post.topic)).where(Post.author_id == actor.account_id, Post.once == once)
    ).first()


def writer_facts(session: Session, actor: Actor, source: str, now: datetime) -> WriterFacts:
    """What the limits need to know, in five short indexed reads. What waits for a moderator counts."""
    since = session.scalar(select(Account.created_at).where(Account.id == actor.account_id)) or now
    limits = limits_of(session)
    looks_back = max(limits.same_text, limits.reply_pause, limits.reply_pause_newcomer)
    recent = session.execute(
        select(Post.created_at, Post.number, Post.source)
        .where(Post.author_id == actor.account_id, Post.created_at > now - looks_back)
        .order_by(Post.created_at.desc())
        .limit(30)
    ).all()
    key = text_key(source)
    topics, last_topic = session.execute(
        select(func.count(), func.max(Topic.created_at)).where(
            Topic.author_id == actor.account_id, Topic.created_at > now - DAY
        )
    ).one()
    posts = session.scalar(
        select(func.count()).where(Post.author_id == actor.account_id, Post.created_at > now - DAY, Post.number > 1)
    )
    held = session.execute(
        select(HeldPost.opened_at, HeldPost.topic_id, HeldPost.source).where(
            HeldPost.author_id == actor.account_id, HeldPost.opened_at > now - DAY, HeldPost.post_id.is_(None)
        )
    ).all()
    written = [(row.created_at, row.source) for row in recent]
    written += [(row.opened_at, row.source) for row in held if row.opened_at > now - looks_back]
    begun = [row.opened_at for row in held if row.topic_id is None]
    return WriterFacts(
        is_newcomer=actor.trust is Trust.NEWCOMER,
        since=since,
        last_topic_at=max((at for at in (last_topic, *begun) if at is not None), default=None),
        last_post_at=max((at for at, _text in written), default=None),
        topics_today=topics + len(begun),
        replies_today=(posts or 0) + len(held) - len(begun),
        same_text_at=max((at for at, text in written if text_key(text) == key), default=None),
    )


def earlier_edits(session: Session, actor: Actor, post: Post, now: datetime) -> tuple[datetime | None, int]:
    """When the actor was the last to change `post`, and how many wordings of it are theirs, of the last 24 hours."""
    last = post.edited_at if post.edited_by_id == actor.account_id else None
    own = (Revision.post_id == post.id, Revision.author_id == actor.account_id, Revision.created_at > now - DAY)
    return last, session.scalar(select(func.count()).where(*own)) or 0


def new_post(
    session: Session,
    actor: Actor,
    topic: Topic,
    body: Written,
    now: datetime,
    *,
    voice: Voice = PLAIN,
    reply_to: int | None = None,
    once: str = "",
) -> Post:
    """Add the next post of a topic, with the affiliation its author has now. Counters are the caller's."""
    assert actor.account_id is not None
    belonging = organizations.belonging(session, actor.account_id, now)
    looks_after, begins = moderates(actor, topic.board_id), topic.last_number == 0
    voice = checked_voice(voice, belonging, topic.board_id, begins=begins, moderates=looks_after)
    topic.last_number += 1
    post = Post(
        topic_id=topic.id,
        topic=topic,
        number=topic.last_number,
        author_id=actor.account_id,
        created_at=now,
        reply_to_number=reply_to,
        source=body.source,
        source_kind=str(body.kind),
        html=body.rendered.html,
        plain=body.rendered.plain,
        words=body.rendered.words,
        renderer_version=body.rendered.version,
        organization_id=belonging.organization_id if belonging else None,
        affiliation_kind=belonging.kind if belonging else "",
        intent=voice.intent,
        capacity=voice.capacity,
        role=voice.role,
        once=once or None,
    )
    session.add(post)
    session.flush()
    texts.keep(session, topic, post, body)
    note_concern(session, post, body)
    use_uploads(session, actor, post)
    return post


def use_uploads(session: Session, actor: Actor, post: Post) -> None:
    """Whoever may read the post may see the pictures and files in it."""
    if tokens := tokens_in(post.html):
        uploads.use(session, actor, "post", post.id, tokens, {"post": visible.readable(actor)})


def add_note(
    session: Session,
    actor: Actor,
    topic: Topic,
    action: str,
    now: datetime,
    *,
    body: Written | None = None,
    office: str | None = None,
) -> Post:
    """Write into the stream what happened to the topic, and why: a note, which counts as nobody's words. `office`: as
    what they did it, for the log (`LOGGED`); "": that stands there already; None: as what they are on its board."""
    affiliation = organizations.affiliation_of(session, actor.account_id, now) if actor.account_id else None
    topic.last_number += 1
    post = Post(
        topic_id=topic.id,
        topic=topic,
        number=topic.last_number,
        author_id=actor.account_id,
        created_at=now,
        action=action,
        office=_logged(actor, topic, action, actor.office(topic.board_id) if office is None else office),
        source=body.source if body else "",
        source_kind=str(body.kind) if body else "markdown",
        html=body.rendered.html if body else "",
        plain=body.rendered.plain if body else "",
        renderer_version=body.rendered.version if body else 0,
        organization_id=affiliation.organization_id if affiliation else None,
        affiliation_kind=affiliation.kind if affiliation else "",
    )
    session.add(post)
    session.flush()
    return post


def _logged(actor: Actor, topic: Topic, action: str, office: str) -> str:
    """As what a moderator did what everybody may know of; "": nobody acted as one."""
    is_own = action == "retitled" and topic.author_id == actor.account_id
    return office if action in LOGGED and office in OFFICES and not is_own else ""
