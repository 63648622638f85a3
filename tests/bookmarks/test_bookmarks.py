"""Bookmarks through the verbs and on the page, on both databases: one's own, found again, reminded of once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import joinedload

from forum import identity, wiring
from forum.bookmarks import actions, queries
from forum.bookmarks.events import BookmarkDue
from forum.bookmarks.models import Bookmark
from forum.core import clock as clocks
from forum.core.db import db
from forum.core.errors import NotFound
from forum.notifications.models import Notice
from forum.permissions import HOUSE
from forum.posts import queries as posts
from forum.posts.models import Post
from forum.posts.reading_models import TopicRead
from tests import cast
from tests.gatherings.test_attendance import answers, event
from tests.machines.databases import writing
from tests.polls.people import WHICH, polled
from tests.posts.people import counted, enter, read, send

HOUR = timedelta(hours=1)


def keeps(session, person, post_id, note="", at=None):
    actor = cast.actor(session, person)
    actions.keep(session, actor, posts.post(session, actor, post_id), note, at)


def opening(session, topic):
    return session.query(Post.id).filter_by(topic_id=topic.id, number=1).scalar()


def titles(session, person, sought=""):
    return [row.post.topic.title for row in queries.bookmarks(session, cast.actor(session, person), sought).items]


def test_bookmarks_are_found_by_their_words_due_ones_first_and_nobody_elses(session, clock):
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    board = cast.board(session)
    for title, note, at in (
        ("Old glue", "", HOUR),
        ("Gut strings", "100% of it", None),
        ("Rosin", "for the BASS", None),
    ):
        topic = cast.topic(session, board, ada, title)
        keeps(session, ada, opening(session, topic), note, clocks.now() + at if at else None)
        clock.shift(HOUR)
    keeps(session, bo, opening(session, topic), "mine")
    actions.remind_due(session, HOUSE, identity.actor_for)
    assert titles(session, ada) == ["Old glue", "Rosin", "Gut strings"]
    assert titles(session, ada, "bass") == ["Rosin"]
    assert titles(session, ada, "100%") == ["Gut strings"]
    assert titles(session, ada, "_") == []
    assert titles(session, bo) == ["Rosin"]
    glue = session.query(cast.Topic).filter_by(title="Old glue").one()
    actions.done(session, cast.actor(session, ada), opening(session, glue))
    assert titles(session, ada) == ["Rosin", "Gut strings", "Old glue"]


def test_a_reminder_is_given_once_and_not_of_what_one_may_not_read_any_more(session, clock, monkeypatch):
    rena, ada = cast.staff(session, "rena"), cast.member(session, "ada")
    desk = cast.board(session, rights=cast.STAFF_ONLY)
    secret, public = cast.topic(session, desk, rena), cast.topic(session, cast.board(session), rena)
    at = clocks.now() + HOUR
    for topic in (secret, public):
        keeps(session, rena, opening(session, topic), at=at)
    with pytest.raises(NotFound):
        keeps(session, ada, opening(session, secret))
    session.query(cast.GroupMember).filter_by(account_id=rena.id).delete()
    said = []
    monkeypatch.setattr(actions, "emit", lambda _session, event: said.append(event))
    clock.shift(HOUR)
    for _ in range(2):
        actions.remind_due(session, HOUSE, identity.actor_for)
    assert [(type(event), event.post_id) for event in said] == [(BookmarkDue, opening(session, public))]
    keeps(session, rena, opening(session, public), at=clocks.now() + HOUR)
    clock.shift(HOUR)
    actions.remind_due(session, HOUSE, identity.actor_for)
    assert len(said) == 2


def test_keeping_twice_keeps_once_and_the_mark_goes_with_the_last(session):
    ada = cast.member(session, "ada")
    topic = cast.topic(session, cast.board(session), ada)
    reply = cast.reply(session, topic, ada)
    for post_id in (opening(session, topic), opening(session, topic), reply.id):
        keeps(session, ada, post_id, "again")
    assert session.query(Bookmark).count() == 2
    for post_id, left in ((reply.id, True), (reply.id, True), (opening(session, topic), False)):
        actions.let_go(session, cast.actor(session, ada), post_id)
        session.expire_all()
        row = session.query(TopicRead).filter_by(account_id=ada.id, topic_id=topic.id).one()
        assert row.has_bookmarks == left
        assert row.last_number == 2


def test_a_worker_that_dies_reminds_later_and_once(app, clock, monkeypatch):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        topic = cast.topic(session, cast.board(session), ada)
        keeps(session, ada, opening(session, topic), at=clocks.now() + HOUR)
    clock.shift(2 * HOUR)
    said = []

    def dies(_session, event):
        said.append(event)
        if len(said) == 1:
            raise SystemExit

    with app.app_context():
        monkeypatch.setattr(actions, "emit", dies)
        with pytest.raises(SystemExit):
            wiring.JOBS["remind"]()
        for _ in range(2):
            wiring.JOBS["remind"]()
        assert len(said) == 2  # the first was rolled back with its worker
        assert db.session().query(Bookmark).options(joinedload(Bookmark.post)).one().is_due
        db.session.remove()


def test_a_topics_page_asks_for_bookmarks_only_where_there_are_some(app, client):
    with writing(app) as session:
        ada, board = cast.member(session, "ada"), cast.board(session)
        kept, plain = cast.topic(session, board, ada), cast.topic(session, board, ada)
        post_id = opening(session, kept)
        paths = [f"/t/{topic.id}-{topic.slug}" for topic in (kept, plain)]
    enter(app, client, "bo")
    for path in paths:
        read(client, path)
    address = f"/p/{post_id}/bookmark"
    assert address in read(client, paths[0])
    assert send(client, address, address, note="For the winter", when="tomorrow").status_code == 303
    costs = []
    for path in paths:
        with counted(app) as said:
            page = read(client, path)
        costs.append(len([one for one in said if "FROM bookmarks" in one]))
        assert ("For the winter" in page) == (path == paths[0])
    assert costs == [1, 0]
    assert "For the winter" in read(client, "/bookmarks")
    assert send(client, address, address, when="at", at="gestern").status_code == 422
    assert send(client, "/bookmarks", f"{address}/remove").status_code == 303
    assert "Nothing kept yet" in read(client, "/bookmarks")
    enter(app, client, "ada")
    assert "For the winter" not in read(client, "/bookmarks") + read(client, paths[0])


def test_the_bell_rings_for_reminders_places_other_times_and_closed_polls(app, clock):
    with writing(app) as session:
        ada, bo, cleo = (cast.member(session, name) for name in ("ada", "bo", "cleo"))
        board = cast.board(session, kind="event")
        meeting = event(session, board, ada, 1)
        for person in (bo, cleo):
            answers(session, person, meeting, "yes")
        answers(session, bo, meeting, "no")
        keeps(session, bo, opening(session, meeting), at=clocks.now() + HOUR)
        polled(session, board, ada, replace(WHICH, closes_at=clocks.now() + HOUR))
    clock.shift(HOUR)
    with app.app_context():
        for job in ("remind", "close_due_polls"):
            for _ in range(2):
                wiring.JOBS[job]()
        rung = db.session().query(Notice.kind, cast.Account.name)
        rung = rung.join(cast.Account, cast.Account.id == Notice.recipient_id)
        assert sorted(map(tuple, rung)) == [("place", "cleo"), ("poll_closed", "ada"), ("reminder", "bo")]
        db.session.remove()
