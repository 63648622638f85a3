"""What operators are told is so."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from forum.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def row(setting) -> str:
    default = f"`{setting.default}`" if str(setting.default) else ""
    doc = setting.metadata["doc"].replace("|", "\\|")
    return f"| `FORUM_{setting.name.upper()}` | {default} | {doc} |"


def test_every_setting_stands_in_the_table_as_the_code_describes_it():
    told = [line for line in OPERATING.splitlines() if line.startswith("| `FORUM_") and line.count("|") == 4]
    assert told == [row(setting) for setting in fields(Settings)], "\n" + "\n".join(map(row, fields(Settings)))


def test_every_command_that_is_told_of_exists(app):
    told = OPERATING.split("## Commands")[1]
    names = {line.split("`")[1].split()[0] for line in told.splitlines() if line.startswith("| `")}
    assert names <= set(app.cli.commands) | {"import"}
    ours = {
        name
        for name, command in app.cli.commands.items()
        if command.callback and "forum" in str(command.callback.__module__)
    }
    assert ours <= names
