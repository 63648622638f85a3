"""The first administrator, by command or by the printed link."""

from __future__ import annotations

from forum.accounts import actions, proofs, queries
from forum.accounts.drafts import sign_up
from forum.permissions import Group
from forum.site import queries as sites
from tests.accounts.people import PASSWORD, mails, post
from tests.machines.databases import reading, writing

KEEPER = {"name": "keeper", "email": "keeper@example.org", "password": PASSWORD}


def prepare(app):
    with writing(app) as session:
        return actions.prepare_setup(session)


def test_the_first_visitor_with_the_link_becomes_the_administrator_and_is_in(app, client):
    link = f"/setup/{prepare(app)}"
    assert client.submit(link, KEEPER).location == "/"
    assert client.get("/settings").status_code == 200
    with reading(app) as session:
        account = queries.by_name(session, "keeper")
        assert Group.ADMINISTRATORS in queries.groups_of(session, account)
        assert account.confirmed_at is not None
    assert mails(app) == []


def test_the_link_works_once(app, client):
    link = f"/setup/{prepare(app)}"
    client.submit(link, KEEPER)
    assert client.get(link).status_code == 410
    other = {"name": "other", "email": "other@example.org", "password": PASSWORD}
    assert post(client, link, **other).status_code == 410
    assert prepare(app) is None


def test_a_later_start_prints_another_link_and_the_first_is_void(app, client):
    first, second = prepare(app), prepare(app)
    assert client.get(f"/setup/{first}").status_code == 410
    assert client.get(f"/setup/{second}").status_code == 200


def test_a_guessed_link_opens_nothing(app, client):
    assert client.get("/setup/guess").status_code == 410
    prepare(app)
    assert client.get("/setup/guess").status_code == 410


def test_a_refused_form_keeps_the_link_alive(app, client):
    link = f"/setup/{prepare(app)}"
    refused = client.submit(link, KEEPER | {"password": "keeper"})
    assert refused.status_code == 422
    assert 'value="keeper@example.org"' in refused.get_data(as_text=True)
    assert client.submit(link, KEEPER).status_code == 303


def test_the_secret_of_the_link_is_not_stored(app):
    secret = prepare(app)
    with reading(app) as session:
        assert secret not in sites.site(session).setup_hash


def test_an_operator_makes_an_administrator_by_command(app):
    runner = app.test_cli_runner()
    result = runner.invoke(
        args=["create-admin", "--name", "keeper", "--email", "keeper@example.org"], input=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert result.exit_code == 0, result.output
    assert "keeper is an administrator now" in result.output
    assert PASSWORD not in result.output
    with reading(app) as session:
        assert proofs.by_login(session, "keeper", PASSWORD) is not None
    assert prepare(app) is None


def test_a_command_says_every_thing_that_is_wrong_in_words(app):
    result = app.test_cli_runner().invoke(args=["create-admin", "--name", "a", "--email", "b", "--password", "c"])
    assert result.exit_code == 1
    assert "at least 3 characters" in result.output
    assert "not an e-mail address" in result.output
    assert "at least 10 characters" in result.output
    assert "Traceback" not in result.output


def test_an_address_that_somebody_has_makes_no_second_account(app):
    with writing(app) as session:
        actions.create_administrator(session, sign_up(**KEEPER))
    result = app.test_cli_runner().invoke(
        args=["create-admin", "--name", "other", "--email", "KEEPER@example.org", "--password", PASSWORD]
    )
    assert result.exit_code == 1
    assert "account with this address already" in result.output
