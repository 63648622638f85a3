"""The mailer: addresses of servers, encryption, headers that cannot be forged."""

from __future__ import annotations

import smtplib
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from hypothesis import given
from hypothesis import strategies as st

from forum.core import mailer
from tests.machines.mail import Mailbox
from tests.machines.run import free_port

MAIL = mailer.Mail("forum@example.org", "Trellis", "ada@example.org", "About you", "Words.\n", "<1@example.org>")


@pytest.mark.parametrize(
    ("url", "server"),
    (
        ("smtp://mail.example.org", mailer.Server("mail.example.org", 25, encrypted=False)),
        ("smtps://mail.example.org", mailer.Server("mail.example.org", 465, encrypted=True)),
        ("smtp://me%40x:p%2Fw@mail.example.org:587", mailer.Server("mail.example.org", 587, False, "me@x", "p/w")),
    ),
)
def test_an_operator_names_the_server_in_one_line(url, server):
    assert mailer.server_from(url) == server


@pytest.mark.parametrize("url", ("mail.example.org", "http://mail.example.org", "smtp://", "smtp:mail"))
def test_what_names_no_mail_server_is_refused_in_words(url):
    with pytest.raises(ValueError, match="FORUM_SMTP_URL looks like"):
        mailer.server_from(url)


def test_the_password_of_the_server_is_not_in_its_name_for_logs():
    assert "hush" not in repr(mailer.server_from("smtp://me:hush@mail.example.org"))


@pytest.mark.parametrize(
    ("host", "is_here"), (("localhost", True), ("127.0.0.1", True), ("::1", True), ("mail.example.org", False))
)
def test_this_very_machine_is_known(host, is_here):
    assert mailer.Server(host, 25, encrypted=False).is_here is is_here


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_name_and_no_subject_adds_a_header(name, subject):
    try:
        message = mailer.composed(replace(MAIL, sender_name=name, subject=subject))
    except (ValueError, UnicodeError):
        return  # refused outright: nothing is sent
    assert sorted(message.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
         "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    )  # fmt: skip


class Doorkeeper:
    """Lets in only `me` with `hush`."""

    def __call__(self, _server, _session, _envelope, _mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"me", b"hush"), handled=False)


@pytest.fixture
def guarded():
    """A server on this machine that wants a password."""
    port = free_port()
    mailbox = Mailbox(url=f"127.0.0.1:{port}")
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=port, authenticator=Doorkeeper(), auth_required=True, auth_require_tls=False
    )
    controller.start()
    yield mailbox
    controller.stop()


def test_the_forum_signs_in_where_the_server_asks_for_it(guarded):
    mailer.send(f"smtp://me:hush@{guarded.url}", MAIL)
    assert len(guarded.messages) == 1


def test_a_wrong_password_is_the_operators_to_mend_so_the_mail_waits(guarded):
    with pytest.raises(mailer.MailerError, match="does not accept our user and password"):
        mailer.send(f"smtp://me:wrong@{guarded.url}", MAIL)


def test_a_password_is_never_sent_in_the_clear(guarded, monkeypatch):
    monkeypatch.setattr(mailer.Server, "is_here", property(lambda _self: False))
    with pytest.raises(mailer.MailerError, match="offers no encryption"):
        mailer.send(f"smtp://me:hush@{guarded.url}", MAIL)
    assert guarded.messages == []


def test_encryption_from_the_start_fails_in_words_against_a_server_without(smtp):
    with pytest.raises(mailer.MailerError, match="could not be reached"):
        mailer.send(smtp.url.replace("smtp://", "smtps://"), MAIL)


@pytest.mark.parametrize(
    ("answer", "kind"), (("550 never", mailer.PermanentRefusal), ("452 later", mailer.MailerError))
)
def test_never_and_later_are_told_apart(smtp, answer, kind):
    smtp.refuse = answer
    with pytest.raises(kind, match=answer[:3]):
        mailer.send(smtp.url, MAIL)


def test_an_address_that_the_server_cannot_carry_is_given_up(monkeypatch, smtp):
    monkeypatch.setattr(smtplib.SMTP, "has_extn", lambda _self, name: False)
    with pytest.raises(mailer.PermanentRefusal):
        mailer.send(smtp.url, replace(MAIL, to="ädá@example.org"))
