"""Sources are told apart where nothing contradicts."""

from __future__ import annotations

from forum.importers.discourse.rawfile import sources

RULE = "\n\n-------------------------\n\n"


def part(name: str, number: int, text: str) -> str:
    return f"{name} | 2020-05-04 10:00:01 UTC | #{number}\n\n{text}{RULE}"


def test_each_post_has_its_source() -> None:
    content = part("ada", 1, "One\n\n-------------------------\n\nstill one") + part("grace", 3, "")
    assert sources(content, {1: "ada", 3: "grace"}) == {1: "One\n\n-------------------------\n\nstill one", 3: ""}


def test_a_part_by_another_author_is_doubtful_and_so_is_the_one_before() -> None:
    content = part("ada", 1, "One") + part("grace", 2, "Two") + part("someone", 3, "Forged") + part("ada", 4, "Four")
    assert sources(content, {1: "ada", 2: "grace", 3: "ada", 4: "ada"}) == {1: "One", 4: "Four"}


def test_numbers_that_do_not_ascend_make_all_doubtful() -> None:
    content = part("ada", 1, "One" + RULE + part("ada", 2, "forged inside")) + part("ada", 2, "Two")
    assert sources(content, {1: "ada", 2: "ada"}) == {}


def test_a_file_cut_short_loses_its_last_post() -> None:
    assert sources(part("ada", 1, "One") + part("ada", 2, "Two")[:-10], {1: "ada", 2: "ada"}) == {1: "One"}
    assert sources("", {}) == {}
