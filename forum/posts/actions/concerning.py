"""Whether words are by or about the host, noted when they are published: its people then do not judge them alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts.models import Account
from forum.boards.models import Board
from forum.caretakers.queries import moderates_as_peer
from forum.core import clock
from forum.core.markup import mention_candidates
from forum.holds.models import HeldPost
from forum.holds.naming import Naming, naming
from forum.organization import queries as organizations
from forum.organization.models import Affiliation, Organization
from forum.permissions import Actor, is_peer
from forum.posts import saying
from forum.posts.calls import calls
from forum.posts.drafts import ReplyDraft, TopicDraft, Written
from forum.posts.models import Post, Topic
from forum.posts.powers import ALONE, Concerned, Ground, check_powers

LATELY = timedelta(days=30)
MOST_HELD = 20


def note_concern(session: Session, post: Post, body: Written) -> None:
    """By the host's people, on a board for what people think of it, an answer to one of its official posts, in a topic
    about it, or naming it or one of its people. What once was so stays so: moderators may have looked at it as that."""
    host = organizations.host(session)
    if host is None:
        return
    post.concerns_host = post.concerns_host or post.organization_id == host.id
    if _is_noted(post):
        return
    if (
        post.topic.board.is_feedback
        or post.topic.about_host
        or (post.is_opening and _is_official(post, host))
        or _answers_it(session, host, post.topic_id, None if post.is_opening else post.reply_to_number or 1)
        or _points_at_it(session, host, body.rendered.html, links=post.is_opening)
        or _is_meant(naming(session), saying.plainly(body), body.rendered.html)
    ):
        note_post(session, post)
    elif post.is_opening:
        post.topic.concerns_host = post.topic.concerns_host or post.concerns_host


def note_words(session: Session, post: Post, words: Iterable[str]) -> None:
    """The same for words that stand beside its text, as they were written: a title, fields, a poll."""
    texts = [text for text in words if text]
    if texts and not _is_noted(post) and _is_meant(naming(session), texts):
        note_post(session, post)


def note_post(session: Session, post: Post) -> None:
    """A post (with topic) is about the host; with the one that opens it, its topic and all that answers there."""
    post.concerns_host = True
    if post.is_opening:
        note_topic(session, post.topic)


def note_topic(session: Session, topic: Topic) -> None:
    """A topic is about the host, and so is everything in it."""
    topic.concerns_host = topic.about_host = True
    session.flush()
    there = (Post.topic_id == topic.id, Post.action == "", Post.concerns_host.is_(False))
    noted = update(Post).where(*there).values(concerns_host=True)
    session.execute(noted.execution_options(synchronize_session="fetch"))


def held_concerns_host(session: Session, row: HeldPost) -> bool:
    """The same of words that wait."""
    if row.concerns_host:
        return True
    host = organizations.host(session)
    if host is None:
        return False
    answers = row.topic_id is not None and (
        _answers_it(session, host, row.topic_id, row.reply_to_number or 1) or _is_about(session, row.topic_id)
    )
    return (
        answers
        or _is_of(session, host, Account.id == row.author_id)
        or _points_at_it(session, host, row.html, links=row.topic_id is None)
        or _is_meant(naming(session), [row.plain, *saying.words_beside(row)], row.html)
    )


def note_held(session: Session, row: HeldPost, draft: TopicDraft | ReplyDraft) -> None:
    """The same, once it is kept, as it was written: watched words in it may be blackened."""
    row.concerns_host = held_concerns_host(session, row) or _is_meant(
        naming(session), [*saying.plainly(draft.body), *saying.words_beside(draft)]
    )


# ── members ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_of_host(session: Session, account_id: int | None) -> bool:
    """Whether somebody belongs to the host now."""
    host = organizations.host(session)
    return host is not None and account_id is not None and _is_of(session, host, Account.id == account_id)


def wrote_of_host(session: Session, account_id: int) -> bool:
    """Whether somebody wrote within thirty days what is by or about the host, or stands on a board for what people
    think of it: shown, hidden, removed or held."""
    if session.scalar(posts_of_host(account_id, clock.now()).limit(1)) is not None:
        return True
    waited = select(HeldPost, Board.is_feedback).join(Board, Board.id == HeldPost.board_id)
    kept = waited.where(HeldPost.author_id == account_id, HeldPost.opened_at > clock.now() - LATELY)
    rows = session.execute(kept.order_by(HeldPost.id.desc()).limit(MOST_HELD)).all()
    return any(is_feedback or held_concerns_host(session, row) for row, is_feedback in rows)


def posts_of_host(account_id: int, at: datetime) -> Select[int]:
    """Ids of those of a member’s posts, of the thirty days before an instant."""
    about = or_(Post.concerns_host, Board.is_feedback, and_(Post.number == 1, Topic.concerns_host))
    written = select(Post.id).join(Topic, Topic.id == Post.topic_id).join(Board, Board.id == Topic.board_id)
    lately = Post.created_at > at - LATELY, Post.created_at <= at
    return written.where(Post.author_id == account_id, Post.action == "", *lately, about)


def concerns_host(session: Session, account_id: int) -> bool:
    """Whether judging a member judges the host, too: one of its own people, somebody who lately wrote about it, or who
    moderates as a peer and so judges it."""
    return (
        is_of_host(session, account_id) or moderates_as_peer(session, account_id) or wrote_of_host(session, account_id)
    )


def needs_peer_over(session: Session, actor: Actor, account_id: int) -> bool:
    """Whether `actor` may not decide alone of a member: one of the host's people of who belongs to it, wrote about it
    within thirty days, or moderates as a peer. Whatever is named as the reason, it could be that."""
    is_free = is_peer(actor) or actor.is_house or account_id == actor.account_id
    return not is_free and concerns_host(session, account_id)


def check_powers_over(session: Session, actor: Actor, account_id: int, ground: Ground = ALONE) -> None:
    """Raise PeerNeeded where somebody else must look, and nobody did."""
    if not ground.shared and needs_peer_over(session, actor, account_id):
        check_powers(actor, Concerned(account_id, concerns_host=True), is_feedback=False)


def names_host(session: Session, text: str) -> bool:
    """Whether a few words name the host or one of its people."""
    return _is_meant(naming(session), [text])


def profile_names_host(session: Session, account: Account) -> bool:
    """Whether somebody's profile says something of the host."""
    links = [str(word) for link in account.links for word in link.values()]
    said = [account.display_name, account.headline, account.location, account.about_source, *links]
    return _is_meant(naming(session), said, account.about_html)


def _is_noted(post: Post) -> bool:
    return post.concerns_host and (post.topic.about_host or not post.is_opening)


def _is_meant(known: Naming | None, texts: Collection[str], html: str = "") -> bool:
    """Whether it names the host or one of its people."""
    if known is None:
        return False
    called = {names.fold(name) for text in texts for name in mention_candidates(text)}
    called |= {names.fold(name) for name in calls(html).names}
    return not called.isdisjoint(known.keys) or known.stands_in(texts)


def _is_official(post: Post, host: Organization) -> bool:
    return post.organization_id == host.id and post.capacity != "personal"


def _is_about(session: Session, topic_id: int) -> bool:
    return bool(session.scalar(select(Topic.about_host).where(Topic.id == topic_id)))


def _points_at_it(session: Session, host: Organization, html: str, *, links: bool) -> bool:
    """Whether it quotes an official post of the host or, where a topic begins so, links to one."""
    found = calls(html)
    ids = found.quoted | found.linked if links else found.quoted
    return bool(ids) and _official(session, host, Post.id.in_(ids))


def _is_of(session: Session, host: Organization, who: ColumnElement[bool]) -> bool:
    there = (
        select(Account.id)
        .join(Affiliation, Affiliation.account_id == Account.id)
        .where(who, Affiliation.organization_id == host.id, *organizations.in_force(clock.now()))
    )
    return session.scalar(there.limit(1)) is not None


def _answers_it(session: Session, host: Organization, topic_id: int, number: int | None) -> bool:
    there = (Post.topic_id == topic_id, Post.number == number)
    return number is not None and _official(session, host, and_(*there))


def _official(session: Session, host: Organization, which: ColumnElement[bool]) -> bool:
    theirs = (Post.organization_id == host.id, Post.capacity != "personal")
    return session.scalar(select(Post.id).where(which, *theirs).limit(1)) is not None
