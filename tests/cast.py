"""The people and places that tests want to exist: plain factory functions, called inside `writing(app)`.

with writing(app) as session:
    ada = cast.member(session, "ada")
    board = cast.board(session, kind="question")
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from html import escape
from threading import Lock
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from forum import identity
from forum.accounts import names
from forum.accounts.models import Account, AccountSession, GroupMember, GroupRow
from forum.accounts.queries import secret_hash
from forum.accounts.sanction_models import Sanction
from forum.boards.models import Board, BoardRight, Section, Tag
from forum.core import clock
from forum.core.markup import RENDERER_VERSION, Rendered
from forum.core.slugs import slug_of
from forum.holds.models import HeldPost
from forum.organization.models import Affiliation, Organization, RoleGrant
from forum.permissions import Actor, Group, Right, Role
from forum.posts import actions as posts
from forum.posts import queries as reads
from forum.posts.actions import publishing
from forum.posts.drafts import ReplyDraft, TopicDraft, Written
from forum.posts.guard_models import StandBy
from forum.posts.limits import WriterFacts
from forum.posts.models import Post, Topic
from forum.posts.powers import Ground
from forum.site.queries import site as the_site

_count = itertools.count(1)
_LONG = timedelta(days=100)

PUBLIC = {
    Group.EVERYONE: [Right.SEE],
    Group.MEMBERS: [Right.START, Right.REPLY],
    Group.MODERATORS: [Right.MODERATE],
}
STAFF_ONLY = {Group.STAFF: [Right.SEE, Right.START, Right.REPLY]}


def account(session: Session, name: str = "", **given: Any) -> Account:
    """A confirmed account of a member, unless `given` says otherwise. Has no password: use `sign_in`."""
    name = name or f"person{next(_count)}"
    values: dict[str, Any] = {
        "name": name,
        "name_key": names.fold(name),
        "email": f"{name}@example.org",
        "email_key": f"{name}@example.org".lower(),
        "created_at": clock.now() - timedelta(days=100),
        "confirmed_at": clock.now() - timedelta(days=100),
        "trust": "member",
    }
    row = Account(**(values | given))
    session.add(row)
    session.flush()
    return row


def member(session: Session, name: str = "", **given: Any) -> Account:
    """Somebody who has been here a while."""
    return account(session, name, **given)


def newcomer(session: Session, name: str = "", **given: Any) -> Account:
    """Somebody who confirmed their address today."""
    return account(session, name, **({"trust": "newcomer", "created_at": clock.now()} | given))


def unconfirmed(session: Session, name: str = "", **given: Any) -> Account:
    """Somebody who has not opened the confirmation mail."""
    return account(session, name, **({"trust": "newcomer", "confirmed_at": None} | given))


def suspended(session: Session, name: str = "", **given: Any) -> Account:
    """Somebody who may read but not take part."""
    return suspend(session, account(session, name, **given))


def suspend(session: Session, person: Account, until: datetime | None = None) -> Account:
    """Suspend somebody, without a moderator and without telling them."""
    sanction(session, person, "suspension", until=until)
    return person


def sanction(session: Session, person: Account, kind: str, **given: Any) -> Sanction:
    """A sanction in force since now, unless `given` says otherwise; nobody is told."""
    values = {"rule": "other", "facts": "A test.", "detected": "own", "since": clock.now(), "role": "house"}
    row = Sanction(account_id=person.id, kind=kind, **(values | given))
    session.add(row)
    session.flush()
    return row


def placeholder(session: Session, name: str = "", **given: Any) -> Account:
    """An imported author whom nobody has claimed."""
    nobody = {"email": None, "email_key": None, "confirmed_at": None, "placeholder_since": clock.now()}
    return account(session, name, **(nobody | given))


def join(session: Session, person: Account, group: int, **given: Any) -> Account:
    """Put `person` into a group."""
    session.add(GroupMember(group_id=int(group), account_id=person.id, since=clock.now(), **given))
    session.get_one(GroupRow, int(group)).member_count += 1
    session.flush()
    return person


def group(session: Session, name: str = "", **given: Any) -> GroupRow:
    """A group that everybody sees and may enter, unless `given` says otherwise."""
    name = name or f"Circle {next(_count)}"
    values: dict[str, Any] = {"joining": "open", "seen_by": "everyone", "members_seen_by": "everyone"}
    row = GroupRow(slug=slug_of(name, 40), name=name, **(values | given))
    session.add(row)
    session.flush()
    return row


def moderator(session: Session, name: str = "", **given: Any) -> Account:
    """A member who keeps the place fair."""
    return join(session, account(session, name, **given), Group.MODERATORS)


def staff(
    session: Session,
    name: str = "",
    organization: Organization | None = None,
    roles: Iterable[Role] = Role,
    **given: Any,
) -> Account:
    """Somebody of the host organization, affiliated for a year, in every role unless `roles` says otherwise."""
    row = join(session, account(session, name, **given), Group.STAFF)
    organization = organization or host(session)
    since = clock.now() - timedelta(days=365)
    session.add(Affiliation(account_id=row.id, organization_id=organization.id, kind="staff", since=since))
    for role in roles:
        session.add(
            RoleGrant(
                account_id=row.id, organization_id=organization.id, role=role, evidence="acme.example", since=since
            )
        )
    session.flush()
    return row


def administrator(session: Session, name: str = "", **given: Any) -> Account:
    """Somebody who looks after boards, groups and settings."""
    return join(session, account(session, name, **given), Group.ADMINISTRATORS)


def host(session: Session) -> Organization:
    """The host organization of the tests."""
    row = session.query(Organization).filter_by(is_host=True).first()
    if row is None:
        row = Organization(slug="acme", name="Acme", is_host=True, created_at=clock.now())
        session.add(row)
        the_site(session).host = row.name
        session.flush()
    return row


def partner(session: Session, name: str = "Umbra") -> Organization:
    """An organization that takes part and does not host."""
    row = Organization(slug=name.casefold(), name=name, created_at=clock.now())
    session.add(row)
    session.flush()
    return row


def actor(session: Session, person: Account | None) -> Actor:
    """`person` as the domain sees them; None is a guest."""
    return identity.guest(session) if person is None else identity.actor_for(session, person)


def section(session: Session, name: str = "Workshop") -> Section:
    """A heading for boards."""
    row = Section(name=name, position=next(_count))
    session.add(row)
    session.flush()
    return row


def board(
    session: Session,
    slug: str = "",
    *,
    kind: str = "discussion",
    rights: dict[Group, list[Right]] | None = None,
    **given: Any,
) -> Board:
    """A public board, unless `rights` says otherwise."""
    slug = slug or f"board{next(_count)}"
    if "section_id" not in given:
        given["section_id"] = section(session).id
    row = Board(slug=slug, name=given.pop("name", slug.title()), kind=kind, created_at=clock.now(), **given)
    session.add(row)
    session.flush()
    for group, allowed in (PUBLIC if rights is None else rights).items():
        for right in allowed:
            session.add(BoardRight(board_id=row.id, group_id=int(group), right=str(right)))
    session.flush()
    return row


def tag(session: Session, slug: str, **given: Any) -> Tag:
    """A tag."""
    row = Tag(slug=slug, name=given.pop("name", slug), **given)
    session.add(row)
    session.flush()
    return row


def sign_in(client: FlaskClient, session: Session, person: Account) -> str:
    """Sign `person` in on `client` without the form; returns the session's secret."""
    secret = secrets.token_urlsafe(32)
    now: datetime = clock.now()
    session.add(AccountSession(account_id=person.id, secret_hash=secret_hash(secret), created_at=now, last_seen_at=now))
    session.flush()
    with client.session_transaction(base_url=client.application.extensions["settings"].base_url) as cookie:
        cookie["_user_id"] = secret
        cookie["_fresh"] = True
    return secret


def words(source: str) -> Written:
    """A text as a view hands it to a verb, without the renderer's helper process."""
    html = f"<p>{escape(source)}</p>"
    return Written(source, Rendered(html, source, len(source.split()), RENDERER_VERSION, bounded=False))


def topic(
    session: Session, where: Board, by: Account, title: str = "", body: str = "Some words to begin.", **given: Any
) -> Topic:
    """A topic that `by` started on the board, through the verb; limits in time are left aside."""
    who = actor(session, by)
    draft = TopicDraft(title=title or f"Topic number {next(_count)}", body=words(f"{body} {next(_count)}"), **given)
    with unhurried():
        post = posts.start_topic(session, who, where, draft)
        assert isinstance(post, Post)
        return post.topic


def reply(session: Session, to: Topic, by: Account, body: str = "An answer.", **given: Any) -> Post:
    """A reply through the verb; limits in time are left aside. Staff are not held back: a board that tests make is in
    its inception, where the guard only advises, unless a test says how far it is."""
    post = try_to_reply(session, to, by, body, **given)
    assert isinstance(post, Post)
    return post


def try_to_reply(
    session: Session, to: Topic, by: Account, body: str = "An answer.", **given: Any
) -> Post | StandBy | HeldPost:
    """The same, where the guard may have it stand by, or a moderator looks first."""
    draft = ReplyDraft(body=words(f"{body} {next(_count)}"), confirmed=frozenset({"old", "row"}), **given)
    with unhurried():
        return posts.reply(session, actor(session, by), to, draft)


def remove(session: Session, by: Account | Actor, post: Post, rule: str = "off_topic") -> None:
    """Take a post of somebody else away, as a moderator does by a rule."""
    who = by if isinstance(by, Actor) else actor(session, by)
    posts.remove_post(session, who, reads.post_for_update(session, who, post.id), Ground(rule))


def restore(session: Session, by: Account | Actor, post: Post) -> None:
    """Bring it back."""
    who = by if isinstance(by, Actor) else actor(session, by)
    posts.restore_post(session, who, reads.post_for_update(session, who, post.id))


_UNHURRIED = {"people": 0}
_AT_ONCE = Lock()  # threads come and go in any order: the last one out puts the limits back


@contextmanager
def unhurried() -> Iterator[None]:
    """Nobody waits between two posts inside this block: the limits are those of a test that arranges a scene."""
    with _AT_ONCE:
        if not _UNHURRIED["people"]:
            publishing.writer_facts, publishing.earlier_edits = _no_facts, _no_edits
        _UNHURRIED["people"] += 1
    try:
        yield
    finally:
        with _AT_ONCE:
            _UNHURRIED["people"] -= 1
            if not _UNHURRIED["people"]:
                publishing.writer_facts, publishing.earlier_edits = _FACTS, _EDITS


_FACTS, _EDITS = publishing.writer_facts, publishing.earlier_edits


def _no_facts(session: Session, actor: Actor, source: str, now: datetime) -> WriterFacts:
    return WriterFacts(is_newcomer=False, since=now - _LONG)


def _no_edits(session: Session, actor: Actor, post: Post, now: datetime) -> tuple[datetime | None, int]:
    return None, 0
