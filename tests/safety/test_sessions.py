"""A session belongs to one browser: it cannot be planted, forged, kept after its end, or read on the way."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from forum.accounts.models import AccountSession
from tests import cast
from tests.accounts.people import PASSWORD, enter, link_in, mails, somebody
from tests.machines.databases import reading, writing
from tests.machines.visitor import Visitor

PRIVATE = ["/settings", "/settings/account", "/settings/sessions"]


def visitor(app):
    return Visitor(app, app.response_class)


def cookie_of(client, app):
    host = re.sub(r"^https?://|:\d+$", "", app.extensions["settings"].base_url)
    return client.get_cookie("trellis", domain=host)


def with_cookie(app, value):
    host = re.sub(r"^https?://|:\d+$", "", app.extensions["settings"].base_url)
    client = visitor(app)
    client.set_cookie("trellis", value, domain=host)
    return client


def is_in(client):
    return client.get("/settings").status_code == 200


def secrets_of(app):
    with reading(app) as session:
        return set(session.scalars(select(AccountSession.secret_hash)))


def test_a_cookie_planted_before_sign_in_opens_nothing_after(app, client):
    """Session fixation: who gave somebody a cookie does not come in with them."""
    somebody(app)
    client.get("/sign-in")
    planted = cookie_of(client, app).value
    enter(client)
    assert is_in(client)
    assert cookie_of(client, app).value != planted
    assert not is_in(with_cookie(app, planted))


def test_a_form_token_from_before_sign_in_is_worth_nothing_after(app, client):
    somebody(app)
    page = client.get("/sign-in").get_data(as_text=True)
    planted = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    enter(client)
    assert client.post("/sign-out", data={"csrf_token": planted}).status_code == 400
    assert is_in(client)


def test_a_cookie_copied_before_sign_out_is_dead_after(app, client):
    somebody(app)
    enter(client)
    copied = with_cookie(app, cookie_of(client, app).value)
    assert is_in(copied)
    client.submit("/settings", {}, form="sign-out")
    assert not is_in(copied)


def test_a_revoked_session_stops_at_its_next_click(app, client):
    somebody(app)
    enter(client)
    stolen = visitor(app)
    enter(stolen)
    assert is_in(stolen)
    client.submit("/settings/sessions", {}, form="end-others")
    assert not is_in(stolen)
    assert is_in(client)


def test_signing_in_again_ends_the_session_that_this_browser_had(app, client):
    somebody(app)
    enter(client)
    before, copied = secrets_of(app), with_cookie(app, cookie_of(client, app).value)
    page = visitor(app).get("/sign-in").get_data(as_text=True)
    assert "csrf_token" in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/settings").get_data(as_text=True))[1]
    answer = client.post("/sign-in", data={"csrf_token": token, "login": "ada", "password": PASSWORD})
    assert answer.status_code == 303
    assert len(secrets_of(app)) == 1
    assert secrets_of(app) != before
    assert not is_in(copied)


def test_a_changed_password_ends_every_other_session_and_keeps_this_one(app, client):
    somebody(app)
    enter(client)
    others = [visitor(app) for _ in range(2)]
    for other in others:
        enter(other)
    client.submit("/settings/account", {"present": PASSWORD, "password": "four loud bitterns"}, form="password")
    assert is_in(client)
    assert not any(map(is_in, others))


def test_a_reset_password_ends_every_session_and_every_other_link(app, client):
    somebody(app)
    thief = visitor(app)
    enter(thief)
    client.submit("/forgot", {"login": "ada"})
    client.submit("/forgot", {"login": "ada"})
    first, second = (link_in(mail) for mail in mails(app))
    assert client.submit(second, {"password": "four loud bitterns"}).status_code == 303
    assert not is_in(thief)
    assert visitor(app).get(first).status_code == 410
    assert visitor(app).get(second).status_code == 410


def test_a_deactivated_account_is_out_at_once(app, client):
    person = somebody(app)
    enter(client)
    with writing(app) as session:
        session.merge(person).deactivated_at = person.created_at
    assert not is_in(client)


FORGERIES = [
    "",
    "nonsense",
    ".....",
    "a.b.c",
    "x" * 8000,
    "\x7f\x01",
    urlsafe_b64encode(json.dumps({"_user_id": "1"}).encode()).decode() + ".AAAA.AAAA",
    ".eJyrVopPLC3JiC8tTi2Kz0xRslIyVNKBCCtZ1eogi6QoWRnqKBWl5qQmFqcWAUUNlWoBmLkVSg.Zg.AAAA",  # says it is compressed
]


@pytest.mark.parametrize("forged", FORGERIES)
def test_whoever_brings_a_forged_cookie_is_a_guest(app, forged):
    client = with_cookie(app, forged)
    assert client.get("/tags").status_code == 200
    for path in PRIVATE:
        assert client.get(path).status_code == 303


def test_a_cookie_signed_with_another_key_is_a_guests(app, client, make_app):
    somebody(app)
    enter(client)
    other = make_app(FORUM_SECRET_KEY="another key, as after somebody changed it in a hurry")
    copied = with_cookie(other, cookie_of(client, app).value)
    assert copied.get("/tags").status_code == 200
    assert not is_in(copied)


def test_a_rightly_signed_cookie_with_a_guessed_secret_is_a_guests(app, client):
    """Whoever learned the signing key still needs a living session's secret."""
    person = somebody(app)
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    for secret in (str(person.id), person.name, "", "0", None, 1, ["x"], {"a": 1}, "x" * 4000, "\0", "\ud800"):
        forged = serializer.dumps({"_user_id": secret, "_fresh": True})
        assert not is_in(with_cookie(app, forged)), secret


def test_a_session_of_two_months_ago_is_over_even_if_its_cookie_is_not(app, client, clock):
    somebody(app)
    enter(client)
    clock.shift(timedelta(days=60, seconds=1))
    assert not is_in(client)


@pytest.mark.databases("sqlite")
def test_over_https_the_cookie_travels_nowhere_else(app, make_app):
    """HttpOnly, SameSite and, where people come over HTTPS, Secure; for this host and this path alone."""
    somebody(app)
    secure = make_app(FORUM_BASE_URL="https://forum.example.org")
    for place, over_https in ((app, False), (secure, True)):
        client = visitor(place)
        page = client.get("/sign-in")
        header = page.headers["Set-Cookie"]
        assert ("Secure" in header) is over_https
        assert "HttpOnly" in header
        assert "SameSite=Lax" in header
        assert "Domain" not in header
        assert ("Strict-Transport-Security" in page.headers) is over_https
        referer = {"Referer": place.extensions["settings"].base_url + "/sign-in"}
        header = enter(client, headers=referer).headers["Set-Cookie"]
        assert ("Secure" in header) is over_https
        assert "HttpOnly" in header


@pytest.mark.databases("sqlite")
def test_what_only_one_person_may_see_no_cache_keeps(app, client):
    somebody(app)
    enter(client)
    with writing(app) as session:
        board = cast.board(session, "workshop")
        topic = cast.topic(session, board, cast.member(session, "bea"))
    for path in (
        "/",
        "/settings",
        "/settings/sessions",
        "/u/bea",
        "/tags",
        "/b/workshop",
        f"/t/{topic.id}-{topic.slug}",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        control = answer.cache_control
        assert control.private, path
        assert not control.public, path
        assert "Cookie" in answer.headers.get("Vary", ""), path


@pytest.mark.databases("sqlite")
def test_no_other_site_may_frame_a_page_or_read_an_answer(app, client):
    somebody(app)
    enter(client)
    for path in ("/", "/settings", "/sign-in", "/u/ada/avatar", "/no/such/page", "/static/css/trellis.css"):
        answer = client.get(path, headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
        answer.close()
        assert answer.headers["X-Frame-Options"] == "DENY", path
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy or "sandbox" in policy, path
        assert not [name for name, _value in answer.headers if name.lower().startswith("access-control-")], path
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", path
    preflight = client.options("/sign-in", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in preflight.headers


@pytest.mark.databases("sqlite")
def test_a_form_sent_from_another_site_is_refused(app, client, make_app):
    """Over HTTPS the Referer is looked at too; a token that leaked is not enough."""
    somebody(app)
    secure = make_app(FORUM_BASE_URL="https://forum.example.org")
    client = visitor(secure)
    page = client.get("/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    fields = {"csrf_token": token, "login": "ada", "password": PASSWORD}
    assert client.post("/sign-in", data=fields, headers={"Referer": "https://evil.example/"}).status_code == 400
    assert (
        client.post("/sign-in", data=fields, headers={"Referer": "https://forum.example.org/sign-in"}).status_code
        == 303
    )
