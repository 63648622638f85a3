"""One helper process as its caller sees it: ask it something, by a deadline, or learn that it is gone.

Times are `time.monotonic()` seconds. One caller at a time; `pool.py` sees to that."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from forum.core.markup import wire

_ROOT = Path(__file__).resolve().parents[3]
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONHOME", "VIRTUAL_ENV")
"""A helper needs no secret: of the environment it gets only these."""
_LONGEST_START = 30.0
_PIECE = 1 << 16


class Late(Exception):
    """No answer by the deadline. The helper still works on it unless it was only starting."""


class Gone(Exception):
    """The helper has ended; `stopped` when the kernel ended it for working too long."""

    def __init__(self, *, stopped: bool) -> None:
        super().__init__("stopped for working too long" if stopped else "ended")
        self.stopped = stopped


class Helper:
    """A started helper process. It may not be ready yet: the first question waits for that."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "forum.core.markup.helper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            bufsize=0,
        )
        self._pipes = [pipe for pipe in (self._process.stdin, self._process.stdout) if pipe is not None]
        self._in, self._out = (pipe.fileno() for pipe in self._pipes)
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self._received = bytearray()
        self._started = time.monotonic()
        self.ready = False

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def wait_until_ready(self, deadline: float) -> None:
        """Until it has loaded the renderer. Raises Late or Gone."""
        if not self.ready:
            if time.monotonic() > self._started + _LONGEST_START:
                raise Gone(stopped=False)
            self._receive(deadline)
            self.ready = True

    def ask(self, message: Any, deadline: float) -> Any:
        """The answer to one message. Raises Late or Gone; after either the helper is of no more use."""
        self._send(wire.encoded(message), deadline)
        return self._receive(deadline)

    def end(self) -> None:
        """End the process at once and forget it."""
        self._close()
        with contextlib.suppress(OSError):
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)

    def disown(self) -> None:
        """In a forked child: let go of our copies of the pipes; the process belongs to the parent."""
        self._close()
        self._process.returncode = 0  # else Popen would wait for a process that is not ours

    def _close(self) -> None:
        for pipe in self._pipes:
            with contextlib.suppress(OSError):
                pipe.close()

    def _send(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            self._wait(self._in, select.POLLOUT, deadline)
            try:
                view = view[os.write(self._in, view[:_PIECE]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._gone() from error

    def _receive(self, deadline: float) -> Any:
        head = wire.LENGTH.size
        (length,) = wire.LENGTH.unpack(self._take(head, deadline))
        return wire.decoded(self._take(length, deadline))

    def _take(self, count: int, deadline: float) -> bytes:
        while len(self._received) < count:
            self._wait(self._out, select.POLLIN, deadline)
            try:
                piece = os.read(self._out, _PIECE)
            except BlockingIOError:
                continue
            if not piece:
                raise self._gone()
            self._received += piece
        taken = bytes(self._received[:count])
        del self._received[:count]
        return taken

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise Late

    def _gone(self) -> Gone:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=0.2)
        return Gone(stopped=self._process.returncode == -signal.SIGPROF)
