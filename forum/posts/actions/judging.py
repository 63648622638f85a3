"""Asking the rules of holding about words that somebody wants to publish, and what follows where they pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board, Tag
from forum.core import clock
from forum.core.changes import added_characters
from forum.core.errors import InvalidFields
from forum.core.events import emit
from forum.holds import actions as holds
from forum.holds import queries, reading, wording
from forum.holds.events import FlagAsked, SilenceAsked
from forum.holds.hosts import hosts, links, pictures
from forum.holds.reading import Said
from forum.holds.rules import PASSED, Facts, Numbers, Outcome, Rule, Verdict, judge
from forum.holds.words import Hit, changed
from forum.permissions import Actor, Right
from forum.posts import saying
from forum.posts.drafts import EditDraft, ReplyDraft, TopicDraft
from forum.posts.limits import SOME_TEXT, AskFirst
from forum.posts.models import Post, Topic
from forum.posts.tallies import shown
from forum.site import queries as sites
from forum.site.settings import number

WORDS = "words"
"""The question of whoever is warned before posting."""
AT_HOME = 10_000
"""As if somebody had written for long: a correction is not one of the first posts."""
OF_WORDS = (Rule.WORD, Rule.SILENCE)

Found = Mapping[str, Sequence[Hit]]
"""Watched words by the field in which they stand."""


def judge_words(
    session: Session, actor: Actor, board: Board, topic: Topic | None, draft: TopicDraft | ReplyDraft, now: datetime
) -> Verdict:
    """What becomes of a topic on `board`, or of a reply in `topic`. Raises Invalid where it cannot be posted, and
    AskFirst where its writer is to think again; who answered that goes on."""
    if draft.arrival.is_cleared:
        return PASSED
    found = reading.found(queries.matcher_of(session), saying.said(draft, board.kind), board.id)
    _check_blocked(found)
    facts = Facts(
        trust=actor.trust,
        keeps_board=actor.may(Right.MODERATE, board.id),
        hits=_hits(found),
        board_holds=board.holds_topics if topic is None else board.holds_replies,
        topic_holds=topic is not None and topic.held_at is not None,
        member_held=_is_held(session, actor),
        mail_failed=draft.arrival.mail_failed,
        typing=draft.arrival.typing,
    )
    if facts.is_newcomer:
        facts = _of_newcomer(session, actor, facts, saying.shown(draft, board.kind), now)
    verdict = judge(facts, _numbers(session))
    if verdict.outcome is Outcome.WARN and WORDS not in draft.confirmed:
        raise AskFirst(WORDS, wording.warned(verdict.because(Outcome.WARN)))
    if verdict.silences:
        emit(session, SilenceAsked(actor.account_id or 0, _told(verdict)))
    return verdict


def judge_edit(session: Session, actor: Actor, post: Post, draft: EditDraft) -> Verdict:
    """What the rules say to what another wording brings into a post (with topic and board): it is there, so nothing
    waits. What would be held is told to moderators instead. Raises Invalid where it cannot be posted."""
    matcher, board = queries.matcher_of(session), post.topic.board
    before = reading.found(matcher, saying.standing(post), board.id)
    brought = _brought(before, reading.found(matcher, saying.said(draft, board.kind), board.id))
    _check_blocked(brought)
    keeps = actor.may(Right.MODERATE, board.id)
    shown, shows = saying.shown_by(post, draft), saying.shown(draft, board.kind)
    came = [host for host in hosts(shows) if host not in hosts(shown)]
    facts = Facts(
        trust=actor.trust,
        keeps_board=keeps,
        hits=_hits(brought),
        links=max(links(shows) - links(shown), len(came), 0),
        images=max(pictures(shows) - pictures(shown), 0),
    )
    grows = added_characters(post.source, draft.body.source, SOME_TEXT) > SOME_TEXT
    if not keeps and (grows or facts.links or facts.images):
        facts = replace(
            facts,
            board_holds=board.holds_topics if post.is_opening else board.holds_replies,
            topic_holds=not post.is_opening and post.topic.held_at is not None,
            member_held=_is_held(session, actor),
        )
        if facts.is_newcomer:
            facts = _newly_linking(session, actor, facts, came, clock.now(), besides=post)
    elif facts.is_newcomer:
        facts = replace(facts, posts_before=AT_HOME)
    return judge(facts, _numbers(session))


def judge_title(session: Session, actor: Actor, board_id: int, title: str, before: str = "") -> tuple[str, Verdict]:
    """Another title of a topic on the board as it will stand, and what the rules say to the words that it brings, as in
    an edit. Raises Invalid where it cannot be called so."""
    if title == before:
        return title, PASSED
    matcher = queries.matcher_of(session)
    brought = _brought(*(reading.found(matcher, [Said("title", text)], board_id) for text in (before, title)))
    _check_blocked(brought)
    verdict = judge(Facts(hits=_hits(brought), keeps_board=actor.may(Right.MODERATE, board_id)))
    return words_changed(session, title, board_id), verdict


def check_beside(session: Session, actor: Actor, post: Post, before: Iterable[Said], after: Iterable[Said]) -> None:
    """Words that stand beside the text of a post (with topic and board) become others: as in an edit, what is blocked
    comes back, and moderators hear of what would be held."""
    matcher = queries.matcher_of(session)
    brought = _brought(*(reading.found(matcher, said, post.board_id) for said in (before, after)))
    _check_blocked(brought)
    verdict = judge(Facts(hits=_hits(brought), keeps_board=actor.may(Right.MODERATE, post.board_id)))
    tell_of_edit(session, post, verdict)


def tell_of_edit(session: Session, post: Post, verdict: Verdict) -> None:
    """Moderators hear of watched words that an edit brought in, and of what else would have waited."""
    held = verdict.because(Outcome.HOLD)
    words = [reason.about for reason in held if reason.rule in OF_WORDS]
    others = [{"rule": str(reason.rule), "about": reason.about} for reason in held if reason.rule not in OF_WORDS]
    why, also = ", ".join(dict.fromkeys([*verdict.flags, *words])), "; ".join(wording.exact_words(others))
    if why or also:
        emit(session, FlagAsked(post.id, why, also))


def tell_of_flags(session: Session, post: Post, verdict: Verdict) -> None:
    """Moderators hear of what was posted with watched words that ask for it."""
    if verdict.flags:
        emit(session, FlagAsked(post.id, ", ".join(verdict.flags)))


def with_tags(session: Session, tags: Sequence[Tag], verdict: Verdict) -> list[Tag]:
    """The tags of a topic with those that watched words put on it, as far as there is room."""
    asked = boards.known_tags(session, verdict.tags) if verdict.tags else {}
    every = {tag.id: tag for tag in (*tags, *(asked[slug] for slug in verdict.tags if slug in asked))}
    return list(every.values())[: max(len(tags), number(sites.settings(session), "tags_max"))]


def words_changed(session: Session, words: str, board_id: int) -> str:
    """A title, or other plain words, with watched ones blackened or replaced."""
    return changed(words, queries.matcher_of(session).hits(words, board_id))


def fields_changed(session: Session, board: Board, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered to the questions of a form, likewise."""
    texts = saying.texts(board.kind, fields)
    return {**fields, **{key: words_changed(session, text, board.id) for key, text in texts.items()}}


def _check_blocked(found: Found) -> None:
    if wrong := wording.blocked(found):
        raise InvalidFields(wrong)


def _brought(before: Found, after: Found) -> Found:
    known = {hit.watched for hit in _hits(before)}
    return {field: [hit for hit in hits if hit.watched not in known] for field, hits in after.items()}


def _hits(found: Found) -> list[Hit]:
    return [hit for hits in found.values() for hit in hits]


def _is_held(session: Session, actor: Actor) -> bool:
    return session.scalar(select(Account.held_at).where(Account.id == actor.account_id)) is not None


def _of_newcomer(session: Session, actor: Actor, facts: Facts, html: str, now: datetime) -> Facts:
    facts = replace(facts, links=links(html), images=pictures(html))
    return _newly_linking(session, actor, facts, hosts(html), now)


def _newly_linking(
    session: Session, actor: Actor, facts: Facts, found: Sequence[str], now: datetime, *, besides: Post | None = None
) -> Facts:
    """The facts with how many posts somebody new wrote before, and with which of these hosts several link to."""
    assert actor.account_id is not None
    holds.note_links(session, actor.account_id, found, now)
    fewest = number(sites.settings(session), "same_link_newcomers")
    return replace(
        facts,
        posts_before=_posts_before(session, actor.account_id, besides),
        shared_hosts=queries.shared_hosts(session, found, actor.account_id, fewest, now),
    )


def _posts_before(session: Session, account_id: int, besides: Post | None) -> int:
    there = (
        Post.author_id == account_id,
        shown(),
        Topic.deleted_at.is_(None),
        Post.id != (besides.id if besides else 0),
    )
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
