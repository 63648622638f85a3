"""Passwords forgotten and changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import actions, proofs, queries
from forum.accounts.models import Account, AccountSession
from forum.core.errors import Invalid, Refused
from tests import cast
from tests.accounts.people import PASSWORD, enter, link_in, mails, post, somebody
from tests.accounts.test_joining import seen
from tests.machines.databases import reading, writing

NEW = "seven green bicycles"


def ask(client, login="ada"):
    return client.submit("/forgot", {"login": login})


def opens(app, password, login="ada"):
    with reading(app) as session:
        return proofs.by_login(session, login, password) is not None


def test_a_member_chooses_a_new_password_by_mail_and_is_in(app, client):
    somebody(app)
    assert ask(client).location == "/forgot/sent"
    (mail,) = mails(app)
    answer = client.submit(link_in(mail), {"password": NEW})
    assert answer.status_code == 303
    assert client.get("/settings").status_code == 200
    assert opens(app, NEW)
    assert not opens(app, PASSWORD)
    assert [m.cause for m in mails(app)] == ["reset_password", "password_changed"]


def test_a_reset_ends_every_other_session(app, client):
    person = somebody(app)
    with writing(app) as session:
        for number in range(3):
            session.add(
                AccountSession(
                    account_id=person.id,
                    secret_hash=str(number) * 64,
                    created_at=person.created_at,
                    last_seen_at=person.created_at,
                )
            )
    ask(client)
    client.submit(link_in(mails(app)[0]), {"password": NEW})
    with reading(app) as session:
        assert len(session.scalars(select(AccountSession)).all()) == 1


def test_the_link_works_once_and_its_sisters_are_void_too(app, client):
    somebody(app)
    ask(client)
    ask(client)
    first, second = (link_in(mail) for mail in mails(app))
    assert client.submit(first, {"password": NEW}).status_code == 303
    for link in (first, second):
        assert client.get(link).status_code == 410
        assert post(client, link, password="eleven blue kettles").status_code == 410
    assert opens(app, NEW)


def test_the_link_works_for_an_hour(app, client, clock):
    somebody(app)
    ask(client)
    link = link_in(mails(app)[0])
    clock.shift(timedelta(minutes=59))
    assert client.get(link).status_code == 200
    clock.shift(timedelta(minutes=2))
    assert client.get(link).status_code == 410
    assert post(client, link, password=NEW).status_code == 410
    assert opens(app, PASSWORD)


def test_a_weak_password_is_refused_and_the_link_still_works(app, client):
    somebody(app)
    ask(client)
    link = link_in(mails(app)[0])
    refused = client.submit(link, {"password": "ada"})
    assert refused.status_code == 422
    assert 'id="password-error"' in refused.get_data(as_text=True)
    assert client.submit(link, {"password": NEW}).status_code == 303


def test_whoever_is_asked_for_the_answer_is_the_same(app, client):
    somebody(app)
    with writing(app) as session:
        cast.placeholder(session, "old-hand")
    asked = ("ada", "ada@example.org", "nobody", "nobody@example.org", "old-hand", "not an address@")
    answers = [seen(ask(client, login)) for login in asked]
    assert all(answer == answers[0] for answer in answers)


def test_who_has_no_account_is_told_so_by_mail_and_nobody_else_is(app, client):
    ask(client, "nobody@example.org")
    (mail,) = mails(app)
    assert mail.cause == "no_account"
    assert mail.to == "nobody@example.org"
    assert "/reset/" not in mail.text


def test_what_is_no_address_gets_no_mail(app, client):
    for login in ("nobody", "no@where", "a@b@example.org", "x" * 400 + "@example.org"):
        assert ask(client, login).status_code == 303
    assert mails(app) == []


def test_an_empty_question_is_asked_back(app, client):
    assert ask(client, " ").status_code == 422


def test_a_nonsense_link_leads_to_a_page_in_words(app, client):
    for kind in ("reset", "claim", "confirm", "address/leave", "address/take"):
        answer = client.get(f"/{kind}/nonsense")
        assert answer.status_code == 410
        assert "This link is over" in answer.get_data(as_text=True)


def test_a_link_of_one_kind_opens_nothing_of_another(app, client):
    somebody(app)
    ask(client)
    secret = link_in(mails(app)[0]).rsplit("/", 1)[1]
    for kind in ("claim", "confirm", "address/leave", "address/take"):
        assert client.get(f"/{kind}/{secret}").status_code == 410


# ── changed in the settings ───────────────────────────────────────────────────────────────────────────────────────────


def change(client, present, password):
    return client.submit("/settings/account", {"present": present, "password": password})


def test_a_member_changes_their_password_and_other_browsers_are_out(app, client):
    person = somebody(app)
    enter(client)
    with writing(app) as session:
        session.add(
            AccountSession(
                account_id=person.id, secret_hash="9" * 64, created_at=person.created_at, last_seen_at=person.created_at
            )
        )
    assert change(client, PASSWORD, NEW).status_code == 303
    assert client.get("/settings").status_code == 200
    assert opens(app, NEW)
    with reading(app) as session:
        assert len(session.scalars(select(AccountSession)).all()) == 1
    (mail,) = mails(app)
    assert mail.cause == "password_changed"
    assert not mail.is_secret


def test_the_present_password_is_needed(app, client):
    somebody(app)
    enter(client)
    refused = change(client, "a guess", NEW)
    assert refused.status_code == 422
    assert "not your present password" in refused.get_data(as_text=True)
    assert opens(app, PASSWORD)


def test_the_password_of_another_does_not_count(app):
    somebody(app)
    other = somebody(app, "bea")
    with writing(app) as session:
        proof = proofs.by_login(session, "ada", PASSWORD)
        bea = session.get(Account, other.id)
        with pytest.raises(Invalid):
            actions.change_password(session, cast.actor(session, bea), bea, proof, "hash")
        ada = queries.by_name(session, "ada")
        with pytest.raises(Refused):
            actions.change_password(session, cast.actor(session, bea), ada, proof, "hash")
