"""What a forum writes within a line: addresses, people, tags, emoji, spoilers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import (
    EscapeInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
)
from markdown.util import AMP_SUBSTITUTE, AtomicString

from forum.core.markup.candidates import NAME, TAG, shorter
from forum.core.markup.emoji import emoji
from forum.core.markup.linking import trimmed

if TYPE_CHECKING:
    from markdown import Markdown

_BARE = r"(?<![\w@/.:])(?:https?://(?=[^\s<>/])|www\.(?=[\w-]+\.))[^\s<>\x02\x03]{1,2000}"
_MAIL = r"<([^<>\s!\x02\x03@]{1,64}@[^<>\s\x02\x03@]{1,250})>"
_ESCAPE = r"\\([!-/:-@\[-`{-~])"
_EMOJI = r":([a-zA-Z0-9_+-]{1,60}):"
_SPOILER = r"\|\|(?=\S)((?:(?!\|\|).){1,2000})(?<=\S)\|\|"
_NESTED = r"\((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.){0,500}+\)){0,500}+\)"
_ADDRESS = rf"<(?:[^<>\n\\]|\\.){{0,2000}}+>|(?:[^\s<()\\]|\\.|{_NESTED}){{0,2000}}+"
_TITLE = r""""(?:[^"\\]|\\.){0,500}+"|'(?:[^'\\]|\\.){0,500}+'|\((?:[^()\\]|\\.){0,500}+\)"""
_TAIL = re.compile(rf"\([ \n]{{0,9}}({_ADDRESS})(?:[ \n]{{1,9}}({_TITLE}))?[ \n]{{0,9}}\)", re.DOTALL)
_BACKSLASHED = re.compile(r"\\([!-/:-@\[-`{-~])")

Found = tuple[Element | str | None, int | None, int | None]


@dataclass(slots=True)
class Context:
    """What is true of the text at hand."""

    prefix: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """Casefolded name to the name as its owner writes it."""
    tags: Mapping[str, str] = field(default_factory=dict)


class _Target(LinkInlineProcessor):
    """The part of a link in parentheses, by one bounded pattern; the library's own search is quadratic."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802  (the library's name)
        """Address, title, where the link ends, and whether there is one."""
        found = _TAIL.match(data, index)
        if not found:
            return "", None, index, False
        target = found[1][1:-1] if found[1].startswith("<") else found[1]
        title = self._plain(found[2][1:-1]) if found[2] else None
        return self._plain(target), title, found.end(), True

    def _plain(self, text: str) -> str:
        return unescape(_BACKSLASHED.sub(r"\1", self.unescape(text)))


class Link(_Target):
    """`[text](address "title")`"""


class Image(_Target, ImageInlineProcessor):
    """`![words](address)`"""


_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")


class Reference(ReferenceInlineProcessor):
    """`[text][label]`, without space between them."""

    RE_LINK = _LABEL


class ImageReference(ImageReferenceInlineProcessor):
    """`![words][label]`, without space between them."""

    RE_LINK = _LABEL


class Escape(EscapeInlineProcessor):
    """A backslash before punctuation."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """As the library does; but an ampersand must not begin an entity later."""
        if m[1] == "&":
            return f"{AMP_SUBSTITUTE}amp;", m.start(), m.end()
        return super().handleMatch(m, data)


class Mail(InlineProcessor):
    """`<name@example.org>`; the library writes it in numeric entities, which hides it from nobody."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """A link that writes to the address."""
        address = re.sub("^mailto:", "", m[1], flags=re.IGNORECASE)
        link = Element("a", {"href": f"mailto:{address}"})
        link.text = AtomicString(m[1])
        return link, m.start(), m.end()


class _Outside(InlineProcessor):
    """A pattern that means nothing inside a link."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, md: "Markdown", context: Context) -> None:
        super().__init__(pattern, md)
        self.context = context


class BareAddress(_Outside):
    """`https://…` and `www.…` as they stand; punctuation after them is not theirs."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """A link, up to the end that `trimmed` finds."""
        text = trimmed(m[0])
        if len(text) < 8:
            return None, None, None
        address = unescape(text)
        link = Element("a", {"href": address if "://" in text[:8] else f"http://{address}"})
        link.text = AtomicString(text)
        return link, m.start(), m.start() + len(text)


class Mention(_Outside):
    """`@name` of someone who exists."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """A link to the longest part of the name that exists: a full stop may end a sentence."""
        for written in shorter(m[1]):
            name = self.context.names.get(written.casefold())
            if name is not None:
                link = Element("a", {"class": "mention", "href": f"/u/{name}"})
                link.text = AtomicString(f"@{name}")
                return link, m.start(), m.start() + 1 + len(written)
        return None, None, None


class TagLink(_Outside):
    """`#tag` of a tag that exists."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """A link to the tag's page."""
        slug = self.context.tags.get(m[1].casefold())
        if slug is None:
            return None, None, None
        link = Element("a", {"class": "tag", "href": f"/tags/{slug}"})
        link.text = AtomicString(f"#{slug}")
        return link, m.start(), m.end()


class Emoji(InlineProcessor):
    """`:tada:` as the character it names."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """The character, or the text as it was."""
        character = emoji().get(m[1].lower())
        return (character, m.start(), m.end()) if character else (None, None, None)


class Spoiler(InlineProcessor):
    """`||text||`, shown on hover, touch or focus."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802
        """A span that can have the focus."""
        span = Element("span", {"class": "spoiler", "tabindex": "0"})
        span.text = m[1]
        return span, m.start(), m.end()


def register(md: "Markdown", context: Context) -> None:
    """Put them at their places among Python-Markdown's own: addresses before emphasis."""
    patterns = md.inlinePatterns
    patterns.register(Escape(_ESCAPE, md), "escape", 180)
    patterns.register(Mail(_MAIL, md), "automail", 110)
    patterns.register(Reference(r"(?<!\!)\[", md), "reference", 170)
    patterns.register(ImageReference(r"\!\[", md), "image_reference", 140)
    patterns.register(Link(r"(?<!\!)\[", md), "link", 160)
    patterns.register(Image(r"\!\[", md), "image_link", 150)
    patterns.register(BareAddress(_BARE, md, context), "bare", 115)
    patterns.register(Mention(NAME, md, context), "mention", 84)
    patterns.register(TagLink(TAG, md, context), "tag", 83)
    patterns.register(Emoji(_EMOJI, md), "emoji", 82)
    patterns.register(Spoiler(_SPOILER, md), "spoiler", 70)
