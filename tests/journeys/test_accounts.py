"""A person joins, says who they are, changes their name and leaves: with JavaScript and without."""

from __future__ import annotations

import io
import time
from datetime import timedelta

import pytest
from PIL import Image

from forum.accounts import actions
from forum.accounts.models import AccountSession
from forum.core import clock
from forum.core.web import traps
from tests import cast
from tests.accounts.people import PASSWORD, link_in, mails, somebody
from tests.machines.databases import writing


@pytest.fixture(params=(True, False), ids=("with-javascript", "without"))
def javascript(request):
    return request.param


@pytest.fixture
def visitor(javascript, browse):
    """A person in a browser of either kind."""
    return browse(javascript=javascript)


@pytest.fixture
def looked(javascript, axe, shoot):
    """`looked(page, "name")`: nothing is wrong with the page for those who see, hear or feel it otherwise."""

    def look(page, name):
        if not javascript:
            return  # the same page; axe itself needs JavaScript
        assert axe(page) == [], name
        shoot(page, f"accounts-{name}")

    return look


def press(page, button):
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def menu(page):
    page.locator(".account-button").click()


def face():
    data = io.BytesIO()
    Image.new("RGB", (640, 480), "seagreen").save(data, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def test_a_person_joins_says_who_they_are_is_renamed_and_leaves(app, visitor, looked):
    joins(visitor, looked)
    confirms_and_signs_in(app, visitor, looked)
    says_who_they_are(visitor, looked)
    is_renamed(visitor, looked)
    leaves(visitor)


def joins(page, looked):
    page.goto("/")
    page.get_by_role("link", name="Join", exact=True).click()
    looked(page, "sign-up")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Password").fill("password")
    press(page, "Join")
    looked(page, "sign-up-refused")
    assert page.get_by_label("User name").input_value() == "ada"
    time.sleep(traps.LEAST_SECONDS)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Join")
    page.wait_for_url("**/sign-up/sent")
    looked(page, "sign-up-sent")


def confirms_and_signs_in(app, page, looked):
    page.goto(link_in(mails(app)[0]))
    looked(page, "confirm")
    press(page, "Confirm")
    page.wait_for_url("**/sign-in?login=ada")
    looked(page, "sign-in")
    page.get_by_label("Password").fill("a guess of mine")
    press(page, "Sign in")
    looked(page, "sign-in-refused")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/")


def says_who_they_are(page, looked):
    menu(page)
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Display name").fill("Ada Lovelace")
    page.get_by_label("About you").fill("I teach **weaving**.")
    page.get_by_label("Link 1: what it is").fill("My loom")
    page.get_by_label("Link 1: address").fill("example.org/loom")
    press(page, "Save")
    page.get_by_text("Your profile is saved.").wait_for()
    page.get_by_role("main").locator("input[type=file]").set_input_files(face())
    press(page, "Use this picture")
    page.get_by_text("That is your picture now.").wait_for()
    looked(page, "settings-profile")
    assert page.get_by_alt_text("Your picture now").evaluate("image => image.naturalWidth") == 256
    page.get_by_role("link", name="See your profile").click()
    page.get_by_role("heading", name="Ada Lovelace").wait_for()
    assert page.get_by_role("link", name="My loom").get_attribute("href") == "https://example.org/loom"
    looked(page, "profile")


def is_renamed(page, looked):
    goes_there_on_a_phone(page)
    looked(page, "settings-account")
    page.get_by_label("User name").fill("Countess")
    press(page, "Change the name")
    page.get_by_text("That is your name from now on.").wait_for()
    page.goto("/u/ada")
    assert page.url.endswith("/u/Countess")


def goes_there_on_a_phone(page):
    """The pages of the settings are a menu there, which says where one is."""
    wide = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/settings")
    pages = page.get_by_role("navigation", name="Settings")
    assert pages.get_by_role("link").count() == 0
    pages.locator("summary", has_text="Profile").click()
    pages.get_by_role("link", name="Account").click()
    page.wait_for_url("**/settings/account")
    page.set_viewport_size(wide)


def leaves(page):
    menu(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out.").wait_for()
    page.goto("/settings")
    assert "/sign-in" in page.url


def test_a_person_who_forgot_the_password_chooses_another(app, visitor, looked):
    page = visitor
    somebody(app)
    page.goto("/sign-in")
    page.get_by_role("link", name="Forgot the password?").click()
    looked(page, "forgot")
    page.get_by_label("User name or e-mail address").fill("ada@example.org")
    press(page, "Send the link")
    page.wait_for_url("**/forgot/sent")
    looked(page, "forgot-sent")
    link = link_in(mails(app)[0])
    page.goto(link)
    looked(page, "reset")
    page.get_by_label("New password").fill("seven green bicycles")
    press(page, "Use this password")
    page.get_by_text("Your new password counts from now on.").wait_for()
    page.goto(link)
    looked(page, "link-over")
    page.get_by_role("heading", name="This link is over").wait_for()


def test_an_author_of_an_earlier_place_takes_up_their_account(app, visitor, looked):
    page = visitor
    with writing(app) as session:
        author = cast.placeholder(session, "old-hand", display_name="Old Hand")
        keeper = cast.actor(session, cast.administrator(session, "keeper"))
        actions.invite_to_claim(session, keeper, author, "old@example.org")
    page.goto("/u/old-hand")
    looked(page, "placeholder")
    page.goto(link_in(mails(app)[0]))
    looked(page, "claim")
    page.get_by_label("New password").fill(PASSWORD)
    press(page, "Yes, this is my account")
    page.wait_for_url("**/u/old-hand")
    assert not page.get_by_text("Not here yet").is_visible()


def test_a_member_moves_to_another_address_and_looks_after_their_sessions(app, visitor, looked):
    page = visitor
    person = somebody(app)
    with writing(app) as session:
        session.add(
            AccountSession(
                account_id=person.id,
                secret_hash="1" * 64,
                created_at=clock.now() - timedelta(days=3),
                last_seen_at=clock.now() - timedelta(days=2),
                user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
                address="198.51.100.7",
            )
        )
    page.goto("/settings/sessions")
    page.get_by_label("User name or e-mail address").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/settings/sessions")
    page.get_by_text("Safari on iPhone").wait_for()
    looked(page, "settings-sessions")
    press(page, "Sign out all other browsers")
    page.get_by_text("All other browsers are signed out.").wait_for()
    assert not page.get_by_text("Safari on iPhone").is_visible()

    page.goto("/settings/appearance")
    page.get_by_label("High contrast").check()
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    press(page, "Save")
    page.get_by_text("Pages look so from now on.").wait_for()
    assert page.locator("html").get_attribute("data-theme") == "contrast"
    looked(page, "settings-appearance")

    page.goto("/settings/account")
    page.get_by_label("New e-mail address").fill("ada@example.net")
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Change the address")
    page.get_by_text("We wrote to your present address.").wait_for()
    page.goto(link_in(mails(app)[0]))
    looked(page, "leave-address")
    press(page, "Yes, move the account")
    page.get_by_text("One more step").wait_for()
    page.goto(link_in(mails(app)[1]))
    looked(page, "take-address")
    press(page, "Confirm")
    page.get_by_text("The new address counts from now on.").wait_for()
    page.get_by_text("It is ada@example.net now.").wait_for()


def test_the_first_visitor_sets_the_place_up(app, visitor, looked):
    page = visitor
    with writing(app) as session:
        secret = actions.prepare_setup(session)
    page.goto(f"/setup/{secret}")
    looked(page, "setup")
    page.get_by_label("User name").fill("keeper")
    page.get_by_label("E-mail address").fill("keeper@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Begin")
    page.get_by_text("This place is yours to look after.").wait_for()
    menu(page)
    page.get_by_role("link", name="Administration").wait_for()
