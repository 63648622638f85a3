"""Every page of lists and topics asks the database a fixed number of questions, whatever the size of the place."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core import clock as clocks
from forum.posts import actions as posts
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import writing
from tests.machines.proof import PROVE
from tests.openness.scene import happened
from tests.posts.people import counted, enter, read
from tests.promises.crowded import community, reader

GUEST, MEMBER = 8, 12
PAGES = (
    *("/", "/latest", "/b/talk", "/b/talk?order=title", "/b/events", "/b/ideas", "/tags/gut", "/tags", "/questions"),
    *("/top", "/hot", "/hot?board=talk"),
)
OF_MEMBERS = ("/new", "/unread", "/notices", "/following", "/bookmarks", "/drafts", "/settings/notices")


def asked(app, client, address):
    """How many statements the page needed, what is done after the answer left out."""
    with counted(app) as said:
        answer = client.get(address)
        assert answer.status_code == 200, address
        _whole = answer.text
        count = len([one for one in said if not one.startswith(("PRAGMA", "BEGIN", "SET "))])
    answer.close()
    return count


# Small on one database, larger on the other: the budget knows no size. `make prove` has both, and a large one.
@pytest.mark.parametrize("topics", (20, 200) if PROVE else (None,))
def test_guests_and_members_pages_stay_within_their_budget(app, client, database, topics):
    topics = topics or {"sqlite": 40, "postgresql": 20}[database.kind]
    with writing(app) as session:
        full = community(session, topics)
        addresses = (*PAGES, *full.values(), *(f"{address}?page=2" for address in full.values()))
    counts = {address: asked(app, client, address) for address in addresses}
    assert {address: count for address, count in counts.items() if count > GUEST} == {}
    with writing(app) as session:
        cast.sign_in(client, session, reader(session, full))
    first = {address: asked(app, client, address) for address in (*full.values(), *addresses, *OF_MEMBERS)}
    again = {address: asked(app, client, address) for address in (*addresses, *OF_MEMBERS)}
    for counts in (first, again):
        assert {address: count for address, count in counts.items() if count > MEMBER} == {}
    text = read(client, full["event"])
    for there in ('aria-pressed="true"', "Which gut?", "Begun", "A post by somebody you ignore", "Change the bookmark"):
        assert there in text, f"the page that is counted has no {there}"


def test_writing_pages_stay_within_their_budget(app, client):
    with writing(app) as session:
        full = community(session, 20)["question"]
        topic = int(full.split("/")[2].split("-")[0])
        opening = session.query(Post.id).filter_by(topic_id=topic, number=1).scalar()
    enter(app, client, "person-0")
    for address in (f"/p/{opening}/edit", f"/p/{opening}/history", "/b/talk/new", f"{full}?quote={opening}"):
        assert asked(app, client, address) <= MEMBER + 1, address


def test_the_log_of_moderation_and_its_report_ask_as_much_however_much_was_done(app, client, clock, uncounted):
    addresses = {"/moderation/log": 15, "/moderation/log?rule=unkind&when=2026-q1": 15, "/moderation/log.atom": 6}
    addresses |= {"/moderation/report": 24}
    with writing(app) as session:
        place = happened(session, clock).place
        board, person, mo = place.board.id, place.ann.id, place.mo.id
    first = {address: asked(app, client, address) for address in addresses}
    assert {address: count for address, count in first.items() if count > addresses[address]} == {}
    with writing(app) as session:
        moderator = cast.actor(session, session.get_one(Account, mo))
        topic = cast.topic(session, session.get_one(Board, board), session.get_one(Account, person))
        for _n in range(30):
            cast.sanction(session, session.get_one(Account, person), "warning", since=clocks.now())
            cast.board(session)
            posts.lock(session, moderator, topic), posts.unlock(session, moderator, topic)
    clock.shift(timedelta(days=1))
    assert {address: asked(app, client, address) for address in addresses} == first
    page = client.get("/moderation/log").text
    before = re.search(r"/moderation/log\?before=([\w.-]+)", page)
    assert before is not None
    assert asked(app, client, before[0]) == first["/moderation/log"]
