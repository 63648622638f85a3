"""Reads the block structure of a Markdown text, as CommonMark describes it, in one pass over its lines.

Python-Markdown's own block step tries patterns over the remaining text again and again: some kilobytes of it can
take minutes, and nested lists must be indented by four. This one takes a line at a time: first the open containers
that the line continues, then the blocks it begins, then its text. Nesting is bounded, so is the work a line makes."""

import re

from forum.core.markup.block_tree import CONTAINERS, Block, Kind, Line
from forum.core.markup.tables import is_table_start

DEEPEST = 20
"""Containers within containers; deeper ones are read as text."""

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_BULLET = re.compile(r"([*+-])(?= |$)")
_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?= |$)")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]{1,60})\]:")
_QUOTES = (Kind.QUOTE, Kind.SPOILER)
_SPOILER = re.compile(r">!(?: |$)")


class BlockReader:
    """Give it the lines one after another, then take `document`."""

    def __init__(self) -> None:
        self.document = Block(Kind.DOCUMENT, 0, -1)
        self._open: list[Block] = [self.document]

    def read(self, text: str) -> Block:
        """The document that `text` is."""
        for number, raw in enumerate(text.split("\n")):
            self._take(Line(number, _leading_tabs_as_spaces(raw)))
        return self.document

    @property
    def unclosed(self) -> str:
        """The mark that would close the code in which the text ends, outside of all containers."""
        return self._tip.marker if len(self._open) == 2 and self._tip.kind is Kind.FENCE else ""

    # -- one line

    def _take(self, line: Line) -> None:
        matched = self._continued(line)
        all_matched = matched == len(self._open)
        if all_matched and self._tip.kind is Kind.FENCE:
            self._into_fence(line)
            return
        began = False
        while not line.blank and self._begins(line, matched, all_matched and not began):
            began = True
            matched = len(self._open)
            if self._tip.kind not in CONTAINERS:
                break
        else:
            self._rest(line, matched, began)
        self._mark(line)

    @property
    def _tip(self) -> Block:
        return self._open[-1]

    def _continued(self, line: Line) -> int:
        """How many of the open blocks the line continues; their marks are taken from it."""
        for index, block in enumerate(self._open):
            if not self._continues(block, line):
                return index
        return len(self._open)

    def _continues(self, block: Block, line: Line) -> bool:
        match block.kind:
            case Kind.DOCUMENT | Kind.LIST | Kind.FENCE:
                return True
            case Kind.QUOTE:
                return _quote_mark(line, spoiler=False)
            case Kind.SPOILER:
                return _quote_mark(line, spoiler=True)
            case Kind.ITEM | Kind.FOOTNOTE:
                return _indented_under(block, line)
            case Kind.INDENTED:
                return line.blank or line.indent >= 4
            case Kind.PARAGRAPH | Kind.TABLE:
                return not line.blank
            case _:
                return False

    def _begins(self, line: Line, matched: int, whole: bool) -> bool:
        """Open the block that begins here, if one does; the line is then what is left of it."""
        if self._begins_indented(line, matched):
            return True
        if line.indent >= 4:
            return False
        in_paragraph = whole and self._tip.kind is Kind.PARAGRAPH
        deep = len(self._open) >= 2 * DEEPEST
        return (
            (not deep and self._begins_quote(line, matched))
            or self._begins_heading(line, matched)
            or self._begins_fence(line, matched)
            or (in_paragraph and self._underlined(line))
            or self._begins_rule(line, matched)
            or (not deep and self._begins_item(line, matched))
            or (not deep and self._begins_footnote(line, matched))
            or (in_paragraph and self._begins_table(line))
        )

    def _rest(self, line: Line, matched: int, began: bool) -> None:
        """The line's text: lazily to the open paragraph, or to the block it stands in."""
        if not line.blank and not began and matched < len(self._open) and self._tip.kind is Kind.PARAGRAPH:
            self._tip.lines.append(line.text)
            return
        self._close_to(matched)
        tip = self._tip
        if line.blank:
            if tip.kind is Kind.INDENTED:
                tip.lines.append(line.rest[4:])
        elif tip.kind is Kind.INDENTED:
            tip.lines.append(line.rest[4:])
        elif tip.kind in (Kind.PARAGRAPH, Kind.TABLE):
            tip.lines.append(line.text)
        else:
            self._add(Block(Kind.PARAGRAPH, line.number, line.number, lines=[line.text]), matched)

    def _mark(self, line: Line) -> None:
        marked = self._open
        if line.blank and self._tip.kind is not Kind.FENCE:
            # A quote's bare mark belongs to the quote and what holds it, not to what it holds.
            quotes = [index for index, block in enumerate(self._open) if block.kind in _QUOTES]
            marked = self._open[: quotes[-1] + 1] if quotes else []
        for block in marked:
            block.last_line = line.number

    def _into_fence(self, line: Line) -> None:
        fence = self._tip
        text = line.text.rstrip()
        if line.indent < 4 and len(text) >= len(fence.marker) and text == fence.marker[0] * len(text):
            self._mark(line)
            self._open.pop()
            return
        fence.lines.append(line.rest[min(fence.level, line.indent) :])
        self._mark(line)

    # -- opening and closing

    def _close_to(self, count: int) -> None:
        del self._open[count:]

    def _add(self, block: Block, matched: int) -> None:
        """Open a block in the deepest container that the line continues."""
        self._close_to(matched)
        while self._tip.kind not in CONTAINERS and not (self._tip.kind is Kind.LIST and block.kind is Kind.ITEM):
            self._open.pop()
        self._tip.children.append(block)
        self._open.append(block)

    def _begins_indented(self, line: Line, matched: int) -> bool:
        if line.indent < 4 or self._tip.kind is Kind.PARAGRAPH:
            return False
        if matched == len(self._open) and self._tip.kind in (Kind.INDENTED, Kind.TABLE):
            return False
        self._add(Block(Kind.INDENTED, line.number, line.number, lines=[line.rest[4:]]), matched)
        return True

    def _begins_quote(self, line: Line, matched: int) -> bool:
        if not line.text.startswith(">"):
            return False
        spoiler = bool(_SPOILER.match(line.text))
        _quote_mark(line, spoiler=spoiler)
        self._add(Block(Kind.SPOILER if spoiler else Kind.QUOTE, line.number, line.number), matched)
        return True

    def _begins_heading(self, line: Line, matched: int) -> bool:
        mark = _HEADING.match(line.text)
        if not mark:
            return False
        text = _CLOSING_HASHES.sub("", line.text[mark.end() :].strip()).strip()
        self._add(Block(Kind.HEADING, line.number, line.number, lines=[text], level=len(mark[1])), matched)
        return True

    def _underlined(self, line: Line) -> bool:
        """A line of = or - under a paragraph makes a heading of it."""
        mark = _UNDERLINE.match(line.text)
        if not mark:
            return False
        self._tip.kind = Kind.HEADING
        self._tip.level = 1 if mark[1][0] == "=" else 2
        return True

    def _begins_fence(self, line: Line, matched: int) -> bool:
        mark = _FENCE.match(line.text)
        if not mark:
            return False
        run, info = (mark[1], mark[2]) if mark[1] else (mark[3], mark[4])
        fence = Block(Kind.FENCE, line.number, line.number, marker=run, info=info.strip(), level=line.indent)
        self._add(fence, matched)
        return True

    def _begins_rule(self, line: Line, matched: int) -> bool:
        if not _RULE.match(line.text):
            return False
        self._add(Block(Kind.RULE, line.number, line.number), matched)
        return True

    def _begins_item(self, line: Line, matched: int) -> bool:
        text = line.text
        mark = _BULLET.match(text) or _NUMBER.match(text)
        if not mark:
            return False
        after = text[mark.end() :]
        number, delimiter = (mark[1], mark[2]) if mark.re is _NUMBER else ("", mark[1])
        interrupts = self._tip.kind is Kind.PARAGRAPH and not self._in_list(matched)
        if interrupts and (not after.strip() or number not in ("", "1")):
            return False  # "It was\n1984. It" is no list
        gap = len(after) - len(after.lstrip(" "))
        if gap > 4 or not after.strip():
            gap = 1
        width = line.indent + mark.end() + gap
        line.drop(width)
        self._add_item(Block(Kind.ITEM, line.number, line.number, level=width), delimiter, number, matched)
        return True

    def _in_list(self, matched: int) -> bool:
        """True when the line stands right in a list, so that a mark is the next item of it."""
        return 0 < matched <= len(self._open) and self._open[matched - 1].kind is Kind.LIST

    def _add_item(self, item: Block, delimiter: str, number: str, matched: int) -> None:
        self._close_to(matched)
        while self._tip.kind not in CONTAINERS and self._tip.kind is not Kind.LIST:
            self._open.pop()
        if self._tip.kind is Kind.LIST and self._tip.marker != delimiter:
            self._open.pop()
        if self._tip.kind is not Kind.LIST:
            self._add(
                Block(Kind.LIST, item.first_line, item.first_line, marker=delimiter, info=number), len(self._open)
            )
        self._add(item, len(self._open))

    def _begins_footnote(self, line: Line, matched: int) -> bool:
        mark = _FOOTNOTE.match(line.text)
        if not mark:
            return False
        line.drop(line.indent + mark.end())
        self._add(Block(Kind.FOOTNOTE, line.number, line.number, marker=mark[1], level=4), matched)
        return True

    def _begins_table(self, line: Line) -> bool:
        """A delimiter row under the last line of a paragraph."""
        paragraph = self._tip
        if not is_table_start(paragraph.lines[-1], line.text):
            return False
        head = paragraph.lines.pop()
        if paragraph.lines:
            paragraph.last_line = line.number - 2
            table = Block(Kind.TABLE, line.number - 1, line.number)
            self._open.pop()
            self._add(table, len(self._open))
        else:
            table = paragraph
            table.kind = Kind.TABLE
        table.lines = [head, line.text]
        return True


def _quote_mark(line: Line, *, spoiler: bool) -> bool:
    """Take a quote's mark from the line, if it has one of this sort."""
    text = line.text
    if line.indent >= 4 or not text.startswith(">") or bool(_SPOILER.match(text)) is not spoiler:
        return False
    width = line.indent + (2 if spoiler else 1)
    line.drop(width)
    line.rest = _leading_tabs_as_spaces(line.rest)
    if line.rest.startswith(" "):
        line.drop(1)
    return True


def _indented_under(block: Block, line: Line) -> bool:
    """True when the line belongs to a list item or footnote; its indent is taken off."""
    if line.blank:
        return bool(block.children) or block.kind is Kind.FOOTNOTE
    if line.indent < block.level:
        return False
    line.drop(block.level)
    return True


def _leading_tabs_as_spaces(raw: str) -> str:
    if "\t" not in raw:
        return raw
    body = raw.lstrip(" \t")
    return raw[: len(raw) - len(body)].expandtabs(4) + body
