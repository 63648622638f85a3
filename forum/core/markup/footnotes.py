"""Footnotes whose ids are the post's own, so that many posts can stand on one page."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.footnotes import (
    FN_BACKLINK_TEXT,
    NBSP_PLACEHOLDER,
    FootnoteExtension,
    FootnoteInlineProcessor,
    FootnotePostprocessor,
    FootnotePostTreeprocessor,
    FootnoteReorderingProcessor,
    FootnoteTreeprocessor,
)

from forum.core.markup.blocks import ForumBlocks
from forum.core.markup.inlines import Context

if TYPE_CHECKING:
    from markdown import Markdown


class Footnotes(FootnoteExtension):
    """Python-Markdown's footnotes over our blocks."""

    def __init__(self, context: Context, blocks: ForumBlocks) -> None:
        super().__init__(SEPARATOR="-", BACKLINK_TITLE="")
        self._context = context
        self._blocks = blocks
        self._numbers: dict[str, int] = {}

    def extendMarkdown(self, md: "Markdown") -> None:  # noqa: N802  (the library's name)
        """As the library does, without its block step: our reader has found the notes."""
        md.registerExtension(self)
        self.parser = md.parser
        self.md = md
        md.inlinePatterns.register(FootnoteInlineProcessor(r"\[\^([^\[\]\s]{1,60})\]", self), "footnote", 175)
        md.treeprocessors.register(FootnoteTreeprocessor(self), "footnote", 50)
        md.treeprocessors.register(FootnoteReorderingProcessor(self), "footnote-reorder", 19)
        md.treeprocessors.register(FootnotePostTreeprocessor(self), "footnote-duplicate", 15)
        md.postprocessors.register(FootnotePostprocessor(self), "footnote", 25)

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """The notes, in the order of definition; the library sorts them by their first mention later."""
        blocks = self._blocks
        if not blocks.footnotes:
            return None
        self._numbers = {label: number for number, label in enumerate(blocks.footnotes, start=1)}
        for label in blocks.footnotes:
            self.setFootnote(label, "")
        div = Element("div", {"class": "footnote"})
        SubElement(div, "hr")
        notes = SubElement(div, "ol")
        for label, block in blocks.footnotes.items():
            note = SubElement(notes, "li", {"id": self.makeFootnoteId(label)})
            blocks.add_all(note, block.children, tight=False)
            last = note[-1] if len(note) and note[-1].tag == "p" else SubElement(note, "p")
            last.text = (last.text or "") + NBSP_PLACEHOLDER
            back = {"href": "#" + self.makeFootnoteRefId(label), "class": "footnote-backref"}
            SubElement(last, "a", back).text = FN_BACKLINK_TEXT
        return div

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802, A002
        """The id of a note: numbers, since a label may hold anything."""
        return f"fn-{self._context.prefix}-{self._numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802, A002
        """The id of a mention of a note."""
        return str(self.unique_ref(f"fnref-{self._context.prefix}-{self._numbers[id]}", found))
