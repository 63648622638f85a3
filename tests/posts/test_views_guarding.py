"""What the guard's doors look like in pages: for staff, for Hosts, for members."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.drafts.models import Draft
from forum.organization.voices import Voice
from forum.permissions import Group, Right
from forum.posts.guard_models import Override, OverrideRequest, StandBy
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import reading, writing
from tests.machines.visitor import Visitor
from tests.posts.doors import established, hours, living, question
from tests.posts.people import enter, person, token

RIGHTS = {**cast.PUBLIC, Group.STAFF: [Right.MODERATE]}
LOUD = {"our_posts": 60}


@pytest.fixture
def topic(app, clock):
    """A question of an hour ago."""
    with writing(app) as session:
        asked = question(session, cast.member(session, "ada"), title="How do pegs stick?")
        clock.shift(hours(1))
        return asked


@pytest.fixture
def sid(app, client, topic):
    """A visitor of the organization."""
    with writing(app) as session:
        cast.sign_in(client, session, cast.staff(session, "sid"))
    return client


def press(client, page, data, to=""):
    """A button on a page, with the page's token; `to`: where its form goes."""
    return client.post(to or page, data={"csrf_token": token(client, page), **data})


def send(client, topic, **fields):
    words = {"body": "Chalk, thinly.", "intent": "answer", "speaking": "responder", "reply_to": "", "page": "1"}
    return press(client, f"/t/{topic.id}", words | fields, to=f"/t/{topic.id}/reply")


def posts(app, topic):
    with reading(app) as session:
        return session.query(Post).filter_by(topic_id=topic.id, action="").count()


def test_the_editor_says_until_when_members_have_the_first_word_and_keeps_the_reply(app, sid, topic):
    with established():
        page = sid.get(f"/t/{topic.id}-x", follow_redirects=True).text
        said = r'until <time datetime="2026-03-02T21:00:00\+00:00" title="2 March 2026, 21:00 UTC">today 21:00</time>\.'
        assert re.search(f"Members have the first word here {said}", page)
        assert "/organization/how-we-write" in page
        assert "Keep as stand-by" in page
        assert 'role="status"' in page
        answer = send(sid, topic)
        assert answer.status_code == 303
        assert "You have a reply standing by here." in sid.get(answer.location).text
        assert "Kept as a stand-by" in sid.get(answer.location).text or posts(app, topic) == 1
    mine = sid.get("/stand-bys").text
    assert "Waits" in mine
    assert "Chalk, thinly." in mine


def test_another_purpose_changes_the_line_and_the_button(app, sid, topic):
    with established():
        said = sid.get(f"/t/{topic.id}/guard?intent=welcome").text
        assert "need not wait" in said
        assert "Post reply" in said
        assert "Internal note" not in said
        said = sid.get(f"/t/{topic.id}/guard?intent=answer").text
        assert "One that stands by goes out <time" in said
        assert f'formaction="/t/{topic.id}/note"' in said
        said = sid.get(f"/t/{topic.id}/guard?intent=correct").text
        assert "It could hurt somebody" in said
        assert "Keep as stand-by" in said
        said = sid.get(f"/t/{topic.id}/guard?intent=correct&dangerous=y", headers={"HX-Trigger-Name": "dangerous"}).text
        assert "corrected at once" in said
        assert 'id="danger"' not in said  # what was ticked keeps its focus


def test_members_are_shown_nothing_of_it(app, client, topic):
    enter(app, client, "bo")
    with established():
        page = client.get(f"/t/{topic.id}-x", follow_redirects=True).text
        assert 'id="guard"' not in page
        assert client.get(f"/t/{topic.id}/guard").status_code == 404
        assert client.get("/stand-bys").status_code == 404


def test_without_a_reason_it_is_not_posted_now_and_nothing_is_lost(app, sid, topic):
    with established():
        answer = send(sid, topic, door="now")
        assert answer.status_code == 422
        assert "Chalk, thinly." in answer.text
        answer = send(sid, topic, door="now", why="other", why_text="The class begins in an hour.", confidential="y")
        assert answer.status_code == 303
    public = Visitor(app, app.response_class).get("/organization/overrides").text
    assert "Another reason" in public
    assert "The class begins" not in public
    assert "sid" not in re.sub(r'"[^"]*"', "", public)


def test_a_host_is_asked_sees_the_words_and_the_numbers_and_says_yes(app, clock, sid, topic):
    host = Visitor(app, app.response_class)
    with writing(app) as session:
        cast.sign_in(host, session, cast.staff(session, "hal"))
    clock.shift(hours(20))  # after the window, before the silence is a duty
    with established(**LOUD):
        refused = send(sid, topic, door="now", why="safety")
        assert refused.status_code == 409
        assert "looked at again each hour" in refused.text
        assert 'value="leave"' not in refused.text  # nobody said yes yet
        assert send(sid, topic, door="ask", why="no_peer_available").status_code == 303
        with reading(app) as session:
            assert session.query(Draft).one().body == "Chalk, thinly."  # it is with the drafts meanwhile
            request = session.query(OverrideRequest).one()
        desk = host.get("/stand-bys").text
        assert "Chalk, thinly." in desk
        assert "our share of the conversation: 60.4 % of at most 35 %" in desk
        assert "No member can know this" in desk
        assert press(host, "/stand-bys", {}, to=f"/stand-bys/requests/{request.id}/approve").status_code == 303
        mine = sid.get("/stand-bys").text
        assert "A Host said yes" in mine
        assert f'href="/t/{topic.id}#reply"' in mine  # to the draft
        page = sid.get(f"/t/{topic.id}-x", follow_redirects=True).text
        assert "hal (Host) agreed, until" in page
        assert 'value="leave"' in page  # the main button posts it
        assert 'value="stand_by"' not in page
        assert send(sid, topic, door="leave").status_code == 303
    assert posts(app, topic) == 2
    with reading(app) as session:
        row = session.query(Override).one()
        assert (row.reason, row.approver_id) == ("no_peer_available", person(session, "hal").id)
    assert "a Host agreed" in sid.get("/organization/overrides").text


def test_a_topic_too_many_goes_back_to_the_drafts(app, sid, topic):
    with reading(app) as session:
        slug = living(session, topic).board.slug
    words = {"title": "How do you sharpen?", "body": "We would like to know.", "tried": "Stones.", "intent": "seed"}
    with established(our_topics=8, topics=20):
        page = sid.get(f"/b/{slug}/new").text
        assert "begun 42.9 % of the topics here" in page
        answer = press(sid, f"/b/{slug}/new", words | {"speaking": "seeder"})
        assert answer.status_code == 409
        assert "We would like to know." in answer.text
        with reading(app) as session:
            assert session.query(Draft).one().title == "How do you sharpen?"
        again = press(sid, f"/b/{slug}/new", words | {"speaking": "seeder", "door": "now", "why": "revival"})
        assert again.status_code == 303


def test_a_pin_too_many_asks_which_one_comes_down(app, client, clock):
    with established():
        with writing(app) as session:
            board = cast.board(session, rights=RIGHTS)
            topics = [cast.topic(session, board, cast.member(session), title=f"Topic {n}") for n in (1, 2, 3)]
            cast.sign_in(client, session, cast.staff(session, "sid"))

        def pin(topic, **fields):
            return press(client, f"/t/{topic.id}", {"scope": "board", "days": "7"} | fields, to=f"/t/{topic.id}/pin")

        shown = client.get(f"/t/{topics[0].id}", follow_redirects=True).text
        assert re.findall(r'<option value="(\d+)"', shown[shown.index("pin-days") :])[:4] == ["1", "3", "7", "14"]
        assert '<option value="30"' not in shown
        assert [pin(topic).status_code for topic in topics] == [303, 303, 409]
        page = pin(topics[2]).text
        assert "Instead of this one" in page
        assert "Topic 1" in page
        assert pin(topics[2], replaces=str(topics[0].id)).status_code == 303
        assert pin(topics[1], days="30").status_code == 409


def test_an_edit_that_says_something_else_comes_back_with_its_reasons(app, sid, topic, clock):
    with writing(app) as session:
        post = cast.reply(session, living(session, topic), person(session, "sid"), voice=Voice("answer"))
    clock.shift(timedelta(minutes=10))
    words = {"body": post.source + " See https://example.org", "base": "0", "reason": ""}
    with established(our_posts=38):
        answer = press(sid, f"/p/{post.id}/edit", words)
        assert answer.status_code == 409
        assert "Save now" in answer.text
        assert press(sid, f"/p/{post.id}/edit", words | {"door": "now", "why": "wrong_info"}).status_code == 303


def test_the_topic_says_who_is_on_it_and_that_it_was_seen(app, sid, topic):
    with writing(app) as session:
        kim = cast.member(session, "kim", display_name="Kim")
        member = Visitor(app, app.response_class)
        cast.sign_in(member, session, kim)
    with established():
        assert "I’m on it" in member.get(f"/t/{topic.id}-x", follow_redirects=True).text
        press(member, f"/t/{topic.id}", {}, to=f"/t/{topic.id}/on-it")
        press(sid, f"/t/{topic.id}", {}, to=f"/t/{topic.id}/seen")
        page = member.get(f"/t/{topic.id}-x", follow_redirects=True).text
    assert "Kim is on it" in page
    assert "Seen by the organization · members first until" in page


def test_one_changes_and_withdraws_ones_own_and_finds_no_others(app, sid, topic):
    with established():
        send(sid, topic)
    with reading(app) as session:
        row = session.query(StandBy).one()
    other = Visitor(app, app.response_class)
    with writing(app) as session:
        cast.sign_in(other, session, cast.staff(session, "tom"))
    assert other.get(f"/stand-bys/{row.id}/edit").status_code == 404
    assert press(sid, f"/stand-bys/{row.id}/edit", {"body": "Soap, rather."}).status_code == 303
    assert "Soap, rather." in sid.get("/stand-bys").text
    assert press(sid, "/stand-bys", {}, to=f"/stand-bys/{row.id}/withdraw").status_code == 303
    assert "Withdrawn" in sid.get("/stand-bys").text
    assert press(sid, f"/stand-bys/{row.id}/edit", {"body": "Again."}).status_code in {404, 409}


def test_a_colleagues_stand_by_is_known_before_one_writes_beside_it(app, sid, topic):
    other, member = (Visitor(app, app.response_class) for _one in range(2))
    with writing(app) as session:
        cast.sign_in(other, session, cast.staff(session, "tom", display_name="Tom"))
        cast.sign_in(member, session, cast.member(session, "bo"))
    with established():
        assert send(other, topic, body="Soap, rather.").status_code == 303
        page = sid.get(f"/t/{topic.id}-x", follow_redirects=True).text
        assert "A reply of Tom’s stands by here until <time" in page
        assert "Soap, rather." not in page
        assert 'value="stand_by"' not in page  # it would not be kept beside it
        assert 'href="/conversations/new?to=tom"' in page
        assert send(sid, topic, door="draft").status_code == 303
        assert re.search(r'<option selected value="thank">', send(sid, topic, door="thank").text)
        assert "stands by here" not in member.get(f"/t/{topic.id}-x", follow_redirects=True).text


def test_without_a_script_the_button_posts_nothing_that_it_does_not_say(app, sid, topic):
    with established():
        page = send(sid, topic, intent="welcome", door="stand_by")  # the button was drawn for an answer
        assert "need not wait" in page.text
        assert "Chalk, thinly." in page.text
        assert posts(app, topic) == 1
        assert 'value="stand_by"' not in page.text
        assert send(sid, topic, intent="welcome").status_code == 303
        assert posts(app, topic) == 2


def test_who_is_on_it_can_take_that_back_and_it_is_over_after_6_hours(app, topic, clock):
    kim, lee = (Visitor(app, app.response_class) for _one in range(2))
    with writing(app) as session:
        cast.sign_in(kim, session, cast.member(session, "kim"))
        cast.sign_in(lee, session, cast.member(session, "lee"))
    page = f"/t/{topic.id}"
    with established():
        press(kim, page, {}, to=f"{page}/on-it")
        assert "kim is on it" in lee.get(page, follow_redirects=True).text
        press(lee, page, {}, to=f"{page}/not-on-it")
        assert "kim is on it" in lee.get(page, follow_redirects=True).text, "that is kim’s to take back"
        assert f"{page}/not-on-it" in kim.get(page, follow_redirects=True).text
        press(kim, page, {}, to=f"{page}/not-on-it")
        assert "is on it" not in lee.get(page, follow_redirects=True).text
        press(lee, page, {}, to=f"{page}/on-it")
        clock.shift(hours(6))
        assert "lee is on it" not in kim.get(page, follow_redirects=True).text


def test_nobody_is_on_it_where_no_window_runs(app, topic, clock):
    kim = Visitor(app, app.response_class)
    with writing(app) as session:
        cast.sign_in(kim, session, cast.member(session, "kim"))
    clock.shift(hours(24))
    with established():
        page = kim.get(f"/t/{topic.id}", follow_redirects=True).text
        assert "on-it" not in page
        press(kim, f"/t/{topic.id}", {}, to=f"/t/{topic.id}/on-it")
        assert "Nobody waits here for a member any more" in kim.get(f"/t/{topic.id}", follow_redirects=True).text


def test_a_purpose_that_is_not_theirs_any_more_is_judged_as_an_answer(app, client, topic):
    with writing(app) as session:
        cast.sign_in(client, session, cast.staff(session, "pat", cast.partner(session)))
    with established():
        said = client.get(f"/t/{topic.id}/guard?intent=moderate").text
        assert "Moderation never waits" not in said
        assert "Keep as stand-by" in said


def test_a_page_that_refuses_gives_back_words_and_nothing_that_nobody_typed(app, client, topic):
    enter(app, client, "bo")
    words, inner = "Words that somebody wrote for longer than a moment.", "f00d" * 16
    held = {"csrf_token": token(client), "body": words, "seen": inner, "poll-seen": inner, "base": inner, "once": inner}
    page = client.post(f"/t/{topic.id}/lock", data=held)
    assert (page.status_code, words in page.text, inner in page.text) == (403, True, False)
