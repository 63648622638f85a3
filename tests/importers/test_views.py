from __future__ import annotations

from sqlalchemy import delete

from forum.boards.models import BoardRight
from forum.permissions import Group
from tests.importers.bringing import bring, folder
from tests.importers.discourse.made import post, topic
from tests.machines.databases import writing


def test_old_links_lead_to_the_new_places_for_good(app, tmp_path, client):
    posts = [post(number, id=number) for number in range(1, 31)]
    bring(app, folder(tmp_path, "old", topic(412, posts, category_id=9)))
    for old, new in {
        "/t/a-loom/412": "/t/1-a-loom",
        "/t/another-slug/412": "/t/1-a-loom",
        "/t/a-loom/412/25": "/t/1-a-loom?page=2#post-25",
        "/t/-/412/3": "/t/1-a-loom#post-3",
        "/t/412/25": "/t/1-a-loom?page=2#post-25",
        "/t/a-loom/412/999": "/t/1-a-loom?page=2#post-30",
        "/p/old/25": "/t/1-a-loom?page=2#post-25",
        "/c/looms/9": "/b/category-9",
        "/c/crafts/looms/9": "/b/category-9",
    }.items():
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, new), old
        assert client.get(new).status_code == 200


def test_a_link_to_what_never_came_finds_nothing(client):
    for old in (
        "/t/a-loom/412",
        "/t/a-loom/412/1",
        "/t/412/1",
        "/p/old/1",
        "/c/looms/9",
        f"/t/a/{10**12}",
        f"/t/{10**30}/1",
    ):
        assert client.get(old).status_code == 404, old


def test_an_old_link_opens_nothing_to_those_who_may_not_see_it(app, tmp_path, client):
    bring(app, folder(tmp_path, "old", topic(412, category_id=9)))
    with writing(app) as session:
        session.execute(delete(BoardRight).where(BoardRight.group_id == int(Group.EVERYONE)))
    for old in ("/t/a-loom/412", "/t/a-loom/412/1", "/p/old/1", "/c/looms/9"):
        assert client.get(old).status_code == 404, old


def test_of_two_old_forums_with_the_same_number_the_words_of_the_link_tell(app, tmp_path, client):
    bring(app, folder(tmp_path, "one", topic(412)))
    bring(app, folder(tmp_path, "two", topic(412, slug="a-wheel", title="A wheel")), forum="spinners")
    assert client.get("/t/a-loom/412").headers["Location"] == "/t/1-a-loom"
    assert client.get("/t/a-wheel/412").headers["Location"] == "/t/2-a-wheel"
    assert client.get("/t/gone/412").headers["Location"] == "/t/1-a-loom"
