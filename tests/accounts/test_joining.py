"""Joining: the mail, the confirmation, and that nobody learns who is here already."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts import actions, passwords, queries
from forum.accounts.models import Account, Token
from forum.jobs.models import Job
from forum.mail.models import OutboxMessage
from tests import cast
from tests.accounts.people import PASSWORD, enter, link_in, mails, post, somebody
from tests.machines.databases import reading, writing

ADA = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}


def join(client, clock, **given):
    """A person fills in the form in half a minute."""
    page = client.get("/sign-up").get_data(as_text=True)
    fields = dict(re.findall(r'name="(csrf_token|started)"[^>]*value="([^"]+)"', page))
    clock.shift(timedelta(seconds=30))
    return client.post("/sign-up", data={**fields, **ADA, **given})


def accounts(app):
    with reading(app) as session:
        return session.scalars(select(Account).order_by(Account.id)).all()


def test_somebody_joins_confirms_and_signs_in(app, client, clock):
    answer = join(client, clock)
    assert (answer.status_code, answer.location) == (303, "/sign-up/sent")
    assert accounts(app) == []
    (mail,) = mails(app)
    assert mail.to == "ada@example.org"
    assert mail.is_secret
    assert "Hello Ada," in mail.text
    link = link_in(mail)
    assert "ada@example.org" in client.get(link).get_data(as_text=True)
    assert accounts(app) == []
    confirmed = client.submit(link)
    assert confirmed.location == "/sign-in?login=Ada"
    (account,) = accounts(app)
    assert account.name == "Ada"
    assert account.confirmed_at is not None
    assert account.trust == "newcomer"
    assert enter(client, page=confirmed.location).status_code == 303


def test_the_link_works_once(app, client, clock):
    join(client, clock)
    link = link_in(mails(app)[0])
    assert client.submit(link).status_code == 303
    assert client.get(link).status_code == 410
    assert post(client, link).status_code == 410
    assert len(accounts(app)) == 1


def test_the_link_works_for_forty_eight_hours(app, client, clock):
    join(client, clock)
    link = link_in(mails(app)[0])
    clock.shift(timedelta(hours=47, minutes=59))
    assert client.get(link).status_code == 200
    clock.shift(timedelta(minutes=2))
    assert client.get(link).status_code == 410
    assert post(client, link).status_code == 410
    assert accounts(app) == []


def test_only_hashes_are_kept_of_secret_and_password(app, client, clock):
    join(client, clock)
    secret = link_in(mails(app)[0]).rsplit("/", 1)[1]
    with reading(app) as session:
        token = session.scalars(select(Token)).one()
    kept = repr({column.name: getattr(token, column.name) for column in Token.__table__.columns})
    assert secret not in kept
    assert PASSWORD not in kept


def test_opening_the_link_confirms_nothing_since_mail_programs_open_links_too(app, client, clock):
    join(client, clock)
    for _ in range(3):
        assert client.get(link_in(mails(app)[0])).status_code == 200
    assert accounts(app) == []


# ── nobody learns who is here ─────────────────────────────────────────────────────────────────────────────────────────


def seen(answer):
    """Everything of an answer that a stranger could compare."""
    text = re.sub(r'value="[^"]{20,}"', "", answer.get_data(as_text=True))
    changing = ("Date", "Set-Cookie", "Content-Length", "Retry-After", "X-RateLimit")
    headers = {name: value for name, value in answer.headers if not name.startswith(changing)}
    return answer.status_code, text, headers


def test_a_known_address_and_an_unknown_one_are_answered_alike(app, client, clock):
    somebody(app, "bea")
    unknown = seen(join(client, clock, name="Fresh-Face", email="new@example.org"))
    known = seen(join(client, clock, name="Fresh-Face", email="bea@example.org"))
    assert unknown == known
    assert seen(client.get("/sign-up/sent"))[0] == 200


def test_a_known_address_gets_another_mail_than_an_unknown_one(app, client, clock):
    somebody(app, "bea")
    join(client, clock, email="BEA@example.org")
    (mail,) = mails(app)
    assert mail.cause == "known_already"
    assert mail.to == "bea@example.org"
    assert "/reset/" in mail.text
    assert len(accounts(app)) == 1


def test_neither_leaves_a_name_behind_by_which_one_could_tell(app, client, clock):
    somebody(app, "bea")
    join(client, clock, name="probe-one", email="new@example.org")
    join(client, clock, name="probe-two", email="bea@example.org")
    assert client.get("/u/probe-one").status_code == client.get("/u/probe-two").status_code == 404
    assert enter(client, "probe-one").status_code == enter(client, "probe-two").status_code == 422
    for name in ("probe-one", "probe-two"):
        assert join(client, clock, name=name, email="other@example.org").status_code == 303


def test_both_cost_one_hash_and_the_same_number_of_writes(app, client, clock, monkeypatch):
    somebody(app, "bea")
    hashed = []
    real = passwords.hash_password
    monkeypatch.setattr(passwords, "hash_password", lambda password: hashed.append(password) or real(password))
    counts = []
    for email in ("new@example.org", "bea@example.org"):
        hashed.clear()
        before = writes(app)
        join(client, clock, email=email)
        counts.append((len(hashed), [after - b for after, b in zip(writes(app), before, strict=True)]))
    assert counts[0] == counts[1]
    assert counts[0][0] == 1


def writes(app):
    with reading(app) as session:
        return [session.scalar(select(func.count()).select_from(m)) for m in (Account, Token, OutboxMessage, Job)]


def test_the_mail_can_be_sent_again_to_known_and_unknown_alike(app, client, clock):
    somebody(app, "bea")
    answers = []
    for email in ("new@example.org", "bea@example.org"):
        join(client, clock, email=email)
        answers.append(seen(client.submit("/sign-up/sent", {}, form="again")))
    assert answers[0] == answers[1]
    assert [mail.cause for mail in mails(app)] == ["confirm_address"] * 2 + ["known_already"] * 2
    assert client.submit(link_in(mails(app)[1])).status_code == 303
    assert client.get(link_in(mails(app)[0])).status_code == 410


def test_after_five_mails_in_an_hour_an_address_is_left_in_peace(app, client, clock):
    answers = [join(client, clock).status_code for _ in range(7)]
    assert answers == [303] * 7
    assert len(mails(app)) == 5
    clock.shift(timedelta(hours=1))
    join(client, clock)
    assert len(mails(app)) == 6


# ── what a person may be called, and what comes back when they may not ────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "field"),
    (
        ({"name": "a"}, "name"),
        ({"name": "admin"}, "name"),
        ({"name": "Bea"}, "name"),
        ({"name": "b-e-a"}, None),
        ({"name": "раураl"}, "name"),
        ({"email": "nonsense"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "a\r\nBcc: x@example.org"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": "ada@example.org"}, "password"),
    ),
)
def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(app, client, clock, given, field):
    somebody(app, "bea")
    answer = join(client, clock, **given)
    text = answer.get_data(as_text=True)
    if field is None:
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert f'id="{field}-error"' in text
    kept = {"name": "Ada", "email": "ada@example.org"} | given
    for name in ("name", "email"):
        if "\n" not in kept[name]:
            assert f'value="{kept[name]}"' in text
    assert kept.get("password", PASSWORD) not in text.replace("ada@example.org", "", 1)
    assert mails(app) == []


def test_everything_that_is_wrong_is_said_at_once(app, client, clock):
    text = join(client, clock, name="a", email="b", password="c").get_data(as_text=True)
    assert all(f'id="{field}-error"' in text for field in ("name", "email", "password"))


def test_a_name_that_somebody_had_once_is_not_given_to_another(app, client, clock):
    person = somebody(app, "bea")
    with writing(app) as session:
        actions.rename(session, cast.actor(session, person), session.get(Account, person.id), "Beatrix")
    assert join(client, clock, name="bea").status_code == 422


def test_whose_name_was_taken_meanwhile_chooses_another_on_the_confirmation_page(app, client, clock):
    join(client, clock)
    somebody(app, "ada", email="else@example.org", email_key="else@example.org")
    link = link_in(mails(app)[0])
    refused = client.submit(link)
    assert refused.status_code == 422
    assert 'id="name-error"' in refused.get_data(as_text=True)
    assert post(client, link, name="Ada-L").status_code == 303
    with reading(app) as session:
        assert queries.by_name(session, "ada-l").email == "ada@example.org"


def test_two_sign_ups_with_one_address_give_one_account(app, client, clock):
    join(client, clock)
    join(client, clock, name="Ada-Two")
    first, second = (link_in(mail) for mail in mails(app))
    assert client.submit(first).status_code == 303
    assert client.get(second).status_code == 410
    assert [account.name for account in accounts(app)] == ["Ada"]


# ── programs ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_program_that_fills_in_everything_gets_nowhere(app, client, clock):
    answer = join(client, clock, website="https://spam.example")
    assert answer.status_code == 422
    assert "trap" in answer.get_data(as_text=True)
    assert mails(app) == []


def test_a_program_that_is_too_quick_gets_nowhere_and_a_person_presses_again(app, client, clock):
    assert client.submit("/sign-up", ADA).status_code == 422
    page = client.submit("/sign-up", ADA)
    fields = dict(re.findall(r'name="(csrf_token|started)"[^>]*value="([^"]+)"', page.get_data(as_text=True)))
    clock.shift(timedelta(seconds=3))
    assert client.post("/sign-up", data={**fields, **ADA}).status_code == 303


def test_a_made_up_start_counts_for_nothing(app, client, clock):
    assert join(client, clock, started="0").status_code == 422
    assert mails(app) == []


def test_a_form_without_its_token_changes_nothing(app, client, clock):
    assert client.post("/sign-up", data=ADA).status_code == 400
    assert mails(app) == []


def test_a_member_who_is_in_need_not_join_again(app, client):
    somebody(app)
    enter(client)
    assert client.get("/sign-up").status_code == 303
