"""Code is never touched."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from forum.importers.discourse.prose import around_code, in_prose, prose_of


def shouted(source: str) -> str:
    return in_prose(source, str.upper)


def test_only_prose_is_changed() -> None:
    assert shouted("a `b` c ``d ` e`` f") == "A `b` C ``d ` e`` F"
    assert shouted("a\n```c\nb\n```\nc\n~~~\nd") == "A\n```c\nb\n```\nC\n~~~\nd"
    assert shouted("a\n    b\n\n    c\n\td") == "A\n    B\n\n    c\n\td"
    assert shouted("a ` b\n\nc ` d") == "A ` B\n\nC ` D"
    assert shouted("```a``` b") == "```a``` B"


def test_code_is_no_part_of_the_prose() -> None:
    assert "b" not in prose_of("a `b` c\n```\nb\n```")


@given(st.text("ab`~ \n\t>", max_size=60))
def test_nothing_is_lost_or_moved(source: str) -> None:
    assert in_prose(source, lambda prose: prose) == source
    assert around_code(source, lambda prose: prose) == source


def test_many_unpartnered_marks_cost_little() -> None:
    source = "".join("`" * (number % 300 + 1) + "x" for number in range(400)) + "`" * 20_000
    started = time.perf_counter()
    prose_of(source)
    assert time.perf_counter() - started < 1
