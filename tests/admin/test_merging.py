"""Two accounts of one person become one; moving, closing and finding people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.accounts import actions as accounts
from forum.accounts import queries as people
from forum.accounts.models import Account, AccountSession
from forum.admin import actions, queries
from forum.admin.merging import LEFT, what_moves
from forum.core.db.moving import count, references
from forum.core.errors import Invalid
from forum.mail.models import OutboxMessage
from forum.polls import actions as polls
from forum.posts import actions as posts
from forum.posts import check
from forum.posts import queries as reads
from forum.posts.models import Reaction
from forum.posts.reading_models import TopicRead
from forum.site import queries as sites
from tests import cast
from tests.machines.databases import reading, undone, writing
from tests.polls.people import WHICH, polled, ready
from tests.posts.people import enter

WHO = st.sampled_from(["one", "two", "mo"])
DEEDS = st.lists(st.tuples(st.sampled_from(["topic", "reply", "react", "read", "accept"]), WHO, WHO), max_size=14)


def play(session, board, cast_of, deeds):
    """What people did to each other before anybody noticed that two of them were one."""
    topics = [cast.topic(session, board, cast_of["mo"])]
    made = [cast.reply(session, topics[0], cast_of["mo"])]
    for number, (deed, name, other) in enumerate(deeds):
        actor = cast.actor(session, cast_of[name])
        topic = topics[number % len(topics)]
        if deed == "topic":
            topics.append(cast.topic(session, board, cast_of[name]))
        elif deed == "reply":
            made.append(cast.reply(session, topic, cast_of[name]))
        elif deed == "read":
            posts.mark_read(session, actor, topic, number + 1)
        else:
            theirs = [post for post in made if post.author_id == cast_of[other].id and other != name]
            if theirs:
                post = reads.post_for_update(session, actor, theirs[-1].id)
                if deed == "react":
                    posts.react(session, actor, post, "thanks")
                elif post.topic.author_id == cast_of[name].id:
                    posts.accept_answer(session, actor, post)
    return topics


@settings(max_examples=14)
@given(deeds=DEEDS)
def test_whatever_the_two_did_merging_leaves_counters_equal_to_rows_and_nobody_behind(app, deeds):
    with undone(app) as session:
        ada, board = cast.administrator(session), cast.board(session, kind="question")
        cast_of = {name: cast.member(session, name) for name in ("one", "two", "mo")}
        topics = play(session, board, cast_of, deeds)
        gone, into = cast_of["one"], cast_of["two"]
        ids = gone.id, into.id
        furthest = {
            topic.id: max(
                (
                    row.last_number
                    for row in session.query(TopicRead).filter(
                        TopicRead.topic_id == topic.id, TopicRead.account_id.in_(ids)
                    )
                ),
                default=None,
            )
            for topic in topics
        }
        actions.merge_accounts(session, cast.actor(session, ada), gone, into, "one")
        assert list(check.drifts(session)) == []
        left = {
            str(one): number
            for one in references(Account.__table__)
            if one.table.name not in LEFT and (number := count(session, one, ids[0]))
        }
        assert left == {}
        assert gone.post_count == gone.topic_count == 0
        for topic_id, number in furthest.items():
            row = session.get(TopicRead, (into.id, topic_id))
            assert (row.last_number if row else None) == number
        assert all(
            post.author_id != into.id
            for post in (
                reads.post(session, cast.actor(session, ada), row.post_id)
                for row in session.query(Reaction).filter_by(account_id=into.id)
            )
        )
        assert people.profile_of(session, "one").id == into.id


def test_of_two_who_are_one_person_a_poll_counts_one_voice(session):
    ada, one, two = cast.administrator(session), cast.member(session, "one"), cast.member(session, "two")
    board = cast.board(session)
    single = polled(session, board, ada)
    several = polled(session, board, ada, replace(WHICH, most=2))
    for post in (single, several):
        for person, place in ((one, 0), (two, 1)):
            actor = cast.actor(session, person)
            there, poll = ready(session, actor, post.id)
            polls.vote(session, actor, there, poll, [poll.options[place].id])
    actions.merge_accounts(session, cast.actor(session, ada), one, two, "one")
    for post, votes in ((single, [0, 1, 0]), (several, [1, 1, 0])):
        _there, poll = ready(session, cast.actor(session, two), post.id)
        assert ([option.votes for option in poll.options], poll.voters) == (votes, 1)
    assert list(check.drifts(session)) == []


def test_nobody_is_merged_by_mistake(session):
    ada = cast.administrator(session, "ada")
    one, two, mod = cast.member(session, "one"), cast.member(session, "two"), cast.moderator(session, "mod")
    actor = cast.actor(session, ada)
    for gone, into, typed in (
        (one, one, "one"),
        (one, two, "two"),
        (mod, two, "mod"),
        (ada, two, "ada"),
        (one, cast.placeholder(session), "one"),
    ):
        with pytest.raises(Invalid):
            actions.merge_accounts(session, actor, gone, into, typed)
    actions.merge_accounts(session, actor, one, two, "one")
    with pytest.raises(Invalid):
        accounts.reactivate(session, actor, one)
    assert sites.log(session, actor, "person", str(two.id)).items[0].before["name"] == "one"
    assert [moving.number for moving in what_moves(session, actor, one)] == []


def test_an_address_moves_with_mail_to_both_and_everybody_signed_out(app, client):
    with writing(app) as session:
        mo, bo = cast.member(session, "mo"), cast.member(session, "bo")
        cast.sign_in(app.test_client(), session, mo)
        mo_id, bo_id = mo.id, bo.id
    enter(app, client, "ada", cast.administrator)
    page = f"/admin/people/{mo_id}"
    answer = client.submit(page, {"new_email": "bo@example.org", "reason": "Lost it."}, form="/move")
    assert "Another account has this address: bo" in answer.text
    client.submit(page, {"new_email": "new@example.org", "reason": "Lost it."}, form="/move")
    with reading(app) as session:
        written = {mail.to for mail in session.query(OutboxMessage)}
        assert written == {"mo@example.org", "new@example.org"}
        assert session.query(AccountSession).filter_by(account_id=mo_id).count() == 0
    shown = client.get(page).text
    assert "mo moved from mo@example.org to new@example.org: Lost it." in shown
    client.submit(page, {"reason": "Asked for it."}, form="/close")
    assert client.get("/u/mo").status_code == 404
    client.submit(page, form="reopen")
    assert client.get("/u/mo").status_code == 200
    preview = client.get(f"/admin/people/{bo_id}/merge?into=mo").text
    assert "This cannot be undone" in preview
    answer = client.submit(f"/admin/people/{bo_id}/merge?into=mo", {"confirmed": "bob"}, form="merge")
    assert "Type the name of the account that goes" in answer.text
    client.submit(f"/admin/people/{bo_id}/merge?into=mo", {"confirmed": "bo"}, form="merge")
    assert client.get("/u/bo").location.endswith("/u/mo")
    assert "Was called" in client.get(page).text
    assert ">mo<" in client.get("/admin/people?q=bo").text


def test_people_are_found_by_what_they_are(session):
    ada, new = cast.administrator(session, "ada"), cast.newcomer(session, "nia")
    cast.moderator(session, "mod")
    actor = cast.actor(session, ada)
    assert [person.id for person in queries.people(session, actor, state="newcomers").items] == [new.id]
    assert {person.name for person in queries.people(session, actor, state="staff").items} == {"ada", "mod"}
