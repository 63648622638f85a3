"""What the editor offers while one writes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.accounts.models import IgnoredMember
from forum.core import clock
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import enter, leave


@pytest.fixture
def place(app):
    """A topic of bo's that cleo answered, and one of rena's on a board of staff; their ids."""
    with writing(app) as session:
        talk, desk = cast.board(session, "talk"), cast.board(session, "desk", rights=cast.STAFF_ONLY)
        bo, cleo = (
            cast.member(session, "bo", display_name="Bo B."),
            cast.member(session, "cleo", display_name="Maria C."),
        )
        cast.member(session, "marvin")
        cast.unconfirmed(session, "marla")
        cast.tag(session, "gut", name="Gut strings")
        cast.tag(session, "peg-paste", name="Peg paste")
        cast.tag(session, "staff-pick", is_reserved=True)
        rena = cast.staff(session, "rena")
        topic = cast.topic(session, talk, bo, "How do I keep wooden pegs from slipping?")
        cast.reply(session, topic, cleo)
        secret = cast.topic(session, desk, rena, "Wooden pegs that keep slipping in our shop")
        return topic.id, secret.id


def offered(client, sign, typed="", topic=""):
    answer = client.get("/complete", query_string={"sign": sign, "q": typed, "topic": topic})
    assert answer.status_code == 200
    return [option["text"] for option in answer.json["options"]]


def test_people_of_the_topic_come_first_then_everybody_by_name(app, client, place):
    topic, secret = place
    enter(app, client, "ada")
    assert offered(client, "@", "", topic) == ["@cleo", "@bo"]
    assert offered(client, "@", "ma", topic) == ["@cleo", "@marvin"]
    assert offered(client, "@", "mar") == ["@cleo", "@marvin"] or offered(client, "@", "mar") == ["@marvin", "@cleo"]
    assert offered(client, "@", "") == []
    assert offered(client, "@", "", secret) == [], "who writes on a board of staff is not told"
    assert offered(client, "@", "%") == []


def test_groups_are_offered_to_those_who_may_call_them_and_the_ignored_are_not(app, client, place):
    with writing(app) as session:
        tuners = cast.group(session, "Tuners of reeds", mentioned_by="members")
        makers = cast.group(session, "Tune makers", mentioned_by="group")
        crowd = cast.group(session, "Tune lovers", mentioned_by="members")
        hidden = cast.group(session, "Tuned in secret", mentioned_by="members", seen_by="group")
        ada, bo = cast.member(session, "ada"), session.query(cast.Account).filter_by(name="bo").one()
        for group in (tuners, makers, crowd, hidden):
            cast.join(session, bo, group.id)
        cast.member(session, "tuna")
        crowd.member_count = 101
        session.add(IgnoredMember(account_id=ada.id, ignored_id=bo.id, since=clock.now()))
        ada.ignores_until = clock.now() + timedelta(days=1)
    enter(app, client, "ada")
    assert offered(client, "@", "tun") == ["@tuna", "@tuners-of-reeds"]
    assert offered(client, "@", "") == []
    assert offered(client, "@", "bo", place[0]) == []
    enter(app, client, "bo")
    assert offered(client, "@", "tune") == ["@tune-makers", "@tuned-in-secret"]
    leave(client)
    assert offered(client, "@", "tun") == []


def test_fields_of_names_tags_and_searches_offer_what_can_be_written_there(app, client, place):
    with writing(app) as session:
        cast.group(session, "Makers", mentioned_by="members")
    enter(app, client, "ada")
    assert sorted(offered(client, "name", "ma")) == ["cleo", "marvin"], "people alone, by their names"
    assert offered(client, "name", "") == []
    assert offered(client, "tag", "gu") == ["gut"], "its name would lead to another tag"
    assert offered(client, "tag", "paste") == ["Peg paste"]
    assert offered(client, "tag", "staff") == [], "nobody is offered what would be refused"
    assert offered(client, "tag:", "staff") == ["staff-pick"]
    assert offered(client, "tag:", "gu") == ["gut"]
    assert offered(client, "board:", "tal") == ["talk"]
    assert offered(client, "board:", "de") == [], "a board that one may not see has no name"
    leave(client)
    assert offered(client, "name", "ma") == []
    assert offered(client, "board:", "") == ["talk"]
    said = client.get("/complete", query_string={"sign": "tag:", "q": "gut"}).json["said"]
    assert said == "1 suggestion"


@pytest.mark.databases("sqlite")
def test_tags_and_emoji_are_offered_by_what_they_are_called(client, place):
    assert offered(client, "#", "gu") == ["#gut"]
    assert offered(client, "#", "paste") == ["#peg-paste"]
    assert offered(client, ":", "tada") == ["🎉"]
    assert offered(client, ":", "t") == []
    assert len(offered(client, ":", "face")) == 8
    assert offered(client, "x", "a") == []


def test_topics_like_a_title_are_those_that_one_may_read(app, client, place):
    leave(client)
    page = client.get(
        "/similar", query_string={"title": "Wooden pegs keep slipping"}, headers={"HX-Request": "true"}
    ).text
    assert "How do I keep wooden pegs from slipping?" in page
    assert "in our shop" not in page
    enter(app, client, "rena")
    assert "in our shop" in client.get("/similar", query_string={"title": "Wooden pegs keep slipping"}).text
    assert client.get("/similar", headers={"HX-Request": "true"}).text.strip() == ""
