"""How often: people are never stopped, programs are, and nobody gets round it by a header or a Redis that is away."""

from __future__ import annotations

import re

import pytest
import redis
from flask_limiter.util import get_remote_address

from forum.core.web.limits import CHANGES, limiter
from tests import cast
from tests.accounts.people import enter, somebody
from tests.machines.databases import writing
from tests.machines.visitor import Visitor

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture(autouse=True)
def as_before(app):
    """The limiter is one for the process: what a test told it is taken back."""
    kept = dict(vars(limiter))
    yield
    vars(limiter).update(kept)
    limiter.reset()


def visitor(app, address="127.0.0.1", **headers):
    client = Visitor(app, app.response_class)
    client.environ_base["REMOTE_ADDR"] = address
    for name, value in headers.items():
        client.environ_base["HTTP_" + name.upper()] = value
    return client


def tries(client, count, login="ada"):
    return [enter(client, login, "guess").status_code for _ in range(count)]


def test_whoever_reads_a_lot_is_never_stopped(app, client, clock):
    """A page brings its pictures: two hundred requests in a minute are a person who reads."""
    for _ in range(200):
        answer = client.get("/tags")
        answer.close()
        assert answer.status_code == 200


def test_what_costs_a_search_or_many_long_texts_is_asked_at_the_pace_of_a_reader(app, client, clock):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session), cast.member(session, "ada"))
    for path, most in ((f"/t/{topic.id}/related", 120), (f"/p/{topic.last_post_id}/history", 60)):
        answers = [client.get(path).status_code for _ in range(most + 1)]
        assert answers == [200] * most + [429], path


def test_two_changes_a_second_are_a_program(app, client, clock):
    """Every change of one address counts, whatever it is."""
    with writing(app) as session:
        cast.sign_in(client, session, cast.member(session, "ada"))
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/settings").text)[1]
    most = int(CHANGES.partition("/")[0])
    answers = [client.post("/read", data={"csrf_token": token}).status_code for _ in range(most + 1)]
    assert answers == [303] * most + [429]
    refused = client.post("/read", data={"csrf_token": token})
    assert "Retry-After" in refused.headers
    assert "<h1" in refused.text
    assert client.get("/settings").status_code == 200
    clock.shift(61)
    assert client.post("/read", data={"csrf_token": token}).status_code == 303


def test_who_is_too_fast_keeps_their_words_and_nobody_beside_them_waits(app, client, clock):
    """A classroom behind one address is many people."""
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session), cast.member(session, "ada"))
        for visiting, name in ((client, "bo"), (beside := visitor(app), "cleo")):
            cast.sign_in(visiting, session, cast.member(session, name))
    page = f"/t/{topic.id}-{topic.slug}"
    token = client.held(page, "body")["csrf_token"]
    for _ in range(int(CHANGES.split("/")[0])):
        client.post("/read", data={"csrf_token": token})
    answer = client.submit(page, {"body": "Short words."}, form="reply")
    assert answer.status_code == 429
    assert "Short words." in answer.text
    assert "Nothing is lost: please wait a minute" in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert beside.submit(page, {"body": "My own words."}, form="reply").status_code == 303


def test_an_address_that_tries_many_names_has_to_wait(app, clock):
    client = visitor(app, "198.51.100.1")
    assert [enter(client, f"name{number}", "guess").status_code for number in range(8)] == [422] * 6 + [429] * 2
    assert enter(visitor(app, "198.51.100.2"), "name9", "guess").status_code == 422


def test_a_forged_header_makes_nobody_another(app, clock):
    """Without a proxy in the settings, what a request says of its address is not believed."""
    answers = []
    for number in range(8):
        headers = {
            "X-Forwarded-For": f"203.0.113.{number}",
            "X-Real-IP": f"203.0.113.{number}",
            "Forwarded": f"for=203.0.113.{number}",
        }
        answers.append(enter(visitor(app), f"name{number}", "guess", headers=headers).status_code)
    assert answers == [422] * 6 + [429] * 2


def test_behind_a_proxy_each_visitor_counts_alone(app, make_app, clock):
    """One proxy: the last address in the header is the visitor's, and what they put before it is not believed."""
    behind = make_app(FORUM_PROXIES="1")
    for number in range(8):
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        assert enter(visitor(behind), f"name{number}", "guess", headers=headers).status_code == 422
    forged = []
    for number in range(8):
        headers = {"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.77"}
        forged.append(enter(visitor(behind), f"more{number}", "guess", headers=headers).status_code)
    assert forged == [422] * 6 + [429] * 2
    with behind.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert get_remote_address() == "127.0.0.1"


def test_several_servers_count_together_in_redis(app, make_app, redis_url, clock):
    somebody(app)
    shared = make_app(FORUM_REDIS_URL=redis_url)
    assert tries(visitor(shared, "198.51.100.1"), 3) + tries(visitor(shared, "198.51.100.2"), 4) == [422] * 6 + [429]
    with redis.Redis.from_url(redis_url) as connection:
        assert connection.dbsize() > 0


def test_while_redis_is_away_people_come_in_and_guesses_are_counted(app, make_app, clock):
    """No 500, no 429 for readers, and the limit at the door is the one that always holds."""
    somebody(app)
    alone = make_app(FORUM_REDIS_URL="redis://127.0.0.1:1/0")
    client = visitor(alone)
    assert [client.get("/tags").status_code for _ in range(130)] == [200] * 130
    assert tries(client, 7) == [422] * 6 + [429]
    assert enter(visitor(alone, "198.51.100.9"), "bea", "guess").status_code == 422


def test_somebody_who_comes_in_through_the_page_is_not_stopped_by_those_who_guess_elsewhere(app, clock):
    """Guessing at one name from many places stops that name for a minute, and no other."""
    somebody(app)
    somebody(app, "bea")
    for number in range(6):
        assert tries(visitor(app, f"198.51.100.{number}"), 1) == [422]
    assert enter(visitor(app, "198.51.100.50")).status_code == 429
    assert enter(visitor(app, "198.51.100.50"), "bea").status_code == 303
