"""Announcements by mail: one a week for each member, whatever the board; whoever writes one is told whom it reaches."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.following.models import BoardFollow
from forum.jobs.models import Job
from forum.notifications.announcement_models import AnnouncementDelivery
from forum.notifications.jobs import mail_announcement
from forum.notifications.models import ChannelChoice, Notice
from forum.organization.overriding import Grounds
from forum.organization.voices import Voice
from forum.posts import actions
from forum.posts.queries import post_for_update
from tests import cast
from tests.accounts.people import mails
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing
from tests.posts.people import enter, read

NEWS = Voice("announce", "official", "announcer")
SAFETY = Grounds(notice="safety", incident="A recall")


class Scene:
    """Ann announces; Ada, Bob and Cem are members. Each step is a transaction of its own."""

    def __init__(self, app):
        self.app = app
        with writing(app) as session:
            cast.staff(session, "ann")
            for name in ("ada", "bob", "cem"):
                cast.member(session, name)

    def board(self, slug, *names, kind="announcement", rights=cast.PUBLIC):
        with writing(self.app) as session:
            board = cast.board(session, slug, kind=kind, rights=rights)
            for person in session.query(Account).filter(Account.name.in_(names)):
                row = {"level": "first_post", "by_hand": True, "since": board.created_at}
                session.add(BoardFollow(account_id=person.id, board_id=board.id, **row))

    def topic(self, slug, title="Something new", by="ann", voice=NEWS, **given):
        """The id of its opening post."""
        with writing(self.app) as session:
            board = session.query(Board).filter_by(slug=slug).one()
            who = session.query(Account).filter_by(name=by).one()
            return cast.topic(session, board, who, title, voice=voice, **given).last_post_id

    def sent(self):
        """Who has which announcement in the outbox, once the work that was ordered is done."""
        with reading(self.app) as session:
            orders = [job.payload["post_id"] for job in session.query(Job).filter_by(name="mail_announcement")]
        with self.app.app_context():
            for post_id in orders:
                mail_announcement(post_id)
        return sorted((mail.to.split("@")[0], mail.subject) for mail in self.mails())

    def mails(self):
        return [mail for mail in mails(self.app) if mail.cause == "announcement"]


@pytest.fixture
def scene(app, clock):
    return Scene(app)


def test_a_second_announcement_within_seven_days_reaches_nobody_who_got_the_first(app, clock, scene):
    """A11, through the outbox, whatever the board; it is kept for the digest, and stands among the notices."""
    scene.board("here", "ada", "bob")
    scene.board("there", "ada", "bob", "cem")
    scene.topic("here", "The first")
    clock.shift(timedelta(days=7) - timedelta(seconds=1))
    second = scene.topic("there", "The second")
    assert scene.sent() == [("ada", "The first"), ("bob", "The first"), ("cem", "The second")]
    with reading(app) as session:
        names = {row.id: row.name for row in session.query(Account)}
        kept = session.query(AnnouncementDelivery).filter_by(by_mail=False)
        assert {(names[one.account_id], one.post_id, one.written_at) for one in kept} == {
            ("ada", second, None),
            ("bob", second, None),
        }
        told = session.query(Notice).filter_by(post_id=second, kind="announcement")
        assert {names[notice.recipient_id] for notice in told} == {"ada", "bob", "cem"}
    clock.shift(timedelta(seconds=1))
    scene.topic("here", "The third")
    assert ("ada", "The third") in scene.sent()


def test_two_announcements_at_the_same_moment_reach_nobody_twice(scene):
    boards = ("one", "two")
    for slug in boards:
        scene.board(slug, "ada", "bob", "cem")
    at_once(*(partial(scene.topic, slug, f"On {slug}") for slug in boards))
    assert [name for name, _title in scene.sent()] == ["ada", "bob", "cem"]


def test_work_that_is_done_twice_writes_no_mail_twice(scene):
    scene.board("here", "ada")
    scene.topic("here")
    assert scene.sent() == scene.sent() == [("ada", "Something new")]


def test_who_wants_no_such_mail_or_may_not_see_it_gets_none(app, scene):
    with writing(app) as session:
        cast.suspended(session, "sus")
        cast.unconfirmed(session, "unc")
        cem = session.query(Account).filter_by(name="cem").one()
        session.add(ChannelChoice(account_id=cem.id, kind="announcement", channel="mail", is_on=False))
    scene.board("closed", "ada", rights=cast.STAFF_ONLY)
    scene.board("here", "bob", "cem", "sus", "unc", "ann")
    scene.topic("closed", "Among us")
    scene.topic("here")
    assert scene.sent() == [("bob", "Something new")]


def test_what_is_deleted_before_it_is_mailed_goes_to_nobody(app, scene):
    scene.board("here", "ada")
    post_id = scene.topic("here")
    with writing(app) as session:
        ann = cast.actor(session, session.query(Account).filter_by(name="ann").one())
        actions.delete_post(session, ann, post_for_update(session, ann, post_id))
    assert scene.sent() == []


def test_an_ordinary_topic_and_a_members_word_are_no_announcements(scene):
    scene.board("talk", "ada", kind="discussion")
    scene.topic("talk", by="bob", voice=Voice())
    scene.topic("talk", voice=Voice("seed", "official", "seeder"))
    assert scene.sent() == []
    scene.topic("talk", "An announcement")
    assert scene.sent() == [("ada", "An announcement")]


def test_a_notice_of_safety_goes_to_everybody_and_takes_nobodys_turn(scene):
    scene.board("here", "ada")
    scene.board("there", "bob")
    scene.topic("here", "The first")
    scene.topic("here", "Do not use it", grounds=SAFETY)
    scene.topic("there", "The second")
    warned = [(name, "[Safety notice] Do not use it") for name in ("ada", "bob", "cem")]
    assert scene.sent() == sorted([("ada", "The first"), ("bob", "The second"), *warned])


def test_whoever_announces_is_told_how_many_before_and_after(app, client, scene):
    scene.board("here", "ada")
    scene.board("there", "ada", "bob")
    scene.topic("here")
    enter(app, client, "ann")
    kept = "1 had an announcement this week already and finds it among the notices."
    assert f"1 member gets this by mail. {kept}" in read(client, "/b/there/new")
    assert "by mail" not in read(client, "/b/there/guard?intent=moderate")
    assert "3 members get this by mail." in read(client, "/b/there/guard?intent=announce&notice=safety&incident=X")
    typed = {"title": "News for all", "body": "Here it is.", "intent": "announce", "speaking": "announcer"}
    with cast.unhurried():
        answer = client.submit("/b/there/new", typed)
    assert f"Published. It goes to 1 member by mail. {kept}" in read(client, answer.location)


def test_the_mail_says_why_it_comes_and_where_to_choose(scene):
    scene.board("here", "ada")
    scene.topic("here", body="Long awaited.")
    assert scene.sent()
    (mail,) = scene.mails()
    for words in ("Acme announces on", "Long awaited.", "one announcement a week at most", "/settings/notices", "/t/"):
        assert words in mail.text
