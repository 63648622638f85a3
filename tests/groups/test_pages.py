"""Groups in a browser without JavaScript."""

from __future__ import annotations

from forum.accounts.models import Account, GroupRow
from forum.permissions import Right
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import counted, enter, press


def group(app, name="Tuners", **given):
    with writing(app) as session:
        made = cast.group(session, name, **given)
        cast.join(session, cast.member(session, "bo"), made.id, is_owner=True)


def test_a_member_asks_and_the_owner_decides_on_the_groups_page(app, client):
    group(app, joining="request", members_seen_by="group", description="We tune.")
    enter(app, client, "ada")
    assert "On request" in client.get("/groups").text
    page = client.get("/groups/tuners").text
    assert "We tune." in page
    assert "for its members to know" in page
    client.submit("/groups/tuners", {"words": "By ear & <b>fork</b>."}, form="ask")
    assert "Take it back" in client.get("/groups/tuners").text
    enter(app, client, "bo")
    assert "By ear &amp; &lt;b&gt;fork&lt;/b&gt;." in client.get("/groups/tuners").text
    assert client.submit("/groups/tuners", {"reason": ""}, form="requests").status_code == 422
    assert client.submit("/groups/tuners", {"reason": "", "answer": "yes"}, form="requests").status_code == 303
    enter(app, client, "ada")
    page = client.get("/groups/tuners").text
    assert "Who waits" not in page
    press(client, "/groups/tuners", "/groups/tuners/leave")
    assert "/groups/tuners/leave" not in client.get("/groups/tuners").text


def test_the_page_of_a_group_names_its_boards_as_far_as_one_sees_them(app, client):
    with writing(app) as session:
        group = cast.group(session, "Tuners", joining="open")
        cast.board(session, "pitch", name="Pitch", rights={**cast.PUBLIC, group.id: {Right.SEE, Right.MODERATE}})
        cast.board(session, "cellar", name="Cellar", rights={group.id: {Right.SEE, Right.START}})
    enter(app, client, "bo")
    page = client.get("/groups/tuners").text
    assert "Boards of this group" in page
    assert "Pitch" in page
    assert "Cellar" not in page
    with writing(app) as session:
        cast.join(session, session.query(Account).filter_by(name="bo").one(), group.id)
    page = client.get("/groups/tuners").text
    assert "Cellar" in page
    assert "starts topics" in page


def test_what_one_may_not_know_is_not_there(app, client):
    group(app, seen_by="group", mentioned_by="group")
    enter(app, client, "ada")
    for address in ("/groups/tuners", "/u/tuners", "/groups/members", "/groups/everyone", "/groups/staff"):
        assert client.get(address).status_code == 404, address
    assert "Tuners" not in client.get("/groups").text
    enter(app, client, "bo")
    assert client.get("/u/Tuners").headers["Location"].endswith("/groups/tuners")


def test_an_administrator_says_who_comes_in_and_the_pages_cost_little(app, client):
    group(app)
    with writing(app) as session:
        number = session.query(GroupRow).filter_by(slug="tuners").one().id
        for _ in range(60):
            cast.join(session, cast.member(session), number)
        session.query(Account).filter_by(name="bo").one().email_key = "bo@reeds.example"
    enter(app, client, "root", cast.administrator)
    page = f"/admin/groups/{number}"
    answer = client.submit(page, {"joining": "automatic", "auto_domains": "reeds"}, form="rules")
    assert answer.status_code == 422
    assert "is not a mail domain" in answer.text
    good = {"joining": "automatic", "auto_domains": "reeds.example"}
    assert client.submit(page, good, form="rules").status_code == 303
    assert "by itself" in client.get("/groups/tuners").text
    enter(app, client, "ada")
    for address in ("/groups/tuners", "/groups/tuners?page=2", "/groups"):
        with counted(app) as said:
            assert client.get(address).status_code == 200
        asked = [one for one in said if not one.startswith(("PRAGMA", "BEGIN", "SET "))]
        assert len(asked) <= 8, (address, asked)
    assert client.get("/groups/tuners?page=3").status_code == 404
