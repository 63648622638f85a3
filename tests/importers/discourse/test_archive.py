"""An archive is read whole, whatever lies in its folder."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forum.importers.discourse import files
from forum.importers.discourse.archive import NotAnArchive, open_archive
from forum.importers.discourse.records import Skipped, SourceTopic, SourceUser
from tests.corpora import shared
from tests.importers.discourse.made import jsonl, post, topic


def taken(folder: Path) -> tuple[list[SourceTopic], list[Skipped]]:
    found = list(open_archive(folder).topics())
    return [one for one in found if isinstance(one, SourceTopic)], [one for one in found if isinstance(one, Skipped)]


def reasons(folder: Path) -> str:
    return "\n".join(f"{one.kind} {one.id}: {one.reason}" for one in taken(folder)[1])


# -- real communities


@pytest.mark.parametrize("name", ["urho3d", "urho3d-oddities"])
def test_a_real_community_is_read_to_the_last_like(name: str) -> None:
    folder = shared("data", name)
    expected = json.loads((folder / "expected.json").read_text())
    topics, skipped = taken(folder)
    posts = [one for each in topics for one in each.posts]
    users = [one for one in open_archive(folder).users() if isinstance(one, SourceUser)]
    counts = {
        "topics": len(topics),
        "posts": len(posts),
        "regular_posts": sum(one.is_regular for one in posts),
        "users": len(users),
        "likes": sum(one.likes for one in posts),
        "accepted_answer_topics": sum(one.accepted_number is not None for one in topics),
        "accepted_answer_posts": sum(one.accepted for one in posts),
        "posts_by_staff": sum(one.is_by_staff for one in posts),
        "hidden_posts": sum(one.hidden for one in posts),
        "closed_topics": sum(one.closed for one in topics),
        "archived_topics": sum(one.archived for one in topics),
        "suspended_users": sum(one.suspended for one in users),
        "posts_without_raw": sum(one.raw is None for one in posts),
        "posts_via_email": sum(one.via_email for one in posts),
        "reply_to_post_number_set": sum(one.reply_to is not None for one in posts),
        "edited_posts_version_gt_1": sum(one.version > 1 for one in posts),
    }
    assert counts == {key: expected[key] for key in counts}
    assert {one.kind for one in skipped} <= {"accepted_answer"}
    assert sum(one.accepted for one in posts) - counts["accepted_answer_topics"] == len(skipped)


@pytest.mark.parametrize("name", ["urho3d", "urho3d-oddities", "discourse-json-sample"])
def test_the_survey_counts_what_is_then_read_and_knows_the_old_host(name: str) -> None:
    folder = shared("data", name)
    topics, _ = taken(folder)
    survey = open_archive(folder).survey()
    assert (survey.topics, survey.posts) == (len(topics), sum(len(one.posts) for one in topics))
    assert survey.hosts[0] == "discourse.urho3d.io"


def test_times_are_exact_to_the_millisecond() -> None:
    topics, _ = taken(shared("data", "urho3d"))
    first = min(one.created_at for one in topics)
    assert first == datetime(2017, 7, 1, 7, 31, 40, 536000, tzinfo=UTC)


def test_a_folder_of_files_gives_the_same_sources_as_the_lines_do() -> None:
    """The same posts came by two ways: sources in `.md` files beside, and in the lines themselves."""
    by_lines = {one.id: one for each in taken(shared("data", "urho3d-oddities"))[0] for one in each.posts}
    topics, skipped = taken(shared("data", "discourse-json-sample"))
    assert (len(topics), skipped) == (15, [])
    both = [(one, by_lines[one.id]) for each in topics for one in each.posts if one.id in by_lines]
    sources = [(ours.raw, theirs.raw) for ours, theirs in both if ours.raw is not None and theirs.raw is not None]
    assert len(sources) > 200
    assert all(ours.strip() == theirs.strip() for ours, theirs in sources)


# -- traps


def test_broken_lines_are_named_and_the_others_taken(tmp_path: Path) -> None:
    jsonl(
        tmp_path, topic(1, [post(1, id=1)]), '{"id": 2,', "", "[1, 2]", '"words"', "9" * 5000, topic(3, [post(1, id=3)])
    )
    topics, skipped = taken(tmp_path)
    assert [one.id for one in topics] == [1, 3]
    assert next(one.id for one in skipped if one.kind == "topic") == "topics.jsonl, line 2"
    assert len(skipped) == 4


def test_a_json_nested_beyond_reason_is_one_more_broken_line(tmp_path: Path) -> None:
    jsonl(tmp_path, "[" * 200_000, topic())
    topics, skipped = taken(tmp_path)
    assert (len(topics), len(skipped)) == (1, 1)


def test_a_compressed_file_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(topic(number, [post(1, id=number)])) for number in range(1, 400))
    packed = gzip.compress(lines.encode())
    (tmp_path / "topics.jsonl.gz").write_bytes(packed[: len(packed) * 2 // 3])
    topics, skipped = taken(tmp_path)
    assert 0 < len(topics) < 400
    assert "is damaged after line" in skipped[-1].reason
    assert open_archive(tmp_path).survey().topics == len(topics)


def test_an_endless_line_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_RECORD", 5000)
    jsonl(tmp_path, topic(1, [post(1, id=1)]), topic(2, [post(1, id=2, raw="x" * 20_000)]), topic(3, [post(1, id=3)]))
    topics, skipped = taken(tmp_path)
    assert [one.id for one in topics] == [1, 3]
    assert skipped == [Skipped("file", "topics.jsonl, line 2", "is longer than a topic may be")]


def test_what_comes_twice_is_taken_once(tmp_path: Path) -> None:
    jsonl(
        tmp_path,
        topic(1, [post(1, id=1), post(2, id=1), post(1, id=3), post(4, id=4)]),
        topic(1, [post(1, id=9)]),
        topic(2, [post(1, id=4), post(2, id=5)]),
    )
    topics, _ = taken(tmp_path)
    assert [[one.id for one in each.posts] for each in topics] == [[1, 4], [5]]
    said = reasons(tmp_path)
    assert "topic 1: comes a second time, in topics.jsonl, line 2" in said
    assert "post 1: comes twice in topic 1 (number 2)" in said
    assert "post 3: comes twice in topic 1 (number 1)" in said
    assert "post 4: of topic 2 was already in an earlier topic" in said


def test_links_and_strangers_in_the_folder_are_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "archive", tmp_path / "secret.5.json"
    folder.mkdir()
    outside.write_text(json.dumps(topic(5)))
    (folder / "secret.5.json").symlink_to(outside)
    (folder / "a-loom.12.json").write_text(json.dumps(topic()))
    (folder / "notes.json").write_text("{}")
    (folder / "lost.13.md").write_text("ada | 2020-05-04 10:00:01 UTC | #1\n\nx\n\n-------------------------\n\n")
    (folder / "odd.14.json").mkdir()
    (folder / "bad\udcff.15.json").write_text("{")
    topics, _ = taken(folder)
    assert [one.id for one in topics] == [12]
    said = reasons(folder)
    assert "file secret.5.json: is a link" in said
    assert "file notes.json: is not named <slug>.<id>.json" in said
    assert "file lost.13.md: has no topic of the same name beside it" in said
    assert "file odd.14.json: is not an ordinary file" in said
    assert "topic bad?.15.json: is not JSON" in said
    said.encode()


def test_sources_beside_a_topic_of_another_number_are_not_used(tmp_path: Path) -> None:
    (tmp_path / "a-loom.13.json").write_text(json.dumps(topic(12, [post(raw=None)])))
    (tmp_path / "a-loom.13.md").write_text("ada | 2020-05-04 10:00:01 UTC | #1\n\nx\n\n-------------------------\n\n")
    topics, skipped = taken(tmp_path)
    assert topics[0].posts[0].raw is None
    assert skipped[0].kind == "raw"


def test_authors_are_gathered_from_posts_where_no_list_names_them(tmp_path: Path) -> None:
    staff = post(2, id=2, username="Grace", user_id=8, name="Grace H.", moderator=True, trust_level=4)
    jsonl(tmp_path, topic(1, [post(1, id=1), staff, post(3, id=3, username="ADA"), post(4, id=4, username=None)]))
    (tmp_path / "users.jsonl").write_text('{"id": 7, "username": "ada", "suspended": true}\n{"id": 9}\nnot json\n')
    found = list(open_archive(tmp_path).users())
    assert [one.username for one in found if isinstance(one, SourceUser)] == ["ada", "Grace"]
    assert [one.is_staff for one in found if isinstance(one, SourceUser)] == [False, True]
    assert next(one.reason for one in found if isinstance(one, Skipped)) == "has no user name"
    assert len(found) == 4


@pytest.mark.parametrize("content", [None, "expected.json"])
def test_a_folder_without_an_archive_is_refused_in_words(tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / content).write_text("{}")
    with pytest.raises(NotAnArchive, match=r"holds neither topics\.jsonl"):
        open_archive(tmp_path)


def test_a_path_that_is_no_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match="cannot be read as a folder"):
        open_archive(tmp_path / "nowhere")
