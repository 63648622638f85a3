"""What administrators do to sections, boards, rights and tags, and what they are refused."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import event

from forum.boards import actions, presets, queries
from forum.boards.drafts import BoardDraft, TagDraft, board_draft, fingerprint, rights_fingerprint, tag_draft
from forum.boards.models import BoardRight, Tag
from forum.core import clock
from forum.core.errors import Conflict, Invalid, InvalidFields, Refused, SignInNeeded
from forum.core.lines import one_line
from forum.permissions import Group, Right
from tests import cast
from tests.corpora import shared

PUBLIC = presets.preset_rights("public")


@pytest.fixture
def admin(session):
    return cast.actor(session, cast.administrator(session, "root"))


@pytest.fixture
def section(session):
    return cast.section(session, "Workshop")


def make(session, admin, section, name="Bench", **given):
    rights = given.pop("rights", PUBLIC)
    return actions.create_board(session, admin, BoardDraft(name=name, section_id=section.id, **given), rights)


def edit(session, admin, board, **change):
    draft = board_draft(board)
    actions.edit_board(session, admin, board, replace(draft, **change), fingerprint(draft))


# ── sections ──


def test_a_section_is_made_named_and_put_in_its_place(session, admin):
    first, second, third = (actions.create_section(session, admin, name) for name in ("One", "Two", "Three"))
    actions.rename_section(session, admin, second, "  Second   one ")
    actions.place_section(session, admin, third, 1)
    assert [view.name for view in queries.outline(session)] == ["Three", "One", "Second one"]
    actions.place_section(session, admin, third, 99)
    assert [view.id for view in queries.outline(session)] == [first.id, second.id, third.id]


@pytest.mark.parametrize("name", ("", " \t", "x" * 61, "Workshop"))
def test_a_section_needs_a_name_of_its_own(session, admin, section, name):
    with pytest.raises(Invalid) as refused:
        actions.create_section(session, admin, name)
    assert refused.value.field == "name"


def test_a_section_is_deleted_only_when_empty(session, admin, section):
    board = make(session, admin, section)
    with pytest.raises(Invalid, match="Move them"):
        actions.delete_section(session, admin, section)
    actions.delete_board(session, admin, board)
    actions.delete_section(session, admin, section)
    assert queries.outline(session) == []


# ── boards ──


def test_a_board_gets_its_address_from_its_name(session, admin, section):
    board = make(session, admin, section, "Löten & Kleben")
    assert board.slug == "löten-kleben"
    guest = cast.actor(session, None)
    assert guest.may(Right.SEE, board.id)
    assert not guest.may(Right.START, board.id)


def test_every_rule_that_a_board_breaks_is_named_at_once(session, admin, section):
    make(session, admin, section, "Bench")
    draft = BoardDraft(
        name="Other",
        slug="BENCH",
        section_id=9999,
        kind="poem",
        time_zone="Mars",
        description="x" * 301,
        guidance_source="x" * 8001,
    )
    with pytest.raises(InvalidFields) as refused:
        actions.create_board(session, admin, draft, PUBLIC)
    assert set(refused.value.fields) == {"slug", "place", "kind", "time_zone", "description", "guidance"}


def test_an_old_address_leads_to_the_board_until_another_takes_it(session, admin, section):
    board = make(session, admin, section, "Bench")
    edit(session, admin, board, slug="workbench")
    guest = cast.actor(session, None)
    assert queries.board_by_slug(session, guest, "bench").slug == "workbench"
    edit(session, admin, board, slug="bench")
    assert queries.board_by_slug(session, guest, "workbench").slug == "bench"
    other = make(session, admin, section, "Workbench")
    assert queries.board_by_slug(session, cast.actor(session, None), "workbench").id == other.id


def test_two_administrators_do_not_overwrite_each_other(session, admin, section):
    board = make(session, admin, section)
    seen = fingerprint(board_draft(board))
    edit(session, admin, board, description="The first one’s words")
    with pytest.raises(Conflict, match="still here"):
        actions.edit_board(session, admin, board, replace(board_draft(board), description="The second one’s"), seen)
    assert board.description == "The first one’s words"


def test_boards_stand_on_two_levels_and_never_in_a_circle(session, admin, section):
    top = make(session, admin, section, "Top")
    sub = make(session, admin, section, "Sub", parent_id=top.id)
    for board, parent in ((top, top), (top, sub)):
        with pytest.raises(InvalidFields) as refused:
            edit(session, admin, board, parent_id=parent.id)
        assert list(refused.value.fields) == ["place"]
    with pytest.raises(InvalidFields, match="two levels"):
        make(session, admin, section, "Deeper", parent_id=sub.id)
    other = make(session, admin, section, "Other")
    with pytest.raises(InvalidFields, match="below it"):
        edit(session, admin, top, parent_id=other.id)
    with pytest.raises(InvalidFields, match="gone"):
        edit(session, admin, other, parent_id=9999)


def test_sub_boards_move_with_their_board(session, admin, section):
    top = make(session, admin, section, "Top")
    sub = make(session, admin, section, "Sub", parent_id=top.id)
    elsewhere = cast.section(session, "Elsewhere")
    edit(session, admin, top, section_id=elsewhere.id)
    assert sub.section_id == elsewhere.id
    (view,) = queries.tree(session, cast.actor(session, None))
    assert [b.slug for b in view.boards] == ["top"]
    assert [b.slug for b in view.boards[0].subs] == ["sub"]


def test_a_board_is_put_in_its_place_among_its_neighbours(session, admin, section):
    boards = [make(session, admin, section, name) for name in ("A", "B", "C")]
    actions.place_board(session, admin, boards[2], 1)
    actions.place_board(session, admin, boards[0], 2)
    assert [b.name for b in queries.outline(session)[0].boards] == ["C", "A", "B"]
    actions.place_board(session, admin, boards[2], -5)
    actions.place_board(session, admin, boards[1], 2**40)
    assert [b.name for b in queries.outline(session)[0].boards] == ["C", "A", "B"]


def test_a_board_is_archived_and_reopened_with_what_stands_below_it(session, admin, section):
    top = make(session, admin, section, "Top")
    sub, older = (make(session, admin, section, name, parent_id=top.id) for name in ("Sub", "Older"))
    older.archived_at = clock.now().replace(year=2020)
    actions.archive_board(session, admin, top)
    assert sub.archived_at == top.archived_at
    with pytest.raises(Invalid, match="archived already"):
        actions.archive_board(session, admin, top)
    with pytest.raises(Invalid, match="Open that one first"):
        actions.reopen_board(session, admin, sub)
    actions.reopen_board(session, admin, top)
    assert top.archived_at is None
    assert sub.archived_at is None
    assert older.archived_at is not None
    with pytest.raises(Invalid, match="open already"):
        actions.reopen_board(session, admin, top)


def test_a_board_with_topics_is_archived_and_never_deleted(session, admin, section):
    board = make(session, admin, section)
    cast.topic(session, board, cast.member(session))
    with pytest.raises(Invalid, match="archive it instead"):
        actions.delete_board(session, admin, board)


def test_a_board_with_boards_below_is_not_deleted(session, admin, section):
    top = make(session, admin, section, "Top")
    make(session, admin, section, "Sub", parent_id=top.id)
    with pytest.raises(Invalid, match="below"):
        actions.delete_board(session, admin, top)


# ── rights ──


def test_rights_are_replaced_as_a_whole(session, admin, section):
    board = make(session, admin, section)
    staff_only = presets.preset_rights("staff")
    actions.set_rights(session, admin, board, staff_only, rights_fingerprint(queries.rights_on(session, board.id)))
    assert queries.rights_on(session, board.id) == staff_only
    member = cast.member(session)
    assert not cast.actor(session, member).may(Right.SEE, board.id)


def test_rights_that_somebody_else_changed_meanwhile_are_kept(session, admin, section):
    board = make(session, admin, section)
    seen = rights_fingerprint(queries.rights_on(session, board.id))
    session.add(BoardRight(board_id=board.id, group_id=int(Group.STAFF), right="moderate"))
    session.flush()
    with pytest.raises(Conflict, match="still here"):
        actions.set_rights(session, admin, board, PUBLIC, seen)


def test_a_board_that_nobody_sees_can_still_be_administered(session, admin, section):
    board = make(session, admin, section, rights={int(Group.STAFF): frozenset({Right.SEE})})
    edit(session, admin, board, name="Hidden")
    assert board.name == "Hidden"


# ── tags ──


def test_a_tag_is_made_described_and_deleted(session, admin):
    tag = actions.create_tag(session, admin, TagDraft("#First repair", "For beginners"))
    assert (tag.name, tag.slug, tag.is_reserved) == ("First repair", "first-repair", False)
    actions.edit_tag(session, admin, tag, TagDraft("First repair", "", is_reserved=True), fingerprint(tag_draft(tag)))
    assert tag.is_reserved
    with pytest.raises(Conflict):
        actions.edit_tag(session, admin, tag, TagDraft("Other"), "stale")
    actions.delete_tag(session, admin, tag)
    assert session.query(Tag).count() == 0


@pytest.mark.parametrize("name", ("", "#", "!!!", "x" * 41, "WAX", " wax "))
def test_a_tag_needs_a_name_of_its_own(session, admin, name):
    cast.tag(session, "wax")
    with pytest.raises(InvalidFields) as refused:
        actions.create_tag(session, admin, TagDraft(name))
    assert list(refused.value.fields) == ["name"]


def test_deleting_a_tag_leaves_its_topics(session, admin, section):
    from forum.posts.models import Topic, TopicTag

    tag, topic = cast.tag(session, "wax"), cast.topic(session, make(session, admin, section), cast.member(session))
    session.add(TopicTag(topic_id=topic.id, tag_id=tag.id))
    session.flush()
    actions.delete_tag(session, admin, tag)
    assert session.get(Topic, topic.id) is not None
    assert session.query(TopicTag).count() == 0


# ── who may ──


def test_nobody_but_an_administrator_arranges_anything(session, admin, section):
    board, tag = make(session, admin, section), cast.tag(session, "wax")
    verbs = (
        lambda actor: actions.create_section(session, actor, "New"),
        lambda actor: actions.rename_section(session, actor, section, "New"),
        lambda actor: actions.place_section(session, actor, section, 1),
        lambda actor: actions.delete_section(session, actor, section),
        lambda actor: actions.create_board(session, actor, board_draft(board), PUBLIC),
        lambda actor: actions.edit_board(session, actor, board, board_draft(board), ""),
        lambda actor: actions.place_board(session, actor, board, 1),
        lambda actor: actions.archive_board(session, actor, board),
        lambda actor: actions.reopen_board(session, actor, board),
        lambda actor: actions.delete_board(session, actor, board),
        lambda actor: actions.set_rights(session, actor, board, PUBLIC, ""),
        lambda actor: actions.create_tag(session, actor, TagDraft("New")),
        lambda actor: actions.edit_tag(session, actor, tag, TagDraft("New"), ""),
        lambda actor: actions.delete_tag(session, actor, tag),
    )
    people = (cast.member(session), cast.moderator(session), cast.staff(session))
    for verb in verbs:
        with pytest.raises(SignInNeeded):
            verb(cast.actor(session, None))
        for person in people:
            with pytest.raises(Refused):
                verb(cast.actor(session, person))


# ── whatever is typed ──


def test_every_naughty_string_is_kept_or_refused_in_words(session, admin, section):
    board = make(session, admin, section)
    strings = json.loads(shared("data", "corpora", "naughty-strings", "blns.json").read_text(encoding="utf-8"))
    for text in strings:
        description = one_line(text)[:300]
        edit(session, admin, board, description=description)
        session.expire(board)
        assert board.description == one_line(description)
        try:
            tag = actions.create_tag(session, admin, TagDraft(text))
        except InvalidFields as refused:
            assert refused.fields["name"]  # noqa: PT017
        else:
            session.expire(tag)
            assert queries.tag_by_slug(session, tag.slug).id == tag.id
            assert tag.name == one_line(text.strip().lstrip("#"))


def test_the_tree_takes_two_queries_whatever_its_size(session, admin, section):
    for number in range(12):
        top = make(session, admin, section, f"Board {number}")
        make(session, admin, section, f"Below {number}", parent_id=top.id)
    actor = cast.actor(session, None)
    asked = []
    listener = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(session.get_bind(), "before_cursor_execute", listener)
    try:
        assert len(queries.tree(session, actor)[0].boards) == 12
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", listener)
    assert len(asked) == 2
