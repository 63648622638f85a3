"""A post is stored as its author wrote it wherever our Markdown says the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from forum.core.markup import SourceKind
from forum.core.markup.rendering import rendered_here
from forum.core.markup.values import Job
from forum.importers.discourse.archive import open_archive
from forum.importers.discourse.convert import Body, body_of, rename_mentions
from forum.importers.discourse.prose import prose_of
from forum.importers.discourse.records import SourcePost, SourceTopic
from forum.importers.discourse.smallactions import SENTENCES, Action, action_of
from forum.importers.discourse.widgets import Setting
from tests.corpora import shared
from tests.importers.discourse.made import source_post

SETTING = Setting(("old.example",), {"old.name": "old-name"})
HIDDEN = "<p>This post was flagged by the community and is temporarily hidden.</p>"


def body(raw: str | None, cooked: str = "<p>Words.</p>", **other: object) -> Body:
    return body_of(source_post(raw, cooked, **other), SETTING)


def test_markdown_stays_as_it_was_written() -> None:
    source = "# Hi\n\n- [ ] a `[b]x[/b]`\n\n    @old.name indented\n"
    assert body(source) == Body(source, SourceKind.MARKDOWN)


def test_links_names_and_image_sizes_are_put_into_our_terms() -> None:
    see = "https://old.example/t/a-loom/12/3"
    source = f"@old.name, see {see}. [Her](https://old.example/u/old.name) ![x|690x388, 75%](http://a.example/x.png)"
    assert body(source).source == (
        f"@old-name, see [{see}](/t/a-loom/12/3). [Her](/u/old-name) ![x](http://a.example/x.png)"
    )


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("[a](/p/7)", "[a](/p/old/7)"),
        ("[a]( </p/7> 'said')", "[a]( </p/old/7> 'said')"),
        ("[a](/tags/wool)", "[a](https://old.example/tags/wool)"),
        ("[a](/search?q=(x)&p=1)", "[a](https://old.example/search?q=(x)&p=1)"),
        ("![a](/uploads/a.png)", "![a](https://old.example/uploads/a.png)"),
        ("[a] and [b]\n\n[a]: /p/7\n[b]: </about>", "[a] and [b]\n\n[a]: /p/old/7\n[b]: <https://old.example/about>"),
        ("/p/7 and `[a](/p/7)`", "/p/7 and `[a](/p/7)`"),
        ("[a](https://else.example/p/7)", "[a](https://else.example/p/7)"),
    ],
)
def test_a_relative_link_leads_to_what_it_meant_and_never_to_something_of_ours(there: str, here: str) -> None:
    assert body(there).source == here


def test_where_the_old_place_is_not_known_the_words_of_a_relative_link_are_left() -> None:
    kept = body_of(source_post("[a](/about) ![b](/uploads/b.png) [c](</x>) [d][1] [e](/p/7)\n\n[1]: /about"), Setting())
    html = rendered_here(Job(None, kept.source)).html
    assert html == '<p>a b c d <a href="/p/old/7">e</a></p>'
    cooked = body_of(source_post(None, '<p><a href="/about">a</a> <img src="/uploads/b.png" alt="b"></p>'), Setting())
    assert rendered_here(Job(None, cooked.source, cooked.kind)).html == "<p>a b</p>"


def test_code_keeps_addresses_and_names() -> None:
    source = "`@old.name https://old.example/t/a/1`\n\n```\n@old.name\n```"
    assert body(source).source == source


@pytest.mark.parametrize("raw", ["[poll]\n* a\n[/poll]", "x <kbd>y</kbd>", "![x](upload://y.png)", "[b]x", None])
def test_what_markdown_cannot_say_is_taken_as_it_was_rendered(raw: str | None) -> None:
    if raw == "[b]x":  # a mark without its partner is only words
        assert body(raw).kind is SourceKind.MARKDOWN
    else:
        assert body(raw) == Body("<p>Words.</p>", SourceKind.HTML)


def test_the_source_of_a_hidden_post_is_kept_whatever_it_holds() -> None:
    kept = body("[spoiler]x[/spoiler] <b>y</b>", HIDDEN, cooked_is_placeholder=True, hidden=True)
    assert kept.kind is SourceKind.MARKDOWN
    assert "x" in kept.source
    assert "flagged" not in kept.source


def test_empty_and_enormous_posts_are_kept() -> None:
    assert body("", "") == Body("", SourceKind.MARKDOWN)
    assert body(None, "") == Body("", SourceKind.HTML)
    assert body("x" * 62_055).source == "x" * 62_055
    assert len(body(None, "<p>" + "word " * 12_411 + "</p>").source) > 62_055
    assert body("y").source == "y"


def test_a_name_inside_another_word_is_no_mention() -> None:
    names = {"old.name": "old-name", "ada": "ada-2"}
    source = "@Old.Name! mail@ada.example @ada. @adam (@ada)"
    assert rename_mentions(source, names) == "@old-name! mail@ada.example @ada-2. @adam (@ada-2)"


def test_every_small_action_has_words() -> None:
    assert set(SENTENCES) == set(Action)
    assert (action_of("closed.enabled"), action_of("new.code"), action_of("")) == (Action.CLOSED, Action.OTHER, None)


# -- real communities

FOLDERS = ["urho3d", "urho3d-oddities", "discourse-json-sample"]
_BBCODE = re.compile(
    r"\[/?(?:b|u|s|url|img|list|ul|ol|li|spoiler|details|poll|size|color)(?:=[^\]\n]*)?\]|\[quote=|\[\*\]|upload://",
    re.IGNORECASE,
)
_MACHINERY = re.compile(
    r"lazyYT|\bdata-|onebox|style=|<div|<span(?! class=\"spoiler\")|<svg|<aside|emoji|avatar", re.IGNORECASE
)
_MARKED_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)


@cache
def stored(name: str) -> list[tuple[SourceTopic, SourcePost, Body]]:
    archive = open_archive(shared("data", name))
    setting = Setting(hosts=archive.survey().hosts)
    topics = [one for one in archive.topics() if isinstance(one, SourceTopic)]
    return [(topic, post, body_of(post, setting)) for topic in topics for post in topic.posts]


def visible(body: Body) -> str:
    if body.kind is SourceKind.MARKDOWN:
        return prose_of(body.source)
    return re.sub(r"<[^>]*>", " ", _MARKED_CODE.sub(" ", body.source))


def readable(name: str) -> Iterator[tuple[str, str]]:
    """Posts whose rendered text was to be had, so that nothing foreign need remain."""
    for topic, post, body in stored(name):
        if not post.cooked_is_placeholder:
            yield f"{topic.id}/{post.number}", visible(body)


@pytest.mark.parametrize("name", FOLDERS)
def test_no_mark_of_another_forum_is_left_to_be_seen(name: str) -> None:
    # One author left a mark without its partner; the old forum showed it too.
    left = {where for where, text in readable(name) if _BBCODE.search(text)}
    assert left <= {"812/103"}


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_of_the_old_pages_machinery_is_left(name: str) -> None:
    html = [body.source for _, _, body in stored(name) if body.kind is SourceKind.HTML]
    tags = " ".join(tag for source in html for tag in re.findall(r"<[^>]*>", _MARKED_CODE.sub("", source)))
    assert not _MACHINERY.search(re.sub(r'"(?:https?:|/)[^"]*"', '""', tags))


@pytest.mark.parametrize("name", FOLDERS)
def test_nearly_every_source_stays_the_authors_own(name: str) -> None:
    with_raw = [body for _, post, body in stored(name) if post.raw is not None]
    assert sum(body.kind is SourceKind.MARKDOWN for body in with_raw) / len(with_raw) > 0.9


@pytest.mark.parametrize("name", FOLDERS)
def test_a_post_with_words_is_never_stored_without(name: str) -> None:
    for topic, post, body in stored(name):
        assert bool(body.source.strip()) == bool((post.raw or post.cooked).strip()), f"{topic.id}/{post.number}"


def test_what_is_rare_in_a_community_is_kept() -> None:
    features = json.loads(shared("data", "urho3d-oddities", "features.json").read_text())
    by_topic: dict[int, list[tuple[SourceTopic, SourcePost, Body]]] = {}
    for topic, post, body in stored("urho3d-oddities"):
        by_topic.setdefault(topic.id, []).append((topic, post, body))
    for entry in features:
        rows = by_topic[entry["topic_id"]]
        for feature in entry["features"]:
            assert _is_kept(feature, rows), (entry["topic_id"], feature)


def _is_kept(feature: str, rows: list[tuple[SourceTopic, SourcePost, Body]]) -> bool:  # noqa: PLR0911  (a table)
    topic = rows[0][0]
    posts = [post for _, post, _ in rows]
    match feature.partition(":"):
        case ("action", _, code):
            return any(action_of(post.action_code) == Action(code) for post in posts)
        case ("hidden_post", _, _):
            return any(post.hidden and body.source for _, post, body in rows)
        case ("poll", _, _):
            return any(re.search(r"<li>[^\n]*(?:\n[^\n]*)? — [0-9]+ votes?</li>", body.source) for _, _, body in rows)
        case ("unicode_title", _, _):
            return not topic.title.isascii()
        case ("over_100_posts", _, _):
            return len(posts) > 100
        case ("moderator_action_post", _, _):
            return any(post.type == 2 for post in posts)
        case ("moved_posts_out_of_order", _, _):
            times = [post.created_at for post in posts]
            return times != sorted(times)
        case ("pinned", _, _):
            return topic.pinned_at is not None
        case ("archived", _, _):
            return topic.archived
        case ("via_email", _, _):
            return any(post.via_email for post in posts)
        case ("featured_link", _, _):
            return topic.featured_link.startswith("http")
    return False
