"""Real archives of a community of practice, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from forum.accounts.models import Account
from forum.importers.discourse.archive import open_archive
from forum.importers.discourse.records import Skipped
from forum.importers.models import ImportedItem
from forum.posts.check import drifts
from forum.posts.models import Post, Topic
from tests.corpora import shared
from tests.importers import dumps
from tests.importers.bringing import bring
from tests.machines.databases import reading

NAMES = ("urho3d", "urho3d-oddities", "discourse-json-sample")


def test_everything_of_the_archives_arrives_and_a_second_time_changes_nothing(app, database, prove):
    names = NAMES if prove or database.kind == "sqlite" else NAMES[1:]
    outcomes = {name: bring(app, shared("data", name), organization="Urho3D") for name in names}
    for name in names:
        assert_as_expected(outcomes[name].counts, shared("data", name))
    with reading(app) as session:
        assert list(drifts(session)) == []
        before = dumps.exact(session)
        for name in names:
            skipped = {(item.kind, item.id) for item in outcomes[name].skipped}
            assert_nothing_is_lost(session, shared("data", name), skipped)
        assert_each_stands_once(session)
    again = {name: bring(app, shared("data", name), organization="Urho3D") for name in names}
    with reading(app) as session:
        assert dumps.exact(session) == before
    for name in names:
        assert (again[name].counts, again[name].skipped) == (outcomes[name].counts, outcomes[name].skipped)


@pytest.mark.databases("sqlite")
def test_archives_may_come_in_any_order(app, prove):
    names = NAMES[::-1] if prove else NAMES[:0:-1]
    for name in names:
        assert_as_expected(bring(app, shared("data", name)).counts, shared("data", name))
    with reading(app) as session:
        assert_each_stands_once(session)
        assert list(drifts(session)) == []


def assert_as_expected(counts: dict[str, int], archive: Path) -> None:
    if archive.joinpath("expected.json").exists():
        expected = json.loads(archive.joinpath("expected.json").read_text())
        assert counts == {name: expected[name] for name in counts}


def assert_nothing_is_lost(session, archive: Path, skipped: set[tuple[str, str]]) -> None:
    """Every post that the files hold is in the database, in its topic and with its number, or listed as not taken."""
    here = {
        post_id: (topic_id, number)
        for post_id, topic_id, number in session.execute(
            select(ImportedItem.foreign_id, Post.topic_id, Post.number)
            .join(Post, Post.id == ImportedItem.local_id)
            .where(ImportedItem.kind == "post")
        )
    }
    topics = dict(
        session.execute(
            select(ImportedItem.foreign_id, ImportedItem.local_id).where(ImportedItem.kind == "topic")
        ).all()
    )
    for topic_id, post_id, number in posts_in_the_files(archive):
        found = here.get(post_id)
        assert found == (topics.get(topic_id), number) or ("post", str(post_id)) in skipped, f"post {post_id}"


def posts_in_the_files(archive: Path):
    """Read as plainly as can be, apart from what the importer thinks of it."""
    for chunk in open_archive(archive)._chunks():
        assert not isinstance(chunk, Skipped)
        record = json.loads(chunk.content)
        for post in record["post_stream"]["posts"]:
            yield record["id"], post["id"], post["post_number"]


def assert_each_stands_once(session) -> None:
    """As many topics, posts and people as there are different ones in all archives together."""
    for kind, model in (("topic", Topic), ("post", Post), ("user", Account)):
        foreign = session.scalar(
            select(func.count(func.distinct(ImportedItem.foreign_id))).where(ImportedItem.kind == kind)
        )
        assert session.scalar(select(func.count()).select_from(model)) == foreign
