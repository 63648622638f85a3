"""Whom a text may mean, before anybody is asked whether they exist."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.markup import Job, mention_candidates, tag_candidates
from forum.core.markup.rendering import rendered_here


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("@ann and @Bo_b, (@c-d).", {"ann", "Bo_b", "c-d", "c"}),
        ("ann@example.org @@x a/@y", set()),
        ("`@a` ``@b ` @c`` @d", {"d"}),
        ("```\n@a\n~~~\n@b\n```\n@c", {"c"}),
        ("`unclosed @a", {"a"}),
    ],
)
def test_names_are_found_outside_code(source, names):
    assert mention_candidates(source) == names


def test_tags_are_found_outside_code():
    assert tag_candidates("#one `#two` &#35; #three-four x#no") == {"one", "three-four"}


@given(
    st.lists(st.sampled_from(["@ann", "@bo.", "`", "```", "\n", " ", "x", "@", ".", "-", "*", "[", "]", "("])).map(
        "".join
    )
)
def test_whoever_is_mentioned_in_the_result_was_a_candidate(source):
    names = frozenset({"ann", "bo"})
    shown = rendered_here(Job(None, source, names=names)).html
    candidates = {name.casefold() for name in mention_candidates(source)}
    for name in names - candidates:
        assert f"/u/{name}" not in shown


@pytest.mark.parametrize("piece", ["@a", "`a", "``` ", "```\n", "@a.b-c.", "#a", "`" * 9])
def test_a_long_text_is_read_in_no_time(piece):
    source = piece * (100_000 // len(piece))
    began = time.process_time()
    mention_candidates(source)
    tag_candidates(source)
    assert time.process_time() - began < 5  # minutes, if it grew with the square of the length
