"""Whatever the organization publishes passes the guard, whichever door it takes (`organization.md` §3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.boards.queries import board_by_slug
from forum.core import clock as clocks
from forum.core.errors import Conflict, Invalid, Refused
from forum.notifications.models import Notice
from forum.organization.actions import lapsing
from forum.organization.overriding import Grounds, HeldBack
from forum.organization.queries.chartering import REMEMBERED, charter_history
from forum.organization.voices import Voice
from forum.permissions import Act, Group, Right, Role, allows
from forum.posts import actions
from forum.posts.actions import guarding
from forum.posts.drafts import EditDraft, TopicDraft
from forum.posts.fingerprints import fingerprint
from forum.posts.guard_models import Override, StandBy
from forum.posts.models import Post
from forum.posts.queries import topic_for_update
from forum.posts.queries.guarded import pin_choices
from forum.posts.queries.situation import overdue, topic_facts
from tests import cast
from tests.machines.databases import writing
from tests.posts.doors import established, hours, living, question
from tests.posts.people import counted
from tests.promises.test_verbs import calls, verbs

ANSWER, SEED = Voice("answer", "official", "responder"), Voice("seed", "official", "seeder")
NOW_PLEASE = Grounds("no_peer_available")
LOUD = {"our_posts": 60}  # far above the ceiling: level 3
FULL = {"our_posts": 35}  # a little above it: level 2


@pytest.fixture
def old(app, clock):
    """A question whose window is over, answered by a member; staff; a board."""
    with writing(app) as session:
        ann, sid, pia = cast.member(session, "ann"), cast.staff(session, "sid"), cast.member(session, "pia")
        topic = question(session, ann)
        cast.reply(session, topic, pia)
        clock.shift(hours(48))
        return topic, ann, sid, pia


def overrides(session):
    return session.query(Override).order_by(Override.id).all()


# ── levels ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_below_the_ceiling_it_is_posted_and_nothing_is_written_down(app, old):
    with established(), writing(app) as session:
        assert isinstance(cast.try_to_reply(session, living(session, old[0]), old[2], voice=ANSWER), Post)
        assert overrides(session) == []


def test_with_a_reason_it_is_posted_and_everybody_may_read_why(app, old):
    with established(**FULL), writing(app) as session:
        post = cast.reply(session, living(session, old[0]), old[2], voice=ANSWER, grounds=NOW_PLEASE)
        (row,) = overrides(session)
        assert (row.rule, row.reason, row.role, row.value, row.limit) == (
            "G2", "no_peer_available", "responder", "36/101", "7/20",
        )  # fmt: skip
        assert (row.post_id, row.topic_id, row.board_id) == (post.id, old[0].id, old[0].board_id)


def test_another_reason_needs_words_that_somebody_can_understand(app, old):
    with established(**FULL), writing(app) as session:
        for grounds in (
            Grounds("other", "so there"),
            Grounds("other", "so there. . . . . . . . ."),
            Grounds("because"),
        ):
            with pytest.raises(Invalid):
                cast.try_to_reply(session, living(session, old[0]), old[2], voice=ANSWER, grounds=grounds)
        words = Grounds("other", "The meeting begins in an hour.")
        cast.reply(session, living(session, old[0]), old[2], voice=ANSWER, grounds=words)
        assert overrides(session)[0].text == "The meeting begins in an hour."


def test_far_above_the_ceiling_a_reason_is_not_enough(app, old):
    with established(**LOUD), writing(app) as session:
        with pytest.raises(HeldBack, match=r"60\.4 %, of at most 35 %") as held:
            cast.try_to_reply(session, living(session, old[0]), old[2], voice=ANSWER, grounds=NOW_PLEASE)
        assert (held.value.status, held.value.verdict.level) == (409, 3)
        assert session.query(Post).filter_by(topic_id=old[0].id, author_id=old[2].id).count() == 0


def test_a_host_who_did_not_write_it_gives_leave_for_a_day(app, clock, old):
    topic, _ann, sid, _pia = old
    with established(**LOUD), writing(app) as session:
        hal = cast.staff(session, "hal", roles=[Role.HOST])
        author, body = cast.actor(session, sid), cast.words("Only we can know this.")
        here = guarding.as_reply(living(session, topic), ANSWER, fingerprint(reply_of(body)))
        row = actions.ask_host(session, author, here, body, NOW_PLEASE)
        assert row.rules[0]["value"] == "61/101"
        assert session.query(Notice).filter_by(recipient_id=hal.id, kind="leave_asked").count() == 1
        with pytest.raises(Refused):  # sid is a Host as well, but wrote it
            actions.answer_request(session, author, row, is_approved=True)
        with pytest.raises(Refused):
            actions.answer_request(session, cast.actor(session, old[3]), row, is_approved=True)
        with pytest.raises(HeldBack):
            actions.reply(session, author, living(session, topic), reply_of(body))
        actions.answer_request(session, cast.actor(session, hal), row, is_approved=True)
        assert session.query(Notice).filter_by(recipient_id=sid.id, kind="leave_given").count() == 1
        with pytest.raises(HeldBack, match="not what the Host said yes to"):  # other words than the Host has read
            actions.reply(session, author, living(session, topic), reply_of(cast.words("Something else.")))
        post = actions.reply(session, author, living(session, topic), reply_of(body))
        (override,) = overrides(session)
        assert (override.post_id, override.approver_id, override.reason) == (post.id, hal.id, "no_peer_available")
        with pytest.raises(Conflict):
            actions.answer_request(session, cast.actor(session, hal), row, is_approved=False)


def reply_of(body):
    return cast.ReplyDraft(body=body, voice=ANSWER, confirmed=frozenset({"old", "row"}))


def test_leave_ends_after_a_day(app, clock, old):
    topic, _ann, sid, _pia = old
    with established(**LOUD), writing(app) as session:
        hal, body = cast.staff(session, "hal"), cast.words("Only we can know this.")
        here = guarding.as_reply(living(session, topic), ANSWER, fingerprint(reply_of(body)))
        row = actions.ask_host(session, cast.actor(session, sid), here, body, NOW_PLEASE)
        actions.answer_request(session, cast.actor(session, hal), row, is_approved=True)
        clock.shift(hours(24))
        with pytest.raises(HeldBack):
            actions.reply(session, cast.actor(session, sid), living(session, topic), reply_of(body))


def test_a_topic_does_not_stand_by(app, old):
    with established(our_topics=8, topics=20), writing(app) as session, cast.unhurried():
        sid, board = cast.actor(session, old[2]), living(session, old[0]).board
        draft = TopicDraft("How do you sharpen yours?", cast.words("We would like to know."), voice=SEED)
        with pytest.raises(HeldBack, match="begun 42"):
            actions.start_topic(session, sid, board, draft)
        with_reason = TopicDraft("How do you sharpen yours?", draft.body, voice=SEED, grounds=Grounds("revival"))
        actions.start_topic(session, sid, board, with_reason)
        assert [row.rule for row in overrides(session)] == ["G5"]


def test_who_would_begin_a_conversation_answers_first(app, clock):
    with writing(app) as session:
        sid, topic = cast.staff(session, "sid"), question(session)
        slug, draft = topic.board.slug, TopicDraft("How do you sharpen yours?", cast.words("We ask."), voice=SEED)
        clock.shift(timedelta(days=6))  # three service days were promised, at most
        assert overdue(session, topic.board_id, charter_history(session, clocks.now(), REMEMBERED), clocks.now()) == 1
    with established(), writing(app) as session, cast.unhurried():
        who = cast.actor(session, session.get_one(cast.Account, sid.id))
        with pytest.raises(HeldBack, match="waiting here longer"):
            actions.start_topic(session, who, board_by_slug(session, who, slug), draft)
    with writing(app) as session:
        cast.reply(session, living(session, topic), cast.member(session), "Chalk.")
        assert overdue(session, topic.board_id, charter_history(session, clocks.now(), REMEMBERED), clocks.now()) == 0


def test_what_is_dangerous_is_corrected_at_once_and_listed_as_such(app, clock):
    with established(), writing(app) as session:
        topic, sid = question(session), cast.staff(session, "sid")
        clock.shift(timedelta(minutes=5))
        danger = Grounds(is_dangerous=True)
        voice = Voice("correct", "official", "responder")
        post = cast.reply(session, living(session, topic), sid, voice=voice, grounds=danger)
        (row,) = overrides(session)
        assert (row.rule, row.reason, row.post_id) == ("G1", "wrong_info", post.id)


def test_where_a_member_waits_for_long_the_ceiling_does_not_matter(app, clock):
    """A5: duty beats every ceiling."""
    with established(**LOUD), writing(app) as session:
        topic, sid = question(session), cast.staff(session, "sid")
        clock.shift(hours(91))
        assert isinstance(cast.try_to_reply(session, living(session, topic), sid, voice=ANSWER), Post)


# ── edits ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def edit(session, post, source, grounds=None):
    draft = EditDraft(cast.words(source), post.revision_count, grounds=grounds or Grounds())
    with cast.unhurried():
        actions.edit_post(session, cast.actor(session, post.author), post, draft)


def test_an_edit_that_says_something_else_is_a_new_post_and_many_small_ones_are_one(app, old):
    with established(), writing(app) as session:
        post = cast.reply(session, living(session, old[0]), old[2], "Short.", voice=ANSWER)
        post.author = old[2]
    with established(**LOUD), writing(app) as session:
        post = session.merge(post)
        post.topic, post.author = living(session, old[0]), session.merge(old[2])
        first = post.source
        edit(session, post, first + " " + "a" * 60)
        assert post.judged_source == first
        with pytest.raises(HeldBack):
            edit(session, post, first + " " + "a" * 60 + " " + "b" * 60)
        with pytest.raises(HeldBack):
            edit(session, post, post.source + " https://example.org")
    with established(our_posts=38), writing(app) as session:  # the old wording is left out of the count
        post = session.merge(post)
        post.topic, post.author = living(session, old[0]), session.merge(old[2])
        edit(session, post, post.source + " " + "c" * 200, Grounds("legal"))
        assert post.judged_source is None
        assert [row.reason for row in overrides(session)] == ["legal"]


# ── failure ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_where_the_guard_cannot_judge_nobody_is_silenced(app, old, monkeypatch, caplog):
    def broken(*_args):
        raise ZeroDivisionError

    heard = []
    monkeypatch.setattr(guarding, "evaluate", broken)
    monkeypatch.setattr(lapsing, "emit", lambda _session, event: heard.append(type(event).__name__))
    with established(**LOUD), writing(app) as session:
        assert isinstance(cast.try_to_reply(session, living(session, old[0]), old[2], voice=ANSWER), Post)
    assert heard == ["GuardDegraded"]
    assert "could not judge" in caplog.text


def test_numbers_that_are_two_days_old_only_advise(app, clock, old):
    stale = {**LOUD, "measured_at": old[0].created_at - hours(37)}
    with established(**stale), writing(app) as session:
        assert isinstance(cast.try_to_reply(session, living(session, old[0]), old[2], voice=ANSWER), Post)


# ── pins ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_third_pin_of_the_organizations_replaces_one(app, clock):
    """A10."""
    rights = {**cast.PUBLIC, Group.STAFF: [Right.MODERATE]}
    with established(), writing(app) as session:
        board, sid, ann = cast.board(session, rights=rights), cast.staff(session, "sid"), cast.member(session, "ann")
        topics = [cast.topic(session, board, ann) for _ in range(3)]
        who = cast.actor(session, sid)
        until = topics[0].created_at + timedelta(days=7)

        def pin(topic, replaces=None, until=until):
            actions.pin(session, who, topic, scope="board", until=until, replaces=replaces)

        pin(topics[0])
        pin(topics[1])
        with pytest.raises(HeldBack, match="as we may"):
            pin(topics[2])
        with pytest.raises(HeldBack, match="at most 14 days"):
            pin(topics[0], until=until + timedelta(days=8))
        pin(topics[2], replaces=topics[0])
        assert [topic.pinned_as for topic in topics] == ["", "staff", "staff"]
        mod = cast.actor(session, cast.moderator(session))
        actions.pin(session, mod, topics[0], scope="board", until=until)  # members who moderate are not counted
        pin(topics[1])  # longer, not one more


def test_an_announcer_of_the_host_pins_and_leaves_alone_what_moderators_pinned(app, clock):
    with established(), writing(app) as session:
        board, pat = cast.board(session), cast.staff(session, "pat", cast.partner(session))
        ann, sid = cast.staff(session, "ann"), cast.staff(session, "sid", roles=[Role.RESPONDER])
        topics = [cast.topic(session, board, ann if n == 2 else cast.member(session)) for n in range(3)]
        until, mod = clocks.now() + timedelta(days=7), cast.moderator(session)

        def pin(who, topic):
            actions.pin(session, cast.actor(session, session.merge(who)), topic, scope="board", until=until)

        for other in (pat, sid):
            with pytest.raises(Refused):
                pin(other, topics[0])
        pin(ann, topics[0])
        pin(ann, topics[1])
        pin(mod, topics[2])  # the organization's topic, and the moderator's pin
        assert [topic.pinned_as for topic in topics] == ["staff", "staff", ""]
        for verb in (lambda: pin(ann, topics[2]), lambda: actions.unpin(session, cast.actor(session, ann), topics[2])):
            with pytest.raises(Refused, match="looks after the board"):
                verb()
        choices = pin_choices(session, cast.actor(session, ann), topics[0])
        assert (choices.days, choices.on_site) == ([1, 3, 7, 14], True)
        assert pin_choices(session, cast.actor(session, mod), topics[0]).days[-1] == 30
        assert pin_choices(session, cast.actor(session, sid), topics[0]) is None


def test_a_pin_that_comes_back_or_from_elsewhere_is_no_third(app, clock):
    with established(), writing(app) as session:
        section = cast.section(session).id
        board, there = (
            cast.board(session, rights={**cast.PUBLIC, Group.STAFF: [Right.MODERATE]}, section_id=section)
            for _ in range(2)
        )
        ann, sid = cast.member(session, "ann"), cast.staff(session, "sid")
        who, until = cast.actor(session, sid), clocks.now() + timedelta(days=7)
        topics = [cast.topic(session, board, ann) for _ in range(3)]
        moved = cast.topic(session, there, ann)

        def pin(topic, scope="board"):
            actions.pin(session, who, topic, scope=scope, until=until)

        pin(topics[0])
        opening = session.query(Post).filter_by(topic_id=topics[0].id, number=1).one()
        cast.remove(session, who, opening)
        pin(topics[1])
        pin(topics[2])
        cast.restore(session, who, opening)
        pin(moved, scope="site")
        mod = cast.actor(session, cast.moderator(session))
        actions.move_topic(session, mod, topic_for_update(session, mod, moved.id), board, cast.words("Moved."))
        session.expire_all()
        assert [topic.pinned_as for topic in (*topics, moved)] == ["", "staff", "staff", ""]


# ── whose turn it is ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_marks_a_topic_urgent_does_not_profit_from_it(app, clock):
    rights = {**cast.PUBLIC, Group.STAFF: [Right.MODERATE]}
    with established(), writing(app) as session:
        board = cast.board(session, kind="question", rights=rights)
        topic = cast.topic(session, board, cast.member(session))
        sid, tom = cast.staff(session, "sid"), cast.staff(session, "tom")
        actions.mark_urgent(session, cast.actor(session, sid), topic)
        assert isinstance(cast.try_to_reply(session, topic, tom, voice=ANSWER), Post)
        assert isinstance(cast.try_to_reply(session, topic, sid, voice=ANSWER), StandBy)
        notes = session.query(Post).filter_by(topic_id=topic.id, action="urgent").count()
        assert notes == 1


def test_a_member_is_on_it_once_and_keeps_the_first_word_a_little_longer(app, clock):
    with established(), writing(app) as session:
        topic, kim, lou = question(session), cast.member(session, "kim"), cast.member(session, "lou")
        clock.shift(hours(10))
        actions.take_turn(session, cast.actor(session, kim), topic)
        actions.take_turn(session, cast.actor(session, lou), topic)
        assert topic.taken_by_id == kim.id
        clock.shift(hours(5))  # the twelve hours are over; six more from when Kim said so are not
        sid = cast.staff(session, "sid")
        assert isinstance(cast.try_to_reply(session, topic, sid, voice=ANSWER), StandBy)
        with pytest.raises(Refused):
            actions.take_turn(session, cast.actor(session, sid), topic)


def test_a_responder_says_that_it_was_seen_and_until_when_members_have_the_first_word(app, clock):
    with established(), writing(app) as session:
        topic = question(session)
        actions.say_seen(session, cast.actor(session, cast.staff(session, roles=[Role.RESPONDER])), topic)
        assert topic.members_first_until == topic.created_at + hours(12)
        with pytest.raises(Refused):
            actions.say_seen(session, cast.actor(session, cast.staff(session, roles=[Role.SEEDER])), topic)


# ── what it is told ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_it_is_told_of_a_topic(app, clock):
    with writing(app) as session:
        ann, pia = cast.member(session, "ann"), cast.member(session, "pia")
        sid, tom = cast.staff(session, "sid"), cast.staff(session, "tom")
        topic = cast.topic(session, cast.board(session, kind="question"), ann)
        asked_at = topic.created_at
        clock.shift(hours(5))
        cast.reply(session, topic, sid, voice=Voice("thank", "official", "recognizer"))
        cast.reply(session, topic, ann)
        clock.shift(hours(1))
        cast.reply(session, topic, pia)
        taken_back = cast.reply(session, topic, cast.member(session, "quin"))
        taken_back.deleted_at, taken_back.deleted_by_id = taken_back.created_at, taken_back.author_id
        cast.reply(session, topic, tom, voice=Voice("moderate", "official", "host"))
        session.flush()
        facts = topic_facts(
            session, topic, cast.actor(session, tom), charter_history(session, asked_at), asked_at + hours(6)
        )
        assert facts.asked.by_newcomer
        assert facts.asked.answered_at == asked_at + hours(6)
        assert (facts.replies, facts.our_replies, facts.peer_authors, facts.our_thanks) == (3, 1, 2, 1)
        assert (facts.recent_peer_posts, facts.colleague_at) == (2, asked_at + hours(5))
        assert (facts.has_human_reply, facts.is_due) == (True, False)
        assert facts.last is not None
        assert not facts.last.is_organizations


def test_a_newcomer_is_a_duty_after_half_a_day(app, clock):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session, kind="question"), cast.newcomer(session))
        actor = cast.actor(session, cast.staff(session))
        at = topic.created_at
        history = charter_history(session, at)
        due = [topic_facts(session, topic, actor, history, at + hours(n)).is_due for n in (11, 12, 200)]
        assert due == [False, True, True]


@pytest.mark.parametrize("voice", (ANSWER, SEED), ids=("a reply", "a seed"))
def test_it_reads_the_charter_once_whatever_it_is_asked(app, voice):
    with writing(app) as session:
        topic, sid = question(session), cast.actor(session, cast.staff(session))
        topic = living(session, topic)
        place = guarding.as_reply(topic, voice) if voice is ANSWER else guarding.as_topic(topic.board, voice)
        with counted(app) as said:
            guarding.judge(session, sid, place, Grounds(), "Words.", clocks.now())
        assert len([one for one in said if "FROM charter_versions" in one]) == 1


# ── every door ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_verb_that_publishes_asks_the_guard():
    """Whoever adds a post, or gives one other words, asks first; an archive that is brought in was published before."""
    writes = {"new_post", "reword"}
    doors = {name for name, node in verbs().items() if writes & calls(node)}
    assert doors == {
        "forum.posts.actions.replying.reply",
        "forum.posts.actions.starting.start_topic",
        "forum.posts.actions.editing.edit_post",
        "forum.posts.actions.editing.restore_revision",
        "forum.posts.actions.taking_over.take_over",
        "forum.posts.actions.taking_over.give_back",
    }
    for name in doors:
        assert {"pass_guard", "pass_edit"} & calls(verbs()[name]), name


@pytest.mark.parametrize(("name", "said"), [("sid", True), ("pat", False)])
def test_only_the_hosts_responders_say_that_the_organization_has_seen_it(session, name, said):
    board, mia = cast.board(session, kind="question"), cast.member(session, "mia")
    topic = cast.topic(session, board, mia)
    cast.staff(session, "sid", roles=[Role.RESPONDER])
    cast.staff(session, "pat", cast.partner(session), roles=[Role.RESPONDER])
    who = cast.actor(session, session.query(cast.Account).filter_by(name=name).one())
    assert allows(who, Act.SAY_SEEN, topic) is said
    if said:
        actions.say_seen(session, who, topic)
    else:
        with pytest.raises(Refused, match="hosts this place"):
            actions.say_seen(session, who, topic)
    assert (topic.org_seen_at is not None) is said
