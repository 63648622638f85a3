"""Search engines get the map, the data and the one address of every public page, and nothing that is not public."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.posts import actions, queries
from forum.posts.models import Post
from forum.posts.structured import as_block
from tests import cast
from tests.machines.databases import writing

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def topics(app):
    """One public question that was answered, one topic of staff, one deleted; their ids."""
    with writing(app) as session:
        ada, bo = cast.member(session, "ada", display_name="Ada </script>"), cast.member(session, "bo")
        bench = cast.board(session, "bench", kind="question")
        asked = cast.topic(session, bench, ada, "Which </script> glue & when", "Hide glue </script><b>?")
        answer = cast.reply(session, asked, bo, "Warm.")
        cast.reply(session, asked, ada, "Thanks.")
        by_ada = cast.actor(session, ada)
        actions.accept_answer(session, by_ada, queries.post_for_update(session, by_ada, answer.id))
        desk = cast.board(session, "desk", rights=cast.STAFF_ONLY)
        secret = cast.topic(session, desk, cast.staff(session), "A secret plan")
        gone = cast.topic(session, bench, bo, "Never mind")
        by_bo = cast.actor(session, bo)
        opening = session.query(Post).filter_by(topic_id=gone.id).one()
        actions.delete_post(session, by_bo, queries.post_for_update(session, by_bo, opening.id))
        return asked.id, secret.id, gone.id


def locations(answer):
    assert answer.mimetype == "application/xml"
    return [element.text for element in ElementTree.fromstring(answer.text).iter(f"{SITEMAP}loc")]  # noqa: S314


def test_the_sitemap_lists_what_everybody_may_read_and_nothing_else(app, client, topics):
    with writing(app) as session:
        cast.sign_in(client, session, cast.administrator(session))  # whoever asks
    maps = locations(client.get("/sitemap.xml"))
    base = app.extensions["settings"].base_url.rstrip("/")
    assert maps == [f"{base}/sitemap/places.xml", f"{base}/sitemap/topics-1.xml"]
    listed = locations(client.get("/sitemap/topics-1.xml"))
    assert listed == [f"{base}/t/{topics[0]}-which-script-glue-when"]
    places = locations(client.get("/sitemap/places.xml"))
    assert f"{base}/b/bench" in places
    assert not any("desk" in place for place in places)
    assert client.get("/sitemap/topics-9.xml").status_code == 404
    answer = client.get("/sitemap/topics-1.xml")
    assert answer.headers["Cache-Control"].startswith("public")
    assert client.get("/sitemap/topics-1.xml", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    robots = client.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert f"Sitemap: {base}/sitemap.xml" in robots.text


def data_of(page):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    (block,) = [one for one in blocks if "BreadcrumbList" not in one]
    return json.loads(block)


def test_a_question_says_what_was_asked_and_answered(client, topics):
    page = client.get(f"/t/{topics[0]}", follow_redirects=True).text
    said = data_of(page)
    question = said["mainEntity"]
    assert said["@type"] == "QAPage"
    assert question["name"] == "Which </script> glue & when"
    assert question["author"]["name"] == "Ada </script>"
    assert question["acceptedAnswer"]["text"].startswith("Warm.")
    assert [answer["text"].split(".")[0] for answer in question["suggestedAnswer"]] == ["Thanks"]
    assert 'property="og:title" content="Which &lt;/script&gt; glue &amp; when"' in page
    assert re.search(r'property="og:image" content="http[^"]+\.png', page)


def test_every_page_names_its_one_address(app, client, topics):
    base = app.extensions["settings"].base_url.rstrip("/")
    for asked, named in (
        ("/", "/"),
        ("/latest?utm=x", "/latest"),
        ("/b/bench?order=title", "/b/bench"),
        (f"/t/{topics[0]}-which-script-glue-when?from=3", f"/t/{topics[0]}-which-script-glue-when"),
        ("/tags", "/tags"),
    ):
        assert f'<link rel="canonical" href="{base}{named}">' in client.get(asked).text, asked


def test_pages_with_nothing_to_find_are_left_out(app, client, topics):
    with writing(app) as session:
        cast.newcomer(session, "newt")
        cast.tag(session, "empty")
    for path in ("/u/newt", "/tags/empty", "/search?q=x", f"/t/{topics[0]}/related"):
        assert 'name="robots" content="noindex"' in client.get(path).text, path
    for path in ("/u/ada", "/b/bench", "/"):
        assert "noindex" not in client.get(path).text, path


def test_a_deleted_topic_is_gone_and_a_closed_one_was_never_there(client, topics):
    assert client.get(f"/t/{topics[2]}").status_code == 410
    assert client.get(f"/t/{topics[1]}").status_code == 404


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=30) | st.just("</script><!--")))
def test_nothing_ends_the_block_of_data(said):
    block = as_block(said)
    assert not set("<>&") & set(block)
    assert json.loads(block) == said
