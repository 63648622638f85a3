"""Writing the demo community into an empty database: one transaction, so that a seeding cut short leaves nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import Session

from forum.accounts import names, passwords
from forum.accounts.models import Account, GroupMember, GroupRow
from forum.boards import actions as boards
from forum.boards.drafts import BoardDraft, TagDraft
from forum.boards.kinds import kind as kind_of
from forum.boards.models import Board
from forum.boards.presets import preset_rights
from forum.core.db.dialect import max_batch, optimise
from forum.core.errors import Conflict
from forum.core.words import gettext as _
from forum.demo.backstage import keep_backstage
from forum.demo.chartered import write_charter
from forum.demo.circles import draw_circles
from forum.demo.doors import stand_at_doors
from forum.demo.following import follow_as_they_took_part
from forum.demo.gathered import gather
from forum.demo.ground import Ground
from forum.demo.judged import judge
from forum.demo.rendering import Prepared
from forum.demo.scored import keep_score
from forum.demo.seeded import sow
from forum.demo.shown import Keep, keep_shown
from forum.demo.stated import state
from forum.demo.texts import Person
from forum.demo.thanked import thank
from forum.demo.topics import write_topics
from forum.demo.waiting import Who, leave_waiting
from forum.importers.queries import posts_without_affiliation
from forum.organization import actions as organizations
from forum.organization.models import Affiliation, BoardSummary
from forum.pages import actions as pages
from forum.pages.drafts import PageDraft
from forum.permissions import HOUSE, Group, Role
from forum.popularity import actions as popularity
from forum.popularity.queries import scores
from forum.popularity.scores import Span
from forum.posts.models import Post, Topic
from forum.posts.reading_models import TopicRead
from forum.site import actions as sites
from forum.site.drafts import SiteDraft, fingerprint, site_draft
from forum.site.queries import site as the_site
from forum.stewardship import actions as stewardship

# How long ago those who can be signed in as were last here: what came since is new or unread to them.
LAST_VISITS = {"member": timedelta(hours=30), "staff": timedelta(hours=26), "administrator": timedelta(hours=24)}

_GROUPS: Mapping[str, Sequence[Group]] = {
    "staff": [Group.STAFF],
    "moderator": [Group.MODERATORS],
    "administrator": [Group.STAFF, Group.ADMINISTRATORS],
}
_TRUST = {"newcomer": "newcomer", "moderator": "regular"}


@dataclass(frozen=True)
class Login:
    """An account of the demo that somebody may sign in with; its password is kept nowhere else."""

    role: str
    name: str
    password: str
    password_hash: str


def is_empty(session: Session) -> bool:
    """Whether there is neither an account nor a board nor a topic."""
    return not any(session.scalar(select(exists(select(model.id)))) for model in (Account, Board, Topic))


def invent_logins(people: Sequence[Person]) -> list[Login]:
    """Random passwords for those who may be signed in as. Takes the time of their hashes."""
    return [_login(person) for person in people if person.demo_login]


def seed(session: Session, prepared: Prepared, logins: Sequence[Login], now: datetime, keep: Keep, who: Who) -> None:
    """Write everything, as if it had happened in the months before `now`; files are put into storage by `keep`. `who`
    makes an actor of an account. Raises Conflict unless nothing is there."""
    if not is_empty(session):
        raise Conflict(_("There are accounts, boards or topics here already: the demo needs an empty database."))
    _describe_site(session, prepared, now)
    people = _people(session, prepared, {login.name: login for login in logins}, now)
    house = _organization(session, prepared, people, now)
    draw_circles(session, people)
    places = _boards(session, prepared)
    tags = {
        tag.slug: boards.create_tag(session, HOUSE, TagDraft(tag.name, tag.description)).id
        for tag in prepared.community.tags
    }
    _pages(session, prepared)
    ground = Ground(people, places, tags, house, now)
    write_charter(session, prepared, ground)
    topic_ids = write_topics(session, prepared, ground)
    gather(session, ground, topic_ids)
    state(session, prepared, ground, topic_ids)
    keep_backstage(session, prepared, ground, topic_ids, who)
    keep_shown(session, ground, keep)
    _remember_visits(session, prepared, people, now)
    _seen_last(session)
    session.flush()
    follow_as_they_took_part(session)
    leave_waiting(session, prepared, ground, topic_ids, who)
    sow(session, prepared, ground, topic_ids, who)
    thank(session, prepared, ground, topic_ids, who)
    judge(session, prepared, ground, topic_ids, who)
    stewardship.settle_boards(session, places.values(), now, posts_without_affiliation())
    session.execute(update(BoardSummary).values(shadow_until=None))  # its boards have been there for months
    stand_at_doors(session, prepared, ground, topic_ids, who)
    keep_score(session, ground)
    for span in Span:
        popularity.keep_scores(session, span, scores(session, span, now), now)
    optimise(session)


# ── the place and its people ──────────────────────────────────────────────────────────────────────────────────────────


def _describe_site(session: Session, prepared: Prepared, now: datetime) -> None:
    site, house = the_site(session), prepared.community.house
    welcome = prepared.words["house", "welcome", 0]
    draft = SiteDraft(house.place, house.tagline, welcome.source, welcome.rendered.html)
    sites.describe_site(session, HOUSE, site, draft, fingerprint(site_draft(site)))
    site.seeded_at = now


def _people(session: Session, prepared: Prepared, logins: Mapping[str, Login], now: datetime) -> dict[str, int]:
    accounts = [_account(person, prepared, logins.get(person.name), now) for person in prepared.community.people]
    session.add_all(accounts)
    session.flush()
    ids = {account.name: account.id for account in accounts}
    session.add_all(
        GroupMember(group_id=int(group), account_id=ids[person.name], since=_joined(person, now))
        for person in prepared.community.people
        for group in _GROUPS.get(person.role, ())
    )
    session.flush()
    _count_members(session)
    return ids


def _count_members(session: Session) -> None:
    inside = select(func.count()).where(GroupMember.group_id == GroupRow.id).correlate(GroupRow).scalar_subquery()
    session.execute(update(GroupRow).values(member_count=inside).execution_options(synchronize_session=False))


def _account(person: Person, prepared: Prepared, login: Login | None, now: datetime) -> Account:
    about = prepared.words["about", person.name, 0]
    address = f"{person.name}@people.example"  # a domain that no mail can ever reach
    return Account(
        name=person.name,
        name_key=names.fold(person.name),
        email=address,
        email_key=address.casefold(),
        password_hash=login.password_hash if login else None,
        created_at=_joined(person, now),
        confirmed_at=_joined(person, now),
        trust=_TRUST.get(person.role, "member"),
        display_name=person.display_name,
        pronouns=person.pronouns,
        headline=person.headline,
        location=person.location,
        links=[dict(link) for link in person.links],
        about_source=about.source,
        about_html=about.rendered.html,
        about_version=about.rendered.version,
    )


def _joined(person: Person, now: datetime) -> datetime:
    return now - timedelta(days=person.joined_days_ago)


def _login(person: Person) -> Login:
    password = "-".join(_syllables(2) + _syllables(1) for _ in range(3))
    return Login(person.demo_login, person.name, password, passwords.hash_password(password))


def _syllables(count: int) -> str:
    """Easy to read aloud and to type, about six bits each."""
    return "".join(secrets.choice("bdfghjklmnprstvz") + secrets.choice("aeiou") for _ in range(count))


def _organization(session: Session, prepared: Prepared, people: Mapping[str, int], now: datetime) -> int:
    house, about = prepared.community.house, prepared.words["house", "about", 0]
    since = max(_joined(person, now) for person in prepared.community.people if person.role == "administrator")
    row = organizations.name_host(session, HOUSE, house.name)
    row.about_source, row.about_html, row.created_at = about.source, about.rendered.html, since
    for person in prepared.community.people:
        if person.is_staff:
            since = _joined(person, now)
            its = update(Affiliation).where(Affiliation.account_id == people[person.name])
            session.execute(its.values(since=since, listed_at=since if person.listed else None))
            for role in person.speaks_as:
                worn = organizations.grant_role(
                    session, HOUSE, session.get_one(Account, people[person.name]), Role(role), (), house.evidence
                )
                worn.since = since
    return row.id


# ── boards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _boards(session: Session, prepared: Prepared) -> dict[str, int]:
    community = prepared.community
    sections = {name: boards.create_section(session, HOUSE, name).id for name in community.sections}
    ids: dict[str, int] = {}
    for text in community.boards:
        guidance = prepared.words["guidance", text.slug, 0]
        draft = BoardDraft(
            name=text.name,
            section_id=sections[text.section],
            parent_id=ids[text.parent] if text.parent else None,
            slug=text.slug,
            description=text.description,
            kind=text.kind,
            guidance_source=guidance.source,
            guidance_html=guidance.rendered.html,
            peer_first=kind_of(text.kind).peer_first,
            is_feedback=text.is_feedback,
        )
        rights = preset_rights(text.rights or ("announcements" if kind_of(text.kind).staff_start else "public"))
        ids[text.slug] = boards.create_board(session, HOUSE, draft, rights).id
    return ids


def _pages(session: Session, prepared: Prepared) -> None:
    for page in prepared.community.pages:
        words = prepared.words["page", page.slug, 0]
        draft = PageDraft(page.title, words.source, words.rendered.html)
        pages.publish_page(session, HOUSE, page.slug, draft, "")


# ── what they have read ───────────────────────────────────────────────────────────────────────────────────────────────


def _remember_visits(session: Session, prepared: Prepared, people: Mapping[str, int], now: datetime) -> None:
    rows = [
        row
        for person in prepared.community.people
        if person.demo_login
        for row in _visits(session, prepared, person, people[person.name], now - LAST_VISITS[person.demo_login])
    ]
    for start in range(0, len(rows), max_batch(session)):
        session.execute(insert(TopicRead), rows[start : start + max_batch(session)])


def _visits(
    session: Session, prepared: Prepared, person: Person, account_id: int, until: datetime
) -> Iterator[dict[str, object]]:
    """What one has seen: everything up to the last visit, and one's own words since."""
    closed = {board.slug for board in prepared.community.boards if board.rights == "staff" and not person.is_staff}
    seen = select(Post.topic_id, func.max(Post.number).label("number"))
    seen = seen.where((Post.created_at <= until) | (Post.author_id == account_id)).group_by(Post.topic_id)
    seen = seen.join(Topic, Topic.id == Post.topic_id).join(Board, Board.id == Topic.board_id)
    for topic_id, number in session.execute(seen.where(Board.slug.not_in(closed))):
        yield {"account_id": account_id, "topic_id": topic_id, "last_number": number, "read_at": until}


def _seen_last(session: Session) -> None:
    """Everybody was last here when they last wrote."""
    latest = select(func.max(Post.created_at)).where(Post.author_id == Account.id).correlate(Account).scalar_subquery()
    session.execute(
        update(Account)
        .values(last_seen_at=func.coalesce(latest, Account.created_at))
        .execution_options(synchronize_session=False)
    )
