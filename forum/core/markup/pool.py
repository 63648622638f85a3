"""The helpers of this process: started when first needed, shared by its threads, replaced when they end."""

import atexit
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from forum.core.markup import wire
from forum.core.markup.plain import plainly
from forum.core.markup.process import Gone, Helper, Late
from forum.core.markup.values import Job, Rendered, Shown, SourceKind

WALL_SECONDS = 1.6
"""The longest that `render` waits, for a free helper and for its answer together."""
LONGEST = 200_000
"""A text longer than this many characters is shown plainly without being tried."""
HELPERS = max(2, min(4, os.cpu_count() or 2))


class Pool:
    """At most `size` helpers, lent to one thread at a time."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._idle: list[Helper] = []
        self._lent: set[Helper] = set()
        self._change = threading.Condition()

    @contextmanager
    def lent(self, deadline: float) -> Iterator[Helper]:
        """A helper for this thread alone. Raises Late when none is free in time. One that is left in the middle of
        a question has ended or is ended, and its successor started at once so that nobody waits for it later."""
        helper = self._borrow(deadline)
        sound = False
        try:
            yield helper
            sound = True
        except Late:
            sound = not helper.ready  # only starting: it will be there for the next
            raise
        finally:
            self._give_back(helper if sound else _successor(helper), instead_of=helper)

    def warm(self) -> None:
        """Start the first helper without waiting for it."""
        with self._change:
            if not self._idle and not self._lent:
                self._idle.append(Helper())

    def end(self) -> None:
        """End every helper."""
        with self._change:
            helpers = [*self._idle, *self._lent]
            self._idle.clear()
        for helper in helpers:
            helper.end()

    def disown(self) -> None:
        """In a forked child: let go of what belongs to the parent."""
        for helper in [*self._idle, *self._lent]:
            helper.disown()
        self._idle, self._lent, self._change = [], set(), threading.Condition()

    def _borrow(self, deadline: float) -> Helper:
        with self._change:
            while not self._idle and len(self._lent) >= self._size:
                if not self._change.wait(max(0.0, deadline - time.monotonic())):
                    raise Late
            ready = next((helper for helper in reversed(self._idle) if helper.ready), None)
            helper = ready or (self._idle[-1] if self._idle else Helper())
            if helper in self._idle:
                self._idle.remove(helper)
            self._lent.add(helper)
            return helper

    def _give_back(self, helper: Helper | None, *, instead_of: Helper) -> None:
        with self._change:
            self._lent.discard(instead_of)
            if helper is not None:
                self._idle.append(helper)
            self._change.notify()


def _successor(helper: Helper) -> Helper | None:
    helper.end()
    try:
        return Helper()
    except OSError:
        return None


_pool = Pool(HELPERS)


def render(
    source: str,
    kind: SourceKind = SourceKind.MARKDOWN,
    *,
    names: frozenset[str] = frozenset(),
    tags: frozenset[str] = frozenset(),
    own: str = "",
    images: Mapping[str, Shown] | None = None,
) -> Rendered:
    """Safe HTML of one text, within two seconds whatever it holds; never raises.

    `names` and `tags` are those that exist, `own` the forum's base address, `images` the
    pictures here by the address that the text has for them."""
    job = Job(None, source, kind, names, tags, own, images or {})
    deadline = time.monotonic() + WALL_SECONDS
    if len(source) > LONGEST:
        return plainly(job)
    for _ in range(2):  # a helper may have been ended by others while it was idle: once more with its successor
        with suppress(Late, OSError):
            try:
                return _asked(job, deadline)
            except Gone as gone:
                if not gone.stopped:
                    continue
        break
    return plainly(job)


def _asked(job: Job[Any], deadline: float) -> Rendered:
    with _pool.lent(deadline) as helper:
        helper.wait_until_ready(deadline)
        (answer,) = helper.ask([wire.packed(job)], deadline)
    return wire.rendered(answer)


def warm() -> None:
    """Start a helper now, so that the first text does not wait for it. For servers, at their start."""
    with suppress(OSError):
        _pool.warm()


def close() -> None:
    """End this process's helpers. The next text starts new ones."""
    _pool.end()


atexit.register(close)
os.register_at_fork(after_in_child=_pool.disown)
