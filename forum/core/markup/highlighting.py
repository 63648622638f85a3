"""Code with its words in classes, by Pygments. Colours are the style sheet's business."""

from functools import cache
from html import escape

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class, get_all_lexers

LONGEST = 20_000
"""More characters of code than this are shown without colours."""


def code_block(code: str, language: str) -> str | None:
    """HTML of a fenced block in a language Pygments knows, or None."""
    name = language.strip("{}.").lower()[:24]
    lexer = _lexer(name)
    if lexer is None:
        return None
    inner = highlight(code, lexer, _formatter()) if len(code) <= LONGEST else escape(code, quote=False)
    return f'<pre><code class="language-{escape(name)}">{inner}</code></pre>'


@cache
def _formatter() -> "HtmlFormatter[str]":
    return HtmlFormatter(nowrap=True)


@cache
def _names() -> dict[str, str]:
    """Alias to the lexer's own name. Plugins are left out: looking for them reads every installed package."""
    return {alias: name for name, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}


def _lexer(language: str) -> Lexer | None:
    name = _names().get(language)
    return _loaded(name) if name else None


@cache
def _loaded(name: str) -> Lexer | None:
    made = find_lexer_class(name)
    return made(stripnl=False, ensurenl=True) if made else None
