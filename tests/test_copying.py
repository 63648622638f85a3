"""Images that posts show from elsewhere, copied here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum import copying
from forum.core.markup import pool
from forum.posts.actions import publishing
from forum.posts.drafts import Written
from forum.posts.models import Post
from forum.uploads.models import FetchedImage, Upload
from tests import cast
from tests.core.test_fetching import as_the_internet
from tests.machines.databases import reading, writing
from tests.uploads.files import HTML, picture


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    monkeypatch.setattr(pool, "WALL_SECONDS", 30.0)


def say(app, body):
    """A post of ada's that says so, by the renderer; its id."""
    from forum.posts.drafts import write

    written: Written = write(body, names=lambda _n: frozenset(), tags=lambda _t: frozenset())
    with writing(app) as session:
        from forum.boards.models import Board

        board = session.query(Board).first() or cast.board(session, "talk")
        ada = session.query(cast.Account).filter_by(name="ada").first() or cast.member(session, "ada")
        topic = cast.topic(session, board, ada)
        return publishing.new_post(session, cast.actor(session, ada), topic, written, cast.clock.now()).id


def html_of(app, post_id):
    with reading(app) as session:
        return session.get(Post, post_id).html


def test_images_elsewhere_are_copied_once_and_shown_to_who_may_read_the_post(app, client, monkeypatch, clock):
    answers = {
        "/bow.png": (200, {}, picture(size=(80, 60))),
        "/a_(b).png?x=1&y=2": (200, {}, picture(colour=(9, 9, 9))),
        "/page.png": (200, {}, HTML),
    }
    at = "http://127.0.0.1"
    both = say(app, f"![A bow]({at}/bow.png) and ![]({at}/a_(b).png?x=1&y=2)")
    again = say(app, f"Once more: ![Bow]({at}/bow.png)")
    broken = say(app, f"![No picture]({at}/page.png) ![Gone]({at}/none.png) [a link]({at}/bow.png)")
    assert html_of(app, both).count("image-elsewhere") == 2
    told = []
    with as_the_internet(monkeypatch, answers | {"/none.png": (404, {}, b"")}), app.app_context():
        outcome = copying.copy_images(own="http://forum.example", told=told.append)
    assert (outcome.copied, outcome.failed, outcome.posts, sum(told)) == (2, 2, 2, 3)
    shown = html_of(app, both)
    assert "image-elsewhere" not in shown
    assert 'alt="A bow"' in shown
    assert 'width="80"' in shown
    assert 'loading="lazy"' in shown
    assert html_of(app, again).count("<img ") == 1
    assert html_of(app, broken).count("image-elsewhere") == 2
    with reading(app) as session:
        assert session.query(Upload).count() == 2
        assert {row.problem for row in session.query(FetchedImage)} >= {"", "answered 404"}
        upload = session.query(Upload).filter_by(width=80).one()
    assert client.get(f"/files/{upload.token}.png").status_code == 200
    # Begun again: nothing is asked twice before its time, and nothing changes.
    with as_the_internet(monkeypatch, {}), app.app_context():
        outcome = copying.copy_images(own="http://forum.example")
    assert (outcome.copied, outcome.failed, outcome.posts) == (0, 0, 0)
    clock.shift(timedelta(days=1))
    with as_the_internet(monkeypatch, answers | {"/none.png": (200, {}, picture())}), app.app_context():
        outcome = copying.copy_images(own="http://forum.example")
    assert (outcome.copied, outcome.failed, outcome.posts) == (1, 1, 1)


def test_a_run_that_was_killed_between_copying_and_rendering_is_finished_by_the_next(app, monkeypatch):
    post = say(app, "![A bow](http://127.0.0.1/bow.png)")
    answers = {"/bow.png": (200, {}, picture())}
    with as_the_internet(monkeypatch, answers), app.app_context(), monkeypatch.context() as killed:
        killed.setattr(copying.rerendering, "render_posts", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            copying.copy_images(own="")
    assert "image-elsewhere" in html_of(app, post)
    with app.app_context():
        outcome = copying.copy_images(own="")
    assert (outcome.copied, outcome.posts) == (0, 1)
    assert "<img " in html_of(app, post)
