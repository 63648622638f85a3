"""An importer hands over thousands of texts and takes them back in order."""

from __future__ import annotations

from collections.abc import Iterator

from forum.core.markup import RENDERER_VERSION, Job, SourceKind, render_many
from tests.core.markup.processes import helpers


def test_an_importer_gets_every_text_back_in_order():
    jobs = (Job(number, f"*{number}*") for number in range(500))
    results = list(render_many(jobs, workers=2))
    assert [key for key, _ in results] == list(range(500))
    assert all(result.html == f"<p><em>{key}</em></p>" for key, result in results)


def test_one_text_that_takes_too_long_does_not_cost_its_neighbours_their_markup():
    sources = ["*a*", "<b>" * 30_000, "*c*"]
    kinds = [SourceKind.MARKDOWN, SourceKind.HTML, SourceKind.MARKDOWN]
    jobs = [Job(key, source, kind) for key, (source, kind) in enumerate(zip(sources, kinds, strict=True))]
    results = dict(render_many(jobs, workers=1))
    assert [results[key].bounded for key in range(3)] == [False, True, False]
    # Stopped for its own sake: rendering again need not try it once more.
    assert results[1].version == RENDERER_VERSION


def test_an_importer_that_stops_halfway_leaves_no_helper_behind():
    taken = 0

    def texts() -> Iterator[Job[int]]:
        nonlocal taken
        for taken in range(100_000):
            yield Job(taken, "some words " * 200)

    before = helpers()
    results = render_many(texts(), workers=2)
    next(results)
    results.close()
    assert helpers() <= before
    assert taken < 1_000  # memory stays flat: only a few batches were asked for


def test_nothing_to_do_is_done_at_once():
    assert list(render_many([], workers=2)) == []
