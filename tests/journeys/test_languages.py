"""Reading and taking part in German, on a phone, from the first page to the mail; also without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.accounts.people import mails
from tests.journeys.people import enter, place
from tests.machines.databases import writing

WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
BESIDE = (
    "() => document.querySelector('.site-account').getBoundingClientRect().top"
    " < document.querySelector('.site-name').getBoundingClientRect().bottom"
)


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_a_guest_chooses_german_asks_for_a_password_and_hears_in_german(app, browse, axe, javascript):
    place(app)
    with writing(app) as session:
        cast.member(session, "mara")
    page = browse(javascript=javascript, viewport={"width": 320, "height": 640})
    page.goto("/tags")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("contentinfo").get_by_role("link", name="Deutsch").click()
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Deutsch").click()
    expect(page).to_have_url("/tags")
    assert page.evaluate(BESIDE), "the way in stands beside the name, not below it"
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto("/sign-in")
    page.get_by_role("link", name="Passwort vergessen?").click()
    page.get_by_label("Benutzername oder E-Mail-Adresse").fill("mara")
    page.get_by_role("button", name="Link schicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sieh in deine E-Mails")
    assert "ein neues Passwort" in mails(app)[-1].text


def test_a_member_writes_in_german_on_the_smallest_phone(app, live, browse, axe, shoot):
    place(app)
    with writing(app) as session:
        anna = cast.member(session, "anna", display_name="Anna Übersee", locale="de")
        cast.topic(session, cast.board(session, "talk", name="Werkstattgespräche"), anna, "Wie hält der Wirbel?")
    page = browse(viewport={"width": 320, "height": 640})
    enter(app, page, live, "bruno", locale="de")
    page.goto("/b/talk")
    assert page.evaluate(WIDER) == 0
    page.get_by_role("link", name="Wie hält der Wirbel?").click()
    page.get_by_role("textbox", name="Deine Antwort").fill("Mit Kreide, und mit Geduld.")
    page.get_by_role("region", name="Deine Antwort").get_by_role("button", name="Antworten", exact=True).click()
    expect(page.get_by_text("Deine Antwort ist veröffentlicht.")).to_be_visible()
    expect(page.get_by_text("1 Antwort", exact=True)).to_be_visible()
    assert page.evaluate(WIDER) == 0
    assert axe(page) == []
    shoot(page, "german-topic")
    page.goto("/settings/appearance")
    page.get_by_label("Sprache").select_option(label="English")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Pages look so from now on.")).to_be_visible()
