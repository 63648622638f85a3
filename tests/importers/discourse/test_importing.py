from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from forum.accounts.models import Account, FormerName, GroupMember
from forum.boards.models import Board, Section, Tag
from forum.core.errors import Conflict, Invalid, Refused
from forum.importers.discourse.importing import Wanted, import_archive
from forum.importers.options import Place
from forum.importers.queries import old_topics
from forum.organization.models import Affiliation, Organization
from forum.posts.check import drifts
from forum.posts.models import Post, Topic, TopicTag
from forum.search import check
from forum.search.models import TopicLink
from forum.search.queries import linked_from
from tests import cast
from tests.importers import dumps
from tests.importers.bringing import bring, folder
from tests.importers.discourse.made import ADA, by, post, topic
from tests.machines.databases import reading, writing


def test_twice_changes_nothing(app, tmp_path):
    old = folder(tmp_path, "old", *_varied(), users=(ADA, {"id": 9, "username": "x.y"}))
    first = bring(app, old, organization="Loom Guild")
    with reading(app) as session:
        before = dumps.exact(session)
    second = bring(app, old, organization="Loom Guild")
    with reading(app) as session:
        assert dumps.exact(session) == before
        assert list(drifts(session)) == []
    assert (second.counts, second.skipped, second.written) == (first.counts, first.skipped, 0)


def _varied() -> list[dict]:
    """Topics with something of everything."""
    return [
        topic(
            1, [post(1), post(2, id=20, accepted_answer=True, actions_summary=[{"id": 2, "count": 3}])], tags=["wool"]
        ),
        topic(2, [post(1, id=30, hidden=True), by("bo.b", 8, 2, id=31, moderator=True)], category_id=5, closed=True),
        topic(3, [post(1, id=40), _note(41, "closed.enabled")], visible=False),
        topic(4, []),
    ]


def _note(post_id: int, code: str, number: int = 2, **other: object) -> dict:
    return post(number, id=post_id, post_type=3, action_code=code, raw="", cooked="", **other)


def test_notes_in_the_stream_are_not_counted_as_words(app, tmp_path):
    posts = [post(1), _note(50, "split_topic", 2), post(3, post_type=2, raw="Stay calm.", moderator=True)]
    outcome = bring(app, folder(tmp_path, "old", topic(posts=[*posts, _note(51, "new_code", 4)])))
    assert (outcome.counts["posts"], outcome.counts["regular_posts"], outcome.counts["posts_by_staff"]) == (4, 1, 1)
    with reading(app) as session:
        actions = session.scalars(select(Post.action).order_by(Post.number)).all()
        assert actions == ["", "split_topic", "moderator_remark", "other"]
        assert session.scalar(select(Topic.post_count)) == 1


def test_states_carry_the_time_of_the_note_about_them(app, tmp_path):
    closing = _note(60, "closed.enabled", 2, created_at="2020-06-01T00:00:00.000Z")
    shut = topic(1, [post(1), closing, post(3, created_at="2020-07-01T00:00:00.000Z")], closed=True, archived=True)
    pinned = topic(2, [post(1, id=70)], pinned_at="2020-05-05T00:00:00.000Z", pinned_globally=True)
    briefly = topic(3, [post(1, id=80)], pinned_at="2020-05-05T00:00:00Z", pinned_until="2020-05-06T00:00:00Z")
    bring(app, folder(tmp_path, "old", shut, pinned, briefly))
    with reading(app) as session:
        one, two, three = session.scalars(select(Topic).order_by(Topic.id))
        assert one.locked_at == datetime(2020, 6, 1, tzinfo=UTC)
        assert one.archived_at == datetime(2020, 7, 1, tzinfo=UTC)
        assert (two.pin_scope, two.pinned_until - two.pinned_at) == ("site", timedelta(days=30))
        assert (three.pin_scope, three.pinned_until) == ("board", datetime(2020, 5, 6, tzinfo=UTC))


def test_what_was_hidden_stays_hidden(app, tmp_path, client):
    posts = [post(1), post(2, id=90, hidden=True, cooked_hidden=True, raw="Rude words.", accepted_answer=True)]
    outcome = bring(app, folder(tmp_path, "old", topic(1, posts), topic(2, [post(1, id=91)], visible=False)))
    assert outcome.counts["hidden_posts"] == 1
    assert [item.kind for item in outcome.skipped] == ["accepted_answer"]
    assert b"Rude words" not in client.get("/t/a-loom/1", follow_redirects=True).data
    assert client.get("/t/a-loom/2").status_code == 404
    with reading(app) as session:
        assert session.scalar(select(Post.source).where(Post.hidden_at.is_not(None))) == "Rude words."
        assert list(drifts(session)) == []


def test_posts_by_staff_are_the_voice_of_the_organization_and_give_no_power(app, tmp_path):
    posts = [post(1, admin=True), by("bo", 8, 2), _note(50, "closed.enabled", 3, moderator=True)]
    outcome = bring(app, folder(tmp_path, "old", topic(posts=posts)), organization="Loom Guild")
    assert outcome.counts["posts_by_staff"] == 2
    with reading(app) as session:
        guild = session.scalars(select(Organization)).one()
        assert guild.is_host
        voices = session.execute(select(Post.organization_id, Post.affiliation_kind).order_by(Post.number)).all()
        assert voices == [(guild.id, "staff"), (None, ""), (guild.id, "staff")]
        assert (
            session.scalars(select(Affiliation.id)).all() == session.scalars(select(GroupMember.group_id)).all() == []
        )


def test_a_list_of_staff_counts_instead_of_the_flags(app, tmp_path):
    posts = [post(1, admin=True), by("bo", 8, 2)]
    old = folder(tmp_path, "old", topic(posts=posts))
    outcome = bring(app, old, organization="Loom Guild", staff=frozenset({"bo", "nobody"}))
    assert [(item.kind, item.id) for item in outcome.skipped] == [("staff", "nobody")]
    with reading(app) as session:
        kinds = session.scalars(select(Post.affiliation_kind).order_by(Post.number)).all()
        assert (kinds, outcome.counts["posts_by_staff"]) == (["", "staff"], 1)


def test_without_an_organization_staff_are_only_counted(app, tmp_path):
    outcome = bring(app, folder(tmp_path, "old", topic(posts=[post(1, admin=True)])))
    with reading(app) as session:
        assert session.scalar(select(Post.organization_id)) is None
        assert outcome.counts["posts_by_staff"] == 1


def test_the_host_stays_the_host(app, tmp_path):
    with writing(app) as session:
        host = cast.host(session)
    bring(app, folder(tmp_path, "old", topic()), organization="Loom Guild")
    with reading(app) as session:
        hosts = session.execute(select(Organization.name, Organization.is_host)).all()
        assert dict(hosts) == {host.name: True, "Loom Guild": False}


def test_boards_are_called_as_the_operator_wrote_down(app, tmp_path):
    with writing(app) as session:
        there = cast.board(session, "help").id
    topics = [topic(n, [post(1, id=n)], category_id=n) for n in (1, 2, 3)]
    topics.append(topic(4, [post(1, id=4), post(2, id=5, accepted_answer=True)]))
    boards = {1: Place("Dyes", "dyes", "story", "Craft"), 2: Place("Help", slug="help")}
    bring(app, folder(tmp_path, "old", *topics), boards=boards, organization="Loom Guild")
    with reading(app) as session:
        rows = select(Board.slug, Board.name, Board.kind, Section.name).join(Section).where(Board.id != there)
        assert session.execute(rows.order_by(Board.slug)).all() == [
            ("category-3", "Category 3", "discussion", "Loom Guild"),
            ("dyes", "Dyes", "story", "Craft"),
            ("uncategorised", "Uncategorised", "question", "Loom Guild"),
        ]
        assert session.scalar(select(Topic.board_id).where(Topic.slug == "a-loom", Topic.id == 2)) == there


def test_topics_say_where_they_were_linked_from_in_whatever_order_they_came(app, tmp_path):
    own = "https://here.example"
    ways = ("/t/a-loom/12", "/t/12", "https://old.example/t/a-loom/12/1", f"{own}/t/1-a-loom", "/t/a-loom/99")
    linking = [
        topic(20 + number, [post(raw=f"See [there]({way})", id=20 + number)], title=f"By {way}")
        for number, way in enumerate(ways)
    ]
    forth = post(raw="Later: https://old.example/t/by/20", cooked='<a href="https://old.example/t/by/20">x</a>', id=1)
    forth["avatar_template"] = "/user_avatar/old.example/ada/{size}/1.png"  # says where the old forum stood
    old = folder(tmp_path, "old", topic(posts=[forth]), *linking)
    for _ in range(2):
        bring(app, old, own=own)
    with writing(app) as session:
        asking, loom = cast.actor(session, None), session.scalars(select(Topic).where(Topic.title == "A loom")).one()
        assert {found.title for found in linked_from(session, asking, loom)} == {f"By {way}" for way in ways[:4]}
        later = session.scalars(select(Topic).where(Topic.title == f"By {ways[0]}")).one()
        assert [found.title for found in linked_from(session, asking, later)] == ["A loom"]
        assert list(check.drifts(session, old_topics)) == []
        session.execute(delete(TopicLink))
    bring(app, old, own=own)  # as after a kill before the links were noted
    with reading(app) as session:
        assert len(session.scalars(select(TopicLink)).all()) == 5


def test_tags_come_along(app, tmp_path):
    with writing(app) as session:
        cast.tag(session, "wool", name="Wool")
    outcome = bring(app, folder(tmp_path, "old", topic(tags=["wool", "Dark Blue", "!!"])))
    with reading(app) as session:
        names = select(Tag.name).join(TopicTag, TopicTag.tag_id == Tag.id).order_by(Tag.slug)
        assert session.scalars(names).all() == ["Dark Blue", "Wool"]
    assert [(item.kind, item.id) for item in outcome.skipped] == [("tag", "!!")]


def test_bodies_of_any_length_are_kept(app, tmp_path):
    long = "word " * 8000
    bring(app, folder(tmp_path, "old", topic(posts=[post(1, raw=long), post(2, raw="k", cooked="<p>k</p>")])))
    with reading(app) as session:
        first, second = session.scalars(select(Post).order_by(Post.number))
        assert (first.source, first.words, second.source) == (long, 8000, "k")


def test_the_numbers_of_another_forum_are_not_mixed_up(app, tmp_path):
    bring(app, folder(tmp_path, "old", topic(posts=[post(1)])))
    other = folder(tmp_path, "other", topic(99, [by("zoe", 7, 1, id=5)]))
    later = folder(tmp_path, "later", topic(12, [post(1)], created_at="2021-01-01T00:00:00.000Z"))
    with reading(app) as session:
        before = dumps.exact(session)
    for path, what in ((other, "User 7"), (later, "Topic 12")):
        with pytest.raises(Conflict, match=rf"{what} .* --forum NAME"):
            bring(app, path)
    with reading(app) as session:
        assert dumps.exact(session) == before
    bring(app, other, forum="spinners")
    with reading(app) as session:
        assert session.scalars(select(Account.name).order_by(Account.id)).all() == ["ada", "zoe"]
        assert list(drifts(session)) == []


def test_a_topic_in_two_archives_is_here_once_and_counted_for_both(app, tmp_path):
    shared, own = topic(1, [post(1, moderator=True)]), topic(2, [post(1, id=20)])
    first = bring(app, folder(tmp_path, "one", shared))
    longer = topic(1, [post(1, moderator=True), post(2, id=30)])
    two = folder(tmp_path, "two", longer, own, topic(3, [post(1)], slug="moved"), users=(ADA | {"username": "ada.l"},))
    second = bring(app, two)
    assert (first.counts["topics"], second.counts["topics"], second.counts["posts_by_staff"]) == (1, 2, 1)
    assert sorted((item.id, item.reason) for item in second.skipped) == [
        ("1001", "of topic 3 was already in an earlier topic"),
        ("3", "has no post that can be taken"),
        ("30", "topic 1 was imported before without it"),
    ]
    with reading(app) as session:
        assert session.scalars(select(Post.number)).all() == [1, 1]
        assert session.scalars(select(FormerName.name)).all() == ["ada.l"]
        before = dumps.exact(session)
    assert bring(app, two).skipped == second.skipped
    with reading(app) as session:
        assert dumps.exact(session) == before
        assert list(drifts(session)) == []


def test_a_post_that_was_moved_between_two_archives_stands_where_it_came_first(app, tmp_path):
    bring(app, folder(tmp_path, "one", topic(1, [post(1), post(2, id=30)])))
    two = folder(tmp_path, "two", topic(2, [post(1, id=40), post(2, id=30)]), topic(3, [post(1)]))
    outcome = bring(app, two)
    assert [(item.kind, item.id) for item in outcome.skipped] == [("post", "30"), ("post", "1001"), ("topic", "3")]
    assert bring(app, two).skipped == outcome.skipped
    assert outcome.counts["posts"] == 1


def test_only_administrators_bring_archives_in(app, tmp_path):
    with writing(app) as session:
        moderator = cast.actor(session, cast.moderator(session))
    with app.app_context(), pytest.raises(Refused):
        import_archive(moderator, Wanted(folder(tmp_path, "old", topic())))


def test_a_folder_that_is_no_archive_is_refused_in_words(app, tmp_path):
    with pytest.raises(Invalid, match="holds neither"):
        bring(app, Path(tmp_path))
