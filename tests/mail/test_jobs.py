"""Sending: to a real server, kept without one, tried again, given up, forgotten."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum import wiring
from forum.core.errors import Refused
from forum.core.mailer import MailerError
from forum.jobs import worker
from forum.jobs.models import Job
from forum.mail import actions, queries
from forum.mail.jobs import ATTEMPTS, send_mail
from forum.mail.messages import Draft
from forum.mail.models import OutboxMessage
from tests import cast
from tests.machines.databases import reading, writing

TEXT = "Hello Ada,\n\nhttps://forum.example.org/confirm/secret\n"
DRAFT = Draft("ada@example.org", "Grüße", TEXT, "test", is_secret=True)


def put_out(app, draft=DRAFT):
    with writing(app) as session:
        return actions.put_out(session, draft, app.extensions["settings"].base_url).id


def work(app):
    """The worker does everything that is due; returns what became of the mails."""
    with app.app_context():
        while worker.run_one(wiring.JOBS):
            pass
    return outbox(app)


def outbox(app):
    with reading(app) as session:
        return session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def test_without_a_mail_server_a_mail_is_kept_for_the_administrator_to_read(app):
    put_out(app)
    (mail,) = work(app)
    assert mail.state == "kept"
    assert "secret" in mail.text


def test_with_a_mail_server_a_mail_is_sent_and_its_secret_forgotten(make_app, smtp):
    app = make_app(FORUM_SMTP_URL=smtp.url, FORUM_BASE_URL="https://forum.example.org")
    put_out(app)
    (row,) = work(app)
    assert (row.state, row.text, row.attempts) == ("sent", "", 1)
    assert row.sent_at is not None
    (mail,) = smtp.to("ada@example.org")
    assert mail["Subject"] == "Grüße"
    assert mail["From"] == "Trellis <forum@forum.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == row.message_id
    assert mail["Message-ID"].endswith("@forum.example.org>")
    assert mail.get_content().splitlines()[-1] == "https://forum.example.org/confirm/secret"
    assert smtp.envelopes[0].mail_from == "forum@forum.example.org"


def test_the_text_of_a_mail_without_a_secret_stays(make_app, smtp):
    app = make_app(FORUM_SMTP_URL=smtp.url)
    put_out(app, Draft("ada@example.org", "News", "Words.\n", "test"))
    assert work(app)[0].text == "Words.\n"


def test_a_mail_is_sent_from_the_sender_that_the_operator_names(make_app, smtp):
    app = make_app(FORUM_SMTP_URL=smtp.url, FORUM_MAIL_FROM="post@example.net")
    put_out(app)
    work(app)
    assert smtp.messages[0]["From"].addresses[0].addr_spec == "post@example.net"


def test_a_server_that_says_later_is_asked_again_later(make_app, smtp, clock):
    app = make_app(FORUM_SMTP_URL=smtp.url)
    put_out(app)
    smtp.refuse = "451 Try again later"
    (row,) = work(app)
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "451" in row.error
    smtp.refuse = ""
    assert work(app)[0].state == "waiting"
    clock.shift(worker.pause(1))
    (row,) = work(app)
    assert (row.state, row.error) == ("sent", "")
    assert smtp.messages[0]["Message-ID"] == row.message_id


def test_a_server_that_is_away_is_asked_again_later(make_app, clock):
    app = make_app(FORUM_SMTP_URL="smtp://127.0.0.1:1")
    put_out(app)
    (row,) = work(app)
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "could not be reached" in row.error


def test_a_server_that_says_never_is_not_asked_again(make_app, smtp, clock):
    app = make_app(FORUM_SMTP_URL=smtp.url)
    put_out(app)
    smtp.refuse = "550 No such person here"
    (row,) = work(app)
    assert (row.state, row.text) == ("given_up", "")
    assert "No such person" in row.error
    with reading(app) as session:
        assert session.scalars(select(Job)).all() == []


def test_after_twelve_attempts_a_mail_is_given_up_with_its_reason(make_app, smtp, clock):
    app = make_app(FORUM_SMTP_URL=smtp.url)
    put_out(app)
    smtp.refuse = "451 Busy"
    for _ in range(ATTEMPTS + 1):
        work(app)
        clock.shift(timedelta(hours=7))
    (row,) = outbox(app)
    assert (row.state, row.attempts) == ("given_up", ATTEMPTS)
    with reading(app) as session:
        assert session.scalars(select(Job)).all() == []


def test_a_mail_that_was_sent_is_not_sent_again_when_its_job_is_repeated(make_app, smtp):
    app = make_app(FORUM_SMTP_URL=smtp.url)
    number = put_out(app)
    work(app)
    with app.app_context():
        send_mail(number)
        send_mail(number + 1)
    assert len(smtp.messages) == 1


def test_a_worker_killed_after_sending_sends_the_same_mail_again(make_app, smtp, monkeypatch):
    app = make_app(FORUM_SMTP_URL=smtp.url)
    number = put_out(app)
    with monkeypatch.context() as power:
        power.setattr(actions, "mark_sent", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
        with app.app_context(), pytest.raises(KeyboardInterrupt):
            send_mail(number)
    with app.app_context():
        send_mail(number)
    first, second = smtp.messages
    assert first["Message-ID"] == second["Message-ID"]


def test_a_mail_comes_into_being_with_its_reason_or_not_at_all(app):
    with suppress(RuntimeError), writing(app) as session:
        actions.put_out(session, DRAFT, "https://forum.example.org")
        raise RuntimeError
    assert outbox(app) == []
    with reading(app) as session:
        assert session.scalars(select(Job)).all() == []


def test_mails_are_forgotten_after_thirty_days_and_waiting_ones_are_not(app, clock):
    put_out(app)
    work(app)
    clock.shift(timedelta(days=29))
    put_out(app, Draft("bea@example.org", "Later", "Words.\n", "test"))
    clock.shift(timedelta(days=31))
    with app.app_context():
        wiring.JOBS["forget_old_mail"]()
    assert [row.to for row in outbox(app)] == ["bea@example.org"]


def test_a_wrong_address_of_the_server_is_a_reason_in_words(make_app):
    app = make_app(FORUM_SMTP_URL="http://mail.example.org")
    number = put_out(app)
    with app.app_context(), pytest.raises((ValueError, MailerError), match="FORUM_SMTP_URL looks like"):
        send_mail(number)
    assert "FORUM_SMTP_URL" in outbox(app)[0].error


def test_the_outbox_is_for_administrators_only(app):
    number = put_out(app)
    with writing(app) as session:
        keeper = cast.actor(session, cast.administrator(session, "keeper"))
        assert [row.id for row in queries.outbox(session, keeper).items] == [number]
        assert queries.message(session, keeper, number).text.startswith("Hello")
        for other in (cast.member(session), cast.moderator(session), cast.staff(session), None):
            with pytest.raises(Refused):
                queries.outbox(session, cast.actor(session, other))
            with pytest.raises(Refused):
                queries.message(session, cast.actor(session, other), number)
