"""Keeping words, and letting go of them."""

from __future__ import annotations

from secrets import token_urlsafe

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.words import gettext as _
from forum.drafts import queries
from forum.drafts.models import Draft, Rest, WaitingText
from forum.drafts.sequence import Attempt, Standing, Verdict, judge
from forum.drafts.words import Words
from forum.permissions import Act, Actor, allows, require
from forum.shields import queries as shields
from forum.site import queries as sites
from forum.site.settings import duration
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in

MOST = 200
At = tuple[str, int]


class Stale(Conflict):
    """Another tab has kept words that this one has not seen: `theirs`, under `stamp`. Both are safe."""

    def __init__(self, sentence: str, theirs: Words, stamp: str) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.stamp = stamp


def keep(session: Session, actor: Actor, place: str, place_id: int, words: Words, attempt: Attempt) -> str:
    """Keep the words as the actor's draft there; returns its stamp. Raises Stale instead of overwriting what the form
    has not seen. Nothing but white space is not kept, and overwrites nothing."""
    require(actor, Act.KEEP_DRAFT)
    standing = _standing(session, actor, place, place_id)
    if words.is_empty:
        return standing.stamp if standing else ""
    verdict = judge(_as_plain(standing), attempt)
    if verdict is Verdict.NEW:
        made = _begin(session, actor, place, place_id)
        if made is None:  # another tab was quicker by a moment
            return keep(session, actor, place, place_id, words, attempt)
        standing = made
    if standing is None:
        raise Stale(
            _("This draft was published or thrown away in another tab. What you have here is kept only in this one."),
            Words(),
            "",
        )
    if verdict is Verdict.OLDER or words == said(standing):
        return standing.stamp
    if verdict is Verdict.STALE:
        raise Stale(
            _("Another tab has kept a later draft. Nothing was overwritten: compare the two."),
            said(standing),
            standing.stamp,
        )
    _write(session, actor, standing, words, attempt)
    return standing.stamp


def said(draft: Draft | WaitingText) -> Words:
    """The words of a draft."""
    return Words(draft.title, draft.body, dict(draft.rest))


def _as_plain(draft: Draft | None) -> Standing | None:
    return Standing(draft.stamp, draft.tab, draft.tick) if draft else None


def _standing(session: Session, actor: Actor, place: str, place_id: int) -> Draft | None:
    return session.scalars(
        select(Draft)
        .where(queries.at(actor, place, place_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _begin(session: Session, actor: Actor, place: str, place_id: int) -> Draft | None:
    """A draft without words yet; None when there is one already."""
    if queries.count_of(session, actor, MOST) >= MOST:
        raise Invalid(_("You have %(n)s drafts. Throw some away, then this one can be kept.", n=MOST))
    draft = Draft(account_id=actor.account_id, place=place, place_id=place_id, sequence=0, updated_at=clock.now())
    try:
        with session.begin_nested():
            session.add(draft)
            session.flush()
    except IntegrityError:
        return None
    return draft


def _write(session: Session, actor: Actor, draft: Draft, words: Words, attempt: Attempt) -> None:
    before = draft.body
    draft.title, draft.body, draft.rest = words.title, words.body, words.rest
    draft.sequence += 1
    draft.tab, draft.tick = attempt.tab[:40], attempt.tick or 0
    draft.updated_at = clock.now()
    session.flush()
    tokens = tokens_in(words.body)
    if tokens != tokens_in(before) and allows(actor, Act.UPLOAD):
        uploads.disuse(session, actor, "draft", draft.id)
        uploads.use(session, actor, "draft", draft.id, tokens, {})


def settle(session: Session, actor: Actor, place: str, place_id: int, attempt: Attempt) -> None:
    """The form's words are published: its draft is not needed any more. One that it has not seen stays."""
    require(actor, Act.KEEP_DRAFT)
    standing = _standing(session, actor, place, place_id)
    if standing is not None and (standing.stamp == attempt.stamp or (attempt.tab and standing.tab == attempt.tab)):
        _remove(session, actor, standing)


def move(session: Session, actor: Actor, origin: At, target: At, also: Rest) -> None:
    """What was begun at one place goes on at another, with further fields of the form there. What is begun there
    already stays, and so does this then."""
    require(actor, Act.KEEP_DRAFT)
    standing = _standing(session, actor, *origin)
    if standing is not None and _standing(session, actor, *target) is None:
        standing.place, standing.place_id = target
        standing.rest = {**standing.rest, **also}
        session.flush()


def discard(session: Session, actor: Actor, draft: Draft) -> None:
    """Throw one's draft away."""
    require(actor, Act.DISCARD_DRAFT, draft)
    _remove(session, actor, draft)


def _remove(session: Session, actor: Actor, draft: Draft) -> None:
    if tokens_in(draft.body):
        uploads.disuse(session, actor, "draft", draft.id)
    session.delete(draft)
    session.flush()


def forget_old(session: Session, actor: Actor, limit: int) -> int:
    """Forget up to `limit` drafts that nobody touched for long, and texts that waited for a week."""
    require(actor, Act.ADMINISTER)
    since = clock.now() - duration(sites.settings(session), "drafts_kept")
    old = session.scalars(select(Draft).where(Draft.updated_at < since).limit(limit)).all()
    for draft in old:
        _remove(session, actor, draft)
    session.execute(delete(WaitingText).where(WaitingText.created_at < clock.now() - queries.WAITS))
    return len(old)


# ── written before joining ────────────────────────────────────────────────────────────────────────────────────────────


def let_wait(
    session: Session, actor: Actor, place: str, place_id: int, words: Words, html: str, address: str = ""
) -> str:
    """Keep a guest's words until they have signed in, with how they will look; returns the secret by which they find
    them again. Blocked where `address`, from which they write, lies in a range that is shut out."""
    require(actor, Act.LET_WAIT)
    shields.check_range(session, address)
    secret = token_urlsafe(24)
    session.add(
        WaitingText(
            secret_hash=queries.secret_hash(secret),
            place=place,
            place_id=place_id,
            title=words.title,
            body=words.body,
            html=html,
            rest=words.rest,
            created_at=clock.now(),
        )
    )
    session.flush()
    return secret


def forget_waiting(session: Session, actor: Actor, secret: str) -> None:
    """The words are published, or thrown away by who has the secret."""
    require(actor, Act.LET_WAIT)
    session.execute(delete(WaitingText).where(WaitingText.secret_hash == queries.secret_hash(secret)))
