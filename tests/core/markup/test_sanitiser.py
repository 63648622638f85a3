"""Nothing executable survives, whatever is pasted: the corpora of five sanitisers, as HTML and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.markup import Job, SourceKind
from forum.core.markup.rendering import rendered_here
from forum.core.markup.sanitiser import sanitised, without_scripts
from tests.core.markup.inspection import objections
from tests.corpora import shared
from tests.machines.proof import PROVE

CORPORA = ("dompurify-expect", "h5sc-items", "h5sc-payloads", "bleach-tests", "ammonia-tests")


def attacks(corpus: str) -> list[str]:
    """Every text in the corpus longer than a word: attacks, and their expected results, which are attacks on us."""
    return list(_texts(json.loads(shared("data", "corpora", "xss", f"{corpus}.json").read_text("utf-8"))))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


@pytest.mark.parametrize("kind", list(SourceKind))
@pytest.mark.parametrize("corpus", CORPORA)
def test_an_attacker_pastes_a_whole_corpus_and_nothing_executable_survives(corpus, kind):
    texts = attacks(corpus)
    assert len(texts) >= 36
    found = {text: said for text in texts if (said := objections(rendered_here(Job(None, text, kind)).html))}
    assert found == {}


@pytest.mark.parametrize("corpus", CORPORA)
def test_an_attack_as_the_target_or_words_of_a_link_stays_words(corpus):
    """A tenth of the texts; all with PROVE=1."""
    for text in attacks(corpus)[:: 1 if PROVE else 10]:
        line = text.replace("\n", " ")[:500]
        for source in (f"[here]({line})", f"[here](<{line}> '{line}')", f"![{line}](/x)", f"[a][b]\n\n[b]: {line}"):
            assert objections(rendered_here(Job(None, source)).html) == []


@pytest.mark.parametrize("corpus", CORPORA)
def test_what_was_sanitised_once_is_left_alone_the_second_time(corpus):
    for text in attacks(corpus):
        once = sanitised(text)
        assert sanitised(once) == once


PIECES = (
    "<p> </p> <b> </b> <a> </a> <a href='/p/1'> <a href=http://e.org> <table> </table> <tr> <td> </td> <ul> <li> </ul> "
    "<h1> </h1> <h4> </h4> <blockquote> </blockquote> <pre> </pre> <aside> </aside> <details> <summary> </details> "
    "<svg> <math> <mtext> <style> <script> <select> <template> <form> <img> <img src=/files/a.png> "
    "<br> <div class=highlight> </div> <span class=spoiler> </span> <!-- --> <![CDATA[ ]]> <title> <noscript> "
    "<plaintext> &lt; &amp; &quot; &nbsp; &#2; &#13; &#x110000; &notin & < > \" ' a : \n"
)
HTML = st.lists(st.sampled_from(["<img src=//x alt='\"'>", *PIECES.split(" ")]), max_size=14).map("".join)


@given(HTML)
def test_any_mixture_of_tags_comes_out_well_formed_and_stays_as_it_is(html):
    once = sanitised(html)
    assert objections(once) == []
    assert sanitised(once) == once


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<a href='javascript:alert(1)'>x</a>", "x"),
        ("<a href='java\nscript:alert(1)'>x</a>", "x"),
        ("<a href='//evil.example/'>x</a>", "x"),
        ("<a href='/\\evil.example/'>x</a>", "x"),
        ("<a href='/t/1'>x</a>", '<a href="/t/1">x</a>'),
        ("<a href='http://e.org/' onclick=x style=y data-z=1 id=i>x</a>",
         '<a href="http://e.org/" rel="nofollow ugc noopener">x</a>'),
        ("<img src='/files/1/a.png' alt='a cat'>", '<img src="/files/1/a.png" alt="a cat" loading="lazy">'),
        ("<img src='/files/../u/bob' alt=cat>", '<a class="image-elsewhere" href="/files/../u/bob">cat</a>'),
        ("<img src='https://e.org/d/cat%20nap.png'>",
         '<a class="image-elsewhere" href="https://e.org/d/cat%20nap.png" rel="nofollow ugc noopener">cat nap.png</a>'),
        ("<a href='/t/2'><img src='https://e.org/c.png' alt=cat></a>", '<a href="/t/2">cat</a>'),
        ("<img src='data:image/png;base64,AAAA' alt=dot>", "dot"),
        ("<a href='/t/2'><img src='https://e.org/c.png'></a>", '<a href="/t/2">c.png</a>'),
        ("<img src='https://cdn.e.org/wink.png' alt=':wink:' class=emoji>", "\U0001f609"),
        ("<img src='https://cdn.e.org/smile.png' alt=':slight_smile:' class=emoji>", "\U0001f642"),
        ("<pre>&#2;&#13;a</pre>", "<pre>a</pre>"),
        ("<h1>A</h1><h3>B</h3>", "<h3>A</h3><h5>B</h5>"),
        ("<h3>A</h3><h4>B</h4>", "<h3>A</h3><h4>B</h4>"),
        ("<aside><p>x</p></aside>", "<blockquote><p>x</p></blockquote>"),
        ("<pre><code class='language-cpp evil'>x</code></pre>", '<pre><code class="language-cpp">x</code></pre>'),
        ("<p id=top style='color:red' class=loud>x</p>", "<p>x</p>"),
        ("a<script>alert(1)</script>b", "ab"),
    ],
)  # fmt: skip
def test_an_imported_post_keeps_what_a_post_may_hold(written, kept):
    assert sanitised(without_scripts(written)) == kept


def test_a_link_to_the_forum_itself_becomes_a_path():
    html = sanitised('<a href="https://forum.example/t/1-x">x</a>', own="https://forum.example")
    assert html == '<a href="/t/1-x">x</a>'


def test_an_imported_mention_stays_only_when_there_is_such_a_member():
    source = '<a class="mention" href="/u/ann">@ann</a> <a class="mention" href="/u/nobody">@nobody</a>'
    html = sanitised(source, names=frozenset({"Ann"}))
    assert html == '<a class="mention" href="/u/Ann">@ann</a> @nobody'
