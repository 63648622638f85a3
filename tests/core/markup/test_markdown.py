"""What members write, and what others then read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.markup import Job, Rendered, SourceKind
from forum.core.markup.rendering import rendered_here
from tests.core.markup.inspection import objections

PEOPLE = frozenset({"Ann", "bo_b", "jo-ann"})


def written(source: str, *, names: frozenset[str] = PEOPLE, tags: frozenset[str] = frozenset({"c-major"})) -> Rendered:
    return rendered_here(Job(None, source, names=names, tags=tags))


def html(source: str) -> str:
    return written(source).html


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("~~gone~~ ||hush|| :tada: :no_such:",
         '<p><del>gone</del> <span class="spoiler" tabindex="0">hush</span> \U0001f389 :no_such:</p>'),
        ("# A\n\n## B", "<h3>A</h3>\n<h4>B</h4>"),
        ("## only", "<h3>only</h3>"),
        ("#nospace", "<p>#nospace</p>"),
        ("before\n- a\n- b", "<p>before</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("It was\n1984. It rained.", "<p>It was<br>\n1984. It rained.</p>"),
        ("<b>no</b> <!-- x --> &copy; \\&copy;", "<p>&lt;b&gt;no&lt;/b&gt; &lt;!-- x --&gt; © &amp;copy;</p>"),
        ("`a <b> *c*`", "<p><code>a &lt;b&gt; *c*</code></p>"),
        ("[x](/t/1) [y](javascript:alert(1)) [z](relative)", '<p><a href="/t/1">x</a> y z</p>'),
        ("www.e.org/a, (http://e.org/b_(c)) x@y.org",
         ('<p><a href="http://www.e.org/a" rel="nofollow ugc noopener">www.e.org/a</a>, '
         '(<a href="http://e.org/b_(c)" rel="nofollow ugc noopener">http://e.org/b_(c)</a>) x@y.org</p>')),
        ("<ann@e.org>", '<p><a href="mailto:ann@e.org">ann@e.org</a></p>'),
        ("![a cat](/files/1/c.png)", '<p><img alt="a cat" src="/files/1/c.png" loading="lazy"></p>'),
        ("![a cat](http://e.org/c.png)",
         '<p><a class="image-elsewhere" href="http://e.org/c.png" rel="nofollow ugc noopener">a cat</a></p>'),
        ("- [ ] milk\n- [x] eggs",
         '<ul class="tasks">\n<li class="task">☐ milk</li>\n<li class="task task-done">☑ eggs</li>\n</ul>'),
        (">! the *end*\n>! of it",
         '<details class="spoiler">\n<summary>Spoiler</summary>\n<p>the <em>end</em><br>\nof it</p>\n</details>'),
        ("> [@Ann](/p/12):\n> yes\n\nno",
         ('<blockquote class="quote">\n<p class="quote-by"><a href="/p/12">@Ann</a>:</p><p>\nyes</p>\n</blockquote>\n'
         "<p>no</p>")),
        ("|a|b|c|\n|:-|:-:|-:|\n|1|2|",
         ('<table>\n<thead>\n<tr>\n<th class="align-left">a</th>\n<th class="align-center">b</th>\n'
         '<th class="align-right">c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-left">1</td>\n'
         '<td class="align-center">2</td>\n<td class="align-right"></td>\n</tr>\n</tbody>\n</table>')),
        ("```python\nx = '<'\n```",
         ('<pre><code class="language-python"><span class="n">x</span> <span class="o">=</span> '
         '<span class="s1">\'&lt;\'</span>\n</code></pre>')),
        ("```nosuch\nx <y>\n```", "<pre><code>x &lt;y&gt;\n</code></pre>"),
    ],
)  # fmt: skip
def test_a_member_writes_and_others_read(source, shown):
    assert html(source) == shown


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("hello @ann.", ["Ann"]),
        ("@ANN, @bo_b: @jo-ann!", ["Ann", "bo_b", "jo-ann"]),
        ("@ann.thanks", ["Ann"]),
        ("(@ann)", ["Ann"]),
        ("mail ann@ann.org, a/@ann, @@ann, @anna", []),
        ("`@ann` and\n\n```\n@ann\n```\n\n    @ann", []),
        ("[@ann](/t/1) http://e.org/@ann", []),
    ],
)
def test_only_people_who_exist_are_mentioned(source, linked):
    assert re.findall(r'class="mention" href="/u/([^"]+)"', html(source)) == linked


def test_only_tags_that_exist_are_linked():
    shown = html("#C-Major and #d-minor, a#c-major")
    assert shown == '<p><a class="tag" href="/tags/c-major">#c-major</a> and #d-minor, a#c-major</p>'


def test_footnotes_of_two_posts_on_a_page_do_not_meet():
    one, two = html("a[^1]\n\n[^1]: first"), html("b[^1]\n\n[^1]: second")
    ids = [set(re.findall(r'id="([^"]+)"', text)) for text in (one, two)]
    assert len(ids[0]) == len(ids[1]) == 2
    assert not ids[0] & ids[1]
    assert set(re.findall(r'href="#([^"]+)"', one)) == ids[0]


def test_a_search_finds_the_words_and_not_the_markup():
    rendered = written(
        "# Reeds\n\nA *very* dry `reed`:\n\n- soak it\n- ![wet reed](/files/r.png)\n\n> [x](http://e.org)"
    )
    assert rendered.plain == "Reeds\nA very dry reed:\nsoak it\nwet reed\nx"
    assert rendered.words == 10


def test_nothing_written_leaves_nothing():
    assert written("") == written(" \n\t\n") == Rendered("", "", 0, written("").version, bounded=False)


MARKS = (
    "* ** _ ~~ ` `` ``` [ ] ( ) ![ ]( > >! - 1. # | || < > & \\ : --- "
    ":tada: @ann @eve #x http://e.org/ www.e.org [^1] [^1]: a é"
)
SPACES = (" ", "    ", "\n", "\n\n", "|a|b|\n|-|-|\n", "[r]: /x\n")
TEXT = st.lists(st.sampled_from([*MARKS.split(" "), *SPACES]) | st.characters(), max_size=30).map("".join)


@given(TEXT)
def test_whatever_is_typed_comes_out_well_formed_safe_and_mentions_only_the_given_names(source):
    shown = html(source)
    assert objections(shown) == []
    assert set(re.findall(r'class="mention" href="/u/([^"]+)"', shown)) <= PEOPLE
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", shown)


@given(TEXT)
def test_a_rendered_post_can_be_imported_again_as_html_without_a_change(source):
    first = written(source)
    if "fn-" not in first.html:  # footnotes carry the fingerprint of their own source
        assert rendered_here(Job(None, first.html, SourceKind.HTML, names=PEOPLE)).html == first.html


@pytest.mark.parametrize("source", ["\x00a\x00", "a\ud800b", "a\x0bb\x1f", "&#0;&#2;&#xd800;", "\ufffe"])
def test_what_no_page_and_no_database_can_hold_is_gone(source):
    for kind in SourceKind:
        rendered = rendered_here(Job(None, source, kind))
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\ud800-\udfff]", rendered.html + rendered.plain)
