"""What administrators do, as the log says it: who, when, from what to what."""

from __future__ import annotations

import pytest

from forum.admin import queries as admin
from forum.admin import wording
from forum.boards import actions as boards
from forum.boards.drafts import BoardDraft, TagDraft, board_draft, fingerprint, rights_fingerprint, tag_draft
from forum.boards.queries import rights_on
from forum.core.errors import Conflict
from forum.following import actions as following
from forum.organization import actions as organization
from forum.permissions import Group, Right
from forum.site import queries
from forum.site.models import Deed
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import enter, send


def said(session, ada, about=""):
    actor = cast.actor(session, ada)
    return [line.sentence for line in admin.said_lines(session, actor, queries.log(session, actor, about).items)]


def test_boards_sections_and_tags_stand_in_the_log_in_words(session):
    ada = cast.administrator(session, "ada")
    actor = cast.actor(session, ada)
    first = boards.create_section(session, actor, "First")
    second = boards.create_section(session, actor, "Second")
    boards.rename_section(session, actor, second, "Workshop")
    boards.place_section(session, actor, second, 1)
    boards.place_section(session, actor, second, 1)  # is there already: no line
    assert said(session, ada, "section") == [
        "The section “Workshop”: place from “2” to “1”.",
        "The section “Second”: name from “Second” to “Workshop”.",
        "There is a section “Second” now.",
        "There is a section “First” now.",
    ]
    rights = {int(Group.EVERYONE): frozenset({Right.SEE}), int(Group.MEMBERS): frozenset({Right.SEE, Right.START})}
    board = boards.create_board(session, actor, BoardDraft("Bench", first.id), rights)
    draft = BoardDraft("Reeds", second.id, kind="question", peer_first=False)
    boards.edit_board(session, actor, board, draft, fingerprint(board_draft(board)))
    boards.edit_board(session, actor, board, board_draft(board), fingerprint(board_draft(board)))  # nothing new
    seen = rights_fingerprint(rights_on(session, board.id))
    boards.set_rights(session, actor, board, {int(Group.MEMBERS): frozenset({Right.SEE})}, seen)
    following.set_default(session, actor, board, "watching")
    boards.archive_board(session, actor, board)
    boards.reopen_board(session, actor, board)
    boards.delete_board(session, actor, board)
    lines = said(session, ada, "board")
    assert lines[0] == "The board “Reeds” was deleted."
    assert lines[3] == "Those who join follow “Reeds”: from “Normal” to “Watching”."
    assert "from “see” to “–”" in lines[4]
    assert "from “see, start topics” to “see”" in lines[4]
    assert lines[5] == (
        "The board “Bench”: name from “Bench” to “Reeds”; address from “bench” to “reeds”; "
        "kind from “Discussions” to “Questions”; members answer first from “Yes” to “No”; "
        "section from “First” to “Workshop”."
    )
    assert len(lines) == 7
    tag = boards.create_tag(session, actor, TagDraft("wax"))
    boards.add_synonym(session, actor, tag, "cire")
    boards.remove_synonym(session, actor, tag, "cire")
    boards.remove_synonym(session, actor, tag, "cire")
    boards.edit_tag(session, actor, tag, TagDraft("wax", is_reserved=True), fingerprint(tag_draft(tag)))
    boards.delete_tag(session, actor, tag)
    assert said(session, ada, "tag") == [
        "The tag “wax” was deleted.",
        "The tag “wax”: reserved from “No” to “Yes”.",
        "“cire” is no longer another word for the tag “wax”.",
        "“cire” is another word for the tag “wax” now.",
        "There is a tag “wax” now.",
    ]
    organization.name_host(session, actor, "Acme")
    organization.name_host(session, actor, "Acme Ltd")
    assert said(session, ada, "place") == [
        "The organization that hosts this place: from “Acme” to “Acme Ltd”.",
        "“Acme” hosts this place.",
    ]


def test_other_names_of_the_host_stand_in_the_log_and_are_taken_back_from_there(session):
    ada = cast.administrator(session, "ada")
    actor = cast.actor(session, ada)
    cast.host(session)
    organization.know_host_as(session, actor, ["Pegasus", " The  Peg House ", "Pegasus"])
    deed = session.query(Deed).filter_by(deed="known_as").one()
    assert wording.can_be_undone(deed)
    assert said(session, ada, "place")[0] == (
        "The organization that hosts this place is also known as Pegasus, The Peg House."
    )
    organization.undo_known_as(session, actor, deed)
    assert said(session, ada, "place")[0] == "The organization that hosts this place is known by its own name alone."
    with pytest.raises(Conflict):
        organization.undo_known_as(session, actor, deed)


def test_other_names_of_the_host_are_kept_beside_its_name(app, client):
    enter(app, client, "ada", cast.administrator)
    assert client.submit("/admin/site", {"name": "Acme", "also": "Pegasus\nPeg House"}, form="host").status_code == 303
    assert "Pegasus\nPeg House" in client.get("/admin/site").text
    assert client.submit("/admin/site", {"name": "Acme", "also": "!"}, form="host").status_code == 422
    with writing(app) as session:
        deed = session.query(Deed).filter_by(deed="known_as").one().id
    assert send(client, "/admin/log", f"/admin/log/{deed}/undo").status_code == 303
    assert "Pegasus" not in client.get("/admin/site").text


def test_groups_and_the_gate_stand_in_the_log_from_the_browser(app, client):
    enter(app, client, "ada", cast.administrator)
    enter(app, client, "bo")
    enter(app, client, "ada")
    client.submit("/admin/groups", {"name": "Tuners", "description": "Who tunes"})
    group = client.get("/groups/tuners").status_code
    assert group == 200
    client.submit("/admin/groups/6", {"name": "bo"}, form="add")
    client.submit("/admin/groups/6", {"joining": "open", "mentioned_by": "nobody"}, form="rules")
    client.submit("/admin/groups/6", {"name": "Voicers", "description": ""}, form="edit")
    client.submit("/admin/groups/6", form="remove")
    client.submit("/admin/groups/6", form="delete")
    page = client.get("/admin/log?about=group").text
    for line in (
        "There is a group “Tuners” now.",
        "bo was put into the group “Tuners”.",
        "how one comes in from “By invitation of its owners” to “Open: whoever wants to”",
        "name from “Tuners” to “Voicers”; description from “Who tunes” to “–”",
        "bo was taken out of the group “Voicers”.",
        "The group “Voicers” was deleted.",
    ):
        assert line in page
    client.submit("/admin/joining", {"mode": "approval", "allowed_domains": "reeds.example"})
    page = client.get("/admin/log?about=gate").text
    assert "who may join from “Everybody, once their address is confirmed” to “Everybody, once somebody here" in page
    assert "only these mail domains from “–” to “reeds.example”" in page
