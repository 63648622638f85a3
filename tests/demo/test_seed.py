"""The demo community as it stands in the database."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from sqlalchemy import func, select

from forum import identity, rerendering
from forum.accounts import passwords, queries
from forum.accounts.models import Account
from forum.app import create_app
from forum.boards.models import Board, Tag
from forum.bookmarks.models import Bookmark
from forum.core import clock as clocks
from forum.core.db import transaction
from forum.core.errors import Conflict
from forum.core.settings import Settings
from forum.core.web import running
from forum.demo import rendering, seed
from forum.demo.texts import load
from forum.drafts.models import Draft
from forum.following.models import TagFollow
from forum.importers.queries import old_topics
from forum.notifications.models import Notice
from forum.organization.models import Affiliation
from forum.organization.overriding import NO_GROUNDS
from forum.organization.voices import Voice
from forum.permissions import Group, Right
from forum.posts import queries as posts_queries
from forum.posts.actions.guarding import as_reply, as_topic, judge
from forum.posts.actions.stewarding import LONGEST_PIN
from forum.posts.check import drifts
from forum.posts.guard_models import Override, StandBy
from forum.posts.models import Post, Reaction, Topic
from forum.posts.queries import guarded
from forum.posts.queries.rows import fetch, found
from forum.posts.queries.situation import turn_ends_at
from forum.posts.unread import NOBODYS, is_new, is_unread
from forum.recognition.models import Recognition, ThankYou
from forum.recognition.queries import public_recognitions
from forum.search import check as links
from forum.search.models import SearchMiss, TopicLink
from forum.search.queries import similar
from forum.site.queries import site
from forum.statements.models import Statement
from forum.statements.queries import pledge_counts
from forum.uploads.kinds import read_file
from forum.uploads.models import Upload, UploadUse
from tests import cast
from tests.demo.community import BOARDS, PEOPLE, POSTS, STAFF, TAGS, TOPICS
from tests.machines.databases import dispose, migrate, reading, writing

prepared = cache(rendering.prepare)


@cache
def logins():
    return seed.invent_logins(load().people)


def sow(app):
    with writing(app) as session:
        seed.seed(session, prepared(), logins(), clocks.now(), running.storage().put, identity.actor_for)
    return app


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """One community for all who only look at it."""
    app = create_app(Settings(env="test", data_dir=tmp_path_factory.mktemp("demo"), secret_key="only a test" * 4))
    migrate(app)
    yield sow(app)
    dispose(app)


def test_everything_that_was_written_is_there(seeded):
    with reading(seeded) as session:
        counted = {model: session.scalar(select(func.count()).select_from(model)) for model in (Account, Board, Tag)}
        assert counted == {Account: len(PEOPLE), Board: len(BOARDS), Tag: len(TAGS)}
        assert session.scalar(select(func.count(Topic.id))) == len(TOPICS)
        written = len(POSTS) + len(load().waiting.exception)
        assert session.scalar(select(func.count(Post.id)).where(Post.action == "")) == written
        given = sum(len(names) for post in POSTS for names in post.reactions.values())
        given += len(load().waiting.thank)
        assert session.scalar(select(func.count()).select_from(Reaction)) == given
        assert {tag.slug for tag in session.scalars(select(Tag))} == {tag["slug"] for tag in TAGS}


def test_every_counter_and_pointer_agrees_with_it_on_either_database(app):
    with reading(sow(app)) as session:
        assert list(drifts(session)) == []


def test_every_text_is_shown_as_the_renderer_shows_it(seeded):
    """What stands there is no stand-in any more: rendering the stored sources again changes nothing."""
    with seeded.app_context():
        assert rerendering.render_again(everything=True, own="", workers=1) == 0


def test_links_inside_lead_to_the_posts_and_topics_that_they_name(seeded):
    with reading(seeded) as session:
        authors = dict(session.execute(select(Post.id, Account.name).join(Account, Account.id == Post.author_id)).all())
        paths = {f"/t/{topic.id}-{topic.slug}" for topic in session.scalars(select(Topic))}
        htmls = session.scalars(select(Post.html)).all()
        linked = [int(number) for html in htmls for number in re.findall(r'href="/p/(\d+)"', html)]
        quoted = [found for html in htmls for found in re.findall(r'quote-by"><a href="/p/(\d+)">@([\w-]+)</a>', html)]
        topics = [path for html in htmls for path in re.findall(r'href="(/t/[^"]+)"', html)]
    assert len(linked) > 5
    assert len(quoted) > 3
    assert topics
    assert set(linked) <= set(authors)
    assert all(authors[int(number)] == name for number, name in quoted)
    assert set(topics) <= paths


def test_what_was_said_officially_has_somebody_who_answers_for_it_and_pledges_are_open_late_and_kept(seeded):
    with reading(seeded) as session:
        official = {post.id for post in session.query(Post).filter_by(intent="official")}
        assert {row.post_id for row in session.query(Statement)} == official
        assert official <= {post.id for post in session.query(Post).filter_by(is_binding=True)}
        boards = [board.id for board in session.query(Board)]
        now = clocks.now()
        counts = pledge_counts(session, boards, (now - timedelta(days=400)).date(), now)
        assert {state.value: number for state, number in counts.items() if number} == {"open": 1, "late": 1, "kept": 1}


def test_what_the_guard_holds_in_the_demo_is_what_it_says_of_the_demo_s_own_boards(seeded):
    with reading(seeded) as session:
        (held,) = session.query(StandBy)
        topic = posts_queries.topic(session, actor_called(session, "staff"), held.topic_id)
        assert (held.state, topic.stand_by_id) == ("held", held.id)
        ends = turn_ends_at(session, topic, actor_called(session, "staff"), held.created_at)
        assert held.until == ends
        override = session.query(Override).one()
        post = session.get_one(Post, override.post_id)
        minutes = (post.created_at - session.get_one(Topic, post.topic_id).created_at) // timedelta(minutes=1)
        assert (override.rule, override.value) == ("G1", str(minutes))
        (asked,) = guarded.asked_of(session, actor_called(session, "administrator"))
        assert [rule["rule"] for rule in asked.rules] == ["G6"]
        assert session.query(Draft).filter_by(account_id=asked.author_id).one().body == asked.source, "the very words"
        for slug, intent, level in (("workbench", "answer", 2), ("news", "announce", 3)):
            verdict = strictest(session, slug, intent)
            assert verdict.level == level, "the printed accounts of the staff meet it"


def strictest(session, slug, intent):
    """What the guard says to the one of the staff who can be signed in as: in the latest topic of questions, else to a
    new topic."""
    actor = actor_called(session, "staff")
    board = session.query(Board).filter_by(slug=slug).one()
    latest = session.query(Topic.id).filter_by(board_id=board.id).order_by(Topic.created_at.desc()).limit(1).scalar()
    place = as_topic(board, Voice(intent))
    if intent == "answer":
        place = as_reply(posts_queries.topic(session, actor, latest), Voice(intent))
    return judge(session, actor, place, NO_GROUNDS, "", clocks.now())


def test_the_house_recognized_two_one_of_whom_shows_it_and_thanked_once_with_a_note(seeded):
    with reading(seeded) as session:
        assert sorted(row.is_public for row in session.query(Recognition)) == [False, True]
        assert session.query(ThankYou).filter(ThankYou.note != "").count() == 1
        assert len(public_recognitions(session, identity.guest(session), 1).items) == 1


def test_mentions_lead_to_people_who_are_here(seeded):
    with reading(seeded) as session:
        mentioned = {
            name for html in session.scalars(select(Post.html)) for name in re.findall(r'href="/u/([^"]+)"', html)
        }
    assert mentioned
    assert mentioned <= set(PEOPLE)


def test_a_chart_is_seen_a_sheet_is_downloaded_and_a_draft_waits_for_the_member(seeded):
    client = seeded.test_client()
    with reading(seeded) as session:
        used = dict(session.execute(select(Upload.kind, Upload.token + "." + func.substr(Upload.key, -3))).all())
        assert session.scalar(select(func.count()).select_from(UploadUse)) == 2
        isolde = queries.by_login(session, "isolde-q")
        (draft,) = session.scalars(select(Draft).where(Draft.account_id == isolde.id))
        assert posts_queries.spots(session, identity.guest(session), [(draft.place, draft.place_id)])
        assert session.scalar(select(func.count()).where(Post.html.contains('class="spoiler"'))) == 1
    picture = client.get(f"/files/{used['image']}")
    assert Image.open(io.BytesIO(picture.data)).size == (720, 420)
    sheet = client.get(f"/files/{used['file']}")
    assert sheet.headers["Content-Disposition"] == "attachment; filename=tremolo-table.pdf"
    read_file(sheet.data, "sheet.pdf")  # it is what it says
    assert len(picture.data) + len(sheet.data) < 30_000


def test_three_people_can_sign_in_and_nobody_else(seeded):
    assert {login.role for login in logins()} == {"member", "staff", "administrator"}
    with reading(seeded) as session:
        for login in logins():
            account = queries.by_login(session, login.name)
            assert account is not None
            assert passwords.verify(account.password_hash, login.password)
        able = session.scalars(select(Account.name).where(Account.password_hash.is_not(None)))
        assert set(able) == {login.name for login in logins()}


def test_passwords_are_others_each_time_and_strong_enough_for_the_forum():
    one, other = seed.invent_logins(load().people), seed.invent_logins(load().people)
    assert not {login.password for login in one} & {login.password for login in other}
    for login in one:
        passwords.check_password(login.password, name=login.name)


def actor_called(session, role):
    name = next(login.name for login in logins() if login.role == role)
    return identity.actor_for(session, queries.by_login(session, name))


def test_they_are_in_the_groups_that_their_roles_say(seeded):
    with reading(seeded) as session:
        assert actor_called(session, "administrator").groups >= {Group.STAFF, Group.ADMINISTRATORS}
        assert Group.STAFF in actor_called(session, "staff").groups
        assert actor_called(session, "member").groups == {Group.EVERYONE, Group.MEMBERS}
        affiliated = select(Account.name).join(Affiliation, Affiliation.account_id == Account.id)
        assert set(session.scalars(affiliated)) == STAFF


def test_only_staff_know_of_the_back_room(seeded):
    with reading(seeded) as session:
        room = session.scalars(select(Board).where(Board.slug == "back-room")).one()
        for role, may in (("member", False), ("staff", True), ("administrator", True)):
            assert actor_called(session, role).may(Right.SEE, room.id) is may
        assert not identity.guest(session).may(Right.SEE, room.id)


def test_members_may_reply_to_news_but_not_begin_it(seeded):
    with reading(seeded) as session:
        news = session.scalars(select(Board).where(Board.slug == "news")).one()
        member = actor_called(session, "member")
        assert member.may(Right.REPLY, news.id)
        assert not member.may(Right.START, news.id)


@pytest.mark.parametrize("role", ["member", "staff", "administrator"])
def test_something_is_new_something_unread_and_most_is_read(seeded, role):
    with reading(seeded) as session:
        actor = actor_called(session, role)
        topics, now = fetch(session, found(actor)), clocks.now()
        asked = [(NOBODYS, topic, (), position, level) for topic, position, level in topics]
        new = [one for one in asked if is_new(*one, now - timedelta(days=2))]
        unread = [one for one in asked if is_unread(*one, now)]
    assert len(new) >= 1
    assert len(unread) >= 2
    assert len(topics) - len(new) - len(unread) > len(topics) / 2


def test_staff_speak_for_the_house_in_every_post_of_theirs(seeded):
    with reading(seeded) as session:
        speaking = select(Account.name).join(Post, Post.author_id == Account.id).where(Post.affiliation_kind == "staff")
        assert set(session.scalars(speaking)) == STAFF
        silent = speaking.where(Post.organization_id.is_(None))
        assert session.scalars(silent).all() == []


def test_nothing_happens_in_the_future_or_before_somebody_came(seeded):
    now = clocks.now()
    with reading(seeded) as session:
        assert session.scalar(select(func.max(Post.created_at))) < now
        assert session.scalar(select(func.max(Reaction.created_at))) <= now
        hasty = select(Reaction).join(Post, Post.id == Reaction.post_id).where(Reaction.created_at < Post.created_at)
        assert session.scalars(hasty).all() == []
        early = select(Post).join(Account, Account.id == Post.author_id).where(Post.created_at < Account.created_at)
        assert session.scalars(early).all() == []


def test_an_event_begins_when_its_text_says_by_the_clocks_there(seeded):
    texts = {topic["title"]: topic["fields"] for board, topic in TOPICS if board["kind"] == "event"}
    with reading(seeded) as session:
        events = session.scalars(select(Topic).where(Topic.starts_at.is_not(None))).all()
        assert {event.title for event in events} == set(texts)
        for event in events:
            there = event.starts_at.astimezone(ZoneInfo(event.fields["time_zone"]))
            assert there.strftime("%H:%M") == texts[event.title]["begins"]
            assert set(event.fields) == {"time_zone", "place", "places"}


def test_pins_end_by_themselves_and_the_locked_topic_says_who_locked_it(seeded):
    with reading(seeded) as session:
        pinned = session.scalars(select(Topic).where(Topic.pinned_at.is_not(None))).all()
        assert {topic.pin_scope for topic in pinned} == {"site", "board"}
        assert all(clocks.now() < topic.pinned_until <= topic.pinned_at + LONGEST_PIN for topic in pinned)
        (locked,) = session.scalars(select(Topic).where(Topic.locked_at.is_not(None)))
        note = session.scalars(select(Post).where(Post.topic_id == locked.id, Post.action == "locked")).one()
        assert note.number == locked.last_number
        assert note.created_at == locked.locked_at


def test_pages_that_several_keep_are_wiki(seeded):
    with reading(seeded) as session:
        wiki = select(Board.kind).join(Topic).join(Post, Post.topic_id == Topic.id).where(Post.is_wiki)
        assert set(session.scalars(wiki)) == {"reference"}


def test_the_place_knows_that_its_people_are_invented(seeded):
    with reading(seeded) as session:
        place = site(session)
        assert place.seeded_at is not None
        assert (place.name, place.host) == ("The Reed Table", "Brennock Reed House")
        assert place.welcome_html.startswith("<p>")


def test_a_seeding_that_is_cut_short_leaves_nothing(app):
    with suppress(KeyboardInterrupt), app.app_context(), transaction() as session:
        seed.seed(session, prepared(), logins(), clocks.now(), running.storage().put, identity.actor_for)
        raise KeyboardInterrupt
    with reading(app) as session:
        assert seed.is_empty(session)
        assert site(session).seeded_at is None


def test_it_is_never_poured_over_people_who_are_here(app):
    with writing(app) as session:
        cast.member(session, "ada")
    with pytest.raises(Conflict), writing(app) as session:
        seed.seed(session, prepared(), logins(), clocks.now(), running.storage().put, identity.actor_for)


def test_every_place_is_alive_for_whoever_signs_in(seeded):
    with reading(seeded) as session:
        notices = session.execute(
            select(Account.name, Notice.kind)
            .join(Account, Account.id == Notice.recipient_id)
            .where(Notice.read_at.is_(None), Notice.on_site)
        )
        by_name = {}
        for name, kind in notices:
            by_name.setdefault(name, set()).add(kind)
        assert by_name["isolde-q"] == {
            "seed_asked",
            "message",
            "reminder",
            "group_invitation",
            "mention",
            "first_post",
            "reaction",
        }
        assert by_name["lowri-h"] >= {"message", "group_request"}
        assert "message" in by_name["ines"]
        isolde = queries.by_login(session, "isolde-q").id
        (bookmark,) = session.scalars(select(Bookmark))
        assert (bookmark.account_id, bool(bookmark.note)) == (isolde, True)
        assert [follow.account_id for follow in session.scalars(select(TagFollow))] == [isolde]
        assert session.scalar(select(func.count()).select_from(SearchMiss)) == 2
        dated = (
            session.execute(select(Notice.created_at).where(Notice.recipient_id == isolde).order_by(Notice.id))
            .scalars()
            .all()
        )
        assert dated == sorted(dated), "the latest stands first"
        later = session.scalars(select(Notice.created_at).where(Notice.about.like("post:%"))).all()
        assert all(at < clocks.now() - timedelta(hours=1) for at in later), "as old as what they tell of"


def test_links_inside_say_where_a_topic_is_linked_from(seeded):
    with reading(seeded) as session:
        assert session.scalar(select(func.count()).select_from(TopicLink)) >= 10
        assert list(links.drifts(session, old_topics)) == []


def test_nearly_every_topic_has_two_related_ones_and_the_databases_name_the_same(app, seeded):
    sow(app)
    named = []
    for place in (app, seeded):
        with reading(place) as session:
            guest, topics = identity.guest(session), session.scalars(select(Topic).order_by(Topic.id)).all()
            alike = {one.title: similar(session, guest, one.title, without=one.id) for one in topics}
            named.append({title: [like.title for like in some] for title, some in alike.items()})
    assert named[0] == named[1]
    assert sum(len(some) >= 2 for some in named[0].values()) > 0.9 * len(TOPICS)
