"""Finding: the same on both databases, and never what one may not read."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.boards.models import Board, TagSynonym
from forum.boards.queries import known_tags
from forum.following import actions as following
from forum.permissions import HOUSE, Actor, Right
from forum.posts import actions, queries
from forum.posts.check import drifts
from forum.posts.drafts import EditDraft, TopicDraft, Written
from forum.posts.models import Post, Topic
from forum.posts.text_models import PostText
from forum.posts.texts import count_unwritten, rows_of, unwritten, write_again
from forum.search import alike
from forum.search.operators import parse
from forum.search.queries import search, similar
from tests import cast
from tests.corpora import naughty_strings
from tests.machines.databases import undone
from tests.machines.proof import share
from tests.search.places import ASKED, archive, expected


def titles(session, actor, line):
    return [found.topic.title for found in search(session, actor, parse(line)).page.items]


def ids(session, actor, line):
    """The topics of every page."""
    first = search(session, actor, parse(line))
    pages = [first, *(search(session, actor, parse(line), page) for page in range(2, first.page.pages + 1))]
    found = [found.topic.id for page in pages for found in page.page.items]
    assert len(found) == len(set(found)) == first.count
    return set(found)


def test_both_databases_find_what_the_words_mean_and_only_what_may_be_read(app):
    """The same oracle, in Python, judges SQLite and PostgreSQL: so they find the same."""
    with undone(app) as session:
        open_board, _desk = archive(session)
        everybody, staff = cast.actor(session, None), cast.actor(session, cast.staff(session, "rena"))
        rows = session.execute(
            select(Topic.id, Topic.title, Post.plain, Post.number == 1, Topic.board_id)
            .join(Post, Post.topic_id == Topic.id)
            .where(Post.action == "", Post.hidden_at.is_(None), Post.deleted_at.is_(None))
            .where(Topic.deleted_at.is_(None), Topic.hidden_at.is_(None))
        ).all()
        in_open = [tuple(row)[:4] for row in rows if row.board_id == open_board.id]
        anywhere = [tuple(row)[:4] for row in rows]

        @settings(max_examples=share(400))
        @given(st.lists(st.sampled_from(ASKED), min_size=1, max_size=3).map(" ".join), st.booleans())
        def agree(line, in_title):
            asked = parse(line)
            if asked.is_empty:
                return
            written = f"{line} in:title" if in_title else line
            assert ids(session, everybody, written) == expected(in_open, line, in_title=in_title)
            assert ids(session, staff, written) == expected(anywhere, line, in_title=in_title)

        agree()
        assert list(drifts(session)) == []


RIGHTS = st.dictionaries(st.integers(0, 1), st.sets(st.sampled_from(list(Right))), max_size=2)


def test_nobody_finds_what_they_may_not_read_whatever_they_ask(app):
    lines = (
        "gut",
        "status:noreplies",
        "@ada",
        "in:title var",
        "after:2020",
        "in:mine",
        "has:link",
        "-gut c++",
        "board:desk",
    )
    with undone(app) as session:
        boards = archive(session)
        ada = session.scalar(select(Post.author_id).limit(1))

        @settings(max_examples=share(300))
        @given(RIGHTS, st.sampled_from(lines))
        def nothing_leaks(rights, line):
            given_rights = {boards[place].id: frozenset(some) for place, some in rights.items()}
            actor = Actor(account_id=ada, rights=given_rights)
            for found in search(session, actor, parse(line)).page.items:
                for hit in found.hits:
                    assert actor.may(Right.SEE, found.topic.board_id)
                    assert found.topic.deleted_at is None
                    assert hit.post.deleted_at is hit.post.hidden_at is None
                    assert not hit.post.is_note
            for like in similar(session, actor, "varnish gut 東京"):
                assert actor.may(Right.SEE, like.topic.board_id)
                assert like.topic.deleted_at is None

        nothing_leaks()


def test_no_string_that_broke_other_programs_breaks_the_search(app):
    with undone(app) as session:
        archive(session, topics=4)
        actor = cast.actor(session, None)
        ours = [
            '") OR 1=1 --',
            "a* AND NEAR(b c)",
            "title: body : x",
            "'; DROP TABLE posts",
            "a:*B & !c | <->",
            "%_\\",
            "{title} : x",
        ]
        for line in [*ours, *naughty_strings()[:: 1 if share(1) == 1 else 7]]:
            search(session, actor, parse(line))
            similar(session, actor, line)


@pytest.fixture
def shop(session):
    """A workshop with a question that was answered, in several words."""
    ada, bo, rena = cast.member(session, "ada"), cast.member(session, "bo"), cast.staff(session, "rena")
    cast.tag(session, "gut")
    bench = cast.board(session, "bench", name="Workbench", kind="question")
    parlour = cast.board(session, "parlour")
    asked = cast.topic(session, bench, ada, "Which varnish for an old Straße sign", "It peels.", tags=("gut",))
    answer = cast.reply(session, asked, bo, "Shellac, thinned. 東京タワー")
    actions.accept_answer(
        session, cast.actor(session, ada), queries.post_for_update(session, cast.actor(session, ada), answer.id)
    )
    cast.topic(session, bench, bo, "Peeling paint on a boat", "Nobody has answered about varnish yet.")
    cast.topic(session, parlour, rena, "What we read", "A book about c++ and .NET")
    return session


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("shellac", ["Which varnish for an old Straße sign"]),
        ("strasse shellac", ["Which varnish for an old Straße sign"]),
        ("varnish", ["Which varnish for an old Straße sign", "Peeling paint on a boat"]),
        ("varnish in:title", ["Which varnish for an old Straße sign"]),
        ('"old strasse"', ["Which varnish for an old Straße sign"]),
        ('"old sign"', []),
        ("varnish -boat", ["Which varnish for an old Straße sign"]),
        ("東京", ["Which varnish for an old Straße sign"]),
        ("c++", ["What we read"]),
        (".net", ["What we read"]),
        ("varnish status:solved", ["Which varnish for an old Straße sign"]),
        ("status:unsolved", ["Peeling paint on a boat"]),
        ("status:noreplies board:bench", ["Peeling paint on a boat"]),
        ("board:Workbench @bo order:oldest", ["Which varnish for an old Straße sign", "Peeling paint on a boat"]),
        ("tag:gut", ["Which varnish for an old Straße sign"]),
        ("tag:gut tag:wire", []),
        ("by:staff", ["What we read"]),
        ("varnish by:staff", []),
        ("after:2100", []),
        ("before:2100 status:noreplies board:parlour", ["What we read"]),
        ("@nobody", []),
    ],
)
def test_every_operator_finds_its_topics(shop, line, found):
    assert sorted(titles(shop, cast.actor(shop, None), line)) == sorted(found)


def test_a_title_weighs_more_and_an_answer_is_shown_as_one(shop):
    results = search(shop, cast.actor(shop, None), parse("varnish"))
    assert results.page.items[0].topic.title == "Which varnish for an old Straße sign"
    (found,) = search(shop, cast.actor(shop, None), parse("shellac")).page.items
    assert [hit.is_answer for hit in found.hits] == [True]
    assert [piece.text for piece in found.hits[0].excerpt if piece.marked] == ["Shellac"]


def test_what_is_mine_and_what_is_new_for_me(shop):
    ada = cast.actor(shop, accounts.by_name(shop, "ada"))
    assert titles(shop, ada, "in:mine") == ["Which varnish for an old Straße sign"]
    assert titles(shop, ada, "in:unread") == ["Which varnish for an old Straße sign"]
    assert titles(shop, cast.actor(shop, None), "in:mine") == titles(shop, cast.actor(shop, None), "in:unread") == []


def test_what_i_follow_is_what_i_watch_or_track_myself_or_with_its_board_and_never_what_i_muted(shop):
    ada, bo = (cast.actor(shop, accounts.by_name(shop, name)) for name in ("ada", "bo"))
    read = shop.scalar(select(Topic).where(Topic.title == "What we read"))
    assert titles(shop, bo, "in:watching order:oldest") == [
        "Which varnish for an old Straße sign",
        "Peeling paint on a boat",
    ]
    following.follow_board(shop, ada, shop.get(Board, read.board_id), "watching")
    assert titles(shop, ada, "in:watching order:oldest") == ["Which varnish for an old Straße sign", "What we read"]
    actions.follow_topic(shop, ada, read, "muted")
    assert titles(shop, ada, "in:watching") == ["Which varnish for an old Straße sign"]
    assert titles(shop, cast.actor(shop, None), "in:watching") == []


def test_another_word_for_a_tag_finds_what_the_tag_finds(shop):
    tag = known_tags(shop, ["gut"])["gut"]
    shop.add(TagSynonym(slug="sheep-string", name="Sheep string", tag_id=tag.id))
    shop.flush()
    guest = cast.actor(shop, None)
    for line in ("tag:sheep-string", 'tag:"sheep string"', "tag:gut tag:sheep-string"):
        assert titles(shop, guest, line) == ["Which varnish for an old Straße sign"], line


def test_what_posts_hold_can_be_asked_for(session):
    ada = cast.member(session)
    board = cast.board(session)
    for has, html in (
        ("image", '<p><img src="/files/x.png" alt=""></p>'),
        ("code", "<pre><code>x</code></pre>"),
        ("link", '<p><a href="https://example.org/">there</a></p>'),
        ("nothing", '<p>a smile <img class="emoji" src="/e.svg"> and <a href="/t/1">a topic</a></p>'),
    ):
        body = cast.words(f"about {has}")
        rendered = replace(body.rendered, html=html)
        with cast.unhurried():
            actions.start_topic(
                session, cast.actor(session, ada), board, TopicDraft(f"With {has}", Written(body.source, rendered))
            )
    for has in ("image", "code", "link"):
        assert titles(session, cast.actor(session, None), f"has:{has}") == [f"With {has}"]


def test_a_new_title_is_found_in_every_post_and_the_old_one_no_more(session):
    ada, bo = cast.member(session), cast.member(session)
    topic = cast.topic(session, cast.board(session), ada, "About glue")
    cast.reply(session, topic, bo, "Hide, warmed.")
    actor = cast.actor(session, ada)
    post = queries.post_for_update(session, actor, session.scalar(select(Post.id).where(Post.number == 1)))
    draft = EditDraft(cast.words("Other words"), base=0, title="About resin")
    actions.edit_post(session, actor, post, draft)
    assert titles(session, actor, "glue") == []
    assert titles(session, actor, "resin hide") == titles(session, actor, "resin other") == ["About resin"]
    assert list(drifts(session)) == []


def test_similar_topics_share_the_words_that_matter(shop):
    guest = cast.actor(shop, None)
    assert [like.title for like in similar(shop, guest, "What varnish on an old street sign?")] == [
        "Which varnish for an old Straße sign"
    ]
    assert [*similar(shop, guest, "…"), *similar(shop, guest, "Something else entirely")] == []


def test_a_topic_is_related_by_rare_words_with_any_ending_and_by_tags_alike_on_both_databases(session):
    ada, board = cast.member(session), cast.board(session)
    for tag in ("gut", "glue"):
        cast.tag(session, tag)
    made = {
        title: cast.topic(session, board, ada, title, "Words.", tags=tags)
        for title, tags in (
            ("Which strings for a cold church?", ("gut",)),
            ("Tuning in the cold", ()),
            ("A string breaks at the nut", ("glue",)),
            ("Old varnish", ("gut",)),
            ("What was that about?", ()),
            ("Saiten für Anfänger", ()),
        )
    }
    guest, asking = cast.actor(session, None), made["Which strings for a cold church?"]
    beside = [like.title for like in similar(session, guest, asking.title, without=asking.id)]
    assert beside == ["Old varnish", "A string breaks at the nut", "Tuning in the cold"]
    assert [like.title for like in similar(session, guest, "Glue?")] == ["A string breaks at the nut"], "as its tag"
    assert [like.title for like in similar(session, guest, "Welche Saite?")] == ["Saiten für Anfänger"]
    assert similar(session, guest, "What about the others, and which was that?") == []


def test_words_that_stand_everywhere_make_nothing_related_alone(session, monkeypatch):
    monkeypatch.setattr(import_module("forum.search.queries.similar"), "LATEST", 3)
    monkeypatch.setattr(alike, "LATEST", 3)
    ada, board = cast.member(session), cast.board(session)
    for number in range(4):
        cast.topic(session, board, ada, f"Reed {chr(97 + number) * 4}")
    guest = cast.actor(session, None)
    assert similar(session, guest, "Reed and varnish") == []
    assert [like.title for like in similar(session, guest, "Reed aaaa")] == ["Reed aaaa"]


def test_rows_of_an_older_forum_are_written_again_and_drift_is_mended(session):
    ada = cast.member(session)
    cast.topic(session, cast.board(session), ada, "About glue", "Hide glue")
    post_id = session.scalar(select(Post.id))
    row = session.get(PostText, post_id)
    row.title, row.body, row.version = "", "", 0
    session.flush()
    assert list(drifts(session)) == []
    assert titles(session, cast.actor(session, None), "glue") == []
    write_again(session, HOUSE, rows_of(unwritten(session, 10)))
    session.expire_all()
    assert count_unwritten(session) == 0
    assert titles(session, cast.actor(session, None), "glue") == ["About glue"]
    session.get(PostText, post_id).body = "something else"
    session.flush()
    assert [drift.what for drift in drifts(session, repair=True)] == ["post_texts"]
    assert list(drifts(session)) == []
    assert titles(session, cast.actor(session, None), "hide") == ["About glue"]


def test_a_word_that_stands_everywhere_is_weighed_in_the_latest_posts_and_in_titles(shop, monkeypatch):
    from forum.search.queries import finding

    guest = cast.actor(shop, None)
    everything = set(titles(shop, guest, "varnish"))
    monkeypatch.setattr(finding, "CANDIDATES", 1)
    found = titles(shop, guest, "varnish")
    assert found[0] == "Which varnish for an old Straße sign"
    assert set(found) == everything
