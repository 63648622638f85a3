"""Moderators choose topics, see what will change, do it in one go, and take it back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.posts import check, jobs
from forum.posts.models import Post, Topic, TopicTag
from forum.posts.tool_models import BulkRun
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, press, read, send

pytestmark = pytest.mark.usefixtures("uncounted", "clock")


@pytest.fixture
def place(app, clock):
    """Two boards and three topics on the first, one of them with replies."""
    with writing(app) as session:
        section = cast.section(session).id
        talk = cast.board(session, "talk", section_id=section)
        cast.board(session, "lounge", name="Lounge", section_id=section)
        cast.tag(session, "wax")
        mia, bo = cast.member(session, "mia"), cast.member(session, "bo")
        topics = []
        for name in ("one", "two", "three"):
            topics.append(cast.topic(session, talk, mia, f"Topic {name}"))
            clock.shift(timedelta(minutes=1))
        for _turn in range(3):
            cast.reply(session, topics[0], bo)
            clock.shift(timedelta(minutes=1))
        return [topic.id for topic in topics]


def topics(app):
    with reading(app) as session:
        return {row.id: row for row in session.scalars(select(Topic).order_by(Topic.id))}


def run_path(answer):
    assert answer.status_code == 303, answer.text
    return answer.location


def use(client, tool, ids, **typed):
    """From the list over the preview to the result: its address."""
    chosen = client.get("/b/talk?choose=1").text
    assert all(f'name="topic" value="{one}"' in chosen for one in ids)
    page = f"/tools?tool={tool}&" + "&".join(f"topic={one}" for one in ids)
    seen = send(client, page, "/tools/preview", tool=tool, topic=ids, **typed)
    assert seen.status_code == 200, seen.text
    will = re.findall(r'type="hidden" name="topic" value="(\d+)"', seen.text)
    return seen.text, send(client, page, "/tools/run", tool=tool, topic=will, **typed)


def drifts(app):
    with reading(app) as session:
        return list(check.drifts(session))


DONE = {
    "move": {"board": "lounge"},
    "tag": {"tags": "wax"},
    "lock": {},
    "archive": {},
    "close_at": {"closes_at": "2026-04-01T12:00"},
    "slow": {"minutes": "10", "reason": "It gets heated"},
    "owner": {"owner": "bo"},
}
# Numbers of notes, and of changes that calendars count.
ONWARDS = ("last_number", "fields_version", "fields_changed_at")


def state(app):
    """Every topic as it stands, with its tags, but what only ever goes on."""
    names = [column.key for column in Topic.__table__.columns if column.key not in ONWARDS]
    with reading(app) as session:
        tags = [tuple(row) for row in session.execute(select(TopicTag.topic_id, TopicTag.tag_id))]
    return [[getattr(row, name) for name in names] for row in topics(app).values()], tags


def test_many_topics_at_once_and_back(app, client, place):
    enter(app, client, "eli", cast.moderator)
    for tool, typed in DONE.items():
        before = state(app)
        seen, done = use(client, tool, place, **typed)
        assert "Nothing has changed yet" in seen
        assert state(app) != before, tool
        assert drifts(app) == [], tool
        page = run_path(done)
        press(client, page, f"{page}/undo")
        assert "Taken back for 3 topics" in client.get(page).text
        assert state(app) == before, tool
        assert drifts(app) == [], tool


def test_all_go_into_one_and_come_out_again(app, client, place):
    enter(app, client, "eli", cast.moderator)
    seen, done = use(client, "merge", place, into=f"/t/{place[0]}")
    assert "The others are merged into this one" in seen
    assert topics(app)[place[0]].post_count == 6
    old = client.get(f"/t/{place[1]}-topic-two")
    assert old.status_code == 302
    assert f"/t/{place[0]}-" in old.location
    press(client, run_path(done), f"{run_path(done)}/undo")
    assert [row.post_count for row in topics(app).values()] == [4, 1, 1]
    assert client.get(f"/t/{place[1]}-topic-two").status_code == 200
    assert drifts(app) == []


def test_what_changed_meanwhile_is_told_and_the_rest_is_done(app, client, place):
    enter(app, client, "eli", cast.moderator)
    send(client, "/b/talk", f"/t/{place[1]}/lock")
    seen, done = use(client, "lock", place)
    assert "It is so already" in seen
    again = send(client, "/b/talk", "/tools/run", tool="lock", topic=place)
    assert again.status_code == 303
    assert read(client, again.location).count("Not done: It is so already.") == 3
    send(client, "/b/talk", f"/t/{place[0]}/unlock")
    press(client, run_path(done), f"{run_path(done)}/undo")
    assert "Somebody changed it since" in client.get(run_path(done)).text


def test_a_week_later_it_stays(app, client, place, clock):
    enter(app, client, "eli", cast.moderator)
    _seen, done = use(client, "lock", place)
    clock.shift(timedelta(days=8))
    enter(app, client, "eli")
    assert "/undo" not in client.get(run_path(done)).text
    assert send(client, "/b/talk", f"{run_path(done)}/undo").status_code == 422


def test_a_member_finds_no_boxes_and_no_tools(app, client, place):
    enter(app, client, "mia")
    assert 'type="checkbox" name="topic"' not in client.get("/b/talk?choose=1").text
    assert 'name="post"' not in client.get(f"/t/{place[0]}?choose=1", follow_redirects=True).text
    assert client.get(f"/tools?topic={place[0]}").status_code == 403
    for address in ("/tools/preview", "/tools/run", f"/t/{place[0]}/split"):
        assert send(client, "/b/talk", address, tool="lock", topic=place).status_code == 403
    with reading(app) as session:
        assert session.scalars(select(BulkRun)).all() == []


def test_posts_are_ticked_moved_and_put_back_without_a_script(app, client, place):
    enter(app, client, "eli", cast.moderator)
    with reading(app) as session:
        ids = session.scalars(select(Post.id).where(Post.topic_id == place[0], Post.number > 2)).all()
    page = client.get(f"/t/{place[0]}-topic-one?choose=1").text
    assert all(f'form="choose" name="post" value="{one}"' in page for one in ids)
    asked = client.get(f"/t/{place[0]}/split?from=3").text
    assert all(f'name="post" value="{one}" checked' in asked for one in ids)
    typed = {"where": "new", "board": "talk", "post": list(ids), "title": ""}
    path = f"/t/{place[0]}/split"
    refused = send(client, f"{path}?from=3", path, **typed)
    assert refused.status_code == 422
    assert f'name="post" value="{ids[0]}" checked' in refused.text
    made = send(client, f"{path}?from=3", path, **typed | {"title": "A matter of its own"})
    new = read(client, made.location)
    assert "A matter of its own" in new
    assert "made this topic of posts from another" in new
    assert "2 posts stand here now" in new
    run = re.search(r"/tools/runs/\d+", new)[0]
    assert run in client.get("/tools/runs").text
    press(client, run, f"{run}/undo")
    assert topics(app)[place[0]].post_count == 4
    assert client.get(made.location).status_code == 302
    assert drifts(app) == []


def test_who_had_read_what_is_forgotten_with_the_way_back(app, client, place, clock):
    enter(app, client, "eli", cast.moderator)
    _seen, done = use(client, "merge", place, into=f"/t/{place[0]}")
    clock.shift(timedelta(days=8))
    with app.app_context():
        jobs.forget_old_runs()
    with reading(app) as session:
        (run,) = session.scalars(select(BulkRun))
        assert [sorted(item) for item in run.items] == [["title", "topic"]] * 2
    enter(app, client, "eli")
    assert client.get(run_path(done)).text.count("goes into “") == 2
