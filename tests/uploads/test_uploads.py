"""Bringing pictures and files, and who sees them."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest

from forum.core.errors import TooSoon
from forum.core.markup import pool
from forum.posts import queries as posts
from forum.posts.models import Post
from forum.uploads import actions, jobs
from forum.uploads.addresses import markdown, path
from forum.uploads.kinds import read_file
from forum.uploads.models import Upload, UploadUse
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, leave, token
from tests.uploads.files import PDF, picture


@pytest.fixture(autouse=True)
def patient(uncounted, monkeypatch):
    monkeypatch.setattr(pool, "WALL_SECONDS", 30.0)  # a busy machine is not what this is about


@pytest.fixture
def places(app):
    with writing(app) as session:
        cast.board(session, "talk")
        cast.board(session, "desk", rights=cast.STAFF_ONLY)
        cast.tag(session, "gut")


def bring(client, data, name="bow.png", **more):
    """As the editor's script does."""
    form = {"csrf_token": token(client, "/settings"), "file": (io.BytesIO(data), name), **more}
    return client.post("/files", data=form)


def start(client, board, body):
    page = f"/b/{board}/new"
    answer = client.submit(page, {"title": "A topic with a picture", "body": body})
    assert answer.status_code == 303, answer.text
    return answer.location


def test_a_picture_is_its_owners_until_it_stands_in_words_that_others_may_read(app, client, places):
    enter(app, client, "ada")
    brought = bring(client, picture(), alt="A [bow] of  ash").json
    assert re.fullmatch(r"!\[A \\\[bow\\\] of ash\]\(/files/[0-9a-f]{24}\.png\)", brought["markdown"])
    assert client.get(brought["path"]).mimetype == "image/png"
    leave(client)
    assert client.get(brought["path"]).status_code == 404
    enter(app, client, "ada")
    topic = start(client, "talk", brought["markdown"])
    leave(client)
    shown = client.get(topic).text
    assert f'src="{brought["path"]}"' in shown
    assert all(part in shown for part in ('width="64"', 'height="48"', 'loading="lazy"', 'alt="A [bow] of ash"'))
    answer = client.get(brought["path"])
    assert answer.status_code == 200
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(brought["path"], headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_picture_on_a_board_of_staff_is_not_seen_by_knowing_its_address(app, client, places):
    enter(app, client, "rena", cast.staff)
    brought = bring(client, picture()).json
    with writing(app) as session:
        rena = session.query(Upload).one().owner_id
        from forum.accounts.models import Account
        from forum.boards.models import Board

        board = session.query(Board).filter_by(slug="desk").one()
        topic = cast.topic(session, board, session.get(Account, rena))
        post = session.query(Post).filter_by(topic_id=topic.id).one()
        actor = cast.actor(session, session.get(Account, rena))
        actions.use(session, actor, "post", post.id, [brought["path"][7:31]], {"post": posts.readable(actor)})
    enter(app, client, "colleague", cast.staff)
    assert client.get(brought["path"]).status_code == 200
    enter(app, client, "mallory")
    assert client.get(brought["path"]).status_code == 404
    # Nor does writing its address into one's own words open it, to oneself or to anybody.
    start(client, "talk", f"Look: ![]({brought['path']})")
    assert client.get(brought["path"]).status_code == 404
    leave(client)
    assert client.get(brought["path"]).status_code == 404


@pytest.mark.databases("sqlite")
def test_a_file_is_only_ever_downloaded(app, client, places):
    enter(app, client, "ada")
    brought = bring(client, PDF, "Plän für alle.pdf").json
    assert brought["markdown"].startswith("[Plän für alle.pdf (0.1 KB)](/files/")
    answer = client.get(brought["path"])
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''Pl%C3%A4n%20f%C3%BCr%20alle.pdf" in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.data == PDF
    assert client.get(brought["path"], headers={"Range": "bytes=1-3"}).data == PDF[1:4]
    assert client.get(brought["path"].replace(".pdf", ".html")).status_code == 404


@pytest.mark.databases("sqlite")
def test_the_same_file_is_kept_once(app, client, places):
    enter(app, client, "ada")
    first, second = bring(client, picture()).json, bring(client, picture(), "again.png").json
    assert first["path"] == second["path"]
    enter(app, client, "bo")
    other = bring(client, picture()).json
    assert other["path"] != first["path"]
    folder = app.extensions["settings"].data_dir / "files"
    assert len([each for each in folder.rglob("*") if each.is_file()]) == 1


@pytest.mark.databases("sqlite")
def test_without_javascript_the_editors_own_form_adds_the_file_and_keeps_the_words(app, client, places):
    enter(app, client, "ada")
    with writing(app) as session:
        from forum.accounts.models import Account
        from forum.boards.models import Board

        ada, board = session.query(Account).filter_by(name="ada").one(), session.query(Board).first()
        topic = cast.topic(session, board, ada)
        address, post_id = f"/t/{topic.id}", session.query(Post.id).filter_by(topic_id=topic.id).scalar()
    for page, form in ((address, f"{address}/reply"), ("/b/talk/new",) * 2, (f"/p/{post_id}/edit",) * 2):
        sent = {"csrf_token": token(client, page), "body": "What I had written.", "attach": "1", "alt": "A bow"}
        answer = client.post(form, data={**sent, "file": (io.BytesIO(picture()), "b.png")})
        assert answer.status_code == 200
        assert re.search(r"What I had written\.\r?\n\r?\n!\[A bow\]\(/files/\w+\.png\)", answer.text), page
        refused = client.post(form, data={**sent, "file": (io.BytesIO(b"no"), "b.exe")})
        assert refused.status_code == 422
        assert "This kind of file cannot be kept here" in refused.text
        assert "What I had written." in refused.text


@pytest.mark.databases("sqlite")
def test_a_request_may_be_large_only_where_files_are_taken(app, client, places):
    enter(app, client, "ada")
    large = PDF + bytes(15 * 2**20)
    assert bring(client, large, "scan.pdf").status_code == 200
    assert bring(client, large + bytes(6 * 2**20), "scan.pdf").status_code == 422
    assert client.post("/sign-in", data={"file": (io.BytesIO(large), "x")}).status_code == 413
    assert bring(client, large + bytes(9 * 2**20), "scan.pdf").status_code == 413


@pytest.mark.databases("sqlite")
def test_guests_the_suspended_and_the_hasty_bring_nothing(app, client, places):
    leave(client)
    form = {"csrf_token": token(client, "/sign-in"), "file": (io.BytesIO(PDF), "a.pdf")}
    assert client.post("/files", data=form).status_code == 401
    enter(app, client, "sue", cast.suspended)
    assert bring(client, PDF, "a.pdf").status_code == 403
    with writing(app) as session:
        ada = cast.member(session, "ada")
        actor = cast.actor(session, ada)
        for number in range(50):
            actions.bring(session, actor, read_file(PDF, "a.pdf"), f"uploads/{number}.pdf")
        with pytest.raises(TooSoon, match="50 files"):
            actions.bring(session, actor, read_file(PDF, "a.pdf"), "uploads/x.pdf")


def test_what_nobody_used_is_forgotten_after_a_week(app, client, places, clock):
    enter(app, client, "ada")
    used, unused, shared = (bring(client, picture(colour=(n, 0, 0))).json for n in (1, 2, 3))
    start(client, "talk", used["markdown"])
    enter(app, client, "bo")
    start(client, "talk", bring(client, picture(colour=(3, 0, 0))).json["markdown"])
    clock.shift(timedelta(days=6))
    with app.app_context():
        jobs.forget_unused_uploads()
    with reading(app) as session:
        assert session.query(Upload).count() == 4
    clock.shift(timedelta(days=2))
    with app.app_context():
        jobs.forget_unused_uploads()
        jobs.forget_unused_uploads()
    with reading(app) as session:
        assert {path(row) for row in session.query(Upload)} & {unused["path"], shared["path"]} == set()
        assert session.query(Upload).count() == 2
        assert session.query(UploadUse).count() == 2
    folder = app.extensions["settings"].data_dir / "files"
    assert len([each for each in folder.rglob("*") if each.is_file()]) == 2


def test_the_markdown_of_an_upload_says_only_what_it_is():
    upload = Upload(token="a" * 24, key="uploads/aa/x.pdf", kind="file", name="a](x)[b.pdf", size=3 * 2**20)
    assert markdown(upload) == f"[a\\](x)\\[b.pdf (3.0 MB)](/files/{'a' * 24}.pdf)"
