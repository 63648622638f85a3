"""Our own rules on the tokens of a sanitised post: links, images, headings, quotes. Applied twice they change
nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from forum.core.markup import allowed
from forum.core.markup.emoji import emoji
from forum.core.markup.values import Shown

Token = dict[str, Any]
"""html5lib's: type, name and data (an ordered mapping of (namespace, name) to value for start tags)."""

_SHORT_CODE = re.compile(r":[a-z0-9_+-]{1,60}:")
_SAID = re.compile(r"/(?:p|messages)/[0-9]+|/t/[^/]+/[0-9]+/[0-9]+")
"""A post of ours, and one of the old forum, whose address still leads to it."""


def finished_tokens(
    source: Iterable[Token], *, prefix: str, own: str, names: Mapping[str, str], images: Mapping[str, Shown]
) -> Iterator[Token]:
    """The tokens of a post as it is stored."""
    tokens = [_with_attributes(_renamed(token), prefix, own) for token in source]
    tokens = list(_links(_images(tokens, images), names))
    return _preformatted(_quotes(_headings(tokens)))


# -- small makers and readers of tokens


def _start(name: str, **attributes: str) -> Token:
    data = {(None, key.rstrip("_")): value for key, value in attributes.items()}
    return {"type": "StartTag", "name": name, "namespace": None, "data": data}


def _end(name: str) -> Token:
    return {"type": "EndTag", "name": name, "namespace": None, "data": {}}


def _text(text: str) -> Token:
    return {"type": "Characters", "data": text}


def _opens(token: Token, name: str) -> bool:
    return token["type"] == "StartTag" and bool(token["name"] == name)


def _closes(token: Token, name: str) -> bool:
    return token["type"] == "EndTag" and bool(token["name"] == name)


def _value(token: Token, name: str) -> str:
    return str(token["data"].get((None, name), ""))


def _is_blank(token: Token) -> bool:
    return token["type"] == "SpaceCharacters" or (token["type"] == "Characters" and not token["data"].strip())


# -- the rules


def _renamed(token: Token) -> Token:
    name = token.get("name")
    if name in allowed.RENAMED:
        return {**token, "name": allowed.RENAMED[name]}
    return token


def _with_attributes(token: Token, prefix: str, own: str) -> Token:
    """Every attribute by its value. An image keeps any address for now: `_images` decides what becomes of it."""
    if token["type"] not in ("StartTag", "EmptyTag"):
        return token
    kept: dict[tuple[None, str], str] = {}
    for (_, name), value in token["data"].items():
        if name in ("href", "src"):
            target = allowed.address(value, prefix=prefix, own=own)
        else:
            target = allowed.attribute(token["name"], name, value, prefix)
        if target is not None and name != "rel":
            kept[None, name] = target
    return {**token, "data": kept}


def _images(tokens: list[Token], images: Mapping[str, Shown]) -> Iterator[Token]:
    """Our uploads, and what was copied here, are images with their room; an image elsewhere becomes a link to it,
    inside a link its words, and a picture of an emoji the character."""
    anchors = 0
    for token in tokens:
        anchors += _opens(token, "a") - _closes(token, "a")
        if token.get("name") != "img":
            yield token
            continue
        source, words = _value(token, "src"), _value(token, "alt").strip()
        picture = images.get(unescape(source))  # bleach leaves entities in attributes as they are
        if picture is not None or allowed.upload(source):
            yield _shown(token, picture)
            continue
        if _SHORT_CODE.fullmatch(words):
            yield _text(emoji().get(words.strip(":"), words))
        elif not source or anchors > 0:
            yield _text(words or _file_name(source))
        else:
            yield _start("a", class_="image-elsewhere", href=source)
            yield _text(words or _file_name(source))
            yield _end("a")


def _shown(token: Token, picture: Shown | None) -> Token:
    """An image of ours: it waits until it is near, and nothing moves when it comes."""
    data = {**token["data"], (None, "loading"): "lazy"}
    data.setdefault((None, "alt"), "")
    if picture is not None:
        data[None, "src"] = picture.path
        data[None, "width"], data[None, "height"] = str(picture.width), str(picture.height)
    return {**token, "data": data}


def _file_name(source: str) -> str:
    parts = urlsplit(source) if source.isprintable() and "[" not in source else None
    path = parts.path if parts else source
    return unquote(path.rstrip("/").rpartition("/")[2]) or source


def _links(tokens: Iterable[Token], names: Mapping[str, str]) -> Iterator[Token]:
    """External links are marked as such; an anchor without an address is only its words; mentions name someone."""
    open_anchors: list[bool] = []
    for token in tokens:
        if _opens(token, "a"):
            kept = _anchor(token, names)
            open_anchors.append(kept is not None)
            if kept is not None:
                yield kept
        elif _closes(token, "a"):
            if open_anchors and open_anchors.pop():
                yield token
        else:
            yield token


def _anchor(token: Token, names: Mapping[str, str]) -> Token | None:
    href = _value(token, "href")
    if not href:
        return None
    data = dict(token["data"])
    if "mention" in _value(token, "class").split():
        name = names.get(unquote(href.rpartition("/")[2]).casefold())
        if not href.startswith("/u/") or name is None:
            return None
        data[None, "href"], data[None, "class"] = f"/u/{name}", "mention"
    if allowed.is_abroad(href):
        data[None, "rel"] = "nofollow ugc noopener"
    return {**token, "data": data}


def _headings(tokens: list[Token]) -> list[Token]:
    """Headings moved down together so that the highest is h3: the page has its own above."""
    levels = [int(token["name"][1]) for token in tokens if token.get("name") in allowed.HEADINGS]
    shift = 3 - min(levels, default=3)
    if shift <= 0:
        return tokens
    return [
        {**token, "name": f"h{min(6, int(token['name'][1]) + shift)}"}
        if token.get("name") in allowed.HEADINGS
        else token
        for token in tokens
    ]


def _preformatted(tokens: Iterable[Token]) -> Iterator[Token]:
    """Without line breaks right after `<pre>`: parsers drop the first one each time they see it."""
    at_front = False
    for token in tokens:
        if at_front and token["type"] in ("Characters", "SpaceCharacters"):
            rest = token["data"].lstrip("\n")
            at_front = not rest
            yield {**token, "data": rest}
        else:
            at_front = _opens(token, "pre")
            yield token


def _quotes(tokens: list[Token]) -> Iterator[Token]:
    """A block quote that begins with a link to a post or a message is our quote; that first line is who is quoted."""
    index = 0
    while index < len(tokens):
        end = _attribution(tokens, index)
        if end is None:
            yield tokens[index]
            index += 1
            continue
        yield {**tokens[index], "data": {(None, "class"): "quote"}}
        yield from _credited(tokens[index + 1 : end])
        if _opens(tokens[end], "br") or tokens[end].get("name") == "br":
            yield from (_end("p"), _start("p"))
            index = end + 1
        else:
            index = end


def _attribution(tokens: list[Token], start: int) -> int | None:
    """Where the attribution line of the block quote at `start` ends, if it has one."""
    if not _opens(tokens[start], "blockquote"):
        return None
    index = start + 1
    while index < len(tokens) and _is_blank(tokens[index]):
        index += 1
    if index + 1 >= len(tokens) or not _opens(tokens[index], "p") or not _opens(tokens[index + 1], "a"):
        return None
    if not _SAID.fullmatch(_value(tokens[index + 1], "href")):
        return None
    for end in range(index + 2, len(tokens)):
        if _closes(tokens[end], "p") or tokens[end].get("name") == "br":
            return end
    return None


def _credited(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield {**token, "data": {(None, "class"): "quote-by"}} if _opens(token, "p") else token
