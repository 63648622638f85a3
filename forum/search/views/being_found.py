"""For search engines: which pages there are, and which they need not read. What everybody may see, no more."""

from __future__ import annotations

from flask import Response, abort, make_response, render_template, request, url_for

from forum import identity
from forum.boards import queries as boards
from forum.core.db import reading
from forum.core.web.running import settings
from forum.search.queries import being_found
from forum.search.views import blueprint

SECONDS = 3600
CLOSED = ("/search", "/admin", "/settings", "/sign-in", "/sign-up", "/preview", "/language")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may leave out, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {_base()}/sitemap.xml", ""]
    return _kept(Response("\n".join(lines), mimetype="text/plain"))


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The maps that there are: one of the places, and one for so many topics each."""
    maps = being_found.maps(reading())
    paths = [url_for("search.places_map"), *(url_for("search.topics_map", number=number) for number in maps)]
    return _xml("search/sitemap_index.xml", addresses=[_base() + path for path in paths])


@blueprint.get("/sitemap/places.xml")
def places_map() -> Response:
    """The front page, boards and tags."""
    guest = identity.guest(reading())
    found = [board for section in boards.tree(reading(), guest) for board in (*section.boards, *section.archived)]
    paths = ["/", *(f"/b/{slug}" for board in found for slug in (board.slug, *(sub.slug for sub in board.subs)))]
    paths += [f"/tags/{tag.slug}" for tag in boards.tags(reading()) if tag.topic_count]
    return _xml("search/sitemap.xml", pages=[(_base() + path, None) for path in paths])


@blueprint.get("/sitemap/topics-<int:number>.xml")
def topics_map(number: int) -> Response:
    """So many topics, by their numbers."""
    if number not in being_found.maps(reading()):
        abort(404)
    topics = being_found.topics_of(reading(), identity.guest(reading()), number)
    return _xml("search/sitemap.xml", pages=[(_base() + path, changed) for path, changed in topics])


def _base() -> str:
    return settings().base_url.rstrip("/")


def _xml(template: str, **context: object) -> Response:
    answer = make_response(render_template(template, **context))
    answer.mimetype = "application/xml"
    return _kept(answer)


def _kept(answer: Response) -> Response:
    """For an hour by whoever asks, and told in a few bytes that nothing changed."""
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]
