"""Plain words, such as a place, in which only addresses are more than words."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from forum.core.markup.allowed import address, is_abroad

_ADDRESS = re.compile(r"(?<![\w@/.:])https?://[^\s<>\"]{1,2000}", re.IGNORECASE)


def linked(words: str) -> Markup:
    """The words, escaped, with each http or https address in them as a link."""
    html, done = Markup(), 0
    for found in _ADDRESS.finditer(words):
        written = trimmed(found[0])
        href = address(written)
        if href is None or not is_abroad(href):
            continue
        html += escape(words[done : found.start()])
        html += Markup('<a href="{}" rel="nofollow ugc noopener">{}</a>').format(href, written)
        done = found.start() + len(written)
    return html + escape(words[done:])


def trimmed(address: str) -> str:
    """Without the punctuation that ends a sentence, and without a parenthesis opened before it."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        if address[end - 1] in "?!.,:;*_~'\"]|":
            end -= 1
        elif address[end - 1] == ")" and surplus > 0:
            end -= 1
            surplus -= 1
        else:
            break
    return address[:end]
