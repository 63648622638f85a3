"""The command as an operator types it, ended at bad moments too."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import time
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import func, select

from forum.app import create_app
from forum.core.settings import Settings
from forum.importers.discourse.archive import open_archive
from forum.importers.discourse.records import SourceTopic
from forum.importers.models import ImportedItem
from forum.posts.check import drifts
from forum.posts.models import Post, Topic
from tests.corpora import shared
from tests.importers import dumps
from tests.importers.bringing import bring, command, folder, tenth
from tests.importers.discourse.made import post, topic
from tests.machines.databases import dispose, migrate, reading


@pytest.mark.databases("sqlite")
def test_the_last_line_says_in_json_what_came(app, database, tmp_path):
    posts = [post(1, moderator=True), post(2, accepted_answer=True), post(3, accepted_answer=True)]
    old = folder(tmp_path, "old", topic(posts=posts, closed=True), "broken")
    boards = tmp_path / "boards.json"
    boards.write_text('{"0": "Looms"}')
    run = command(database.environ, old, "--json", "--boards", boards, "--organization", "Loom Guild")
    said, bar = run.communicate(timeout=120)
    assert run.returncode == 0, bar
    assert json.loads(said.decode().splitlines()[-1]) == {
        "topics": 1,
        "posts": 3,
        "regular_posts": 3,
        "users": 1,
        "likes": 0,
        "accepted_answer_topics": 1,
        "posts_by_staff": 1,
        "hidden_posts": 0,
        "closed_topics": 1,
        "skipped": [
            {
                "kind": "accepted_answer",
                "id": "1003",
                "reason": "topic 12 already has post 2 as its accepted answer; kept as a reply",
            },
            {
                "kind": "topic",
                "id": "topics.jsonl, line 2",
                "reason": "is not JSON: Expecting value: line 1 column 1 (char 0)",
            },
        ],
    }
    assert b"Not taken: accepted_answer 1003: topic 12 already" in said
    assert re.search(rb"Importing: 100%.* 3/3 .* posts/s", bar)


@pytest.mark.databases("sqlite")
def test_a_refusal_is_a_sentence_and_not_a_traceback(app, database, tmp_path):
    run = command(database.environ, tmp_path)
    said, error = run.communicate(timeout=120)
    assert (run.returncode, said) == (1, b"")
    assert error.decode().startswith("Error: ")
    assert "holds neither topics.jsonl" in error.decode()


def test_killed_at_any_moment_and_begun_again_it_comes_to_the_same(app, blank_environ, tmp_path, prove):
    whole = shared("data", "urho3d")
    archive = whole if prove else tenth(tmp_path, whole)
    bring(app, archive, organization="Urho3D")
    with reading(app) as session:
        undisturbed = dumps.comparable(session)
    other = create_app(Settings.from_environ(blank_environ))
    migrate(other)
    dice = random.Random()  # noqa: S311
    for _ in range(6 if prove else 1):
        kill_it_somewhere(blank_environ, archive, dice)
        with reading(other) as session:
            assert_only_whole_topics(session, archive)
            assert list(drifts(session)) == []
        dispose(other)
    run = command(blank_environ, archive, "--organization", "Urho3D")
    _said, error = run.communicate(timeout=300)
    assert run.returncode == 0, error
    with reading(other) as session:
        assert dumps.comparable(session) == undisturbed
    dispose(other)


def kill_it_somewhere(environ: dict[str, str], archive: Path, dice: random.Random) -> None:
    """SIGKILL at a random moment after it began to look through the archive."""
    run = command(environ, archive, "--organization", "Urho3D")
    assert run.stderr is not None
    seen = wait_for(run.stderr, rb"Looking" if dice.random() < 0.3 else rb"Importing: +%d" % dice.randrange(10))
    time.sleep(dice.random() / 4)
    run.kill()
    run.communicate()
    print("killed after", seen[-60:])  # noqa: T201 -- what a failure needs to be repeated


def wait_for(stream: IO[bytes], pattern: bytes) -> bytes:
    """What is said until `pattern`, or until the end."""
    seen = b""
    while not re.search(pattern, seen) and (more := os.read(stream.fileno(), 4096)):
        seen += more
    return seen


def assert_only_whole_topics(session, archive: Path) -> None:
    topics = (found for found in open_archive(archive).topics() if isinstance(found, SourceTopic))
    sizes = {found.id: len(found.posts) for found in topics}
    rows = (
        select(ImportedItem.foreign_id, func.count(Post.id))
        .join(Post, Post.topic_id == ImportedItem.local_id)
        .where(ImportedItem.kind == "topic")
        .group_by(ImportedItem.foreign_id)
    )
    here = dict(session.execute(rows).all())
    assert here == {topic_id: sizes[topic_id] for topic_id in here}
    assert session.scalar(select(func.count(Topic.id))) == len(here)
    posts = session.scalar(select(func.count()).where(ImportedItem.kind == "post"))
    assert posts == sum(here.values())


@pytest.mark.databases("sqlite")
def test_a_larger_archive_does_not_take_more_memory(blank_environ, tmp_path, prove):
    if not prove:
        pytest.skip("measured by `make prove`")
    archive = shared("data", "urho3d")
    migrate(create_app(Settings.from_environ(blank_environ)))
    once = megabytes(blank_environ, archive, "once")
    eight = megabytes(blank_environ, eightfold(tmp_path, archive), "eightfold")
    assert eight < once + 40, (once, eight)


def megabytes(environ: dict[str, str], archive: Path, forum: str) -> float:
    """The most that the command itself held."""
    run = command(environ, archive, "--forum", forum)
    assert run.stderr is not None
    wait_for(run.stderr, rb"$never")
    _pid, status, usage = os.wait4(run.pid, 0)
    assert status == 0
    return usage.ru_maxrss / 1024


def eightfold(where: Path, archive: Path) -> Path:
    path = where / "eightfold"
    path.mkdir()
    with gzip.open(archive / "topics.jsonl.gz", "rt") as lines, (path / "topics.jsonl").open("w") as file:
        for line in lines:
            record = json.loads(line)
            for copy in range(8):
                file.write(json.dumps(shifted(record, copy * 10_000_000)) + "\n")
    return path


def shifted(record: dict, by: int) -> dict:
    stream = record["post_stream"]
    posts = [{**post, "id": post["id"] + by} for post in stream["posts"]]
    return {**record, "id": record["id"] + by, "post_stream": {"posts": posts}}
