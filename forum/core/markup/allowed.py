"""What the HTML of a post may hold: tags, attributes, classes and addresses. Read from top to bottom."""

import re
from collections.abc import Callable
from urllib.parse import quote

# fmt: off
TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp",
    "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "u", "ul", "var",
})
# fmt: on
RENAMED = {
    "article": "div",
    "aside": "blockquote",
    "center": "div",
    "figcaption": "div",
    "figure": "div",
    "footer": "div",
    "header": "div",
    "main": "div",
    "section": "div",
    "strike": "s",
    "tt": "code",
}
"""Tags an import may use that say the same as one of ours."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "title", "class", "rel"}),
    "abbr": frozenset({"title"}),
    "blockquote": frozenset({"class"}),
    "code": frozenset({"class"}),
    "details": frozenset({"class"}),
    "div": frozenset({"class"}),
    "img": frozenset({"src", "alt", "title", "width", "height", "loading"}),
    "li": frozenset({"class", "id"}),
    "ol": frozenset({"start"}),
    "p": frozenset({"class"}),
    "pre": frozenset({"class"}),
    "span": frozenset({"class", "tabindex"}),
    "sup": frozenset({"id"}),
    "td": frozenset({"class", "colspan", "rowspan"}),
    "th": frozenset({"class", "colspan", "rowspan"}),
    "ul": frozenset({"class"}),
}

CLASSES: dict[str, frozenset[str]] = {
    "a": frozenset({"mention", "tag", "image-elsewhere", "footnote-ref", "footnote-backref"}),
    "blockquote": frozenset({"quote"}),
    "details": frozenset({"spoiler"}),
    "div": frozenset({"highlight", "footnote"}),
    "li": frozenset({"task", "task-done"}),
    "p": frozenset({"quote-by"}),
    "pre": frozenset(),
    "span": frozenset({"spoiler"}),
    "td": frozenset({"align-left", "align-center", "align-right"}),
    "th": frozenset({"align-left", "align-center", "align-right"}),
    "ul": frozenset({"tasks"}),
    "code": frozenset(),
}
_CODE_LANGUAGE = re.compile(r"language-[a-z0-9+#_-]{1,24}")
_PYGMENTS = re.compile(r"[a-z][a-z0-9]{0,2}")

_BLANKS = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029]+")
_ABROAD = re.compile(
    r"https?://(?:[^\s/?#\\@:\[\]<>]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL
)
_MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+", re.IGNORECASE)
_HERE = re.compile(r"/(?![/\\]).*", re.DOTALL)


def address(value: str, *, prefix: str = "", own: str = "") -> str | None:
    """The address a link may have, or None: http, https, mailto, site-relative, or a footnote of this post.

    Addresses below `own` (the forum itself) become site-relative."""
    text = _BLANKS.sub("", value.strip()).replace(" ", "%20")
    if own and text.startswith(own.rstrip("/") + "/"):
        text = text[len(own.rstrip("/")) :]
    if text.startswith("#"):
        return text if footnote(text[1:], prefix) else None
    if _HERE.fullmatch(text) or _ABROAD.fullmatch(text) or _MAIL.fullmatch(text):
        return quote(text, safe="!\"#$%&'()*+,/:;=?@[\\]^_`{|}~-.<>") if not text.isascii() else text
    return None


def is_abroad(href: str) -> bool:
    """True of an address that leaves the forum."""
    return href[:4].lower() == "http"


def upload(value: str) -> str | None:
    """The address of an image that may be shown: one of our own uploads, without a way out of their folder."""
    path = _BLANKS.sub("", value.strip())
    if path.startswith("/files/") and ".." not in path and "\\" not in path and "%" not in path:
        return path
    return None


def footnote(name: str, prefix: str) -> bool:
    """True of an id that belongs to a footnote of the post with this fingerprint."""
    return bool(prefix and re.fullmatch(rf"fn(?:ref\d{{0,4}})?-{prefix}-\d{{1,5}}", name))


def classes(tag: str, value: str) -> str:
    """Those of the classes that a post may carry on this tag."""
    return " ".join(name for name in dict.fromkeys(value.split()) if _has_class(tag, name))


def _has_class(tag: str, name: str) -> bool:
    if name in CLASSES.get(tag, ()):
        return True
    if tag == "span":
        return bool(_PYGMENTS.fullmatch(name))
    return tag in ("code", "pre") and bool(_CODE_LANGUAGE.fullmatch(name))


def attribute(tag: str, name: str, value: str, prefix: str = "") -> str | None:
    """The value an attribute may keep, or None. Used by both sanitisers."""
    if name not in ATTRIBUTES.get(tag, ()):
        return None
    rule = RULES.get(name)
    match rule:
        case None:
            return value
        case re.Pattern():
            return value if rule.fullmatch(value) else None
    return rule(tag, value, prefix)


Rule = re.Pattern[str] | Callable[[str, str, str], str | None]
RULES: dict[str, Rule] = {
    "class": lambda tag, value, _: classes(tag, value) or None,
    "colspan": re.compile(r"[1-9][0-9]?"),
    "height": re.compile(r"[0-9]{1,4}"),
    "href": lambda _, value, prefix: address(value, prefix=prefix),
    "id": lambda _, value, prefix: value if footnote(value, prefix) else None,
    "loading": re.compile("lazy"),
    "rel": re.compile("nofollow ugc noopener"),
    "rowspan": re.compile(r"[1-9][0-9]?"),
    "src": lambda _, value, __: upload(value),
    "start": re.compile(r"[0-9]{1,9}"),
    "tabindex": re.compile("0"),
    "width": re.compile(r"[0-9]{1,4}"),
}
"""What the value of an attribute must be like: by pattern or by function. `title` and `alt` may say anything."""
