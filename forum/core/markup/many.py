"""Many texts at once, for the importer and for rendering again: helpers work beside the caller.

Texts travel in batches, since a caller busy with its own work answers a pipe late; results come in the order of
the jobs, and only a few batches are under way, so memory stays flat however many there are."""

import time
from collections import deque
from collections.abc import Generator, Hashable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from queue import SimpleQueue
from typing import TypeVar

from forum.core.markup import wire
from forum.core.markup.plain import plainly
from forum.core.markup.process import Gone, Helper, Late
from forum.core.markup.values import RENDERER_VERSION, Job, Rendered

K = TypeVar("K", bound=Hashable)

BATCH_JOBS = 48
BATCH_CHARACTERS = 120_000
_SECONDS_A_JOB = 20.0
"""How long a job may take on the wall here; its working time is bounded by the helper itself, so that the result
does not depend on how busy the machine is."""


def render_many(items: Iterable[Job[K]], *, workers: int) -> Generator[tuple[K, Rendered], None, None]:
    """Each job's key with its result, in order, rendered by `workers` helper processes of their own."""
    crew: SimpleQueue[Helper | None] = SimpleQueue()
    for _ in range(workers):
        crew.put(None)
    under_way: deque[tuple[list[Job[K]], Future[list[Rendered]]]] = deque()
    batches = _batches(items)
    with ThreadPoolExecutor(workers, thread_name_prefix="markup") as threads:
        try:
            for batch in batches:
                under_way.append((batch, threads.submit(_by_any, crew, batch)))
                if len(under_way) > workers * 2:
                    yield from _results(*under_way.popleft())
            while under_way:
                yield from _results(*under_way.popleft())
        finally:
            threads.shutdown(cancel_futures=True)
            while not crew.empty():
                _dismiss(crew.get())


def _results(batch: list[Job[K]], future: Future[list[Rendered]]) -> Iterator[tuple[K, Rendered]]:
    for job, result in zip(batch, future.result(), strict=True):
        # What was stopped here was stopped for its own sake, not for a busy machine's: trying again would end the same.
        yield job.key, replace(result, version=RENDERER_VERSION)


def _batches(items: Iterable[Job[K]]) -> Iterator[list[Job[K]]]:
    batch: list[Job[K]] = []
    characters = 0
    for job in items:
        if batch and (len(batch) >= BATCH_JOBS or characters + len(job.source) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(job)
        characters += len(job.source)
    if batch:
        yield batch


def _by_any(crew: "SimpleQueue[Helper | None]", batch: list[Job[K]]) -> list[Rendered]:
    helper = crew.get()
    try:
        helper, results = _batch(helper, batch)
        return results
    finally:
        crew.put(helper)


def _batch(helper: Helper | None, batch: list[Job[K]]) -> tuple[Helper | None, list[Rendered]]:
    """The whole batch in one message; when a job in it ended the helper, one by one to find which."""
    helper, results = _tried(helper, batch)
    if results is not None:
        return helper, results
    if len(batch) == 1:
        return helper, [plainly(batch[0])]
    singly: list[Rendered] = []
    for job in batch:
        helper, results = _batch(helper, [job])
        singly += results
    return helper, singly


def _tried(helper: Helper | None, batch: list[Job[K]]) -> tuple[Helper | None, list[Rendered] | None]:
    deadline = time.monotonic() + _SECONDS_A_JOB * (1 + len(batch))
    try:
        helper = helper or Helper()
        helper.wait_until_ready(deadline)
        answers = helper.ask([wire.packed(job) for job in batch], deadline)
    except (Late, Gone, OSError):
        _dismiss(helper)
        return None, None
    return helper, [wire.rendered(answer) for answer in answers]


def _dismiss(helper: Helper | None) -> None:
    if helper is not None:
        helper.end()
