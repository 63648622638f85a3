"""What is stored of a post: its Markdown where that is what the author's text is, else the rendered HTML made plain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from forum.core.markup import SourceKind
from forum.importers.discourse import bbcode, links, phpbb
from forum.importers.discourse.cooked import normalised
from forum.importers.discourse.prose import in_prose
from forum.importers.discourse.records import SourcePost
from forum.importers.discourse.widgets import Setting

_NAME = re.compile(r"(?<![\w@/.])@(\w(?:[\w.-]{0,58}\w)?)(?![\w@])")
_SIZED_IMAGE = re.compile(
    r"(!\[[^\]|\n]{0,500})\|[0-9]{1,5}x[0-9]{1,5}(?:, ?[0-9]{1,3}(?:\.[0-9]+)?%)?(?:\|[a-z]+)?(?=\]\()"
)
_ADDRESS = r"((?:https?://|/)(?:[^\s()<>]|\([^\s()<>]*\))+)"
# Of a link in its place, and of one that is defined elsewhere in the text.
_TARGETS = (
    re.compile(rf"(\]\(\s{{0,9}}<?){_ADDRESS}(?=[\s)>])"),
    re.compile(rf"^( {{0,3}}\[[^\]\n]{{1,500}}\]:\s{{0,9}}<?){_ADDRESS}(?=[\s>]|$)", re.MULTILINE),
)
_BARE = re.compile(r"(?<![\w(<\[\"'=/])https?://[^\s<>()\[\]\"'*_`]+[^\s<>()\[\]\"'*_`.,;:!?]")


@dataclass(frozen=True, slots=True)
class Body:
    """A source as our posts keep it."""

    source: str
    kind: SourceKind


def body_of(post: SourcePost, setting: Setting) -> Body:
    """The body of a post. What its source says in ways that our Markdown does not know is taken as it was rendered;
    where that is missing, or only says that the post is hidden, the source is taken all the same."""
    rendered = bool(post.cooked.strip()) and not post.cooked_is_placeholder
    source = _markdown(post.raw, setting) if post.raw is not None else None
    if source is not None:
        return Body(source, SourceKind.MARKDOWN)
    if post.raw is not None and not rendered:
        return Body(_in_our_terms(_converted(post.raw, setting), setting), SourceKind.MARKDOWN)
    return Body(normalised(post.cooked, replace(setting, polls=post.polls)), SourceKind.HTML)


def _markdown(raw: str, setting: Setting) -> str | None:
    """The source in our Markdown, or None where it says something that our Markdown cannot."""
    source = _sizes_dropped(raw)
    if bbcode.is_foreign(source):
        source = _converted(source, setting)
        if bbcode.is_foreign(source):
            return None
    return _in_our_terms(source, setting)


def _converted(source: str, setting: Setting) -> str:
    """The source with what can be said in our Markdown said in it; the rest as it stands."""
    source = phpbb.to_markdown(source) or source
    return bbcode.with_our_quotes(source, setting.names) or source


def rename_mentions(source: str, names: Mapping[str, str]) -> str:
    """`@old.name` as `@old-name` outside code. `names`: old to new, old ones casefolded."""
    if not names or "@" not in source:
        return source
    return in_prose(source, lambda prose: _NAME.sub(lambda found: "@" + links.renamed(found[1], names), prose))


def _in_our_terms(source: str, setting: Setting) -> str:
    """Links to the old forum, image sizes and names, each outside code."""
    source = rename_mentions(_sizes_dropped(source), setting.names)
    if "](" not in source and "]:" not in source and "://" not in source:
        return source
    return in_prose(source, lambda prose: _links(prose, setting))


def _sizes_dropped(source: str) -> str:
    return in_prose(source, lambda prose: _SIZED_IMAGE.sub(r"\1", prose)) if "|" in source else source


def _links(prose: str, setting: Setting) -> str:
    """Links into the old forum lead here, or to its old place; one that stands bare keeps its address as its words."""

    def target(found: re.Match[str]) -> str:
        before, address = found[1], setting.address(found[2])
        return before + (address or ("" if before.endswith("<") else "<>"))  # without an address, words are left

    def bare(found: re.Match[str]) -> str:
        address = links.here(found[0], setting.hosts, setting.names)
        return f"[{found[0]}]({address})" if address else found[0]

    for targets in _TARGETS:
        prose = targets.sub(target, prose)
    return _BARE.sub(bare, prose)
