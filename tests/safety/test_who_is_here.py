"""Nobody learns from sign-up, sign-in or a forgotten password whether somebody has an account here."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.accounts import passwords
from forum.core import clock as time
from tests import cast
from tests.accounts.people import PASSWORD, enter, mails, somebody
from tests.machines.databases import writing
from tests.machines.visitor import Visitor

# Who may be behind an address, and how much of what is typed stands in the answer.
NAMES = ["ada", "sue", "dee", "ned", "ozy", "una", "zoe"]


@pytest.fixture
def people(app):
    """One of every kind; zoe is nobody."""
    somebody(app, "ada")
    sue = somebody(app, "sue")
    somebody(app, "dee", deactivated_at=time.now())
    somebody(app, "ned", trust="newcomer")
    somebody(app, "una", confirmed_at=None)
    with writing(app) as session:
        cast.suspend(session, sue)
        cast.placeholder(session, "ozy", email="ozy@example.org", email_key="ozy@example.org")


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was hashed or compared: what takes time at the door."""
    counted = []
    for name in ("verify", "hash_password"):
        real = getattr(passwords, name)
        monkeypatch.setattr(
            passwords, name, lambda *given, _real=real, _name=name: counted.append(_name) or _real(*given)
        )
    return counted


def seen(answer, *typed):
    """The answer as somebody compares it: status, headers and words without what they typed themselves and tokens."""
    text = answer.get_data(as_text=True)
    text = re.sub(r'(name="(?:csrf_token|started)"[^>]*?value=")[^"]*', r"\1", text)
    text = re.sub(r'(value=")[^"]*("[^>]*name="(?:csrf_token|started)")', r"\1\2", text)
    text = re.sub(r'<meta name="live"[^>]*>', "", text)  # when the page was made
    for word in typed:
        text = text.replace(word, "?")
    ignored = {"Set-Cookie", "Date", "Content-Length", "X-RateLimit-Reset", "X-RateLimit-Remaining", "Retry-After"}
    headers = {name: value.replace(typed[0], "?") for name, value in answer.headers.items() if name not in ignored}
    return answer.status_code, headers, "Set-Cookie" in answer.headers, text


def fresh(app, number):
    """A visitor from an address of their own, whom no limit stops."""
    visitor = Visitor(app, app.response_class)
    visitor.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
    return visitor


def alike(answers):
    first = next(iter(answers.values()))
    return {who: answer for who, answer in answers.items() if answer != first}


@pytest.mark.parametrize("login", ["{}", "{}@example.org"])
def test_a_wrong_password_says_the_same_of_everybody(app, people, hashed, login):
    answers, costs = {}, {}
    for number, name in enumerate(NAMES):
        hashed.clear()
        typed = login.format(name)
        answers[name] = seen(enter(fresh(app, number), typed, "not the password"), typed)
        costs[name] = list(hashed)
    assert alike(answers) == {}
    assert alike(costs) == {}
    assert answers["ada"][0] == 422


@pytest.mark.parametrize("login", ["{}", "{}@example.org"])
def test_a_forgotten_password_says_the_same_of_everybody(app, people, hashed, login):
    answers = {}
    for number, name in enumerate(NAMES):
        typed = login.format(name)
        visitor = fresh(app, number)
        sent = visitor.submit("/forgot", {"login": typed})
        answers[name] = (seen(sent, typed), seen(visitor.get(sent.location), typed))
    assert alike(answers) == {}
    assert hashed == []


def test_joining_with_an_address_that_is_known_looks_like_joining(app, people, hashed, clock):
    answers, costs = {}, {}
    for number, name in enumerate(NAMES):
        hashed.clear()
        visitor = fresh(app, number)
        visitor.get("/sign-up")
        fields = {"name": f"new{number}", "email": f"{name}@example.org", "password": "seven grey wagtails"}
        sent = join(visitor, fields, clock)
        shown = visitor.get(sent.location)
        again = visitor.submit("/sign-up/sent", {}, form="again")
        typed = (fields["email"], fields["name"])
        answers[name] = (seen(sent, *typed), seen(shown, *typed), seen(again, *typed))
        costs[name] = list(hashed)
    assert alike(answers) == {}
    assert alike(costs) == {}
    assert answers["ada"][0][0] == 303


def join(visitor, fields, clock):
    """As a person does, who takes a moment."""
    page = visitor.get("/sign-up").get_data(as_text=True)
    held = dict(re.findall(r'name="(csrf_token|started)"[^>]*?value="([^"]*)"', page))
    clock.shift(timedelta(seconds=5))
    return visitor.post("/sign-up", data={**held, **fields})


def test_every_address_gets_one_mail_whoever_has_it(app, people, clock):
    """Somebody who waits for a mail in vain would have learned something too."""
    for number, name in enumerate(NAMES):
        fresh(app, number).submit("/forgot", {"login": f"{name}@example.org"})
    asked = sorted(mail.to for mail in mails(app))
    assert asked == sorted(f"{name}@example.org" for name in NAMES)
    for number, name in enumerate(NAMES):
        fields = {"name": f"new{number}", "email": f"{name}@example.org", "password": "seven grey wagtails"}
        join(fresh(app, 50 + number), fields, clock)
    assert sorted(mail.to for mail in mails(app)) == sorted(asked * 2)


def test_taking_an_address_that_somebody_has_looks_like_taking_a_free_one(app, people, client):
    enter(client)
    answers = {}
    for name in ("sue", "ozy", "zoe", "dee"):
        email = f"{name}@example.org"
        sent = client.submit("/settings/account", {"new_email": email, "address_password": PASSWORD}, form="address")
        answers[name] = (seen(sent, email), seen(client.get("/settings/account"), email))
    assert alike(answers) == {}


def test_the_seventh_try_is_refused_for_nobody_as_for_somebody(app, people):
    answers = {}
    for name in ("ada", "zoe", "ozy"):
        tries = [enter(fresh(app, number), name, "guess") for number in range(100, 107)]
        answers[name] = [seen(one, name) for one in tries]
        assert tries[-1].status_code == 429
    assert alike(answers) == {}


def test_people_who_cannot_be_seen_have_no_page(app, people, client):
    """Neither the unconfirmed nor the deactivated; an unknown name gets the same answer."""
    answers = {name: seen(client.get(f"/u/{name}"), name) for name in ("una", "dee", "zoe")}
    assert alike(answers) == {}
    assert answers["zoe"][0] == 404
    pictures = {name: seen(client.get(f"/u/{name}/avatar"), name) for name in ("una", "dee", "zoe")}
    assert alike(pictures) == {}


def test_nobody_finds_an_address_on_any_page_of_a_person(app, people, client):
    for viewer in (None, "ned"):
        if viewer:
            enter(client, viewer)
        for name in ("ada", "sue", "ozy"):
            assert "@example.org" not in client.get(f"/u/{name}").get_data(as_text=True)


def test_a_link_that_was_guessed_says_no_more_than_one_that_was_used(app, client):
    for kind in ("confirm", "reset", "claim", "address/leave", "address/take"):
        answers = {
            secret: seen(client.get(f"/{kind}/{secret}"), secret)
            for secret in ("guessed", "QWERTY" * 7, "0123456789", "x" * 2000)
        }
        assert alike(answers) == {}, kind
        assert answers["guessed"][0] == 410
