"""What the editor offers while one writes: names, tags, emoji, and topics like the one that is begun."""

from __future__ import annotations

from collections.abc import Iterable

from flask import jsonify, request
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts.models import GroupRow
from forum.boards import queries as boards
from forum.boards.models import Tag
from forum.core.db import reading
from forum.core.markup.emoji import emoji
from forum.core.slugs import slug_of
from forum.core.web.limits import limiter
from forum.core.web.pages import render
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.groups import queries as groups
from forum.posts.forms import TAG_LONGEST
from forum.posts.queries.completing import people_like
from forum.posts.views import blueprint
from forum.posts.views.asking import asked_number
from forum.search.queries.similar import SimilarTopic, similar

MOST = 8
MOST_GROUPS = 2
LONGEST = 40

Option = dict[str, str]


def _key() -> str:
    return f"complete:{identity.actor().account_id or request.remote_addr}"


@blueprint.get("/complete")
@limiter.limit("120/minute", key_func=_key)
def complete() -> Response:
    """Up to eight ways to end a word that began with `sign`: what to write, and how to show it."""
    typed = request.args.get("q", "")[:LONGEST].strip()
    options = {"@": _people, "#": _tags, ":": _emoji}.get(request.args.get("sign", ""), lambda _typed: [])(typed)
    return jsonify(options=options)


def _people(typed: str) -> list[Option]:
    """The people of the topic, then everybody, then groups that may be called: at most two, but always seen."""
    actor = identity.actor()
    called = [
        {"text": f"@{group.slug}", "shown": group.name, "note": _group_note(group)}
        for group in groups.mentionable_like(reading(), actor, typed, MOST_GROUPS)
    ]
    found, here = people_like(reading(), actor, typed, asked_number("topic"), MOST - len(called))
    return [
        {
            "text": f"@{name}",
            "shown": shown,
            "note": _("@%(name)s, in this topic", name=name) if place < here else f"@{name}",
        }
        for place, (name, shown) in enumerate(found)
    ] + called


def _group_note(group: GroupRow) -> str:
    told = ngettext("a group of one", "a group of %(num)s people", group.member_count)
    return f"@{group.slug}, {told}"


def _tags(typed: str) -> list[Option]:
    wanted = typed.lower()
    tags = [tag for tag in boards.tags(reading()) if wanted in tag.slug or wanted in tag.name.lower()]
    found = sorted(tags, key=lambda tag: (not tag.slug.startswith(wanted), -tag.topic_count, tag.slug))[:MOST]
    return [{"text": f"#{tag.slug}", "shown": f"#{tag.slug}", "note": tag.name, "name": _by_name(tag)} for tag in found]


def _by_name(tag: Tag) -> str:
    """How to write a tag in a field of its own: by its name, if that leads to it."""
    return tag.name if slug_of(tag.name, TAG_LONGEST) == tag.slug else tag.slug


def _emoji(typed: str) -> list[Option]:
    wanted = typed.lower()
    if len(wanted) < 2:
        return []
    known = emoji()
    codes = sorted(
        (code for code in known if wanted in code), key=lambda code: (not code.startswith(wanted), len(code))
    )
    return [{"text": known[code], "shown": known[code], "note": f":{code}:"} for code in _different(codes, known)]


def _different(codes: Iterable[str], known: dict[str, str]) -> list[str]:
    """One code for each character: many have several."""
    by_sign: dict[str, str] = {}
    for code in codes:
        by_sign.setdefault(known[code], code)
        if len(by_sign) == MOST:
            break
    return list(by_sign.values())


@blueprint.get("/similar")
@limiter.limit("60/minute", key_func=_key)
def similar_topics() -> Response:
    """Topics like the title that somebody is typing; nothing where there are none."""
    return render("posts/similar.html", fragment="similar", similar=similar_to(request.args.get("title", "")))


def similar_to(title: str) -> list[SimilarTopic]:
    """Topics that the reader may open, most alike first."""
    return list(similar(reading(), identity.actor(), title[:200], 5)) if len(title.strip()) >= 5 else []
