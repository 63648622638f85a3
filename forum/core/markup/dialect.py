"""Our Markdown: Python-Markdown with the extensions a forum needs, made once a process and reused."""

from functools import cache

from markdown import Markdown


def to_html(source: str, prefix: str, *, names: frozenset[str], tags: frozenset[str]) -> str:
    """HTML of a Markdown source, not yet sanitised."""
    return _markdown().reset().convert(source)


@cache
def _markdown() -> Markdown:
    markdown = Markdown(extensions=["tables", "footnotes", "nl2br", "sane_lists"])
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    return markdown
