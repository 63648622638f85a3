"""What people do with topics and posts, through the verbs, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.core.clock import now as time_now
from forum.core.errors import Conflict, Invalid, Refused, TooSoon
from forum.organization.voices import Voice
from forum.posts import actions, queries
from forum.posts.check import drifts
from forum.posts.drafts import EditDraft, ReplyDraft, TopicDraft
from forum.posts.limits import LIMITS, AskFirst
from forum.posts.models import Post, Topic
from forum.site import queries as sites
from tests import cast


@pytest.fixture
def board(session):
    return cast.board(session, kind="question")


@pytest.fixture
def ada(session):
    return cast.member(session, "ada")


@pytest.fixture
def bob(session):
    return cast.member(session, "bob")


def opening(session, topic: Topic) -> Post:
    options = joinedload(Post.topic).joinedload(Topic.board)
    found = select(Post).options(options).where(Post.topic_id == topic.id, Post.number == 1)
    return session.scalars(found.execution_options(populate_existing=True)).one()


def edit(text: str, base: int = 0, **given) -> EditDraft:
    return EditDraft(body=cast.words(text), base=base, **given)


# ── starting and replying ───────────────────────────────────────────────────────────────────────


def test_a_topic_counts_for_its_board_its_author_and_its_tags(session, board, ada):
    reed = cast.tag(session, "reed")
    topic = cast.topic(session, board, ada, tags=("reed", "REED "))
    session.expire_all()
    assert (board.topic_count, board.post_count, board.last_topic_id) == (1, 1, topic.id)
    assert (ada.topic_count, ada.post_count, reed.topic_count) == (1, 1, 1)
    assert (topic.face_ids, topic.last_number, topic.post_count) == ([ada.id], 1, 1)
    assert list(drifts(session)) == []


def test_a_reply_moves_its_topic_up_and_shows_its_author(session, board, ada, bob, clock):
    older, newer = cast.topic(session, board, ada), cast.topic(session, board, ada)
    clock.shift(timedelta(minutes=1))
    post = cast.reply(session, older, bob, reply_to_number=1)
    session.expire_all()
    rows = queries.latest_page(session, cast.actor(session, bob)).latest.items
    assert [row.topic.id for row in rows] == [older.id, newer.id]
    assert [face.id for face in rows[0].faces] == [ada.id, bob.id]
    assert (post.number, older.last_post_id, older.reply_count, board.last_topic_id) == (2, post.id, 1, older.id)


def test_a_soft_reply_of_staff_does_not_move_its_topic(session, board, ada, clock):
    older, newer = cast.topic(session, board, ada), cast.topic(session, board, ada)
    clock.shift(timedelta(minutes=1))
    stella = cast.staff(session)
    post = cast.reply(session, older, stella, voice=Voice(intent="welcome", capacity="official", role="responder"))
    session.expire_all()
    rows = queries.latest_page(session, cast.actor(session, ada)).latest.items
    assert [row.topic.id for row in rows] == [newer.id, older.id]
    assert post.organization_id is not None
    assert post.affiliation_kind == "staff"
    assert list(drifts(session)) == []


def test_a_member_cannot_speak_for_the_organization(session, board, ada):
    topic = cast.topic(session, board, ada)
    with pytest.raises(Refused, match="people of the organization"):
        cast.reply(session, topic, ada, voice=Voice(intent="official"))


def test_somebody_hired_later_keeps_their_old_posts_as_a_peer(session, board, ada):
    topic = cast.topic(session, board, ada)
    stella = cast.staff(session)
    assert opening(session, topic).organization_id is None
    assert opening(session, cast.topic(session, board, stella)).organization_id is not None


def test_pressing_twice_posts_once(session, board, ada):
    actor = cast.actor(session, ada)
    draft = TopicDraft(title="Pressed twice", body=cast.words("The same words."), once="form-1")
    first = actions.start_topic(session, actor, board, draft)
    assert actions.start_topic(session, actor, board, draft).id == first.id
    reply = ReplyDraft(body=cast.words("An answer."), once="form-2")
    with cast.unhurried():
        second = actions.reply(session, actor, first.topic, reply)
        assert actions.reply(session, actor, first.topic, reply).id == second.id
    session.expire_all()
    assert (board.topic_count, board.post_count) == (1, 2)


def test_a_topic_needs_a_title_of_five_characters_and_known_tags(session, board, ada):
    with pytest.raises(Invalid, match="at least 5"):
        cast.topic(session, board, ada, "  Hm \n ")
    with pytest.raises(Invalid, match="at most 200"):
        cast.topic(session, board, ada, "x" * 201)
    with pytest.raises(Invalid, match="no tag"):
        cast.topic(session, board, ada, tags=("nothing",))
    cast.tag(session, "official", is_reserved=True)
    with pytest.raises(Invalid, match="for staff"):
        cast.topic(session, board, ada, tags=("official",))
    for n in range(6):
        cast.tag(session, f"tag{n}")
    with pytest.raises(Invalid, match="at most 5 tags"):
        cast.topic(session, board, ada, tags=tuple(f"tag{n}" for n in range(6)))


def start(session, board, person, title="A topic", text="Words enough."):
    draft = TopicDraft(title=title, body=cast.words(text))
    return actions.start_topic(session, cast.actor(session, person), board, draft)


def test_a_topic_every_fifteen_seconds_a_reply_every_five(session, board, ada, bob, clock):
    topic = start(session, board, ada, "The first one", "First words").topic
    with pytest.raises(TooSoon) as refusal:
        start(session, board, ada, "The second one", "Second words")
    assert 14 <= refusal.value.seconds <= 16
    clock.shift(timedelta(seconds=16))
    start(session, board, ada, "The second one", "Second words")
    actor = cast.actor(session, bob)
    actions.reply(session, actor, topic, ReplyDraft(body=cast.words("One")))
    with pytest.raises(TooSoon):
        actions.reply(session, actor, topic, ReplyDraft(body=cast.words("Two")))
    clock.shift(timedelta(seconds=6))
    actions.reply(session, actor, topic, ReplyDraft(body=cast.words("Two")))


def test_a_pause_holds_as_long_as_it_was_set_whatever_else_is_set(session, board, ada, bob, clock):
    topic, actor = cast.topic(session, board, ada), cast.actor(session, bob)
    sites.site(session).settings = {"reply_pause": 900, "same_text": 0}
    session.flush()
    actions.reply(session, actor, topic, ReplyDraft(body=cast.words("One")))
    clock.shift(timedelta(minutes=14))
    with pytest.raises(TooSoon) as refusal:
        actions.reply(session, actor, topic, ReplyDraft(body=cast.words("Two")))
    assert 55 <= refusal.value.seconds <= 61
    clock.shift(timedelta(minutes=1, seconds=1))
    actions.reply(session, actor, topic, ReplyDraft(body=cast.words("Two")))


def test_the_same_words_are_refused_for_five_minutes(session, board, ada, clock):
    start(session, board, ada, "Once only", "The SAME  words")
    clock.shift(timedelta(minutes=1))
    with pytest.raises(Invalid, match="very text"):
        start(session, board, ada, "Twice over", "the same words\n")
    clock.shift(timedelta(minutes=5))
    start(session, board, ada, "Twice over", "the same words")


def test_the_first_day_has_three_topics_and_ten_replies(session, board, ada, clock):
    nils = cast.newcomer(session)
    for n in range(3):
        start(session, board, nils, f"Question {n}", f"Words {n}")
        clock.shift(timedelta(minutes=1))
    with pytest.raises(TooSoon, match="first day"):
        start(session, board, nils, "Question 4", "Words 4")
    topics = [cast.topic(session, board, ada) for _ in range(6)]
    actor = cast.actor(session, nils)
    for n in range(10):
        actions.reply(session, actor, topics[n // 2], ReplyDraft(body=cast.words(f"Reply {n}")))
        clock.shift(timedelta(minutes=1))
    with pytest.raises(TooSoon, match="first day"):
        actions.reply(session, actor, topics[5], ReplyDraft(body=cast.words("Reply 11")))
    clock.shift(timedelta(days=1))
    actions.reply(session, cast.actor(session, nils), topics[5], ReplyDraft(body=cast.words("Reply 11")))


def test_twenty_topics_a_day_are_enough(session, board, ada, clock):
    ada.created_at = time_now() - timedelta(days=50)
    for n in range(LIMITS.topics_a_day):
        start(session, board, ada, f"Question {n}", f"Words {n}")
        clock.shift(timedelta(minutes=1))
    with pytest.raises(TooSoon, match="all for today"):
        start(session, board, ada, "One more", "Words more")


def test_an_old_topic_asks_once_before_it_is_woken(session, board, ada, bob, clock):
    topic = cast.topic(session, board, ada)
    clock.shift(timedelta(days=200))
    draft = ReplyDraft(body=cast.words("Still true?"))
    with pytest.raises(AskFirst) as question:
        actions.reply(session, cast.actor(session, bob), topic, draft)
    assert question.value.key == "old"
    confirmed = ReplyDraft(body=draft.body, confirmed=frozenset({"old"}))
    assert actions.reply(session, cast.actor(session, bob), topic, confirmed).number == 2


def test_a_third_reply_in_a_row_asks_to_merge(session, board, ada, bob, clock):
    topic = cast.topic(session, board, ada)
    actor = cast.actor(session, bob)
    for text in ("One", "Two"):
        actions.reply(session, actor, topic, ReplyDraft(body=cast.words(text)))
        clock.shift(timedelta(seconds=10))
    with pytest.raises(AskFirst) as question:
        actions.reply(session, actor, topic, ReplyDraft(body=cast.words("Three")))
    assert question.value.key == "row"


def test_a_reply_to_a_post_that_is_gone_says_so(session, board, ada, bob):
    topic = cast.topic(session, board, ada)
    with pytest.raises(Invalid, match="not there any more"):
        cast.reply(session, topic, bob, reply_to_number=7)


# ── editing ─────────────────────────────────────────────────────────────────────────────────────


def test_a_small_edit_in_the_first_minutes_is_silent(session, board, ada):
    post = opening(session, cast.topic(session, board, ada))
    actions.edit_post(session, cast.actor(session, ada), post, edit(post.source + " Thanks!"))
    assert (post.revision_count, post.source.endswith("Thanks!")) == (0, True)


def test_a_large_or_late_edit_keeps_what_was_said(session, board, ada, clock):
    post = opening(session, cast.topic(session, board, ada, body="First wording"))
    before = post.source
    actions.edit_post(session, cast.actor(session, ada), post, edit("y" * 101))
    clock.shift(timedelta(minutes=6))
    actions.edit_post(session, cast.actor(session, ada), post, edit("y" * 101 + "!", base=1, reason="an afterthought"))
    kept = queries.revisions(session, post)
    assert [revision.source for revision in kept] == [before, "y" * 101]
    assert [revision.author_id for revision in kept] == [ada.id, ada.id]
    assert kept[1].reason == "an afterthought"
    assert list(drifts(session)) == []


def test_two_people_who_edit_at_once_do_not_overwrite_each_other(session, board, ada, clock):
    post = opening(session, cast.topic(session, board, ada))
    momo = cast.moderator(session)
    actions.edit_post(session, cast.actor(session, momo), post, edit("What the moderator made of it"))
    with pytest.raises(Conflict):
        actions.edit_post(session, cast.actor(session, ada), post, edit("What the author wanted", base=0))
    assert post.source == "What the moderator made of it"


def test_restoring_brings_a_wording_back_and_keeps_the_one_it_replaced(session, board, ada, clock):
    topic = cast.topic(session, board, ada, "The first title")
    post = opening(session, topic)
    first = post.source
    clock.shift(timedelta(minutes=10))
    actions.edit_post(session, cast.actor(session, ada), post, edit("Another wording", title="Another title"))
    assert (topic.title, topic.slug) == ("Another title", "another-title")
    revision = queries.revisions(session, post)[0]
    actions.restore_revision(session, cast.actor(session, ada), post, revision, cast.words(first))
    assert (post.source, topic.title, post.revision_count) == (first, "The first title", 2)
    assert queries.revisions(session, post)[1].source == "Another wording"


def test_a_visible_edit_of_the_last_post_moves_its_topic_and_one_of_an_earlier_post_does_not(
    session, board, ada, bob, clock
):
    topic, other = cast.topic(session, board, ada), cast.topic(session, board, ada)
    clock.shift(timedelta(minutes=10))
    actions.edit_post(session, cast.actor(session, ada), opening(session, topic), edit("Said differently"))
    session.expire_all()
    assert (topic.bumped_at > other.bumped_at, board.last_topic_id) == (True, topic.id)
    cast.reply(session, topic, bob)
    bumped = topic.bumped_at
    clock.shift(timedelta(minutes=10))
    actions.edit_post(session, cast.actor(session, ada), opening(session, topic), edit("Once more", base=1))
    session.expire_all()
    assert topic.bumped_at == bumped
    assert list(drifts(session)) == []


def test_whoever_changes_a_post_again_and_again_waits_a_little_and_stops_for_the_day(session, board, ada, clock):
    post = opening(session, cast.topic(session, board, ada))
    actor = cast.actor(session, ada)
    actions.edit_post(session, actor, post, edit("x" * 101))
    with pytest.raises(TooSoon, match="more seconds; your text is kept"):
        actions.edit_post(session, actor, post, edit("y" * 101, base=1))
    for number in range(1, 30):
        clock.shift(timedelta(seconds=5))
        actions.edit_post(session, actor, post, edit(chr(ord("A") + number) * 101, base=number))
    clock.shift(timedelta(minutes=1))
    with pytest.raises(TooSoon, match="30 times in a day"):
        actions.edit_post(session, actor, post, edit("z" * 101, base=30))
    revision = queries.revisions(session, post, 3, 3)[0]
    with pytest.raises(TooSoon, match="30 times in a day"):
        actions.restore_revision(session, actor, post, revision, cast.words(revision.source))
    actions.edit_post(session, cast.actor(session, cast.moderator(session)), post, edit("For all to read", base=30))
    clock.shift(timedelta(days=1))
    actions.edit_post(session, actor, post, edit("z" * 101, base=31))


def test_what_staff_marked_with_a_reserved_tag_its_author_does_not_unmark(session, board, ada):
    cast.tag(session, "red")
    cast.tag(session, "official", is_reserved=True)
    topic = cast.topic(session, board, ada, tags=("red",))
    post = opening(session, topic)
    momo = cast.moderator(session)
    actions.edit_post(session, cast.actor(session, momo), post, edit(post.source, tags=("red", "official")))
    actions.edit_post(session, cast.actor(session, ada), post, edit(post.source, tags=()))
    assert queries.tag_slugs_of(session, topic) == ["official"]
    actions.edit_post(session, cast.actor(session, momo), post, edit(post.source, tags=()))
    assert queries.tag_slugs_of(session, topic) == []


def test_retagging_moves_the_counts_and_lets_reserved_tags_stay(session, board, ada):
    red, blue = cast.tag(session, "red"), cast.tag(session, "blue")
    official = cast.tag(session, "official", is_reserved=True)
    topic = cast.topic(session, board, cast.staff(session, "stella"), tags=("red", "official"))
    momo = cast.moderator(session)
    post = opening(session, topic)
    actions.edit_post(session, cast.actor(session, momo), post, edit(post.source, tags=("blue", "official")))
    session.expire_all()
    assert (red.topic_count, blue.topic_count, official.topic_count) == (0, 1, 1)


# ── deleting ────────────────────────────────────────────────────────────────────────────────────


def test_a_deleted_reply_can_be_brought_back_as_if_nothing_had_happened(session, board, ada, bob):
    topic = cast.topic(session, board, ada)
    post = cast.reply(session, topic, bob)
    post.topic.board = board
    actions.delete_post(session, cast.actor(session, bob), post, "changed my mind")
    session.expire_all()
    assert (topic.reply_count, topic.last_post_number, bob.post_count, topic.face_ids) == (0, 1, 0, [ada.id])
    assert list(drifts(session)) == []
    found = queries.post_for_update(session, cast.actor(session, bob), post.id)
    actions.undelete_post(session, cast.actor(session, bob), found)
    session.expire_all()
    assert (topic.reply_count, topic.last_post_id, bob.post_count) == (1, post.id, 1)
    assert list(drifts(session)) == []


def test_deleting_the_accepted_answer_opens_the_question_again(session, board, ada, bob):
    topic = cast.topic(session, board, ada)
    post = cast.reply(session, topic, bob)
    actions.accept_answer(session, cast.actor(session, ada), post)
    session.expire_all()
    assert bob.accepted_count == 1
    actor = cast.actor(session, bob)
    actions.delete_post(session, actor, queries.post_for_update(session, actor, post.id))
    session.expire_all()
    assert (topic.accepted_post_id, bob.accepted_count) == (None, 0)
    assert list(drifts(session)) == []


def test_an_answer_that_comes_back_is_the_answer_again(session, board, ada, bob):
    topic = cast.topic(session, board, ada)
    post, other = cast.reply(session, topic, bob), cast.reply(session, topic, bob)
    asker, writer = cast.actor(session, ada), cast.actor(session, bob)
    for chosen_meanwhile in (None, other):
        actions.accept_answer(session, asker, queries.post_for_update(session, asker, post.id))
        accepted_at = topic.accepted_at
        actions.delete_post(session, writer, queries.post_for_update(session, writer, post.id))
        if chosen_meanwhile is not None:
            actions.accept_answer(session, asker, queries.post_for_update(session, asker, other.id))
        actions.undelete_post(session, writer, queries.post_for_update(session, writer, post.id))
        session.flush()
        assert topic.accepted_post_id == (chosen_meanwhile or post).id
        assert chosen_meanwhile or (topic.accepted_at, topic.accepted_by_id) == (accepted_at, ada.id)
        assert list(drifts(session)) == []


def test_an_author_takes_a_topic_away_only_while_nobody_answered(session, board, ada, bob):
    topic = cast.topic(session, board, ada)
    reply = cast.reply(session, topic, bob)
    with pytest.raises(Invalid, match="People have replied"):
        actions.delete_post(session, cast.actor(session, ada), opening(session, topic))
    momo = cast.moderator(session)
    cast.remove(session, momo, opening(session, topic), "spam")
    session.expire_all()
    assert (board.topic_count, board.post_count, bob.post_count, ada.topic_count) == (0, 0, 0, 0)
    assert (topic.deleted_at is not None, reply.deleted_at) == (True, None)
    assert list(drifts(session)) == []
    cast.restore(session, momo, opening(session, topic))
    session.expire_all()
    assert (board.topic_count, board.post_count, bob.post_count, topic.deleted_at) == (1, 2, 1, None)
    assert list(drifts(session)) == []


# ── answers, reactions, stewarding ──────────────────────────────────────────────────────────────


def test_only_the_asker_or_a_moderator_accepts_and_a_second_choice_replaces_the_first(session, board, ada, bob):
    topic = cast.topic(session, board, ada)
    first, second = cast.reply(session, topic, bob), cast.reply(session, topic, cast.member(session, "cleo"))
    with pytest.raises(Refused):
        actions.accept_answer(session, cast.actor(session, bob), first)
    actions.accept_answer(session, cast.actor(session, ada), first)
    actions.accept_answer(session, cast.actor(session, ada), second)
    session.flush()
    session.refresh(bob)
    assert (topic.accepted_post_id, bob.accepted_count) == (second.id, 0)
    actions.withdraw_answer(session, cast.actor(session, ada), second)
    assert topic.accepted_post_id is None
    with pytest.raises(Invalid, match="its own answer"):
        actions.accept_answer(session, cast.actor(session, ada), opening(session, topic))


def test_a_discussion_has_no_answer(session, ada, bob):
    topic = cast.topic(session, cast.board(session), ada)
    with pytest.raises(Invalid, match="Only questions"):
        actions.accept_answer(session, cast.actor(session, ada), cast.reply(session, topic, bob))


def test_one_reaction_of_each_kind_a_member_and_none_to_oneself(session, board, ada, bob):
    post = opening(session, cast.topic(session, board, ada))
    actor = cast.actor(session, bob)
    for kind in ("thanks", "thanks", "helpful"):
        actions.react(session, actor, post, kind)
    page = queries.topic_page(session, actor, post.topic_id)
    counts = page.posts.items[0].reactions
    assert {kind: (it.count, it.is_mine) for kind, it in counts.items()} == {"thanks": (1, True), "helpful": (1, True)}
    actions.unreact(session, actor, post, "thanks")
    assert "thanks" not in queries.topic_page(session, actor, post.topic_id).posts.items[0].reactions
    with pytest.raises(Refused):
        actions.react(session, cast.actor(session, ada), post, "thanks")
    with pytest.raises(Invalid):
        actions.react(session, actor, post, "fire")


def test_a_locked_topic_takes_no_replies_until_it_is_unlocked(session, board, ada, bob):
    topic = cast.topic(session, board, ada)
    momo = cast.actor(session, cast.moderator(session))
    actions.lock(session, momo, topic)
    with pytest.raises(Refused):
        cast.reply(session, topic, bob)
    actions.unlock(session, momo, topic)
    assert cast.reply(session, topic, bob).number == 4  # two notes stand between
    page = queries.topic_page(session, cast.actor(session, bob), topic.id)
    assert [view.state for view in page.posts.items] == ["shown", "note", "note", "shown"]
    assert topic.reply_count == 1


def test_a_pin_ends_by_itself(session, board, ada, clock):
    topic, _other = cast.topic(session, board, ada), cast.topic(session, board, ada)
    momo = cast.actor(session, cast.moderator(session))
    now = time_now()
    actions.pin(session, momo, topic, scope="board", until=now + timedelta(days=14))
    assert [row.topic.id for row in queries.board_page(session, momo, board).pinned] == [topic.id]
    assert topic.id not in [row.topic.id for row in queries.board_page(session, momo, board).topics.items]
    clock.shift(timedelta(days=15))
    assert queries.board_page(session, momo, board).pinned == []
    assert topic.id in [row.topic.id for row in queries.board_page(session, momo, board).topics.items]
    with pytest.raises(Invalid, match="at most 30 days"):
        actions.pin(session, momo, topic, scope="site", until=time_now() + timedelta(days=31))


def test_nobody_changes_an_archived_topic(session, board, ada, bob):
    topic = cast.topic(session, board, ada)
    post = cast.reply(session, topic, bob)
    momo = cast.moderator(session)
    actions.archive(session, cast.actor(session, momo), topic)
    for person in (ada, bob, momo):
        actor = cast.actor(session, person)
        with pytest.raises(Refused):
            cast.reply(session, topic, person)
        with pytest.raises(Refused):
            actions.edit_post(session, actor, post, edit("Too late for this"))
        with pytest.raises(Refused):
            actions.react(session, actor, opening(session, topic), "thanks")


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def row_of(session, person, topic):
    rows = queries.latest_page(session, cast.actor(session, person)).latest.items
    return next(row for row in rows if row.topic.id == topic.id)


def test_unread_is_exact_to_the_post(session, board, ada, bob, clock):
    topic = cast.topic(session, board, ada)
    assert row_of(session, bob, topic).is_new
    for _ in range(3):
        cast.reply(session, topic, ada)
    actor = cast.actor(session, bob)
    actions.mark_read(session, actor, topic, 2)
    session.expire_all()
    row = row_of(session, bob, topic)
    assert (row.is_new, row.unread) == (False, True)
    assert queries.first_unread(session, actor, topic) == 3
    actions.mark_read(session, actor, topic, 99)
    actions.mark_read(session, actor, topic, 1)
    session.flush()
    assert not row_of(session, bob, topic).unread
    assert queries.first_unread(session, actor, topic) == 4


def test_a_topic_is_new_for_two_days_and_unread_for_ever_where_it_is_followed(session, board, ada, bob, clock):
    topic, read, followed = (cast.topic(session, board, ada) for _ in range(3))
    reader = cast.actor(session, bob)
    for one in (read, followed):
        actions.mark_read(session, reader, one, 1)
        cast.reply(session, one, ada)
    actions.follow_topic(session, reader, followed, "tracking")
    clock.shift(timedelta(days=29))
    assert row_of(session, bob, read).unread
    clock.shift(timedelta(days=400))
    assert not row_of(session, bob, topic).is_new
    assert [row_of(session, bob, one).unread for one in (read, followed)] == [False, True]


def test_mark_all_read_can_be_undone(session, board, ada, bob, clock):
    topic = cast.topic(session, board, ada)
    actor = cast.actor(session, bob)
    clock.shift(timedelta(minutes=1))
    for board_or_all in (board, None):
        actions.mark_all_read(session, actor, board_or_all)
        session.flush()
        assert not row_of(session, bob, topic).is_new
        assert queries.home(session, actor).summaries[board.id].unread == 0
        actions.undo_mark_all_read(session, actor, board_or_all)
        session.flush()
        assert row_of(session, bob, topic).is_new
        assert queries.home(session, actor).summaries[board.id].unread == 1


def test_a_topic_of_ten_thousand_numbers_opens_its_last_page(session, board, ada):
    topic = cast.topic(session, board, ada)
    topic.last_number = 9_999
    post = cast.reply(session, topic, ada)
    session.flush()
    page = queries.topic_page(session, cast.actor(session, ada), topic.id, 500)
    assert (page.posts.pages, [view.post.id for view in page.posts.items]) == (500, [post.id])
