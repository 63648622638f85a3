"""Pages of the guard: what is offered to whom, where words are kept, and who speaks wherever somebody is named."""

from __future__ import annotations

import re

import pytest

from forum.drafts.models import Draft
from forum.organization.voices import Voice
from forum.permissions import Group, Right, Role
from forum.posts import actions
from forum.posts.models import Post, Topic
from tests import cast
from tests.machines.databases import reading, writing
from tests.machines.visitor import Visitor
from tests.posts.doors import established, hours, living, posts_of, question
from tests.posts.people import person, press, send

ANSWER = Voice("answer", "official", "responder")
WORDS = {"body": "Chalk, thinly.", "intent": "answer", "speaking": "responder", "reply_to": "", "page": "1"}
TOPIC = {"title": "How do you sharpen?", "body": "We would like to know.", "tried": "Stones.", "speaking": "seeder"}


@pytest.fixture
def topic(app, clock):
    """A question of an hour ago."""
    with writing(app) as session:
        asked = question(session, cast.member(session, "ada"), title="How do pegs stick?")
        clock.shift(hours(1))
        return asked


@pytest.fixture
def sid(app, client, topic):
    """A visitor of the organization, in every role but that of a Host."""
    with writing(app) as session:
        cast.sign_in(client, session, cast.staff(session, "sid", roles=set(Role) - {Role.HOST}))
    return client


def page_of(client, topic):
    return client.get(f"/t/{topic.id}", follow_redirects=True).text


def reply(client, topic, **fields):
    return send(client, f"/t/{topic.id}", f"/t/{topic.id}/reply", **(WORDS | fields))


def new_topic(app, topic):
    with reading(app) as session:
        return f"/b/{living(session, topic).board.slug}/new"


def offered(page):
    """The purposes in the form of a page."""
    return set(re.findall(r'value="([a-z]+)"', page.partition('id="intent"')[2].partition("</select>")[0]))


def box(page):
    return re.search(r"<textarea[^>]*id=\"body\"[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)


# ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_kept_as_a_draft_is_found_where_drafts_are_listed(app, sid, topic):
    form = new_topic(app, topic)
    with established(our_topics=8, topics=20):
        for keep in (
            lambda: send(sid, form, form, door="draft", intent="seed", **TOPIC),
            lambda: reply(sid, topic, door="draft"),
        ):
            answer = keep()
            assert answer.status_code == 303
            page = sid.get(answer.location).text
            assert "Kept among your drafts." in page
    assert "How do you sharpen?" in page
    assert "Chalk, thinly." in page


def test_asking_back_puts_the_answer_aside_and_empties_the_box(app, clock, sid, topic):
    with established():
        page = reply(sid, topic, door="clarify").text
        assert box(page)[1] == ""
        assert "autofocus" in box(page)[0]
        assert re.search(r'<option selected value="clarify">', page)
        assert "Your answer is put aside, among your drafts." in page
        assert reply(sid, topic, body="Which wood is it?", intent="clarify").status_code == 303
        page = page_of(sid, topic)
        back = re.search(r'href="([^"]+aside=1[^"]*)"', page)[1]
        page = sid.get(back.partition("#")[0]).text
        assert box(page)[1] == "Chalk, thinly."
        assert re.search(r'<option selected value="answer">', page)
        assert back in sid.get("/drafts").text
        stamp = re.search(r'name="draft" value="([^"]+)"', page)[1]
        clock.shift(hours(1))
        assert reply(sid, topic, aside="1", draft=stamp).status_code == 303  # it stands by now
    with reading(app) as session:
        assert session.query(Draft).count() == 0


# ── what is offered ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_fitting_purposes_are_offered_and_forged_ones_refused_in_words(app, sid, topic):
    form = new_topic(app, topic)
    with established():
        assert offered(page_of(sid, topic)) >= {"answer", "welcome", "clarify"}
        assert not offered(page_of(sid, topic)) & {"moderate", "seed", "announce"}
        assert offered(sid.get(form).text) == {"answer", "official", "correct", "seed", "announce", "personal"}
        answer = reply(sid, topic, intent="moderate")
        assert answer.status_code == 403
        assert "Only who looks after this board" in answer.text
        assert "Chalk, thinly." in answer.text
        answer = send(sid, form, form, **TOPIC, intent="welcome")
        assert answer.status_code == 422
        assert "Only a reply can be for that" in answer.text
    host = Visitor(app, app.response_class)
    with writing(app) as session:
        cast.sign_in(host, session, cast.staff(session, "hal"))
    assert "moderate" in offered(page_of(host, topic))


def test_staff_who_edit_a_question_are_not_asked_what_its_asker_wants_and_answer_elsewhere(app, sid, topic):
    with writing(app) as session:
        cast.join(session, person(session, "sid"), Group.MODERATORS)
        opening = posts_of(session, topic)[0]
    asker = Visitor(app, app.response_class)
    with writing(app) as session:
        cast.sign_in(asker, session, person(session, "ada"))
    edit = f"/p/{opening.id}/edit"
    assert 'name="wants_org"' in asker.get(edit).text
    with established():
        assert 'name="wants_org"' not in sid.get(edit).text
        words = {"title": "How do pegs stick?", "body": opening.source + " Take this glue: " + "glue " * 40}
        answer = send(sid, edit, edit, base="0", reason="", wants_org="y", **words)
        assert answer.status_code == 409
        assert "Write a reply of your own" in answer.text
        assert "Take this glue" in answer.text
        assert 'value="now"' not in answer.text


def test_who_adds_to_a_welcome_is_asked_again_what_it_is_for(app, sid, topic):
    with writing(app) as session:
        voice = Voice("welcome", "official", "responder")
        post = cast.reply(session, living(session, topic), person(session, "sid"), "Welcome!", voice=voice)
    edit, more = f"/p/{post.id}/edit", post.source + " And this is how: " + "chalk " * 40
    with established():
        page = sid.get(edit).text
        assert "What this post is for now" in page
        assert 'value="seed"' not in page
        answer = send(sid, edit, edit, base="0", reason="", body=more, purpose="")
        assert answer.status_code == 409
        assert "Members have the first word here" in answer.text
        assert send(sid, edit, edit, base="0", reason="", body=more, purpose="connect").status_code == 303


def test_what_is_other_than_the_host_has_read_comes_back_with_a_sentence(app, clock, sid, topic):
    host = Visitor(app, app.response_class)
    form = new_topic(app, topic)
    with writing(app) as session:
        cast.sign_in(host, session, cast.staff(session, "hal"))
        cast.reply(session, living(session, topic), cast.member(session))
        cast.tag(session, "wood")
    with established(our_posts=60):
        words = TOPIC | {"intent": "seed", "tags": "wood"}
        assert send(sid, form, form, door="ask", why="legal", **words).status_code == 303
        desk = host.get("/stand-bys").text
        for seen in ("How do you sharpen?", "wood", "Seeder", "Stones."):
            assert seen in desk
        request_id = re.search(r"/stand-bys/requests/(\d+)/approve", desk)[1]
        press(host, "/stand-bys", f"/stand-bys/requests/{request_id}/approve")
        answer = send(sid, form, form, door="leave", **(words | {"title": "Buy our stones"}))
        assert answer.status_code == 409
        assert "not what the Host said yes to" in answer.text
        assert "Buy our stones" in answer.text
        assert send(sid, form, form, door="leave", **words).status_code == 303


# ── what readers see ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_asker_waives_sees_it_and_takes_it_back(app, sid, topic):
    asker = Visitor(app, app.response_class)
    with writing(app) as session:
        cast.sign_in(asker, session, person(session, "ada"))
    here, said = f"/t/{topic.id}", "The asker would be glad of the organization’s answer now"
    with established():
        press(asker, here, f"{here}/waive")
        assert said in page_of(sid, topic)
        press(asker, here, f"{here}/members-first")
        assert said not in page_of(sid, topic)
        assert reply(sid, topic, door="stand_by").status_code == 303
        press(asker, here, f"{here}/waive")
        with writing(app) as session:
            row = session.query(actions.turning.StandBy).one()
            row.topic = living(session, topic)
            actions.turn_stand_by(session, cast.actor(session, person(session, "sid")), row)
        page = page_of(asker, topic)
        assert "posted because the asker asked" in page
        assert "posted after waiting for members" not in page
        assert "members-first" not in page


def test_for_whom_somebody_speaks_stands_wherever_they_are_named(app, client, topic):
    rights = {**cast.PUBLIC, Group.STAFF: [Right.MODERATE]}
    with writing(app) as session:
        board = cast.board(session, kind="question", rights=rights)
        sid, ada = cast.staff(session, "sid"), person(session, "ada")
        post = cast.reply(session, living(session, topic), sid, "Rosin sticks.", voice=ANSWER)
        post.topic = living(session, topic)
        actions.accept_answer(session, cast.actor(session, ada), post)
        actions.move_topic(session, cast.actor(session, cast.join(session, sid, Group.MODERATORS)), post.topic, board,
                           cast.words("It was elsewhere."))  # fmt: skip
        cast.sign_in(client, session, ada)
    page = page_of(client, topic)
    frame = page.partition('class="answer-head"')[2].partition("</header>")[0]
    note = page.partition("moved this topic here")[2].partition("</p>")[0]
    assert "Acme · Responder" in frame
    assert "Acme" in note
    assert f"[@sid · Acme](/p/{post.id})" in client.get(f"/t/{topic.id}-x?quote={post.id}", follow_redirects=True).text
    assert "Acme · Responder" in client.get("/search?q=rosin").text
    assert "Acme" in client.get("/notices").text.partition('class="notice-row')[2]
    with reading(app) as session:
        assert session.query(Post).filter_by(action="moved").one().organization_id is not None
        assert session.get(Topic, topic.id).board_id == board.id
