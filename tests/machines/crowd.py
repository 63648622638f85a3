"""Several people at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from forum.core.errors import ForumError

PATIENCE_SECONDS = 60


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What came of each work, all begun at the same moment in threads of their own: its answer, or how the forum
    refused it. Any other error is the test's; so is somebody who is still waiting after a minute."""
    start = threading.Barrier(len(works), timeout=PATIENCE_SECONDS)
    came: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            start.wait()
            came[place] = work()
        except Exception as error:  # noqa: BLE001 judged below, in the test's own thread
            came[place] = error

    threads = [threading.Thread(target=run, args=one, daemon=True) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for somebody who does not come"
    for answer in came:
        if isinstance(answer, Exception) and not isinstance(answer, ForumError):
            raise answer
    return came
