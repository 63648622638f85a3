"""A community made for measuring: people, boards, tags and a given number of posts, the same each time.

One topic is long; its posts carry what a topic page may have to look up: reactions, answers to each other, notes,
posts of the organization, hidden and deleted ones, an accepted answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.cases import Places
from bench.texts import rendered_texts, sentence
from bench.visitors import Visitor, visitors_for
from forum.accounts import names
from forum.accounts.models import Account, AccountSession
from forum.accounts.queries import secret_hash
from forum.app import create_app
from forum.boards.models import Board, BoardRight, Section, Tag
from forum.boards.presets import preset_rights
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.db.dialect import optimise
from forum.core.settings import Settings
from forum.organization import actions as organizations
from forum.organization.models import Affiliation
from forum.organization.voices import PLAIN, Voice
from forum.permissions import HOUSE
from forum.posts.actions.importing import ImportedPost, ImportedTopic, import_topics
from forum.posts.addresses import PAGE_SIZE, board_path, page_of, tag_path, topic_path
from forum.posts.drafts import Written
from forum.posts.models import Topic
from forum.posts.reading_models import ReadMark

PEOPLE = 2_500
"""So many that each may wait her five seconds between two replies while others write."""
STAFF = 5
BOARDS = ("question", "discussion", "question", "story", "discussion", "idea", "discussion", "reference")
TAGS = 24
LONG = 20 * PAGE_SIZE
DAYS = 150
"""How far back the community goes: under six months, so that no topic asks whether it is too old."""
BATCH = 400
RARELY = 1 / 2_000
"""How often a post has the rare word."""


@dataclass(frozen=True)
class Community:
    """Where it is, whom to send there, and what to look at. `topics`: ids of others than the long one."""

    posts: int
    environ: Mapping[str, str]
    places: Places
    member: Visitor
    writers: Sequence[Visitor]
    topics: Sequence[int]


def make(environ: Mapping[str, str], posts: int) -> Community:
    """Make it in the empty database that `environ` names."""
    app = create_app(Settings.from_environ(environ))
    dice = Random(posts)
    bodies = rendered_texts(dice)
    now = clock.now()
    with app.app_context():
        upgrade()
        with transaction() as session:
            ground = _Ground.lay(session, now)
            ids = _fill(session, ground, dice, bodies, posts)
            long = session.get_one(Topic, ids[0])
            places = Places(
                board=board_path("bench-1"),
                topic=topic_path(long),
                topic_end=topic_path(long, page_of(LONG)),
                tag=tag_path("tag-1"),
                profile=f"/u/{_name(0)}",
            )
        with transaction() as session:
            optimise(session)
        visitors = _signed_in(app, ground.people[STAFF:], now)
    with app.app_context():
        db.engine.dispose()
    return Community(posts, environ, places, visitors[0], visitors[1:], ids[1:])


def _name(number: int) -> str:
    return f"person-{number}"


@dataclass(frozen=True)
class _Ground:
    """What posts stand on."""

    now: datetime
    people: Sequence[int]
    organization: int
    boards: Sequence[int]
    tags: Sequence[int]

    @classmethod
    def lay(cls, session: Session, now: datetime) -> _Ground:
        people = _people(session, now)
        host = organizations.name_host(session, HOUSE, "Bench")
        for account_id in people[:STAFF]:
            since = now - timedelta(days=DAYS)
            session.add(Affiliation(account_id=account_id, organization_id=host.id, kind="staff", since=since))
        boards, tags = _boards(session, now), _tags(session)
        return cls(now, people, host.id, boards, tags)


def _people(session: Session, now: datetime) -> Sequence[int]:
    since = now - timedelta(days=DAYS)
    rows = [
        {
            "name": _name(number),
            "name_key": names.fold(_name(number)),
            "email": f"{_name(number)}@example.org",
            "email_key": f"{_name(number)}@example.org",
            "created_at": since,
            "confirmed_at": since,
            "trust": "member",
        }
        for number in range(PEOPLE)
    ]
    return session.scalars(insert(Account).returning(Account.id, sort_by_parameter_order=True), rows).all()


def _boards(session: Session, now: datetime) -> Sequence[int]:
    sections = [Section(name=f"Section {number}", position=number) for number in (1, 2)]
    session.add_all(sections)
    session.flush()
    boards = [
        Board(
            slug=f"bench-{n}", name=f"Bench {n}", kind=kind, section_id=sections[n % 2].id, position=n, created_at=now
        )
        for n, kind in enumerate(BOARDS, start=1)
    ]
    session.add_all(boards)
    session.flush()
    session.execute(
        insert(BoardRight),
        [
            {"board_id": board.id, "group_id": group, "right": str(right)}
            for board in boards
            for group, rights in preset_rights("public").items()
            for right in rights
        ],
    )
    return [board.id for board in boards]


def _tags(session: Session) -> Sequence[int]:
    rows = [{"slug": f"tag-{number}", "name": f"tag-{number}"} for number in range(1, TAGS + 1)]
    return session.scalars(insert(Tag).returning(Tag.id, sort_by_parameter_order=True), rows).all()


def _fill(session: Session, ground: _Ground, dice: Random, bodies: Sequence[Written], posts: int) -> list[int]:
    """Topics until there are so many posts, the long one first; their ids."""
    topics = [_topic(ground, dice, bodies, LONG, number=0)]
    left, ids = posts - LONG, list[int]()
    while left > 0:
        length = min(left, 1 + int(dice.expovariate(1 / 11)))
        topics.append(_topic(ground, dice, bodies, length, number=len(ids) + len(topics)))
        left -= length
        if len(topics) == BATCH:
            ids += [placed.topic_id for placed in import_topics(session, HOUSE, topics)]
            topics.clear()
    return ids + [placed.topic_id for placed in import_topics(session, HOUSE, topics)]


def _topic(ground: _Ground, dice: Random, bodies: Sequence[Written], length: int, *, number: int) -> ImportedTopic:
    lasts = timedelta(hours=1) * length * 2
    begun = ground.now - timedelta(days=dice.uniform(1, DAYS - 40)) - lasts
    posts = [_post(ground, dice, bodies, n, begun + lasts * (n / (length + 1))) for n in range(1, length + 1)]
    shown = [post.number for post in posts if post.is_shown and post.number > 1]
    accepted = dice.choice(shown) if shown and dice.random() < 0.3 else None
    if number == 0:  # the dearest case for its first page: an answer that stands elsewhere and answers yet another post
        accepted = next(post.number for post in posts[length // 2 :] if post.is_shown and post.reply_to_number)
    return ImportedTopic(
        board_id=ground.boards[number % len(ground.boards)],
        author_id=posts[0].author_id,
        title=f"{sentence(dice, 4, 9)[:-1]}, number {number}",
        created_at=begun,
        posts=posts,
        tag_ids=[ground.tags[0], *dice.sample(ground.tags[1:], 2)] if number % 3 == 0 else (),
        accepted_number=accepted,
        accepted_at=ground.now if accepted else None,
        views=dice.randint(0, 5000),
    )


def _post(ground: _Ground, dice: Random, bodies: Sequence[Written], number: int, at: datetime) -> ImportedPost:
    author = int(dice.random() ** 3 * PEOPLE)  # a few write much, most a little
    chance = dice.random() if number > 1 else 1.0
    is_staff = author < STAFF
    reactors = dice.sample(range(PEOPLE), k=dice.choice((0, 0, 1, 2, 4)))
    kinds = ("thanks", "helpful", "agree")
    return ImportedPost(
        number=number,
        author_id=ground.people[author],
        created_at=at,
        body=bodies[-1] if dice.random() < RARELY else dice.choice(bodies[:-1]),
        action="locked" if chance < 0.01 else "",
        reply_to_number=dice.randint(1, number - 1) if number > 1 and dice.random() < 0.3 else None,
        edited_at=at + timedelta(minutes=9) if dice.random() < 0.1 else None,
        hidden_at=at if 0.01 <= chance < 0.02 else None,
        deleted_at=at if 0.02 <= chance < 0.03 else None,
        organization_id=ground.organization if is_staff else None,
        affiliation_kind="staff" if is_staff else "",
        voice=Voice("answer", "official", "responder") if is_staff else PLAIN,
        reactions=[(ground.people[person], kinds[person % 3], at + timedelta(hours=1)) for person in reactors],
    )


def _signed_in(app: Flask, people: Sequence[int], now: datetime) -> list[Visitor]:
    """A session for everybody; who is first marked all read a month ago, as members do."""
    pairs = [(account_id, secrets.token_urlsafe(16)) for account_id in people]
    rows = [
        {"account_id": account_id, "secret_hash": secret_hash(secret), "created_at": now, "last_seen_at": now}
        for account_id, secret in pairs
    ]
    with transaction() as session:
        session.execute(insert(AccountSession), rows)
        session.add(ReadMark(account_id=people[0], marked_at=now - timedelta(days=30)))
    return visitors_for(app, [secret for _account_id, secret in pairs])
