"""Ways round the guard that are closed: another purpose, another hand, another board, other words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from forum.core import clock as clocks
from forum.core.errors import Conflict, Invalid, Refused
from forum.organization.actions import begin_affiliation
from forum.organization.models import BoardSummary
from forum.organization.overriding import Grounds, HeldBack
from forum.organization.voices import Voice
from forum.permissions import Group, Right, Role
from forum.polls import queries as polls
from forum.polls.actions import edit_poll
from forum.polls.ballots import Ballot
from forum.posts import actions
from forum.posts import queries as topic_queries
from forum.posts.actions import guarding
from forum.posts.check import drifts
from forum.posts.drafts import EditDraft, TopicDraft
from forum.posts.fingerprints import fingerprint
from forum.posts.guard_models import Override, StandBy
from forum.posts.models import Post, Topic
from forum.posts.queries import guarded
from forum.statements import actions as statements
from forum.stewardship import check
from forum.suggestions import queries as suggestions
from forum.suggestions.actions import suggest
from forum.suggestions.drafts import SuggestionDraft
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import writing
from tests.posts.doors import established, hours, living, posts_of, question

ANSWER, SEED = Voice("answer", "official", "responder"), Voice("seed", "official", "seeder")
LOUD = {"our_posts": 60}  # far above the ceiling: level 3
LOOKED_AFTER = {**cast.PUBLIC, Group.STAFF: [Right.MODERATE]}
LONG = "Glue the pegs with chalk, and let them rest for a night before you turn them again. " * 3


@pytest.fixture
def place(app, clock):
    """A question of an hour ago on a board that staff look after; who asked, somebody of staff, a peer."""
    with writing(app) as session:
        ann, pia, sid = cast.member(session, "ann"), cast.member(session, "pia"), cast.staff(session, "sid")
        board = cast.board(session, kind="question", rights=LOOKED_AFTER)
        before = cast.topic(session, cast.board(session), ann)  # so that this is not their first
        before.created_at -= timedelta(days=9)
        posts_of(session, before)[0].created_at = before.created_at
        topic = cast.topic(session, board, ann)
        clock.shift(hours(1))
        return topic, ann, sid, pia


def edit(session, by, post, source, **draft):
    post.topic = living(session, session.get_one(Topic, post.topic_id))
    with cast.unhurried():
        said = EditDraft(cast.words(source), post.revision_count, **draft)
        actions.edit_post(session, cast.actor(session, session.merge(by)), post, said)


# ── what a post is for ────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_who_looks_after_a_board_moderates_and_only_in_replies(app, clock):
    moderate = Voice("moderate", "personal")
    with established(), writing(app) as session, cast.unhurried():
        topic = question(session)
        rex = cast.staff(session, "rex", roles=[Role.RESPONDER])
        hal = cast.staff(session, "hal", roles=[Role.HOST])
        clock.shift(hours(1))
        with pytest.raises(Refused, match="looks after this board"):
            cast.reply(session, living(session, topic), rex, voice=moderate)
        assert isinstance(cast.reply(session, living(session, topic), hal, voice=moderate), Post)
        pat = cast.staff(session, "pat", cast.partner(session))  # a Host too, of the partner's people
        with pytest.raises(Refused, match="looks after this board"):
            cast.reply(session, living(session, topic), pat, voice=moderate)
        kept = cast.board(session, kind="question", rights={**cast.PUBLIC, Group.STAFF: [Right.MODERATE]})
        topic = cast.topic(session, kept, cast.member(session))
        assert isinstance(cast.reply(session, living(session, topic), pat, voice=moderate), Post)
        draft = TopicDraft("The house rules", cast.words("Be kind."), voice=moderate)
        with pytest.raises(Invalid, match="Only a reply"):
            actions.start_topic(session, cast.actor(session, hal), living(session, topic).board, draft)


def test_topics_are_begun_for_what_topics_are_for_and_replies_written_for_what_replies_are(app, clock):
    with established(), writing(app) as session, cast.unhurried():
        topic, sid = question(session), cast.staff(session, "sid")
        for intent in ("seed", "announce"):
            with pytest.raises(Invalid, match="Only a new topic"):
                cast.reply(session, living(session, topic), sid, voice=Voice(intent, "official", "announcer"))
        for intent in ("welcome", "clarify", "connect", "thank"):
            draft = TopicDraft("Hello to everybody", cast.words("Hello."), voice=Voice(intent, "personal"))
            with pytest.raises(Invalid, match="Only a reply"):
                actions.start_topic(session, cast.actor(session, sid), living(session, topic).board, draft)


def test_what_nothing_would_have_held_is_listed_as_a_correction(app, place):
    topic, _ann, sid, pia = place
    with established(), writing(app) as session:
        cast.reply(session, living(session, topic), session.merge(pia))
        voice, danger = Voice("correct", "official", "responder"), Grounds(is_dangerous=True)
        cast.reply(session, living(session, topic), session.merge(sid), voice=voice, grounds=danger)
        (row,) = session.query(Override).all()
        assert (row.rule, row.value, row.limit, row.reason) == ("danger", "", "", "wrong_info")


# ── who asks for the organization ─────────────────────────────────────────────────────────────────────────────────────


def test_only_who_asked_says_that_they_would_be_glad_of_the_organization(app, place):
    topic, ann, sid, _pia = place
    with writing(app) as session:
        opening = posts_of(session, topic)[0]
        edit(session, sid, opening, opening.source, fields={}, wants_org=True)
        assert not living(session, topic).wants_org
        edit(session, ann, opening, opening.source, fields={}, wants_org=True)
        assert living(session, topic).wants_org
        edit(session, sid, opening, opening.source, fields={}, wants_org=False)
        assert living(session, topic).wants_org


def test_who_waives_may_take_it_back_until_the_organization_has_answered(app, place):
    topic, ann, sid, _pia = place
    with established(), writing(app) as session:
        asker = cast.actor(session, session.merge(ann))
        actions.waive_turn(session, asker, living(session, topic))
        actions.take_waiver_back(session, asker, living(session, topic))
        assert isinstance(cast.try_to_reply(session, living(session, topic), session.merge(sid), voice=ANSWER), StandBy)
        actions.waive_turn(session, asker, living(session, topic))
        row = session.query(StandBy).one()
        row.topic = living(session, topic)
        assert actions.turn_stand_by(session, cast.actor(session, session.merge(sid)), row) == "released_by_asker"
        with pytest.raises(Conflict, match="answered already"):
            actions.take_waiver_back(session, asker, living(session, topic))
        with pytest.raises(Refused, match="for the member who asked to say"):
            actions.waive_turn(session, cast.actor(session, session.merge(sid)), own_topic(session, topic, sid))


def own_topic(session, topic, by):
    with cast.unhurried():
        return living(session, cast.topic(session, living(session, topic).board, session.merge(by)))


def test_who_speaks_for_the_organization_hears_why_they_are_not_on_it(app, place):
    topic, _ann, sid, _pia = place
    with writing(app) as session, pytest.raises(Refused, match="for members to say"):
        actions.take_turn(session, cast.actor(session, session.merge(sid)), living(session, topic))


# ── other boards ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_members_keep_the_first_word_where_staff_move_the_topic(app, clock, place):
    topic, _ann, sid, pia = place
    with established(), writing(app) as session:
        free = cast.board(session, kind="discussion", rights=LOOKED_AFTER, peer_first=False)
        home, who, told = living(session, topic).board, cast.actor(session, session.merge(sid)), cast.words("Moved.")
        actions.move_topic(session, who, living(session, topic), free, told)
        assert living(session, topic).first_word_until == topic.created_at + hours(12)
        row = cast.try_to_reply(session, living(session, topic), session.merge(sid), voice=ANSWER)
        assert isinstance(row, StandBy)
        assert row.until == topic.created_at + hours(12)
        actions.withdraw_stand_by(session, who, row)
        actions.move_topic(session, who, living(session, topic), home, told)
        assert isinstance(cast.try_to_reply(session, living(session, topic), session.merge(sid), voice=ANSWER), StandBy)
        cast.reply(session, living(session, topic), session.merge(pia))  # a member ends it, as ever
        tom = cast.staff(session, "tom")
        assert isinstance(cast.try_to_reply(session, living(session, topic), tom, voice=ANSWER), Post)


def test_a_board_that_only_advises_gives_nothing_away_of_what_it_did_not_give(app, clock, place):
    topic, _ann, sid, _pia = place
    with established(), writing(app) as session:
        new = cast.board(session, kind="discussion", rights=LOOKED_AFTER)
        who = cast.actor(session, session.merge(sid))
        actions.move_topic(session, who, living(session, topic), new, cast.words("Moved."))
    with writing(app) as session:  # the new board is in its first days: its own limits only advise
        assert isinstance(cast.try_to_reply(session, living(session, topic), session.merge(sid), voice=ANSWER), StandBy)


def test_a_topic_that_a_member_moves_has_the_first_word_of_its_board(app, place):
    topic, _ann, sid, _pia = place
    with established(), writing(app) as session:
        free = cast.board(session, kind="discussion", peer_first=False)
        mod = cast.actor(session, cast.moderator(session))
        actions.move_topic(session, mod, living(session, topic), free, cast.words("Moved."))
        assert isinstance(cast.try_to_reply(session, living(session, topic), session.merge(sid), voice=ANSWER), Post)


def test_closing_a_topic_as_a_duplicate_gives_nobody_the_first_word(app, place):
    topic, _ann, sid, pia = place
    with established(), writing(app) as session:
        other = cast.topic(session, living(session, topic).board, session.merge(pia))
        who = cast.actor(session, session.merge(sid))
        actions.close_duplicate(session, who, living(session, topic), living(session, other), cast.words("There."))
        assert isinstance(cast.try_to_reply(session, living(session, topic), session.merge(sid), voice=ANSWER), StandBy)


def moved(session, by, topic, to):
    """`by` moves the topic to that board."""
    actions.move_topic(session, cast.actor(session, by), living(session, topic), to, cast.words("Moved."))


def test_what_was_deleted_to_make_room_comes_back_only_into_room(app):
    announced = Voice("announce", "official", "announcer")
    with established(), writing(app) as session, cast.unhurried():
        sid = cast.staff(session, "sid")
        topic = cast.topic(session, cast.board(session, kind="discussion"), sid, voice=announced)
    for already, comes_back in ((1, True), (2, False)):  # of two in 28 days
        with established(announcements=already), writing(app) as session, cast.unhurried():
            who, (post,) = cast.actor(session, session.merge(sid)), posts_of(session, topic)
            post.topic = living(session, topic)
            actions.delete_post(session, who, post)
            if comes_back:
                actions.undelete_post(session, who, post)
            else:
                with pytest.raises(HeldBack):
                    actions.undelete_post(session, who, post)
            assert (post.deleted_at is None) == comes_back


def test_what_counted_all_the_while_comes_back_unasked(app, clock, place):
    topic, _ann, sid, pia = place
    with established(), writing(app) as session:
        cast.reply(session, living(session, topic), session.merge(pia))
        reply = cast.reply(session, living(session, topic), session.merge(sid), voice=ANSWER)
    clock.shift(hours(2))
    with established(**LOUD), writing(app) as session:
        who, post = cast.actor(session, session.merge(sid)), session.get_one(Post, reply.id)
        post.topic = living(session, topic)
        actions.delete_post(session, who, post)  # it was written more than an hour ago, so it counts as it did
        actions.undelete_post(session, who, post)
        assert post.deleted_at is None


def test_a_topic_of_the_organization_arrives_as_if_it_were_begun_there(app):
    with established(), writing(app) as session, cast.unhurried():
        sid = cast.staff(session, "sid")
        home, quiet, loud = (cast.board(session, kind="discussion", rights=LOOKED_AFTER) for _ in range(3))
        topic = cast.topic(session, home, sid, voice=ANSWER)
        moved(session, sid, topic, quiet)
    with established(**LOUD), writing(app) as session:
        loud = session.merge(loud)
        with pytest.raises(HeldBack):
            moved(session, session.merge(sid), topic, loud)
        moved(session, cast.moderator(session), topic, loud)
        assert living(session, topic).board_id == loud.id


def test_the_organization_takes_no_words_of_its_own_to_where_nothing_is_counted(app, place):
    topic, _ann, sid, pia = place
    with established(), writing(app) as session, cast.unhurried():
        hal = cast.join(session, cast.staff(session, "hal"), Group.MODERATORS)
        home, away = living(session, topic).board, cast.board(session, kind="question", rights={Group.STAFF: Right})
        moved(session, hal, topic, away)  # a member's, and nobody else wrote there
        moved(session, hal, topic, home)
        cast.reply(session, living(session, topic), session.merge(pia))
        cast.reply(session, living(session, topic), session.merge(sid), voice=ANSWER)
        with pytest.raises(Refused, match="nothing is counted"):
            moved(session, hal, topic, away)
        moved(session, cast.moderator(session), topic, cast.board(session, kind="question"))


# ── other words than the Host has read ────────────────────────────────────────────────────────────────────────────────


def test_a_hosts_yes_is_for_all_that_they_saw(app, clock, place):
    topic, _ann, sid, pia = place
    with established(**LOUD), writing(app) as session, cast.unhurried():
        cast.reply(session, living(session, topic), session.merge(pia))
        board, hal = living(session, topic).board, cast.staff(session, "hal")
        author = cast.actor(session, session.merge(sid))
        cast.tag(session, "wood")
        draft = TopicDraft("Which wood?", cast.words("We would like to know."), tags=("wood",), voice=SEED)
        here, why = guarding.as_topic(board, SEED, fingerprint(draft)), Grounds("legal")
        row = actions.ask_host(session, author, here, draft.body, why, title=draft.title)
        actions.answer_request(session, cast.actor(session, hal), row, is_approved=True)
        others = (
            {"title": "Buy our wood"},
            {"tags": ()},
            {"voice": Voice("seed", "official", "announcer")},
            {"voice": Voice("seed", "personal")},
            {"voice": Voice("answer", "official", "seeder")},
            {"along": {"poll": {"question": "Ours?", "options": ["yes", "no"]}}},
            {"fields": {"tried": "Buy ours."}},
            {"body": cast.words("Buy ours.")},
        )
        for other in others:
            with pytest.raises(HeldBack, match="not what the Host said yes to"):
                actions.start_topic(session, author, board, replace(draft, **other))
        post = actions.start_topic(session, author, board, draft)
        assert session.query(Override).filter_by(post_id=post.id, approver_id=hal.id).count() >= 1


# ── other hands ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_does_not_go_into_what_was_a_members_post(app, clock, place):
    topic, ann, sid, _pia = place
    with established(), writing(app) as session:
        opening = posts_of(session, topic)[0]
        with pytest.raises(HeldBack, match="a reply of your own"):
            edit(session, sid, opening, f"{opening.source} {LONG}", grounds=Grounds("legal"))
        with pytest.raises(HeldBack, match="a reply of your own"):
            edit(session, sid, opening, f"{opening.source} [here](https://acme.example)")
        with pytest.raises(HeldBack, match="a reply of your own"):
            edit(session, sid, opening, opening.source, fields={"tried": LONG})
        edit(session, sid, opening, f"{opening.source} (a tpyo)")
        edit(session, sid, opening, f"{opening.source} " + "a" * 60)
        with pytest.raises(HeldBack):  # many small ones are one
            edit(session, sid, opening, f"{opening.source} " + "b" * 60)
        edit(session, ann, opening, f"{opening.source} {LONG}")  # members never wait


def test_who_was_hired_writes_replies_of_their_own(app, clock, place):
    topic, _ann, _sid, pia = place
    with established(**LOUD), writing(app) as session:
        post = cast.reply(session, living(session, topic), session.merge(pia), "Chalk.")
        begin_affiliation(session, pia.id, cast.host(session))
        session.flush()
        with pytest.raises(HeldBack, match="a reply of your own"):
            edit(session, pia, post, f"{post.source} {LONG}")
        edit(session, pia, post, f"{post.source} Thinly.")
        assert post.affiliation_kind == ""


def test_taking_words_away_is_moderation_and_never_waits(app, place):
    topic, _ann, sid, pia = place
    with established(**LOUD), writing(app) as session:
        insult = "You are a fool. " * 20
        post = cast.reply(session, living(session, topic), session.merge(pia), f"Chalk. {insult} Thinly.")
        edit(session, sid, post, post.source.replace(insult, ""))
        post = cast.reply(session, living(session, topic), cast.member(session), f"Glue. {insult}")
        edit(session, sid, post, "Glue. (An insult was removed.)")
        assert post.source == "Glue. (An insult was removed.)"


# ── soft words that grow ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_welcome_that_becomes_an_answer_is_one(app, place):
    topic, _ann, sid, _pia = place
    welcome = Voice("welcome", "official", "responder")
    with established(), writing(app) as session:
        post = cast.reply(session, living(session, topic), session.merge(sid), "Welcome!", voice=welcome)
        with pytest.raises(HeldBack, match="first word here"):
            edit(session, sid, post, f"Welcome! {LONG}")
        session.refresh(post)
        edit(session, sid, post, f"Welcome! {LONG}", purpose="connect")
        assert (post.intent, living(session, topic).staff_reply_count) == ("connect", 0)
        edit(session, sid, post, f"Welcome! {LONG} {LONG}", grounds=Grounds("legal"))
        assert (post.intent, living(session, topic).staff_reply_count) == ("answer", 1)
        other = cast.reply(session, living(session, topic), session.merge(sid), "Thank you!", voice=welcome)
        with pytest.raises(Invalid, match="Only a new topic"):
            edit(session, sid, other, "Thank you!", purpose="seed")


def test_a_soft_reply_that_is_chosen_as_the_answer_counts_as_one(app, place):
    topic, ann, sid, _pia = place
    with established(), writing(app) as session:
        moderate, board_id = Voice("moderate", "official", "host"), living(session, topic).board_id
        post = cast.reply(session, living(session, topic), session.merge(sid), "Did you try chalk?", voice=moderate)
        post.topic, before = living(session, topic), session.get_one(BoardSummary, board_id).our_posts
        before_it = drifted(session)
        actions.accept_answer(session, cast.actor(session, session.merge(ann)), post)
        assert (post.intent, living(session, topic).staff_reply_count) == ("answer", 1)
        assert session.get_one(BoardSummary, board_id, populate_existing=True).our_posts == before + 1
        assert drifted(session) == before_it  # the scene is set by hand; accepting adds nothing to it


def drifted(session):
    """Where counters and sums are not what the rows say."""
    return {(drift.what, drift.row_id) for drift in (*drifts(session), *check.drifts(session, clocks.now(), None))}


# ── what has ended ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("how", ["lock", "archive", "delete", "solve", "duplicate"])
def test_what_stands_by_ends_with_its_topic(app, place, how):
    topic, ann, sid, pia = place
    with established(), writing(app) as session, cast.unhurried():
        chalk = cast.reply(session, living(session, topic), session.merge(pia), "Chalk.")
        row = hold(session, topic, sid)
        mod, asked = cast.actor(session, cast.moderator(session)), living(session, topic)
        if how == "lock":
            actions.lock(session, mod, asked)
        elif how == "archive":
            actions.archive(session, mod, asked)
        elif how == "delete":
            cast.remove(session, mod, posts_of(session, topic)[0])
        elif how == "solve":
            chalk.topic = asked
            actions.accept_answer(session, cast.actor(session, session.merge(ann)), chalk)
        else:
            other = cast.topic(session, asked.board, session.merge(pia))
            actions.close_duplicate(session, mod, asked, living(session, other), cast.words("There."))
        assert (row.state, living(session, topic).stand_by_id) == ("moot", None)


def hold(session, topic, by):
    grounds = Grounds(stands_by=True)
    with established(**LOUD):
        row = cast.try_to_reply(session, living(session, topic), session.merge(by), voice=ANSWER, grounds=grounds)
    assert isinstance(row, StandBy)
    return row


# ── beside the text ───────────────────────────────────────────────────────────────────────────────────────────────────


def welcome_of(session, topic, by):
    voice = Voice("welcome", "official", "responder")
    post = cast.reply(session, living(session, topic), session.merge(by), "Welcome!", voice=voice)
    post.topic = living(session, topic)
    return post


def promise(session, by, post, words, **said):
    who = session.merge(by)
    return statements.pledge(session, cast.actor(session, who), post, words, clocks.now().date(), who, **said)


def test_an_answer_does_not_pass_as_a_pledge_or_its_reason_below_a_welcome(app, place):
    topic, _ann, sid, _pia = place
    with established(), writing(app) as session:
        post = welcome_of(session, topic, sid)
        with pytest.raises(HeldBack, match="first word here"):
            promise(session, sid, post, LONG.strip())
        row = promise(session, sid, post, "We will look at the pegs.")
        who = cast.actor(session, session.merge(sid))
        with pytest.raises(HeldBack, match="first word here"):
            statements.withdraw_pledge(session, who, post, row, LONG.strip())
        assert (post.intent, row.withdrawn_at) == ("welcome", None)
        statements.withdraw_pledge(session, who, post, row, LONG.strip(), grounds=Grounds("legal"))
        assert (post.intent, living(session, topic).staff_reply_count) == ("answer", 1)
        assert [one.reason for one in session.query(Override)] == ["legal"]


def test_an_answer_does_not_pass_as_the_poll_of_a_question_back(app, place):
    topic, _ann, sid, _pia = place
    small = Ballot("Which?", ("Oak", "Ash"))
    with established(), writing(app) as session:
        voice, along = Voice("clarify", "official", "responder"), {"poll": small.kept()}
        post = cast.reply(session, living(session, topic), session.merge(sid), "Which wood?", voice=voice, along=along)
        post.topic, who = living(session, topic), cast.actor(session, session.merge(sid))
        poll = polls.poll_for_update(session, post)
        wordy = replace(small, options=(LONG[:150].strip(), "Ash"))
        with pytest.raises(HeldBack, match="first word here"):
            edit_poll(session, who, post, poll, wordy, 0)
        edit_poll(session, who, post, poll, wordy, 0, purpose="connect")
        assert post.intent == "connect"


def test_a_title_that_is_tidied_is_asked_as_one_that_is_edited(app, place):
    topic, _ann, sid, _pia = place
    with established(), writing(app) as session, cast.unhurried():
        who = cast.actor(session, session.merge(sid))
        with pytest.raises(HeldBack, match="a reply of your own"):
            actions.retitle(session, who, living(session, topic), "Answer: https://acme.example", [])
        actions.retitle(session, who, living(session, topic), "Of pegs " + "a" * 60, [])
        with pytest.raises(HeldBack, match="a reply of your own"):
            actions.retitle(session, who, living(session, topic), "Of pegs " + "a" * 60 + "b" * 60, [])
        edit(session, _ann, posts_of(session, topic)[0], "How?", title="Which glue is it? " + "c" * 100)
        actions.retitle(
            session, who, living(session, topic), "Which glue was it? " + "c" * 100, []
        )  # theirs, but for a word


def test_small_steps_in_the_fields_of_a_question_are_one_and_are_seen(app, place):
    topic, _ann, sid, _pia = place
    with established(), writing(app) as session:
        opening = posts_of(session, topic)[0]
        edit(session, sid, opening, opening.source, fields={"tried": "a" * 60})
        assert (opening.revision_count, opening.edited_by_id) == (1, sid.id)
        with pytest.raises(HeldBack, match="a reply of your own"):
            edit(session, sid, opening, opening.source, fields={"tried": "a" * 60 + "b" * 60})


def safety_notice(session):
    """A notice of Amy's, who announces."""
    amy = cast.staff(session, "amy", roles=[Role.ANNOUNCER])
    board = cast.board(session, kind="announcement", rights=LOOKED_AFTER)
    grounds, voice = Grounds(notice="safety", incident="Varnish"), Voice("announce", "official", "announcer")
    draft = TopicDraft("Do not use it", cast.words("It burns."), voice=voice, grounds=grounds)
    post = actions.start_topic(session, cast.actor(session, amy), board, draft)
    post.topic = living(session, post.topic)
    assert post.topic.notice == "safety"
    return amy, post


def test_a_notice_whose_pledge_advertises_is_one_no_more(app, place):
    with established(), writing(app) as session, cast.unhurried():
        amy, post = safety_notice(session)
        promise(session, amy, post, "We will sell ours to you. " + LONG.strip())
        assert post.topic.notice == ""


def test_a_notice_whose_title_advertises_is_one_no_more(app, place):
    with established(), writing(app) as session, cast.unhurried():
        amy, post = safety_notice(session)
        actions.retitle(session, cast.actor(session, amy), post.topic, "Ours: https://acme.example", [])
        assert living(session, post.topic).notice == ""


def test_what_stands_does_not_become_moderation(app, place):
    topic, _ann, sid, pia = place
    with established(), writing(app) as session:
        cast.reply(session, living(session, topic), session.merge(pia))
        post = welcome_of(session, topic, sid)
        with pytest.raises(Invalid, match="does not become moderation"):
            edit(session, sid, post, "Welcome!", purpose="moderate")


def test_the_organization_suggests_no_answer_for_a_members_post(app, place):
    with established(), writing(app) as session, cast.unhurried():
        topic = question(session)
        rex, opening = cast.staff(session, "rex", roles=[Role.RESPONDER]), posts_of(session, topic)[0]
        opening.topic = living(session, topic)
        seen = suggestions.said_now(session, [opening])[opening.id].fingerprint
        draft = SuggestionDraft(cast.words(f"{opening.source} {LONG}"), "It is clearer so.", seen)
        with pytest.raises(HeldBack, match="a reply of your own"):
            suggest(session, cast.actor(session, rex), opening, draft)
        small = replace(draft, body=cast.words(f"{opening.source} (a tpyo)"))
        assert suggest(session, cast.actor(session, rex), opening, small)


def test_a_reply_that_stood_by_says_why_it_was_posted_at_once(app, place):
    topic, _ann, sid, _pia = place
    with established(), writing(app) as session:
        row = cast.try_to_reply(session, living(session, topic), session.merge(sid), voice=ANSWER)
        actions.mark_urgent(session, cast.actor(session, cast.moderator(session)), living(session, topic))
        row.topic = living(session, topic)
        assert actions.turn_stand_by(session, cast.actor(session, session.merge(sid)), row) == "published"
        assert session.get_one(Post, row.post_id).posted_since == "urgent"


# ── at the top ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_topics_of_ours_are_pinned_to_the_whole_site_and_another_day_is_no_news(app, place):
    with established(), writing(app) as session, cast.unhurried():
        ida = cast.join(session, cast.staff(session, "ida", roles=set(Role)), Group.MODERATORS)
        boards = [cast.board(session, kind="question") for _ in range(3)]
        first, second, third = (cast.topic(session, board, cast.member(session)) for board in boards)
        who, until = cast.actor(session, ida), clocks.now() + timedelta(days=7)

        def pin(topic, until=until, **how):
            actions.pin(session, who, living(session, topic), scope="site", until=until, **how)

        for _ in range(2):
            pin(first)
        assert session.query(Post).filter_by(topic_id=first.id, action="pinned").count() == 1
        pin(second)
        with pytest.raises(HeldBack, match="as many topics"):
            pin(third)
        up = guarded.ours_pinned(session, who, living(session, third), clocks.now(), "site")
        assert {one.id for one in up} == {first.id, second.id}
        pin(third, replaces=living(session, first))
        assert (living(session, first).pinned_until, living(session, third).pin_scope) == (None, "site")


def test_two_who_pin_to_the_whole_site_at_once_do_not_both_take_the_last_room(app, place):
    with writing(app) as session, cast.unhurried():
        ida = cast.join(session, cast.staff(session, "ida", roles=set(Role)), Group.MODERATORS)
        topics = [cast.topic(session, cast.board(session), cast.member(session)).id for _ in range(4)]
        who = cast.actor(session, ida)

    def pin(topic_id):
        with writing(app) as session:
            topic = topic_queries.topic_for_update(session, who, topic_id)
            actions.pin(session, who, topic, scope="site", until=clocks.now() + timedelta(days=7))

    with established():
        pin(topics[0])
        came = at_once(*(partial(pin, one) for one in topics[1:]))
    assert came.count(None) == 1
    assert sum(isinstance(one, HeldBack) for one in came) == 2
