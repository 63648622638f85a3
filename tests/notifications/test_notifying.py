"""Who hears of what."""

from __future__ import annotations

import pytest

from forum.core import clock
from forum.notifications import actions, queries
from forum.notifications.drafts import News
from forum.notifications.models import ChannelChoice, Notice
from forum.posts import actions as posts
from forum.posts.drafts import EditDraft
from forum.posts.queries import post_for_update
from tests import cast
from tests.notifications.people import heard, reply, said


@pytest.fixture
def people(session):
    return {name: cast.member(session, name) for name in ("ada", "bo", "cy", "di")}


@pytest.fixture
def topic(session, people):
    return cast.topic(session, cast.board(session, "talk"), people["ada"])


def test_one_post_is_one_notice_with_its_strongest_reason(session, people, topic):
    first = reply(session, topic, people["bo"], "First.")
    source = f"> [@bo](/p/{first.id}):\n>\n> First.\n\nYes @bo, and @cy, see [ada](/p/{topic.last_post_id})."
    reply(session, topic, people["di"], source, "bo", "cy", reply_to_number=first.number)
    assert heard(session, people["bo"]) == ["mention"]
    assert heard(session, people["cy"]) == ["mention"]
    assert heard(session, people["di"]) == []


def test_who_is_answered_and_who_is_quoted_hear_so(session, people, topic):
    first = reply(session, topic, people["bo"], "First.")
    second = reply(session, topic, people["cy"], "Second.")
    reply(session, topic, people["di"], f"> [@cy](/p/{second.id}):\n>\n> Second.\n\nNo.", reply_to_number=first.number)
    assert heard(session, people["bo"]) == ["reply"]
    assert heard(session, people["cy"]) == ["quote"]


def test_nobody_hears_of_what_they_did_themselves(session, people, topic):
    first = reply(session, topic, people["bo"], "I, @bo, am here.", "bo")
    reply(session, topic, people["bo"], "And again.", reply_to_number=first.number)
    assert heard(session, people["bo"]) == []


def test_an_edit_that_adds_a_mention_tells_once(session, people, topic):
    post = reply(session, topic, people["bo"], "Nobody yet.")
    actor = cast.actor(session, people["bo"])
    for source in ("Now @cy.", "Now @cy, indeed.", "Nobody again, which is long enough.", "And @cy once more."):
        found = post_for_update(session, actor, post.id)
        with cast.unhurried():
            posts.edit_post(session, actor, found, EditDraft(body=said(source, "cy"), base=found.revision_count))
    assert heard(session, people["cy"]) == ["mention"]


def test_who_cannot_see_the_board_or_is_not_here_hears_nothing(session, people):
    backroom = cast.board(session, "backroom", rights=cast.STAFF_ONLY)
    rena, stella = cast.staff(session, "rena"), cast.staff(session, "stella")
    away = cast.staff(session, "away", deactivated_at=clock.now())
    sven = cast.suspend(session, cast.staff(session, "sven"))
    topic = cast.topic(session, backroom, rena)
    reply(session, topic, rena, "@stella @ada @away @sven", "stella", "ada", "away", "sven")
    assert heard(session, stella) == ["mention"]
    for person in (people["ada"], away, sven):
        assert heard(session, person) == []


def test_a_mention_by_a_former_name_still_finds_its_owner(session, people, topic):
    from forum.accounts import names
    from forum.accounts.models import FormerName

    session.add(
        FormerName(name_key=names.fold("cyril"), name="cyril", account_id=people["cy"].id, changed_at=clock.now())
    )
    reply(session, topic, people["bo"], "Hello @cyril", "cyril")
    assert heard(session, people["cy"]) == ["mention"]


def test_replies_of_a_topic_are_one_line_that_opens_at_the_first_unread(session, people, topic):
    first = reply(session, topic, people["bo"], "First.")
    for name in ("cy", "di", "cy"):
        reply(session, topic, people[name], f"To you, from {name}.", reply_to_number=first.number)
    reply(session, topic, people["di"], "And @bo!", "bo")
    lines = queries.centre(session, cast.actor(session, people["bo"])).lines
    assert [(line.says, line.unread) for line in lines] == [("di mentioned you", True), ("3 new replies", True)]
    assert lines[1].opens.endswith("/unread")
    assert lines[0].opens.endswith("#post-6")
    actions.see_topic(session, people["bo"].id, topic.id, 4)
    lines = queries.centre(session, cast.actor(session, people["bo"]), "replies").lines
    assert [(line.says, line.unread) for line in lines] == [("cy replied to you", True), ("2 new replies", False)]


def test_what_is_gone_from_view_is_gone_from_the_centre_and_the_bell(session, people, topic):
    post = reply(session, topic, people["bo"], "Hello @cy", "cy")
    actor = cast.actor(session, people["bo"])
    posts.delete_post(session, actor, post_for_update(session, actor, post.id))
    assert heard(session, people["cy"]) == []
    assert queries.centre(session, cast.actor(session, people["cy"])).lines == []


def test_who_switched_a_kind_off_here_does_not_see_it(session, people, topic):
    session.add(ChannelChoice(account_id=people["cy"].id, kind="mention", channel="site", is_on=False))
    session.flush()
    reply(session, topic, people["bo"], "Hello @cy and @di", "cy", "di")
    assert queries.centre(session, cast.actor(session, people["cy"])).lines == []
    assert [line.kind.key for line in queries.centre(session, cast.actor(session, people["di"])).lines] == ["mention"]


def test_the_first_reaction_and_the_chosen_answer_are_told(session, people):
    topic = cast.topic(session, cast.board(session, "ask", kind="question"), people["ada"])
    post = reply(session, topic, people["bo"], "Like this.")
    for name in ("cy", "di"):
        actor = cast.actor(session, people[name])
        posts.react(session, actor, post_for_update(session, actor, post.id), "helpful")
    actor = cast.actor(session, people["ada"])
    posts.accept_answer(session, actor, post_for_update(session, actor, post.id))
    says = [line.says for line in queries.centre(session, cast.actor(session, people["bo"])).lines]
    assert says == ["ada chose your reply as the answer", "cy reacted to your post"]


def test_other_parts_tell_of_things_that_are_no_posts(session, people):
    news = News("reaction", about="group:7:joined", by=people["ada"].id, title="Menders", url="/g/menders")
    actions.notify(session, news, [people["bo"].id, people["ada"].id])
    actions.notify(session, news, [people["bo"].id])
    assert session.query(Notice).count() == 1
    line = queries.centre(session, cast.actor(session, people["bo"])).lines[0]
    assert (line.title, line.opens) == ("Menders", "/g/menders")


def test_one_statement_tells_fifty(session, people, topic):
    from sqlalchemy import event

    crowd = [cast.member(session) for _ in range(50)]
    said_to_the_database = []
    bind = session.get_bind()
    note = lambda *call: said_to_the_database.append(call[2])  # noqa: E731
    event.listen(bind, "before_cursor_execute", note)
    actions.notify(session, News("mention", about="x", by=None, topic=topic), [person.id for person in crowd])
    event.remove(bind, "before_cursor_execute", note)
    assert len(said_to_the_database) == 1
    assert session.query(Notice).count() == 50


def test_a_group_is_called_once_a_day_and_a_large_one_never(session, people, topic):
    from datetime import timedelta

    from forum.accounts.models import GroupRow
    from forum.notifications.models import GroupCall

    open_to_all = {"seen_by": "everyone", "mentioned_by": "members"}
    small = GroupRow(slug="menders", name="Menders", member_count=2, **open_to_all)
    large = GroupRow(slug="crowd", name="Crowd", member_count=101, **open_to_all)
    session.add_all([small, large])
    session.flush()
    for group in (small, large):
        for name in ("cy", "di"):
            cast.join(session, people[name], group.id)
    reply(session, topic, people["bo"], "Dear @menders and @crowd, you too @di", "menders", "crowd", "di")
    reply(session, topic, people["bo"], "And again @menders", "menders")
    assert heard(session, people["cy"]) == ["group_mention"]
    assert heard(session, people["di"]) == ["mention"]
    session.query(GroupCall).one().called_at -= timedelta(days=2)
    session.flush()
    reply(session, topic, people["bo"], "The day after @menders", "menders")
    assert heard(session, people["cy"]) == ["group_mention"] * 2
