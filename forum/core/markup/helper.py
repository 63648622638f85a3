"""The helper process: reads batches of jobs from its standard input, answers on its standard output, until told
to stop by the end of its input. Started by `pool.py` as `python -m forum.core.markup.helper`.

Each job may use `CPU_SECONDS` of this process's own working time; past that the kernel ends the process, whatever
it is doing, and the caller shows the text plainly."""

import os
import resource
import signal
import sys
from typing import Any, BinaryIO

from forum.core.markup import wire
from forum.core.markup.plain import plainly
from forum.core.markup.rendering import rendered_here
from forum.core.markup.values import Job, Rendered

CPU_SECONDS = 1.2
ADDRESS_SPACE = 1 << 30
"""A text that makes the renderer ask for more than this gets a MemoryError, and is shown plainly."""


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server; we end with our input
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not end up between the answers
    _limit()
    rendered_here(Job(key=None, source="Warm *up*, `code`:\n\n```python\nx = 1\n```\n"))
    _send(answers, "ready")
    while (batch := wire.receive(sys.stdin.buffer)) is not None:
        _answer(answers, batch)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > ADDRESS_SPACE:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, hard))


def _answer(answers: BinaryIO, batch: list[Any]) -> None:
    _send(answers, [wire.packed(_bounded(wire.job(item))) for item in batch])


def _send(answers: BinaryIO, message: object) -> None:
    try:
        wire.send(answers, message)
    except BrokenPipeError:
        os._exit(0)  # the caller ended; at once, since a flush on the way out would complain again


def _bounded(job: Job[Any]) -> Rendered:
    """Rendered within the working time of one job. The timer counts this process's own time, so a busy machine
    does not shorten it; its signal is left to the kernel, so that no loop in C can put it off."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        return rendered_here(job)
    except Exception as error:  # noqa: BLE001  (a defect in a library must not cost anyone their post)
        sys.stderr.write(f"markup: {type(error).__name__} in a text of {len(job.source)} characters\n")
        return plainly(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
