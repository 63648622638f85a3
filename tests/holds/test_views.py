"""The pages of what waits: its author sees it, changes it, takes it back; nobody else meets a trace of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.boards.models import Board
from forum.core import clock as clocks
from forum.holds.models import HeldPost, WatchedWord
from forum.moderation.models import Case
from forum.posts import actions
from forum.posts.models import Post
from tests import cast
from tests.holds.people import decide, watch
from tests.machines.databases import reading, writing
from tests.machines.visitor import Visitor
from tests.posts.people import enter, leave, press, read, send, topic_of

LINK = "I like [this shop](https://shop.example/strings) a lot."


@pytest.fixture
def topic(app):
    with writing(app) as session:
        board = cast.board(session, "talk", name="Talk")
        cast.moderator(session, "mo")
        return cast.topic(session, board, cast.member(session, "ada"), "About pegs")


def the_held(app):
    with reading(app) as session:
        return session.query(HeldPost).order_by(HeldPost.id.desc()).first()


def enter_new(app, client, name="newt"):
    return enter(app, client, name, cast.newcomer)


def test_a_newcomers_first_post_with_a_link_waits_where_it_was_written(app, client, topic, clock):
    enter_new(app, client)
    answer = client.submit(f"/t/{topic.id}", {"body": LINK}, form="reply")
    assert answer.location == f"/t/{topic.id}-about-pegs?waits={the_held(app).id}#waiting"
    page = read(client, answer.location)
    assert "Yours, waiting" in page
    assert "First posts with a link are read by somebody" in page
    assert "cannot be said yet" in page
    row = the_held(app)
    assert "/held" in read(client, "/drafts")
    assert "Waits for a moderator" in read(client, "/held")
    other = Visitor(app)
    enter(app, other, "bo")
    for visitor in (other, Visitor(app)):
        assert "shop.example" not in read(visitor, f"/t/{topic.id}")
        assert visitor.get(f"/held/{row.id}/edit").status_code in {404, 401, 302, 303}
    assert send(other, "/", f"/held/{row.id}/withdraw").status_code == 404


def test_a_topic_waits_on_its_board_and_is_edited_and_let_through(app, client, topic, clock):
    enter_new(app, client)
    answer = client.submit("/b/talk/new", {"title": "My favourite shop", "body": LINK})
    assert answer.location == "/b/talk#waiting"
    assert "My favourite shop" in read(client, "/b/talk")
    row = the_held(app)
    edit = f"/held/{row.id}/edit"
    form = client.held(edit, "title")
    assert (form["title"], form["body"]) == ("My favourite shop", LINK)
    assert "this shop</a>" in client.post(edit, data={**form, "preview": "1"}).text
    assert client.submit(edit, {"title": "Hm", "body": LINK}).status_code == 422
    assert client.submit(edit, {"title": "A shop for strings", "body": f"{LINK} Really."}).status_code == 303
    assert "It waits on." in read(client, "/held")
    with writing(app) as session:
        mo = session.query(cast.Account).filter_by(name="mo").one()
        decide(session, actions.release, mo, session.get_one(HeldPost, row.id))
    assert "A shop for strings" in read(Visitor(app), "/b/talk")
    assert "read by a moderator and is posted" in read(client, "/notices")
    page = read(client, "/held")
    assert "Posted" in page
    assert "See it" in page
    assert "Yours, waiting" not in read(client, "/b/talk")


def test_it_is_taken_back_and_its_text_stays(app, client, topic):
    enter_new(app, client)
    client.submit(f"/t/{topic.id}", {"body": LINK}, form="reply")
    row = the_held(app)
    press(client, f"/t/{topic.id}", f"/held/{row.id}/withdraw")
    page = read(client, "/held")
    assert "You took it back" in page
    assert "this shop</a>" in page
    assert "Yours, waiting" not in read(client, f"/t/{topic.id}")


def test_a_rejection_says_why_and_not_who(app, client, topic):
    enter_new(app, client)
    client.submit(f"/t/{topic.id}", {"body": LINK}, form="reply")
    with writing(app) as session:
        mo = session.query(cast.Account).filter_by(name="mo").one()
        decide(session, actions.reject, mo, session.query(HeldPost).one(), "Shops have a board of their own.")
    page = read(client, "/held")
    assert "Not posted" in page
    assert "Shops have a board of their own." in page
    assert ">mo<" not in page
    assert "What you wrote is not posted" in read(client, "/notices")


def test_a_moderator_reads_that_its_author_may_not_post_and_keeps_what_they_typed(app, client, topic):
    enter_new(app, client)
    client.submit(f"/t/{topic.id}", {"body": LINK}, form="reply")
    with writing(app) as session:
        cast.suspend(session, session.query(cast.Account).filter_by(name="newt").one())
        address = f"/moderation/cases/{session.query(Case).one().id}"
    leave(client)
    enter(app, client, "mo")
    typed = {"act": "release", "rule": "other", "facts": "A fine shop, I looked at it myself."}
    answer = client.submit(address, typed, form="decide")
    assert answer.status_code == 422
    assert "Its author may not post here at present." in answer.text
    assert "I looked at it myself." in answer.text
    assert "Do not post it" in answer.text


def test_what_holds_a_post_is_told_truthfully_and_without_the_word(app, client, topic):
    with writing(app) as session:
        watch(session, "pegs")
    enter(app, client, "bo")
    client.submit(f"/t/{topic.id}", {"body": "My pegs slip."}, form="reply")
    page = read(client, "/held")
    assert "It holds a word that moderators look at here" in page
    assert "advertising" not in page


def test_whoever_is_warned_posts_all_the_same(app, client, topic, uncounted, clock):
    with writing(app) as session:
        watch(session, "idiot", "warn")
    enter(app, client, "bo")
    for page, data in (
        ("/b/talk/new", {"title": "You are an idiot", "body": "As I said."}),
        (f"/t/{topic.id}", {"body": "You idiot."}),
    ):
        clock.shift(timedelta(minutes=1))
        form = "reply" if page.startswith("/t") else ""
        asked = client.submit(page, data, form=form)
        assert asked.status_code == 409
        assert "Would you rather say it otherwise?" in asked.text
        assert data["body"] in asked.text
        assert 'name="confirmed" value="words"' in asked.text
        clock.shift(timedelta(minutes=1))
        sent = {**client.held(page, "body"), **data, "confirmed": "words"}
        assert client.post(page if form == "" else f"{page}/reply", data=sent).status_code == 303
    with reading(app) as session:
        assert session.query(Post).count() == 3


def test_a_blocked_text_comes_back_and_a_censored_one_is_blackened(app, client, topic):
    with writing(app) as session:
        watch(session, "filth", "block")
        watch(session, "gosh", "censor")
    enter(app, client, "bo")
    refused = client.submit(f"/t/{topic.id}", {"body": "What filth it is"}, form="reply")
    assert refused.status_code == 422
    assert "cannot be posted here: filth" in refused.text
    assert "What filth it is</textarea>" in refused.text
    answer = client.submit(f"/t/{topic.id}", {"body": "Oh gosh, `gosh`"}, form="reply")
    assert "<p>Oh ■■■■, <code>gosh</code></p>" in read(client, answer.location)


def test_a_text_that_came_faster_than_people_type(app, client, topic, clock):
    enter_new(app, client)
    long = "Words that nobody could have typed so fast. " * 20
    form = client.held(f"/t/{topic.id}", "body")
    clock.shift(timedelta(minutes=2))
    assert client.post(f"/t/{topic.id}/reply", data={**form, "body": long}).location.endswith("#post-2")
    for number, begun in enumerate((form["begun"][:-1], "")):
        data = {**form, "body": f"{long} {number}", "begun": begun, "once": f"form-{number}", "confirmed": "row"}
        clock.shift(timedelta(minutes=2))
        assert client.post(f"/t/{topic.id}/reply", data=data).location.endswith("#waiting")
    assert the_held(app).detector == "typing"


def test_what_stood_in_the_form_already_was_not_typed(app, client, topic, clock):
    enter_new(app, client)
    long = "Words that I kept as a draft the other day. " * 20
    send(client, f"/t/{topic.id}", f"/drafts/reply/{topic.id}", body=long)
    assert client.submit(f"/t/{topic.id}", {}, form="reply").location.endswith("#post-2")


def test_moderators_have_a_topic_read_first(app, client, topic, clock):
    enter(app, client, "mo")
    press(client, f"/t/{topic.id}", f"/t/{topic.id}/hold")
    other = Visitor(app)
    enter(app, other, "bo")
    assert other.submit(f"/t/{topic.id}", {"body": "Plain words"}, form="reply").location.endswith("#waiting")
    assert send(other, f"/t/{topic.id}", f"/t/{topic.id}/unhold").status_code == 403
    press(client, f"/t/{topic.id}", f"/t/{topic.id}/unhold")
    clock.shift(timedelta(minutes=1))
    assert other.submit(f"/t/{topic.id}", {"body": "More words"}, form="reply").location.endswith("#post-2")


def test_administrators_have_a_board_read_first(app, client, topic):
    enter(app, client, "root", cast.administrator)
    assert client.submit(f"/admin/boards/{topic.board_id}", {"holds_topics": "y"}, form="edit").status_code == 303
    with reading(app) as session:
        board = session.get_one(Board, topic.board_id)
        assert (board.holds_topics, board.holds_replies) == (True, False)
    assert "new topics wait for a moderator" in read(client, "/admin/log")
    leave(client)
    enter(app, client, "bo")
    answer = client.submit("/b/talk/new", {"title": "Plain words", "body": "Nothing else."})
    assert answer.location == "/b/talk#waiting"
    assert "On this board a moderator reads everything first." in read(client, answer.location)


# ── watched words ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_is_tried_on_real_posts_before_it_is_watched_for(app, client, topic):
    enter(app, client, "root", cast.administrator)
    with writing(app) as session:
        cast.reply(session, topic_of(session, topic.id), cast.member(session, "bo"), "My pegs slip, oh PEGS")
    assert "came with the forum" in read(client, "/admin/words")
    tried = client.submit("/admin/words", {"pattern": "pegs", "action": "hold"}, form="new-word")
    assert "Of the latest 2 posts it would hit 2" in tried.text
    assert "<mark>pegs</mark>" in tried.text
    with reading(app) as session:
        assert session.query(WatchedWord).filter_by(pattern="pegs").count() == 0
    data = {"pattern": "pegs", "action": "hold", "watch": "1"}
    untried = client.submit("/admin/words", {**data, "tried": "pears"}, form="new-word")
    assert "<mark>pegs</mark>" in untried.text  # changed since it was tried
    assert client.submit("/admin/words", {**data, "tried": "pegs"}, form="new-word").status_code == 303
    assert client.submit("/admin/words", {**data, "tried": "pegs"}, form="new-word").status_code == 422
    page = read(client, "/admin/words")
    assert "root, " in page
    with reading(app) as session:
        word = session.query(WatchedWord).filter_by(pattern="pegs").one()
    page = client.get(f"/admin/words/{word.id}")
    assert 'value="pegs"' in page.text
    other = {"pattern": "peg*", "action": "flag", "watch": "1"}
    assert "<mark>pegs</mark>" in client.submit(f"/admin/words/{word.id}", other, form="edit").text
    there = {"pattern": "escort service*", "action": "hold", "watch": "1", "tried": "escort service*"}
    assert client.submit(f"/admin/words/{word.id}", there, form="edit").status_code == 422
    assert client.submit(f"/admin/words/{word.id}", {**other, "tried": "peg*"}, form="edit").status_code == 303
    press(client, "/admin/words", f"/admin/words/{word.id}/remove")
    log = read(client, "/admin/log")
    assert "The watched word “peg*” was changed: word from “pegs” to “peg*”; what it does from “Hold" in log
    assert "“pegs” is watched for." in log
    assert "“peg*” is watched for no longer." in log


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"pattern": "*", "action": "hold"}, "needs letters or digits"),
        ({"pattern": "pegs", "action": "shout"}, "Choose what it does."),
        ({"pattern": "pegs", "action": "tag"}, "which tag"),
        ({"pattern": "pegs", "action": "replace"}, "by what it is replaced"),
        ({"pattern": "pegs", "action": "tag", "instead": "nowhere"}, "There is no tag"),
    ],
)
def test_a_word_that_cannot_be_watched_for_says_why(app, client, data, sentence):
    enter(app, client, "root", cast.administrator)
    answer = client.submit("/admin/words", data, form="new-word")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_words_that_come_with_the_forum_hold_and_do_nothing_else(app):
    with reading(app) as session:
        rows = session.query(WatchedWord).all()
    assert len(rows) > 40
    assert {(row.action, row.board_id, row.added_by_id) for row in rows} == {("hold", None, None)}
    assert all(row.added_at <= clocks.now() for row in rows)
