"""Boards that ask for tags, and for answers to fields of their form: in words, with nothing lost."""

from __future__ import annotations

import pytest

from forum.boards.models import Board
from forum.posts.models import Topic
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, read

ASK = {"title": "Which glue for maple?", "body": "It came loose again."}


def test_an_administrator_says_what_topics_need_and_the_form_asks_for_it(app, client):
    with writing(app) as session:
        board_id = cast.board(session, "talk", kind="question").id
        for slug in ("glue", "maple", "staff-pick"):
            cast.tag(session, slug, is_reserved=slug == "staff-pick")
    address = f"/admin/boards/{board_id}"
    enter(app, client, "root", cast.administrator)
    assert client.submit(address, {"tags_least": "9"}, form="edit").status_code == 422
    wanted = {"tags_least": "2", "required_fields": ["tried", "wants_org", "nonsense"]}
    assert client.submit(address, wanted, form="edit").status_code == 303
    with reading(app) as session:
        board = session.get(Board, board_id)
        assert (board.tags_least, board.required_fields) == (2, ["tried"])
    enter(app, client, "ada")
    assert "(at least 2, up to 5)" in read(client, "/b/talk/new")
    refused = client.submit("/b/talk/new", ASK)
    assert refused.status_code == 422
    assert "needs an answer" in refused.text
    assert ASK["body"] in refused.text
    refused = client.submit("/b/talk/new", {**ASK, "tried": "Bone glue.", "tags": ["glue"]})
    assert refused.status_code == 422
    assert "Topics here need 2 tags" in refused.text
    for kept in (*ASK.values(), "Bone glue."):
        assert kept in refused.text
    answer = client.submit("/b/talk/new", {**ASK, "tried": "Bone glue.", "tags": ["glue", "maple"]})
    assert answer.status_code == 303
    with reading(app) as session:
        post_id = session.query(Topic).one().last_post_id
    place = f"/p/{post_id}/edit"
    fewer = {**ASK, "tried": "Bone glue.", "base": "0", "tags": ["maple"]}
    refused = client.submit(place, fewer, form=place)
    assert refused.status_code == 422
    assert "Topics here need 2 tags" in refused.text


@pytest.mark.databases("sqlite")
def test_a_board_asks_for_no_more_tags_than_there_are(app, client):
    with writing(app) as session:
        board = cast.board(session, "talk", tags_least=3)
        cast.tag(session, "glue")
        board_id = board.id
    enter(app, client, "ada")
    refused = client.submit("/b/talk/new", ASK)
    assert "Topics here need a tag: choose one." in refused.text
    assert client.submit("/b/talk/new", {**ASK, "tags": ["glue"]}).status_code == 303
    with writing(app) as session:
        old = cast.topic(session, session.get(Board, board_id), cast.member(session, "bo"), tags=("glue",))
        session.get(Board, board_id).tags_least = 5
        place = f"/p/{old.last_post_id}/edit"
    enter(app, client, "bo")
    changed = {"title": "What stood there before", "body": "Said anew, with as few tags as it had."}
    assert client.submit(place, {**changed, "tags": ["glue"]}, form=place).status_code == 303
