"""Forms for what stands beside a post: where the guard says wait, they offer what the composer offers."""

from __future__ import annotations

import re

import pytest

from forum.core import clock as clocks
from forum.organization.overriding import Grounds
from forum.organization.voices import Voice
from forum.permissions import Group, Right, Role
from forum.polls.ballots import Ballot
from forum.posts import actions
from forum.posts.drafts import TopicDraft
from forum.posts.guard_models import Override
from forum.posts.models import Post, Topic
from forum.statements.models import Pledge
from tests import cast
from tests.machines.databases import reading, writing
from tests.machines.visitor import Visitor
from tests.posts.doors import established, hours, living, question
from tests.posts.people import person, press, send

LONG = (
    "Glue the pegs with chalk, and let them rest for a night before you turn them again."
    " So we do it here in the old workshop."
)
VOICE = Voice("clarify", "official", "responder")


@pytest.fixture
def post(app, client, clock):
    """A question back of Sid's, with a poll, in a member's topic; the visitor is Sid."""
    with writing(app) as session:
        topic = question(session, cast.member(session, "ada"), title="How do pegs stick?")
        clock.shift(hours(1))
        sid = cast.staff(session, "sid", roles=set(Role) - {Role.HOST})
        along = {"poll": Ballot("Which wood?", ("Oak", "Ash")).kept()}
        with established():
            made = cast.reply(session, living(session, topic), sid, "Which is it?", voice=VOICE, along=along)
        cast.sign_in(client, session, sid)
        return made.id


def test_a_pledge_that_should_wait_is_made_with_a_reason_that_is_public(app, client, post):
    here, typed = f"/p/{post}/pledge", {"words": LONG, "due_on": clocks.now().date().isoformat(), "owner": "sid"}
    with established():
        assert "What this post is for now" in client.get(here).text
        answer = send(client, here, here, **typed, purpose="")
        assert answer.status_code == 409
        assert "Members have the first word here" in answer.text
        assert "Post now, with a reason" in answer.text
        assert send(client, here, here, **typed, purpose="", door="now", why="").status_code == 422
        assert send(client, here, here, **typed, purpose="", door="now", why="legal").status_code == 303
    with reading(app) as session:
        row = session.query(Pledge).one()
        assert session.get(Post, post).intent == "answer"
        assert session.query(Override).one().reason == "legal"
    assert "How do pegs stick?" in client.get("/organization/overrides").text
    with established(our_posts=60):
        here = f"/pledges/{row.id}/withdraw"
        answer = send(client, here, here, reason=f"{LONG} https://acme.example")
        assert answer.status_code == 409
        assert "Ask a Host" in answer.text


def test_another_poll_far_above_our_share_takes_a_hosts_yes_to_these_very_words(app, client, post):
    host, here = Visitor(app, app.response_class), f"/p/{post}/poll/edit"
    with writing(app) as session:
        cast.sign_in(host, session, cast.staff(session, "hal"))
        topic = living(session, session.get_one(Topic, session.get_one(Post, post).topic_id))
        cast.reply(session, topic, cast.member(session))  # a member had the first word
    typed = {"poll-question": LONG, "poll-options": "Oak\nAsh", "poll-choose": "one", "poll-seen": "0", "purpose": ""}
    with established(our_posts=60):
        answer = send(client, here, here, **typed)
        assert answer.status_code == 409
        assert "Ask a Host" in answer.text
        assert send(client, here, here, **typed, door="ask", why="legal").status_code == 303
        assert f'href="{here}"' in client.get("/stand-bys").text
        desk = host.get("/stand-bys").text
        assert "before you turn them again" in desk
        number = re.search(r"/stand-bys/requests/(\d+)/approve", desk)[1]
        press(host, "/stand-bys", f"/stand-bys/requests/{number}/approve")
        other = send(client, here, here, **(typed | {"poll-question": f"Buy ours. {LONG}"}))
        assert other.status_code == 409
        assert send(client, here, here, **typed).status_code == 303
    with reading(app) as session:
        assert session.query(Override).filter_by(post_id=post).first().approver_id is not None


def test_who_makes_an_advertisement_of_a_notice_is_told_that_it_is_one_no_more(app, client, post):
    with established(), writing(app) as session, cast.unhurried():
        grounds, voice = Grounds(notice="safety", incident="Varnish"), Voice("announce", "official", "announcer")
        draft = TopicDraft("Do not use it", cast.words("It burns."), voice=voice, grounds=grounds)
        rights = {**cast.PUBLIC, Group.STAFF: [Right.MODERATE]}
        board = cast.board(session, kind="announcement", rights=rights)
        sid = cast.actor(session, person(session, "sid"))
        notice = actions.start_topic(session, sid, board, draft).topic_id
    with established(), cast.unhurried():
        edit = f"/t/{notice}/tidy"
        answer = send(client, edit, f"/t/{notice}/retitle", title="Ours: https://acme.example")
        assert answer.status_code == 303
        assert "no notice of safety any more" in client.get(answer.location).text
