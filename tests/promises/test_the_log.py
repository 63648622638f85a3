"""Whatever administrators do leaves a line in the log, in words; what leaves none says here why."""

from __future__ import annotations

import ast
import importlib
import inspect

from forum.admin import wording
from forum.site.models import Deed
from tests.promises.test_verbs import calls, modules, verbs

OF_PLACE = {
    "ADMINISTER",
    "IMPORT",
    "APPROVE_SIGN_UPS",
    "HOLD_STANDING",
    "SANCTION",
    "DELETE_NOTE",
    "ASSIGN_ROLE",
    "CHARTER",
    "RECOMPUTE",
}
RIGHTS = OF_PLACE | {"MANAGE_GROUP", "REVOKE_INVITATION"}
NOTING = {"note_deed", "note_change"}

SILENT = {
    "forum.holds.actions.wanted_word": "reads what is asked, before it is tried or saved",
    "forum.jobs.actions.retry": "work done once more; nothing of the place changes",
    "forum.search.actions.forget_miss": "ticks a word off a list of things to do",
    "forum.search.actions.forget_old_misses": "the house tidies by the clock",
    "forum.admin.actions.close_account": "closes by the verb of accounts, which leaves the line",
    "forum.moderation.actions.silencing.silence": "imposes a sanction, which leaves the line",
    "forum.uploads.actions.forget_unused": "the house tidies by the clock",
    "forum.uploads.actions.fetched": "the house copies pictures, by a command",
    "forum.uploads.actions.not_fetched": "the house copies pictures, by a command",
    "forum.drafts.actions.forget_old": "the house tidies by the clock",
    "forum.posts.actions.rerendering.rerender": "the house renders anew; the words stay",
    "forum.accounts.actions.importing.import_authors": "an import is a command, and keeps a table of its own",
    "forum.accounts.actions.importing.remember_names": "an import is a command, and keeps a table of its own",
    "forum.accounts.actions.importing.wrote_earlier": "an import is a command, and keeps a table of its own",
    "forum.posts.actions.importing.import_topics": "an import is a command, and keeps a table of its own",
}


def functions(module):
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def asks_for(node):
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)} & RIGHTS if asks(node) else set()


def asks(node):
    return "require" in calls(node)


def leaves_a_line(module, node):
    """By itself, or by a function of the same file that it calls."""
    near, seen, waiting = functions(module), set(), [node]
    while waiting:
        called = calls(waiting.pop())
        if called & NOTING:
            return True
        waiting += [near[name] for name in called - seen if name in near]
        seen |= called
    return False


def test_every_verb_of_administrators_leaves_a_line_or_says_why_not():
    silent = {
        name for name, node in verbs().items() if asks_for(node) and not leaves_a_line(name.rpartition(".")[0], node)
    }
    assert silent == set(SILENT)


def lines():
    """About what, and what was done, of every line that some verb writes."""
    for module in (*modules(r"\.actions(\.|$)"),):
        space = vars(importlib.import_module(module))
        for call in ast.walk(ast.parse(inspect.getsource(importlib.import_module(module)))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in NOTING:
                continue
            about = said(call.args[2], space)
            named = {word.arg: word.value for word in call.keywords}
            deed = call.args[4] if call.func.id == "note_deed" else named.get("deed", ast.Constant("changed"))
            yield from ((one, two) for one in about for two in said(deed, space))


def said(node, space):
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*said(node.body, space), *said(node.orelse, space)]
    return [space[node.id]] if isinstance(node, ast.Name) and isinstance(space.get(node.id), str) else []


def test_every_line_has_its_sentence_and_can_be_asked_for():
    written = set(lines())
    assert len(written) > 30
    for about, deed in written:
        assert (about, deed) in wording.SENTENCES, (about, deed)
        assert about in wording.kinds_of_deeds()
    written |= {("group", deed) for deed in ("added", "removed", "invited", "refused", "owner_made", "owner_unmade")}
    assert set(wording.SENTENCES) == written


def test_a_line_that_lacks_something_is_still_a_sentence():
    for (about, deed), say in wording.SENTENCES.items():
        line = Deed(about=about, subject="1", deed=deed, before={}, after={})
        assert say(line), (about, deed)
