"""Anybody reports illegal content, also without an account, and hears back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models import Account
from forum.admin import wording
from forum.core import clock as time
from forum.core.errors import Conflict, Invalid, Refused
from forum.notifications.models import Notice
from forum.permissions import HOUSE
from forum.posts.models import Post
from forum.reporting import actions, grounds, queries
from forum.reporting.models import IllegalReport
from forum.site.models import Deed
from tests import cast
from tests.accounts.people import mails, post
from tests.machines.databases import reading, writing
from tests.posts.people import enter

SAID = {
    "ground": "hate",
    "reason": "It calls for violence against my neighbours, by name.",
    "name": "Nora Nobody",
    "email": "nora@elsewhere.example",
    "good_faith": "y",
}


@pytest.fixture
def place(app):
    """A public topic with a reply, a hidden one, a moderator; ids."""
    with writing(app) as session:
        ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
        cast.moderator(session, "eli")
        topic = cast.topic(session, cast.board(session, "talk"), ada, "How do pegs stick?")
        secret = cast.topic(session, cast.board(session, "desk", rights=cast.STAFF_ONLY), cast.staff(session, "sid"))
        return topic.id, cast.reply(session, topic, bo).id, secret.id


def send(client, clock, about, **given):
    """A person fills in the form in a minute."""
    held = client.held("/report", "about")
    clock.shift(timedelta(minutes=1))
    return client.post("/report", data={**held, **SAID, "about": about, **given})


def reports(app):
    with reading(app) as session:
        return session.scalars(select(IllegalReport).order_by(IllegalReport.id)).all()


def test_somebody_without_an_account_reports_a_post_and_hears_the_number_and_the_outcome(app, client, clock, place):
    topic_id, reply_id, _secret = place
    assert f'href="/report?about=/p/{reply_id}"' in client.get(f"/t/{topic_id}", follow_redirects=True).text
    assert 'href="/report"' in client.get("/").text
    sent = send(client, clock, f"{client.application.extensions['settings'].base_url}/p/{reply_id}")
    assert sent.status_code == 303
    (row,) = reports(app)
    assert (row.subject_kind, row.subject_id, row.path) == ("post", reply_id, f"/p/{reply_id}")
    (mail,) = mails(app)
    assert (mail.to, mail.cause, "number 1" in mail.subject) == ("nora@elsewhere.example", "report_received", True)
    assert "neighbours" not in mail.text
    assert "Nora" not in mail.text
    link = re.search(r"https?://[^/]+(/report/\S+)", mail.text)[1]
    assert link == sent.location
    assert "It waits for somebody to look at it" in client.get(link).text
    with reading(app) as session:
        heard = session.scalars(select(Notice).where(Notice.kind == "illegal_reported")).all()
        assert [(one.title, one.url) for one in heard] == [("1", "/moderation/illegal/1")]
    enter(app, client, "eli")
    shown = client.get("/moderation/illegal/1").text
    assert "Nora Nobody, without an account" in shown
    assert "against my neighbours" in shown
    with writing(app) as session:
        eli = session.query(Account).filter_by(name="eli").one()
        cast.remove(session, eli, session.get_one(Post, reply_id), "illegal")
    client.submit("/moderation/illegal/1", {"decision": "removed", "words": "It breaks section 130."})
    told = mails(app)[-1]
    assert (told.cause, told.to) == ("report_answered", "nora@elsewhere.example")
    assert "It was taken away." in told.text
    assert "section 130" in told.text
    state = client.get(link).text
    assert "It was taken away." in state
    assert "neighbours" not in state
    assert "Nora" not in state
    client.submit("/moderation/illegal/1", form="/reopen")
    assert mails(app)[-1].cause == "report_reopened"
    assert "It is looked at once more." in client.get(link).text
    with reading(app) as session:
        lines = [wording.sentence(deed) for deed in session.scalars(select(Deed).order_by(Deed.id))]
        assert lines == ["Report 1 of illegal content was decided.", "Report 1 of illegal content was opened again."]


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("/t/{topic}", ("topic", "topic")),
        ("/t/{topic}-any-words?page=1#post-2", ("post", "reply")),
        ("/u/ada", ("account", None)),
        ("/t/{topic}#post-77", ("topic", "topic")),
        ("/t/{secret}", None),
        ("/t/99999", None),
        ("/u/nobody", None),
        ("/search?q=x", None),
        ("/report", None),
        ("https://elsewhere.example/t/{topic}", None),
        ("//elsewhere.example/t/{topic}", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("", None),
    ],
)
@pytest.mark.databases("sqlite")
def test_the_address_must_lead_somewhere_here_that_they_see(app, client, clock, place, uncounted, about, found):
    numbers = dict(zip(("topic", "reply", "secret"), place, strict=True))
    answer = send(client, clock, about.format(**numbers))
    assert answer.status_code == (303 if found else 422)
    if found is None:
        assert "This leads to nothing here that you can see" in answer.text
        assert "against my neighbours" in answer.text, "nothing written is lost"
    else:
        (row,) = reports(app)
        assert row.subject_kind == found[0]
        assert found[1] is None or row.subject_id == numbers[found[1]]


def test_name_and_address_are_asked_for_but_where_children_were_abused(app, client, clock, place):
    about = f"/p/{place[1]}"
    refused = send(client, clock, about, name="", email="", good_faith="")
    for words in ("Write your name", "Write your mail address", "Please confirm this"):
        assert words in refused.text
    sent = send(client, clock, about, ground="child_abuse", name="", email="")
    assert sent.status_code == 303
    assert mails(app) == []
    assert "Keep the address of this page" in client.get(sent.location).text
    (row,) = reports(app)
    assert (row.name, row.email, row.account_id) == ("", "", None)


def test_a_member_comes_to_the_same_form_with_name_and_address_filled_in(app, client, clock, place):
    enter(app, client, "bo")
    held = client.held("/report", "about")
    assert (held["name"], held["email"]) == ("bo", "bo@example.org")
    assert send(client, clock, "/u/ada").status_code == 303
    assert reports(app)[0].account_id is not None


@pytest.mark.parametrize("fields", [{"website": "x"}, {"started": ""}, {"started": "forged"}])
@pytest.mark.databases("sqlite")
def test_a_program_gives_itself_away_without_a_captcha(app, client, clock, place, fields):
    assert send(client, clock, "/u/ada", **fields).status_code == 422
    assert client.submit("/report", {**SAID, "about": "/u/ada"}).status_code == 422, "too quick"
    assert reports(app) == []


def test_nobody_is_flooded_neither_we_nor_somebody_elses_letter_box(app, client, clock, place, uncounted):
    said = [send(client, clock, "/u/ada").status_code for _ in range(actions.MOST_TO_ONE + 1)]
    assert said == [303] * actions.MOST_TO_ONE + [429]
    assert len(mails(app)) == actions.MOST_TO_ONE
    assert send(client, clock, "/u/ada", email="other@elsewhere.example").status_code == 303


@pytest.mark.databases("sqlite")
def test_from_one_address_five_an_hour(app, client, clock, place):
    assert [send(client, clock, "/u/ada", email=f"n{n}@x.example").status_code for n in range(6)] == [303] * 5 + [429]


def test_nobody_guesses_the_link_of_another_report(app, client, clock, place):
    link = send(client, clock, "/u/ada").location
    code = link.rpartition("/")[2]
    number, _dot, signature = code.partition(".")
    for guess in ("1", "2", number, f"2.{signature}", f"{number}.", code[:-1], code + "x", "a" * 500):
        assert client.get(f"/report/{guess}").status_code == 404
    assert client.get(link).status_code == 200
    assert 'content="noindex"' in client.get(link).text


def test_only_moderators_see_and_decide_and_a_second_decision_is_refused(app, client, clock, place, session):
    bo, eli = cast.actor(session, cast.member(session)), cast.actor(session, cast.moderator(session))
    said = grounds.Draft("account", 1, "/u/ada", "hate", "It calls for violence.", "N", "n@x.example", True, "de")
    row = actions.report_illegal(session, cast.actor(session, None), said)
    with pytest.raises(Refused):
        actions.answer_report(session, bo, row, "kept", "No.")
    for decision, words in (("eaten", "Why"), ("kept", "  "), ("kept", "x" * 4001)):
        with pytest.raises(Invalid):
            actions.answer_report(session, eli, row, decision, words)
    with pytest.raises(Conflict):
        actions.reopen_report(session, eli, row)
    actions.answer_report(session, eli, row, "kept", "It is allowed.")
    with pytest.raises(Conflict):
        actions.answer_report(session, eli, row, "removed", "It is not.")
    with pytest.raises(Refused):
        queries.reports(session, bo, decided=True)
    assert [one.id for one in queries.reports(session, eli, decided=True)] == [row.id]


def test_pages_of_moderators_are_not_there_for_others(app, client, clock, place):
    send(client, clock, "/u/ada")
    enter(app, client, "bo")
    for page in ("/moderation/illegal", "/moderation/illegal/1"):
        assert client.get(page).status_code == 404
    for address in ("/moderation/illegal/1", "/moderation/illegal/1/reopen"):
        assert post(client, address).status_code == 404


def test_half_a_year_after_the_decision_nothing_says_who_it_was(session, clock):
    eli = cast.actor(session, cast.moderator(session))
    said = grounds.Draft("account", 1, "/u/ada", "hate", "It calls for violence.", "N", "n@x.example", True)
    decided, waiting = (actions.report_illegal(session, eli, said) for _ in range(2))
    actions.answer_report(session, eli, decided, "kept", "It is allowed.")
    clock.shift(timedelta(days=179))
    actions.forget_senders(session, HOUSE, time.now())
    session.expire_all()
    assert decided.email == "n@x.example"
    clock.shift(timedelta(days=1))
    actions.forget_senders(session, HOUSE, time.now())
    session.expire_all()
    assert (decided.name, decided.email, decided.account_id) == ("", "", None)
    assert waiting.name == "N"


def test_who_wrote_in_german_hears_back_in_german(app, client, clock, place):
    held = client.held("/report", "about")
    clock.shift(timedelta(minutes=1))
    client.post("/report", data={**held, **SAID, "about": "/u/ada"}, headers={"Accept-Language": "de"})
    with writing(app) as session:
        eli = cast.actor(session, cast.moderator(session))
        actions.answer_report(session, eli, session.get(IllegalReport, 1), "kept", "Es ist erlaubt.")
    assert "Hallo," in mails(app)[-1].text


def test_what_flags_have_hidden_can_still_be_reported_by_its_address(app, client, clock, uncounted, place):
    _topic, reply_id, _secret = place
    with writing(app) as session:
        session.get_one(Post, reply_id).hidden_at = time.now()
    assert client.get(f"/p/{reply_id}").status_code == 404
    assert send(client, clock, f"/p/{reply_id}").status_code == 303
    with writing(app) as session:
        session.get_one(Post, reply_id).deleted_at = time.now()
    assert send(client, clock, f"/p/{reply_id}").status_code == 422


def test_nothing_is_said_to_be_taken_away_that_still_stands(app, client, clock, uncounted, place):
    _topic, reply_id, _secret = place
    assert send(client, clock, f"/p/{reply_id}").status_code == 303
    with writing(app) as session:
        eli = cast.actor(session, session.scalars(select(Account).where(Account.name == "eli")).one())
        with pytest.raises(Invalid, match="still stands"):
            actions.answer_report(session, eli, queries.report(session, eli, 1, lock=True), "removed", "It is gone.")
        session.get_one(Post, reply_id).deleted_at = time.now()
        session.flush()
        actions.answer_report(session, eli, queries.report(session, eli, 1, lock=True), "removed", "It is gone.")


def test_who_reports_too_often_gets_the_whole_form_back(client, clock, place):
    _topic, reply_id, _secret = place
    for _ in range(5):
        assert send(client, clock, f"/p/{reply_id}").status_code == 303
    late = send(client, clock, f"/p/{reply_id}")
    assert late.status_code == 429
    for said in (SAID["name"], SAID["email"], SAID["reason"], f"/p/{reply_id}", "send it in an hour"):
        assert said in late.text


def test_what_was_mistyped_uses_up_none_of_the_five_reports_an_hour_and_is_limited_by_itself(client, clock, place):
    _topic, reply_id, _secret = place
    mistyped = [send(client, clock, f"/p/{reply_id}", reason="").status_code for _ in range(24)]
    assert set(mistyped) == {422}
    sent = [send(client, clock, f"/p/{reply_id}").status_code for _ in range(5)]
    assert set(sent) == {303}
    assert send(client, clock, f"/p/{reply_id}").status_code == 429


def test_of_mistyped_reports_thirty_an_hour_come_back_to_be_mended(client, clock, place):
    _topic, reply_id, _secret = place
    mistyped = [send(client, clock, f"/p/{reply_id}", reason="").status_code for _ in range(31)]
    assert mistyped == [422] * 30 + [429]
