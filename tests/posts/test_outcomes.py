"""What becomes of an answer: three outcomes, doubts, reviews, closing; through the verbs, on both databases."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum import wiring
from forum.accounts.actions.membership import leave_group
from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core.errors import Invalid, Refused
from forum.jobs.worker import run_one
from forum.notifications.audience import of_review
from forum.notifications.models import Notice
from forum.posts import actions, doubts, jobs, queries
from forum.posts.check import drifts
from forum.posts.drafts import EditDraft
from forum.posts.models import Post, Topic
from forum.posts.outcome_models import Doubt
from forum.site import actions as site_actions
from forum.site import queries as sites
from forum.site import settings
from forum.site.drafts import settings_fingerprint
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, leave, press, send
from tests.posts.people import person as named

WORKED = "worked_for_me"
SENTENCE = "The factory closed, so nobody delivers these any more."


@pytest.fixture
def people(session):
    return {name: cast.member(session, name) for name in ("ada", "bo", "cleo", "dan")}


@pytest.fixture
def answer(session, people, clock):
    """Bo's answer to ada's question."""
    topic = cast.topic(session, cast.board(session, kind="question"), people["ada"])
    return cast.reply(session, topic, people["bo"])


def act(session, person, verb, post, *rest):
    actor = cast.actor(session, person)
    session.flush()
    return verb(session, actor, queries.post_for_update(session, actor, post.id), *rest)


def refused(session, person, verb, post, *rest, error=Invalid):
    with pytest.raises(error) as said, session.begin_nested():
        act(session, person, verb, post, *rest)
    return said.value.sentence


# ── three outcomes ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_peers_confirm_an_answer_and_staff_and_its_author_do_not_count(session, people, answer, clock):
    topic = answer.topic
    for person in (cast.staff(session), cast.staff(session), people["cleo"]):
        act(session, person, actions.react, answer, WORKED)
    assert (answer.worked_count, topic.answer_post_id, topic.is_solved) == (1, None, False)
    clock.shift(timedelta(hours=1))
    act(session, people["dan"], actions.react, answer, WORKED)
    assert answer.worked_count == 2
    assert (topic.answer_post_id, topic.peers_confirmed_at, topic.is_solved) == (answer.id, clock_now(), True)
    act(session, people["cleo"], actions.unreact, answer, WORKED)
    assert (topic.answer_post_id, topic.is_solved) == (None, False)
    assert list(drifts(session)) == []


def clock_now():
    from forum.core import clock

    return clock.now()


def test_the_organization_confirms_by_somebody_else_than_the_author_and_takes_it_back(session, people, answer):
    stella, tim = cast.staff(session, "stella"), cast.staff(session, "tim")
    refused(session, people["cleo"], actions.confirm_answer, answer, error=Refused)
    act(session, stella, actions.confirm_answer, answer)
    act(session, tim, actions.confirm_answer, answer)
    assert (answer.org_confirmed_by_id, answer.topic.is_solved) == (stella.id, True)
    mine = cast.reply(session, answer.topic, stella)
    refused(session, stella, actions.confirm_answer, mine)
    page = queries.topic_page(session, cast.actor(session, people["ada"]), answer.topic_id)
    assert (page.outcomes.confirmed_by, page.outcomes.confirmed_for) == (stella, cast.host(session))
    act(session, tim, actions.withdraw_confirmation, answer)
    assert not answer.topic.is_solved
    assert list(drifts(session)) == []


def test_the_accepted_answer_stands_before_a_confirmed_one_unless_it_is_outdated(session, people, answer):
    topic, other = answer.topic, cast.reply(session, answer.topic, people["cleo"])
    act(session, cast.staff(session), actions.confirm_answer, other)
    assert topic.answer_post_id == other.id
    act(session, people["ada"], actions.accept_answer, answer)
    assert topic.answer_post_id == answer.id
    act(session, people["ada"], actions.say_outdated, answer)
    assert (topic.answer_post_id, topic.accepted_post_id, topic.is_solved) == (other.id, answer.id, True)
    act(session, people["cleo"], actions.delete_post, other)
    assert (topic.answer_post_id, topic.is_solved) == (answer.id, False)
    assert list(drifts(session)) == []


# ── no longer true ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_doubt_asks_the_author_and_after_fourteen_days_everybody_is_told(app, clock):
    with writing(app) as session:
        ada, bo, cleo, dan = (cast.member(session, name) for name in ("ada", "bo", "cleo", "dan"))
        topic = cast.topic(session, cast.board(session, kind="question"), ada)
        answer = cast.reply(session, topic, bo)
        refused(session, cleo, actions.doubt, answer, SENTENCE)  # nobody said that it is right, yet
        act(session, ada, actions.accept_answer, answer)
        refused(session, cleo, actions.doubt, answer, "No")
        act(session, cleo, actions.doubt, answer, SENTENCE)
        refused(session, dan, actions.doubt, answer, SENTENCE)

    def knows(name):
        with reading(app) as session:
            person = session.query(cast.Account).filter_by(name=name).first()
            return queries.topic_page(session, cast.actor(session, person), topic.id).outcomes.doubt is not None

    assert [knows(name) for name in ("ada", "bo", "cleo", "dan", "")] == [True, True, True, False, False]
    clock.shift(timedelta(days=13))
    run(app, jobs.tell_of_doubts)
    assert not knows("dan")
    clock.shift(timedelta(days=1))
    run(app, jobs.tell_of_doubts)
    run(app, jobs.tell_of_doubts)
    assert knows("dan")
    assert knows("")
    with writing(app) as session:
        refused(session, dan, actions.say_outdated, answer, error=Refused)
        act(session, bo, actions.say_outdated, answer)
        found = session.get(Topic, topic.id)
        assert (found.is_solved, found.outdated_at) == (False, clock_now())
        assert [row.verdict for row in session.query(Doubt)] == ["outdated"]
        act(session, ada, actions.say_still_true, answer)
        assert (session.get(Topic, topic.id).is_solved, session.get(Post, answer.id).still_true_at) == (
            True,
            clock_now(),
        )
        assert list(drifts(session)) == []


def run(app, job):
    with app.app_context():
        job()


def test_who_raised_a_doubt_takes_it_back_and_where_nobody_can_be_asked_all_are_told(session, people, answer):
    act(session, people["ada"], actions.accept_answer, answer)
    act(session, people["cleo"], actions.doubt, answer, SENTENCE)
    act(session, people["dan"], actions.withdraw_doubt, answer)
    assert answer.doubt_id is not None
    act(session, people["cleo"], actions.withdraw_doubt, answer)
    assert answer.doubt_id is None
    people["bo"].placeholder_since = clock_now()
    act(session, people["cleo"], actions.doubt, answer, SENTENCE)
    assert answer.doubted_at is not None


def test_the_keeper_of_a_reference_page_says_it_is_still_true_and_when_to_look_again(session, people):
    board = cast.board(session, kind="reference")
    topic = cast.topic(session, board, people["ada"])
    topic.fields = {"review_on": "2020-01-01"}
    page = session.get_one(Post, topic.last_post_id)
    soon = clock_now().date() + timedelta(days=300)
    (row,) = queries.board_page(session, cast.actor(session, None), board).topics.items
    assert row.review_overdue
    act(session, people["bo"], actions.doubt, page, SENTENCE)
    act(session, people["ada"], actions.say_still_true, page, soon)
    (row,) = queries.board_page(session, cast.actor(session, None), board).topics.items
    assert (row.review_overdue, page.doubt_id, topic.fields["review_on"]) == (False, None, soon.isoformat())
    act(session, people["ada"], actions.say_outdated, page)
    assert topic.outdated_at is not None
    assert list(drifts(session)) == []


@given(st.dates(), st.text(max_size=12))
def test_a_day_of_review_is_to_come_and_not_too_far(today, typed):
    try:
        day = doubts.checked_review(typed, min(today, date(9000, 1, 1)))
    except Invalid:
        assert typed.strip()
    else:
        assert min(today, date(9000, 1, 1)) < day <= min(today, date(9000, 1, 1)) + doubts.FARTHEST_REVIEW


# ── closing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_solved_question_closes_thirty_days_after_its_last_post_unless_somebody_opens_it_again(app, clock):
    with writing(app) as session:
        ada, bo, eli = cast.member(session), cast.member(session), cast.moderator(session)
        board = cast.board(session, kind="question")
        solved, open_ = cast.topic(session, board, ada), cast.topic(session, board, ada)
        answer = cast.reply(session, solved, bo)
        cast.reply(session, open_, bo)
        act(session, ada, actions.accept_answer, answer)
    clock.shift(timedelta(days=29))
    run(app, jobs.close_solved_topics)
    assert states(app, solved, open_) == (False, False)
    clock.shift(timedelta(days=1))
    run(app, jobs.close_solved_topics)
    assert states(app, solved, open_) == (True, False)
    with writing(app) as session:
        actor = cast.actor(session, eli)
        note = session.query(Post).filter_by(topic_id=solved.id, action="solved.closed").one()
        assert note.author_id is None
        actions.unlock(session, actor, queries.topic_for_update(session, actor, solved.id))
    run(app, jobs.close_solved_topics)
    assert states(app, solved, open_) == (False, False)
    with reading(app) as session:
        assert list(drifts(session)) == []


def states(app, *topics):
    with reading(app) as session:
        return tuple(session.get(Topic, topic.id).locked_at is not None for topic in topics)


# ── lists and pages ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_questions_are_listed_by_how_they_stand_on_their_board_and_everywhere(app, client, clock):
    with writing(app) as session:
        ada, bo, stella = cast.member(session, "ada"), cast.member(session, "bo"), cast.staff(session, "stella")
        board = cast.board(session, "questions", kind="question")
        made = {
            name: cast.topic(session, board, ada, f"About {name}") for name in ("nothing", "staff", "peer", "solved")
        }
        cast.topic(session, cast.board(session, "talk"), ada, "About talk")
        hidden = cast.board(session, "desk", kind="question", rights=cast.STAFF_ONLY)
        cast.topic(session, hidden, stella, "About secrets")
        cast.reply(session, made["nothing"], ada)  # an afterthought is no answer
        cast.reply(session, made["staff"], stella)
        cast.reply(session, made["peer"], bo)
        act(session, ada, actions.accept_answer, cast.reply(session, made["solved"], bo))
    expected = {
        "unanswered": {"nothing"},
        "no-peer": {"nothing", "staff"},
        "unsolved": {"nothing", "staff", "peer"},
        "solved": {"solved"},
    }
    for show, names in expected.items():
        for address in (f"/b/questions?show={show}", f"/questions?show={show}"):
            text = client.get(address).text
            found = {one for one in (*made, "talk", "secrets") if f"About {one}" in text}
            assert found == names, address
            assert client.get(f"{address}&page=2").status_code == 404
    assert "show=unsolved&amp;page=2" not in client.get("/questions?show=unsolved").text


@pytest.fixture
def question(app):
    """Ada's question with bo's accepted answer: topic and post ids."""
    with writing(app) as session:
        ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
        topic = cast.topic(session, cast.board(session, "questions", kind="question"), ada, "About pegs")
        answer = cast.reply(session, topic, bo, "Chalk.")
        act(session, ada, actions.accept_answer, answer)
        return topic.id, answer.id


def test_on_the_page_staff_confirm_a_reader_doubts_and_the_author_settles(app, client, question):
    topic, answer = question
    here = f"/t/{topic}"
    enter(app, client, "stella", cast.staff, display_name="Stella S.")
    press(client, here, f"/p/{answer}/confirm")
    enter(app, client, "cleo")
    for name in ("dan", "eve"):
        enter(app, client, name)
        press(client, here, f"/p/{answer}/react", kind=WORKED)
    press(client, f"/p/{answer}/doubt", f"/p/{answer}/doubt", sentence="Hm")
    said = send(client, here, f"/p/{answer}/doubt", sentence="Hm")
    assert (said.status_code, "Say in a sentence" in said.text, ">\nHm</textarea>" in said.text) == (422, True, True)
    assert press(client, f"/p/{answer}/doubt", f"/p/{answer}/doubt", sentence=SENTENCE).status_code == 303
    leave(client)
    text = client.get(here, follow_redirects=True).text
    for words in ("Accepted by the asker", "Confirmed by 2 peers", "Confirmed by Stella S.", "Acme"):
        assert words in text, words
    assert SENTENCE not in text
    enter(app, client, "bo")
    assert SENTENCE in client.get(here, follow_redirects=True).text
    press(client, here, f"/p/{answer}/outdated")
    text = client.get(here, follow_redirects=True).text
    assert "Outdated since" in text
    assert ">Solved<" not in text.replace("</svg>", ">")
    press(client, here, f"/p/{answer}/still-true")
    assert "Still true" in client.get(here, follow_redirects=True).text
    assert "Outdated" not in client.get("/b/questions").text


def test_having_the_question_too_is_one_button_with_a_count_in_words(app, client, question):
    topic, _answer = question
    here = f"/t/{topic}"
    enter(app, client, "ada")
    assert f"/t/{topic}/too" not in client.get(here, follow_redirects=True).text
    enter(app, client, "cleo")
    press(client, here, f"/t/{topic}/too")
    assert "1 other has this question" in client.get(here, follow_redirects=True).text
    assert "1 has this too" in client.get("/b/questions").text
    press(client, here, f"/t/{topic}/not-too")
    assert "has this question" not in client.get(here, follow_redirects=True).text
    with writing(app) as session:
        session.query(Board).update({"kind": "discussion"})
    assert send(client, here, f"/t/{topic}/too").status_code == 422


def test_who_keeps_a_page_is_named_by_whoever_writes_it_and_asked_on_its_day_or_else_its_moderators(app, client, clock):
    with writing(app) as session:
        cast.board(session, "shelf", kind="reference")
        people = {name: cast.member(session, name).id for name in ("ada", "bo")}
        mod = cast.moderator(session, "mod").id
    enter(app, client, "ada")
    assert 'value="ada"' in client.get("/b/shelf/new").text
    page = {"title": "Sizes of bridges", "body": "Four of them.", "review_on": "2026-03-05"}
    refused = client.submit("/b/shelf/new", {**page, "keeper": "@nobody"})
    assert refused.status_code == 422
    assert "Nobody who reads this board is called “nobody”." in refused.text
    place = client.submit("/b/shelf/new", {**page, "keeper": "@Bo"}).location

    def asked():
        with app.app_context():
            wiring.JOBS["ask_for_reviews"]()
        with reading(app) as session:
            return [row.recipient_id for row in session.query(Notice).filter_by(kind="review").order_by(Notice.id)]

    assert asked() == []
    clock.shift(timedelta(days=3))
    assert asked() == asked() == [people["bo"]]
    assert "Review overdue" not in client.get("/b/shelf").text
    clock.shift(timedelta(days=1))
    assert "Review overdue" in client.get("/b/shelf").text
    post_id = int(re.search(r"/p/(\d+)/edit", client.get(place).text)[1])
    enter(app, client, "bo")
    assert "Is this page still true?" in client.get("/notices").text
    send(client, place, f"/p/{post_id}/still-true", review_on="2026-03-10")
    assert "Review overdue" not in client.get("/b/shelf").text
    assert 'value="bo"' in client.get(f"/p/{post_id}/edit").text
    with writing(app) as session:
        session.get_one(Account, people["bo"]).deactivated_at = clock_now()
    clock.shift(timedelta(days=5))
    assert asked() == [people["bo"], mod]
    enter(app, client, "ada")
    assert client.submit(f"/p/{post_id}/edit", {"keeper": "bo"}).status_code == 303, "who keeps it already may stay"
    clock.shift(timedelta(minutes=1))
    assert client.submit(f"/p/{post_id}/edit", {"keeper": ""}).status_code == 303
    assert "Nobody is named" in client.get(place).text


def test_who_betters_a_page_does_not_take_it_over_and_leaves_a_trace(app, client, clock):
    with writing(app) as session:
        cast.board(session, "shelf", kind="reference")
        cast.tag(session, "gut")
        cast.tag(session, "hide")
    ada = enter(app, client, "ada")
    page = {"title": "Sizes of bridges", "body": "Four of them.", "review_on": "2026-03-05"}
    place = client.submit("/b/shelf/new", page).location
    edit = re.search(r"/p/\d+/edit", client.get(place).text)[0]
    enter(app, client, "mallory", cast.newcomer)
    assert not {"keeper", "review_on"} & client.held(edit, "title").keys(), "she is not asked what is not hers to say"
    taken = {"keeper": "mallory", "review_on": "2027-01-01"}
    assert send(client, place, edit, **client.held(edit, "title") | taken | {"title": "Old bridges"}).status_code == 303
    with writing(app) as session:
        topic, mallory = session.query(Topic).one(), cast.actor(session, named(session, "mallory"))
        assert (topic.title, topic.fields, topic.keeper_id) == ("Old bridges", {"review_on": "2026-03-05"}, ada)
        post = queries.post_for_update(session, mallory, session.query(Post).filter_by(number=1).one().id)
        for one in taken.items():
            with pytest.raises(Invalid, match="its author, its keeper and moderators decide"):
                actions.edit_post(session, mallory, post, EditDraft(cast.words("Mine."), 1, fields=dict([one])))
    clock.shift(timedelta(minutes=1))
    assert client.submit(edit, {"tags": "gut"}).status_code == 303
    assert "/history" in client.get(place, follow_redirects=True).text
    assert client.submit(edit, {"tags": "hide"}).status_code in {422, 429}, "at the pace of any edit"


def test_who_keeps_a_page_from_now_on_and_who_kept_it_until_now_both_hear_it_in_their_language(app, client, clock):
    with writing(app) as session:
        cast.board(session, "shelf", kind="reference")
        cast.member(session, "bo", locale="de")
        cast.member(session, "cleo")
        cast.unconfirmed(session, "una")
    enter(app, client, "ada")
    page = {"title": "Sizes of bridges", "body": "Four of them.", "review_on": "2026-03-05", "keeper": "bo"}
    place = client.submit("/b/shelf/new", page).location
    edit = re.search(r"/p/\d+/edit", client.get(place).text)[0]
    refused = client.submit(edit, {"keeper": "una"})
    assert (refused.status_code, "Nobody who reads this board is called “una”." in refused.text) == (422, True)
    assert client.submit(edit, {"keeper": "cleo"}).status_code == 303
    for name, words in {
        "bo": ("ada hat dich eingetragen: Du pflegst jetzt diese Seite", "Du pflegst diese Seite nicht mehr"),
        "cleo": ("ada named you as who keeps this page correct",),
        "ada": (),
    }.items():
        enter(app, client, name)
        said = client.get("/notices").text
        assert [sentence in said for sentence in words] == [True] * len(words), name
        assert ("Sizes of bridges" in said) == bool(words)


def test_a_page_is_looked_at_again_on_a_day_to_come_within_three_years(app, client, clock):
    with writing(app) as session:
        cast.board(session, "shelf", kind="reference")
    enter(app, client, "ada")
    page = {"title": "Sizes of bridges", "body": "Four of them."}
    place = client.submit("/b/shelf/new", page | {"review_on": "2026-03-05"}).location
    edit = re.search(r"/p/\d+/edit", client.get(place).text)[0]
    clock.shift(timedelta(minutes=1))
    for day in ("0001-01-01", "9999-12-31", "2026-03-02", "2029-03-02"):
        for form, typed in (("/b/shelf/new", page | {"body": "Others."}), (edit, {})):
            refused = client.submit(form, typed | {"review_on": day})
            assert refused.status_code == 422
            assert "Choose a day to look at it again, in at most three years." in refused.text
    clock.shift(timedelta(days=30))
    assert client.submit(edit, {"title": "Sizes of all bridges"}).status_code == 303, "a day that came may stay"


@pytest.mark.parametrize("state", ["unconfirmed", "out of the circle", "not listening"])
def test_a_keeper_who_can_not_hear_it_is_not_asked_but_those_who_moderate_the_board(session, state):
    circle, ada, bo = cast.group(session, "Circle"), cast.member(session, "ada"), cast.member(session, "bo")
    shelf = cast.board(session, "shelf", kind="reference", rights={circle.id: ["see", "start", "moderate"]})
    for one in (ada, bo):
        cast.join(session, one, circle.id)
    page = cast.topic(session, shelf, ada, fields={"keeper": "bo"})
    assert session.scalars(of_review(session, page)).all() == [bo.id]
    if state == "unconfirmed":
        bo.confirmed_at = None
    elif state == "not listening":
        actions.follow_topic(session, cast.actor(session, bo), page, "muted")
    else:
        leave_group(session, circle.id, bo.id)
    session.flush()
    assert session.scalars(of_review(session, page)).all() == [ada.id]


def test_another_number_of_peers_asks_all_answers_anew_and_everything_adds_up(app, clock):
    with writing(app) as session:
        root, cleo = cast.administrator(session, "root"), cast.member(session, "cleo")
        topic = cast.topic(session, cast.board(session, kind="question"), cast.member(session, "ada"))
        answer = cast.reply(session, topic, cast.member(session, "bo"))
        act(session, cleo, actions.react, answer, WORKED)
        topic_id, root_id = topic.id, root.id

    def solved_with(needed):
        with writing(app) as session:
            site = sites.site(session)
            whole = {one.key: settings.number(site.settings, one.key) for one in settings.of_section("answers")}
            seen = settings_fingerprint("answers", site.settings)
            actor = cast.actor(session, session.get_one(Account, root_id))
            site_actions.change_settings(session, actor, site, "answers", whole | {"peers_needed": needed}, seen)
        with app.app_context():
            assert run_one(wiring.JOBS)
        with reading(app) as session:
            assert list(drifts(session)) == []
            return session.get_one(Topic, topic_id).is_solved

    assert [solved_with(1), solved_with(3), solved_with(1)] == [True, False, True]
