"""What was told of a decision goes when it is taken back, and who is in doubt is led to where it is said."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forum.accounts.models import Account
from forum.core import clock as time
from forum.core.errors import InvalidFields
from forum.moderation import actions, queries, subjects
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Case
from forum.moderation.queries.queue import Wanted, queue
from forum.moderation.spam_queries import candidates
from forum.notifications.models import Notice
from tests import cast
from tests.machines.databases import writing
from tests.moderation.people import settle
from tests.moderation.test_one_queue import held
from tests.posts.people import enter


@pytest.fixture
def place(session, uncounted, clock):
    return settle(session)


def told(place, who) -> list[str]:
    place.session.flush()
    asked = select(Notice.kind).where(
        Notice.recipient_id == who.id, Notice.read_at.is_(None), Notice.kind != "watching"
    )
    return list(place.session.scalars(asked.order_by(Notice.id)))


def decide_held(place, act):
    case = place.case("held")
    draft = DecisionDraft(act, "held", case.subject_id, "spam", "It offers pegs for money.")
    made = actions.decide(place.session, place.actor(place.mo), draft, case, case.version)
    return place.ruling(place.mo, made.id)


def test_who_reported_is_not_thanked_for_what_was_taken_back_and_who_had_read_it_hears_that_it_waits(place):
    place.flag(place.ann), place.flag(place.ben)
    made = place.decide(place.mo, "remove", case=place.case())
    assert told(place, place.ann) == told(place, place.ben) == ["flag_right"]
    read = place.session.scalars(
        select(Notice).where(Notice.kind == "flag_right", Notice.recipient_id == place.ben.id)
    ).one()
    read.read_at = time.now()
    actions.undo(place.session, place.actor(place.mo), place.ruling(place.mo, made.id), "Too quick.")
    assert told(place, place.ann) == []
    assert told(place, place.ben) == ["flag_again"]
    assert told(place, place.ada) == ["shown_again"]
    place.decide(place.mo, "remove", case=place.case())
    assert told(place, place.ann) == ["flag_right"]


@pytest.mark.parametrize("read", [False, True])
def test_whose_words_wait_again_is_not_told_that_they_are_not_posted(place, read):
    row, _case = held(place)
    made = decide_held(place, "reject")
    assert told(place, place.session.get_one(Account, row.author_id)) == ["held_rejected"]
    author = place.session.get_one(Account, row.author_id)
    if read:
        place.session.scalars(select(Notice).where(Notice.kind == "held_rejected")).one().read_at = time.now()
    actions.undo(place.session, place.actor(place.mo), made, "Too quick.")
    assert told(place, author) == (["held_again"] if read else [])


def test_words_that_were_let_through_and_wait_again_make_nobody_look_like_spam(place):
    row, _case = held(place, "Which pegs are best?")
    author = place.session.get_one(Account, row.author_id)
    author.created_at = time.now()
    made = decide_held(place, "release")
    actions.undo(place.session, place.actor(place.mo), made, "Too quick.")
    place.session.flush()
    assert author.id not in [one.account.id for one in candidates(place.session, place.actor(place.mo), "here.example")]


@pytest.mark.parametrize("act", ["hide", "remove"])
@pytest.mark.parametrize("facts", ["It attacks or belittles somebody.", " unkind ", "It attacks or belittles somebody"])
def test_a_statement_does_not_only_repeat_the_rule(place, act, facts):
    with pytest.raises(InvalidFields, match="own words"):
        place.decide(place.mo, act, facts=facts)


def test_who_decided_does_not_find_the_objection_in_their_queue(place):
    made = place.decide(place.mo, "remove")
    actions.appeal(place.session, place.actor(place.ada), place.ruling(place.mo, made.id), "It was a joke.")
    place.session.flush()

    def waiting(who):
        return [row.case.kind for row in queue(place.session, place.actor(who), Wanted(), 1).rows.items]

    assert waiting(place.mo) == []
    assert waiting(place.mia) == ["appeal"]


def test_of_what_came_in_one_hour_the_heavier_stands_first_and_what_is_grave_or_hidden_is_due_sooner(place, clock):
    posts = [cast.reply(place.session, place.topic, place.ada, f"Number {n} is a fool.") for n in range(4)]
    light = place.flag(place.ann, post=posts[0])
    heavy = [place.flag(who, post=posts[1]) for who in (place.ann, place.ben)].pop()
    grave = place.flag(place.cy, "harmful", post=posts[2])
    hidden = [place.flag(who, post=posts[3]) for who in (place.ann, place.ben, place.cy)].pop()
    rows = queue(place.session, place.actor(place.mo), Wanted(), 1).rows.items
    assert [row.case.id for row in rows] == [one.case_id for one in (grave, hidden, heavy, light)]
    assert {row.case.due_at.minute for row in rows} == {0}


def test_a_removed_topic_says_by_which_rule_and_its_author_where_to_object(app, client, uncounted):
    with writing(app) as session:
        board = cast.board(session)
        topic = cast.topic(session, board, cast.member(session, "ada"), "Fools")
        topic_id = topic.id
        opening = subjects.load(session, "post", session.scalar(select(Case.id)) or topic.last_post_id)
        draft = DecisionDraft("remove", "post", opening.id, "unkind", "It calls Ann a fool.")
        actions.decide(session, cast.actor(session, cast.moderator(session, "mo")), draft)
    for address in (f"/t/{topic_id}", f"/p/{opening.id}"):
        said = client.get(address, follow_redirects=True)
        assert (said.status_code, "The rule: Unkind." in said.text, "how to object" in said.text) == (410, True, False)
    enter(app, client, "ada")
    said = client.get(f"/p/{opening.id}", follow_redirects=True)
    assert said.status_code == 410
    assert "Why, and how to object" in said.text
    assert "It calls Ann a fool." in client.get(f"/p/{opening.id}/decision", follow_redirects=True).text


def test_a_reply_that_was_removed_leads_its_author_to_the_decision_and_what_was_not_posted_too(app, client, uncounted):
    with writing(app) as session:
        place = settle(session)
        place.decide(place.mo, "remove")
        row, _case = held(place)
        author = session.get_one(Account, row.author_id).name
        decide_held(place, "reject")
        post_id, held_id = place.post.id, row.id
    enter(app, client, "ada")
    assert "It calls somebody a fool." in client.get(f"/p/{post_id}", follow_redirects=True).text
    enter(app, client, author)
    assert f"/held/{held_id}/decision" in client.get("/held").text
    said = client.get(f"/held/{held_id}/decision", follow_redirects=True).text
    assert "It offers pegs for money." in said
    assert "Why it was wrong" in said


def test_the_case_of_a_hidden_opening_post_counts_its_topic(app, client, uncounted):
    with writing(app) as session:
        place = settle(session)
        topic = cast.topic(session, place.board, place.ada, "Fools")
        post = subjects.load(session, "post", topic.last_post_id).row
        case = [place.flag(who, post=post) for who in (place.ann, place.ben, place.cy)].pop().case_id
    enter(app, client, "momo")
    page = client.get(f"/moderation/cases/{case}").text
    assert "post 1 of 1" in page
    with writing(app) as session:
        assert queries.flags_of(session, case)
