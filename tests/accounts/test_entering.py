"""Signing in and out: sessions that rotate, run out, are listed and revoked; limits; nothing said about who is here."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from forum.accounts import passwords, proofs
from forum.accounts.actions import entering
from forum.accounts.models import Account, AccountSession
from forum.core import clock as time
from forum.core.errors import Refused
from tests import cast
from tests.accounts.people import PASSWORD, cookie_of, enter, post, somebody
from tests.machines.databases import reading, writing


def sessions(app):
    with reading(app) as session:
        return session.scalars(select(AccountSession).order_by(AccountSession.id)).all()


def is_in(client):
    return client.get("/settings").status_code == 200


def test_a_member_signs_in_with_their_name(app, client):
    somebody(app)
    answer = enter(client)
    assert answer.status_code == 303
    assert answer.location == "/"
    assert is_in(client)


def test_a_member_signs_in_with_their_address_in_any_case(app, client):
    somebody(app)
    assert enter(client, "ADA@Example.ORG").status_code == 303


def test_a_member_signs_in_with_their_name_in_capitals_and_spaces_around_it(app, client):
    somebody(app)
    assert enter(client, " ADA ").status_code == 303


def test_a_wrong_password_and_an_unknown_name_get_the_very_same_answer(app, client):
    somebody(app)
    known = enter(client, "ada", "not the password")
    unknown = enter(client, "eve", "not the password")
    address = enter(client, "eve@example.org", "not the password")
    assert known.status_code == unknown.status_code == address.status_code == 422
    text = known.get_data(as_text=True)
    assert "do not belong together" in text
    assert without_token(text.replace("ada", "?")) == without_token(unknown.get_data(as_text=True).replace("eve", "?"))


def without_token(text):
    return re.sub(r'name="csrf_token" value="[^"]*"|value="[^"]*csrf[^"]*"', "", text)


def test_a_password_is_hashed_whether_the_account_exists_or_not(app, client, monkeypatch):
    somebody(app)
    with writing(app) as session:
        cast.placeholder(session, "old-hand")
    asked = []
    real = passwords.verify
    monkeypatch.setattr(passwords, "verify", lambda *given: asked.append(given) or real(*given))
    for login in ("ada", "nobody", "nobody@example.org", "old-hand"):
        enter(client, login, "not the password")
    assert len(asked) == 4


def test_what_was_typed_as_a_name_comes_back_and_the_password_does_not(app, client):
    somebody(app)
    text = enter(client, "Ada", "guess number one").get_data(as_text=True)
    assert 'value="Ada"' in text
    assert "guess number one" not in text


def test_a_placeholder_cannot_sign_in(app, client):
    with writing(app) as session:
        cast.placeholder(session, "old-hand")
    assert enter(client, "old-hand", "").status_code == 422
    assert enter(client, "old-hand", "None").status_code == 422


def test_a_suspended_member_may_sign_in_to_read(app, client):
    ada = somebody(app)
    with writing(app) as session:
        cast.suspend(session, ada)
    assert enter(client).status_code == 303


def test_a_deactivated_account_opens_nothing(app, client):
    somebody(app, deactivated_at=time.now())
    assert enter(client).status_code == 422


def test_a_member_goes_on_to_where_they_wanted(app, client):
    somebody(app)
    first = client.get("/settings/sessions")
    assert first.status_code == 303
    assert "/sign-in?next=/settings/sessions" in first.location
    assert enter(client, page=first.location).location == "/settings/sessions"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(app, client, elsewhere):
    somebody(app)
    assert client.post("/sign-in", data={"next": elsewhere}).status_code == 400  # no token, no form
    page = client.get("/sign-in", query_string={"next": elsewhere}).get_data(as_text=True)
    assert "evil" not in page
    assert "alert" not in page
    assert enter(client, page=f"/sign-in?next={elsewhere}").location == "/"


def test_the_session_is_another_after_each_sign_in(app, client):
    somebody(app)
    with cookie_of(client) as cookie:
        cookie["planted"] = "by somebody else"
    enter(client)
    with cookie_of(client) as cookie:
        first = cookie["_user_id"]
        assert "planted" not in cookie
        assert cookie.permanent
    with writing(app) as session:
        proof = proofs.by_login(session, "ada", PASSWORD)
        row = session.scalars(select(AccountSession)).one()
        person = session.scalars(select(Account)).one()
        actor = cast.actor(session, person)
        again = entering.sign_in(session, replace(actor, session_id=row.id), proof, entering.Device())
    assert again.secret != first
    assert [row.id for row in sessions(app)] == [again.row.id]
    assert not is_in(client)


def test_only_a_hash_of_the_secret_is_kept(app, client):
    somebody(app)
    enter(client)
    with cookie_of(client) as cookie:
        secret = cookie["_user_id"]
    (row,) = sessions(app)
    assert secret not in (row.secret_hash, row.user_agent, row.address)
    assert len(row.secret_hash) == 64


def test_a_password_changed_between_proof_and_entry_does_not_let_in(app):
    somebody(app)
    with writing(app) as session:
        proof = proofs.by_login(session, "ada", PASSWORD)
        session.scalars(select(Account)).one().password_hash = passwords.hash_password("another good one")
        with pytest.raises(Refused):
            entering.sign_in(session, cast.actor(session, None), proof, entering.Device())


def test_an_older_hash_becomes_one_of_todays_costs(app, client):
    older = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    with writing(app) as session:
        cast.member(session, "ada", password_hash=older)
    enter(client)
    with reading(app) as session:
        kept = session.scalars(select(Account.password_hash)).one()
    assert kept != older
    assert not passwords.needs_rehash(kept)


def test_signing_out_ends_the_session_here_and_on_the_server(app, client):
    somebody(app)
    enter(client)
    assert client.get("/sign-out").status_code == 405
    assert client.submit("/settings", {}, form="sign-out").status_code == 303
    assert sessions(app) == []
    assert not is_in(client)


def test_a_session_that_nobody_uses_for_sixty_days_is_over(app, client, clock):
    somebody(app)
    enter(client)
    clock.shift(timedelta(days=59))
    assert is_in(client)
    client.get("/settings").close()
    clock.shift(timedelta(days=59))
    assert is_in(client)
    clock.shift(timedelta(days=61))
    assert not is_in(client)


def test_presence_is_noted_every_five_minutes_at_most(app, client, clock):
    somebody(app)
    enter(client)
    seen = sessions(app)[0].last_seen_at
    clock.shift(timedelta(minutes=4))
    client.get("/settings").close()
    assert sessions(app)[0].last_seen_at == seen
    clock.shift(timedelta(minutes=2))
    client.get("/settings").close()
    assert sessions(app)[0].last_seen_at == seen + timedelta(minutes=6)


def test_pictures_and_stylesheets_never_carry_a_cookie(app, client, clock):
    somebody(app)
    enter(client)
    clock.shift(timedelta(hours=1))
    for address in ("/u/ada/avatar", "/static/css/trellis.css?v=1"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        answer.close()


def test_a_member_sees_their_sessions_in_words_and_ends_one(app, client):
    person = somebody(app)
    enter(client, headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"})
    with writing(app) as session:
        other = AccountSession(
            account_id=person.id, secret_hash="0" * 64, created_at=time.now(), last_seen_at=time.now(),
            user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
        )  # fmt: skip
        session.add(other)
    text = client.get("/settings/sessions").get_data(as_text=True)
    assert "Firefox on Linux" in text
    assert "Safari on iPhone" in text
    assert text.count("this one") == 1
    assert client.submit("/settings/sessions", {}, form=f"/{other.id}/end").status_code == 303
    assert len(sessions(app)) == 1
    assert is_in(client)


def test_a_member_ends_all_other_sessions_and_stays(app, client):
    person = somebody(app)
    enter(client)
    with writing(app) as session:
        for number in range(3):
            session.add(
                AccountSession(
                    account_id=person.id, secret_hash=str(number) * 64, created_at=time.now(), last_seen_at=time.now()
                )
            )
    client.submit("/settings/sessions", {}, form="end-others")
    assert len(sessions(app)) == 1
    assert is_in(client)


def test_nobody_ends_the_session_of_another(app, client):
    somebody(app)
    other = somebody(app, "bea")
    enter(client)
    with writing(app) as session:
        row = AccountSession(account_id=other.id, secret_hash="1" * 64, created_at=time.now(), last_seen_at=time.now())
        session.add(row)
    answer = post(client, f"/settings/sessions/{row.id}/end")
    assert answer.status_code == 404
    assert len(sessions(app)) == 2


def test_the_seventh_try_within_a_minute_has_to_wait(app, client, clock):
    somebody(app)
    tries = [enter(client, "ada", "guess").status_code for _ in range(7)]
    assert tries == [422] * 6 + [429]
    assert enter(client).status_code == 429
    clock.shift(timedelta(seconds=61))
    assert enter(client).status_code == 303


def test_tries_on_one_account_are_counted_wherever_they_come_from(app, client):
    somebody(app)
    tries = [
        enter(client, "ada", "guess", environ_overrides={"REMOTE_ADDR": f"198.51.100.{number}"}).status_code
        for number in range(7)
    ]
    assert tries == [422] * 6 + [429]


def test_thirty_tries_an_hour_and_no_more(app, client, clock):
    somebody(app)
    tries = []
    for number in range(32):
        clock.shift(timedelta(seconds=15))
        tries.append(
            enter(client, "ada", "guess", environ_overrides={"REMOTE_ADDR": f"198.51.100.{number}"}).status_code
        )
    assert tries == [422] * 30 + [429] * 2


def test_tries_with_a_name_do_not_tell_whose_an_address_is(app, client):
    somebody(app)
    for number in range(6):
        enter(client, "ada", "guess", environ_overrides={"REMOTE_ADDR": f"198.51.100.{number}"})
    answer = enter(client, "ada@example.org", "guess", environ_overrides={"REMOTE_ADDR": "198.51.100.99"})
    assert answer.status_code == 422
