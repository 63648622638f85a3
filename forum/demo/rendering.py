"""The demo's texts as HTML, all of them rendered before the transaction.

Posts link to each other as `post:KEY/N` and `topic:KEY`, and which ids those get is known only when they are written.
So they are rendered with stand-ins, ids that no post will ever have, and `Prepared.settled` puts the real ones in
their place, in the source and in the HTML alike. Pictures and files are `shown:NAME`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from forum.core.markup import Job, Rendered, mention_candidates, render_many, tag_candidates
from forum.demo.shown import items, pictures
from forum.demo.texts import Community, load
from forum.posts.drafts import Written

Place = tuple[str, str, int]
"""What a text is: ("post", topic key, number), ("step", topic key, turn), ("about", person, 0),
("guidance", board, 0), ("message", title, number), ("stand_by" or "exception", topic key, 0),
("note", topic key, 0), ("leave", board, 0), ("house", …, 0), ("decision", "", number)."""

_STAND_IN = 9_000_000_000
_SHOWN = re.compile(r"\]\(shown:([a-z-]+)\)")
_INNER = re.compile(r"\]\((post:([a-z0-9-]+)/(\d+)|topic:([a-z0-9-]+))\)")
_STOOD_IN = re.compile(r"/[pt]/9\d{9}\b")


@dataclass(frozen=True)
class Prepared:
    """A community with its words rendered."""

    community: Community
    words: Mapping[Place, Written]
    stand_ins: Mapping[str, Place]

    def refers(self, place: Place) -> bool:
        """Whether a text links to a post or topic of the demo."""
        return bool(_STOOD_IN.search(self.words[place].source))

    def settled(self, place: Place, addresses: Mapping[Place, str]) -> Written:
        """The words with the addresses that posts and topics (number 0) got."""

        def real(found: re.Match[str]) -> str:
            return addresses[self.stand_ins[found[0]]]

        words = self.words[place]
        html = _STOOD_IN.sub(real, words.rendered.html)
        return replace(words, source=_STOOD_IN.sub(real, words.source), rendered=replace(words.rendered, html=html))


def texts_of(community: Community) -> Iterator[tuple[Place, str]]:
    """Every text that is written in Markdown."""
    yield ("house", "welcome", 0), community.house.welcome
    yield ("house", "about", 0), community.house.about
    for person in community.people:
        yield ("about", person.name, 0), person.about
    for board in community.boards:
        yield ("guidance", board.slug, 0), board.guidance
    for page in community.pages:
        yield ("page", page.slug, 0), page.text
    for talk in community.waiting.conversation:
        for number, message in enumerate(talk["words"], start=1):
            yield ("message", talk["title"], number), message["words"]
    for number, decision in enumerate(community.charter.decision, start=1):
        yield ("decision", "", number), decision["text"]
    yield from _at_the_doors(community)
    for text in community.waiting.note:
        yield ("note", text["topic"], 0), text["words"]
    for topic in community.topics:
        for post in topic.posts:
            yield ("post", topic.key, post.number), post.body
        for turn, step in enumerate(topic.steps, start=1):
            yield ("step", topic.key, turn), step["reason"]


def _at_the_doors(community: Community) -> Iterator[tuple[Place, str]]:
    for text in community.waiting.stand_by:
        yield ("stand_by", text["topic"], 0), text["words"]
    for text in community.waiting.exception:
        yield ("exception", text["topic"], 0), text["words"]
    for text in community.waiting.leave:
        yield ("leave", text["board"], 0), text["words"]


def prepare(
    community: Community | None = None,
    *,
    workers: int = 2,
    told: Callable[[int, int], object] = lambda _done, _total: None,
) -> Prepared:
    """Render everything, in `workers` helper processes. `told` hears after each text how many of all are done."""
    community = community or load()
    stand_ins = _stand_ins(community)
    sources = {place: _with_stand_ins(text.strip(), stand_ins) for place, text in texts_of(community)}
    names = {person.name for person in community.people}
    tags = {tag.slug for tag in community.tags}
    words: dict[Place, Written] = {}
    for place, rendered in render_many(_jobs(sources, names, tags), workers=workers):
        words[place] = Written(sources[place], rendered)
        told(len(words), len(sources))
    return Prepared(community, words, {_address(place, number): place for place, number in stand_ins.items()})


EMPTY = Written("", Rendered(html="", plain="", words=0, version=0, bounded=False))


def _stand_ins(community: Community) -> dict[Place, int]:
    places: list[Place] = [("topic", topic.key, 0) for topic in community.topics]
    places += [("post", topic.key, post.number) for topic in community.topics for post in topic.posts]
    return {place: _STAND_IN + index for index, place in enumerate(places)}


def _address(place: Place, number: int) -> str:
    return f"/{place[0][0]}/{number}"


def _with_stand_ins(source: str, stand_ins: Mapping[Place, int]) -> str:
    def standing(found: re.Match[str]) -> str:
        place = ("post", found[2], int(found[3])) if found[2] else ("topic", found[4], 0)
        return f"]({_address(place, stand_ins[place])})"

    source = _SHOWN.sub(lambda found: f"]({items()[found[1]].path})", source)
    return _INNER.sub(standing, source)


def _jobs(sources: Mapping[Place, str], names: set[str], tags: set[str]) -> Iterable[Job[Place]]:
    shown = pictures()
    for place, source in sources.items():
        images = {path: picture for path, picture in shown.items() if path in source}
        names_in, tags_in = mention_candidates(source) & names, tag_candidates(source) & tags
        yield Job(place, source, names=names_in, tags=tags_in, images=images)
