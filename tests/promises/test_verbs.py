"""Every verb asks before it changes anything; nobody commits but the one place; events are wired; one dialect."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import forum
from forum import hearing, wiring

ROOT = Path(forum.__file__).parent


def modules(pattern: str) -> list[str]:
    names = [info.name for info in pkgutil.walk_packages(forum.__path__, "forum.")]
    return [name for name in names if re.search(pattern, name)]


def verbs() -> dict[str, ast.FunctionDef]:
    """Every public function of an actions module that takes an actor, by its full name."""
    found = {}
    for name in modules(r"\.actions(\.|$)"):
        source = inspect.getsource(importlib.import_module(name))
        for node in ast.parse(source).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if "actor" in [argument.arg for argument in node.args.args]:
                found[f"{name}.{node.name}"] = node
    return found


def calls(node: ast.AST) -> set[str]:
    return {
        call.func.id if isinstance(call.func, ast.Name) else call.func.attr
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute)
    }


# What verbs share among themselves: called by a verb that has asked already.
SHARED = {
    "forum.caretakers.actions.note_peer_gone",
    "forum.site.actions.noting.note_change",
    "forum.site.actions.noting.note_deed",
    "forum.accounts.actions.gating.may_invite",
    "forum.conversations.actions.starting.check_willing",
    "forum.conversations.actions.starting.take_seat",
    "forum.conversations.actions.writing.add",
    "forum.conversations.actions.writing.already_sent",
    "forum.conversations.actions.writing.check_words",
    "forum.conversations.actions.writing.seat_reader",
    "forum.conversations.actions.writing.sender_facts",
    "forum.conversations.actions.writing.write",
    "forum.recognition.actions.recognizing.is_early",
    "forum.recognition.actions.recognizing.may_take_back",
    "forum.posts.actions.concerning.check_powers_over",
    "forum.posts.actions.concerning.needs_peer_over",
    "forum.posts.actions.deleting.take_away",
    "forum.posts.actions.guarding.pass_guard",
    "forum.posts.actions.holding.already_held",
    "forum.posts.actions.holding.close",
    "forum.posts.actions.holding.hold",
    "forum.posts.actions.cooling.keep_pace",
    "forum.posts.actions.judging.check_beside",
    "forum.posts.actions.judging.judge_edit",
    "forum.posts.actions.judging.judge_title",
    "forum.posts.actions.judging.judge_words",
    "forum.posts.actions.inviting.ask_somebody",
    "forum.posts.actions.guarding.judge",
    "forum.posts.actions.asking_anew.check_suggested",
    "forum.posts.actions.guarding.writer",
    "forum.posts.actions.pinning.check_pin",
    "forum.posts.actions.guarding.keep_first_word",
    "forum.posts.actions.asking_anew.pass_edit",
    "forum.posts.actions.asking_anew.pass_beside",
    "forum.posts.actions.asking_anew.place_of_edit",
    "forum.posts.actions.asking_anew.place_beside",
    "forum.posts.actions.purposes.is_asked",
    "forum.posts.actions.purposes.chosen",
    "forum.posts.actions.purposes.purpose_of_edit",
    "forum.posts.actions.standing_by.already_kept",
    "forum.posts.actions.standing_by.keep",
    "forum.posts.actions.publishing.already_posted",
    "forum.posts.actions.publishing.writer_facts",
    "forum.posts.actions.publishing.earlier_edits",
    "forum.posts.actions.publishing.new_post",
    "forum.posts.actions.publishing.add_note",
    "forum.posts.actions.publishing.use_uploads",
    "forum.posts.actions.starting.chosen_tags",
    "forum.posts.actions.arranging.check_readers",
    "forum.posts.actions.backing.give_vote",
    "forum.posts.actions.noticing.keep_notice",
    "forum.posts.actions.noticing.notice_in",
    "forum.posts.actions.noticing.settle_notice",
    "forum.posts.actions.noticing.vouches",
    "forum.posts.actions.editing.reword_beside",
    "forum.posts.actions.waiting_turns.follow_answer",
    "forum.posts.actions.editing.check_pace_of_edits",
    "forum.posts.actions.cooling.let_cool",
    "forum.posts.actions.editing.edit_topic",
    "forum.posts.actions.editing.fields_edited",
    "forum.posts.actions.editing.reword",
    "forum.posts.actions.retagging.retag",
    "forum.posts.actions.keeping.set_fields",
    "forum.posts.actions.reading.remember_read",
    "forum.moderation.actions.appealing.check_judge",
    "forum.moderation.actions.claiming.is_claimed_by_another",
    "forum.moderation.actions.ruling.enact",
    "forum.moderation.actions.ruling.hand_of",
    "forum.moderation.actions.ruling.hide_again",
    "forum.moderation.actions.ruling.put_in_force_again",
    "forum.moderation.actions.ruling.take_effect",
    "forum.moderation.actions.ruling.written",
}


def test_every_verb_asks_the_table_first():
    found = verbs()
    assert len(found) > 30
    silent = [name for name, node in found.items() if "require" not in calls(node) and name not in SHARED]
    assert silent == []


def test_what_verbs_share_still_exists():
    assert set(verbs()) >= SHARED


def test_every_event_is_wired_and_every_wired_event_exists():
    events = {
        value
        for name in modules(r"\.events$")
        if name != "forum.core.events"
        for value in vars(importlib.import_module(name)).values()
        if dataclasses.is_dataclass(value) and value.__module__.endswith("events")
    }
    assert events == set(hearing.SUBSCRIBERS)
    assert all(event.__dataclass_params__.frozen for event in events)


def sources() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}


def test_only_one_place_commits():
    committing = [name for name, text in sources().items() if re.search(r"\.commit\(\)", text)]
    assert committing == ["core/db/transactions.py"]


def test_the_database_product_is_named_in_one_module():
    """`base.py` maps one column type, models name both products where an index is partial, settings read addresses."""
    allowed = {"core/db/dialect.py", "core/db/base.py", "core/settings.py"}
    naming = {
        name
        for name, text in sources().items()
        if re.search(r"\b(dialect\.name|import sqlite3|psycopg|PRAGMA)\b", text) and name not in allowed
    }
    assert naming == set()


def test_every_job_of_the_calendar_exists():
    assert set(wiring.CALENDAR) <= set(wiring.JOBS)
