"""The doors of pages."""

from __future__ import annotations

from tests import cast
from tests.machines.databases import writing
from tests.posts.people import enter, send


def publish(client, slug="rules", text="Be *kind*.", **given):
    return client.submit(
        f"/admin/pages/{slug}", {"text": text, "publish": "1", **given}, form="edit", follow_redirects=True
    )


def test_an_administrator_publishes_rules_and_everybody_can_read_them(app, client):
    with writing(app) as session:
        cast.board(session)
    assert client.get("/rules").status_code == 404
    enter(app, client, "ada", cast.administrator)
    assert "A page needs some words." in client.submit("/admin/pages/rules", {"text": ""}, form="edit").text
    assert "The draft is kept." in publish_draft(client)
    assert client.get("/rules").status_code == 404
    assert "Published." in publish(client).text
    visitor = app.test_client()
    assert "Be <em>kind</em>." in visitor.get("/rules").text
    assert 'href="/rules"' in visitor.get("/").text
    assert "By joining you accept" in visitor.get("/sign-up").text
    assert visitor.get("/pages/rules").status_code == 303
    publish(client, text="Be *very* kind.", summary="Very.")
    assert "Very." in visitor.get("/pages/rules/versions").text
    assert "was published" in client.get("/admin/log?about=page").text


def publish_draft(client):
    return client.submit("/admin/pages/rules", {"text": "Be kind."}, form="edit", follow_redirects=True).text


def test_a_member_is_led_to_what_changed_and_back_and_words_are_kept(app, client):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session, "talk"), cast.member(session, "mo"), "How to begin")
        address = f"/t/{topic.id}-how-to-begin"
        number, post = topic.id, cast.reply(session, topic, cast.member(session, "cy")).id
    enter(app, client, "ada", cast.administrator)
    publish(client, ask_again="y")
    enter(app, client, "bea")
    assert "Before you write on, please look" in client.get("/").text
    shown = client.get(address).text
    assert "See what changed, then reply" in shown
    refused = send(client, address, f"/t/{number}/reply", body="My long and careful words")
    assert "The rules have a new version." in refused.text
    assert "My long and careful words" in refused.text
    stopped = send(client, address, f"/p/{post}/react", kind="thanks")
    assert stopped.status_code == 403
    assert "Please look at this first" in stopped.text
    assert "/accept?next=" in stopped.text
    led = client.get("/b/talk/new")
    assert led.status_code == 303
    assert led.location.startswith("/accept?next=")
    answer = client.submit(led.location, form="accept", follow_redirects=True)
    assert "You can write again." in answer.text
    assert answer.request.path == "/b/talk/new"
    assert "please look at what changed" not in client.get("/").text


def test_a_page_of_ones_own_has_an_address_from_its_title(app, client):
    enter(app, client, "ada", cast.administrator)
    answer = client.submit("/admin/pages", {"title": "Dust & Wax", "text": "Hello."}, follow_redirects=True)
    assert answer.request.path == "/admin/pages/dust-wax"
    again = client.submit("/admin/pages", {"title": "Dust & Wax", "text": "Mine."})
    assert again.status_code == 409
    assert client.get("/admin/pages/nowhere").status_code == 404
    publish(client, "dust-wax", text="We sweep.")
    assert "We sweep." in client.get("/pages/dust-wax").text
    send(client, "/admin/pages/dust-wax", "/admin/pages/dust-wax/withdraw")
    assert client.get("/pages/dust-wax").status_code == 404
