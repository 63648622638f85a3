"""Starting a topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from forum.boards import kinds
from forum.boards import queries as boards
from forum.boards.models import Board, Tag
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.following.levels import Level
from forum.holds.models import HeldPost
from forum.organization.intents import Intent
from forum.permissions import Act, Actor, Trust, require
from forum.posts import companions, saying, tallies
from forum.posts.actions import guarding, holding, judging, noticing, publishing
from forum.posts.actions.backing import give_vote
from forum.posts.actions.concerning import note_words
from forum.posts.actions.keeping import keeper_in
from forum.posts.actions.reading import remember_read
from forum.posts.actions.waiting_turns import follow_answer
from forum.posts.addresses import slug_of
from forum.posts.drafts import TopicDraft
from forum.posts.events import KeeperChanged, TopicStarted
from forum.posts.fingerprints import fingerprint
from forum.posts.limits import check_calls, check_newcomer_words, check_starting, checked_body, checked_title
from forum.posts.models import Post, Topic, TopicTag
from forum.posts.saying import shown


def start_topic(session: Session, actor: Actor, board: Board, draft: TopicDraft) -> Post | HeldPost:
    """Open a topic on `board`; returns its opening post, topic loaded, or the held words where a moderator looks first.
    The same `once` returns the first one. May raise AskFirst; HeldBack where the organization should not begin one now.
    What was cleared was asked for its pace when it was written."""
    require(actor, Act.START_TOPIC, board)
    if (before := publishing.already_posted(session, actor, draft.once)) is not None:
        return before
    if (held := holding.already_held(session, actor, draft.once)) is not None:
        return held
    now = clock.now()
    title = _checked_words(session, actor, board, draft, now)
    tags = chosen_tags(session, actor, draft.tags)
    enough_tags(session, board, len(tags))
    fields, keeper_id = keeper_in(session, board, judging.fields_changed(session, board, draft.fields))
    verdict = judging.judge_words(session, actor, board, None, draft, now)
    if verdict.holds:
        return holding.hold(session, actor, board, None, draft, verdict, now, title=title)
    tags = judging.with_tags(session, tags, verdict)
    noticing.check_notice(draft.grounds, draft.voice)
    place = guarding.as_topic(board, draft.voice, fingerprint(draft))
    passage = guarding.pass_guard(session, actor, place, draft.grounds, draft.body.source)
    noticing.check_lately(session, draft.grounds, now)
    topic = Topic(
        board_id=board.id,
        board=board,
        author_id=actor.account_id,
        title=title,
        slug=slug_of(title),
        created_at=now,
        bumped_at=now,
        last_post_at=now,
        fields=fields,
        keeper_id=keeper_id,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        wants_org=draft.wants_org,
        notice=draft.grounds.notice if actor.belonging is not None else "",
        post_count=0,
        last_number=0,
    )
    session.add(topic)
    session.flush()
    post = publishing.new_post(session, actor, topic, draft.body, now, voice=draft.voice, once=draft.once)
    topic.is_seed = post.intent == Intent.SEED
    post.is_wiki = kinds.kind(board.kind).is_wiki
    session.add_all(TopicTag(topic_id=topic.id, tag_id=tag.id) for tag in tags)
    topic.post_count, topic.last_post_id, topic.last_post_number = 1, post.id, post.number
    topic.face_ids = tallies.faces(topic.author_id, [])
    tallies.topic_shown(session, topic)
    if topic.notice:
        noticing.keep_notice(session, actor, topic, draft.grounds, draft.voice)
    remember_read(session, actor, topic.id, post.number, now, Level.WATCHING)
    note_words(session, post, saying.words_beside(draft))
    companions.bring(session, actor, post, draft.along)
    emit(session, TopicStarted(topic.id, post.id))
    if keeper_id is not None:
        emit(session, KeeperChanged(topic.id, actor.account_id, None, keeper_id))
    guarding.write_down(session, passage, post)
    follow_answer(session, actor, topic)
    judging.tell_of_flags(session, post, verdict)
    if board.kind == "idea" and not actor.is_staff:  # who has an idea is for it, and may take that back
        give_vote(session, actor, topic)
    return post


def _checked_words(session: Session, actor: Actor, board: Board, draft: TopicDraft, now: datetime) -> str:
    """The title as it will stand. Raises Invalid and TooSoon as the limits say."""
    limits = publishing.limits_of(session)
    title = judging.words_changed(session, checked_title(draft.title, limits), board.id)
    checked_body(draft.body.source, limits)
    check_calls(draft.body.rendered.html, limits)
    if not draft.arrival.is_cleared:
        check_starting(publishing.writer_facts(session, actor, draft.body.source, now), now, limits)
    if actor.trust is Trust.NEWCOMER:
        check_newcomer_words(draft.body.source, shown(draft, board.kind), limits)
    return title


def enough_tags(session: Session, board: Board, count: int) -> None:
    """Raise Invalid where the board asks for more tags than `count`, as far as there are any to choose from."""
    if count >= board.tags_least:
        return
    least = min(board.tags_least, sum(not tag.is_reserved for tag in boards.tags(session)))
    if count < least:
        raise Invalid(
            ngettext("Topics here need a tag: choose one.", "Topics here need %(num)s tags: choose more.", least),
            "tags",
        )


def chosen_tags(session: Session, actor: Actor, slugs: Sequence[str]) -> list[Tag]:
    """The tags by slug; raises Invalid for too many, unknown ones, or reserved ones that are not the actor's to use."""
    wanted = list(dict.fromkeys(slug.strip().lower() for slug in slugs if slug.strip()))
    most = publishing.limits_of(session).tags_max
    if len(wanted) > most:
        raise Invalid(ngettext("A topic has at most %(num)s tag.", "A topic has at most %(num)s tags.", most), "tags")
    found = boards.known_tags(session, wanted)
    for slug in wanted:
        if slug not in found:
            raise Invalid(_("There is no tag “%(tag)s”.", tag=slug), "tags")
        if found[slug].is_reserved and not (actor.is_staff or actor.is_moderator):
            raise Invalid(_("The tag “%(tag)s” is for staff.", tag=slug), "tags")
    return list({found[slug].id: found[slug] for slug in wanted}.values())
