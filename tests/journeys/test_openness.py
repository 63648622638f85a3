"""A guest learns what moderators did, narrows it, and reads the quarter in numbers: without JavaScript."""

from __future__ import annotations

from tests.machines.databases import writing
from tests.openness.scene import happened


def test_a_guest_reads_what_moderators_did_and_the_quarter_in_numbers(app, live, browse, clock, uncounted, axe, shoot):
    with writing(app) as session:
        happened(session, clock)
    page = browse(javascript=False, locale="de-DE")
    page.goto(f"{live}/")
    page.get_by_role("contentinfo").get_by_role("link", name="Was die Moderation getan hat").click()
    page.get_by_role("heading", level=1, name="Was die Moderation getan hat").wait_for()
    shoot(page, "log-de")
    page.get_by_text("Eingrenzen").click()
    page.get_by_label("Wie es steht").select_option("undone")
    page.get_by_role("button", name="Zeigen").click()
    assert page.locator(".log-line").count() == 4
    shoot(page, "log-narrowed-de")
    page.get_by_role("link", name="Jedes Quartal in Zahlen").click()
    page.get_by_role("heading", level=1, name="Moderation in Zahlen").wait_for()
    shoot(page, "report-de")
    reader = browse()
    for address in ("/moderation/log?state=undone", "/moderation/report", "/moderation/log?when=2026-02"):
        reader.goto(f"{live}{address}")
        assert axe(reader) == [], address
    shoot(reader, "log-empty")
