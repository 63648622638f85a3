"""Puts the blocks of a text into the tree that Python-Markdown's inline step then works on."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown.blockparser import BlockParser
from markdown.util import AtomicString, code_escape

from forum.core.markup.block_reader import BlockReader
from forum.core.markup.block_tree import Block, Kind
from forum.core.markup.highlighting import code_block
from forum.core.markup.inline_text import prepared
from forum.core.markup.tables import add_table

if TYPE_CHECKING:
    from markdown import Markdown

_TASK = re.compile(r"\[([ xX])\][ ]+(?=\S)")
_LABEL = r"[ ]{0,3}\[((?:[^\[\]\\\n]|\\.|\n(?!\n)){1,999})\]:[ \n]*"
_TARGET = r"(<[^<>\n]*>|[^\s<]\S*)"
_TITLE = r"""(?:[ ]*\n[ ]*|[ ]+)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"""
_DEFINITION = re.compile(_LABEL + _TARGET + r"(?:" + _TITLE + r")?[ ]*(?:\n|$)", re.DOTALL)
_BARE_DEFINITION = re.compile(_LABEL + _TARGET + r"[ ]*(?:\n|$)", re.DOTALL)
_BACKSLASHED = re.compile(r"\\([!-/:-@\[-`{-~])")


class ForumBlocks(BlockParser):
    """Stands where Python-Markdown's block parser stood."""

    def __init__(self, md: "Markdown") -> None:
        super().__init__(md)
        self.footnotes: dict[str, Block] = {}

    def parseDocument(self, lines: Iterable[str]) -> "ElementTree[Element | None]":  # noqa: N802  (the library's name)
        """The tree of a whole text."""
        document = BlockReader().read("\n".join(lines))
        self.root = Element(self.md.doc_tag)
        self.footnotes = {}
        for note in document.footnotes():
            self.footnotes.setdefault(note.marker, note)
        self.define(document)
        self.add_all(self.root, document.children, tight=False)
        return ElementTree(self.root)

    def define(self, block: Block) -> None:
        """Take link definitions from the fronts of paragraphs, so that links above them find them."""
        for child in block.children:
            if child.kind is Kind.PARAGRAPH:
                child.lines = _without_definitions(child.lines, self.md.references)
            self.define(child)

    def add_all(self, parent: Element, blocks: list[Block], *, tight: bool) -> None:
        """Add `blocks` to `parent`; in a tight list item a paragraph is only its text."""
        for block in blocks:
            self._add(parent, block, tight)

    def _add(self, parent: Element, block: Block, tight: bool) -> None:
        match block.kind:
            case Kind.PARAGRAPH:
                self._add_paragraph(parent, block, tight)
            case Kind.HEADING:
                SubElement(parent, f"h{block.level}").text = prepared("\n".join(block.lines).strip())
            case Kind.RULE:
                SubElement(parent, "hr")
            case Kind.QUOTE:
                self.add_all(SubElement(parent, "blockquote"), block.children, tight=False)
            case Kind.SPOILER:
                self._add_spoiler(parent, block)
            case Kind.LIST:
                self._add_list(parent, block)
            case Kind.TABLE:
                for cell, text in add_table(parent, block.lines):
                    cell.text = prepared(text)
            case Kind.INDENTED:
                _add_code(parent, "\n".join(block.lines).strip("\n") + "\n")
            case Kind.FENCE:
                self._add_fence(parent, block)

    def _add_paragraph(self, parent: Element, block: Block, tight: bool) -> None:
        if not block.lines:
            return
        text = prepared("\n".join(line.rstrip() for line in block.lines))
        if not tight:
            SubElement(parent, "p").text = text
        elif len(parent):
            parent[-1].tail = text
        else:
            parent.text = text

    def _add_spoiler(self, parent: Element, block: Block) -> None:
        details = SubElement(parent, "details", {"class": "spoiler"})
        SubElement(details, "summary").text = AtomicString("Spoiler")
        self.add_all(details, block.children, tight=False)

    def _add_list(self, parent: Element, block: Block) -> None:
        loose = block.loose
        items = SubElement(parent, "ol" if block.info else "ul")
        if block.info and int(block.info) != 1:
            items.set("start", str(int(block.info)))
        for child in block.children:
            item = SubElement(items, "li")
            if _take_task(item, child):
                items.set("class", "tasks")
            self.add_all(item, child.children, tight=not loose)

    def _add_fence(self, parent: Element, block: Block) -> None:
        code = "".join(line + "\n" for line in block.lines)
        highlighted = code_block(code, block.info.split(maxsplit=1)[0] if block.info else "")
        if highlighted is None:
            _add_code(parent, code)
        else:
            holder = SubElement(parent, "p")
            holder.text = AtomicString(self.md.htmlStash.store(highlighted))


def _add_code(parent: Element, code: str) -> None:
    SubElement(SubElement(parent, "pre"), "code").text = AtomicString(code_escape(code))


def _take_task(item: Element, block: Block) -> bool:
    """A list item that begins with a box: the box becomes a character, which needs no form and no script."""
    if not block.children or block.children[0].kind is not Kind.PARAGRAPH or not block.children[0].lines:
        return False
    paragraph = block.children[0]
    box = _TASK.match(paragraph.lines[0])
    if not box:
        return False
    done = box[1] != " "
    item.set("class", "task task-done" if done else "task")
    paragraph.lines[0] = ("\u2611 " if done else "\u2610 ") + paragraph.lines[0][box.end() :]
    return True


def _without_definitions(lines: list[str], references: dict[str, tuple[str, str]]) -> list[str]:
    if not lines or not lines[0].startswith("["):
        return lines
    text = "\n".join(lines)
    start = 0
    while text.startswith("[", start):
        found = _DEFINITION.match(text, start) or _BARE_DEFINITION.match(text, start)
        if not found or not found[1].strip():
            break
        target = found[2][1:-1] if found[2].startswith("<") else found[2]
        title = found[3][1:-1] if found.re is _DEFINITION and found[3] else None
        label = " ".join(found[1].lower().split())
        references.setdefault(label, (_plain(target), _plain(title) if title else ""))
        start = found.end()
    rest = text[start:]
    return rest.split("\n") if rest.strip() else []


def _plain(text: str) -> str:
    return _BACKSLASHED.sub(r"\1", text)
