"""The house style holds: what the tools can judge, they judge in every test run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def holds(*command: str) -> None:
    """Runs a tool of our environment; what it complains about is the test's message."""
    line = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}:\n{done.stdout}{done.stderr}", pytrace=False)


def test_every_capability_leans_only_on_those_below_it():
    holds("lint-imports", "--no-cache")


def test_every_signature_has_types_that_agree():
    holds("mypy", "--no-error-summary")


def test_the_code_reads_as_one_hand_wrote_it():
    holds("ruff", "check", "--quiet", "--output-format=concise", ".")


def test_the_code_is_laid_out_as_one_hand_would():
    holds("ruff", "format", "--quiet", "--check", "--diff", ".")


def test_the_templates_are_well_formed():
    holds("djlint", "--quiet", "--lint", "templates")


def test_no_file_asks_which_two_things_it_is():
    """Past 300 lines a module is two; tests may be longer, tables of data too."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "forum").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


@pytest.mark.parametrize("name", ("utils", "helpers", "common", "misc"))
def test_no_thing_goes_without_a_name(name):
    assert list((ROOT / "forum").rglob(f"{name}.py")) + list((ROOT / "forum").rglob(f"{name}/")) == []
