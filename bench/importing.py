"""How fast an archive comes in: the real command, on a fresh database."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.servers import ROOT, Broken, own_environ

ARCHIVE = ROOT.parent / "shared" / "data" / "urho3d"
PATIENCE_SECONDS = 900
Environ = Callable[[str], Mapping[str, str]]


@dataclass(frozen=True)
class Imported:
    """Posts that came in, the seconds of the whole command, and those in which it only starts; `cpu`: the processor
    seconds between the two, helper processes included. Medians of the runs."""

    posts: int
    seconds: float
    start: float
    cpu: float

    @property
    def rate(self) -> float:
        """Posts a second once it has started."""
        return self.posts / (self.seconds - self.start)


def hindrance() -> str:
    """Why it cannot be measured here, or nothing."""
    if not (ARCHIVE / "topics.jsonl.gz").exists():
        return f"no archive in {ARCHIVE}"
    with_help = _flask({}, "import", "discourse", "--help")
    return "" if with_help.returncode == 0 else "`flask --app app import discourse` is not there"


def measure(environ_for: Environ, rounds: int) -> Imported:
    """Bring the archive into `rounds` fresh databases."""
    runs = [_import(environ_for(f"import-{number}")) for number in range(rounds)]
    return Imported(
        posts=runs[0].posts,
        seconds=statistics.median(run.seconds for run in runs),
        start=statistics.median(run.start for run in runs),
        cpu=statistics.median(run.cpu for run in runs),
    )


def _import(environ: Mapping[str, str]) -> Imported:
    _told(_flask(environ, "db", "upgrade"))
    _help, start, start_cpu = _timed(environ, "--help")
    said, seconds, cpu = _timed(environ, str(ARCHIVE), "--organization", "Urho3D", "--json")
    return Imported(int(json.loads(said.splitlines()[-1])["posts"]), seconds, start, cpu - start_cpu)


def _timed(environ: Mapping[str, str], *words: str) -> tuple[str, float, float]:
    """What the import command said, the seconds it took, and the processor's."""
    begun, worked = time.perf_counter(), _worked()
    said = _told(_flask(environ, "import", "discourse", *words))
    return said, time.perf_counter() - begun, _worked() - worked


def _worked() -> float:
    """Processor seconds of the ended children of this process."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _flask(environ: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *words],
        cwd=ROOT,
        env=own_environ(environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def _told(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode != 0:
        raise Broken(f"{' '.join(done.args[3:])} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout
