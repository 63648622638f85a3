"""A notice names nothing to whom it is no longer open: the rights are asked when it is read, on both databases."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from forum.accounts.actions.grouping import add_to_group, remove_from_group
from forum.accounts.actions.membership import enter_group, leave_group
from forum.accounts.events import SignUpWaiting
from forum.accounts.models import GroupRow
from forum.conversations import actions as conversations
from forum.core.events import emit
from forum.groups import actions as groups
from forum.groups import queries as group_queries
from forum.notifications import queries
from forum.permissions import Group
from tests import cast
from tests.conversations.talk import ask, letter, start
from tests.machines.databases import writing
from tests.notifications.people import heard


def lines(session, person):
    """What the centre says to a person, while the bell counts the same."""
    actor = cast.actor(session, person)
    shown = queries.centre(session, actor).lines
    waiting = queries.news(session, queries.Watched(person.id, 0), 0, person.created_at).bell
    assert waiting == len([line for line in shown if line.unread])
    return [line.title for line in shown]


def test_who_left_a_conversation_is_told_its_title_no_more_until_they_are_brought_in_again(session):
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    about = start(session, ada, "bo", title="The secret wax")
    assert lines(session, bo) == ["The secret wax"]
    ask(session, conversations.leave, bo, about)
    assert lines(session, bo) == []
    ask(session, conversations.invite, ada, about, bo, whole=False)
    assert set(lines(session, bo)) == {"The secret wax"}


def test_who_is_out_of_a_group_or_of_an_office_reads_nothing_of_its_conversations(session):
    ada, bo, mod = cast.member(session, "ada"), cast.member(session, "bo"), cast.moderator(session, "mod")
    circle = cast.group(session, "Circle", written_to_by="members")
    cast.join(session, bo, circle.id)
    start(session, ada, group="circle", title="A fête for the circle")
    conversations.write_to_moderators(session, cast.actor(session, cast.member(session, "cleo")), letter())
    assert lines(session, bo) == ["A fête for the circle"]
    assert lines(session, mod) == ["Conversation"]
    leave_group(session, circle.id, bo.id)
    leave_group(session, Group.MODERATORS, mod.id)
    assert lines(session, bo) == lines(session, mod) == []
    enter_group(session, circle.id, bo.id)
    assert lines(session, bo) == ["A fête for the circle"]


def test_who_asks_to_join_is_named_to_moderators_and_to_nobody_who_was_one(session):
    mod = cast.moderator(session, "mod")
    emit(session, SignUpWaiting(cast.newcomer(session, "newcome").id))
    assert lines(session, mod) == ["newcome"]
    leave_group(session, Group.MODERATORS, mod.id)
    assert lines(session, mod) == []


@pytest.mark.parametrize("group", [Group.STAFF, Group.MODERATORS, Group.ADMINISTRATORS])
def test_who_is_made_staff_moderator_or_administrator_hears_once_where_it_says_what_they_may_do(app, client, group):
    with writing(app) as session:
        root, bo = cast.administrator(session, "root"), cast.member(session, "bo")
        row, actor = session.get_one(GroupRow, int(group)), cast.actor(session, root)
        for _twice in range(2):
            add_to_group(session, actor, row, bo)
            remove_from_group(session, actor, row, bo)
        add_to_group(session, actor, row, bo)
        assert heard(session, bo) == ["entrusted"]
        add_to_group(session, actor, cast.group(session, "Circle"), bo)
        assert heard(session, bo) == ["entrusted"], "another group gives no such task"
        cast.sign_in(client, session, bo)
    notice = re.search(r"/notices/\d+", client.get("/notices").text)[0]
    page = client.get(notice, follow_redirects=True).text
    assert ("What you may do" in page, 'href="/admin"' in page) == (True, group is Group.ADMINISTRATORS)
    cast_out = client.get("/groups/moderators" if group is Group.STAFF else "/groups/staff").text
    assert "What you may do" not in cast_out


@pytest.mark.parametrize("seen_by", ["everyone", "members", "group"])
def test_a_group_that_took_its_invitation_back_is_named_only_where_all_members_know_of_it(session, seen_by):
    ada, bo, root = cast.member(session, "ada"), cast.member(session, "bo"), cast.administrator(session, "root")
    circle = cast.group(session, "Circle", seen_by=seen_by)
    cast.join(session, ada, circle.id, is_owner=True)
    owner = cast.actor(session, ada)
    request = groups.invite(session, owner, group_queries.standing(session, owner, "circle"), bo)
    assert lines(session, bo) == ["Circle"]
    groups.decide(session, owner, group_queries.standing(session, owner, "circle"), request, yes=False, reason="")
    for person in (ada, bo, root, cast.member(session, "cleo")):
        actor = cast.actor(session, person)
        known = group_queries.is_visible(session, actor, "circle")
        of_any = select(GroupRow.id).where(GroupRow.slug == "circle", group_queries.seen_by(GroupRow.id, person.id))
        assert (session.scalar(of_any) is not None) == known, "statements without an actor say the same"
        assert person is not bo or lines(session, bo) == (["Circle"] if known else [])
    assert heard(session, bo) == ["group_invitation"]
