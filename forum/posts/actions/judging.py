"""Asking the rules of holding about words that somebody wants to publish, and what follows where they pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board, Tag
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.markup.linking import linked
from forum.holds import actions as holds
from forum.holds import queries, wording
from forum.holds.events import FlagAsked, SilenceAsked
from forum.holds.hosts import hosts, links, pictures
from forum.holds.rules import PASSED, Facts, Numbers, Outcome, Verdict, judge
from forum.holds.words import changed
from forum.permissions import Actor, Right
from forum.posts.drafts import EditDraft, ReplyDraft, TopicDraft, Written
from forum.posts.limits import AskFirst
from forum.posts.models import Post, Topic
from forum.posts.tallies import shown
from forum.site import queries as sites
from forum.site.settings import number

WORDS = "words"
"""The question of whoever is warned before posting."""


def judge_words(
    session: Session, actor: Actor, board: Board, topic: Topic | None, draft: TopicDraft | ReplyDraft, now: datetime
) -> Verdict:
    """What becomes of a topic on `board`, or of a reply in `topic`. Raises Invalid where it cannot be posted, and
    AskFirst where its writer is to think again; who answered that goes on."""
    if draft.arrival.is_cleared:
        return PASSED
    verdict = judge(_facts(session, actor, board, topic, draft, now), _numbers(session))
    if verdict.outcome is Outcome.BLOCK:
        raise Invalid(wording.blocked(verdict.because(Outcome.BLOCK)), "body")
    if verdict.outcome is Outcome.WARN and WORDS not in draft.confirmed:
        raise AskFirst(WORDS, wording.warned(verdict.because(Outcome.WARN)))
    if verdict.silences:
        emit(session, SilenceAsked(actor.account_id or 0, _told(verdict)))
    return verdict


def judge_edit(session: Session, actor: Actor, post: Post, draft: EditDraft) -> Verdict:
    """What watched words that were not in a post say to another wording of it: it is there, so nothing waits. What
    would be held is told to moderators instead. Raises Invalid where it cannot be posted."""
    matcher = queries.matcher_of(session)
    before = {hit.watched for hit in matcher.hits(f"{post.topic.title}\n\n{post.source}", post.board_id)}
    found = matcher.hits(f"{draft.title or ''}\n\n{draft.body.source}", post.board_id)
    brought = [hit for hit in found if hit.watched not in before]
    verdict = judge(Facts(hits=brought, keeps_board=actor.may(Right.MODERATE, post.board_id)))
    if verdict.outcome is Outcome.BLOCK:
        raise Invalid(wording.blocked(verdict.because(Outcome.BLOCK)), "body")
    return verdict


def tell_of_edit(session: Session, post: Post, verdict: Verdict) -> None:
    """Moderators hear of watched words that an edit brought in."""
    said = [reason.about for reason in verdict.because(Outcome.HOLD)]
    if why := ", ".join(dict.fromkeys([*verdict.flags, *said])):
        emit(session, FlagAsked(post.id, why))


def tell_of_flags(session: Session, post: Post, verdict: Verdict) -> None:
    """Moderators hear of what was posted with watched words that ask for it."""
    if verdict.flags:
        emit(session, FlagAsked(post.id, ", ".join(verdict.flags)))


def with_tags(session: Session, tags: Sequence[Tag], verdict: Verdict) -> list[Tag]:
    """The tags of a topic with those that watched words put on it, as far as there is room."""
    asked = boards.known_tags(session, verdict.tags) if verdict.tags else {}
    every = {tag.id: tag for tag in (*tags, *(asked[slug] for slug in verdict.tags if slug in asked))}
    return list(every.values())[: max(len(tags), number(sites.settings(session), "tags_max"))]


def title_changed(session: Session, title: str, board_id: int) -> str:
    """A title with watched words blackened or replaced."""
    return changed(title, queries.matcher_of(session).hits(title, board_id))


def _facts(
    session: Session, actor: Actor, board: Board, topic: Topic | None, draft: TopicDraft | ReplyDraft, now: datetime
) -> Facts:
    source = draft.body.source
    text = f"{draft.title}\n\n{source}" if isinstance(draft, TopicDraft) else source
    facts = Facts(
        trust=actor.trust,
        keeps_board=actor.may(Right.MODERATE, board.id),
        hits=queries.matcher_of(session).hits(text, board.id),
        board_holds=board.holds_topics if topic is None else board.holds_replies,
        topic_holds=topic is not None and topic.held_at is not None,
        member_held=session.scalar(select(Account.held_at).where(Account.id == actor.account_id)) is not None,
        mail_failed=draft.arrival.mail_failed,
        typing=draft.arrival.typing,
    )
    return _of_newcomer(session, actor, facts, draft.body, now) if facts.is_newcomer else facts


def _of_newcomer(session: Session, actor: Actor, facts: Facts, body: Written, now: datetime) -> Facts:
    assert actor.account_id is not None
    # What took too long is shown plainly for now: its addresses will be links when it is rendered again.
    html = str(linked(body.source)) if body.rendered.bounded else body.rendered.html
    found = hosts(html)
    holds.note_links(session, actor.account_id, found, now)
    fewest = number(sites.settings(session), "same_link_newcomers")
    return replace(
        facts,
        posts_before=_posts_before(session, actor.account_id),
        links=links(html),
        images=pictures(html),
        shared_hosts=queries.shared_hosts(session, found, actor.account_id, fewest, now),
    )


def _posts_before(session: Session, account_id: int) -> int:
    there = (Post.author_id == account_id, shown(), Topic.deleted_at.is_(None))
    count = select(func.count()).select_from(Post).join(Topic, Topic.id == Post.topic_id).where(*there)
    return session.scalar(count) or 0


def _numbers(session: Session) -> Numbers:
    kept = sites.settings(session)
    return Numbers(
        first_posts=number(kept, "first_posts_held"),
        first_linked=number(kept, "first_links_held"),
        same_link=number(kept, "same_link_newcomers"),
        typing=number(kept, "typing_speed"),
    )


def _told(verdict: Verdict) -> str:
    return ", ".join(reason.about for reason in verdict.reasons if reason.about)
