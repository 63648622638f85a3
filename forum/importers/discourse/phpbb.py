"""BBCode, as posts of the phpBB era carry it, to Markdown: only marks that come in pairs and mean the same here.

What Discourse rendered of them is worse: a quote or list over several paragraphs stayed `[quote=…]` on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from forum.importers.discourse.prose import around_code, prose_of

_PAIRED = ("quote", "b", "i", "s", "url", "img", "ul", "ol", "list", "li", "spoiler", "video", "gist", "pastebin")
_CODE = re.compile(r"\[code(?:[=:][^\]\n]{0,40})?\](.*?)\[/code(?::[^\]\n]{0,40})?\]", re.IGNORECASE | re.DOTALL)
_QUOTE = re.compile(r"[ \t]*(\[/?quote(?:=[^\]\n]*)?\])[ \t]*", re.IGNORECASE)
_SPOILER = re.compile(r"^[ \t]*(\[spoiler\])|(\[/spoiler\])[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LIST = re.compile(r"\s*\[/?(?:ul|ol|list)(?:=[^\]\n]*)?\]\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"\[(?:ol|list=[1aA])\]", re.IGNORECASE)
_ITEM = re.compile(r"\n?[ \t]*\[(?:li|\*)\][ \t]*", re.IGNORECASE)
_ITEM_END = re.compile(r"[ \t]*\[/(?:li|\*)\]", re.IGNORECASE)


def _pair(name: str) -> re.Pattern[str]:
    """An innermost pair around words of one paragraph; group 1 is the value, 2 the words."""
    return re.compile(
        rf"\[{name}(?:=([^\]\n]*))?\]((?:(?!\[/?{name}[\]=]|\n[ \t]*\n).)*)\[/{name}\]", re.IGNORECASE | re.DOTALL
    )


def to_markdown(source: str) -> str | None:
    """`source` with its BBCode as Markdown and the marks of quotes and spoilers alone on their lines (which `bbcode`
    takes further), or None where a mark lacks its partner or stands beside fenced code."""
    if "[code" in source.lower():
        if "```" in source or "~~~" in source or not _balanced(source, ("code",)):
            return None
        source = _CODE.sub(_code, source)
    return around_code(source, _prose) if _balanced(prose_of(source), _PAIRED) else None


def _balanced(source: str, names: tuple[str, ...]) -> bool:
    lower = source.lower()
    return all(_count(lower, name, "]=:") == _count(lower, f"/{name}", "]:") for name in names)


def _count(lower: str, name: str, after: str) -> int:
    return sum(lower.count(f"[{name}{character}") for character in after)


def _code(found: re.Match[str]) -> str:
    """A line of its own when it stands alone or has several lines, else inline code."""
    code = found[1]
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    before, after = found.string[: found.start()], found.string[found.end() :]
    alone = re.search(r"(?:\A|\n)[ \t]*\Z", before) and re.match(r"[ \t]*(?:\n|\Z)", after)
    if "\n" not in code and not alone:
        ticks = "`" * (longest + 1)
        return f"{ticks}{code.strip()}{ticks}" if "`" not in code[:1] + code[-1:] else f"{ticks} {code.strip()} {ticks}"
    ticks = "`" * max(3, longest + 1)
    inside = code.strip("\n").rstrip()
    return f"\n\n{ticks}\n{inside}\n{ticks}\n\n" if inside.strip() else ""


def _prose(text: str) -> str:
    if "[" not in text:
        return text
    for pattern, change in _INLINE:
        text = pattern.sub(change, text)
    numbered = bool(_NUMBERED.search(text))
    text = _ITEM_END.sub("", _ITEM.sub("\n1. " if numbered else "\n- ", _LIST.sub("\n\n", text)))
    text = _QUOTE.sub(lambda mark: f"\n\n{mark[1]}\n\n", text)
    return _SPOILER.sub(lambda mark: f"\n\n{mark[1] or mark[2]}\n\n", text)


def _around(mark: str) -> Callable[[re.Match[str]], str]:
    def change(found: re.Match[str]) -> str:
        words = found[2]
        inside = words.strip()
        if not inside:
            return words
        start = words[: len(words) - len(words.lstrip())]
        end = words[len(words.rstrip()) :]
        return f"{start}{mark}{inside}{mark}{end}"

    return change


def _link(found: re.Match[str]) -> str:
    words, address = found[2].strip(), (found[1] or found[2]).strip().strip("\"'")
    if not re.match(r"(?:https?:)?//|mailto:|/", address, re.IGNORECASE):
        address = "http://" + address
    if re.search(r"[\s<>]", address) or not words:
        return found[0]
    address = address.replace("(", "%28").replace(")", "%29")
    return address if words == address else f"[{words}]({address})"


def _image(found: re.Match[str]) -> str:
    address = found[2].strip()
    address = "https:" + address if address.startswith("//") else address
    if not address or re.search(r"[\s<>]", address):
        return found[0]
    name = unquote(address.partition("?")[0].rstrip("/").rpartition("/")[2])
    words = re.sub(r"[\[\]\\`*_]", " ", name).strip() or "image"
    return f"![{words}]({address.replace('(', '%28').replace(')', '%29')})"


def _address(before: str) -> Callable[[re.Match[str]], str]:
    return lambda found: before + found[2].strip()


_INLINE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_pair("img"), _image),
    (_pair("url"), _link),
    (_pair("video"), _address("")),
    (_pair("gist"), _address("")),
    (_pair("pastebin"), _address("https://pastebin.com/")),
    (_pair("i"), _around("*")),
    (_pair("s"), _around("~~")),
    (_pair("b"), _around("**")),
)
