"""Every string that a person sees goes through the translator, from the first template on."""

from __future__ import annotations

import ast
import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from jinja2 import Environment
from jinja2.lexer import TOKEN_DATA

from forum.core.languages import languages
from tests.catalogues import CATALOGUES, ROOT, catalogue, forms, messages_of_code

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})
MODULES = sorted((ROOT / "forum").rglob("*.py"))
# What takes a sentence for a person.
REFUSALS = {"Invalid", "Refused", "SignInNeeded", "NotFound", "Gone", "Conflict", "TooSoon", "flash"}
# Said by attributes that people see or hear.
SPOKEN = re.compile(r'\b(?:alt|title|placeholder|aria-label|aria-description)="([^"]*)"')
# Names of things, which are the same in every language.
NAMES = {"Trellis", "Markdown", "RSS", "JSON", "CSV", "PostgreSQL", "SQLite", "HTML"}


def visible(html: str) -> list[str]:
    """Words between tags and in spoken attributes of what stands outside Jinja's braces."""
    html = re.sub(r"<!--.*?-->", " ", html, flags=re.DOTALL)
    said = SPOKEN.findall(html) + re.split(r"<[^<>]*>", html)
    return [word for text in said for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text))]


def outside_braces(source: str) -> str:
    """The template's own text, each Jinja construct replaced by a sign; translated blocks left out."""
    source = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "·", source, flags=re.DOTALL)
    source = re.sub(r"\{% block page_class %\}.*?\{% endblock %\}", "", source)
    kept, inside = [], False
    for _line, kind, value in Environment(autoescape=True).lex(source):
        if kind == TOKEN_DATA:
            kept.append(value)
            inside = False
        elif not inside:
            kept.append("·")
            inside = True
    return "".join(kept)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_says_nothing_that_cannot_be_translated(path):
    text = outside_braces(path.read_text(encoding="utf-8"))
    if path.suffix == ".txt":
        words = re.findall(r"[^\W\d_]{2,}", text)
    else:
        words = visible(text)
    assert [word for word in words if word not in NAMES] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_what_somebody_wrote_stands_between_the_marks_of_the_readers_language(path):
    """`|quoted` sets them. Those inside a message are its translator's."""
    assert re.findall("[“”„«»]", outside_braces(path.read_text(encoding="utf-8"))) == []


def test_the_words_can_be_taken_out_for_translators():
    found = messages_of_code()
    assert len(found) > 900
    for message in found:
        for part in forms(message):
            assert not re.search(r"%[sd]", part), f"a variable without a name cannot change its place: {part!r}"
            # `%(n)d` would keep its digits bare; `%(n)s` is written as the reader's language writes numbers.
            assert not re.search(r"%\(\w+\)[^s]", part), f"a variable is filled in as words: {part!r}"


def sentences(path):
    """Calls in a module: (the function's name, the call, whether it happens when the module is imported)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    later = {
        inner
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.Lambda)
        for part in (function.body if isinstance(function.body, list) else [function.body])
        for inner in ast.walk(part)
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            yield name, call, call not in later


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_hides_from_translators_in_an_f_string(path):
    """Babel finds none there before Python 3.12."""
    for text in ast.walk(ast.parse(path.read_text("utf-8"))):
        for call in ast.walk(text) if isinstance(text, ast.JoinedStr) else ():
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"_", "gettext", "ngettext"}:
                assert not isinstance(call.args[0], ast.Constant), f"line {call.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_its_sentences_when_it_knows_who_reads_them(path):
    for name, call, at_import in sentences(path):
        where = f"line {call.lineno}"
        if name in {"_", "gettext", "ngettext"}:
            assert not at_import, f"{where} is said once, in English, for everybody: use `mark` or `_l`"
            assert isinstance(call.args[0], ast.Constant | ast.Name | ast.Attribute | ast.Subscript | ast.Call), where
        if name in REFUSALS and call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr):
            said = getattr(call.args[0], "value", "…")
            assert said == "", f"{where} cannot be translated: {said!r}"


def test_the_words_of_scripts_come_with_the_page():
    """A script takes its words from the page: `words.copied` stands in `<meta name="words">`."""
    base = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    said = set(re.findall(r'"(\w+)": _\(', base))
    for script in sorted((ROOT / "static" / "js").glob("*.js")):
        wanted = set(re.findall(r"\bwords\.(\w+) *(?:\|\||\?\?)", script.read_text(encoding="utf-8")))
        assert wanted <= said, script.name


# ── languages ────────────────────────────────────────────────────────────────────────────────────


def test_german_is_spoken_here():
    assert "de" in languages()


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parts[-3])
def words_of(request):
    return catalogue(request.param)


def test_every_message_is_said_in_every_language(words_of):
    """`make words` takes out what is new; then somebody translates it, by hand (docs/languages.md)."""
    said = {forms(message.id) for message in words_of if message.id and all(forms(message.string))}
    missing = {forms(message): file for message, file in messages_of_code().items() if forms(message) not in said}
    assert missing == {}


def test_a_translation_fills_in_what_the_message_fills_in(words_of):
    for message in words_of:
        if not message.id:
            continue
        wanted, *plural = (set(re.findall(r"%\(\w+\)s", part)) for part in forms(message.id))
        assert not message.fuzzy, f"a guess, not a translation: {message.id!r}"
        for said in filter(None, forms(message.string)):
            filled = set(re.findall(r"%\(\w+\)s", said))
            assert filled in (wanted, *plural), f"{message.id!r} says {said!r}"
            assert re.findall(r"%(?!\(\w+\)s)", said) == re.findall(r"%(?!\(\w+\)s)", forms(message.id)[0]), said


def test_a_translation_begins_and_ends_as_the_message_does(words_of):
    for message in words_of:
        for said in filter(None, forms(message.string) if message.id else ()):
            assert said == said.strip(), said
            end = forms(message.id)[-1][-1]
            if end in ":?…":
                assert said.rstrip("“”»").endswith(end), f"{message.id!r} says {said!r}"
            assert (end == ".") == (said[-1] == "."), f"{message.id!r} says {said!r}"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_served_is_what_translators_wrote(path):
    """`make words` compiles; whoever edits a catalogue by hand runs it."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(path))
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue()
