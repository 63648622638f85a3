"""Another e-mail address: the old one agrees, then the new one."""

from __future__ import annotations

from datetime import timedelta

from forum.accounts import queries
from tests.accounts.people import PASSWORD, enter, link_in, mails, post, somebody
from tests.machines.databases import reading


def ask(client, email="ada@example.net", password=PASSWORD):
    return client.submit("/settings/account", {"new_email": email, "address_password": password})


def address(app, name="ada"):
    with reading(app) as session:
        return queries.by_name(session, name).email


def test_an_account_moves_when_both_addresses_agree(app, client):
    somebody(app)
    enter(client)
    assert ask(client).status_code == 303
    (old,) = mails(app)
    assert (old.to, old.cause) == ("ada@example.org", "leave_address")
    assert post(client, link_in(old)).status_code == 303
    assert address(app) == "ada@example.org"
    new = mails(app)[1]
    assert (new.to, new.cause) == ("ada@example.net", "take_address")
    assert post(client, link_in(new)).status_code == 303
    assert address(app) == "ada@example.net"
    told = mails(app)[2]
    assert (told.to, told.cause) == ("ada@example.org", "address_changed")


def test_the_new_address_alone_is_not_enough(app, client):
    somebody(app)
    enter(client)
    ask(client)
    secret = link_in(mails(app)[0]).rsplit("/", 1)[1]
    assert post(client, f"/address/take/{secret}").status_code == 410
    assert address(app) == "ada@example.org"


def test_the_password_is_needed(app, client):
    somebody(app)
    enter(client)
    refused = ask(client, password="a guess")
    assert refused.status_code == 422
    assert 'value="ada@example.net"' in refused.get_data(as_text=True)
    assert mails(app) == []


def test_an_address_of_another_is_not_told_of_and_not_taken(app, client):
    somebody(app)
    somebody(app, "bea")
    enter(client)
    assert ask(client, "bea@example.org").status_code == 303
    assert post(client, link_in(mails(app)[0])).status_code == 303
    mail = mails(app)[1]
    assert (mail.to, mail.cause) == ("bea@example.org", "address_is_taken")
    assert "/address/" not in mail.text
    assert address(app) == "ada@example.org"


def test_an_address_taken_meanwhile_is_refused(app, client):
    somebody(app)
    enter(client)
    ask(client)
    post(client, link_in(mails(app)[0]))
    link = link_in(mails(app)[1])
    somebody(app, "bea", email="ada@example.net", email_key="ada@example.net")
    assert post(client, link).status_code == 409
    assert address(app) == "ada@example.org"


def test_asking_again_makes_the_first_links_void(app, client):
    somebody(app)
    enter(client)
    ask(client, "one@example.net")
    ask(client, "two@example.net")
    first, second = (link_in(mail) for mail in mails(app))
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_the_same_address_is_no_change(app, client):
    somebody(app)
    enter(client)
    assert ask(client, "ADA@example.org").status_code == 422


def test_the_links_run_out_after_forty_eight_hours(app, client, clock):
    somebody(app)
    enter(client)
    ask(client)
    clock.shift(timedelta(hours=49))
    assert client.get(link_in(mails(app)[0])).status_code == 410
