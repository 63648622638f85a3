"""What Discourse and the older phpBB add to Markdown: finds it, and turns clean quotes into ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from forum.importers.discourse.links import renamed, to_post
from forum.importers.discourse.prose import lines_with_fences, prose_of

_CLOSING = re.compile(r"\[/([a-z][\w-]*)[^\]\n]{0,40}\]", re.IGNORECASE)
_OPENING = re.compile(r"\[([a-z][\w-]*)(?=[\]=: ])", re.IGNORECASE)
_LONE = re.compile(
    r"upload://|\[(?:date|date-range|poll|timezones|quote|event|chat)[= ][^\]\n]*\]|\[\*\]", re.IGNORECASE
)
_HTML = re.compile(
    r"</?(?:a|abbr|acronym|address|aside|audio|b|big|blockquote|br|center|cite|code|col|dd|del|details|dfn|div|dl|dt|em"
    r"|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|pre|q|rp|rt|ruby|s|samp|small|source|span|strike|strong|sub|summary"
    r"|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video)(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)

_MARK = re.compile(r"[ \t]{0,3}\[(/?)(quote|spoiler)(?:=([^\]\n]*))?\][ \t]*", re.IGNORECASE)
_LINE_MARKS = {"quote": "> ", "spoiler": ">! "}
_ACCOUNT = re.compile(r"[\w.-]{1,60}")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@:!])")
_DEEPEST = 10


def is_foreign(source: str) -> bool:
    """Whether the prose holds markup that our Markdown would show as it stands: BBCode, Discourse's own, HTML.

    Tags that HTML does not have, such as the `<Node>` of a template, are words and stay words here."""
    prose = prose_of(source)
    if "[" not in prose and "<" not in prose and "://" not in prose:
        return False
    closed = {name.lower() for name in _CLOSING.findall(prose)}
    if closed and closed & {name.lower() for name in _OPENING.findall(prose)}:
        return True
    return bool(_LONE.search(prose) or _HTML.search(prose))


@dataclass(slots=True)
class _Writer:
    """Writes lines inside nested blocks, with exactly one empty line wherever a block begins or ends."""

    lines: list[tuple[str, bool]] = field(default_factory=list)
    """Each with whether it holds words."""
    inside: list[str] = field(default_factory=list)
    at_edge: bool = False

    def begin(self, block: str) -> None:
        self._edge()
        self.inside.append(block)

    def end(self) -> None:
        self._trim()
        self.inside.pop()
        self._edge()

    def write(self, text: str) -> None:
        if self.at_edge and not text.strip():
            return
        self.at_edge = False
        self._put(text)

    def _put(self, text: str) -> None:
        before = "".join(_LINE_MARKS[block] for block in self.inside)
        has_words = bool(text.strip())
        self.lines.append((before + text if has_words or not before else before.rstrip(), has_words))

    def _edge(self) -> None:
        self._trim()
        if self.lines:
            self._put("")
        self.at_edge = True

    def _trim(self) -> None:
        while self.lines and not self.lines[-1][1]:
            self.lines.pop()


def with_our_quotes(source: str, names: Mapping[str, str]) -> str | None:
    """`source` with quotes as block quotes that say who is quoted, and spoilers as ours, or None unless each stands
    clean: both marks alone on their lines, and properly nested."""
    if not re.search(r"\[/?(?:quote|spoiler)", source, re.IGNORECASE):
        return source
    writer = _Writer()
    for ended_line, fenced in lines_with_fences(source):
        line = ended_line.rstrip("\n")
        mark = None if fenced else _MARK.fullmatch(line)
        if mark is None:
            writer.write(line)
        elif not mark[1] and len(writer.inside) < _DEEPEST:
            writer.begin(mark[2].lower())
            if mark[2].lower() == "quote" and (credit := _credit(mark[3] or "", names)):
                writer.write(credit)
                writer.write("")
                writer.at_edge = True
        elif mark[1] and writer.inside[-1:] == [mark[2].lower()]:
            writer.end()
        else:
            return None
    return None if writer.inside else "\n".join(line for line, _ in writer.lines).strip("\n")


def _credit(value: str, names: Mapping[str, str]) -> str:
    """The line above a quote, from `name, post:3, topic:12, username:other`."""
    name, *parts = [part.strip() for part in value.strip().strip('"“”').split(",")]
    said = dict(part.split(":", 1) for part in parts if ":" in part)
    name = said.get("username", name).strip()
    who = "@" + renamed(name, names) if _ACCOUNT.fullmatch(name) else _SPECIAL.sub(r"\\\1", name)
    topic, number = said.get("topic", ""), said.get("post", "")
    if topic.isdecimal() and number.isdecimal() and topic.isascii() and number.isascii():
        return f"[{who or 'quoted'}]({to_post(int(topic), int(number))}):"
    return who.lstrip("@") + ":" if who else ""
