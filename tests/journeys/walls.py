"""Attacks written on every wall of the forum: what they would be if every check before the template had failed.

Texts that are rendered go through the real renderer; names, titles and lines stand in the tables as they are, so that
the templates alone must hold. Only links of profiles pass their check, which is what guards them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from flask import Flask
from sqlalchemy.orm import Session

from forum.accounts import wording
from forum.accounts.models import Account, GroupRow
from forum.boards.models import Section, Tag
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.markup import Job, Rendered, SourceKind, render_many
from forum.permissions import HOUSE
from forum.posts.actions.importing import ImportedPost, ImportedTopic, import_topics
from forum.posts.drafts import Written
from forum.posts.models import Post, Revision
from forum.site import queries as sites
from tests import cast
from tests.corpora import shared
from tests.machines.databases import writing
from tests.machines.proof import PROVE

CORPORA = ("dompurify-expect", "h5sc-items", "h5sc-payloads", "bleach-tests", "ammonia-tests")
A_PAGE = 20
TOLD = ("<", "javascript:", "data:", "vbscript:", "expression(", "&#", "url(", "](")


def attacks() -> list[str]:
    """Every text of the corpora that could do something; a tenth of them unless proving. Each once."""
    texts: dict[str, None] = {}
    for name in CORPORA:
        texts |= dict.fromkeys(_texts(json.loads(shared("data", "corpora", "xss", f"{name}.json").read_text("utf-8"))))
    told = [text for text in texts if any(sign in text.lower() for sign in TOLD)]
    return told if PROVE else told[::10]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


@dataclass
class Walls:
    """Where the attacks stand: addresses to open, signed in as `administrator`."""

    administrator: Account
    pages: list[str] = field(default_factory=list)


def written_on(app: Flask, texts: Sequence[str]) -> Walls:
    """Put `texts` everywhere."""
    bodies = _rendered(texts)
    with writing(app) as session:
        ada = cast.administrator(session, "ada", display_name=_line(texts[0], 60))
        walls = Walls(ada)
        people = _people(session, texts)
        tags = _tags(session, texts)
        _boards(session, walls, texts, bodies)
        _topics(session, walls, texts, bodies, people, tags)
        _versions(session, walls, texts, people)
        _place(session, texts, bodies)
        walls.pages += [f"/u/{person.name}" for person in people[:: 1 if PROVE else 3]] + [
            f"/tags/{tag.slug}" for tag in tags[:5]
        ]
    walls.pages += ["/", "/latest", "/tags", "/settings", *_administration(ada), *_echoes(texts)]
    return walls


def _rendered(texts: Sequence[str]) -> dict[tuple[str, SourceKind], Rendered]:
    """Each text as Markdown and as imported HTML; of those that come out alike, one."""
    jobs = [Job((text, kind), text, kind) for text in texts for kind in SourceKind]
    return dict(render_many(jobs, workers=2))


def _line(text: str, longest: int) -> str:
    return " ".join(text.replace("\0", "").split())[:longest] or "-"


def _people(session: Session, texts: Sequence[str]) -> list[Account]:
    people = []
    for number in range(0, len(texts), 4):
        one, two, three, four = (texts[(number + step) % len(texts)] for step in range(4))
        about = {"display_name": _line(one, 60), "headline": _line(two, 120), "location": _line(three, 80)}
        person = cast.member(session, f"p{number}", **about, pronouns=_line(four, 40), links=_links((one, two, three)))
        people.append(person)
    return people


def _links(texts: Sequence[str]) -> list[dict[str, str]]:
    """As far as the check of profiles lets them: as label, as address, behind a host."""
    kept = []
    for label, url in [(texts[0], "https://example.org"), ("x", texts[1]), ("x", f"https://example.org/{texts[2]}")]:
        try:
            link = wording.link(label[:40], url[:200])
        except Invalid:
            continue
        kept.append({"label": link.label, "url": link.url})
    return kept


def _tags(session: Session, texts: Sequence[str]) -> list[Tag]:
    return [
        cast.tag(session, f"tag{number}", name=_line(text, 40), description=_line(text, 300))
        for number, text in enumerate(texts[: 3 * A_PAGE])
    ]


def _boards(session: Session, walls: Walls, texts: Sequence[str], bodies: dict[Any, Rendered]) -> None:
    for number, text in enumerate(texts[5 : 5 + A_PAGE // 2]):
        section = Section(name=_line(text, 60), position=number)
        session.add(section)
        session.flush()
        cast.board(
            session, f"board{number}", section_id=section.id, name=_line(text, 60), description=_line(text, 300),
            guidance_source=text, guidance_html=bodies[text, SourceKind.MARKDOWN].html,
        )  # fmt: skip
        session.add(GroupRow(slug=f"g{number}", name=_line(text, 60), description=_line(text, 300)))
        walls.pages += [f"/b/board{number}", f"/b/board{number}/new"]


def _topics(
    session: Session,
    walls: Walls,
    texts: Sequence[str],
    bodies: dict[tuple[str, SourceKind], Rendered],
    people: Sequence[Account],
    tags: Sequence[Tag],
) -> None:
    """Twenty attacks a page; what comes out alike is shown once."""
    different = {rendered.html: (text, kind, rendered) for (text, kind), rendered in bodies.items()}
    shown = list(different.values())
    board = cast.board(session, "workshop")
    now = clock.now()
    for start in range(0, len(shown), A_PAGE):
        page = [
            ImportedPost(
                number=number, author_id=people[(start + number) % len(people)].id, created_at=now,
                body=Written(text.replace("\0", ""), rendered, kind), reply_to_number=number - 1 or None,
            )
            for number, (text, kind, rendered) in enumerate(shown[start : start + A_PAGE], 1)
        ]  # fmt: skip
        title = _line(shown[start][0], 255)
        topic = ImportedTopic(
            board.id, page[0].author_id, title, now - timedelta(hours=1), page,
            tag_ids=[tag.id for tag in tags[start % len(tags) :][:3]], fields={"tried": title},
        )  # fmt: skip
        (placed,) = import_topics(session, HOUSE, [topic])
        walls.pages.append(f"/t/{placed.topic_id}?quote={placed.post_ids[1]}")
        if start % (4 * A_PAGE) == 0:
            walls.pages.append(f"/p/{placed.post_ids[1]}/edit")


def _versions(session: Session, walls: Walls, texts: Sequence[str], people: Sequence[Account]) -> None:
    """One post with a long history, whose diffs show sources."""
    topic = cast.topic(session, cast.board(session, "old"), people[0])
    post = session.get_one(Post, topic.last_post_id)
    for number, text in enumerate(texts[:A_PAGE], 1):
        source, title, reason = text[:400].replace("\0", ""), _line(text, 200), _line(text, 200)
        session.add(
            Revision(
                post_id=post.id,
                number=number,
                author_id=people[0].id,
                created_at=clock.now(),
                title=title,
                source=source,
                reason=reason,
            )
        )
    post.revision_count = A_PAGE
    walls.pages += [f"/p/{post.id}/history", f"/p/{post.id}/history?page=2"]


def _place(session: Session, texts: Sequence[str], bodies: dict[Any, Rendered]) -> None:
    site = sites.site(session)
    text = next(text for text in texts if "<" in text)
    site.name, site.tagline = _line(text, 80), _line(text, 200)
    site.welcome_source, site.welcome_html = text, bodies[text, SourceKind.HTML].html


def _administration(ada: Account) -> list[str]:
    parts = ("", "/boards", "/tags", "/groups", "/people", "/site", "/outbox", "/jobs", "/boards/1", "/boards/1/rights")
    return [f"/admin{part}" for part in (*parts, f"/people/{ada.id}", "/tags/1", "/groups/6")]


def _echoes(texts: Sequence[str]) -> list[str]:
    """Addresses that say again what stands in them."""
    echoed = []
    for text in texts[:: max(1, len(texts) // 6)]:
        typed = quote(text[:600].encode("utf-8", "surrogatepass"), safe="")
        asked = f"login={typed}&next=/{typed}&words={typed}&order={typed}&page={typed}&show={typed}&preset={typed}"
        echoed += [f"/{typed}", f"/u/{typed}", f"/tags/{typed}", f"/forgot?{asked}", f"/admin/people?{asked}"]
    return echoed
