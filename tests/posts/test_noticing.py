"""Notices of safety, security and law, and topics whose authors say that they are urgent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.boards.models import Board
from forum.core.errors import Invalid, InvalidFields
from forum.organization.models import RoleGrant
from forum.organization.notice_models import GuardLapse, SafetyNotice
from forum.organization.overriding import Grounds, HeldBack
from forum.organization.queries import state
from forum.organization.voices import Voice
from forum.permissions import Role
from forum.posts import actions
from forum.posts.drafts import EditDraft
from forum.posts.models import Post, Topic
from forum.site.models import Deed
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.doors import clock as clocks
from tests.posts.doors import established, hours, living
from tests.posts.people import enter, read

NEWS, WORD = Voice("announce", "official", "announcer"), Voice("official", "official", "host")
RECALL = Grounds(notice="safety", incident="The recall")
OTHER = Grounds(notice="legal", incident="Another", is_another=True)
ANSWER = Voice("answer", "official", "responder")


def news(session, **given):
    return cast.board(session, kind="announcement", **given)


# ── notices ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_notice_goes_beside_the_budget_and_takes_none_of_it(session, clock):
    ann = cast.staff(session, "ann")
    with established(announcements=9, is_review_overdue=True):
        board = news(session)
        with pytest.raises(HeldBack):
            cast.topic(session, board, ann, voice=NEWS)
        cast.topic(session, board, ann, voice=NEWS, grounds=RECALL)
    assert state.board_state(session, board, clocks.now()).announcements == 0
    cast.topic(session, board, ann, voice=NEWS)
    assert state.board_state(session, board, clocks.now()).announcements == 1


def test_an_incident_has_one_notice_in_24_hours_whatever_the_board_and_whoever_writes(session, clock):
    ann, hal = cast.staff(session, "ann"), cast.staff(session, "hal")
    cast.topic(session, news(session), ann, voice=NEWS, grounds=RECALL)
    again = Grounds(notice="legal", incident="  the RECALL ")
    clock.shift(hours(23))
    with pytest.raises(HeldBack, match="within 24 hours already"):
        cast.topic(session, news(session), hal, voice=NEWS, grounds=again)
    cast.topic(session, news(session), hal, voice=NEWS, grounds=OTHER)
    clock.shift(hours(1))
    cast.topic(session, news(session), hal, voice=NEWS, grounds=replace(again, is_another=True))


def test_a_notice_that_becomes_another_text_is_judged_as_one_and_is_a_notice_no_more(session, clock):
    ann, hal, board = cast.staff(session, "ann", roles=[Role.ANNOUNCER]), cast.staff(session, "hal"), news(session)
    more = " Ours are better than ever, and cheaper for those who come today." * 2
    theirs = cast.topic(session, board, ann, voice=NEWS, grounds=RECALL)
    hosts = cast.topic(session, board, hal, voice=NEWS, grounds=OTHER)

    def edit(by, topic, added):
        post = session.query(Post).filter_by(topic_id=topic.id, number=1).one()
        post.topic = living(session, topic)
        with cast.unhurried():
            draft = EditDraft(cast.words(post.source + added), post.revision_count)
            actions.edit_post(session, cast.actor(session, by), post, draft)
        session.flush()
        return living(session, topic).notice

    with established(announcements=9):
        assert edit(ann, theirs, " Please.") == "safety"
        assert edit(hal, hosts, more) == "legal"  # a Host of all boards says that it is one still
        with pytest.raises(HeldBack, match="Announcements here"):
            edit(ann, theirs, more)
        assert living(session, theirs).notice == "safety"
    assert state.board_state(session, board, clocks.now()).announcements == 0
    assert edit(ann, theirs, more) == ""
    assert state.board_state(session, board, clocks.now()).announcements == 1


def test_on_other_boards_a_notice_bypasses_the_budget_and_nothing_else(session, clock):
    hal = cast.staff(session, "hal")
    with established(our_posts=60, announcements=9):
        with pytest.raises(HeldBack, match="share of the conversation"):
            cast.topic(session, cast.board(session), hal, voice=WORD, grounds=RECALL)
        cast.topic(session, news(session), hal, voice=NEWS, grounds=RECALL)


def test_who_names_it_otherwise_is_asked_once_whether_it_is_the_same(session, clock):
    ann = cast.staff(session, "ann")
    cast.topic(session, news(session), ann, voice=NEWS, grounds=RECALL)
    clock.shift(hours(1) / 30)
    with pytest.raises(Invalid, match="2 minutes ago about “The recall”: is it the same") as asked:
        cast.topic(session, news(session), ann, voice=NEWS, grounds=replace(OTHER, is_another=False))
    assert asked.value.field == "another"
    cast.topic(session, news(session), ann, voice=NEWS, grounds=OTHER)


def test_the_whole_place_has_at_most_three_notices_in_24_hours(session, clock):
    ann = cast.staff(session, "ann")
    for name in ("One", "Two and", "Three"):
        cast.topic(session, news(session), ann, voice=NEWS, grounds=replace(OTHER, incident=name))
        clock.shift(hours(1))
    fourth = replace(OTHER, incident="Four")
    with pytest.raises(Invalid, match="The next can go in 21 hours"):
        cast.topic(session, news(session), ann, voice=NEWS, grounds=fourth)
    clock.shift(hours(21))
    cast.topic(session, news(session), ann, voice=NEWS, grounds=fourth)


def test_neither_a_partner_nor_an_announcer_of_some_boards_warns_everybody(session):
    board, pat = news(session), cast.staff(session, "pat", cast.partner(session))
    ann = cast.staff(session, "ann", roles=[Role.ANNOUNCER])
    session.query(RoleGrant).filter_by(account_id=ann.id).update({"board_ids": [board.id]})
    for who in (pat, ann):
        with pytest.raises(HeldBack, match="of all boards"):
            cast.topic(session, board, who, voice=NEWS, grounds=RECALL)


def test_an_announcer_or_a_host_publishes_one_and_it_stands_in_the_log(session):
    hal = cast.staff(session, "hal", roles=[Role.HOST])
    board = news(session)
    topic = cast.topic(session, board, hal, "Do not use it", voice=WORD, grounds=RECALL)
    assert (topic.notice, session.get_one(SafetyNotice, topic.id).about) == ("safety", "The recall")
    deed = session.query(Deed).filter_by(deed="noticed").one()
    assert (deed.by_id, deed.after["title"], deed.after["note"]) == (hal.id, "Do not use it", "The recall")
    with pytest.raises(HeldBack, match="Only an Announcer announces"):
        cast.topic(session, board, hal, voice=WORD)
    rae = cast.staff(session, "rae", roles=[Role.RESPONDER])
    with pytest.raises(HeldBack, match="Announcers and Hosts of all boards"):
        cast.topic(session, cast.board(session), rae, voice=Voice("official", "official", "responder"), grounds=RECALL)


@pytest.mark.parametrize(
    ("grounds", "voice", "field"),
    (
        (Grounds(notice="gossip", incident="The recall"), NEWS, "notice"),
        (Grounds(notice="safety", incident=" x "), NEWS, "incident"),
        (RECALL, ANSWER, "intent"),
    ),
)
def test_a_notice_says_of_what_kind_about_what_and_officially(session, grounds, voice, field):
    with pytest.raises(InvalidFields) as refused:
        cast.topic(session, cast.board(session), cast.staff(session), voice=voice, grounds=grounds)
    assert set(refused.value.fields) == {field}


def test_members_publish_no_notices(session):
    with pytest.raises(Invalid):
        cast.topic(session, cast.board(session), cast.member(session), grounds=RECALL)


def test_a_notice_is_labelled_where_it_stands_and_in_lists(app, client, clock):
    with writing(app) as session:
        cast.staff(session, "hal", roles=[Role.HOST])
        cast.board(session, "news", kind="announcement")
    enter(app, client, "hal")
    assert "No notice of that kind" in read(client, "/b/news/new")
    typed = {
        "title": "Do not use it",
        "body": "It may break.",
        "intent": "official",
        "speaking": "host",
        "notice": "security",
        "incident": "The leak",
    }
    address = client.submit("/b/news/new", typed).location
    for page in (address, "/b/news", "/latest"):
        assert "Security notice" in read(client, page)
    clock.shift(hours(1))
    again = client.submit("/b/news/new", {**typed, "title": "Once more", "body": "Still."})
    assert (again.status_code, "within 24 hours already" in again.text) == (409, True)
    other = {**typed, "title": "Once more", "incident": "A leak"}
    asked = client.submit("/b/news/new", other)
    assert (asked.status_code, "is it the same?" in asked.text, 'name="another"' in asked.text) == (422, True, True)
    held = client.held("/b/news/new", "title")
    assert client.post("/b/news/new", data=held | other | {"another": "y"}).status_code == 303


# ── urgent by the answer of who asks ──────────────────────────────────────────────────────────────────────────────────


def asking(session):
    return cast.board(session, kind="question", required_fields=["urgent"])


def test_where_the_board_asks_whether_it_is_urgent_the_answer_marks_it_and_nobody_waits(session, clock):
    board, ada, sid = asking(session), cast.member(session, "ada"), cast.staff(session, "sid")
    calm = cast.topic(session, board, ada, fields={"urgent": "no"})
    topic = cast.topic(session, board, ada, fields={"urgent": "yes"})
    assert (calm.urgent_at, topic.urgent_at, topic.urgent_by_id) == (None, clocks.now(), ada.id)
    notes = session.query(Post).filter_by(topic_id=topic.id, action="urgent").all()
    assert len(notes) == 1
    with established():
        assert isinstance(cast.try_to_reply(session, living(session, topic), sid, voice=ANSWER), Post)
        assert not isinstance(cast.try_to_reply(session, living(session, calm), sid, voice=ANSWER), Post)


def test_the_form_asks_it_where_the_board_does_and_nowhere_else(app, client, clock):
    with writing(app) as session:
        asking(session).slug = "care"
        cast.board(session, "calm", kind="question")
    enter(app, client, "ada")
    assert "Is it urgent?" in read(client, "/b/care/new")
    assert "Is it urgent?" not in read(client, "/b/calm/new")
    typed = {"title": "It smokes", "body": "What now?", "urgent": ""}
    assert "needs an answer" in client.submit("/b/care/new", typed).text
    address = client.submit("/b/care/new", {**typed, "urgent": "yes"}).location
    page = read(client, address)
    assert "says that this is urgent" in page
    with reading(app) as session:
        opening = session.query(Post).filter_by(number=1).one().id
    client.submit(f"/p/{opening}/edit", {"title": "It smokes", "urgent": "no"})
    assert "not urgent any more" in read(client, address)


# ── when nobody measures ──────────────────────────────────────────────────────────────────────────────────────────────


def test_measures_dead_for_37_hours_only_advise_everywhere_and_it_is_told_once_an_hour(app, clock, caplog):
    """A12, through the verbs."""
    with writing(app) as session:
        ada, sid = cast.member(session, "ada"), cast.staff(session, "sid")
        boards = [cast.board(session, kind="question") for _ in range(2)]
        topics = [cast.topic(session, board, ada).id for board in boards]
    loud = {"our_posts": 90, "posts": 100, "measured_at": clocks.now() - hours(37)}
    with established(**loud):
        for topic_id in topics:
            with writing(app) as session:
                topic = living(session, session.get_one(Topic, topic_id))
                assert isinstance(cast.try_to_reply(session, topic, session.merge(sid), voice=ANSWER), Post)
    assert [record.message for record in caplog.records if "only advises" in record.message] == [
        f"The guard only advises on board {boards[0].id}: its numbers are old."
    ]
    with reading(app) as session:
        assert [lapse.is_blind for lapse in session.query(GuardLapse)] == [False]
    with established(**loud, pins=2), writing(app) as session:
        board = session.get_one(Board, boards[0].id)
        who = cast.actor(session, cast.join(session, session.merge(sid), 4))
        for number in range(3):
            topic = cast.topic(session, board, session.merge(ada))
            if number < 2:
                actions.pin(session, who, topic, scope="board", until=clocks.now() + hours(24))
            else:
                with pytest.raises(HeldBack, match="as many topics at the top as we may"):
                    actions.pin(session, who, topic, scope="board", until=clocks.now() + hours(24))
