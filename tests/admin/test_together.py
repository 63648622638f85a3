"""Two accounts of one person that both sat, voted, came, drafted and asked: what becomes of the two."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.accounts.models import GroupMember, GroupRow, IgnoredMember, Invitation
from forum.admin import actions
from forum.bookmarks.models import Bookmark
from forum.conversations import actions as talks
from forum.conversations.drafts import MessageDraft, StartDraft
from forum.conversations.models import Conversation, Message, Seat
from forum.core import clock as time
from forum.drafts.models import Draft
from forum.following.models import BoardFollow, TagFollow
from forum.gatherings.models import Attendance
from forum.notifications.models import Notice
from forum.polls import check as polls
from forum.polls.models import Poll, PollOption, PollVote
from forum.posts import check
from forum.posts.outcome_models import TOO, VOTE, Backing
from forum.uploads.models import Upload
from tests import cast


@pytest.fixture
def two(session):
    """One person with two accounts, and what both did."""
    return cast.member(session, "one"), cast.member(session, "two")


def merge(session, one, two):
    actions.merge_accounts(session, cast.actor(session, cast.administrator(session, "ada")), one, two, "one")
    assert list(check.drifts(session, further=polls.RULES)) == []


def message(words):
    return MessageDraft(body=cast.words(words))


def test_both_sat_in_one_conversation_and_each_wrote_to_the_moderators(session, two, clock):
    one, other = two
    mo = cast.member(session, "mo")
    talk = talks.start(session, cast.actor(session, mo), StartDraft(message("Hello both."), ("one", "two")))
    for person, words in ((one, "First."), (other, "Second."), (one, "Third.")):
        talks.write_to_moderators(session, cast.actor(session, person), message(words))
        clock.shift(timedelta(minutes=1))
    merge(session, one, other)
    seats = {seat.account_id for seat in session.query(Seat).filter_by(conversation_id=talk.id, takes_part=True)}
    assert seats == {mo.id, other.id}
    (about,) = session.query(Conversation).filter_by(kind="moderators")
    told = session.query(Message).filter_by(conversation_id=about.id).order_by(Message.number).all()
    assert [row.source for row in told] == ["Second.", "First.", "Third."]
    assert [row.number for row in told] == [1, 2, 3]
    assert about.last_number == 3


def test_a_place_that_both_held_becomes_free_for_who_waits(session, two):
    one, other = two
    board = cast.board(session, kind="event")
    starts = time.now() + timedelta(days=9)
    topic = cast.topic(session, board, cast.member(session), fields={"places": 2}, starts_at=starts)
    waits = cast.member(session, "waits")
    for turn, person in enumerate((one, other, waits), start=1):
        session.add(
            Attendance(
                topic_id=topic.id,
                account_id=person.id,
                answer="yes",
                is_waiting=person is waits,
                turn=turn,
                answered_at=time.now(),
            )
        )
    session.flush()
    merge(session, one, other)
    rows = {row.account_id: row for row in session.query(Attendance)}
    assert set(rows) == {other.id, waits.id}
    assert rows[other.id].turn == 1
    assert not rows[waits.id].is_waiting


def test_votes_follows_drafts_and_the_rest_count_once_and_nothing_is_left_behind(session, two):
    one, other = two
    board, tag, group = cast.board(session, kind="question"), cast.tag(session, "wax"), cast.group(session)
    mo = cast.member(session, "mo")
    topic, own = cast.topic(session, board, mo), cast.topic(session, board, other)
    reply = cast.reply(session, topic, mo)
    now = time.now()
    poll = Poll(post_id=reply.id, question="Which?", created_at=now)
    session.add(poll)
    session.flush()
    options = [PollOption(poll_id=poll.id, position=number, words=str(number)) for number in (1, 2)]
    session.add_all(options)
    session.flush()
    for person, option in zip((one, other), options, strict=True):
        cast.join(session, person, group.id, is_owner=person is one)
        session.add_all(
            [
                PollVote(option_id=option.id, account_id=person.id, poll_id=poll.id, created_at=now),
                Backing(topic_id=topic.id, account_id=person.id, kind=VOTE, created_at=now),
                Bookmark(post_id=reply.id, topic_id=topic.id, account_id=person.id, created_at=now),
                BoardFollow(account_id=person.id, board_id=board.id, level="watching", by_hand=True, since=now),
                TagFollow(account_id=person.id, tag_id=tag.id, level="watching", since=now),
                Draft(
                    account_id=person.id, place="reply", place_id=topic.id, body=f"By {person.name}.", updated_at=now
                ),
                Invitation(by_id=person.id, note="", created_at=now, expires_at=now, most_uses=1),
            ]
        )
    session.add_all(
        [
            IgnoredMember(account_id=one.id, ignored_id=other.id, since=now),
            IgnoredMember(account_id=one.id, ignored_id=mo.id, since=now),
            Backing(topic_id=own.id, account_id=one.id, kind=TOO, created_at=now),
        ]
    )
    session.flush()
    check.mend(session, polls.RULES)
    check.settle(session, type(topic), [topic.id, own.id])
    one.asked_at = now
    merge(session, one, other)
    assert other.asked_at == now  # whoever was asked lately is left alone under either name
    assert [vote.option_id for vote in session.query(PollVote)] == [options[1].id]
    assert session.query(Draft).one().body == "By two.\n\nBy one."
    assert session.get(GroupRow, group.id).member_count == 1
    assert session.get(GroupMember, (group.id, other.id)).is_owner
    assert [row.ignored_id for row in session.query(IgnoredMember)] == [mo.id]
    for model, number in ((Bookmark, 1), (BoardFollow, 1), (TagFollow, 1), (Invitation, 2), (Backing, 1)):
        rows = session.query(model).all()
        assert len(rows) == number, model
        assert {getattr(row, "account_id", None) or row.by_id for row in rows} == {other.id}
    assert session.query(Notice).filter_by(recipient_id=one.id).count() == 0
    assert session.query(Upload).filter_by(owner_id=one.id).count() == 0
