"""Placeholders become the people they stand for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.accounts import actions, proofs, queries
from forum.accounts.models import Account
from forum.core.errors import Invalid, Refused
from tests import cast
from tests.accounts.people import PASSWORD, link_in, mails, post, somebody
from tests.accounts.test_joining import join
from tests.machines.databases import reading, writing

GIVEN = {"email": "old@example.org", "email_key": "old@example.org", "display_name": "Old Hand"}


def old_hand(app, **given):
    """An author of an earlier place."""
    with writing(app) as session:
        return cast.placeholder(session, "old-hand", **given)


def now_is(app):
    with reading(app) as session:
        return queries.by_name(session, "old-hand")


@pytest.mark.parametrize("way", ("join", "forgot"))
def test_whoever_reads_the_mail_of_an_author_takes_up_the_account(app, client, clock, way):
    before = old_hand(app, **GIVEN)
    if way == "join":
        join(client, clock, email="old@example.org")
    else:
        client.submit("/forgot", {"login": "old@example.org"})
    (mail,) = mails(app)
    assert mail.cause == "claim_account"
    page = client.get(link_in(mail)).get_data(as_text=True)
    assert "Are you Old Hand?" in page
    answer = client.submit(link_in(mail), {"password": PASSWORD})
    assert answer.location == "/u/old-hand"
    after = now_is(app)
    assert after.id == before.id
    assert not after.is_placeholder
    assert after.confirmed_at is not None
    assert after.created_at == before.created_at
    with reading(app) as session:
        assert proofs.by_login(session, "old@example.org", PASSWORD).account_id == before.id
    assert client.get("/settings").status_code == 200
    assert mails(app)[-1].cause == "claimed"


def test_a_profile_says_that_nobody_has_taken_it_up(app, client):
    old_hand(app)
    text = client.get("/u/old-hand").get_data(as_text=True)
    assert "Not here yet" in text
    assert "Here since" not in text


def test_an_administrator_invites_the_person_who_wrote_this(app, client, clock):
    author = old_hand(app)
    with writing(app) as session:
        admin = cast.actor(session, cast.administrator(session, "keeper"))
        actions.invite_to_claim(session, admin, session.get(Account, author.id), "someone@example.org")
    (mail,) = mails(app)
    assert mail.to == "someone@example.org"
    assert "within 14 days" in mail.text
    clock.shift(timedelta(days=13))
    assert client.submit(link_in(mail), {"password": PASSWORD}).status_code == 303
    assert now_is(app).email == "someone@example.org"


def test_only_administrators_invite(app):
    author = old_hand(app)
    with writing(app) as session:
        for person in (cast.member(session), cast.moderator(session), cast.staff(session), None):
            with pytest.raises(Refused):
                actions.invite_to_claim(
                    session, cast.actor(session, person), session.get(Account, author.id), "x@example.org"
                )


def test_an_address_that_somebody_has_is_not_invited(app):
    author = old_hand(app)
    somebody(app, "bea")
    with writing(app) as session:
        admin = cast.actor(session, cast.administrator(session, "keeper"))
        with pytest.raises(Invalid, match="bea"):
            actions.invite_to_claim(session, admin, session.get(Account, author.id), "bea@example.org")
        with pytest.raises(Invalid):
            actions.invite_to_claim(session, admin, queries.by_name(session, "bea"), "other@example.org")


def test_the_link_works_once(app, client, clock):
    old_hand(app, **GIVEN)
    client.submit("/forgot", {"login": "old-hand"})
    link = link_in(mails(app)[0])
    assert client.submit(link, {"password": PASSWORD}).status_code == 303
    assert client.get(link).status_code == 410
    assert post(client, "/sign-out").status_code == 303
    assert post(client, link, password="another good one").status_code == 410


def test_of_two_invitations_the_second_claim_finds_it_taken(app, client):
    author = old_hand(app)
    with writing(app) as session:
        admin = cast.actor(session, cast.administrator(session, "keeper"))
        for email in ("one@example.org", "two@example.org"):
            actions.invite_to_claim(session, admin, session.get(Account, author.id), email)
    first, second = (link_in(mail) for mail in mails(app))
    assert client.submit(first, {"password": PASSWORD}).status_code == 303
    assert client.get(second).status_code == 410
    assert now_is(app).email == "one@example.org"


def test_a_weak_password_claims_nothing(app, client):
    old_hand(app, **GIVEN)
    client.submit("/forgot", {"login": "old-hand"})
    assert client.submit(link_in(mails(app)[0]), {"password": "old-hand"}).status_code == 422
    assert now_is(app).is_placeholder
