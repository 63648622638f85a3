"""Who finds which boards."""

import pytest

from forum.boards import queries
from forum.boards.models import FormerBoardSlug
from forum.core import clock
from forum.core.errors import NotFound
from forum.permissions import Group, Right
from tests import cast


def test_a_guest_sees_public_boards_only(session):
    shown = cast.board(session, "open")
    cast.board(session, "hidden", rights=cast.STAFF_ONLY)
    guest = cast.actor(session, None)
    assert [b.id for s in queries.tree(session, guest) for b in s.boards] == [shown.id]
    assert queries.board_by_slug(session, guest, "open").id == shown.id
    for slug in ("hidden", "nowhere"):
        with pytest.raises(NotFound, match="no board at this address"):
            queries.board_by_slug(session, guest, slug)


def test_staff_see_their_own_boards_too(session):
    cast.board(session, "open")
    cast.board(session, "hidden", rights=cast.STAFF_ONLY)
    actor = cast.actor(session, cast.staff(session))
    assert {b.slug for s in queries.tree(session, actor) for b in s.boards} == {"open", "hidden"}


def test_sub_boards_stand_below_their_board_and_archived_ones_apart(session):
    section = cast.section(session)
    top = cast.board(session, "top", section_id=section.id, position=2)
    cast.board(session, "first", section_id=section.id, position=1)
    cast.board(session, "sub", section_id=section.id, parent_id=top.id)
    cast.board(session, "old", section_id=section.id, archived_at=clock.now())
    (view,) = queries.tree(session, cast.actor(session, None))
    assert [b.slug for b in view.boards] == ["first", "top"]
    assert [b.slug for b in view.boards[1].subs] == ["sub"]
    assert [b.slug for b in view.archived] == ["old"]


def test_a_sub_board_of_a_hidden_board_is_hidden(session):
    top = cast.board(session, "top", rights=cast.STAFF_ONLY)
    cast.board(session, "sub", section_id=top.section_id, parent_id=top.id)
    guest = cast.actor(session, None)
    assert queries.tree(session, guest) == []
    with pytest.raises(NotFound):
        queries.board_by_slug(session, guest, "sub")


def test_a_section_without_boards_is_shown_only_to_those_who_arrange_it(session):
    section = cast.section(session, "Empty")
    assert queries.tree(session, cast.actor(session, None)) == []
    assert [view.id for view in queries.outline(session)] == [section.id]


def test_an_old_address_finds_the_board_unless_another_took_it(session):
    board = cast.board(session, "new-name")
    session.add(FormerBoardSlug(slug="old-name", board_id=board.id))
    session.flush()
    guest = cast.actor(session, None)
    assert queries.board_by_slug(session, guest, "old-name").slug == "new-name"
    taken = cast.board(session, "old-name")
    assert queries.board_by_slug(session, cast.actor(session, None), "old-name").id == taken.id


def test_a_member_may_start_on_open_boards_in_the_order_of_the_home_page(session):
    section = cast.section(session)
    second = cast.board(session, "second", section_id=section.id, position=2)
    cast.board(session, "first", section_id=section.id, position=1)
    cast.board(session, "sub", section_id=section.id, parent_id=second.id, position=1)
    cast.board(session, "old", section_id=section.id, archived_at=clock.now())
    cast.board(session, "notices", section_id=section.id, rights={Group.EVERYONE: [Right.SEE]})
    actor = cast.actor(session, cast.member(session))
    assert [b.slug for b in queries.boards_to_start_on(session, actor)] == ["first", "second", "sub"]
    assert queries.boards_to_start_on(session, cast.actor(session, None)) == []


def test_tags_are_listed_by_name(session):
    for slug in ("wax", "bellows"):
        cast.tag(session, slug)
    assert [tag.slug for tag in queries.tags(session)] == ["bellows", "wax"]
    assert [tag.slug for tag in queries.tags_by_slugs(session, ["wax", "none"])] == ["wax"]
    assert queries.tag_by_slug(session, "wax").name == "wax"
    with pytest.raises(NotFound):
        queries.tag_by_slug(session, "none")
