"""People as others see them."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import admission, avatars, ignoring, queries
from forum.accounts.sanctioned import suspensions
from forum.accounts.views import blueprint
from forum.core import clock
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.slugs import slug_of
from forum.core.web.assets import LONG_LIVED
from forum.core.web.pages import render
from forum.core.web.running import storage
from forum.groups import queries as groups
from forum.organization import queries as organizations
from forum.people import queries as people
from forum.posts import queries as posts
from forum.recognition import queries as recognitions

KINDS = ("topics", "replies", "answers")


@blueprint.get("/u/<name>")
def profile(name: str) -> Response:
    """A person: what they say of themselves and what they did here."""
    session, actor = reading(), identity.actor()
    try:
        account = queries.profile_of(session, name)
    except NotFound:
        if groups.is_visible(session, actor, slug_of(name, 40)):  # a mention of a group leads here too
            return redirect(url_for("groups.group", slug=slug_of(name, 40)), 302)
        raise
    if account.name != name:
        query = request.query_string.decode("ascii", "ignore")
        return redirect(url_for("accounts.profile", name=account.name) + (f"?{query}" if query else ""), 301)
    kind = request.args.get("show", KINDS[0])
    kind = kind if kind in KINDS else KINDS[0]
    page = min(max(1, request.args.get("page", 1, type=int)), 10_000)
    return render(
        "accounts/profile.html",
        person=account,
        kind=kind,
        activity=posts.activity_of(session, actor, account, kind, page),
        affiliation=organizations.affiliation_of(session, account.id, clock.now()),
        picture=identity.avatar_url(account),
        suspension=suspensions(session, [account.id], clock.now()).get(account.id),
        helps_with=people.helps_with(session, account.id),
        away=people.away_now(session, account.id, clock.now().date()),
        may_ignore=not actor.is_guest and ignoring.may_be_ignored(session, account.id),
        recognitions=recognitions.profile_recognitions(session, actor, account),
        invited_by=admission.invited_by(session, actor, account),
    )


@blueprint.get("/u/<name>/avatar")
def avatar(name: str) -> FlaskResponse:
    """The picture of a person: uploaded, or drawn from the name. Its address changes whenever it does."""
    account = queries.profile_of(reading(), name)
    uploaded = storage().get(account.avatar_key) if account.avatar_key else None
    answer = FlaskResponse(
        uploaded or avatars.svg(account.shown_name, account.id), mimetype="image/webp" if uploaded else "image/svg+xml"
    )
    # A picture opened by itself is a document: it may load and run nothing.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    is_lasting = request.args.get("v") == identity.avatar_version(account)
    answer.headers["Cache-Control"] = LONG_LIVED if is_lasting else "public, max-age=300"
    return answer
