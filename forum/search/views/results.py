"""The page of results: a line of words and operators, or the same as a form of filters."""

from __future__ import annotations

from functools import partial

from flask import Response, request, url_for
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response as BaseResponse

from forum import identity
from forum.boards import queries as boards
from forum.core.db import reading
from forum.core.web.afterwards import afterwards
from forum.core.web.limits import limiter
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.permissions import Actor
from forum.search import actions, operators, queries
from forum.search.forms import filled
from forum.search.help import HELP
from forum.search.misses import term_of
from forum.search.operators import Asked
from forum.search.views import blueprint
from forum.site import queries as sites
from forum.site.settings import number


def who() -> str:
    """Whose asking is counted together: an account's, or a guest's address."""
    actor = identity.actor()
    return get_remote_address() if actor.is_guest else f"account {actor.account_id}"


def _how_often() -> str:
    which = "search_guests" if identity.actor().is_guest else "search_members"
    return f"{number(sites.settings(reading()), which)}/minute"


def _asks_nothing() -> bool:
    return not request.args.get("q", "").strip()


@blueprint.get("/search")
@limiter.limit(_how_often, key_func=who, exempt_when=_asks_nothing)
def results() -> BaseResponse:
    """What is found for `?q=`. With `?filters=1` the form speaks: its fields become the line."""
    line = " ".join(request.args.get("q", "").split())[: operators.LONGEST]
    if request.args.get("filters"):
        line = operators.written(filled(line, request.args))
        return see_other(url_for("search.results", q=line or None))
    for part, name in (("topic", "in_topic"), ("board", "in_board")):
        if here := request.args.get(name, ""):
            return see_other(url_for("search.results", q=f"{line} {part}:{here}"))
    session, actor = reading(), identity.actor()
    found = queries.search(session, actor, operators.parse(line), _page())
    found_none = found.page.number == 1 and not found.count
    meant = queries.meant(session, actor, found.asked) if found_none else None
    answer = render(
        "search/results.html",
        line=line,
        meant=meant,
        asked=found.asked,
        results=found,
        boards=boards.tree(session, actor),
        operators=operators,
        choices=_choices(),
        help=HELP,
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return _missed(answer, actor, found.asked) if found_none and meant is None else answer


def _missed(answer: Response, actor: Actor, asked: Asked) -> Response:
    """Words that found nothing, and were no slip, are counted after the answer: a seed for who could write about it."""
    if not (term := term_of(asked)):
        return answer
    return afterwards(answer, partial(actions.remember_miss, actor=actor, term=term))


def _page() -> int:
    typed = request.args.get("page", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 5 and int(typed) else 1


def _choices() -> dict[str, list[tuple[str, str]]]:
    """What the fields of the form offer, in words."""
    return {
        "status": [
            ("open", _("open for replies")),
            ("solved", _("solved")),
            ("unsolved", _("questions that are not solved")),
            ("noreplies", _("without replies")),
        ],
        "place": [
            ("title", _("in titles only")),
            ("mine", _("in what I wrote")),
            ("watching", _("in topics I follow")),
            ("unread", _("in topics with something new for me")),
        ],
        "has": [("image", _("with a picture")), ("code", _("with code")), ("link", _("with a link elsewhere"))],
        "by": [("peers", _("by members")), ("staff", _("by the organization"))],
        "order": [
            ("relevance", _("best match")),
            ("newest", _("newest")),
            ("oldest", _("oldest")),
            ("activity", _("latest activity")),
            ("replies", _("most replies")),
        ],
    }
