"""Tags with other words for them, and two tags that become one and two again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.boards import actions as boards
from forum.boards import queries
from forum.boards.models import Tag
from forum.core.errors import Conflict, Invalid, NotFound
from forum.posts import actions, check
from forum.posts.queries import related_tags, tag_slugs_of
from tests import cast
from tests.machines.databases import undone, writing
from tests.posts.people import enter


def merge(session, ada, one, other):
    return actions.merge_tags(session, cast.actor(session, ada), one, other)


@settings(max_examples=12)
@given(carried=st.lists(st.sets(st.sampled_from(["cat", "cats", "dog"])), min_size=1, max_size=6), back=st.booleans())
def test_whatever_carried_what_merging_leaves_counters_equal_to_rows_and_undo_gives_it_back(app, carried, back):
    with undone(app) as session:
        ada = cast.administrator(session)
        for slug in ("cat", "cats", "dog"):
            cast.tag(session, slug)
        board = cast.board(session)
        topics = [cast.topic(session, board, ada, tags=tuple(sorted(slugs))) for slugs in carried]
        one, other = queries.tag_by_slug(session, "cats"), queries.tag_by_slug(session, "cat")
        deed = merge(session, ada, one, other)
        assert list(check.drifts(session)) == []
        expected = [{"cat" if slug == "cats" else slug for slug in slugs} for slugs in carried]
        assert [set(tag_slugs_of(session, topic)) for topic in topics] == expected
        if back:
            actions.undo_merge(session, cast.actor(session, ada), deed)
            assert list(check.drifts(session)) == []
            assert [set(tag_slugs_of(session, topic)) for topic in topics] == carried


def test_a_merged_name_leads_on_and_parting_needs_it_to_be_free(session):
    ada = cast.administrator(session)
    actor = cast.actor(session, ada)
    cat, cats = cast.tag(session, "cat"), cast.tag(session, "cats")
    boards.add_synonym(session, actor, cats, "Kitties")
    deed = merge(session, ada, cats, cat)
    assert queries.tag_by_slug(session, "cats").id == queries.tag_by_slug(session, "kitties").id == cat.id
    topic = cast.topic(session, cast.board(session), ada, tags=("kitties", "cats", "cat"))
    assert tag_slugs_of(session, topic) == ["cat"]
    with pytest.raises(Invalid):
        boards.add_synonym(session, actor, cast.tag(session, "dog"), "cats")
    boards.remove_synonym(session, actor, cat, "cats")
    with pytest.raises(Conflict):
        actions.undo_merge(session, actor, deed)
    with pytest.raises(NotFound):
        queries.tag_by_slug(session, "cats")


def test_a_renamed_tag_keeps_its_old_address(session):
    actor = cast.actor(session, cast.administrator(session))
    from forum.boards.drafts import TagDraft, fingerprint, tag_draft

    tag = cast.tag(session, "guitar")
    boards.edit_tag(session, actor, tag, TagDraft("Guitars"), fingerprint(tag_draft(tag)))
    assert queries.tag_by_slug(session, "guitar").slug == "guitars"
    boards.edit_tag(session, actor, tag, TagDraft("Guitar"), fingerprint(tag_draft(tag)))
    assert queries.tag_by_slug(session, "guitars").slug == "guitar"


def test_tags_that_stand_together_are_related_but_not_on_boards_that_one_may_not_see(session):
    ada, mo = cast.staff(session), cast.member(session)
    for slug in ("wax", "rosin", "secret"):
        cast.tag(session, slug)
    board, closed = cast.board(session), cast.board(session, rights=cast.STAFF_ONLY)
    for _number in range(2):
        cast.topic(session, board, mo, tags=("wax", "rosin"))
        cast.topic(session, closed, ada, tags=("wax", "secret"))
    wax = queries.tag_by_slug(session, "wax")
    assert [tag.slug for tag in related_tags(session, cast.actor(session, mo), wax)] == ["rosin"]
    assert {tag.slug for tag in related_tags(session, cast.actor(session, ada), wax)} == {"rosin", "secret"}


def test_an_administrator_merges_sees_what_moves_and_parts_them_from_the_log(app, client):
    with writing(app) as session:
        mo, board = cast.member(session, "mo"), cast.board(session)
        ids = [cast.tag(session, slug).id for slug in ("guitar", "guitars")]
        cast.topic(session, board, mo, tags=("guitar", "guitars"))
        cast.topic(session, board, mo, tags=("guitars",))
    enter(app, client, "ada", cast.administrator)
    answer = client.submit(f"/admin/tags/{ids[0]}", {"synonym": "Klampfe"}, form="synonym", follow_redirects=True)
    assert "“Klampfe” leads here now." in answer.text
    assert client.get("/tags/klampfe").status_code in {301, 308}
    preview = client.get(f"/admin/tags/{ids[1]}/merge?into={ids[0]}")
    assert "1 topic carries both" in preview.text
    client.submit(f"/admin/tags/{ids[1]}/merge?into={ids[0]}", form="merge")
    assert client.get("/tags/guitars").location.endswith("/tags/guitar")
    assert "Also called: guitars, Klampfe" in client.get("/tags/guitar").text
    answer = client.submit("/admin/log", form="undo", follow_redirects=True)
    assert "It is as it was before." in answer.text
    with writing(app) as session:
        assert {tag.slug: tag.topic_count for tag in session.query(Tag)} == {"guitar": 1, "guitars": 2}
