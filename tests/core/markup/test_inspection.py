"""The inspector itself: it must not overlook what the other tests rely on it to see."""

from __future__ import annotations

import pytest

from tests.core.markup.inspection import objections


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=x>a</p>",
        '<a href="javascript:alert(1)">a</a>',
        '<a href="java&#10;script:alert(1)">a</a>',
        '<a href="//e.org">a</a>',
        '<img src="http://e.org/a.png">',
        "<svg><a></a></svg>",
        "<p id=top>a</p>",
        "<p>a",
        "<b><i>a</b></i>",
        "<!-- a -->",
        '<p style="color:red">a</p>',
        "<input>",
    ],
)
def test_the_inspector_objects(html):
    assert objections(html)


def test_the_inspector_has_nothing_against_a_plain_post():
    assert objections('<p>a <a href="/t/1" class="x">b</a><br><img alt="c" src="/files/c.png"></p>') == []
