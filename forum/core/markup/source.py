"""The author's source, before anything reads it: what no page and no database can hold is taken out."""

import hashlib
import re

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_TICKS = re.compile("`+")


def tidy(source: str) -> str:
    """`source` with one kind of line end, without control characters, lone surrogates replaced."""
    text = _LINE_ENDS.sub("\n", source)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def fingerprint(source: str) -> str:
    """Eight hexadecimal digits that keep the ids of one post apart from those of another."""
    return hashlib.blake2s(source.encode(), digest_size=4).hexdigest()


def tick_runs(text: str) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their length. A run opens code when another of its length follows."""
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs
