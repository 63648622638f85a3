"""What pages that are open ask every few seconds: is there anything new? One statement, no session, no rights: what may
be watched stands signed in the page, for a quarter of an hour, and is asked anew after that.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import current_app, jsonify, request
from flask_babel import get_locale
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from forum import identity
from forum.conversations import queries as conversations
from forum.conversations.models import Conversation
from forum.core import clock
from forum.core.db import reading
from forum.core.errors import Gone
from forum.core.web import languages
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.notifications import many, queries
from forum.notifications.queries import Watched
from forum.notifications.views import blueprint
from forum.permissions import Right
from forum.posts import queries as posts
from forum.posts.models import Topic
from forum.posts.queries.listing import Listing

LASTS_S = 15 * 60
RENEWED_FOR_S = 24 * 3600
NOWHERE = (0,)


@blueprint.app_template_global()
def live_token(
    topic: Topic | None = None, listing: Listing | None = None, conversation: Conversation | None = None
) -> str:
    """What this page may ask about: the bell, and the replies of a topic, what is new in a list, or the messages of a
    conversation."""
    actor = identity.actor()
    if actor.is_guest and topic is None and listing is None:
        return ""
    if listing is not None:
        seen = actor.boards_with(Right.SEE)
        boards = tuple(board for board in seen if not listing.boards or board in listing.boards)
        listing = listing._replace(boards=boards or NOWHERE)
    topic_id = topic.id if topic is not None else 0
    conversation_id = conversation.id if conversation is not None else 0
    return _signed(Watched(actor.account_id or 0, topic_id, listing, bool(actor.ignored), conversation_id))


@blueprint.get("/live")
def live() -> Response:
    """Counts and sentences; 304 while nothing changed."""
    watched, locale = _read(request.args.get("w", ""), LASTS_S)
    news = queries.news(reading(), watched, _number("after"), _instant("since"))
    counted = many.new_messages if watched.conversation_id else many.new_replies
    with languages.speaking(locale):
        said = {
            "bell": news.bell,
            "replies": counted(news.replies) if news.replies else "",
            "lists": _in_lists(news.topics),
            "show": _("show"),
        }
    answer = jsonify(said)
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@blueprint.get("/live/renew")
def renew() -> Response:
    """Another quarter of an hour, for who may still see what they watch."""
    watched, _locale = _read(request.args.get("w", ""), RENEWED_FOR_S)
    actor = identity.actor()
    if (actor.account_id or 0) != watched.account_id:
        raise Gone(_("Somebody else is here now. Load the page anew."))
    topic = posts.topic(reading(), actor, watched.topic_id) if watched.topic_id else None
    about = watched.conversation_id
    conversation = conversations.conversation(reading(), actor, about).conversation if about else None
    return jsonify({"w": live_token(topic, watched.listing, conversation)})


def _in_lists(topics: int) -> str:
    return ngettext("%(num)s topic with news", "%(num)s topics with news", topics) if topics else ""


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="live")


def _signed(watched: Watched) -> str:
    listing = list(watched.listing) if watched.listing is not None else None
    said = [
        watched.account_id,
        watched.topic_id,
        listing,
        watched.ignores,
        watched.conversation_id,
        str(get_locale()),
    ]
    return str(_serializer().dumps(said))


def _read(token: str, age: int) -> tuple[Watched, str]:
    try:
        account_id, topic_id, listing, ignores, conversation_id, locale = _serializer().loads(token, max_age=age)
    except SignatureExpired:
        raise Gone(_("This page has been open for long.")) from None
    except (BadSignature, ValueError):
        raise Gone(_("Load the page anew.")) from None
    listed = Listing(*listing) if listing is not None else None
    return Watched(account_id, topic_id, listed, ignores, conversation_id), locale


def _number(name: str) -> int:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _instant(name: str) -> datetime:
    """Milliseconds since 1970, at most a day ago."""
    typed = request.args.get(name, "")
    now = clock.now()
    earliest = now - timedelta(days=1)
    if not (typed.isascii() and typed.isdigit() and len(typed) < 15):
        return now
    return max(earliest, datetime.fromtimestamp(int(typed) / 1000, UTC))
