"""What Discourse puts into a post beside plain HTML, and what each becomes. Read the table at the end first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from forum.importers.discourse import tree
from forum.importers.discourse.emoji import character
from forum.importers.discourse.links import absolute, here, renamed, to_post
from forum.importers.discourse.records import Poll, PollOption
from forum.importers.discourse.tree import Element, Item, made


@dataclass(frozen=True, slots=True)
class Setting:
    """What a conversion must know of the old forum. `hosts`: its own names, in small letters, the main one first;
    `names`: old user names (casefolded) to those they have here; `polls`: the votes of the post at hand."""

    hosts: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    polls: tuple[Poll, ...] = ()

    def address(self, old: str) -> str:
        return here(old, self.hosts, self.names) or absolute(old, self.hosts)


def _drop(element: Element, setting: Setting) -> None:
    tree.replace(element)


def _unwrap(element: Element, setting: Setting) -> None:
    tree.unwrap(element)


def _as(name: str) -> Callable[[Element, Setting], None]:
    def become(element: Element, setting: Setting) -> None:
        element.tag = name
        element.attrib.clear()

    return become


def _quote(element: Element, setting: Setting) -> None:
    """`aside.quote`: a block quote whose first line says who is quoted and leads there."""
    body = next((child for child in element if tree.tag(child) == "blockquote"), None)
    title = next((child for child in element if "title" in tree.classes(child)), None)
    if body is None:
        tree.unwrap(element)
        return
    credit = _credit(element, title, setting)
    quoted = made("blockquote", *tree.taken(body))
    if credit:
        tree.put_first(quoted, made("p", *credit))
    tree.replace(element, quoted)


def _credit(element: Element, title: Element | None, setting: Setting) -> list[Item]:
    link = next(iter(tree.links(title)), None) if title is not None else None
    name = (element.get("data-username") or "").strip()
    if not name and title is not None and link is None:
        name = tree.words(title).rstrip(":").strip()
    name = renamed(name, setting.names)
    topic, post = element.get("data-topic") or "", element.get("data-post") or ""
    numbered = topic.isascii() and topic.isdigit() and post.isascii() and post.isdigit()
    if link is not None and (label := tree.words(link)):
        address = setting.address(link.get("href") or "")
        return [made("a", f"@{name}, {label}" if name else label, href=address), ":"]
    if numbered:
        return [made("a", f"@{name}" if name else "quoted", href=to_post(int(topic), int(post))), ":"]
    return [f"{name}:"] if name else []


def _onebox(element: Element, setting: Setting) -> None:
    """A preview of another page: its title as a link, then its words, in a block quote."""
    titles = tree.found(element, "h3", "h4")
    links = [link for title in titles for link in tree.links(title)] + tree.links(element)
    link = next((link for link in links if tree.words(link)), links[0] if links else None)
    headings = [words for title in titles if (words := tree.words(title))]
    address = (link.get("href") if link is not None else None) or element.get("data-onebox-src") or ""
    label = (headings[0] if headings else "") or (tree.words(link) if link is not None else "") or address
    if not address:
        tree.unwrap(element)
        return
    excerpt = [made("p", words) for paragraph in tree.found(element, "p") if (words := tree.words(paragraph))]
    code = [_onebox_code(pre) for pre in tree.found(element, "pre") if tree.words(pre)]
    title = made("p", made("a", label, href=setting.address(address)))
    tree.replace(element, made("blockquote", title, *excerpt, *code))


def _onebox_code(pre: Element) -> Element:
    """Lines of a source file, which come as a list, or a message."""
    code = pre.find(".//code")
    if code is None:
        return made("p", tree.words(pre))
    lines = ["".join(str(part) for part in line.itertext()).strip("\r\n") for line in code.iter("li")]
    text = "\n".join(lines) if lines else "".join(str(part) for part in code.itertext())
    return made("pre", made("code", text.rstrip() + "\n", class_=code.get("class") or ""))


def _video(element: Element, setting: Setting) -> None:
    """A player becomes a link to what it plays."""
    link = next(iter(tree.links(element)), None)
    youtube = element.get("data-youtube-id") or ""
    if element.get("data-provider-name") == "youtube":
        youtube = element.get("data-video-id") or ""
    sources = [element.get("src") or "", *(source.get("src") or "" for source in tree.found(element, "source"))]
    address = next((source for source in sources if source), "")
    address = f"https://www.youtube.com/watch?v={quote(youtube, safe='')}" if youtube else address
    address = address or (link.get("href") or "" if link is not None else "")
    if not address:
        tree.unwrap(element)
        return
    place = absolute(address, setting.hosts).replace("youtube.com/embed/", "youtube.com/watch?v=")
    titles = (element.get(key) for key in ("data-youtube-title", "data-video-title", "title"))
    anchor = made(
        "a", next((title.strip() for title in titles if title and title.strip()), place or address), href=place
    )
    parent = element.getparent()
    outside = parent is not None and tree.tag(parent) not in ("p", "a", "li", "td", "summary")
    tree.replace(element, made("p", anchor) if outside else anchor)


def _mention(element: Element, setting: Setting) -> None:
    """Somebody's name, as it is now."""
    address = element.get("href") or ""
    old = unquote(address.rstrip("/").rpartition("/")[2]) or tree.words(element).lstrip("@")
    written = tree.words(element).lstrip("@")
    name = renamed(old, setting.names)
    shown = written if name.casefold() == written.casefold() else name
    tree.replace(element, made("a", f"@{shown}", href=f"/u/{quote(name, safe='')}", class_="mention"))


def _emoji(element: Element, setting: Setting) -> None:
    """The character itself, else its `:name:`."""
    name = (element.get("title") or element.get("alt") or "").strip()
    tree.replace(element, character(name) or name)


def _lightbox(element: Element, setting: Setting) -> None:
    """A thumbnail that leads to the image: the image."""
    image = element.find(".//img")
    if image is None:
        tree.unwrap(element)
        return
    words = (image.get("alt") or element.get("title") or "").strip()
    tree.replace(element, made("img", src=element.get("href") or image.get("src") or "", alt=words))


def _image(element: Element, setting: Setting) -> None:
    """An image inside a link needs words: the link is all that will be left of it."""
    parent = element.getparent()
    if parent is None or tree.tag(parent) != "a" or "lightbox" in tree.classes(parent):
        return
    if not (element.get("alt") or "").strip():
        path = (element.get("src") or "").partition("?")[0]
        element.set("alt", unquote(path.rstrip("/").rpartition("/")[2]) or "image")


def _caption(element: Element, setting: Setting) -> None:
    """Name and size under a thumbnail; elsewhere the class means nothing."""
    parent = element.getparent()
    if parent is not None and "lightbox" in tree.classes(parent):
        tree.replace(element)


def _spoiler(element: Element, setting: Setting) -> None:
    """A hidden block, opened by a click; hidden words stay a `span`."""
    if tree.tag(element) == "span" and not tree.has_blocks(element):
        element.set("class", "spoiler")
        return
    tree.replace(element, made("details", made("summary", "Spoiler"), *tree.taken(element), class_="spoiler"))


def _poll(element: Element, setting: Setting) -> None:
    """A poll that is over: its question and its options with their votes."""
    polls = {poll.name: poll for poll in setting.polls}
    poll = polls.get(element.get("data-poll-name") or "poll")
    named = [tree.words(part) for part in tree.found(element, "div") if "poll-title" in tree.classes(part)]
    title = (poll.title if poll else "") or " ".join(named)
    options = [item for item in tree.found(element, "li") if item.get("data-poll-option-id")]
    known = {option.id: option for option in poll.options} if poll else {}
    shown = [_option(item, known.get(item.get("data-poll-option-id") or "")) for item in options]
    voters = [made("p", _counted(poll.voters, "voter"))] if poll and poll.voters is not None else []
    heading = made("p", made("strong", f"Poll: {title}" if title else "Poll"))
    tree.replace(element, heading, made("ul", *shown), *voters)


def _option(item: Element, option: PollOption | None) -> Element:
    votes = [f" — {_counted(option.votes, 'vote')}"] if option is not None and option.votes is not None else []
    words = tree.taken(item)
    if words and isinstance(words[-1], str):
        words[-1] = words[-1].rstrip()
    return made("li", *words, *votes)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _formula(element: Element, setting: Setting) -> None:
    tree.replace(element, made("code", tree.words(element)))


Widget = Callable[[Element, Setting], None]

# By `tag.class`, `.class` or `tag`; the first that an element answers to is applied.
WIDGETS: dict[str, Widget] = {
    "aside.quote": _quote,
    "aside.onebox": _onebox,
    ".imgur-album": _onebox,
    ".lazyYT": _video,
    ".lazy-video-container": _video,
    "iframe": _video,
    "video": _video,
    "audio": _video,
    "a.mention": _mention,
    "a.mention-group": _unwrap,
    "span.mention": _unwrap,
    "img.emoji": _emoji,
    "img.avatar": _drop,
    "img.site-icon": _drop,
    "a.lightbox": _lightbox,
    "img": _image,
    "div.meta": _caption,
    ".quote-controls": _drop,
    ".badge-wrapper": _drop,
    "a.anchor": _drop,
    ".poll": _poll,
    ".spoiler": _spoiler,
    ".spoiled": _spoiler,
    ".bbcode-b": _as("strong"),
    ".bbcode-i": _as("em"),
    ".bbcode-u": _as("u"),
    ".bbcode-s": _as("s"),
    ".math": _formula,
}
