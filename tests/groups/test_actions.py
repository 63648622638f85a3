"""Coming in, going out, deciding: the story of a group, through its verbs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.accounts import actions as accounts
from forum.accounts import queries as people_queries
from forum.accounts.drafts import GroupDraft
from forum.accounts.models import GroupMember, GroupRow
from forum.boards.models import BoardRight
from forum.core.errors import Invalid, NotFound, Refused, TooSoon
from forum.groups import actions, queries
from forum.groups.automatic import settle
from forum.groups.drafts import rules
from forum.permissions import HOUSE, Right
from forum.posts.check import drifts
from tests import cast


class Place:
    """A group on request that bo looks after; ada and cleo are outside."""

    def __init__(self, session):
        self.session = session
        self.people = {name: cast.member(session, name) for name in ("ada", "bo", "cleo")}
        self.group = cast.group(session, "Tuners", joining="request")
        cast.join(session, self.people["bo"], self.group.id, is_owner=True)

    def actor(self, name):
        return cast.actor(self.session, self.people[name])

    def asks(self, verb, name, *args, **named):
        actor = self.actor(name)
        return verb(self.session, actor, queries.standing(self.session, actor, "tuners"), *args, **named)

    def inside(self):
        rows = self.session.query(GroupMember).filter_by(group_id=self.group.id)
        names = {person.id: name for name, person in self.people.items()}
        return {names[row.account_id] for row in rows}

    def agrees(self):
        return [one for one in drifts(self.session) if one.what.startswith("groups")] == []


@pytest.fixture
def place(session):
    return Place(session)


def test_a_member_asks_is_told_no_with_a_reason_waits_and_is_let_in(place, clock):
    request = place.asks(actions.ask, "ada", "I tune by ear.")
    assert place.asks(actions.ask, "ada", "Twice.") is request
    waiting = place.asks(lambda session, _actor, of: queries.open_request(session, of, request.id), "bo")
    with pytest.raises(Refused):
        place.asks(actions.decide, "cleo", waiting, yes=True, reason="")
    with pytest.raises(Invalid, match="why"):
        place.asks(actions.decide, "bo", waiting, yes=False, reason="  ")
    place.asks(actions.decide, "bo", waiting, yes=False, reason="Only those who restore, for now.")
    assert place.inside() == {"bo"}
    with pytest.raises(NotFound):
        place.asks(lambda session, _actor, of: queries.open_request(session, of, request.id), "bo")
    with pytest.raises(TooSoon):
        place.asks(actions.ask, "ada", "Please?")
    clock.shift(timedelta(days=8))
    again = place.asks(actions.ask, "ada", "I restore now.")
    again.account = place.people["ada"]
    place.asks(actions.decide, "bo", again, yes=True, reason="")
    assert place.inside() == {"ada", "bo"}
    assert place.agrees()


def test_an_invitation_lets_one_see_a_hidden_group_and_come_in_or_not(place):
    place.group.seen_by, place.group.joining = "group", "invitation"
    place.session.flush()
    with pytest.raises(NotFound):
        place.asks(actions.leave, "ada")
    place.asks(actions.invite, "bo", place.people["ada"])
    with pytest.raises(Invalid, match="invited"):
        place.asks(actions.invite, "bo", place.people["ada"])
    place.asks(actions.answer_invitation, "ada", yes=True)
    assert place.inside() == {"ada", "bo"}
    with pytest.raises(Refused):
        place.asks(actions.answer_invitation, "ada", yes=True)
    place.asks(actions.invite, "bo", place.people["cleo"])
    place.asks(actions.answer_invitation, "cleo", yes=False)
    with pytest.raises(NotFound):
        place.asks(actions.leave, "cleo")


def test_who_asked_and_is_then_invited_is_in_and_rights_on_boards_follow(place):
    board = cast.board(place.session, rights={})
    place.session.add(BoardRight(board_id=board.id, group_id=place.group.id, right="see"))
    place.session.flush()
    place.asks(actions.ask, "ada", "")
    assert not place.actor("ada").may(Right.SEE, board.id)
    assert place.asks(actions.invite, "bo", place.people["ada"]) is None
    assert place.actor("ada").may(Right.SEE, board.id)
    place.asks(actions.leave, "ada")
    assert not place.actor("ada").may(Right.SEE, board.id)


def test_an_open_group_takes_and_lets_go_pressed_twice_or_not_and_is_handed_on(place):
    place.group.joining = "open"
    for _twice in range(2):
        place.asks(actions.join, "ada")
    assert place.inside() == {"ada", "bo"}
    place.asks(actions.make_owner, "bo", place.people["ada"], owner=True)
    place.asks(actions.put_out, "ada", place.people["bo"])
    assert place.inside() == {"ada"}
    for _twice in range(2):
        place.asks(actions.leave, "ada")
    assert place.inside() == set()
    assert place.agrees()


def test_an_automatic_group_follows_addresses_and_standing(place):
    session, people = place.session, place.people
    people["ada"].email_key = "ada@school.example"
    people["cleo"].email_key = "cleo@notschool.example"
    session.flush()
    rule = rules("automatic", "everyone", "everyone", "nobody", "nobody", "@School.example", "moderators")
    actions.set_rules(session, HOUSE, place.group, rule)
    assert place.inside() == {"ada", "bo"}  # bo came by hand and stays
    moderators = session.get(GroupRow, 4)
    accounts.add_to_group(session, HOUSE, moderators, people["cleo"])
    assert place.inside() == {"ada", "bo", "cleo"}
    with pytest.raises(Refused):
        place.asks(actions.leave, "ada")
    with pytest.raises(Invalid, match="own rule"):
        place.asks(actions.put_out, "bo", people["ada"])
    accounts.remove_from_group(session, HOUSE, moderators, people["cleo"])
    people["ada"].email_key = "ada@elsewhere.example"
    session.flush()
    assert settle(session) == 1
    assert place.inside() == {"bo"}
    assert place.agrees()


def test_a_mention_means_a_person_or_a_group_never_both(place):
    place.group.mentioned_by = "group"
    with pytest.raises(Invalid, match="called"):
        accounts.create_group(place.session, HOUSE, GroupDraft("Ada"))
    assert people_queries.is_taken(place.session, "Tuners")
    assert people_queries.is_taken(place.session, "tuner\N{CYRILLIC SMALL LETTER DZE}")  # looks like an s
    assert set(queries.mentionable(place.session, place.actor("bo"), {"tuners", "nobody"})) == {"tuners"}
    assert queries.mentionable(place.session, place.actor("ada"), {"tuners"}) == {}
