"""Whatever a page complains about reaches the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, Response

from tests.machines.browser import Watch, axe, person
from tests.machines.live import Live

POLICY = "default-src 'self'; img-src 'self' data:"
PAGE = "<!doctype html><html lang=en><title>t</title><main><h1>h</h1>{}</main></html>"


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Live, dict[str, str]]]:
    app, pages, live = Flask("toy"), {"/": ""}, Live()

    @app.get("/<path:name>")
    def show(name: str) -> Response:
        body = PAGE.format(pages.get(name, "not here"))
        headers = {"Content-Security-Policy": POLICY}
        return Response(body, 200 if name in pages else 404, headers, mimetype="text/html")

    @app.get("/good.js")
    def good() -> Response:
        return Response("console.error('bad news')", mimetype="text/javascript")

    @app.get("/throws.js")
    def throws() -> Response:
        return Response("throw new Error('thrown')", mimetype="text/javascript")

    live.serve(app)
    yield live, pages
    live.close()


@pytest.mark.parametrize(
    ("body", "said"),
    (
        ("<script src=/good.js></script>", "bad news"),
        ("<script src=/throws.js></script>", "thrown"),
        ("<script>1</script>", "script-src"),
        ("<p style='color:red'>x</p>", "style-src"),
        ("<a id=a href=#a>x</a><img src='http://elsewhere.example/x.png' alt=''>", "third party"),
        ("<script src=/broken.js></script>", "404 for script"),
        ("<p>nothing wrong</p>", ""),
    ),
)
def test_a_complaint_is_heard(browser, place, body, said):
    live, pages = place
    pages["page"] = body
    watch = Watch(live.url)
    with person(browser, watch) as page:
        page.goto("/page")
        page.wait_for_load_state("networkidle")
    if said:
        with pytest.raises(AssertionError, match=said):
            watch.verdict()
    else:
        watch.verdict()


def test_an_error_page_is_no_complaint(browser, place):
    live, _pages = place
    watch = Watch(live.url)
    with person(browser, watch) as page:
        answer = page.goto("/nowhere")
        assert answer is not None
        assert answer.status == 404
    watch.verdict()


def test_without_javascript_nothing_runs(browser, place):
    live, pages = place
    pages["page"] = "<script src=/good.js></script>"
    watch = Watch(live.url)
    with person(browser, watch, javascript=False) as page:
        page.goto("/page")
        assert page.locator("h1").inner_text() == "h"
    watch.verdict()


def test_axe_finds_what_is_wrong_and_only_that(browser, place):
    live, pages = place
    watch = Watch(live.url)
    with person(browser, watch) as page:
        pages["page"] = "<p>fine</p>"
        page.goto("/page")
        assert axe(page) == []
        pages["page"] = "<img src=/good.js>"
        page.goto("/page")
        assert any(line.startswith("image-alt") for line in axe(page))
