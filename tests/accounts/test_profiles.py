"""Profiles, pictures, names, preferences."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from forum.accounts import actions, queries
from forum.accounts.models import Account, FormerName
from forum.core import clock as time
from forum.core.errors import Invalid, Refused
from tests import cast
from tests.accounts.people import enter, somebody
from tests.machines.databases import reading, writing


def picture(colour="red", size=(300, 200), form="PNG"):
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, form)
    return data.getvalue()


def stored(app, name="ada"):
    with reading(app) as session:
        return queries.by_name(session, name)


def upload(client, data, name="me.png"):
    return client.submit("/settings", {"picture": (io.BytesIO(data), name)}, form="picture")


def test_ignoring_is_offered_for_members_and_not_for_moderators(app, client):
    somebody(app)
    with writing(app) as session:
        cast.moderator(session, "mod")
        cast.member(session, "bo")
    enter(client)
    assert "/u/bo/ignore" in client.get("/u/bo").text
    assert "/u/mod/ignore" not in client.get("/u/mod").text
    told = client.get("/u/mod/ignore").text
    assert "so they cannot be ignored" in told
    assert "For how long" not in told


def test_moderators_find_how_far_a_member_is_known_from_the_profile(app, client):
    with writing(app) as session:
        cast.member(session, "bo")
        ada, mod = cast.member(session, "ada"), cast.moderator(session, "mod")
        cast.sign_in(client, session, ada)
    assert "/standing/bo" not in client.get("/u/bo").text
    with writing(app) as session:
        cast.sign_in(client, session, session.merge(mod))
    assert 'href="/standing/bo"' in client.get("/u/bo").text
    assert client.get("/standing/bo").status_code == 200


# ── what a profile says ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_says_who_they_are_and_others_read_it(app, client):
    somebody(app)
    enter(client)
    said = {
        "display_name": " Ada   Lovelace ",
        "pronouns": "she/her",
        "headline": "Weaves patterns",
        "location": "Marylebone",
        "about": "I teach **weaving** <script>alert(1)</script>",
        "links-0-label": "My loom",
        "links-0-url": "example.org/loom",
    }
    assert client.submit("/settings", said, form="profile").status_code == 303
    text = client.get("/u/ada").get_data(as_text=True)
    for shown in ("Ada Lovelace", "she/her", "Weaves patterns", "Marylebone", "<strong>weaving</strong>"):
        assert shown in text
    assert 'href="https://example.org/loom"' in text
    assert 'rel="me nofollow ugc noopener"' in text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("field", "typed"),
    (
        ("display_name", "x" * 61),
        ("display_name", "Administrator"),
        ("pronouns", "x" * 41),
        ("headline", "x" * 121),
        ("location", "x" * 81),
        ("about", "x" * 5001),
        ("links-0-url", "javascript:alert(1)"),
        ("links-0-url", "https://user:pass@example.org"),
        ("links-0-label", "only a label"),
    ),
)
def test_a_refused_profile_comes_back_as_it_was_typed(app, client, field, typed):
    somebody(app)
    enter(client)
    answer = client.submit("/settings", {"location": "Here", field: typed}, form="profile")
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert typed in text
    assert "field-error" in text
    assert stored(app).location == ""


def test_a_guest_is_asked_to_sign_in(app, client):
    for page in ("/settings", "/settings/account", "/settings/appearance", "/settings/sessions"):
        assert "/sign-in" in client.get(page).location


def test_nobody_edits_the_profile_of_another(app):
    ada, bea = somebody(app), somebody(app, "bea")
    with writing(app) as session:
        actor, other = cast.actor(session, session.get(Account, bea.id)), session.get(Account, ada.id)
        for verb, given in (
            (actions.remove_picture, ()),
            (actions.set_picture, ("avatars/00/" + "0" * 64 + ".webp",)),
            (actions.rename, ("someone-else",)),
            (actions.end_other_sessions, ()),
        ):
            with pytest.raises(Refused):
                verb(session, actor, other, *given)


def test_a_profile_tells_of_the_organization_and_since_when(app, client):
    with writing(app) as session:
        cast.staff(session, "grace")
    text = client.get("/u/grace").get_data(as_text=True)
    assert "Acme" in text
    assert "works there since" in text


def test_a_profile_tells_of_a_suspension_but_not_why(app, client):
    ada = somebody(app)
    with writing(app) as session:
        cast.sanction(session, ada, "suspension", until=time.now() + timedelta(days=3), facts="Quarrels.")
    text = client.get("/u/ada").get_data(as_text=True)
    assert "Suspended until" in text
    assert "Quarrels" not in text


def test_an_address_is_shown_to_nobody_on_a_profile(app, client):
    somebody(app)
    assert "@example.org" not in client.get("/u/ada").get_data(as_text=True)


def test_nobody_is_there_under_an_unknown_name(app, client):
    assert client.get("/u/nobody").status_code == 404
    assert client.get("/u/nobody/avatar").status_code == 404
    assert client.get("/u/%00").status_code == 404


def test_somebody_deactivated_has_no_profile(app, client):
    somebody(app, deactivated_at=time.now())
    assert client.get("/u/ada").status_code == 404


def test_what_somebody_wrote_is_on_their_profile_for_those_who_may_see_it(app, client):
    with writing(app) as session:
        ada = cast.staff(session, "ada")
        cast.topic(session, cast.board(session, "open"), ada, title="How to warp a loom")
        cast.topic(session, cast.board(session, "closed", rights=cast.STAFF_ONLY), ada, title="A secret matter")
    text = client.get("/u/ada").get_data(as_text=True)
    assert "How to warp a loom" in text
    assert "A secret matter" not in text
    assert client.get("/u/ada?show=replies").status_code == 200
    assert client.get("/u/ada?show=answers&page=9999999999999").status_code == 200
    assert client.get("/u/ada?show=nonsense&page=x").status_code == 200


# ── pictures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_everyone_has_a_drawn_picture_that_is_kept_for_long_until_the_name_changes(app, client):
    somebody(app)
    page = client.get("/u/ada").get_data(as_text=True)
    address = re.search(r'face--l"\s+src="([^"]+)"', page)[1]
    answer = client.get(address)
    assert answer.mimetype == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    with writing(app) as session:
        queries.by_name(session, "ada").display_name = "Zoe"
    assert address not in client.get("/u/ada").get_data(as_text=True)
    assert "immutable" not in client.get(address).headers["Cache-Control"]


def test_an_uploaded_picture_is_written_anew_and_served_as_what_it_is(app, client):
    somebody(app)
    enter(client)
    assert upload(client, picture()).status_code == 303
    answer = client.get("/u/ada/avatar")
    assert answer.mimetype == "image/webp"
    with Image.open(io.BytesIO(answer.data)) as shown:
        assert shown.size == (256, 256)
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_replaced_or_removed_picture_is_not_kept(app, client):
    somebody(app)
    enter(client)
    upload(client, picture("red"))
    first = stored(app).avatar_key
    upload(client, picture("blue"))
    storage = app.extensions["storage"]
    assert storage.get(first) is None
    assert client.submit("/settings", {}, form="remove").status_code == 303
    assert stored(app).avatar_key == ""
    assert client.get("/u/ada/avatar").mimetype == "image/svg+xml"


def test_a_picture_that_two_members_share_stays_when_one_removes_it(app, client):
    somebody(app)
    enter(client)
    upload(client, picture())
    key = stored(app).avatar_key
    somebody(app, "bea", avatar_key=key)
    client.submit("/settings", {}, form="remove")
    assert app.extensions["storage"].get(key) is not None


@pytest.mark.parametrize("data", (b"", b"not a picture", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + b"0" * 40))
def test_what_is_no_picture_is_refused_in_words(app, client, data):
    somebody(app)
    enter(client)
    answer = upload(client, data)
    assert answer.status_code == 422
    assert 'id="picture-error"' in answer.get_data(as_text=True)
    assert stored(app).avatar_key == ""


def test_a_picture_over_ten_megabytes_is_refused(app, client):
    somebody(app)
    enter(client)
    assert upload(client, picture() + b"0" * (10 * 2**20)).status_code == 422
    assert upload(client, picture() + b"0" * (12 * 2**20)).status_code == 413


# ── names ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def rename(client, name):
    return client.submit("/settings/account", {"name": name})


def test_a_renamed_member_is_found_by_both_names(app, client):
    somebody(app)
    enter(client)
    assert rename(client, "Countess").status_code == 303
    answer = client.get("/u/ada?show=replies")
    assert (answer.status_code, answer.location) == (301, "/u/Countess?show=replies")
    assert client.get("/u/Countess").status_code == 200
    assert client.get("/u/ada/avatar").status_code == 200


def test_a_profile_in_other_capitals_leads_to_the_one_address(app, client):
    somebody(app, "Ada-L")
    assert client.get("/u/ada-l").location == "/u/Ada-L"


def test_a_member_renames_once_in_thirty_days(app, client, clock):
    somebody(app)
    enter(client)
    rename(client, "Countess")
    refused = rename(client, "Duchess")
    assert refused.status_code == 422
    assert 'value="Duchess"' in refused.get_data(as_text=True)
    assert "30 days" in refused.get_data(as_text=True)
    clock.shift(timedelta(days=30))
    assert rename(client, "Duchess").status_code == 303
    for old in ("ada", "Countess"):
        assert client.get(f"/u/{old}").location == "/u/Duchess"


def test_capitals_may_be_changed_at_any_time(app, client):
    somebody(app)
    enter(client)
    assert [rename(client, name).status_code for name in ("Ada", "ADA", "ada")] == [303] * 3


def test_a_member_takes_back_a_name_they_had(app, client, clock):
    somebody(app)
    enter(client)
    rename(client, "Countess")
    clock.shift(timedelta(days=31))
    assert rename(client, "ada").status_code == 303
    assert client.get("/u/Countess").location == "/u/ada"
    with reading(app) as session:
        assert [row.name for row in session.query(FormerName)] == ["Countess"]


@pytest.mark.parametrize("name", ("bea", "BEA", "beatrix", "admin", "a", "has space", "ada"))
def test_a_name_that_is_or_was_anothers_or_breaks_a_rule_is_refused(app, client, name):
    somebody(app)
    bea = somebody(app, "beatrix")
    with writing(app) as session:
        admin = cast.actor(session, cast.administrator(session, "keeper"))
        actions.rename(session, admin, session.get(Account, bea.id), "bea")
    enter(client)
    assert rename(client, name).status_code == 422
    assert stored(app).name == "ada"


def test_an_administrator_renames_without_waiting(app):
    person = somebody(app)
    with writing(app) as session:
        admin = cast.actor(session, cast.administrator(session, "keeper"))
        for name in ("Countess", "Duchess", "Baroness"):
            actions.rename(session, admin, session.get(Account, person.id), name)
        with pytest.raises(Invalid):
            actions.rename(session, admin, session.get(Account, person.id), "keeper")


# ── preferences ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_chooses_colours_language_and_time_zone(app, client):
    somebody(app)
    enter(client)
    chosen = {"theme": "contrast", "locale": "en", "time_zone": "Europe/Lisbon"}
    assert client.submit("/settings/appearance", chosen).status_code == 303
    text = client.get("/settings/appearance").get_data(as_text=True)
    assert 'data-theme="contrast"' in text
    assert '<option selected value="Europe/Lisbon">' in text


@pytest.mark.parametrize(
    "chosen", ({"theme": "neon"}, {"locale": "xx"}, {"time_zone": "Mars/Olympus"}, {"time_zone": "../../etc/passwd"})
)
def test_what_is_not_on_the_list_is_not_chosen(app, client, chosen):
    somebody(app)
    enter(client)
    assert client.submit("/settings/appearance", chosen).status_code == 422
    assert stored(app).theme == "auto"
