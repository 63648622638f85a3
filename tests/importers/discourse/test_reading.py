"""What of a topic can be taken is taken; the rest is named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.importers.discourse.reading import read_topic, read_user
from forum.importers.discourse.records import Skipped, SourceTopic
from tests.importers.discourse.made import post, topic


def read(record: object) -> SourceTopic:
    found, _ = read_topic(record)
    assert found is not None
    return found


def test_what_was_private_there_does_not_become_public_here() -> None:
    assert read_topic(topic(archetype="private_message"))[0] is None
    assert read_topic(topic(deleted_at="2020-01-01T00:00:00Z"))[0] is None
    posts = [post(1), post(2, post_type=4), post(3, deleted_at="2020-01-01T00:00:00Z")]
    found, skipped = read_topic(topic(posts=posts))
    assert found is not None
    assert [one.number for one in found.posts] == [1]
    assert [one.reason for one in skipped] == ["was a whisper among staff", "was deleted there"]


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"id": None}, "has no usable number"),
        ({"post_number": 0}, "has no usable number"),
        ({"post_number": True}, "has no usable number"),
        ({"id": 10**30}, "has no usable number"),
        ({"created_at": "yesterday"}, "has no usable time"),
        ({"post_type": 9}, "is of an unknown type (9)"),
    ],
)
def test_a_post_that_cannot_be_taken_is_named(odd: dict[str, Any], reason: str) -> None:
    found, skipped = read_topic(topic(posts=[post(1), {**post(2), **odd}, "words"]))
    assert found is not None
    assert [one.number for one in found.posts] == [1]
    assert [one.reason for one in skipped] == [reason, "is not a JSON object"]


def test_a_post_with_little_known_is_taken_all_the_same() -> None:
    bare = {"id": 5, "post_number": 3, "created_at": "2020-05-04T10:00:00", "reply_to_post_number": 2}
    (one,) = read(topic(posts=[bare])).posts
    assert (one.raw, one.cooked, one.author, one.reply_to, one.is_regular) == (None, "", None, 2, True)
    assert not read(topic(posts=[bare])).has(2)


def test_of_two_accepted_answers_the_archives_own_choice_stands() -> None:
    posts = [post(1), post(2, accepted_answer=True), post(3, accepted_answer=True)]
    assert read(topic(posts=posts)).accepted_number == 2
    found, skipped = read_topic(topic(posts=posts, accepted_answer={"post_number": 3}))
    assert found is not None
    assert found.accepted_number == 3
    assert [(one.kind, one.id) for one in skipped] == [("accepted_answer", "1002")]


def test_posts_that_the_topic_names_and_the_archive_lacks_are_listed() -> None:
    record = topic()
    record["post_stream"]["stream"] = [1001, 1002]
    assert read_topic(record)[1] == [Skipped("post", "1002", "is named by topic 12 and not in the archive")]


def test_a_title_is_shown_with_its_characters_and_never_empty() -> None:
    assert read(topic(title=":wolf: Den", unicode_title="🐺 Den")).title == "🐺 Den"
    assert read(topic(title=None)).title == "a loom"
    assert read(topic(title=" ", slug="")).title == "Topic 12"


def test_text_that_no_database_keeps_is_mended() -> None:
    (one,) = read(topic(posts=[post(1, raw="a\x00b\ud800c", username="a\x00da")])).posts
    assert (one.raw, one.author and one.author.username) == ("ab\ufffdc", "ada")


def test_pins_and_tags_come_in_more_than_one_shape() -> None:
    found = read(topic(pinned=True, tags=["wool", {"name": "dye"}, 3, "wool"]))
    assert found.pinned_at == found.created_at
    assert found.tags == ("wool", "dye")


def test_a_topic_without_posts_keeps_its_title() -> None:
    record = topic()
    del record["post_stream"]
    found, skipped = read_topic(record)
    assert found is not None
    assert found.posts == ()
    assert skipped


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_POST_KEYS = st.sampled_from(
    [*sorted(post()), "actions_summary", "polls", "trust_level", "reply_to_post_number", "deleted_at"]
)
_TOPIC_KEYS = st.sampled_from([*sorted(topic()), "tags", "pinned_at", "accepted_answer", "archetype", "views"])


@given(st.dictionaries(_POST_KEYS, _JSON, max_size=4), st.dictionaries(_TOPIC_KEYS, _JSON, max_size=3))
def test_no_oddity_stops_the_reader(odd_post: dict[str, Any], odd_topic: dict[str, Any]) -> None:
    found, skipped = read_topic({**topic(posts=[{**post(), **odd_post}, post(2)]), **odd_topic})
    assert found is not None or skipped
    read_user({**post(), **odd_post})
