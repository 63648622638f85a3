"""Words that wait: kept whole, seen by nobody but their author and moderators, let through or not, and back."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect

from forum.core import clock as clocks
from forum.core.errors import Conflict, Invalid, NotFound, Refused, TooSoon
from forum.holds import actions as holds
from forum.holds import queries as hold_queries
from forum.holds.events import (
    HeldForReview,
    HeldRejected,
    HeldReleased,
    RejectionUndone,
    ReleaseUndone,
)
from forum.holds.models import HeldPost
from forum.notifications.models import Notice
from forum.organization.voices import Voice
from forum.permissions import HOUSE, Group
from forum.polls.models import Poll
from forum.posts import actions
from forum.posts.check import drifts
from forum.posts.drafts import Arrival, TopicDraft
from forum.posts.models import Post, Topic
from forum.posts.powers import Ground, PeerNeeded
from forum.posts.queries import held as queries
from forum.uploads import queries as upload_queries
from forum.uploads.models import Upload, UploadUse
from tests import cast
from tests.holds.people import answer, decide, held, linked, living, start, watch
from tests.polls.people import WHICH


def test_a_plain_first_post_is_posted_at_once(session, place):
    board, newt, _mo = place
    post = start(session, board, newt)
    assert isinstance(post, Post)
    assert isinstance(answer(session, post.topic, newt), Post)
    assert held(session) == []


def test_a_first_topic_with_a_link_waits_with_everything_its_form_had(session, place, heard, clock):
    board, newt, mo = place
    cast.tag(session, "gut")
    given = {"tags": ("gut",), "along": {"poll": WHICH.kept()}, "wants_org": True, "once": "form-1"}
    row = start(session, board, newt, linked(), "Cheap strings", **given)
    assert isinstance(row, HeldPost)
    assert (row.title, row.source, row.tags) == ("Cheap strings", linked().source, ["gut"])
    assert (row.state, row.detector, row.opened_at) == ("held", "links", clocks.now())
    assert session.query(Topic).count() == 0
    assert heard == [HeldForReview(row.id)]
    assert start(session, board, newt, linked(), "Cheap strings", **given) is row  # pressed twice
    clock.shift(timedelta(hours=2))
    post = decide(session, actions.release, mo, row)
    assert (post.author_id, post.created_at) == (newt.id, clocks.now())
    assert (post.topic.title, post.topic.wants_org, post.has_poll) == ("Cheap strings", True, True)
    assert session.query(Poll).count() == 1
    assert (row.state, row.post_id, row.closed_by_id) == ("released", post.id, mo.id)
    assert heard[1:] == [HeldReleased(row.id, post.id, mo.id)]
    assert [notice.kind for notice in session.query(Notice).filter_by(recipient_id=newt.id)] == ["held_released"]
    assert list(drifts(session)) == []


def test_a_reply_waits_and_answers_what_it_answered(session, place):
    board, newt, mo = place
    topic = cast.topic(session, board, cast.member(session, "ada"))
    row = answer(session, topic, newt, linked(), reply_to_number=1)
    assert isinstance(row, HeldPost)
    assert living(session, topic).post_count == 1
    post = decide(session, actions.release, mo, row)
    assert (post.topic_id, post.number, post.reply_to_number) == (topic.id, 2, 1)
    assert list(drifts(session)) == []


def test_pictures_in_what_waits_are_kept_and_then_stand_in_the_post(session, place):
    board, newt, mo = place
    upload = Upload(
        token="a" * 24, owner_id=newt.id, kind="image", key="k", name="x.webp", media_type="image/webp", size=9,
        created_at=clocks.now(), touched_at=clocks.now(),
    )  # fmt: skip
    session.add(upload)
    session.flush()
    body = linked()
    body = replace(
        body, rendered=replace(body.rendered, html=f'<img src="/files/{upload.token}.webp">{body.rendered.html}')
    )
    row = start(session, board, newt, body)
    assert [(use.place, use.place_id) for use in session.query(UploadUse)] == [("held", row.id)]
    seen_by = [uploaded(session, person, upload) for person in (newt, mo, cast.member(session, "ada"))]
    assert seen_by == [True, True, False]
    post = decide(session, actions.release, mo, row)
    assert [(use.place, use.place_id) for use in session.query(UploadUse)] == [("post", post.id)]


def uploaded(session, person, upload):
    who = cast.actor(session, person)
    try:
        return upload_queries.upload(session, who, upload.token, {"held": queries.readable(who)}) is upload
    except NotFound:
        return False


def test_nobody_but_its_author_and_moderators_finds_it(session, place):
    board, newt, mo = place
    row = start(session, board, newt, linked())
    ada, admin = cast.member(session, "ada"), cast.administrator(session, "root")
    hidden = cast.board(session, rights={})
    session.add(HeldPost(**{**values(row), "board_id": hidden.id, "once": None}))
    session.flush()
    assert [view.row.id for view in queries.held_for(session, cast.actor(session, mo))] == [row.id]
    assert queries.count_held_for(session, cast.actor(session, mo)) == 1
    assert len(queries.own_held(session, cast.actor(session, newt)).views) == 2
    for person in (ada, admin, None):
        who = cast.actor(session, person)
        assert queries.held_for(session, who) == []
        for find in (queries.held, queries.to_decide):
            with pytest.raises(NotFound):
                find(session, who, row.id)
    for verb in (actions.release, actions.reject):
        with pytest.raises(Refused):
            verb(session, cast.actor(session, ada), row)
    for verb in (actions.withdraw_held, lambda *it: actions.edit_held(*it, None, TopicDraft("A title", linked()))):
        with pytest.raises(Refused):
            verb(session, cast.actor(session, ada), row)


def values(row):
    return {column.key: getattr(row, column.key) for column in inspect(HeldPost).column_attrs if column.key != "id"}


def test_a_moderator_does_not_decide_about_their_own_words(session, place):
    board, _newt, mo = place
    row = start(session, board, mo, arrival=Arrival(mail_failed=True))
    assert row.detector == "mail"
    with pytest.raises(Refused):
        actions.release(session, cast.actor(session, mo), row)
    assert queries.held_for(session, cast.actor(session, mo)) == []


def test_an_edit_stays_held_and_is_judged_anew(session, place):
    board, newt, mo = place
    row = start(session, board, newt, linked(), "Cheap strings")
    watch(session, "loans")
    watch(session, "filth", "block")
    me = cast.actor(session, newt)
    actions.edit_held(session, me, row, None, TopicDraft("Loans for all", linked("Loans")))
    assert (row.title, [reason["rule"] for reason in row.reasons]) == ("Loans for all", ["word", "links"])
    actions.edit_held(session, me, row, None, TopicDraft("Just strings", cast.words("No link any more")))
    assert (row.state, row.source) == ("held", "No link any more")
    assert [reason["rule"] for reason in row.reasons] == ["word", "links"]  # why it waits, as last said
    with pytest.raises(Invalid):
        actions.edit_held(session, me, row, None, TopicDraft("Filth", linked()))
    post = decide(session, actions.release, mo, row)
    assert (post.source, post.topic.title) == ("No link any more", "Just strings")
    with pytest.raises(Conflict):
        actions.edit_held(session, me, row, None, TopicDraft("Too late", linked()))


def test_its_author_takes_it_back(session, place, heard):
    board, newt, mo = place
    row = start(session, board, newt, linked())
    actions.withdraw_held(session, cast.actor(session, newt), row)
    assert row.state == "withdrawn"
    for verb in (actions.release, actions.reject):
        with pytest.raises(Conflict):
            decide(session, verb, mo, row)
    assert session.query(Topic).count() == 0


def test_two_moderators_decide_once(session, place):
    board, newt, mo = place
    row = start(session, board, newt, linked())
    decide(session, actions.reject, mo, row, "This is advertising.")
    with pytest.raises(Conflict):
        decide(session, actions.release, cast.moderator(session, "mia"), row)
    assert (row.state, row.why) == ("rejected", "This is advertising.")
    assert [notice.kind for notice in session.query(Notice).filter_by(recipient_id=newt.id)] == ["held_rejected"]


def test_every_decision_has_its_exact_opposite(session, place, heard):
    board, newt, mo = place
    topic = cast.topic(session, board, cast.member(session, "ada"))
    rows = [start(session, board, newt, linked()), answer(session, topic, newt, linked("Again"))]
    for row in rows:
        before = values(row)
        decide(session, actions.reject, mo, row, "No.")
        decide(session, actions.undo_rejection, mo, row)
        assert values(row) == before
        counters = counted(session, newt, board, topic)
        post = decide(session, actions.release, mo, row)
        assert counted(session, newt, board, topic) != counters
        decide(session, actions.undo_release, mo, row)
        assert {**values(row), "post_id": None} == before
        assert counted(session, newt, board, topic) == counters
        assert list(drifts(session)) == []
        with pytest.raises(Conflict):
            actions.withdraw_held(session, cast.actor(session, newt), row)  # a moderator looks at it once more
        assert decide(session, actions.release, mo, row).id == post.id  # the same post, at its address
        assert post.deleted_at is None
        assert list(drifts(session)) == []
    kinds = [type(event) for event in heard]
    assert kinds.count(RejectionUndone) == kinds.count(HeldRejected) == kinds.count(ReleaseUndone) == 2
    assert kinds.count(HeldReleased) == 4
    with pytest.raises(Conflict):
        decide(session, actions.undo_rejection, mo, rows[0])


def counted(session, newt, board, topic):
    for row in (newt, board, topic):
        session.refresh(row)
    return (
        (newt.topic_count, newt.post_count),
        (board.topic_count, board.post_count, board.last_topic_id),
        (topic.post_count, topic.last_post_id, topic.face_ids, topic.bumped_at, topic.peer_reply_count),
    )


def test_the_host_does_not_decide_alone_what_is_about_it(session, place):
    board, newt, mo = place
    sid = cast.join(session, cast.staff(session, "sid"), Group.MODERATORS)
    about, other = (start(session, board, newt, linked(text)) for text in ("Acme sells bad", "Somebody sells bad"))
    for verb in (actions.reject, actions.release):
        with pytest.raises(PeerNeeded):
            decide(session, verb, sid, about)
    decide(session, actions.reject, sid, other)
    decide(session, actions.reject, sid, about, "", Ground("unkind", shared=True))
    with pytest.raises(PeerNeeded):
        decide(session, actions.undo_rejection, sid, about)
    decide(session, actions.undo_rejection, mo, about)
    assert about.state == "held"


def test_what_the_verb_refuses_is_refused_when_it_is_let_through(session, place):
    board, newt, mo = place
    topic = cast.topic(session, board, cast.member(session, "ada"))
    row = answer(session, topic, newt, linked())
    actions.lock(session, cast.actor(session, mo), living(session, topic))
    with pytest.raises(Invalid, match="nothing can be posted there"):
        decide(session, actions.release, mo, row)
    cast.suspend(session, newt)
    actions.unlock(session, cast.actor(session, mo), living(session, topic))
    with pytest.raises(Invalid, match="author may not post here at present"):
        decide(session, actions.release, mo, row)
    assert row.state == "held"


def test_what_waits_counts_for_the_pace(session, place):
    board, newt, _mo = place
    me = cast.actor(session, newt)
    for number in range(3):
        assert isinstance(start(session, board, newt, linked(str(number))), HeldPost)
    with pytest.raises(TooSoon):
        actions.start_topic(session, me, board, TopicDraft("A fourth topic", cast.words("Plain words")))


def test_how_long_it_usually_takes(session, place, clock):
    board, newt, mo = place
    assert not hold_queries.usual_time(session).is_measured
    for hours in (1, 2, 3, 4, 50):
        row = start(session, board, newt, linked(str(hours)))
        clock.shift(timedelta(hours=hours))
        decide(session, actions.reject, mo, row)
    usual = hold_queries.usual_time(session)
    assert (usual.time, usual.count, usual.is_measured) == (timedelta(hours=3), 5, True)


def test_what_was_decided_is_forgotten_after_ninety_days(session, place, clock):
    board, newt, mo = place
    rows = [start(session, board, newt, linked(str(number))) for number in range(2)]
    decide(session, actions.reject, mo, rows[0])
    for days in (89, 2):
        clock.shift(timedelta(days=days))
        holds.forget_decided(session, HOUSE, timedelta(days=holds.KEPT), clocks.now())
        assert session.query(HeldPost).count() == (2 if days == 89 else 1)
    assert held(session) == [rows[1]]  # what waits stays


def test_the_voice_of_staff_is_kept(session, place):
    board, _newt, mo = place
    watch(session, "strings")
    sid = cast.staff(session, "sid")
    voice = Voice("answer", "personal", "")
    row = start(session, board, sid, cast.words("New strings"), voice=voice)
    assert row.voice == asdict(voice)
    post = decide(session, actions.release, mo, row)
    assert (post.intent, post.affiliation_kind) == ("answer", "staff")
