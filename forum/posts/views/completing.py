"""What is offered while one writes: names, tags, emoji, boards, and topics like the one that is begun."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

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
    offer = _OFFERS.get(request.args.get("sign", ""))
    options = offer(typed) if offer else []
    said = ngettext("%(num)s suggestion", "%(num)s suggestions", len(options))
    return jsonify(options=options, said=said)


def _called(typed: str) -> list[Option]:
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


def _named(typed: str) -> list[Option]:
    """People alone, for a field that takes names."""
    found, _here = people_like(reading(), identity.actor(), typed, None, MOST)
    return [{"text": name, "shown": shown, "note": f"@{name}"} for name, shown in found]


def _group_note(group: GroupRow) -> str:
    told = ngettext("a group of one", "a group of %(num)s people", group.member_count)
    return f"@{group.slug}, {told}"


def _tagged(typed: str) -> list[Option]:
    return [{"text": f"#{tag.slug}", "shown": f"#{tag.slug}", "note": tag.name} for tag in _tags_like(typed)]


def _tags_by_name(typed: str) -> list[Option]:
    """For a field that takes tags: those that its reader may give."""
    actor = identity.actor()
    may_reserved = actor.is_staff or actor.is_moderator
    found = _tags_like(typed, lambda tag: may_reserved or not tag.is_reserved)
    return [{"text": _by_name(tag), "shown": f"#{tag.slug}", "note": tag.name} for tag in found]


def _tags_by_address(typed: str) -> list[Option]:
    """For a search."""
    return [{"text": tag.slug, "shown": tag.slug, "note": tag.name} for tag in _tags_like(typed)]


def _tags_like(typed: str, wants: Callable[[Tag], bool] = lambda _tag: True) -> list[Tag]:
    wanted = typed.lower()
    tags = [tag for tag in boards.tags(reading()) if wants(tag) and (wanted in tag.slug or wanted in tag.name.lower())]
    return sorted(tags, key=lambda tag: (not tag.slug.startswith(wanted), -tag.topic_count, tag.slug))[:MOST]


def _boards(typed: str) -> list[Option]:
    """Boards that the reader may see, in their order, those that begin so first."""
    wanted = typed.lower()
    tops = [board for section in boards.tree(reading(), identity.actor()) for board in section.boards]
    every = [board for top in tops for board in (top, *top.subs)]
    found = [board for board in every if wanted in board.slug or wanted in board.name.lower()]
    found.sort(key=lambda board: not (board.slug.startswith(wanted) or board.name.lower().startswith(wanted)))
    return [{"text": board.slug, "shown": board.name, "note": board.slug} for board in found[:MOST]]


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


# What stands before the word, or what its field takes → what ends it.
_OFFERS: Mapping[str, Callable[[str], list[Option]]] = {
    "@": _called,
    "#": _tagged,
    ":": _emoji,
    "name": _named,
    "tag": _tags_by_name,
    "tag:": _tags_by_address,
    "board:": _boards,
}


@blueprint.get("/similar")
@limiter.limit("60/minute", key_func=_key)
def similar_topics() -> Response:
    """Topics like the title that somebody is typing; nothing where there are none."""
    return render("posts/similar.html", fragment="similar", similar=similar_to(request.args.get("title", "")))


def similar_to(title: str) -> list[SimilarTopic]:
    """Topics that the reader may open, most alike first."""
    return list(similar(reading(), identity.actor(), title[:200], 5)) if len(title.strip()) >= 5 else []
