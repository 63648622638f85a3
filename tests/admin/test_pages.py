"""Every page of the administration: who is let in, and what it shows."""

import re

import pytest

from forum.boards.models import Board, Section
from forum.core import clock
from forum.jobs.models import Job
from forum.mail.models import OutboxMessage
from tests import cast
from tests.machines.databases import writing


def mail(session, **given):
    number = session.query(OutboxMessage).count()
    values = {
        "to": "ada@example.org",
        "subject": "Confirm your address",
        "text": "Open http://forum.test/confirm/secret now.\n",
        "cause": "confirm_address",
        "is_secret": True,
        "message_id": f"<{number}@forum.test>",
        "created_at": clock.now(),
        "state": "kept",
    }
    row = OutboxMessage(**(values | given))
    session.add(row)
    session.flush()
    return row


def job(session, **given):
    values = {
        "name": "send_mail",
        "payload": {"message_id": 7},
        "created_at": clock.now(),
        "run_at": clock.now(),
        "attempts": 12,
        "last_error": "MailerError: the server hung up",
        "given_up_at": clock.now(),
    }
    row = Job(**(values | given))
    session.add(row)
    session.flush()
    return row


@pytest.fixture
def place(app):
    """A community with one of everything that administrators look at; the ids by what they are."""
    with writing(app) as session:
        board = cast.board(session, "bench", name="Bench", description="What is broken")
        cast.board(session, "reeds", name="Reeds", section_id=board.section_id, parent_id=board.id)
        cast.board(session, "old", name="Old", section_id=board.section_id, archived_at=clock.now())
        return {
            "board_id": board.id,
            "section_id": board.section_id,
            "tag_id": cast.tag(session, "wax", description="And rosin").id,
            "group_id": 4,
            "account_id": cast.placeholder(session, "long-gone").id,
            "message_id": mail(session).id,
            "job_id": job(session).id,
            "slug": "rules",
            "section": "writing",
            "deed_id": 1,
            "word_id": 1,
            "application_id": 1,
            "appointment_id": 1,
        }


@pytest.fixture
def root(app, client):
    with writing(app) as session:
        person = cast.administrator(session, "root")
        cast.sign_in(client, session, person)
        return person.id


def addresses(app, method, place):
    """Every address below /admin that answers to `method`."""
    adapter = app.url_map.bind("forum.test")
    return [
        adapter.build(rule.endpoint, {name: place[name] for name in rule.arguments}, method=method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/admin") and method in rule.methods
    ]


def test_every_page_opens_for_an_administrator(app, client, place, root):
    for address in addresses(app, "GET", place):
        answer = client.get(address)
        if address.endswith("/merge"):  # into what? It leads back to where one says so
            assert answer.status_code == 303, address
            continue
        assert answer.status_code == 200, address
        assert b"<h1>" in answer.data, address
        ids = re.findall(r' id="([^"]+)"', answer.text)
        assert sorted(ids) == sorted(set(ids)), address


@pytest.mark.parametrize("kind", ("guest", "member", "moderator", "staff", "suspended administrator"))
def test_nobody_else_is_let_in_anywhere(app, client, place, kind):
    with writing(app) as session:
        if kind == "suspended administrator":
            person = cast.suspend(session, cast.administrator(session))
        else:
            person = getattr(cast, kind)(session) if kind != "guest" else None
        if person is not None:
            cast.sign_in(client, session, person)
    for address in addresses(app, "GET", place):
        answer = client.get(address)
        if kind == "guest":
            assert answer.status_code == 303, address
            assert "/sign-in?next=" in answer.location, address
        else:
            assert answer.status_code == 403, address
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        for address in addresses(app, "POST", place):
            assert client.post(address).status_code in {401, 403}, address
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def test_what_is_not_there_is_not_found(app, client, place, root):
    missing = dict.fromkeys(place, 2_000_000_000)
    for address in addresses(app, "GET", missing):
        if "2000000000" in address:
            assert client.get(address).status_code == 404, address
            assert client.get(address.replace("2000000000", "99999999999999999999")).status_code == 404, address


def test_the_overview_says_what_waits_for_a_hand(client, place, root):
    page = client.get("/admin").text
    assert "1 mail had nowhere to go" in page
    assert "1 job was given up" in page
    assert "1 author has not come here yet" in page
    assert "There are no boards yet" not in page


def test_on_a_fresh_forum_the_overview_says_how_to_begin(client, root):
    assert "There are no boards yet" in client.get("/admin").text
    assert "Who hosts this place?" in client.get("/admin").text
    assert "People join without having read: Rules, Privacy." in client.get("/admin").text
    assert "No mail leaves this place." in client.get("/admin").text
    assert "No sections yet" in client.get("/admin/boards").text
    assert "First a section" in client.get("/admin/boards/new").text
    assert "No tags yet" in client.get("/admin/tags").text
    assert "No mail yet" in client.get("/admin/outbox").text
    assert "All is well" in client.get("/admin/jobs").text
    client.submit("/admin/boards", {"name": "Workshop"})
    assert "The section “Workshop” is there" in client.get("/admin/boards").text


def test_a_secret_mail_is_readable_only_while_it_is_kept(app, client, root):
    with writing(app) as session:
        kept, sent = mail(session).id, mail(session, state="sent", sent_at=clock.now()).id
        plain = mail(session, state="sent", is_secret=False, text="<b>Hello</b> http://forum.test/u/ada").id
    assert 'href="http://forum.test/confirm/secret"' in client.get(f"/admin/outbox/{kept}").text
    assert "confirm/secret" not in client.get(f"/admin/outbox/{sent}").text
    assert "&lt;b&gt;Hello" in client.get(f"/admin/outbox/{plain}").text


def test_a_job_that_was_given_up_is_tried_again(app, client, place, root):
    assert "the server hung up" in client.get("/admin/jobs").text
    answer = client.submit("/admin/jobs", form="retry")
    assert answer.status_code == 303
    with writing(app) as session:
        row = session.get(Job, place["job_id"])
        assert row.given_up_at is None
        assert row.attempts == 0
        row.last_error = ""
    assert "All is well" in client.get("/admin/jobs").text


def test_people_are_found_by_name_address_and_state(app, client, place, root):
    with writing(app) as session:
        cast.member(session, "ada", display_name="Ada Lovelace", email_key="countess@example.org")
    for words in ("AD", "lovel", "countess"):
        page = client.get("/admin/people", query_string={"q": words}).text
        assert "Ada Lovelace" in page
        assert "long-gone" not in page
    page = client.get("/admin/people?state=placeholder").text
    assert "long-gone" in page
    assert "Ada Lovelace" not in page
    assert "Nobody found" in client.get("/admin/people", query_string={"q": "100%_\0"}).text
    for odd in ("page=0", "page=-7", "page=x", "page=99999999999999999999", "state=odd"):
        assert client.get(f"/admin/people?{odd}").status_code == 200


def test_an_imported_author_is_given_to_their_person(app, client, place, root):
    page = f"/admin/people/{place['account_id']}"
    refused = client.submit(page, {"email": "not an address"})
    assert refused.status_code == 422
    assert 'value="not an address"' in refused.text
    assert client.submit(page, {"email": "gone@example.org"}).status_code == 303
    with writing(app) as session:
        assert session.query(OutboxMessage).filter_by(to="gone@example.org").count() == 1


def test_boards_are_listed_in_their_sections_in_few_queries(app, client, place, root):
    with writing(app) as session:
        for _number in range(30):
            cast.board(session, section_id=place["section_id"])
        assert session.query(Board).count() == 33
        assert session.query(Section).count() == 1
    page = client.get("/admin/boards").text
    assert page.index("Bench") < page.index("Reeds")
    assert "1 archived board" in page
