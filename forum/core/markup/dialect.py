"""Our Markdown: Python-Markdown's inline step and tree, with our reading of blocks and what a forum adds. Made once
a process and reused."""

from functools import cache

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from pymdownx.tilde import DeleteSubExtension

from forum.core.markup.blocks import ForumBlocks
from forum.core.markup.footnotes import Footnotes
from forum.core.markup.inlines import Context, register

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


class Dialect(Extension):
    """Raw HTML off, single line breaks kept, our blocks and inline patterns."""

    def __init__(self) -> None:
        super().__init__()
        self.context = Context()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the library's name)
        """Take out what we do not want, put in what we do."""
        md.ESCAPED_CHARS = list(_PUNCTUATION)
        for step in ("html_block", "normalize_whitespace"):
            md.preprocessors.deregister(step)
        for pattern in ("html", "linebreak"):
            md.inlinePatterns.deregister(pattern)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\n", "br"), "line", 75)
        md.parser = blocks = ForumBlocks(md)
        register(md, self.context)
        Footnotes(self.context, blocks).extendMarkdown(md)


def to_html(source: str, prefix: str, *, names: frozenset[str], tags: frozenset[str]) -> str:
    """HTML of a Markdown source, not yet sanitised."""
    markdown, dialect = _markdown()
    dialect.context.prefix = prefix
    dialect.context.names = {name.casefold(): name for name in names}
    dialect.context.tags = {tag.casefold(): tag for tag in tags}
    return markdown.reset().convert(source)


@cache
def _markdown() -> tuple[Markdown, Dialect]:
    dialect = Dialect()
    strike = DeleteSubExtension(subscript=False)
    return Markdown(extensions=[dialect, strike]), dialect
