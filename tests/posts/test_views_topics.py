"""A topic, as people read it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.organization.voices import Voice
from forum.posts import actions
from forum.posts.drafts import ReplyDraft
from forum.posts.models import Post
from forum.posts.reading_models import TopicRead
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, person, read, topic_of


def numbers(text):
    """Numbers of the posts on a page, stubs and notes included."""
    return [int(number) for number in re.findall(r'id="post-(\d+)"', text)]


@pytest.fixture
def topic(app):
    """A question by ada with two replies by bo; its id."""
    with writing(app) as session:
        ada, bo = cast.member(session, "ada", display_name="Ada O."), cast.member(session, "bo")
        board = cast.board(session, "questions", kind="question")
        made = cast.topic(session, board, ada, "Wie löst man Wirbel?", fields={"tried": "Soap,\nthen chalk."})
        cast.reply(session, made, bo, "Chalk helps.")
        cast.reply(session, made, bo, "So does patience.", reply_to_number=1)
        return made.id


def place(topic_id, slug="wie-löst-man-wirbel"):
    return f"/t/{topic_id}-{slug}"


def post_id(app, topic_id, number):
    with reading(app) as session:
        return session.query(Post.id).filter_by(topic_id=topic_id, number=number).scalar()


def test_a_topic_shows_its_title_posts_and_what_was_tried(client, topic):
    text = client.get(place(topic)).text
    assert "<h1>Wie löst man Wirbel?</h1>" in text
    assert numbers(text) == [1, 2, 3]
    assert "What was tried" in text
    assert "then chalk." in text
    assert "2 replies" in text


@pytest.mark.parametrize("wrong", ("", "-", "-another-title", "-wie-loest-man-wirbel"))
def test_a_wrong_or_missing_slug_leads_to_the_right_one(client, topic, wrong):
    if wrong == "-":
        assert client.get(f"/t/{topic}-").status_code == 404
        return
    answer = client.get(f"/t/{topic}{wrong}?page=1&from=3")
    assert answer.status_code == 301
    assert answer.location == f"/t/{topic}-wie-l%C3%B6st-man-wirbel?page=1&from=3"
    assert client.get(f"/t/{topic}{wrong}", follow_redirects=True).status_code == 200


@pytest.mark.parametrize("address", ("/t/999", "/t/999-x", "/t/999/unread", "/p/999", "/t/99999999999999999999"))
def test_what_is_not_there_is_a_page_in_words(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_a_permanent_link_finds_the_post_in_its_place(app, client, topic):
    with writing(app) as session:
        made, bo = topic_of(session, topic), person(session, "bo")
        last = [cast.reply(session, made, bo) for _ in range(20)][-1].id
    answer = client.get(f"/p/{last}")
    assert answer.status_code == 302
    assert answer.location.endswith("?page=2#post-23")


def test_pages_hold_twenty_numbers_gaps_included(app, client, topic):
    with writing(app) as session:
        made, bo = topic_of(session, topic), person(session, "bo")
        posts = [cast.reply(session, made, bo) for _ in range(42)]
        for post in posts[:5]:
            session.delete(session.get(Post, post.id))
    assert numbers(client.get(place(topic)).text) == [1, 2, 3, *range(9, 21)]
    assert numbers(client.get(place(topic) + "?page=2").text) == list(range(21, 41))
    assert numbers(client.get(place(topic) + "?page=3").text) == list(range(41, 46))
    assert client.get(place(topic) + "?page=4").status_code == 404
    assert f'{place(topic, "wie-l%C3%B6st-man-wirbel")}?page=2"' in client.get(place(topic)).text


def test_reading_moves_a_members_position_and_only_forward(app, client, topic):
    bo = enter(app, client, "cleo")
    with writing(app) as session:
        made, author = topic_of(session, topic), person(session, "bo")
        for _ in range(20):
            cast.reply(session, made, author)
    for page, position in ((1, 20), (2, 23), (1, 23)):
        read(client, f"{place(topic)}?page={page}")
        with reading(app) as session:
            assert session.get(TopicRead, (bo, topic)).last_number == position


def test_unread_leads_to_the_first_post_one_has_not_read(app, client, topic):
    assert client.get(place(topic) + "/unread").location.endswith("#post-1")
    enter(app, client, "cleo")
    read(client, place(topic))
    with writing(app) as session:
        made, author = topic_of(session, topic), person(session, "bo")
        for _ in range(20):
            cast.reply(session, made, author)
    answer = client.get(place(topic) + "/unread")
    assert answer.status_code == 303
    assert answer.location.endswith("wirbel#post-4")
    text = read(client, place(topic))
    assert text.count("is-unread") == 17
    assert text.count("New for you") == 1
    assert client.get(place(topic) + "/unread").location.endswith("?page=2#post-21")


def test_a_post_that_is_answered_can_be_jumped_to_and_back(app, client, topic):
    text = client.get(place(topic)).text
    assert re.search(r'<a href="#post-1">replies to Ada O\.', text)
    assert re.search(r'class="post-to post-back">\s*<a href="#post-3">', text)
    with writing(app) as session:
        made, author = topic_of(session, topic), person(session, "bo")
        for _ in range(18):
            cast.reply(session, made, author, reply_to_number=2)
    second = client.get(place(topic) + "?page=2").text
    jump = re.search(r'href="([^"]*from=21#post-2)"', second)
    assert jump
    back = client.get(jump[1].replace("&amp;", "&")).text
    assert re.search(r'href="[^"]*page=2#post-21">.*?back to where you were', back, re.DOTALL)


def test_a_deleted_post_is_a_stub_for_a_day_then_gone(app, client, topic, clock):
    with writing(app) as session:
        bo = person(session, "bo")
        post = session.query(Post).filter_by(topic_id=topic, number=2).one()
        from forum.posts import queries

        actor = cast.actor(session, bo)
        actions.delete_post(session, actor, queries.post_for_update(session, actor, post.id))
    text = client.get(place(topic)).text
    assert "deleted a post" in text
    assert "Chalk helps." not in text
    assert "Bring it back" not in text
    assert client.get(f"/p/{post_id(app, topic, 2)}").status_code == 404
    clock.shift(timedelta(hours=25))
    assert numbers(client.get(place(topic)).text) == [1, 3]


def test_a_hidden_post_says_so_and_its_author_still_reads_it(app, client, topic):
    with writing(app) as session:
        from forum.core import clock as time

        session.query(Post).filter_by(topic_id=topic, number=2).one().hidden_at = time.now()
    text = client.get(place(topic)).text
    assert "hidden here until a moderator has looked" in text
    assert "Chalk helps." not in text
    enter(app, client, "bo")
    assert "Chalk helps." in client.get(place(topic)).text


def test_the_organizations_voice_is_said_in_words(app, client, topic):
    with writing(app) as session:
        rena, made = cast.staff(session, "rena"), topic_of(session, topic)
        actor = cast.actor(session, rena)
        with cast.unhurried():
            for voice in (
                Voice("answer", "official", "responder"),
                Voice("personal", "personal", ""),
                Voice(),
            ):
                words = cast.words(f"As {voice.role or voice.capacity or 'nobody'}.")
                actions.reply(session, actor, made, ReplyDraft(words, voice=voice, confirmed=frozenset({"row"})))
    text = client.get(place(topic)).text
    assert "Acme · Responder" in text
    assert text.count('<span class="badge">works at Acme, speaking for themselves</span>') == 2  # who says nothing, too
    assert text.count("is-organization") == 3


def test_a_newcomer_is_marked_and_others_are_not(app, client, topic):
    assert "badge--peer" not in client.get(place(topic)).text
    with writing(app) as session:
        cast.reply(session, topic_of(session, topic), cast.newcomer(session, "newt"))
    assert client.get(place(topic)).text.count("badge--peer") == 1


def test_what_happened_to_a_topic_stands_in_the_stream(app, client, topic):
    with writing(app) as session:
        from forum.posts import queries

        actor = cast.actor(session, cast.moderator(session, "mod"))
        actions.lock(session, actor, queries.topic_for_update(session, actor, topic))
    text = client.get(place(topic)).text
    assert re.search(r">mod</a> locked this topic", text)
    assert "Locked" in text
    assert "This topic is locked" in text
    enter(app, client, "bo")
    assert "<textarea" not in client.get(place(topic)).text
    enter(app, client, "mod", cast.moderator)
    text = client.get(place(topic)).text
    assert "<textarea" in text
    assert "you can still reply, as you look after this board" in text


def test_the_answer_stands_under_the_question_on_the_first_page_only(app, client, topic):
    with writing(app) as session:
        from forum.posts import queries

        actor = cast.actor(session, person(session, "ada"))
        for _ in range(20):
            cast.reply(session, topic_of(session, topic), person(session, "bo"))
        answer = session.query(Post).filter_by(topic_id=topic, number=22).one()
        actions.accept_answer(session, actor, queries.post_for_update(session, actor, answer.id))
    text = client.get(place(topic)).text
    assert "Solved" in text
    frame = text[text.index('<section class="answer"') :]
    assert "Accepted by the asker" in frame
    assert "?page=2#post-22" in frame
    assert '<section class="answer"' not in client.get(place(topic) + "?page=2").text


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (None, "Sign in"),
        (cast.unconfirmed, "Confirm your e-mail address to reply"),
        (cast.suspended, "Your account is suspended"),
    ],
)
def test_who_cannot_answer_reads_why(app, client, topic, make, sentence):
    if make:
        enter(app, client, "someone", make)
    text = client.get(place(topic)).text
    assert sentence in text
    assert "<textarea" not in text


def test_a_member_finds_the_editor_open_under_every_page(app, client, topic):
    enter(app, client, "cleo")
    text = client.get(place(topic)).text
    assert "<textarea" in text
    assert 'class="guidance"' not in text, "what helps askers is told to askers"


def test_quoting_fills_the_editor_and_remembers_whom_one_answers(app, client, topic):
    enter(app, client, "cleo")
    quoted = post_id(app, topic, 2)
    text = client.get(f"{place(topic)}?quote={quoted}").text
    assert f"&gt; [@bo](/p/{quoted}):\n&gt;\n&gt; Chalk helps." in text
    assert re.search(rf'name="reply_to"[^>]*value="{quoted}"', text)
    assert "You reply to bo" in text


def test_quoting_what_one_may_not_read_gives_nothing_away(app, client, topic):
    with writing(app) as session:
        rena = cast.staff(session, "rena")
        secret = cast.topic(session, cast.board(session, "desk", rights=cast.STAFF_ONLY), rena, body="Hush.")
        hidden = secret.last_post_id
    enter(app, client, "cleo")
    text = client.get(f"{place(topic)}?quote={hidden}").text
    assert "Hush." not in text
    assert "<textarea" in text


def test_an_event_says_when_in_the_readers_zone_and_where(app, client):
    from datetime import UTC, datetime

    with writing(app) as session:
        ada = cast.member(session, "ada")
        fields = {"time_zone": "Europe/Amsterdam", "place": "Leiden <b>, https://hall.example/a?b=1&c.", "places": 12}
        starts = datetime(2031, 7, 1, 17, 30, tzinfo=UTC)
        made = cast.topic(session, cast.board(session, kind="event"), ada, fields=fields, starts_at=starts).id
        cast.member(session, "jo", time_zone="America/New_York")
    text = client.get(f"/t/{made}", follow_redirects=True).text
    assert "Tue 1 Jul 2031, 17:30 UTC" in text
    assert "Tue 1 Jul 2031, 19:30 CEST there" in text
    link = (
        '<a href="https://hall.example/a?b=1&amp;c" rel="nofollow ugc noopener">https://hall.example/a?b=1&amp;c</a>.'
    )
    assert f"Leiden &lt;b&gt;, {link}" in text
    enter(app, client, "jo")
    assert "Tue 1 Jul 2031, 13:30 EDT" in client.get(f"/t/{made}", follow_redirects=True).text
