"""What is by or about the host: its own moderator proposes, a moderator from among the members answers."""

from __future__ import annotations

import pytest

from forum.posts.models import Post
from tests.journeys.people import enter
from tests.machines.databases import reading, writing
from tests.moderation.people import settle

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@BOTH
def test_one_of_the_hosts_people_is_stopped_and_a_peer_confirms(app, live, browse, uncounted, axe, shoot, javascript):
    with writing(app) as session:
        place = settle(session)
        place.board.is_feedback = True
        topic, post = place.topic.id, place.post.id
    page = browse(javascript=javascript)
    enter(app, page, live, "hana")
    page.goto(f"/t/{topic}")
    page.locator("#post-2 summary", has_text="More").click()
    page.get_by_role("link", name="Remove or hide, by a rule").click()
    page.get_by_label("Remove it").check()
    page.get_by_label("Unkind").check()
    page.get_by_label("What happened").fill("It calls whoever asks a fool.")
    page.get_by_text("a peer moderator confirms it first").first.wait_for()
    shoot(page, "by-the-host")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Propose").click()
    page.get_by_text("A moderator from among the members confirms it").first.wait_for()
    with reading(app) as session:
        assert session.get_one(Post, post).deleted_at is None, "nothing is done by one alone"
    page.goto("/moderation")
    assert page.get_by_role("button", name="Yes").count() == 0
    enter(app, page, live, "mia")
    page.goto("/moderation")
    page.locator(".case-row a").first.click()
    page.get_by_text("It calls whoever asks a fool.").first.wait_for()
    shoot(page, "proposed")
    if javascript:
        assert axe(page) == []
    page.locator("button[name=answer]").first.click()
    page.get_by_text("Nothing waits here").wait_for()
    with reading(app) as session:
        assert session.get_one(Post, post).deleted_at is not None
    enter(app, page, live, "ada")
    page.goto(f"/t/{topic}")
    page.get_by_role("link", name="Why, and how to object").click()
    page.get_by_text("It calls whoever asks a fool.").wait_for()
