"""Discourse's widgets become HTML that any page can show."""

# ruff: noqa: E501, ISC004  (HTML as Discourse writes it)

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.importers.discourse.cooked import normalised
from forum.importers.discourse.records import Poll, PollOption
from forum.importers.discourse.widgets import Setting

SETTING = Setting(("old.example",), {"old.name": "old-name"})


def shown(html: str, setting: Setting = SETTING) -> str:
    return normalised(html, setting)


def test_a_quote_says_who_is_quoted() -> None:
    quote = (
        '<aside class="quote no-group" data-username="old.name" data-post="3" data-topic="12"><div class="title">'
        '<div class="quote-controls"></div><img src="x" class="avatar"> old.name:</div><blockquote><p>x</p></blockquote></aside>'
    )
    assert shown(quote) == '<blockquote><p><a href="/t/-/12/3">@old-name</a>:</p><p>x</p></blockquote>'


def test_a_quote_from_another_topic_names_it() -> None:
    quote = (
        '<aside class="quote" data-post="3" data-topic="12"><div class="title"><a href="https://old.example/t/a-loom/12/3">A loom'
        '</a> <a class="badge-wrapper" href="/c/x/1">X</a></div><blockquote>x</blockquote></aside>'
    )
    assert shown(quote) == '<blockquote><p><a href="/t/a-loom/12/3">A loom</a>:</p>x</blockquote>'


def test_a_preview_of_a_page_is_its_title_and_words() -> None:
    onebox = (
        '<p>see<br><aside class="onebox allowlistedgeneric"><header class="source"><img class="site-icon" src="i"><a href="https://'
        'a.example/">a.example</a></header><article class="onebox-body"><img class="thumbnail" src="t"><h3><a href="https://a.example'
        '/x">Title</a></h3><p>Words</p></article><div class="onebox-metadata"></div></aside> tail</p>'
    )
    assert shown(onebox) == (
        '<p>see</p><blockquote><p><a href="https://a.example/x">Title</a></p><p>Words</p></blockquote><p> tail</p>'
    )


def test_lines_of_a_file_are_code() -> None:
    onebox = (
        '<aside class="onebox githubblob"><article><h4><a href="https://a.example/f">f.cpp</a></h4><pre class="onebox">'
        '<code class="lang-cpp"><ol class="start lines" start="7"><li>a;</li>\n<li>\n</li>\n<li>  b;</li></ol></code></pre></article></aside>'
    )
    assert shown(onebox).endswith('<pre><code class="language-cpp">a;\n\n  b;\n</code></pre></blockquote>')


@pytest.mark.parametrize(
    ("widget", "plain"),
    [
        (
            '<div class="lazyYT" data-youtube-id="abc" data-youtube-title="A &amp; B"></div>',
            '<p><a href="https://www.youtube.com/watch?v=abc">A &amp; B</a></p>',
        ),
        (
            '<iframe src="https://www.youtube.com/embed/abc"></iframe>',
            '<p><a href="https://www.youtube.com/watch?v=abc">https://www.youtube.com/watch?v=abc</a></p>',
        ),
        (
            '<video title="V"><source src="//a.example/v.ogv"></source></video>',
            '<p><a href="https://a.example/v.ogv">V</a></p>',
        ),
        (
            '<p><a class="mention" href="/u/old.name">@old.name</a></p>',
            '<p><a href="/u/old-name" class="mention">@old-name</a></p>',
        ),
        ('<p><span class="mention">@nobody</span></p>', "<p>@nobody</p>"),
        (
            '<p><img class="emoji" title=":wink:" alt=":wink:" src="x"><img class="emoji" alt=":no_such:"></p>',
            "<p>😉:no_such:</p>",
        ),
        (
            '<p><img src="//a.example/b.png" width="5" data-x="y"></p>',
            '<p><img src="https://a.example/b.png" alt=""></p>',
        ),
        (
            '<p><a href="https://a.example"><img src="/uploads/b.png"></a></p>',
            '<p><a href="https://a.example"><img src="https://old.example/uploads/b.png" alt="b.png"></a></p>',
        ),
        (
            '<div class="lightbox-wrapper"><a class="lightbox" href="/uploads/big.png" title="T"><img src="small.png"><div class="meta">'
            '<span class="filename">big.png</span></div></a></div>',
            '<p><img src="https://old.example/uploads/big.png" alt="T"></p>',
        ),
        (
            '<p><a class="attachment" href="/uploads/a.csv">a.csv</a> (3 KB)</p>',
            '<p><a href="https://old.example/uploads/a.csv">a.csv</a> (3 KB)</p>',
        ),
        (
            '<p><a class="hashtag" href="/c/weaving/9">#weaving</a> <span class="hashtag">#0</span></p>',
            '<p><a href="/c/weaving/9">#weaving</a> #0</p>',
        ),
        ('<pre><code class="lang-auto">\n a</code></pre>', "<pre><code>\n a</code></pre>"),
        (
            '<p><span class="bbcode-b">x</span> <span class="bbcode-i">y</span></p>',
            "<p><strong>x</strong> <em>y</em></p>",
        ),
        (
            '<div class="spoiler">\n<p>x</p>\n</div>',
            '<details class="spoiler"><summary>Spoiler</summary>\n<p>x</p>\n</details>',
        ),
        ('<p><span class="spoiler">x</span></p>', '<p><span class="spoiler">x</span></p>'),
        ('<p style="color:red" onclick="x()">x<script>y</script></p>', "<p>x</p>"),
        ("loose <b>words</b>", "<p>loose <b>words</b></p>"),
        ("", ""),
    ],
)
def test_a_widget_becomes_plain(widget: str, plain: str) -> None:
    assert shown(widget) == plain


POLL = (
    '<div class="poll" data-poll-name="poll"><div><div class="poll-container"><ul><li data-poll-option-id="a">Wool</li>'
    '<li data-poll-option-id="b">Silk</li></ul></div><div class="poll-info"><p><span class="info-number">0</span>voters</p></div></div>'
    '<div class="poll-buttons"><a title="x">Show results</a></div></div>'
)


def test_a_poll_can_be_read_with_its_votes() -> None:
    options = (PollOption("a", "Wool", 2), PollOption("b", "Silk", 1))
    setting = Setting(polls=(Poll("poll", "Best?", 3, options),))
    assert shown(POLL, setting) == (
        "<p><strong>Poll: Best?</strong></p><ul><li>Wool — 2 votes</li><li>Silk — 1 vote</li></ul><p>3 voters</p>"
    )
    assert shown(POLL) == "<p><strong>Poll</strong></p><ul><li>Wool</li><li>Silk</li></ul>"


def test_a_text_nested_beyond_reason_loses_no_word() -> None:
    deep = "<div>" * 5000 + "word" + "</div>" * 5000
    assert "word" in shown(deep)
    assert shown("<div>" * 900 + "word" + "</div>" * 900) == "<p>word</p>"


@pytest.mark.parametrize("piece", ["<p>x</p>", "<br>", "<b>", '<img class="emoji" alt=":wink:">', "<div>", "<p>x<br>"])
def test_long_hostile_texts_cost_little(piece: str) -> None:
    for count in (4_900, 60_000):
        started = time.process_time()
        shown(piece * count)
        assert time.process_time() - started < 4


_PIECES = [
    "<p>",
    "</p>",
    "<div class='poll'>",
    "</div>",
    "<aside class='quote'>",
    "</aside>",
    "<a href='/t/1/2'>",
    "</a>",
    "<br>",
    "<aside class='onebox'>",
    "<img class='emoji'>",
    "<img>",
    "<span class='spoiler'>",
    "</span>",
    "<blockquote>",
    "</blockquote>",
    "<li data-poll-option-id='a'>",
    "<video>",
    "<pre>",
    "</pre>",
    "<h3>",
    "</h3>",
    "<a class='lightbox'>",
    "<div class='meta'>",
    "<div class='lazyYT'>",
    "<details>",
    "<a class='mention'>",
    "<table><tr><td>",
    "&lt;",
    "<!-- c -->",
    "\n",
]


@given(st.lists(st.sampled_from(_PIECES) | st.sampled_from(["wool", "silk", "dye"]), max_size=25))
def test_no_mixture_stops_the_conversion(pieces: list[str]) -> None:
    once = shown("".join(pieces))
    assert not any(mark in once for mark in ("data-", "lazyYT", "<div", "<aside"))
