from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.importers.models import ImportedItem
from forum.posts.check import drifts
from forum.posts.models import Post
from tests import cast
from tests.importers import dumps
from tests.importers.bringing import bring, folder
from tests.importers.discourse.made import ADA, by, post, topic
from tests.machines.databases import reading, writing


def test_an_author_becomes_a_placeholder_that_nobody_can_enter(app, tmp_path):
    bo = {"id": 8, "username": "bo.b", "name": "", "title": "Weaver", "trust_level": 4, "suspended": True}
    old = folder(tmp_path, "old", topic(posts=[post(1), by("bo.b", 8, 2)]), users=(ADA, bo))
    bring(app, old)
    with reading(app) as session:
        ada, weaver = session.scalars(select(Account).order_by(Account.name)).all()
        assert (ada.name, ada.display_name, ada.trust) == ("ada", "Ada of the Loom", "member")
        assert (weaver.name, weaver.display_name, weaver.headline, weaver.trust) == (
            "bo-b",
            "bo.b",
            "Weaver",
            "regular",
        )
        assert ada.created_at == datetime(2020, 5, 4, 10, 0, 1, 123000, tzinfo=UTC)
        assert ada.is_placeholder
        assert (ada.email, ada.password_hash, ada.confirmed_at) == (None, None, None)
        assert (ada.topic_count, ada.post_count, weaver.post_count) == (1, 1, 1)
        assert list(drifts(session)) == []


def test_a_name_that_does_not_fit_is_changed_and_what_said_it_follows(app, tmp_path, client):
    words = "Thanks @Bo.B! See [him](https://old.example/u/bo.b) and `@bo.b`."
    rendered = '<p><a class="mention" href="/u/bo.b">@bo.b</a> voted</p>'
    posts = [
        by("bo.b", 8, 1, avatar_template="/user_avatar/old.example/bo.b/{size}/1.png"),
        post(2, raw=words),
        post(3, raw="@bo.b [poll name=x]", cooked=rendered),
    ]
    bring(app, folder(tmp_path, "old", topic(posts=posts)))
    with reading(app) as session:
        second, third = session.scalars(select(Post).where(Post.number > 1).order_by(Post.number))
        assert second.source == "Thanks @bo-b! See [him](/u/bo-b) and `@bo.b`."
        assert '<a class="mention" href="/u/bo-b">@bo-b</a>' in second.html
        assert '<a href="/u/bo-b" class="mention">@bo-b</a>' in third.html
        assert third.source_kind == "html"
    assert client.get("/u/bo.b").headers["Location"].endswith("/u/bo-b")


def test_a_member_does_not_become_the_author_of_a_namesakes_words(app, tmp_path):
    with writing(app) as session:
        ours = cast.member(session, "ada").id
    bring(app, folder(tmp_path, "old", topic(posts=[post(1), by("bo", 8, 2, raw="I agree with @ada.")])))
    with reading(app) as session:
        author = session.get(Account, session.scalar(select(Post.author_id).where(Post.number == 1)))
        assert (author.id == ours, author.name, author.display_name) == (False, "ada-2", "ada")
        assert 'href="/u/ada-2"' in session.scalar(select(Post.html).where(Post.number == 2))
        assert session.get(Account, ours).post_count == 0


def test_whoever_fits_our_rules_keeps_the_name_before_those_changed_into_it(app, tmp_path):
    users = ({"id": 1, "username": "bo.b"}, {"id": 2, "username": "bo-b"}, {"id": 3, "username": "admin"})
    bring(app, folder(tmp_path, "old", topic(posts=[by("bo.b", 1, 1)]), users=users))
    with reading(app) as session:
        rows = select(ImportedItem.foreign_name, Account.name).join(Account, _is_account())
        assert dict(session.execute(rows).all()) == {"bo.b": "bo-b-2", "bo-b": "bo-b", "admin": "admin-2"}


def _is_account():
    return (ImportedItem.local_id == Account.id) & (ImportedItem.kind == "user")


def test_an_author_with_two_names_and_one_number_is_one_person(app, tmp_path):
    posts = [by("boris", 8, 1), by("boris.b", 8, 2), post(3, raw="@boris.b is @boris")]
    outcome = bring(app, folder(tmp_path, "old", topic(posts=posts)))
    with reading(app) as session:
        assert outcome.counts["users"] == 2
        boris = accounts.by_name(session, "boris")
        assert accounts.by_former_name(session, "boris.b") is boris
        assert session.scalar(select(Post.source).where(Post.number == 3)) == "@boris is @boris"
        assert boris.post_count == 2


def test_an_author_without_a_number_is_known_by_the_name(app, tmp_path):
    posts = [post(1, user_id=None, username="Somebody"), post(2, user_id=None, username="somebody"), post(3)]
    posts.append(post(4, user_id=None, username=None))
    old = folder(tmp_path, "old", topic(posts=posts))
    bring(app, old)
    bring(app, folder(tmp_path, "older", topic(13, posts=[post(9, user_id=None, username="SOMEBODY")])))
    with reading(app) as session:
        assert session.scalars(select(Account.post_count).order_by(Account.name)).all() == [3, 1]
        assert session.scalar(select(Post.author_id).where(Post.number == 4)) is None
        before = dumps.exact(session)
    bring(app, old)
    with reading(app) as session:
        assert dumps.exact(session) == before


def test_an_author_who_was_only_named_is_recognised_when_a_later_archive_has_the_number(app, tmp_path):
    bring(app, folder(tmp_path, "one", topic(1, posts=[post(1, user_id=None, username="Boris")])))
    two = folder(tmp_path, "two", topic(2, posts=[by("boris", 8, 1, id=5)]))
    bring(app, two)
    with reading(app) as session:
        assert session.scalars(select(Account.post_count)).all() == [2]
        before = dumps.exact(session)
    bring(app, two)
    with reading(app) as session:
        assert dumps.exact(session) == before
