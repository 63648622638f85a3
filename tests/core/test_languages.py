"""Everybody reads in their language: guests as their browser asks or as they chose, members as they chose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from forum.accounts.models import Account
from forum.core import words
from forum.core.languages import languages, nearest, own_name, tag
from forum.core.settings import Settings, SettingsError
from forum.core.web import languages as web
from forum.core.web import times
from tests import cast
from tests.accounts.people import PASSWORD, link_in, mails, somebody
from tests.machines.databases import reading, writing

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.4"}


def lang(answer):
    """What an answer says it is written in, said three times alike."""
    said = answer.headers["Content-Language"]
    assert f'<html lang="{said}"' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]
    return said


def test_languages_are_found_in_their_folder_and_call_themselves_by_their_own_names():
    assert dict(languages()) == {"de": "Deutsch", "en": "English"}
    assert own_name("fr") == "Français"
    assert tag("pt_BR") == "pt-BR"


@pytest.mark.parametrize(
    ("asked", "given"),
    [(["de"], "de"), (["de-CH"], "de"), (["EN-us"], "en"), (["fr", "de"], "de"), (["fr"], ""), (["*"], ""), ([], "")],
)
def test_the_nearest_language_is_spoken(asked, given):
    assert nearest(asked) == given


def test_a_place_speaks_a_language_that_it_has():
    assert Settings.from_environ({"FORUM_LOCALE": "de"}).locale == "de"
    with pytest.raises(SettingsError, match="one of de, en; it is 'xx'"):
        Settings.from_environ({"FORUM_LOCALE": "xx"})


# ── guests ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_guest_reads_as_the_browser_asks(client):
    answer = client.get("/", headers=GERMAN)
    assert lang(answer) == "de"
    assert "Anmelden" in answer.text
    assert lang(client.get("/")) == "en"
    assert lang(client.get("/", headers={"Accept-Language": "fi"})) == "en"
    assert lang(client.get("/no/such/page", headers=GERMAN)) == "de"


def test_who_asks_for_none_of_ours_hears_the_language_of_the_place(make_app):
    client = make_app(FORUM_LOCALE="de").test_client()
    assert client.get("/", headers={"Accept-Language": "fi"}).headers["Content-Language"] == "de"
    assert client.get("/", headers={"Accept-Language": "en-GB"}).headers["Content-Language"] == "en"


def test_a_guest_chooses_and_the_browser_remembers_in_a_cookie_of_its_own(client):
    door = client.get("/tags")
    assert 'href="/language?next=/tags"' in door.text
    answer = client.submit("/language?next=/tags", {"language": "de"}, form="/language")
    assert (answer.status_code, answer.location) == (303, "/tags")
    (cookie,) = [said for said in answer.headers.getlist("Set-Cookie") if said.startswith("trellis_language=de")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert lang(client.get("/tags")) == "de"
    assert lang(client.get("/tags", headers={"Accept-Language": "en"})) == "de"


def test_nobody_is_sent_elsewhere_or_into_a_language_that_is_not_here(client):
    fields = {"language": "de", "next": "https://elsewhere.example"}
    assert client.submit("/language", fields, form="/language").location == "/"
    assert client.submit("/language", {"language": "xx"}, form="/language").status_code == 422


# ── members ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_reads_in_the_language_they_chose_whatever_the_browser_asks(app, client):
    with writing(app) as session:
        cast.sign_in(client, session, cast.member(session, "mara"))
    assert lang(client.get("/", headers=GERMAN)) == "de"
    assert '<option value="de">Deutsch</option>' in client.get("/settings/appearance").text
    client.submit("/settings/appearance", {"locale": "de", "theme": "auto"})
    answer = client.get("/settings/appearance", headers={"Accept-Language": "en"})
    assert lang(answer) == "de"
    assert "So sehen die Seiten ab jetzt aus." in answer.text
    assert "site-languages" not in answer.text


def test_what_was_remembered_for_guests_is_not_asked_for_members(app, client):
    client.set_cookie("trellis_language", "de", domain=app.extensions["settings"].base_url.split("//")[1].split(":")[0])
    assert lang(client.get("/")) == "de"
    with writing(app) as session:
        cast.sign_in(client, session, cast.member(session, "mara"))
    assert lang(client.get("/")) == "en"


def test_a_refusal_of_a_verb_is_in_the_readers_language(app, client):
    somebody(app, name="ada")
    fields = {"name": "ada", "email": "not an address", "password": "short"}
    answer = client.post("/sign-up", data=fields | token(client, "/sign-up"), headers=GERMAN)
    assert answer.status_code == 422
    assert "ist keine Adresse, an die sich eine E-Mail schicken lässt" in answer.text
    assert "Ein Passwort hat mindestens 10 Zeichen." in answer.text


def token(client, page):
    text = client.get(page).text
    return {"csrf_token": text.split('name="csrf_token" value="')[1].split('"')[0]}


# ── mail ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_joins_in_german_is_written_to_in_german_from_the_first_mail_on(app, client, clock):
    page = client.get("/sign-up", headers=GERMAN).text
    started = page.split('name="started"')[1].split('value="')[1].split('"')[0]
    clock.shift(timedelta(seconds=30))
    fields = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD, "started": started}
    client.post("/sign-up", data=fields | token(client, "/sign-up"), headers=GERMAN)
    (mail,) = mails(app)
    assert mail.subject.startswith("Bestätige deine Adresse")
    assert "Hallo Ada," in mail.text
    client.post(link_in(mail), data=token(client, link_in(mail)), headers=GERMAN)
    with reading(app) as session:
        assert session.scalar(select(Account.locale)) == "de"


def test_a_mail_is_in_its_readers_language_not_in_that_of_whoever_caused_it(app, client):
    with writing(app) as session:
        author = cast.placeholder(session, "mara", locale="de")
        cast.sign_in(client, session, cast.administrator(session, "ines", locale="en"))
    client.submit(f"/admin/people/{author.id}", {"email": "mara@example.org"})
    assert mails(app)[-1].subject.startswith("Was du geschrieben hast")


def test_outside_of_a_request_the_house_speaks_english_and_to_somebody_their_language(app):
    with app.app_context():
        assert words.gettext("Reply") == "Reply"
        with web.speaking("de"):
            assert words.gettext("Reply") == "Antworten"
            assert web.present() == "de"
        assert words.ngettext("%(num)s reply", "%(num)s replies", 1200) == "1200 replies"
        assert words.gettext("%(at)s", at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC)) == "2 March 2026, 09:30 UTC"


# ── numbers, dates, lists ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "reply", "day", "moment", "words_of"),
    [
        ("en", "1,234 replies", "2 March 2026", "2 March 2026, 10:30 CET", "a, b, and c"),
        ("de", "1.234 Antworten", "2. März 2026", "2. März 2026, 10:30 Uhr MEZ", "a, b und c"),
    ],
)
def test_numbers_dates_and_lists_are_written_as_the_language_does(
    make_app, clock, language, reply, day, moment, words_of
):
    app = make_app(FORUM_TIME_ZONE="Europe/Berlin", FORUM_LOCALE=language)
    instant = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    with app.test_request_context("/"):
        assert words.ngettext("%(num)s reply", "%(num)s replies", 1234) == reply
        assert times.day(instant) == day
        assert times.day(instant.date()) == day
        assert times.exact_time(instant) == moment
        assert times.listed(["a", "b", "c"]) == words_of
        assert words.gettext("%(at)s", at=instant) == moment
        assert words.gettext("%(n)s", n=Decimal("36.4")) == {"en": "36.4", "de": "36,4"}[language]
        replies = '{{ ngettext("%(num)s reply", "%(num)s replies", 1234) }}'
        said = app.jinja_env.from_string(replies + '{{ _("by %(name)s", name="<b>") }}{{ 1234|number }}').render()
    assert said.startswith(reply)
    assert "&lt;b&gt;" in said
    assert said.endswith(reply.split()[0])


@pytest.mark.parametrize(
    ("ahead", "said"),
    (
        (timedelta(hours=11), "today 21:30"),
        (timedelta(hours=14), "tomorrow 00:30"),  # by the reader's midnight
        (timedelta(days=3), "Thursday 10:30"),
        (timedelta(days=6), "Sunday 10:30"),
        (timedelta(days=7), "9 March, 10:30"),
        (timedelta(hours=-1), "today 09:30"),
    ),
)
def test_a_time_near_by_is_said_as_people_say_it_with_the_exact_one_behind_it(make_app, clock, ahead, said):
    app = make_app(FORUM_TIME_ZONE="Europe/Berlin", FORUM_LOCALE="en")
    clock.move_to(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    with app.test_request_context("/"):
        there = datetime(2026, 3, 2, 9, 30, tzinfo=UTC) + ahead
        assert times.near_time(there) == said
        assert f'title="{times.exact_time(there)}">{said}</time>' in times.near(there)


def test_what_wtforms_says_itself_is_said_in_the_readers_language(app):
    from wtforms import IntegerField
    from wtforms.validators import DataRequired

    from forum.core.web.forms import Form

    class Asking(Form):
        number = IntegerField(validators=[DataRequired()])

    with app.test_request_context("/", method="POST", headers=GERMAN):
        form = Asking(meta={"csrf": False})
        assert not form.validate()
        assert form.number.errors == ["Dieses Feld wird benötigt."]
