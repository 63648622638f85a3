"""Every page can be reached by links, by whoever may see it; and below home every page says where it is."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from forum import identity
from forum.accounts.models import Account
from forum.app import create_app
from forum.core import clock
from forum.core.settings import Settings
from forum.core.web import running
from forum.demo import rendering, seed
from forum.demo.texts import load
from tests import cast
from tests.machines.databases import dispose, migrate, writing
from tests.machines.visitor import Visitor

ADDRESS = re.compile(r'(?:href|action)="([^"#]+)')
CRUMBS = re.compile(r'<nav class="crumbs" aria-label="[^"]+">(.*?)</nav>', re.DOTALL)
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

# Pages to which no link leads, each with its reason.
UNLINKED = {
    "accounts.sign_up_sent": "follows on joining",
    "accounts.forgot_sent": "follows on asking for a password",
    "accounts.setup": "its link is printed where the forum is started",
    "accounts.sign_up": "for guests",
    "posts.waiting": "follows on writing before joining",
    "site.language": "guests find it at the foot; members choose in their settings",
    "organization.banner": "guests find it beside the banner, while there is one",
    "moderation.statement": "its notice, its mail and the stub of a post lead to it",
    "moderation.about_whole_post": "the stub of a post that moderators took away leads through it",
    "moderation.objection": "the queue leads through it",
    "pages.accept": "offered while something is to be accepted",
    "sanctions.warning": "offered while a warning is to be read",
    "posts.similar_topics": "the form of a new topic asks for it",
    "posts.tool_run": "follows on using a tool; listed there afterwards",
    "posts.complete": "the editor asks for it",
    "posts.guard_reply": "the editor asks for it",
    "posts.guard_topic": "the editor asks for it",
}
# Doors and errors stand alone: one comes through them, and they lead on.
WITHOUT_WAY = re.compile(r"(accounts\.(sign_in|sign_up|sign_up_sent|forgot|forgot_sent|setup)|posts\.home)$")
OWN = Settings().base_url
A_FEW = 3  # addresses of a kind: one topic stands for all


def crawl(app, client):
    """Endpoint → what its pages said, from home along the links; a few pages of each kind."""
    routes = app.url_map.bind("forum.test")
    seen, waiting, visits, found = {"/"}, deque(["/"]), Counter(), {}
    while waiting:
        address = waiting.popleft()
        path = urlsplit(address).path
        try:
            endpoint = routes.match(path, method="GET")[0]
        except HTTPException:  # the address of a form, or one that leads on
            continue
        visits[endpoint] += 1
        if endpoint == "static" or visits[endpoint] > A_FEW:
            continue
        answer = client.get(address)
        found.setdefault(endpoint, [])
        links = [answer.location] if answer.location else []
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found[endpoint].append((address, answer.text))
            links = ADDRESS.findall(answer.text)
        for link in links:
            parts = urlsplit(urljoin(f"{OWN}{path}", unescape(link)))
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if link.startswith("/") or f"{parts.scheme}://{parts.netloc}" == OWN:
                waiting.extend([target] if target not in seen else [])
                seen.add(target)
    return found


def plain_pages(app, client):
    """Endpoints without arguments that show this person a page."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.endpoint != "static":
            answer = client.get(rule.rule)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield rule.endpoint


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo community, for all who walk through it."""
    app = create_app(Settings(env="test", data_dir=tmp_path_factory.mktemp("demo"), secret_key="only a test" * 4))
    migrate(app)
    with writing(app) as session:
        logins = seed.invent_logins(load().people)
        seed.seed(session, rendering.prepare(), logins, clock.now(), running.storage().put, identity.actor_for)
    yield app
    dispose(app)


@pytest.fixture
def walker(demo):
    return Visitor(demo, demo.response_class, use_cookies=True)


@pytest.mark.parametrize("who", ["", "isolde-q", "ines"], ids=["guest", "member", "administrator"])
def test_every_page_is_reached_by_links_and_says_where_it_is(demo, walker, who):
    if who:
        with writing(demo) as session:
            cast.sign_in(walker, session, session.query(Account).filter_by(name=who).one())
    found = crawl(demo, walker)
    assert len(found) > 15
    lost = set(plain_pages(demo, walker)) - set(found) - set(UNLINKED)
    assert lost == set()
    pages = [(endpoint, *page) for endpoint, shown in found.items() for page in shown]
    silent = {
        address
        for endpoint, address, text in pages
        if "<html" in text and not WITHOUT_WAY.search(endpoint) and len(CRUMBS.findall(text)) != 1
    }
    assert silent == set()
    for _endpoint, address, text in pages:
        for block in map(json.loads, BLOCK.findall(text)):
            if block["@type"] == "BreadcrumbList":
                steps = block["itemListElement"]
                assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), address
                assert all(step["item"].startswith("http") for step in steps[:-1]), address


def test_what_is_said_to_have_no_link_exists(demo):
    assert set(UNLINKED) <= {rule.endpoint for rule in demo.url_map.iter_rules()}
