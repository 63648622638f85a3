"""Everything that somebody wrote in Markdown, rendered again by the present renderer.

In batches: names and tags are looked up once for each, the helper processes render the next while one is written.
Each batch is a transaction, so it can be killed and begun again. A handful of texts keep no version of
their own (guidance of boards, tags, pages, the welcome): they are done every time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.backstage.models import InternalNote
from forum.boards import queries as boards
from forum.boards.models import Board, Tag
from forum.conversations.models import Message
from forum.core.db import reading, transaction
from forum.core.markup import (
    RENDERER_VERSION,
    Job,
    Rendered,
    SourceKind,
    image_candidates,
    mention_candidates,
    render_many,
    tag_candidates,
)
from forum.core.web import running
from forum.drafts.models import WaitingText
from forum.holds.models import HeldPost
from forum.organization.models import Decision, Organization
from forum.organization.notice_models import Banner
from forum.pages.models import PageVersion
from forum.permissions import HOUSE
from forum.posts.actions.rerendering import Stale, count_to_render, posts_to_render, rerender
from forum.posts.guard_models import OverrideRequest, StandBy
from forum.site.models import Site
from forum.uploads import actions as uses
from forum.uploads import queries as uploads
from forum.uploads.addresses import tokens_in

BATCH = 200
T = TypeVar("T")
Column: TypeAlias = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Texts:
    """A column of Markdown beside one of HTML, with the version of the renderer and the plain text where they are kept.
    `place`: what uploads call it, where its readers see the pictures in it."""

    source: Column
    html: Column
    version: Column | None = None
    plain: Column | None = None
    place: str = ""


TEXTS: tuple[Texts, ...] = (
    Texts(Message.source, Message.html, Message.renderer_version, Message.plain, "message"),
    Texts(StandBy.source, StandBy.html, StandBy.renderer_version, StandBy.plain),
    Texts(HeldPost.source, HeldPost.html, HeldPost.renderer_version, HeldPost.plain),
    Texts(OverrideRequest.source, OverrideRequest.html),
    Texts(Decision.source, Decision.html),
    Texts(InternalNote.source, InternalNote.html, place="note"),
    Texts(Banner.source, Banner.html),
    Texts(Account.about_source, Account.about_html, Account.about_version),
    Texts(Board.guidance_source, Board.guidance_html),
    Texts(Organization.about_source, Organization.about_html),
    Texts(Tag.about_source, Tag.about_html),
    Texts(WaitingText.body, WaitingText.html),
    Texts(PageVersion.source, PageVersion.html),
    Texts(Site.welcome_source, Site.welcome_html),
)


def waiting(session: Session, *, everything: bool) -> int:
    """How many texts `render_again` will render."""
    beside = sum(session.scalar(_stale(texts, func.count(), everything=everything)) or 0 for texts in TEXTS)
    return beside + count_to_render(session, everything=everything)


def render_again(
    *, everything: bool, own: str, workers: int, told: Callable[[int], object] = lambda _number: None
) -> int:
    """Render and write; `told` hears how many more are done. Returns how many look different. Opens transactions."""
    changed = sum(_texts_again(texts, everything=everything, own=own, told=told) for texts in TEXTS)
    return changed + _posts_again(everything=everything, own=own, workers=workers, told=told)


def _posts_again(*, everything: bool, own: str, workers: int, told: Callable[[int], object]) -> int:
    changed = 0
    rendered = render_many(_jobs(_posts(everything=everything), own), workers=workers)
    for batch in _batches(rendered, BATCH):
        with transaction() as session:
            rerender(session, HOUSE, batch)
        changed += sum(stale.html != result.html for stale, result in batch)
        told(len(batch))
    return changed


def render_posts(posts: list[Stale], *, own: str) -> int:
    """Render these posts and write them, in one transaction; returns how many look different."""
    batch = list(render_many(_jobs([posts], own), workers=1))
    with transaction() as session:
        rerender(session, HOUSE, batch)
    return sum(stale.html != result.html for stale, result in batch)


def finish() -> None:
    """A job: what was shown plainly because the helpers were busy is rendered at leisure."""
    own = running.settings().base_url
    for texts in TEXTS:
        if texts.version is not None:
            _texts_again(texts, everything=False, own=own, told=lambda _number: None)
    if count_to_render(reading(), everything=False):
        _posts_again(everything=False, own=own, workers=1, told=lambda _number: None)


# ── posts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _posts(*, everything: bool) -> Iterator[list[Stale]]:
    after = 0
    while batch := posts_to_render(reading(), everything=everything, after=after, limit=BATCH):
        after = batch[-1].id
        yield batch


def _jobs(batches: Iterable[list[Stale]], own: str) -> Iterator[Job[Stale]]:
    for batch in batches:
        wanted = {stale: _candidates(stale.source, stale.kind) for stale in batch}
        names = accounts.known_names(reading(), frozenset[str]().union(*(names for names, _ in wanted.values())))
        tags = _known_tags(frozenset[str]().union(*(tags for _, tags in wanted.values())))
        pictures = {stale: image_candidates(stale.source) for stale in batch}
        images = uploads.shown(reading(), frozenset[str]().union(*pictures.values()))
        for stale, (its_names, its_tags) in wanted.items():
            its_images = {address: images[address] for address in pictures[stale] if address in images}
            yield Job(stale, stale.source, stale.kind, its_names & names, its_tags & tags, own, its_images)


_PROFILE = re.compile(r"/u/([^/?#\"'<>\s]{1,80})")


def _candidates(source: str, kind: SourceKind) -> tuple[frozenset[str], frozenset[str]]:
    """Names and tags that a text may mean. In HTML, mentions are links to profiles."""
    if kind is SourceKind.HTML:
        return frozenset(_PROFILE.findall(source)), frozenset()
    return mention_candidates(source), tag_candidates(source)


def _known_tags(candidates: frozenset[str]) -> frozenset[str]:
    """Those of the written tags that exist, as written."""
    known = boards.known_tags(reading(), {name.casefold() for name in candidates})
    return frozenset(name for name in candidates if name.casefold() in known)


# ── what keeps its HTML in the same row ───────────────────────────────────────────────────────────────────────────────


def _stale(texts: Texts, *columns: Any, everything: bool) -> Select[Any]:
    statement: Select[Any] = select(*columns).select_from(texts.source.class_).where(texts.source != "")
    return statement if everything or texts.version is None else statement.where(texts.version < RENDERER_VERSION)


def _texts(texts: Texts, *, everything: bool) -> Iterator[list[Stale]]:
    model, after = texts.source.class_, 0
    wanted = _stale(texts, model.id, texts.source, texts.html, everything=everything).order_by(model.id).limit(BATCH)
    while rows := reading().execute(wanted.where(model.id > after)).all():
        after = rows[-1][0]
        yield [Stale(row[0], row[1], SourceKind.MARKDOWN, row[2]) for row in rows]


def _texts_again(texts: Texts, *, everything: bool, own: str, told: Callable[[int], object]) -> int:
    changed = 0
    for batch in _batches(render_many(_jobs(_texts(texts, everything=everything), own), workers=1), BATCH):
        with transaction() as session:
            for old, result in batch:
                _write(session, texts, old, result)
        changed += sum(old.html != result.html for old, result in batch)
        told(len(batch))
    return changed


def _write(session: Session, texts: Texts, old: Stale, result: Rendered) -> None:
    """Unless it was edited meanwhile: then it is rendered already."""
    model = texts.source.class_
    values: dict[str, object] = {texts.html.key: result.html}
    if texts.version is not None:
        values[texts.version.key] = result.version
    if texts.plain is not None:
        values[texts.plain.key] = result.plain
    written: Any = session.execute(update(model).where(model.id == old.id, texts.source == old.source).values(values))
    if texts.place and written.rowcount:
        uses.use(session, HOUSE, texts.place, old.id, tokens_in(result.html), {})


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
