"""The community that is measured is a sound one."""

from __future__ import annotations

from sqlalchemy import func, select

from bench.community import LONG, make
from bench.counted import count
from forum.app import create_app
from forum.core.settings import Settings
from forum.posts.check import drifts
from forum.posts.models import Post, Topic
from tests.machines.databases import dispose, reading


def test_it_has_as_many_posts_as_were_asked_for_and_every_counter_agrees(blank_environ):
    community = make({**blank_environ, "FORUM_PROXIES": "1"}, LONG + 150)
    app = create_app(Settings.from_environ(community.environ))
    with reading(app) as session:
        assert session.scalar(select(func.count(Post.id))) == LONG + 150
        assert session.scalar(select(func.max(Topic.last_number))) == LONG
        assert list(drifts(session)) == []
    dispose(app)
    assert {page.status for page in count(community).values()} == {200}
