"""The readable text of a post, as lists, previews and the search have it."""

from __future__ import annotations

import pytest

from forum.core.markup.plain import readable


@pytest.mark.parametrize(
    ("html", "text"),
    (
        ('<p>It was <span class="spoiler" tabindex="0">the <em>cat</em></span>, then.</p>', "It was (Spoiler), then."),
        (
            '<p>a</p><details class="spoiler"><summary>Spoiler</summary><p>the cat</p></details><p>b</p>',
            "a\n(Spoiler)\nb",
        ),
        ('<p><span class="spoiler"><span>the</span> cat</span> b</p>', "(Spoiler) b"),
        ('<p>a <span class="spoiler">never closed', "a (Spoiler)"),
        ("<details><summary>More</summary><p>told</p></details>", "More\ntold"),
    ),
)
def test_spoilers_are_not_told(html, text):
    assert readable(html) == text
