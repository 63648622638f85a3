"""What the table says of groups and what the SQL gives are the same, for everybody and every kind of group."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.models import JOINING, SEEN_BY, GroupMember, GroupRow
from forum.core import clock
from forum.core.errors import Invalid, NotFound
from forum.groups import queries
from forum.groups.drafts import mail_domains
from forum.groups.models import GroupRequest
from forum.groups.queries import Standing
from forum.permissions import Act, Group, allows
from tests import cast


def test_nobody_finds_a_group_or_its_members_that_the_table_hides(session):
    inside, owner = cast.member(session, "inside"), cast.member(session, "owner")
    invited, asked = cast.member(session, "invited"), cast.member(session, "asked")
    people = [None, cast.member(session), cast.administrator(session), cast.moderator(session), inside, owner, invited]
    made = set()
    for joining, seen, members_seen in itertools.product(JOINING, SEEN_BY, SEEN_BY):
        group = cast.group(session, joining=joining, seen_by=seen, members_seen_by=members_seen)
        cast.join(session, inside, group.id)
        cast.join(session, owner, group.id, is_owner=True)
        for person, kind in ((invited, "invited"), (asked, "asked")):
            session.add(GroupRequest(group_id=group.id, account_id=person.id, kind=kind, created_at=clock.now()))
        made.add(group.id)
    session.flush()
    for person in [*people, asked]:
        actor = cast.actor(session, person)
        own = {"account_id": person.id if person else 0}
        memberships = {row.group_id: row for row in session.query(GroupMember).filter_by(**own)}
        requests = {row.group_id: row for row in session.query(GroupRequest).filter_by(**own)}
        found = {one.id for one in queries.groups(session, actor)}
        for group in session.query(GroupRow).all():
            of = Standing(group, memberships.get(group.id), requests.get(group.id))
            assert (group.id in found) == allows(actor, Act.SEE_GROUP, of), (actor.name, group.slug)
            assert bool(queries.waiting(session, actor, of)) <= (of.is_owner or actor.is_admin)
            if group.id not in found:
                with pytest.raises(NotFound):
                    queries.standing(session, actor, group.slug)
                continue
            seen = queries.members(session, actor, queries.standing(session, actor, group.slug)).items
            if group.id in made:
                all_of_them = {"inside", "owner"} if allows(actor, Act.SEE_GROUP_MEMBERS, of) else set()
                assert {one.account.name for one in seen} == all_of_them


def test_who_may_join_ask_and_decide(session):
    ada, guest = cast.actor(session, cast.member(session, "ada")), cast.actor(session, None)
    late = cast.actor(session, cast.suspended(session, "late"))
    admin = cast.actor(session, cast.administrator(session))
    for joining in JOINING:
        of = Standing(cast.group(session, joining=joining))
        assert allows(ada, Act.JOIN_GROUP, of) == (joining == "open")
        assert allows(ada, Act.ASK_TO_JOIN, of) == (joining == "request")
        assert not allows(ada, Act.MANAGE_GROUP, of)
        assert allows(admin, Act.MANAGE_GROUP, of)
        for nobody in (guest, late):
            assert not any(allows(nobody, act, of) for act in (Act.JOIN_GROUP, Act.ASK_TO_JOIN, Act.MANAGE_GROUP))
    staff = Standing(session.get(GroupRow, int(Group.STAFF)), GroupMember(is_owner=True, is_automatic=False))
    assert not any(allows(ada, act, staff) for act in (Act.JOIN_GROUP, Act.LEAVE_GROUP, Act.MANAGE_GROUP))


@given(st.text(max_size=60))
def test_whatever_is_typed_as_domains_gives_domains_or_words(text):
    try:
        found = mail_domains(text)
    except Invalid:
        return
    assert mail_domains(" ".join(found)) == found
    assert all("@" not in one and "." in one and one == one.lower() for one in found)
