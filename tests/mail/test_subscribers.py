"""What we write to people: one greeting, one link at our own address, nothing about others, in every mail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forum.accounts import actions, queries
from forum.accounts.actions import gating
from forum.accounts.models import Account, WaitingSignUp
from forum.core import clock as time
from forum.core.events import emit
from forum.following.models import BoardFollow
from forum.moderation import actions as moderation
from forum.moderation.drafts import DecisionDraft
from forum.notifications.jobs import mail_announcement
from forum.organization.voices import Voice
from forum.permissions import HOUSE
from forum.recognition.events import ThanksComplete
from forum.recognition.models import ThankYou, ThankYouMessage
from forum.reporting import actions as reporting
from forum.reporting import grounds
from forum.sanctions.actions import impose, lift
from forum.sanctions.drafts import SanctionDraft
from tests import cast
from tests.accounts.people import PASSWORD, link_in, mails, post, somebody
from tests.accounts.test_joining import join
from tests.machines.databases import writing

TEMPLATES = sorted(path.stem for path in (Path(__file__).parents[2] / "templates" / "mail").glob("*.txt"))


def thank(session, account_id, by_id):
    """Somebody thanks for a post, and the day is over."""
    thanked = ThankYouMessage(account_id=account_id, opened_at=time.now())
    topic = cast.topic(session, cast.board(session), cast.member(session, "fay"))
    session.add(thanked)
    session.flush()
    said = {"post_id": topic.last_post_id, "by_id": by_id, "note": "That helped.", "created_at": time.now()}
    session.add(ThankYou(message_id=thanked.id, **said))
    session.flush()
    emit(session, ThanksComplete(thanked.id))


def moderate(session, author):
    """A moderator removes what somebody wrote, takes that back, removes it again; the objection is answered."""
    topic = cast.topic(session, cast.board(session), cast.member(session, "gil"))
    written = cast.reply(session, topic, author)
    momo, mia = (cast.actor(session, cast.moderator(session, name)) for name in ("momo", "mia"))
    draft = DecisionDraft("remove", "post", written.id, "unkind", "It calls somebody a fool.")
    moderation.undo(session, momo, moderation.decide(session, momo, draft), "Too quick.")
    made = moderation.appeal(session, cast.actor(session, author), moderation.decide(session, momo, draft), "A quote.")
    moderation.decide_appeal(session, mia, made, "upheld", "It was none.", 0)


def announce(session, account_id):
    """On a board whose news they want by mail; the post."""
    news, ann = cast.board(session, kind="announcement"), cast.staff(session, "ann")
    follows = {"level": "first_post", "by_hand": True, "since": time.now()}
    session.add(BoardFollow(account_id=account_id, board_id=news.id, **follows))
    session.flush()
    return cast.topic(session, news, ann, voice=Voice("announce", "official", "announcer")).last_post_id


@pytest.fixture
def every_mail(app, client, clock):
    """One of each kind, by its cause."""
    somebody(app)
    bea = somebody(app, "bea")
    join(client, clock, name="Fresh-Face", email="new@example.org")
    join(client, clock, name="Fresh-Face", email="ada@example.org")
    client.submit("/forgot", {"login": "nobody@example.org"})
    with writing(app) as session:
        keeper = cast.actor(session, cast.administrator(session, "keeper"))
        actions.invite_to_claim(session, keeper, cast.placeholder(session, "old-hand"), "old@example.org")
    client.submit(link_in(mails(app)[-1]), {"password": PASSWORD})
    post(client, "/sign-out")
    client.submit("/forgot", {"login": "ada"})
    client.submit(link_in(mails(app)[-1]), {"password": "seven green bicycles"})
    for email in ("bea@example.org", "ada@example.net"):
        fields = {"new_email": email, "address_password": "seven green bicycles"}
        client.submit("/settings/account", fields)
        post(client, link_in(mails(app)[-1]))
    post(client, link_in(mails(app)[-1]))
    assert bea
    with writing(app) as session:
        keeper = cast.actor(session, session.query(Account).filter_by(name="keeper").one())
        cat = cast.member(session, "cat")
        actions.move_address(session, keeper, cat, "cat@example.net", "The old one is closed.")
        for name, decide in (("dan", actions.approve_sign_up), ("eve", actions.decline_sign_up)):
            waiting = cast.unconfirmed(session, name, waiting_since=time.now())
            session.add(WaitingSignUp(account_id=waiting.id, words="May I?", since=time.now()))
            session.flush()
            decide(session, keeper, waiting, "Since you asked.")
        actions.carry_out_answers(session, HOUSE, time.now() + gating.TAKEN_BACK_WITHIN)
        said = ("hate", "It calls for violence.", "Nora", "nora@example.net")
        report = reporting.report_illegal(session, keeper, grounds.Draft("account", cat.id, "/u/cat", *said, True))
        reporting.answer_report(session, keeper, report, "kept", "It is allowed.")
        reporting.reopen_report(session, keeper, report)
        thank(session, keeper.account_id, cat.id)
        warning = SanctionDraft("warning", "unkind", "You called Bo a fool.")
        lift(session, keeper, impose(session, keeper, cat, warning), "You explained it.")
        moderate(session, cat)
        announced = announce(session, cat.id)
    with app.app_context():
        mail_announcement(announced)
    return {mail.cause: mail for mail in mails(app)}


def test_every_template_is_a_mail_that_somebody_gets(every_mail):
    assert sorted(every_mail) == [name for name in TEMPLATES if name != "letter"]


def test_every_mail_is_plain_and_complete(app, every_mail):
    base = app.extensions["settings"].base_url
    for cause, mail in every_mail.items():
        lines = mail.text.splitlines()
        assert lines[0].startswith("Hello"), cause
        assert lines[0].endswith(","), cause
        assert lines[-3:] == ["-- ", "Trellis", base], cause
        assert "\n\n\n" not in mail.text, cause
        assert not re.search(r"[{}<>]|&#|&amp;|%\(", mail.text + mail.subject), cause
        assert all(link.startswith(base) for link in re.findall(r"https?://\S+", mail.text)), cause
        assert 10 < len(mail.subject) < 80, cause


def test_what_opens_something_is_marked_secret_and_nothing_else_is(every_mail):
    for cause, mail in every_mail.items():
        opens = bool(re.search(r"/(confirm|reset|claim|address/\w+)/[\w-]{20,}", mail.text))
        assert mail.is_secret == opens, cause


def test_a_mail_to_an_address_of_another_tells_nothing_about_who_asked(every_mail):
    assert "ada" not in every_mail["address_is_taken"].text


def test_a_strange_name_cannot_add_lines_to_a_mail(app, client):
    somebody(app, display_name="Ada & <b>Co</b> %(name)s {{ 7 * 7 }}")
    client.submit("/forgot", {"login": "ada"})
    assert mails(app)[0].text.startswith("Hello Ada & <b>Co</b> %(name)s {{ 7 * 7 }},\n\n")


def test_links_keep_the_folder_that_the_forum_lives_in(make_app):
    app = make_app(FORUM_BASE_URL="https://example.org/community")
    person = somebody(app)
    with writing(app) as session:
        actions.ask_for_reset(session, cast.actor(session, None), "ada")
    assert "https://example.org/community/reset/" in mails(app)[0].text
    assert person


def test_a_secret_is_in_the_mail_and_nowhere_else(app, client, caplog):
    caplog.set_level("DEBUG")
    somebody(app)
    client.submit("/forgot", {"login": "ada"})
    secret = link_in(mails(app)[0]).rsplit("/", 1)[1]
    assert secret not in caplog.text
    with writing(app) as session:
        assert queries.secret_hash(secret) != secret
        assert session.get(Account, 1) is not None
