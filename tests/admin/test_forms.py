"""Forms of the administration: what is sent is done, what is refused comes back as it was typed."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from forum.accounts.models import GroupMember, GroupRow
from forum.boards import actions, queries
from forum.boards.drafts import board_draft, fingerprint
from forum.boards.models import Board, Tag
from forum.organization.models import Affiliation, Organization
from forum.permissions import Group, Right
from forum.site.models import Deed, Site
from tests import cast
from tests.machines.databases import reading, writing


@pytest.fixture(autouse=True)
def root(app, client):
    with writing(app) as session:
        person = cast.administrator(session, "root")
        cast.sign_in(client, session, person)
        return person.id


@pytest.fixture
def bench(app):
    with writing(app) as session:
        return cast.board(session, "bench", name="Bench", section_id=cast.section(session, "Workshop").id).id


def stored(app, model, key):
    with reading(app) as session:
        return session.get(model, key)


# ── sections ──


def test_a_section_is_made_and_a_nameless_one_is_not(app, client):
    assert client.submit("/admin/boards", {"name": "Workshop"}).status_code == 303
    refused = client.submit("/admin/boards", {"name": "Workshop"})
    assert refused.status_code == 422
    assert "There is a section “Workshop” already." in refused.text
    assert 'value="Workshop"' in refused.text


def test_a_section_is_renamed_and_deleted(app, client):
    client.submit("/admin/boards", {"name": "Workshop"})
    assert client.submit("/admin/sections/1", {"name": ""}, form="edit").status_code == 422
    assert client.submit("/admin/sections/1", {"name": "At the bench"}, form="edit").status_code == 303
    assert "At the bench" in client.get("/admin/boards").text
    assert client.submit("/admin/sections/1", form="delete").status_code == 303
    assert "No sections yet" in client.get("/admin/boards").text


# ── boards ──


def test_a_board_is_made_with_the_defaults_of_its_kind(app, client, bench):
    page = client.get("/admin/boards/new?kind=announcement").text
    assert '<option selected value="announcement">' in page
    answer = client.submit("/admin/boards/new?kind=announcement", {"name": "Notices", "guidance": "Seldom & **short**"})
    assert answer.status_code == 303
    with reading(app) as session:
        board = session.query(Board).filter_by(slug="notices").one()
        rights = queries.rights_on(session, board.id)
    assert (board.kind, board.peer_first) == ("announcement", False)
    assert "<strong>short</strong>" in board.guidance_html
    assert Right.START not in rights[Group.MEMBERS]
    assert Right.START in rights[Group.STAFF]


def test_a_board_that_cannot_be_made_comes_back_as_it_was_typed(app, client, bench):
    typed = {"name": "Bench", "description": "<i>What</i> & why", "guidance": "Tell us\nmore", "member_run": "y"}
    refused = client.submit("/admin/boards/new?kind=story", typed | {"time_zone": "Pacific/Apia"})
    assert refused.status_code == 422
    assert "“Bench” has this address already" in refused.text
    assert 'value="&lt;i&gt;What&lt;/i&gt; &amp; why"' in refused.text
    assert "Tell us\nmore" in refused.text
    assert '<option selected value="Pacific/Apia">' in refused.text
    assert '<option selected value="story">' in refused.text


def test_a_form_from_elsewhere_is_refused_in_words(client, bench):
    page = "/admin/boards/new?kind=story"
    refused = client.submit(page, {"name": "New", "kind": "poem", "place": "x9"})
    assert refused.status_code == 422
    assert "Choose one of the kinds." in refused.text
    assert "This section is gone." in refused.text
    assert "Choose who may read and write." in client.submit(page, {"name": "New", "preset": "none"}).text


def test_a_board_is_edited_and_moved(app, client, bench):
    with writing(app) as session:
        elsewhere = cast.section(session, "Elsewhere").id
    answer = client.submit(f"/admin/boards/{bench}", {"slug": "workbench", "place": f"s{elsewhere}"}, form="edit")
    assert answer.status_code == 303
    board = stored(app, Board, bench)
    assert (board.slug, board.section_id, board.name) == ("workbench", elsewhere, "Bench")


def test_saving_a_board_untouched_changes_nothing(app, client, bench):
    before = board_draft(stored(app, Board, bench))
    assert client.submit(f"/admin/boards/{bench}", form="edit").status_code == 303
    assert board_draft(stored(app, Board, bench)) == before


def test_the_second_of_two_administrators_sees_both_versions_and_decides(app, client, bench, root):
    with reading(app) as session:
        seen = fingerprint(board_draft(session.get(Board, bench)))
    with writing(app) as session:
        from forum.accounts.models import Account

        admin = cast.actor(session, session.get(Account, root))
        board = session.get(Board, bench)
        draft = replace(board_draft(board), description="What the first one wrote")
        actions.edit_board(session, admin, board, draft, seen)
    refused = client.submit(
        f"/admin/boards/{bench}", {"description": "What the second one wrote", "seen": seen}, form="edit"
    )
    assert refused.status_code == 409
    assert 'value="What the second one wrote"' in refused.text
    assert "What the first one wrote" in refused.text
    assert seen not in refused.text
    with reading(app) as session:
        now = fingerprint(board_draft(session.get(Board, bench)))
    again = {"description": "What the second one wrote", "seen": now}
    assert client.submit(f"/admin/boards/{bench}", again, form="edit").status_code == 303
    assert stored(app, Board, bench).description == "What the second one wrote"


def test_boards_are_put_in_order_by_arrow_and_by_number(app, client, bench):
    with writing(app) as session:
        section = session.get(Board, bench).section_id
        cast.board(session, "reeds", name="Reeds", section_id=section, position=2)
        cast.board(session, "wax", name="Wax", section_id=section, position=3)
    assert client.submit("/admin/boards", {"place": "2"}, form=f"boards/{bench}/place").status_code == 303
    assert client.submit(f"/admin/boards/{bench}", {"place": "3"}, form="place").status_code == 303
    with reading(app) as session:
        assert [board.slug for board in queries.outline(session)[0].boards] == ["reeds", "wax", "bench"]
    refused = client.submit(f"/admin/boards/{bench}", {"place": "first"}, form="place")
    assert refused.status_code == 422
    for huge in ("-99999999999999999999", "99999999999999999999"):
        assert client.submit(f"/admin/boards/{bench}", {"place": huge}, form="place").status_code == 303


def test_a_board_is_archived_opened_again_and_deleted(app, client, bench):
    assert client.submit(f"/admin/boards/{bench}", form="archive").status_code == 303
    assert stored(app, Board, bench).archived_at is not None
    assert client.submit(f"/admin/boards/{bench}", form="reopen").status_code == 303
    assert stored(app, Board, bench).archived_at is None
    assert client.submit(f"/admin/boards/{bench}", form="delete").status_code == 303
    assert stored(app, Board, bench) is None


# ── rights ──


def test_a_preset_is_a_proposal_until_it_is_saved(app, client, bench):
    page = f"/admin/boards/{bench}/rights?preset=members"
    assert "These ticks are a proposal" in client.get(page).text
    with reading(app) as session:
        assert Group.EVERYONE in queries.rights_on(session, bench)
    assert client.submit(page, form="rights").status_code == 303
    with reading(app) as session:
        assert Group.EVERYONE not in queries.rights_on(session, bench)


def test_rights_that_make_no_sense_come_back_as_they_were_ticked(app, client, bench):
    refused = client.submit(f"/admin/boards/{bench}/rights", {"rights": ["3:reply", "odd", "3:fly"]}, form="rights")
    assert refused.status_code == 422
    assert "Staff” may act here but not see the board" in refused.text
    assert 'value="3:reply" checked' in refused.text


def test_rights_that_somebody_changed_meanwhile_are_not_overwritten(app, client, bench):
    stale = client.submit(f"/admin/boards/{bench}/rights", {"rights": ["2:see"], "seen": "stale"}, form="rights")
    assert stale.status_code == 409
    assert 'value="2:see" checked' in stale.text
    assert 'value="1:see" checked' not in stale.text


# ── tags and groups ──


def test_a_tag_is_made_edited_and_deleted(app, client):
    assert client.submit("/admin/tags", {"name": "#Wax", "description": "And rosin"}).status_code == 303
    refused = client.submit("/admin/tags", {"name": "wax", "description": "Again"})
    assert refused.status_code == 422
    assert 'value="Again"' in refused.text
    assert client.submit("/admin/tags/1", {"is_reserved": "y"}, form="edit").status_code == 303
    assert stored(app, Tag, 1).is_reserved
    assert client.submit("/admin/tags/1", {"name": "x", "seen": "stale"}, form="edit").status_code == 409
    assert client.submit("/admin/tags/1", form="delete").status_code == 303
    assert stored(app, Tag, 1) is None


def test_everybody_finds_the_tags(app, client, browse_as_guest):
    with writing(app) as session:
        cast.tag(session, "wax", description="And rosin", topic_count=3)
    page = browse_as_guest.get("/tags").text
    assert "And rosin" in page
    assert "3 topics" in page
    assert "Edit the tags" not in page


@pytest.fixture
def browse_as_guest(app, client):
    return type(client)(app, app.response_class, use_cookies=True)


def test_a_group_is_made_and_people_come_and_go(app, client):
    with writing(app) as session:
        cast.member(session, "ada")
        cast.placeholder(session, "nobody")
    assert client.submit("/admin/groups", {"name": "Tuners"}).status_code == 303
    with reading(app) as session:
        group = session.query(GroupRow).filter_by(slug="tuners").one().id
    page = f"/admin/groups/{group}"
    assert client.submit(page, {"name": "ada@example.org"}, form="add").status_code == 303
    for login, sentence in (("ada", "in this group already"), ("x", "nobody here"), ("nobody", "account at present")):
        refused = client.submit(page, {"name": login}, form="add")
        assert refused.status_code == 422
        assert sentence in refused.text
        assert f'value="{login}"' in refused.text
    assert client.submit(page, {"name": "Tuners and more"}, form="edit").status_code == 303
    assert client.submit(page, {"name": "x", "seen": "stale"}, form="edit").status_code == 409
    assert client.submit(page, form="/remove").status_code == 303
    assert "Nobody yet." in client.get(page).text
    assert client.submit(page, form="delete").status_code == 303
    assert stored(app, GroupRow, group) is None


def test_the_last_administrator_stays(app, client, root):
    asked = f"/admin/groups/5/members/{root}/remove"
    assert f'action="{asked}"' not in client.get("/admin/groups/5").text
    refused = client.submit(asked, form="/remove", follow_redirects=True)
    assert "the last administrator" in refused.text
    with writing(app) as session:
        other = cast.administrator(session, "other").id
    assert client.submit(asked, form="/remove").status_code == 303
    assert stored(app, GroupMember, (5, other)) is not None
    assert client.get("/admin").status_code == 403


def test_what_the_forum_is_built_on_cannot_be_renamed_or_deleted(app, client):
    assert "Delete the group" not in client.get("/admin/groups/4").text
    token = client.get("/admin/groups").text.split('name="csrf_token" value="')[1].split('"')[0]
    refused = client.post("/admin/groups/4/delete", data={"csrf_token": token}, follow_redirects=True)
    assert "part of the forum" in refused.text
    assert "one is in it by being here" in client.get("/admin/groups/2").text


# ── the place ──


def test_the_place_is_named_and_greets(app, client):
    answer = client.submit("/admin/site", {"name": "Reed House", "tagline": "Bellows", "welcome": "Come **in**."})
    assert answer.status_code == 303
    site = stored(app, Site, 1)
    assert (site.name, site.tagline, site.accent) == ("Reed House", "Bellows", "")
    assert "<strong>in</strong>" in site.welcome_html
    assert "Reed House" in client.get("/admin").text


def test_a_pale_accent_is_refused_with_the_nearest_that_can_be_read(app, client):
    typed = {"own_accent": "y", "accent": "#ffcc00", "tagline": "Still here"}
    refused = client.submit("/admin/site", typed)
    assert refused.status_code == 422
    assert "too pale" in refused.text
    assert 'value="Still here"' in refused.text
    assert "Save with #" in refused.text
    nearest = refused.text.split("Save with ")[1][:7]
    assert client.submit("/admin/site", typed | {"take": nearest}, form="describe").status_code == 303
    site = stored(app, Site, 1)
    assert site.accent == nearest
    assert site.accent_dark
    page = client.get("/admin").text
    link = page.split('href="/appearance.css?v=')[1].split('"')[0]
    sheet = client.get(f"/appearance.css?v={link}")
    assert f"--accent: {nearest};" in sheet.text
    assert sheet.mimetype == "text/css"
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "immutable" not in client.get("/appearance.css?v=old").headers["Cache-Control"]


def test_an_accent_that_passes_for_the_voice_of_the_organization_is_refused_in_words(app, client):
    for typed in ("#9a5b13", "#ffa940"):
        refused = client.submit("/admin/site", {"own_accent": "y", "accent": typed, "tagline": "Still here"})
        assert refused.status_code == 422
        assert f"{typed} is too near to amber" in refused.text
        assert 'value="Still here"' in refused.text
        assert "Save with #" not in refused.text, "its darker shade is as near"
    assert stored(app, Site, 1).accent == ""
    assert client.submit("/admin/site", {"own_accent": "", "accent": "#9a5b13"}).status_code == 303


def test_without_a_colour_of_its_own_the_place_has_no_stylesheet(client):
    assert "appearance.css" not in client.get("/admin").text
    assert client.get("/appearance.css").text == ""


def test_two_who_describe_the_place_at_once_do_not_overwrite_each_other(client):
    refused = client.submit("/admin/site", {"name": "Mine", "seen": "stale"})
    assert refused.status_code == 409
    assert 'value="Mine"' in refused.text
    assert "what stands there now" in refused.text


def test_the_host_is_named_and_its_staff_belong_to_it(app, client):
    with writing(app) as session:
        early = cast.join(session, cast.member(session, "early"), Group.STAFF).id
        late = cast.member(session, "late").id
    assert client.submit("/admin/site", {"name": ""}, form="host").status_code == 422
    assert client.submit("/admin/site", {"name": "Reed House e.V."}, form="host").status_code == 303
    assert 'Hosted by <a href="/organization">Reed House e.V.</a>' in client.get("/").text
    assert client.submit("/admin/groups/3", {"name": "late"}, form="add").status_code == 303
    with reading(app) as session:
        assert session.query(Organization).one().is_host
        assert {row.account_id for row in session.query(Affiliation)} == {early, late}
    assert client.submit("/admin/groups/3", form=f"{late}/remove").status_code == 303
    assert client.submit("/admin/site", {"name": "Reed House"}, form="host").status_code == 303
    with reading(app) as session:
        assert session.query(Organization).one().name == "Reed House"
        assert [row.until is None for row in session.query(Affiliation).order_by(Affiliation.id)] == [True, False]
        named, renamed = session.scalars(select(Deed.id).where(Deed.subject == "host").order_by(Deed.id))
    assert f"log/{named}/undo" not in client.get("/admin/log").text, "that it has a host is not taken back"
    assert client.submit("/admin/log", form=f"log/{renamed}/undo").status_code == 303
    assert 'Hosted by <a href="/organization">Reed House e.V.</a>' in client.get("/").text
    client.submit("/admin/log", form=f"log/{renamed}/undo")
    assert "Undo the later change first." in client.get("/admin/log").text
